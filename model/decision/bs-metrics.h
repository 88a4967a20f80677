/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-evaluation-set.h"

G_BEGIN_DECLS

/**
 * BsThresholds:
 * @fold: the pair of each fold
 * @rest: the pair of clips without a fold
 *
 * One (alpha, beta) per fold (DEFINITIONS, Thresholds).
 */
typedef struct {
  BsThresholdPair fold[BS_MAX_FOLDS];
  BsThresholdPair rest;
} BsThresholds;

void bs_thresholds_set_all (BsThresholds *self, BsThresholdPair pair);

static inline BsThresholdPair
bs_thresholds_for (const BsThresholds *self, int fold)
{
  return fold >= 0 && fold < BS_MAX_FOLDS ? self->fold[fold] : self->rest;
}

/**
 * BsCounts:
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
} BsCounts;

double bs_counts_presence (const BsCounts *self);
double bs_counts_salience (const BsCounts *self);
double bs_counts_score (const BsCounts *self);

/**
 * BsMetrics:
 * @cases: what they were computed from
 * @n: clips
 * @n_folds: folds
 * @n_actors: actors
 * @ablation: (array length=n): decisions
 * @fold: counts per fold
 * @rest: counts of the clips without a fold
 * @pooled: counts of all clips
 * @actors: (array length=n_actors): counts per actor
 * @confusion: truth x decision, 36 classes; without decisions that are of none of them
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
  BsEvaluationSet *cases;
  gsize n;
  gsize n_folds;
  gsize n_actors;
  BsDecision *decisions;
  BsCounts fold[BS_MAX_FOLDS];
  BsCounts rest;
  BsCounts pooled;
  BsCounts *actors;
  guint confusion[BS_N_SALIENCE_CLASSES][BS_N_SALIENCE_CLASSES];
  gsize n_scored_folds;
  double mean_presence, std_presence;
  double mean_salience, std_salience;
  double mean_score, std_score;
} BsMetrics;

BsMetrics *bs_metrics_new (const BsEvaluationSet *cases);
void bs_metrics_compute (BsMetrics *self, const BsEvaluationSet *cases,
                         const BsThresholds *thresholds);
void bs_metrics_free (BsMetrics *self);
gsize bs_metrics_confusion16 (const BsMetrics *self, guint counts[BS_N_CLASSES][BS_N_CLASSES]);
void bs_mean_std (const double *values, gsize n, double *mean, double *std);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMetrics, bs_metrics_free)

G_END_DECLS
