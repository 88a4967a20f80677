/* SPDX-License-Identifier: MIT */
/* Callbacks are bound to whoever asked for the work, so that neither a widget nor an object of the
 * session has to wait for its jobs, or to cancel them, before it goes. */
#include "config.h"

#include "ui/session/bs-job-queue.h"

struct _BsJobQueue {
  GObject parent_instance;
  BsWorker *worker; /* NULL once disposed */
  GPtrArray *jobs; /* of BsJob, the visible ones */
  GHashTable *wrapped; /* BsJob -> its callbacks; freed here where a job never ends */
};

G_DEFINE_FINAL_TYPE (BsJobQueue, bs_job_queue, G_TYPE_OBJECT)

static guint changed_signal;
static guint message_signal;

/* A job whose callbacks do not go straight to the submitter. */
typedef struct {
  BsJobQueue *queue;
  BsJobSpec spec; /* the submitter's, whose callbacks are passed on */
  gboolean visible;
  gboolean owned;
  GWeakRef owner;
} Wrapped;

static void
wrapped_free (gpointer data)
{
  Wrapped *wrapped = data;
  g_weak_ref_clear (&wrapped->owner);
  g_free (wrapped);
}

static void
wrapped_progress_cb (BsJob *job, gpointer user_data)
{
  Wrapped *wrapped = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&wrapped->owner);
  if (wrapped->spec.progress != NULL && (!wrapped->owned || owner != NULL))
    wrapped->spec.progress (job, wrapped->spec.user_data);
  if (wrapped->visible)
    g_signal_emit (wrapped->queue, changed_signal, 0);
}

static void
wrapped_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Wrapped *wrapped = user_data;
  g_autoptr (BsJobQueue) self = g_object_ref (wrapped->queue);
  g_autoptr (BsJob) keep = bs_job_ref (job);
  g_autoptr (GObject) owner = g_weak_ref_get (&wrapped->owner);
  gboolean visible = wrapped->visible;
  g_hash_table_steal (self->wrapped, job);
  g_ptr_array_remove (self->jobs, job);
  if (wrapped->spec.done != NULL && (!wrapped->owned || owner != NULL))
    wrapped->spec.done (keep, result, error, wrapped->spec.user_data);
  wrapped_free (wrapped);
  if (visible)
    g_signal_emit (self, changed_signal, 0);
}

/**
 * bs_job_queue_submit:
 * @self: the queue
 * @owner: (nullable) (type GObject): who wants the result: no callback comes once it is gone
 * @spec: the work; its callbacks come on the main thread, and not after the queue is disposed
 * @visible: whether the header bar shows it, with progress and cancel
 *
 * Returns: (transfer full): the job
 */
BsJob *
bs_job_queue_submit (BsJobQueue *self, gpointer owner, const BsJobSpec *spec, gboolean visible)
{
  Wrapped *wrapped = g_new0 (Wrapped, 1);
  wrapped->queue = self;
  wrapped->spec = *spec;
  wrapped->visible = visible;
  wrapped->owned = owner != NULL;
  g_weak_ref_init (&wrapped->owner, owner);
  BsJobSpec outer = *spec;
  outer.progress = wrapped_progress_cb;
  outer.done = wrapped_done_cb;
  outer.user_data = wrapped;
  BsJob *job = bs_worker_submit (self->worker, &outer);
  g_hash_table_insert (self->wrapped, job, wrapped);
  if (visible) {
    g_ptr_array_add (self->jobs, bs_job_ref (job));
    g_signal_emit (self, changed_signal, 0);
  }
  return job;
}

/**
 * bs_job_queue_start:
 * @self: the queue
 * @owner: (nullable) (type GObject): as for bs_job_queue_submit()
 * @spec: likewise
 * @visible: likewise
 *
 * bs_job_queue_submit() for those who have no use for the job.
 */
void
bs_job_queue_start (BsJobQueue *self, gpointer owner, const BsJobSpec *spec, gboolean visible)
{
  bs_job_unref (bs_job_queue_submit (self, owner, spec, visible));
}

/**
 * bs_job_queue_cancel_key:
 * @self: the queue
 * @key: of jobs that nobody waits for any more
 */
void
bs_job_queue_cancel_key (BsJobQueue *self, const char *key)
{
  if (self->worker != NULL)
    bs_worker_cancel_key (self->worker, key);
}

/**
 * bs_job_queue_get_jobs:
 * @self: the queue
 *
 * Returns: (transfer none) (element-type BsJob): visible work, oldest first
 */
GPtrArray *
bs_job_queue_get_jobs (BsJobQueue *self)
{
  return self->jobs;
}

/**
 * bs_job_queue_say:
 * @self: the queue
 * @format: a translated sentence, for g_strdup_printf()
 * @...: its arguments
 *
 * Shows a sentence for a moment: how work ended, or what was found on the way.
 */
void
bs_job_queue_say (BsJobQueue *self, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, message_signal, 0, text);
}

/* Ends the work: cancels what runs and waits for it, so that no thread outlives the session. */
static void
bs_job_queue_dispose (GObject *object)
{
  BsJobQueue *self = BS_JOB_QUEUE (object);
  g_clear_pointer (&self->worker, bs_worker_free);
  g_ptr_array_set_size (self->jobs, 0);
  g_hash_table_remove_all (self->wrapped);
  G_OBJECT_CLASS (bs_job_queue_parent_class)->dispose (object);
}

static void
bs_job_queue_finalize (GObject *object)
{
  BsJobQueue *self = BS_JOB_QUEUE (object);
  g_ptr_array_unref (self->jobs);
  g_hash_table_unref (self->wrapped);
  G_OBJECT_CLASS (bs_job_queue_parent_class)->finalize (object);
}

static void
bs_job_queue_class_init (BsJobQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bs_job_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_job_queue_finalize;
  changed_signal = g_signal_new ("changed", BS_TYPE_JOB_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  message_signal = g_signal_new ("message", BS_TYPE_JOB_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bs_job_queue_init (BsJobQueue *self)
{
  self->worker = bs_worker_new ();
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_job_unref);
  self->wrapped = g_hash_table_new_full (NULL, NULL, NULL, wrapped_free);
}

/**
 * bs_job_queue_new:
 *
 * Returns: (transfer full): a queue with a worker of its own
 */
BsJobQueue *
bs_job_queue_new (void)
{
  return g_object_new (BS_TYPE_JOB_QUEUE, NULL);
}
