/* SPDX-License-Identifier: MIT */
/* What the tests of trainings ask of the runs that they leave. */
#pragma once

#include "data/run/bs-run.h"

static inline BsRun *
load_run (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BsRun *run = bs_run_load (folder, &error);
  g_assert_no_error (error);
  return run;
}

static inline void
assert_same_file (const char *folder, const char *other, const char *name)
{
  g_autofree char *a = g_build_filename (folder, name, NULL);
  g_autofree char *b = g_build_filename (other, name, NULL);
  g_autofree char *x = NULL, *y = NULL;
  gsize n_x = 0, n_y = 0;
  g_assert_true (g_file_get_contents (a, &x, &n_x, NULL));
  g_assert_true (g_file_get_contents (b, &y, &n_y, NULL));
  g_assert_cmpmem (x, n_x, y, n_y);
}

/* Of all folds. */
static inline void
assert_same_weights (const char *folder, const char *other, int n_folds)
{
  for (int k = 0; k < n_folds; k++) {
    g_autofree char *name = g_strdup_printf ("fold%d.safetensors", k);
    assert_same_file (folder, other, name);
  }
}
