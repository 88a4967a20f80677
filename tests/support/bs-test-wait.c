/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-wait.h"

/* For what never comes alone. */
#define PATIENCE_S 120

static gboolean
late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * bs_test_wait:
 * @condition: what is waited for
 * @data: for @condition
 * @what: in words, for when it never comes
 *
 * Runs the main loop until @condition holds.
 */
void
bs_test_wait (BsTestCondition condition, gpointer data, const char *what)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add_seconds (PATIENCE_S, late_cb, &late);
  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  if (late)
    g_error ("waited %d s for %s", PATIENCE_S, what);
}
