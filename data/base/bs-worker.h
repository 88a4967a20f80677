/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BsWorker:
 *
 * Runs jobs on two lanes, one thread each: long ones (training, a whole demo corpus) and short
 * ones (a clip that is waited for, PCA, an export), so that a training of an hour delays
 * nothing that a person asks for. Made, used and freed on one thread, whose main context gets
 * the callbacks.
 */
typedef struct _BsWorker BsWorker;

/**
 * BsJob:
 *
 * One piece of work. Reference counted; the calls are for the owner's thread except
 * bs_job_report(), which is for the function at work.
 */
typedef struct _BsJob BsJob;

typedef enum {
  BS_LANE_LONG,
  BS_LANE_SHORT,
} BsLane;

/**
 * BsJobFunc:
 * @job: the job, for bs_job_report()
 * @input: an immutable snapshot
 * @cancellable: to be looked at every 50 ms at least
 * @error: set where %NULL is returned
 *
 * Runs on the lane's thread.
 *
 * Returns: (transfer full): the result, freed by the job's free function; %NULL is a failure
 */
typedef gpointer (*BsJobFunc) (BsJob *job, gpointer input, GCancellable *cancellable,
                               GError **error);

/**
 * BsJobDoneFunc:
 * @job: the job
 * @result: (nullable): what it returned; owned by the job, taken with bs_job_steal_result()
 * @error: (nullable): why it failed; %G_IO_ERROR_CANCELLED where it was cancelled or replaced
 * @user_data: what the submitter gave
 *
 * Called once on the owner's thread, however the job ended. Not called after the worker was
 * freed.
 */
typedef void (*BsJobDoneFunc) (BsJob *job, gpointer result, const GError *error,
                               gpointer user_data);

/**
 * BsJobSpec:
 * @lane: where it runs
 * @key: (nullable): a newer job of the same key cancels older ones that are queued or running
 * @title: for people, as "Training mlp-512"
 * @func: the work
 * @input: (transfer full): for @func
 * @input_free: (nullable): frees @input
 * @result_free: (nullable): frees the result
 * @progress: (nullable): told on the owner's thread that it has begun, and of its reports, at most
 *   30 times a second
 * @done: (nullable): told at the end
 * @user_data: for @progress and @done
 */
typedef struct {
  BsLane lane;
  const char *key;
  const char *title;
  BsJobFunc func;
  gpointer input;
  GDestroyNotify input_free;
  GDestroyNotify result_free;
  void (*progress) (BsJob *job, gpointer user_data);
  BsJobDoneFunc done;
  gpointer user_data;
} BsJobSpec;

typedef enum {
  BS_JOB_QUEUED,
  BS_JOB_RUNNING,
  BS_JOB_DONE,
  BS_JOB_FAILED,
  BS_JOB_CANCELLED,
} BsJobState;

BsWorker *bs_worker_new (void);
void bs_worker_free (BsWorker *self);
int bs_worker_n_abandoned (void);
BsJob *bs_worker_submit (BsWorker *self, const BsJobSpec *spec); /* (transfer full) */
void bs_worker_cancel_key (BsWorker *self, const char *key);

BsJob *bs_job_ref (BsJob *self);
void bs_job_unref (BsJob *self);
void bs_job_cancel (BsJob *self);
BsJobState bs_job_state (BsJob *self);
const char *bs_job_title (BsJob *self);
double bs_job_fraction (BsJob *self);
char *bs_job_dup_message (BsJob *self);
gpointer bs_job_steal_result (BsJob *self);
void bs_job_report (BsJob *self, double fraction, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsWorker, bs_worker_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsJob, bs_job_unref)

G_END_DECLS
