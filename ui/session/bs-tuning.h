/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "model/decision/bs-metrics.h"
#include "model/decision/bs-score-grid.h"
#include "model/decision/bs-tune.h"

G_BEGIN_DECLS

/**
 * BsProtocolResult:
 * @thresholds: what the protocol chooses
 * @mean_presence: over the folds, at those thresholds
 * @std_presence: ddof 1
 * @mean_salience: likewise
 * @std_salience: likewise
 * @mean_score: likewise
 * @std_score: likewise
 *
 * One row of the comparison of protocols.
 */
typedef struct {
  BsThresholds thresholds;
  double mean_presence, std_presence;
  double mean_salience, std_salience;
  double mean_score, std_score;
} BsProtocolResult;

#define BS_SCORE_GRID_STEPS 160
#define BS_SCORE_GRID_ALPHA_TO 0.6
#define BS_SCORE_GRID_BETA_TO 0.7

/**
 * BsTuning:
 * @official: each fold's best pair on the official grid
 * @exact: each fold's exact optimum with its regions
 * @protocols: what each protocol gives
 * @surface: the mean score over alpha and beta
 *
 * What can be known about a run's thresholds before anyone touches them; computed once per
 * run, in the worker. Reference counted, immutable.
 */
typedef struct {
  BsOptimum official[BS_MAX_FOLDS];
  BsOptimum exact[BS_MAX_FOLDS];
  BsProtocolResult protocols[BS_N_PROTOCOLS];
  BsScoreGrid *surface;
  BsScoreGrid *fold_grids[BS_MAX_FOLDS];
} BsTuning;

BsTuning *bs_tuning_new (const BsEvaluationSet *cases, GCancellable *cancellable, GError **error);
BsTuning *bs_tuning_ref (BsTuning *self);
void bs_tuning_unref (BsTuning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTuning, bs_tuning_unref)

G_END_DECLS
