/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/base/bs-worker.h"

G_BEGIN_DECLS

#define BS_TYPE_JOB_QUEUE (bs_job_queue_get_type ())
/**
 * BsJobQueue:
 *
 * Work in the background for the objects of a session and for widgets, and what there is to say
 * of it. Main thread only. Signals:
 * - changed: a visible job started, moved on or ended
 * - message (const char *): a sentence for a toast
 */
G_DECLARE_FINAL_TYPE (BsJobQueue, bs_job_queue, BS, JOB_QUEUE, GObject)

BsJobQueue *bs_job_queue_new (void);
BsJob *bs_job_queue_submit (BsJobQueue *self, gpointer owner, const BsJobSpec *spec,
                            gboolean visible);
void bs_job_queue_start (BsJobQueue *self, gpointer owner, const BsJobSpec *spec, gboolean visible);
void bs_job_queue_cancel_key (BsJobQueue *self, const char *key);
GPtrArray *bs_job_queue_get_jobs (BsJobQueue *self);
void bs_job_queue_say (BsJobQueue *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
