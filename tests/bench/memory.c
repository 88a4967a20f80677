/* SPDX-License-Identifier: MIT */
#include "tests/bench/memory.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT 1.5

/* A line of /proc/self/status in bytes; 0 where there is none. */
static double
status_bytes (const char *key)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  const char *line = strstr (text, key);
  return line != NULL ? g_ascii_strtod (line + strlen (key), NULL) * 1024 : 0;
}

static void
run_and_tell (BenchFunc func, gpointer data, int fd)
{
  double before = status_bytes ("VmRSS:");
  func (data);
  double growth = status_bytes ("VmHWM:") - before;
  _exit (write (fd, &growth, sizeof growth) == sizeof growth ? 0 : 1);
}

/**
 * bench_peak_growth:
 * @func: (scope call): what to run, in a process of its own, since a process' peak only grows
 * @data: for @func
 *
 * To be called while the program has one thread.
 *
 * Returns: bytes of memory, mapped files among them, that @func had more at its peak than at its
 *   start
 */
double
bench_peak_growth (BenchFunc func, gpointer data)
{
  int ends[2];
  double growth = 0;
  if (pipe (ends) != 0)
    g_error ("no pipe");
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    run_and_tell (func, data, ends[1]);
  close (ends[1]);
  gboolean is_told = child > 0 && read (ends[0], &growth, sizeof growth) == sizeof growth;
  close (ends[0]);
  if (!is_told || waitpid (child, NULL, 0) != child)
    g_error ("the process that was to be measured came to no end");
  return growth;
}

/**
 * bench_memory_report:
 * @what: was run
 * @growth_bytes: its peak
 * @needed_bytes: what it cannot do without
 */
void
bench_memory_report (const char *what, double growth_bytes, double needed_bytes)
{
  double ratio = growth_bytes / needed_bytes;
  printf ("%-58s %8.1f MB at its peak   %.2f times the %.1f MB needed, %.2f of the limit%s\n", what,
          growth_bytes / 1e6, ratio, needed_bytes / 1e6, ratio / LIMIT,
          ratio > LIMIT ? "   ABOVE THE LIMIT" : "");
}
