/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

#define BS_GRID_STEPS 20

double bs_grid_value (int index, int n_steps);

/**
 * bs_fold_bit:
 * @fold: a fold, or -1 for clips without one
 *
 * Returns: its bit in a choice of folds
 */
static inline guint32
bs_fold_bit (int fold)
{
  return 1u << (fold + 1);
}

/**
 * BsGridCounts:
 * @n_alpha: number of alphas
 * @n_beta: number of betas
 * @n: clips
 * @n_blends: true blends
 * @n_presence: (array length=n_alpha): clips whose emotions are right; beta does not matter
 * @n_salience: (array): n_beta x n_alpha: true blends whose emotions and salience are right
 *
 * What some folds' clips amount to at every crossing of some alphas and betas.
 */
typedef struct {
  gsize n_alpha, n_beta;
  guint n, n_blends;
  gint32 *n_presence;
  gint32 *n_salience;
} BsGridCounts;

BsGridCounts *bs_grid_counts_new (const BsEvaluationSet *cases, guint32 folds, const double *alphas,
                                  gsize n_alpha, const double *betas, gsize n_beta);
void bs_grid_counts_free (BsGridCounts *self);
double bs_grid_counts_presence (const BsGridCounts *self, gsize alpha);
double bs_grid_counts_salience (const BsGridCounts *self, gsize alpha, gsize beta);
double bs_grid_counts_score (const BsGridCounts *self, gsize alpha, gsize beta);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsGridCounts, bs_grid_counts_free)

G_END_DECLS
