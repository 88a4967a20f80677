/* SPDX-License-Identifier: MIT */
/* Tells ThreadSanitizer what GLib's locks order. Debian's GLib is not instrumented and locks
 * with raw futexes, so that TSan would call every use of a GMutex a race. The linker's --wrap
 * sends the calls that the program itself makes through these functions, which do the real
 * thing and name the edge: release before giving something up, acquire after getting it. */
#include <glib.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* Prototype of the real function and of the wrapper that stands for it. */
#define WRAP(type, name, ...)       \
  type __real_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__)

WRAP (void, g_mutex_lock, GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

WRAP (gboolean, g_mutex_trylock, GMutex *mutex)
{
  gboolean is_locked = __real_g_mutex_trylock (mutex);
  if (is_locked)
    __tsan_acquire (mutex);
  return is_locked;
}

WRAP (void, g_mutex_unlock, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_mutex_unlock (mutex);
}

WRAP (void, g_cond_wait, GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_cond_wait (cond, mutex);
  __tsan_acquire (mutex);
}

WRAP (gboolean, g_cond_wait_until, GCond *cond, GMutex *mutex, gint64 end_time)
{
  __tsan_release (mutex);
  gboolean is_signalled = __real_g_cond_wait_until (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_signalled;
}

WRAP (void, g_rec_mutex_lock, GRecMutex *mutex)
{
  __real_g_rec_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

WRAP (void, g_rec_mutex_unlock, GRecMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_rec_mutex_unlock (mutex);
}

WRAP (void, g_async_queue_push, GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  __real_g_async_queue_push (queue, data);
}

WRAP (gpointer, g_async_queue_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_pop (queue);
  __tsan_acquire (queue);
  return data;
}

WRAP (gpointer, g_async_queue_try_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_try_pop (queue);
  __tsan_acquire (queue);
  return data;
}

WRAP (gpointer, g_async_queue_timeout_pop, GAsyncQueue *queue, guint64 timeout)
{
  gpointer data = __real_g_async_queue_timeout_pop (queue, timeout);
  __tsan_acquire (queue);
  return data;
}

WRAP (void, g_once_init_leave, volatile void *location, gsize value)
{
  __tsan_release ((void *) location);
  __real_g_once_init_leave (location, value);
}

/* The count of references: who frees has seen what all earlier owners did. */
static __thread GDestroyNotify clear_of_this_release;

static void
clear_acquired (gpointer data)
{
  GDestroyNotify clear = clear_of_this_release;
  __tsan_acquire (data);
  if (clear != NULL)
    clear (data);
}

WRAP (void, g_atomic_rc_box_release_full, gpointer data, GDestroyNotify clear)
{
  __tsan_release (data);
  clear_of_this_release = clear;
  __real_g_atomic_rc_box_release_full (data, clear_acquired);
}

WRAP (void, g_atomic_rc_box_release, gpointer data)
{
  __wrap_g_atomic_rc_box_release_full (data, NULL);
}

/* Sources made on one thread and run on another. */
typedef struct {
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Call;

static Call *
call_new (GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  Call *call = g_new (Call, 1);
  *call = (Call){ func, data, notify };
  __tsan_release (call);
  return call;
}

static gboolean
call_run (gpointer user_data)
{
  Call *call = user_data;
  __tsan_acquire (call);
  return call->func (call->data);
}

static void
call_free (gpointer user_data)
{
  Call *call = user_data;
  __tsan_acquire (call);
  if (call->notify != NULL)
    call->notify (call->data);
  g_free (call);
}

WRAP (guint, g_idle_add_full, gint priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  return __real_g_idle_add_full (priority, call_run, call_new (func, data, notify), call_free);
}

WRAP (guint, g_idle_add, GSourceFunc func, gpointer data)
{
  return __wrap_g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, func, data, NULL);
}

WRAP (guint, g_timeout_add_full, gint priority, guint interval, GSourceFunc func, gpointer data,
      GDestroyNotify notify)
{
  return __real_g_timeout_add_full (priority, interval, call_run, call_new (func, data, notify),
                                    call_free);
}

WRAP (void, g_main_context_invoke_full, GMainContext *context, gint priority, GSourceFunc func,
      gpointer data, GDestroyNotify notify)
{
  __real_g_main_context_invoke_full (context, priority, call_run, call_new (func, data, notify),
                                     call_free);
}

WRAP (void, g_main_context_invoke, GMainContext *context, GSourceFunc func, gpointer data)
{
  __wrap_g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}
