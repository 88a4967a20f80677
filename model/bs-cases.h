/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-metadata.h"
#include "data/bs-predictions.h"
#include "model/bs-rule.h"

G_BEGIN_DECLS

/**
 * BsCases:
 * @n: number of clips judged
 * @clip: (array length=n): index into the metadata
 * @truth: (array length=n): labels
 * @fold: (array length=n): fold, or -1
 * @actor: (array length=n): actor, or -1
 * @p: (array length=n): six probabilities each
 * @fixed: (nullable) (array length=n): decisions where the predictions have no probabilities
 *
 * Labels and probabilities side by side, in metadata order: what every figure is computed
 * from. Reference counted, immutable.
 */
typedef struct {
  gsize n;
  gsize n_folds;
  gsize n_actors;
  gsize *clip;
  BsLabel *truth;
  gint8 *fold;
  int *actor;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *fixed;
} BsCases;

BsCases *bs_cases_new (const BsMetadata *metadata, const BsPredictions *predictions,
                       GError **error);
BsCases *bs_cases_ref (BsCases *self);
void bs_cases_unref (BsCases *self);

#define BS_MAX_FOLDS 16

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
 *
 * All figures at one set of thresholds.
 */
typedef struct {
  gsize n;
  gsize n_folds;
  gsize n_actors;
  BsVerdict *verdicts; /* n */
  BsTally fold[BS_MAX_FOLDS];
  BsTally pooled;
  BsTally *actors; /* n_actors */
  guint confusion[BS_N_SALIENCE_CLASSES][BS_N_SALIENCE_CLASSES]; /* truth x decision */
  double mean_presence, std_presence; /* over folds that hold clips, ddof 1 */
  double mean_salience, std_salience;
  double mean_score, std_score;
} BsFigures;

BsFigures *bs_figures_new (const BsCases *cases);
void bs_figures_compute (BsFigures *self, const BsCases *cases, const BsThresholds *thresholds);
void bs_figures_free (BsFigures *self);
void bs_figures_confusion16 (const BsFigures *self, guint counts[BS_N_CLASSES][BS_N_CLASSES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCases, bs_cases_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFigures, bs_figures_free)

G_END_DECLS
