/* SPDX-License-Identifier: MIT */
/* Progress and interruption, the same for every command that takes a while. */
#include "app/cli/common/bs-cli-work.h"

#include <math.h>
#include <unistd.h>

#include "data/base/bs-signals.h"

static GMutex lock;
static GCancellable *at_work; /* of the work that is going on; guarded by the lock, as the next */
static gboolean interrupted;

static gpointer
await_signal (gpointer fd)
{
  char byte;
  if (read (GPOINTER_TO_INT (fd), &byte, 1) != 1)
    return NULL;
  g_mutex_lock (&lock);
  interrupted = TRUE;
  g_autoptr (GCancellable) cancellable = at_work != NULL ? g_object_ref (at_work) : NULL;
  g_mutex_unlock (&lock);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static gpointer
watch (gpointer unused)
{
  int fd = bs_signals_catch ();
  if (fd >= 0)
    g_thread_unref (g_thread_new ("signals", await_signal, GINT_TO_POINTER (fd)));
  return NULL;
}

/**
 * bs_cli_work_begin:
 * @self: zeros
 *
 * From now on the first SIGINT, SIGTERM or SIGHUP cancels this work and all that is begun after
 * it; the second one ends the program.
 */
void
bs_cli_work_begin (BsCliWork *self)
{
  static GOnce once = G_ONCE_INIT;
  self->cancellable = g_cancellable_new ();
  self->on_terminal = isatty (STDERR_FILENO);
  self->told = -1;
  g_mutex_lock (&lock);
  g_set_object (&at_work, self->cancellable);
  if (interrupted)
    g_cancellable_cancel (self->cancellable);
  g_mutex_unlock (&lock);
  g_once (&once, watch, NULL);
}

/**
 * bs_cli_work_report:
 * @fraction: how much is done, 0 to 1
 * @message: (nullable): what is being done
 * @work: a #BsCliWork
 *
 * On a terminal one line that changes, else a line every tenth. A #BsProgressFunc.
 */
void
bs_cli_work_report (double fraction, const char *message, gpointer work)
{
  BsCliWork *self = work;
  int percent = (int) floor (100 * fraction + 1e-9);
  if (percent == self->told ||
      (!self->on_terminal && percent / 10 == self->told / 10 && self->told >= 0))
    return;
  self->told = percent;
  if (self->on_terminal)
    g_printerr ("\r\033[K%3d %% %s%s", percent, message != NULL ? message : "",
                percent == 100 ? "\n" : "");
  else
    g_printerr ("%d %% %s\n", percent, message != NULL ? message : "");
}

/**
 * bs_cli_work_clear:
 * @self: work
 *
 * Ends the line, so that what comes next has its own.
 */
void
bs_cli_work_clear (BsCliWork *self)
{
  if (self->on_terminal && self->told >= 0 && self->told < 100)
    g_printerr ("\n");
  g_mutex_lock (&lock);
  g_clear_object (&at_work);
  g_mutex_unlock (&lock);
  g_clear_object (&self->cancellable);
}
