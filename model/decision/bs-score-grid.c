/* SPDX-License-Identifier: MIT */
/* The score over a raster of thresholds, for the map. */
#include "model/decision/bs-score-grid.h"

#include "model/decision/bs-grid.h"

static double *
middles (double to, gsize n)
{
  double *values = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    values[i] = to * (i + 0.5) / n;
  return values;
}

static void
add_scores (BsScoreGrid *self, const BsGridCounts *counts)
{
  if (counts->n == 0)
    return;
  for (gsize b = 0; b < self->n_beta; b++)
    for (gsize a = 0; a < self->n_alpha; a++)
      self->score[b * self->n_alpha + a] += bs_grid_counts_score (counts, a, b);
}

static void
find_limits (BsScoreGrid *self, const BsEvaluationSet *cases, guint32 folds)
{
  for (gsize i = 0; i < cases->n; i++) {
    const BsRanked *ranked = &cases->ranked[i];
    if (!ranked->can_blend || !(folds & bs_fold_bit (cases->fold[i])))
      continue;
    self->largest_p2 = MAX (self->largest_p2, ranked->two.p2);
    self->largest_d = MAX (self->largest_d, ranked->d);
  }
}

/**
 * bs_score_grid_new:
 * @cases: clips
 * @fold: a fold, or -1 for the mean over the folds that hold clips (over the clips without a
 *   fold, where no fold does)
 * @n_alpha: columns, at least 1
 * @n_beta: rows, at least 1
 * @alpha_to: right edge; the left one is 0
 * @beta_to: upper edge; the lower one is 0
 *
 * Scores at the middles of the cells. O(clips log steps + cells) a fold. Pure; any thread.
 *
 * Returns: (transfer full): the raster
 */
BsScoreGrid *
bs_score_grid_new (const BsEvaluationSet *cases, int fold, gsize n_alpha, gsize n_beta,
                   double alpha_to, double beta_to)
{
  g_return_val_if_fail (n_alpha > 0 && n_beta > 0, NULL);
  BsScoreGrid *self = g_new0 (BsScoreGrid, 1);
  self->n_alpha = n_alpha;
  self->n_beta = n_beta;
  self->alpha_to = alpha_to;
  self->beta_to = beta_to;
  self->score = g_malloc0_n (n_alpha, n_beta * sizeof *self->score);
  g_autofree double *alphas = middles (alpha_to, n_alpha);
  g_autofree double *betas = middles (beta_to, n_beta);
  guint n = 0;
  for (int k = fold < 0 ? 0 : fold; k < (fold < 0 ? (int) cases->n_folds : fold + 1); k++) {
    g_autoptr (BsGridCounts) counts =
      bs_grid_counts_new (cases, bs_fold_bit (k), alphas, n_alpha, betas, n_beta);
    add_scores (self, counts);
    find_limits (self, cases, bs_fold_bit (k));
    n += counts->n > 0;
  }
  if (n == 0 && fold < 0) {
    g_autoptr (BsGridCounts) counts =
      bs_grid_counts_new (cases, bs_fold_bit (-1), alphas, n_alpha, betas, n_beta);
    add_scores (self, counts);
    find_limits (self, cases, bs_fold_bit (-1));
  }
  for (gsize i = 0; n > 1 && i < n_alpha * n_beta; i++)
    self->score[i] /= n;
  return self;
}

/**
 * bs_score_grid_free:
 * @self: (transfer full): a raster
 */
void
bs_score_grid_free (BsScoreGrid *self)
{
  g_free (self->score);
  g_free (self);
}
