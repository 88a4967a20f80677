/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-cases.h"

G_BEGIN_DECLS

/**
 * BsThresholds:
 * @fold: the pair of each fold
 * @rest: the pair of clips without a fold
 *
 * One (alpha, beta) per fold (DEFINITIONS, Thresholds).
 */
typedef struct {
  BsPair fold[BS_MAX_FOLDS];
  BsPair rest;
} BsThresholds;

void bs_thresholds_set_all (BsThresholds *self, BsPair pair);

static inline BsPair
bs_thresholds_for (const BsThresholds *self, int fold)
{
  return fold >= 0 && fold < BS_MAX_FOLDS ? self->fold[fold] : self->rest;
}

/**
 * BsTally:
 * @n: clips
 * @n_blends: true blends
 * @n_presence: clips whose emotions are right
 * @n_salience: true blends whose emotions and salience are right
 * @n_predicted_blends: clips judged a blend
 *
 * Counts from which accuracies follow.
 */
typedef struct {
  guint n;
  guint n_blends;
  guint n_presence;
  guint n_salience;
  guint n_predicted_blends;
} BsTally;

double bs_tally_presence (const BsTally *self);
double bs_tally_salience (const BsTally *self);
double bs_tally_score (const BsTally *self);

/**
 * BsFigures:
 * @cases: what they were computed from
 * @n: clips
 * @n_folds: folds
 * @n_actors: actors
 * @verdicts: (array length=n): decisions
 * @fold: counts per fold
 * @rest: counts of the clips without a fold
 * @pooled: counts of all clips
 * @actors: (array length=n_actors): counts per actor
 * @confusion: truth x decision, 36 classes
 * @n_scored_folds: folds that hold clips
 * @mean_presence: over the folds that hold clips; NaN where none does
 * @std_presence: likewise, ddof 1; NaN below two folds
 * @mean_salience: likewise
 * @std_salience: likewise
 * @mean_score: likewise
 * @std_score: likewise
 *
 * All figures at one set of thresholds.
 */
typedef struct {
  BsCases *cases;
  gsize n;
  gsize n_folds;
  gsize n_actors;
  BsVerdict *verdicts;
  BsTally fold[BS_MAX_FOLDS];
  BsTally rest;
  BsTally pooled;
  BsTally *actors;
  guint confusion[BS_N_SALIENCE_CLASSES][BS_N_SALIENCE_CLASSES];
  gsize n_scored_folds;
  double mean_presence, std_presence;
  double mean_salience, std_salience;
  double mean_score, std_score;
} BsFigures;

BsFigures *bs_figures_new (const BsCases *cases);
void bs_figures_compute (BsFigures *self, const BsCases *cases, const BsThresholds *thresholds);
void bs_figures_free (BsFigures *self);
void bs_figures_confusion16 (const BsFigures *self, guint counts[BS_N_CLASSES][BS_N_CLASSES]);
void bs_mean_std (const double *values, gsize n, double *mean, double *std);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFigures, bs_figures_free)

G_END_DECLS
