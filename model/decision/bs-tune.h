/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/decision/bs-grid.h"
#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

/**
 * BsRegion:
 *
 * A rectangle of equally good thresholds: alpha in (alpha_from, alpha_to], beta in
 * [beta_from, beta_to).
 */
typedef struct {
  double alpha_from, alpha_to;
  double beta_from, beta_to;
} BsRegion;

/**
 * BsOptimum:
 * @pair: the reported point
 * @score: score there, on the clips that were searched
 * @regions: (element-type BsRegion) (nullable): all optimal regions, for exact searches
 */
typedef struct {
  BsThresholdPair pair;
  double score;
  GArray *regions;
} BsOptimum;

void bs_optimum_clear (BsOptimum *self);

/**
 * BsProtocol:
 *
 * How thresholds are chosen (DEFINITIONS, Tuning protocols).
 */
typedef enum {
  BS_PROTOCOL_OFFICIAL,
  BS_PROTOCOL_EXACT,
  BS_PROTOCOL_TRAIN,
  BS_PROTOCOL_MEAN,
  BS_PROTOCOL_BEST_FOLD,
  BS_PROTOCOL_PRESENCE_FIRST,
  BS_N_PROTOCOLS,
} BsProtocol;

/**
 * BsSearch:
 * @BS_SEARCH_GRID: over the official 20 x 20 grid
 * @BS_SEARCH_EXACT: over all real alpha and beta
 *
 * Where a protocol looks; %BS_PROTOCOL_EXACT always searches exactly.
 */
typedef enum {
  BS_SEARCH_GRID,
  BS_SEARCH_EXACT,
} BsSearch;

/* What the official post-processing uses where nobody says otherwise (probs2dict). */
#define BS_THRESHOLD_PAIR_DEFAULT ((BsThresholdPair){ 0.1, 0.1 })

const char *bs_protocol_name (BsProtocol protocol);
int bs_protocol_from_name (const char *name);
gboolean bs_protocol_tunes_here (BsProtocol protocol);

void bs_tune_exact (const BsEvaluationSet *cases, const double *presence_weights,
                    const double *salience_weights, BsOptimum *optimum);
double bs_tune_exact_beta (const BsEvaluationSet *cases, const double *salience_weights,
                           double alpha);
void bs_tune_fold (const BsEvaluationSet *cases, int fold, BsProtocol protocol, BsSearch search,
                   BsOptimum *optimum);
void bs_thresholds_take_run (BsThresholds *self, const BsRun *run, const BsEvaluationSet *cases);
void bs_tune (const BsEvaluationSet *cases, BsProtocol protocol, BsSearch search,
              BsThresholds *thresholds);

G_END_DECLS
