/* SPDX-License-Identifier: MIT */
/* Progress and interruption, the same for every command that takes a while. */
#include "app/cli/common/bs-cli-work.h"

#include <math.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void
interrupt_cb (int number)
{
  interrupted = 1;
}

/**
 * bs_cli_work_begin:
 * @self: zeros
 *
 * From now on SIGINT and SIGTERM cancel at the next report, once.
 */
void
bs_cli_work_begin (BsCliWork *self)
{
  self->cancellable = g_cancellable_new ();
  self->on_terminal = isatty (STDERR_FILENO);
  self->told = -1;
  struct sigaction action = { .sa_handler = interrupt_cb, .sa_flags = (int) SA_RESETHAND };
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
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
  if (interrupted)
    g_cancellable_cancel (self->cancellable);
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
  g_clear_object (&self->cancellable);
}
