/* SPDX-License-Identifier: MIT */
/* Signals that ask a program to end. The first one asks, and is told through a pipe, so that any
 * thread or main loop can wait for it; the second one ends the program whatever it is doing. */
#include "data/base/bs-signals.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static int ends[2] = { -1, -1 }; /* of the pipe: to read, to write */
static int n_caught;

static void
caught_cb (int number)
{
  int before = errno;
  if (__atomic_fetch_add (&n_caught, 1, __ATOMIC_SEQ_CST) == 0) {
    if (write (ends[1], "", 1) < 0)
      signal (number, SIG_DFL);
  } else {
    /* Blocked while this handler runs, and so taken at its end. */
    signal (number, SIG_DFL);
    raise (number);
  }
  errno = before;
}

/**
 * bs_signals_ignore_limits:
 *
 * A file that grows beyond the limit of the process (ulimit -f) is an error of the write, which
 * says what cannot be written, and not the end of the program.
 */
void
bs_signals_ignore_limits (void)
{
  signal (SIGXFSZ, SIG_IGN);
}

/* One that was ignored from the start stays so: nohup, and shells for what runs behind them. */
static void catch (int number)
{
  struct sigaction before, action = { .sa_handler = caught_cb, .sa_flags = SA_RESTART };
  if (sigaction (number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
    sigaction (number, &action, NULL);
}

/**
 * bs_signals_catch:
 *
 * From now on the first SIGINT, SIGTERM or SIGHUP writes one byte, and the second one of any of
 * them ends the program at once. Later calls change nothing.
 *
 * Returns: the descriptor to read that byte from; -1 where there is none, and every signal ends the
 *   program
 */
int
bs_signals_catch (void)
{
  g_autoptr (GError) error = NULL;
  if (ends[0] >= 0)
    return ends[0];
  if (!g_unix_open_pipe (ends, FD_CLOEXEC, &error))
    return -1;
  catch (SIGINT);
  catch (SIGTERM);
  catch (SIGHUP);
  return ends[0];
}
