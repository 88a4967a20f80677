/* SPDX-License-Identifier: MIT */
/* Many tasks on a few threads, with progress and cancelling on the caller's. */
#include <math.h>

#include "data/demo/bs-demo-private.h"

#define LOOK_AGAIN_US (20 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  gsize n;
  BsDemoTaskFunc func;
  gpointer func_data;
  GCancellable *cancellable;
  GMutex lock;
  GCond changed;
  gsize next; /* below, guarded by lock */
  gsize n_done;
  int n_running;
  GError *error; /* the first one */
} Tasks;

static gpointer
work (gpointer data)
{
  Tasks *t = data;
  g_mutex_lock (&t->lock);
  while (t->error == NULL && t->next < t->n && !g_cancellable_is_cancelled (t->cancellable)) {
    gsize index = t->next++;
    g_mutex_unlock (&t->lock);
    g_autoptr (GError) error = NULL;
    gboolean done = t->func (index, t->func_data, &error);
    g_mutex_lock (&t->lock);
    t->n_done++;
    if (!done && t->error == NULL)
      t->error = g_steal_pointer (&error);
    g_cond_signal (&t->changed);
  }
  t->n_running--;
  g_cond_signal (&t->changed);
  g_mutex_unlock (&t->lock);
  return NULL;
}

static void
wait_for_all (Tasks *t, const char *message, BsProgressFunc progress, gpointer user_data)
{
  gsize told = 0;
  g_mutex_lock (&t->lock);
  while (t->n_running > 0) {
    g_cond_wait_until (&t->changed, &t->lock, g_get_monotonic_time () + LOOK_AGAIN_US);
    gsize n_done = t->n_done;
    if (progress == NULL || n_done == told)
      continue;
    told = n_done;
    g_mutex_unlock (&t->lock);
    progress ((double) n_done / (double) t->n, message, user_data);
    g_mutex_lock (&t->lock);
  }
  g_mutex_unlock (&t->lock);
}

/**
 * bs_demo_run_tasks:
 * @n: number of tasks
 * @n_threads: threads that share them, the caller's not among them
 * @func: does one; called on those threads
 * @func_data: for @func
 * @message: (nullable): for @progress
 * @progress: (nullable): told on the caller's thread
 * @user_data: for @progress
 * @cancellable: (nullable): no further task is begun once it is cancelled
 * @error: the first task's that failed, or %G_IO_ERROR_CANCELLED
 *
 * Returns after all begun tasks have ended.
 *
 * Returns: whether all were done
 */
gboolean
bs_demo_run_tasks (gsize n, int n_threads, BsDemoTaskFunc func, gpointer func_data,
                   const char *message, BsProgressFunc progress, gpointer user_data,
                   GCancellable *cancellable, GError **error)
{
  Tasks t = { .n = n, .func = func, .func_data = func_data, .cancellable = cancellable };
  g_mutex_init (&t.lock);
  g_cond_init (&t.changed);
  t.n_running = n_threads;
  g_autofree GThread **threads = g_new (GThread *, n_threads);
  for (int i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("demo", work, &t);
  wait_for_all (&t, message, progress, user_data);
  for (int i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&t.lock);
  g_cond_clear (&t.changed);
  if (t.error != NULL)
    g_propagate_error (error, t.error);
  else if (t.n_done < n)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return t.error == NULL && t.n_done == n;
}
