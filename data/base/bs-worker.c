/* SPDX-License-Identifier: MIT */
/* The worker: two lanes of one thread each, so that long work never delays short work.
 *
 * One lock guards the lanes and every job's changing fields. A lane's thread only runs the
 * function and hands the job back; everything that a submitter can observe (the final state,
 * the callbacks, the freeing of inputs and results) happens on the owner's thread, so that
 * objects of one thread may be part of a snapshot. The way back is one GSource whose ready
 * time is moved: at once for a job that ended, at most thirty times a second for progress. */
#include "data/base/bs-worker.h"

#include <glib/gi18n.h>

#include "data/base/bs-background.h"
#include "data/base/bs-error.h"

#define N_LANES 2
#define PATIENCE_US (2 * G_TIME_SPAN_SECOND) /* with jobs that were cancelled, at the end */
#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 30)

struct _BsJob {
  BsWorker *worker;
  BsLane lane;
  char *key;
  char *title;
  BsJobFunc func;
  gpointer input;
  GDestroyNotify input_free;
  GDestroyNotify result_free;
  void (*progress) (BsJob *job, gpointer user_data);
  BsJobDoneFunc done;
  gpointer user_data;
  GCancellable *cancellable;
  /* under the worker's lock */
  BsJobState state;
  double fraction;
  char *message;
  gboolean is_reported; /* stands in the worker's reported queue */
  /* written by the lane before the job is handed back, then the owner's */
  gpointer result;
  GError *error;
};

struct _BsWorker {
  GThread *threads[N_LANES];
  GMainContext *context;
  GSource *outbox;
  GMutex mutex;
  GCond wake[N_LANES];
  GQueue queued[N_LANES];
  BsJob *running[N_LANES];
  GQueue ended; /* jobs on their way back */
  GQueue reported; /* running jobs whose progress was not told yet */
  gint64 told_us; /* when progress was told last */
  gboolean is_closed;
  int n_lanes; /* at work or waiting for it */
  GCond lane_ended;
};

static int n_abandoned; /* lanes of all workers that did not end in time */

typedef struct {
  BsWorker *worker;
  BsLane lane;
} LaneStart;

static void
worker_clear (gpointer data)
{
  BsWorker *self = data;
  g_source_unref (self->outbox);
  g_main_context_unref (self->context);
  for (int lane = 0; lane < N_LANES; lane++)
    g_cond_clear (&self->wake[lane]);
  g_cond_clear (&self->lane_ended);
  g_mutex_clear (&self->mutex);
}

static void
worker_unref (BsWorker *self)
{
  g_atomic_rc_box_release_full (self, worker_clear);
}

static void
drop_result (BsJob *job)
{
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  job->result = NULL;
}

static void
drop_input (BsJob *job)
{
  if (job->input != NULL && job->input_free != NULL)
    job->input_free (job->input);
  job->input = NULL;
}

static void
job_clear (gpointer data)
{
  BsJob *job = data;
  drop_result (job);
  drop_input (job);
  g_clear_error (&job->error);
  g_clear_object (&job->cancellable);
  g_free (job->key);
  g_free (job->title);
  g_free (job->message);
  worker_unref (job->worker);
}

/* With the lock held: when the owner's thread has to look next. */
static void
schedule (BsWorker *self)
{
  gint64 ready = -1;
  if (!g_queue_is_empty (&self->ended))
    ready = 0;
  else if (!g_queue_is_empty (&self->reported))
    ready = self->told_us + PROGRESS_INTERVAL_US;
  g_source_set_ready_time (self->outbox, ready);
}

/* With the lock held: the job's progress is told when it is time. */
static void
queue_report (BsWorker *self, BsJob *job)
{
  if (job->is_reported || self->is_closed)
    return;
  job->is_reported = TRUE;
  g_queue_push_tail (&self->reported, job);
  schedule (self);
}

static void
run_job (BsJob *job)
{
  if (g_cancellable_set_error_if_cancelled (job->cancellable, &job->error))
    return;
  job->result = job->func (job, job->input, job->cancellable, &job->error);
  if (job->result == NULL && job->error == NULL)
    g_set_error (&job->error, BS_ERROR, BS_ERROR_VALUE, _ ("%s gave neither a result nor a reason"),
                 job->title);
  else if (job->result != NULL && job->error != NULL)
    drop_result (job);
}

