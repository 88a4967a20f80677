/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/session/bs-comparison.h"

#include <glib/gi18n.h>

#include "model/config/bs-run-differences.h"

static void
compared_free (gpointer data)
{
  BsCompared *entry = data;
  g_strfreev (entry->values);
  g_clear_pointer (&entry->run, bs_run_unref);
  g_clear_pointer (&entry->job, bs_job_unref);
  g_free (entry->problem);
  g_free (entry);
}

/**
 * bs_comparison_new:
 * @keys: (array zero-terminated=1): settings in which the runs differ
 * @is_grid: whether they are queued together
 *
 * Returns: (transfer full): a comparison of nothing yet
 */
BsComparison *
bs_comparison_new (char **keys, gboolean is_grid)
{
  BsComparison *self = g_new (BsComparison, 1);
  self->keys = g_strdupv (keys);
  self->entries = g_ptr_array_new_with_free_func (compared_free);
  self->is_grid = is_grid;
  return self;
}

/**
 * bs_comparison_new_of_runs:
 * @runs: (element-type BsRun): runs
 *
 * Returns: (transfer full): they and the settings in which they differ
 */
BsComparison *
bs_comparison_new_of_runs (const GPtrArray *runs)
{
  g_auto (GStrv) keys = bs_runs_differing (runs);
  BsComparison *self = bs_comparison_new (keys, FALSE);
  for (guint i = 0; i < runs->len; i++) {
    BsRun *run = g_ptr_array_index (runs, i);
    g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
    for (char **key = keys; *key != NULL; key++) {
      g_autofree char *value = bs_run_dup_setting (run, *key);
      g_strv_builder_add (values, value != NULL ? value : "");
    }
    g_auto (GStrv) texts = g_strv_builder_end (values);
    bs_comparison_add (self, texts, run, NULL);
  }
  return self;
}

/**
 * bs_comparison_free:
 * @self: (transfer full): a comparison
 */
void
bs_comparison_free (BsComparison *self)
{
  g_strfreev (self->keys);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * bs_comparison_add:
 * @self: a comparison
 * @values: (array zero-terminated=1): of its keys
 * @run: (nullable): the run
 * @job: (nullable): what trains it
 */
void
bs_comparison_add (BsComparison *self, char **values, BsRun *run, BsJob *job)
{
  BsCompared *entry = g_new0 (BsCompared, 1);
  entry->values = g_strdupv (values);
  entry->run = run != NULL ? bs_run_ref (run) : NULL;
  entry->job = job != NULL ? bs_job_ref (job) : NULL;
  g_ptr_array_add (self->entries, entry);
}

/**
 * bs_comparison_n_done:
 * @self: a comparison
 *
 * Returns: how many of its runs are there
 */
guint
bs_comparison_n_done (const BsComparison *self)
{
  guint n = 0;
  for (guint i = 0; i < self->entries->len; i++)
    n += ((const BsCompared *) g_ptr_array_index (self->entries, i))->run != NULL;
  return n;
}

static gboolean
is_pending (const BsCompared *self)
{
  return self->run == NULL && self->job != NULL && bs_job_state (self->job) <= BS_JOB_RUNNING;
}

/**
 * bs_comparison_is_at_work:
 * @self: a comparison
 *
 * Returns: whether some of its runs are still to come
 */
gboolean
bs_comparison_is_at_work (const BsComparison *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (is_pending (g_ptr_array_index (self->entries, i)))
      return TRUE;
  return FALSE;
}

/**
 * bs_compared_state:
 * @self: an entry
 *
 * Returns: (nullable): in a word, where its run is; %NULL where it is there
 */
const char *
bs_compared_state (const BsCompared *self)
{
  if (self->run != NULL)
    return NULL;
  if (is_pending (self))
    return bs_job_state (self->job) == BS_JOB_RUNNING ? _ ("at work") : _ ("waits");
  return self->problem != NULL ? _ ("failed") : _ ("stopped");
}
