/* SPDX-License-Identifier: MIT */
/* Runs side by side: a grid of trainings that are queued together, or runs that are there. */
#include "config.h"

#include <glib/gi18n.h>

#include "model/config/bs-run-differences.h"
#include "model/config/bs-train-options.h"
#include "ui/session/bs-workspace-private.h"

static void
take_comparison (BsWorkspace *self, BsComparison *comparison)
{
  g_clear_pointer (&self->comparison, bs_comparison_free);
  self->comparison = comparison;
  bs_workspace_emit (self, BS_WORKSPACE_COMPARISON_CHANGED);
}

/* Whether a run has a point's values of the grid's settings: of a hundred runs of a grid one does,
 * and the rest is known without a closer look. */
static gboolean
has_values (const BsRun *run, char **keys, const BsTrainConfig *config)
{
  for (; *keys != NULL; keys++) {
    const BsOptionInfo *option = bs_option_find (*keys);
    g_autofree char *wanted = option != NULL ? bs_option_dup_value (option, config) : NULL;
    g_autofree char *there = bs_run_dup_setting (run, *keys);
    if (wanted != NULL && g_strcmp0 (wanted, there) != 0)
      return FALSE;
  }
  return TRUE;
}

/* The run that an equal training made. */
static BsRun *
find_equal (BsWorkspace *self, char **keys, const BsTrainConfig *config)
{
  for (guint i = 0; i < self->runs->len; i++) {
    BsRun *run = g_ptr_array_index (self->runs, i);
    if (has_values (run, keys, config) &&
        bs_train_is_complete (run, config, bs_corpus_metadata (self->corpus)))
      return run;
  }
  return NULL;
}

/**
 * bs_workspace_train_grid:
 * @self: the workspace, with a corpus open
 * @grid: what to train
 *
 * Queues a training a combination, as bs_workspace_train() does, and compares their runs. A run
 * that is there already is taken as it is, so that a grid that was stopped goes on. No run takes
 * the place of the open one.
 */
void
bs_workspace_train_grid (BsWorkspace *self, const BsTrainGrid *grid)
{
  g_return_if_fail (self->corpus != NULL);
  g_autoptr (BsComparison) comparison = bs_comparison_new (grid->keys, TRUE);
  guint n_there = 0;
  for (guint i = 0; i < grid->points->len; i++) {
    const BsTrainPoint *point = g_ptr_array_index (grid->points, i);
    BsRun *run = find_equal (self, grid->keys, point->config);
    g_autoptr (BsJob) job =
      run == NULL ? bs_workspace_start_training (self, point->config, TRUE) : NULL;
    n_there += run != NULL;
    bs_comparison_add (comparison, point->values, run, job);
  }
  if (n_there > 0)
    bs_job_queue_say (self->jobs,
                      ngettext ("%u run of the grid was there already",
                                "%u runs of the grid were there already", n_there),
                      n_there);
  take_comparison (self, g_steal_pointer (&comparison));
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
}

/**
 * bs_workspace_stop_grid:
 * @self: the workspace
 *
 * Cancels what is still to come of the grid on show. The training at work leaves what it has, and
 * an equal one goes on from there.
 */
void
bs_workspace_stop_grid (BsWorkspace *self)
{
  if (self->comparison == NULL)
    return;
  /* From the end, so that none that waits begins meanwhile. */
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_job_unref);
  for (guint i = self->comparison->entries->len; i-- > 0;) {
    const BsCompared *entry = g_ptr_array_index (self->comparison->entries, i);
    if (entry->job != NULL && entry->run == NULL)
      g_ptr_array_add (jobs, bs_job_ref (entry->job));
  }
  for (guint i = 0; i < jobs->len; i++)
    bs_job_cancel (g_ptr_array_index (jobs, i));
}

/**
 * bs_workspace_compare:
 * @self: the workspace
 * @runs: (element-type BsRun): of the open corpus
 *
 * Puts @runs side by side, in the place of what was compared before.
 */
void
bs_workspace_compare (BsWorkspace *self, GPtrArray *runs)
{
  take_comparison (self, bs_comparison_new_of_runs (runs));
}

/**
 * bs_workspace_close_comparison:
 * @self: the workspace
 *
 * Trainings of a grid go on.
 */
void
bs_workspace_close_comparison (BsWorkspace *self)
{
  take_comparison (self, NULL);
}

/**
 * bs_workspace_get_comparison:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): valid until "comparison-changed"
 */
const BsComparison *
bs_workspace_get_comparison (BsWorkspace *self)
{
  return self->comparison;
}

/**
 * bs_workspace_tell_compared:
 * @self: the workspace
 * @job: a training that came to its end
 * @run: (nullable): what it made
 * @error: (nullable): why it made nothing
 *
 * Returns: whether it is one of those compared, which say themselves how it ended
 */
gboolean
bs_workspace_tell_compared (BsWorkspace *self, BsJob *job, BsRun *run, const GError *error)
{
  GPtrArray *entries = self->comparison != NULL ? self->comparison->entries : NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    BsCompared *entry = g_ptr_array_index (entries, i);
    if (entry->job != job)
      continue;
    if (run != NULL)
      entry->run = bs_run_ref (run);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      entry->problem = g_strdup (error->message);
    bs_workspace_emit (self, BS_WORKSPACE_COMPARISON_CHANGED);
    return TRUE;
  }
  return FALSE;
}

/**
 * bs_workspace_forget_compared:
 * @self: the workspace
 * @run: a run that goes
 */
void
bs_workspace_forget_compared (BsWorkspace *self, BsRun *run)
{
  GPtrArray *entries = self->comparison != NULL ? self->comparison->entries : NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const BsCompared *entry = g_ptr_array_index (entries, i);
    if (entry->run != run)
      continue;
    g_ptr_array_remove_index (entries, i);
    bs_workspace_emit (self, BS_WORKSPACE_COMPARISON_CHANGED);
    return;
  }
}