static gpointer
run_lane (gpointer data)
{
  LaneStart *start = data;
  BsWorker *self = start->worker;
  BsLane lane = start->lane;
  g_free (start);
  if (lane == BS_LANE_LONG)
    bs_background_enter ();

  g_mutex_lock (&self->mutex);
  while (!self->is_closed) {
    BsJob *job = g_queue_pop_head (&self->queued[lane]);
    if (job == NULL) {
      g_cond_wait (&self->wake[lane], &self->mutex);
      continue;
    }
    self->running[lane] = job;
    job->state = BS_JOB_RUNNING;
    queue_report (self, job);
    g_mutex_unlock (&self->mutex);
    run_job (job);
    g_mutex_lock (&self->mutex);
    self->running[lane] = NULL;
    if (job->is_reported) {
      g_queue_remove (&self->reported, job);
      job->is_reported = FALSE;
    }
    g_queue_push_tail (&self->ended, job);
    schedule (self);
  }
  self->n_lanes--;
  g_cond_signal (&self->lane_ended);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* The last word on a job, on the owner's thread. A cancelled job that still brought a result
 * counts as cancelled: whoever asked does not want it any more. */
static void
settle (BsJob *job)
{
  BsJobState state = BS_JOB_DONE;
  if (g_cancellable_is_cancelled (job->cancellable)) {
    state = BS_JOB_CANCELLED;
    drop_result (job);
    g_clear_error (&job->error);
    g_cancellable_set_error_if_cancelled (job->cancellable, &job->error);
  } else if (job->error != NULL) {
    state = g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? BS_JOB_CANCELLED
                                                                           : BS_JOB_FAILED;
  }
  drop_input (job);
  g_mutex_lock (&job->worker->mutex);
  job->state = state;
  g_mutex_unlock (&job->worker->mutex);
}

static void
deliver_ended (BsWorker *self)
{
  g_mutex_lock (&self->mutex);
  for (guint n = g_queue_get_length (&self->ended); n > 0 && !self->is_closed; n--) {
    BsJob *job = g_queue_pop_head (&self->ended);
    if (job == NULL)
      break;
    g_mutex_unlock (&self->mutex);
    settle (job);
    if (job->done != NULL)
      job->done (job, job->result, job->error, job->user_data);
    bs_job_unref (job);
    g_mutex_lock (&self->mutex);
  }
  g_mutex_unlock (&self->mutex);
}

static void
deliver_progress (BsWorker *self)
{
  g_mutex_lock (&self->mutex);
  gint64 now = g_get_monotonic_time ();
  if (now - self->told_us >= PROGRESS_INTERVAL_US && !g_queue_is_empty (&self->reported))
    self->told_us = now;
  else
    now = 0;
  for (guint n = now != 0 ? g_queue_get_length (&self->reported) : 0; n > 0; n--) {
    BsJob *job = g_queue_pop_head (&self->reported);
    if (job == NULL || self->is_closed)
      break;
    job->is_reported = FALSE;
    bs_job_ref (job);
    g_mutex_unlock (&self->mutex);
    if (job->progress != NULL && !g_cancellable_is_cancelled (job->cancellable))
      job->progress (job, job->user_data);
    bs_job_unref (job);
    g_mutex_lock (&self->mutex);
  }
  g_mutex_unlock (&self->mutex);
}

static gboolean
deliver (gpointer data)
{
  /* A callback may free the worker. */
  BsWorker *self = g_atomic_rc_box_acquire (data);
  deliver_ended (self);
  deliver_progress (self);
  g_mutex_lock (&self->mutex);
  if (!self->is_closed)
    schedule (self);
  g_mutex_unlock (&self->mutex);
  worker_unref (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
outbox_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs outbox_funcs = { .dispatch = outbox_dispatch };

/**
 * bs_worker_new:
 *
 * Starts the two lanes, the long one in the background (see bs_background_enter()). The calling
 * thread becomes the owner: its default main context gets all callbacks, and every other call of
 * the worker and its jobs except bs_job_report() must come from it.
 *
 * Returns: (transfer full): a worker, freed with bs_worker_free()
 */
BsWorker *
bs_worker_new (void)
{
  static const char *const names[N_LANES] = { "bs-long", "bs-short" };
  /* The threads that GLib shares, among them those of every GStreamer pipeline, have the priority
   * of whoever asked for the first of them: that must not be the long lane. */
  g_type_class_unref (g_type_class_ref (G_TYPE_TASK));
  BsWorker *self = g_atomic_rc_box_new0 (BsWorker);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->lane_ended);
  self->n_lanes = N_LANES;
  g_queue_init (&self->ended);
  g_queue_init (&self->reported);
  self->context = g_main_context_ref_thread_default ();
  /* Default priority: a window that paints without pause starves idle sources, and thirty
   * calls a second do not starve the painting. */
  self->outbox = g_source_new (&outbox_funcs, sizeof (GSource));
  g_source_set_static_name (self->outbox, "bs-worker");
  g_source_set_callback (self->outbox, deliver, self, NULL);
  g_source_attach (self->outbox, self->context);
  for (int lane = 0; lane < N_LANES; lane++) {
    g_cond_init (&self->wake[lane]);
    g_queue_init (&self->queued[lane]);
    LaneStart *start = g_new (LaneStart, 1);
    *start = (LaneStart){ self, (BsLane) lane };
    self->threads[lane] = g_thread_new (names[lane], run_lane, start);
  }
  return self;
}

/* Cancels without the lock, because handlers of GCancellable::cancelled may call back. */
static void
cancel_all (GQueue *jobs)
{
  BsJob *job;
  while ((job = g_queue_pop_head (jobs)) != NULL) {
    g_cancellable_cancel (job->cancellable);
    bs_job_unref (job);
  }
}

/* Whether every lane came to its end in time. */
static gboolean
await_lanes (BsWorker *self)
{
  gint64 give_up_us = g_get_monotonic_time () + PATIENCE_US;
  g_mutex_lock (&self->mutex);
  while (self->n_lanes > 0 && g_cond_wait_until (&self->lane_ended, &self->mutex, give_up_us))
    ;
  int n_left = self->n_lanes;
  g_mutex_unlock (&self->mutex);
  g_atomic_int_add (&n_abandoned, n_left);
  return n_left == 0;
}

/* Leaves a lane that does not answer to itself: it and its job keep what they use. */
static void
abandon (BsWorker *self)
{
  g_mutex_lock (&self->mutex);
  g_source_destroy (self->outbox);
  g_mutex_unlock (&self->mutex);
  for (int lane = 0; lane < N_LANES; lane++)
    g_thread_unref (self->threads[lane]);
}

/**
 * bs_worker_free:
 * @self: (transfer full): a worker
 *
 * Cancels every job and waits for those at work, two seconds at most. No callback comes any more,
 * from this worker or for its jobs, which count as cancelled; inputs and results are freed. A job
 * that does not end in time is left alone with what it uses: see bs_worker_n_abandoned().
 */
void
bs_worker_free (BsWorker *self)
{
  g_return_if_fail (self != NULL);
  GQueue running = G_QUEUE_INIT;
  g_mutex_lock (&self->mutex);
  self->is_closed = TRUE;
  for (int lane = 0; lane < N_LANES; lane++) {
    if (self->running[lane] != NULL)
      g_queue_push_tail (&running, bs_job_ref (self->running[lane]));
    g_cond_signal (&self->wake[lane]);
  }
  g_mutex_unlock (&self->mutex);
  cancel_all (&running);
  if (!await_lanes (self)) {
    abandon (self);
    return;
  }
  for (int lane = 0; lane < N_LANES; lane++)
    g_thread_join (self->threads[lane]);
  g_source_destroy (self->outbox);

  BsJob *job;
  for (int lane = 0; lane < N_LANES; lane++)
    while ((job = g_queue_pop_head (&self->queued[lane])) != NULL)
      g_queue_push_tail (&self->ended, job);
  while ((job = g_queue_pop_head (&self->ended)) != NULL) {
    g_cancellable_cancel (job->cancellable);
    settle (job);
    bs_job_unref (job);
  }
  worker_unref (self);
}

/**
 * bs_worker_n_abandoned:
 *
 * A program with such lanes ends by _exit(): what runs at exit() would take the libraries from
 * under them, or wait for them.
 *
 * Returns: lanes of freed workers whose job did not end in time, since the program began
 */
int
bs_worker_n_abandoned (void)
{
  return g_atomic_int_get (&n_abandoned);
}

/* With the lock held: a queued job need not wait for its turn to be over. */
static void
withdraw (BsWorker *self, BsJob *job)
{
  if (g_queue_remove (&self->queued[job->lane], job)) {
    g_queue_push_tail (&self->ended, job);
    schedule (self);
  }
}

/**
 * bs_worker_cancel_key:
 * @self: a worker
 * @key: a key
 *
 * Cancels every job of that key that is queued or running.
 */
void
bs_worker_cancel_key (BsWorker *self, const char *key)
{
  g_return_if_fail (self != NULL && key != NULL);
  GQueue found = G_QUEUE_INIT;
  g_mutex_lock (&self->mutex);
  for (int lane = 0; lane < N_LANES; lane++) {
    for (GList *l = self->queued[lane].head; l != NULL; l = l->next)
      if (g_strcmp0 (((BsJob *) l->data)->key, key) == 0)
        g_queue_push_tail (&found, bs_job_ref (l->data));
    if (self->running[lane] != NULL && g_strcmp0 (self->running[lane]->key, key) == 0)
      g_queue_push_tail (&found, bs_job_ref (self->running[lane]));
  }
  for (GList *l = found.head; l != NULL; l = l->next)
    withdraw (self, l->data);
  g_mutex_unlock (&self->mutex);
  cancel_all (&found);
}

/**
 * bs_worker_submit:
 * @self: a worker
 * @spec: what to do; copied, @input is taken over
 *
 * Puts a job at the end of its lane. Older jobs of the same key are cancelled first.
 *
 * Returns: (transfer full): the job
 */
BsJob *
bs_worker_submit (BsWorker *self, const BsJobSpec *spec)
{
  g_return_val_if_fail (self != NULL && spec != NULL && spec->func != NULL, NULL);
  if (spec->key != NULL)
    bs_worker_cancel_key (self, spec->key);
  BsJob *job = g_atomic_rc_box_new0 (BsJob);
  job->worker = g_atomic_rc_box_acquire (self);
  job->lane = spec->lane;
  job->key = g_strdup (spec->key);
  job->title = g_strdup (spec->title != NULL ? spec->title : "");
  job->func = spec->func;
  job->input = spec->input;
  job->input_free = spec->input_free;
  job->result_free = spec->result_free;
  job->progress = spec->progress;
  job->done = spec->done;
  job->user_data = spec->user_data;
  job->cancellable = g_cancellable_new ();
  job->state = BS_JOB_QUEUED;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queued[job->lane], bs_job_ref (job));
  g_cond_signal (&self->wake[job->lane]);
  g_mutex_unlock (&self->mutex);
  return job;
}

/**
 * bs_job_ref:
 * @self: a job
 *
 * Returns: (transfer full): @self
 */
BsJob *
bs_job_ref (BsJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_job_unref:
 * @self: (transfer full): a job
 *
 * The last reference frees the result, unless it was stolen.
 */
void
bs_job_unref (BsJob *self)
{
  g_atomic_rc_box_release_full (self, job_clear);
}

/**
 * bs_job_cancel:
 * @self: a job
 *
 * Asks the job to end: a queued one does at once, a running one when its function looks at the
 * cancellable. Its done callback still comes, with %G_IO_ERROR_CANCELLED. Nothing happens
 * where it came already.
 */
void
bs_job_cancel (BsJob *self)
{
  BsWorker *worker = self->worker;
  g_mutex_lock (&worker->mutex);
  gboolean is_open = self->state == BS_JOB_QUEUED || self->state == BS_JOB_RUNNING;
  if (is_open)
    withdraw (worker, self);
  g_mutex_unlock (&worker->mutex);
  if (is_open)
    g_cancellable_cancel (self->cancellable);
}

/**
 * bs_job_state:
 * @self: a job
 *
 * Returns: where it stands; it ends (done, failed or cancelled) just before the done callback
 */
BsJobState
bs_job_state (BsJob *self)
{
  g_mutex_lock (&self->worker->mutex);
  BsJobState state = self->state;
  g_mutex_unlock (&self->worker->mutex);
  return state;
}

/**
 * bs_job_title:
 * @self: a job
 *
 * Returns: (transfer none): what it is, for people
 */
const char *
bs_job_title (BsJob *self)
{
  return self->title;
}

/**
 * bs_job_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 to 1, as last reported
 */
double
bs_job_fraction (BsJob *self)
{
  g_mutex_lock (&self->worker->mutex);
  double fraction = self->fraction;
  g_mutex_unlock (&self->worker->mutex);
  return fraction;
}

/**
 * bs_job_dup_message:
 * @self: a job
 *
 * Returns: (transfer full) (nullable): what it does now, as last reported
 */
char *
bs_job_dup_message (BsJob *self)
{
  g_mutex_lock (&self->worker->mutex);
  char *message = g_strdup (self->message);
  g_mutex_unlock (&self->worker->mutex);
  return message;
}

/**
 * bs_job_steal_result:
 * @self: a job that is done
 *
 * Returns: (transfer full) (nullable): the result; later calls give %NULL
 */
gpointer
bs_job_steal_result (BsJob *self)
{
  g_return_val_if_fail (bs_job_state (self) == BS_JOB_DONE, NULL);
  return g_steal_pointer (&self->result);
}

/**
 * bs_job_report:
 * @self: the job at work
 * @fraction: how much is done, 0 to 1
 * @message: (nullable): what is being done now; %NULL keeps the last message
 *
 * Called by the job's function, as often as it likes: what comes faster than it is told
 * replaces what was not told yet.
 */
void
bs_job_report (BsJob *self, double fraction, const char *message)
{
  BsWorker *worker = self->worker;
  g_mutex_lock (&worker->mutex);
  self->fraction = CLAMP (fraction, 0.0, 1.0);
  if (message != NULL && g_strcmp0 (message, self->message) != 0) {
    g_free (self->message);
    self->message = g_strdup (message);
  }
  queue_report (worker, self);
  g_mutex_unlock (&worker->mutex);
}
