/* SPDX-License-Identifier: MIT */
/* sched_setscheduler() and SCHED_BATCH are Linux's own. */
#define _GNU_SOURCE
#include "data/base/bs-background.h"

#include <sched.h>
#include <sys/resource.h>

/**
 * bs_background_enter:
 *
 * Has the calling thread, and every thread that it or they start from now on, take what the rest
 * of the machine leaves over: work that nobody waits for must not hold up the painting of a
 * window where it has as many threads as the machine has cores. There is no way back.
 * Where the system refuses, as some containers do, nothing changes.
 */
void
bs_background_enter (void)
{
  const struct sched_param none = { 0 };
  /* On Linux both are a thread's own, whatever POSIX says of processes, and 0 is the caller.
   * A thread of SCHED_BATCH that wakes up never takes the core from one that is at work. */
  setpriority (PRIO_PROCESS, 0, MAX (BS_BACKGROUND_NICENESS, getpriority (PRIO_PROCESS, 0)));
  sched_setscheduler (0, SCHED_BATCH, &none);
}

/**
 * bs_background_is_entered:
 *
 * Returns: whether the calling thread takes what the rest of the machine leaves over, be it by
 *   bs_background_enter() or because the whole program does
 */
gboolean
bs_background_is_entered (void)
{
  return getpriority (PRIO_PROCESS, 0) >= BS_BACKGROUND_NICENESS;
}
