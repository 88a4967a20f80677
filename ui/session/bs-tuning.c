/* SPDX-License-Identifier: MIT */
/* Everything about a run's thresholds that takes longer than a frame, worked out at once. */
#include "model/decision/bs-score-grid.h"
#include "ui/session/bs-tuning.h"

static void
tuning_clear (gpointer data)
{
  BsTuning *self = data;
  for (int fold = 0; fold < BS_MAX_FOLDS; fold++) {
    bs_optimum_clear (&self->official[fold]);
    bs_optimum_clear (&self->exact[fold]);
    g_clear_pointer (&self->fold_grids[fold], bs_score_grid_free);
  }
  g_clear_pointer (&self->surface, bs_score_grid_free);
}

static gboolean
compare_protocols (BsTuning *self, const BsEvaluationSet *cases, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  for (int i = 0; i < BS_N_PROTOCOLS; i++) {
    BsProtocolResult *result = &self->protocols[i];
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    bs_tune (cases, (BsProtocol) i, BS_SEARCH_GRID, &result->thresholds);
    bs_metrics_compute (metrics, cases, &result->thresholds);
    result->mean_presence = metrics->mean_presence;
    result->std_presence = metrics->std_presence;
    result->mean_salience = metrics->mean_salience;
    result->std_salience = metrics->std_salience;
    result->mean_score = metrics->mean_score;
    result->std_score = metrics->std_score;
  }
  return TRUE;
}

/**
 * bs_tuning_new:
 * @cases: labels and probabilities
 * @cancellable: (nullable): looked at between the parts, each a few milliseconds
 * @error: set to %G_IO_ERROR_CANCELLED
 *
 * May run on any thread.
 *
 * Returns: (transfer full) (nullable): optima, protocols and maps
 */
BsTuning *
bs_tuning_new (const BsEvaluationSet *cases, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsTuning) self = g_atomic_rc_box_new0 (BsTuning);
  for (gsize fold = 0; fold < cases->n_folds; fold++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    bs_tune_fold (cases, (int) fold, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &self->official[fold]);
    bs_tune_fold (cases, (int) fold, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &self->exact[fold]);
    self->fold_grids[fold] =
      bs_score_grid_new (cases, (int) fold, BS_SCORE_GRID_STEPS, BS_SCORE_GRID_STEPS,
                         BS_SCORE_GRID_ALPHA_TO, BS_SCORE_GRID_BETA_TO);
  }
  self->surface = bs_score_grid_new (cases, -1, BS_SCORE_GRID_STEPS, BS_SCORE_GRID_STEPS,
                                     BS_SCORE_GRID_ALPHA_TO, BS_SCORE_GRID_BETA_TO);
  if (!compare_protocols (self, cases, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bs_tuning_ref:
 * @self: a tuning
 *
 * Returns: (transfer full): @self
 */
BsTuning *
bs_tuning_ref (BsTuning *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_tuning_unref:
 * @self: (transfer full): a tuning
 */
void
bs_tuning_unref (BsTuning *self)
{
  g_atomic_rc_box_release_full (self, tuning_clear);
}
