/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-evaluation-set.h"

G_BEGIN_DECLS

/**
 * BsScoreGrid:
 * @n_alpha: columns
 * @n_beta: rows, from beta = 0 up
 * @alpha_from: left edge, 0
 * @alpha_to: right edge
 * @beta_from: lower edge, 0
 * @beta_to: upper edge
 * @score: (array): n_beta x n_alpha, at the middles of the cells, mean over the chosen folds
 * @largest_p2: no clip becomes a blend by a higher alpha
 * @largest_d: every blend is 50/50 from this beta on
 *
 * The score over a regular raster of thresholds, for the map.
 */
typedef struct {
  gsize n_alpha, n_beta;
  double alpha_from, alpha_to, beta_from, beta_to;
  double *score;
  double largest_p2, largest_d;
} BsScoreGrid;

BsScoreGrid *bs_score_grid_new (const BsEvaluationSet *cases, int fold, gsize n_alpha, gsize n_beta,
                                double alpha_to, double beta_to);
void bs_score_grid_free (BsScoreGrid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsScoreGrid, bs_score_grid_free)

G_END_DECLS
