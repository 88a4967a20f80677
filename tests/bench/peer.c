/* SPDX-License-Identifier: MIT */
#include "tests/bench/peer.h"

#include <stdio.h>

static char *
read_output (const char *script)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests", "bench", script, NULL);
  const char *const argv[] = { "/usr/bin/python3", path, NULL };
  char *text = NULL;
  int status = 0;
  if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL,
                    &status, NULL) &&
      g_spawn_check_wait_status (status, NULL))
    return text;
  g_free (text);
  return NULL;
}

/**
 * bench_peer_run:
 * @script: file in the folder of the benches
 * @n: measurements that it makes
 * @seconds: (out caller-allocates) (array length=n): the best of 1 and 2 threads
 *
 * Prints which PyTorch and BLAS it was, or that there is none.
 *
 * Returns: whether the script could be run
 */
gboolean
bench_peer_run (const char *script, guint n, double *seconds)
{
  g_autofree char *text = read_output (script);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (g_strchomp (text), "\n", -1) : NULL;
  if (lines == NULL || g_strv_length (lines) != 2 * n + 1) {
    printf ("PyTorch is not installed (python3-torch): no ratio\n");
    return FALSE;
  }
  for (guint i = 0; i < n; i++)
    seconds[i] = MIN (g_ascii_strtod (lines[i], NULL), g_ascii_strtod (lines[n + i], NULL));
  printf ("%s, best of 1 and 2 threads\n", lines[2 * n]);
  return TRUE;
}

/**
 * bench_peer_report:
 * @what: was measured
 * @seconds: of the peer
 * @ours: seconds of ours
 * @limit: times as fast that ours has to be
 */
void
bench_peer_report (const char *what, double seconds, double ours, double limit)
{
  printf ("  %-50s %9.4f s   ours is %.2f times as fast, at least %.0f wanted%s\n", what, seconds,
          seconds / ours, limit, seconds < limit * ours ? "   BELOW THE LIMIT" : "");
}
