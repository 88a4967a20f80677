/* SPDX-License-Identifier: MIT */
/* A loop whose rounds are spread over threads. The caller works too, so that it goes on where
 * the helpers are busy elsewhere. */
#include "data/base/bs-parallel.h"

#include "data/base/bs-background.h"

typedef struct {
  BsTaskFunc func;
  gpointer user_data;
  guint n_tasks;
  int next_task;
  int next_thread;
  int n_references;
  guint n_done; /* under the lock */
  GMutex lock;
  GCond all_done;
} Job;

static void
unref_job (Job *job)
{
  if (!g_atomic_int_dec_and_test (&job->n_references))
    return;
  g_mutex_clear (&job->lock);
  g_cond_clear (&job->all_done);
  g_free (job);
}

static void
work (Job *job)
{
  guint thread = (guint) g_atomic_int_add (&job->next_thread, 1), n = 0;
  for (guint task; (task = (guint) g_atomic_int_add (&job->next_task, 1)) < job->n_tasks; n++)
    job->func (task, thread, job->user_data);
  g_mutex_lock (&job->lock);
  job->n_done += n;
  if (job->n_done == job->n_tasks)
    g_cond_signal (&job->all_done);
  g_mutex_unlock (&job->lock);
}

static gpointer
help (gpointer jobs)
{
  for (;;) {
    Job *job = g_async_queue_pop (jobs);
    work (job);
    unref_job (job);
  }
  return NULL;
}

/* They wait for jobs as long as the process lives, and have the priority of the thread that
 * started them. */
static gpointer
start_helpers (gpointer unused)
{
  GAsyncQueue *jobs = g_async_queue_new ();
  for (guint i = 0; i < g_get_num_processors (); i++)
    g_thread_unref (g_thread_new ("bs-parallel", help, jobs));
  return jobs;
}

/**
 * bs_parallel:
 * @n_threads: at most so many run at once, the caller's among them
 * @n_tasks: how many there are
 * @func: (scope call): does one of them; any order
 * @user_data: for @func
 *
 * Returns when all tasks are done. Background work (bs_background_enter()) has helpers of its own:
 * with those of other work it would hold up the window, and with its own that would wait for it.
 */
void
bs_parallel (guint n_threads, guint n_tasks, BsTaskFunc func, gpointer user_data)
{
  static GOnce once[2] = { G_ONCE_INIT, G_ONCE_INIT };
  n_threads = MIN (n_threads, n_tasks);
  if (n_threads <= 1) {
    for (guint task = 0; task < n_tasks; task++)
      func (task, 0, user_data);
    return;
  }
  GAsyncQueue *jobs = g_once (&once[bs_background_is_entered ()], start_helpers, NULL);
  Job *job = g_new0 (Job, 1);
  job->func = func;
  job->user_data = user_data;
  job->n_tasks = n_tasks;
  job->n_references = (int) n_threads;
  g_mutex_init (&job->lock);
  g_cond_init (&job->all_done);
  for (guint i = 1; i < n_threads; i++)
    g_async_queue_push (jobs, job);
  work (job);
  g_mutex_lock (&job->lock);
  while (job->n_done < n_tasks)
    g_cond_wait (&job->all_done, &job->lock);
  g_mutex_unlock (&job->lock);
  unref_job (job);
}
