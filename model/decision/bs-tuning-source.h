/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/decision/bs-tune.h"

G_BEGIN_DECLS

/**
 * BsChosen:
 * @BS_CHOSEN_ELSEWHERE: on other clips than those reported, or there was nothing to choose
 * @BS_CHOSEN_NOT_KNOWN: somebody chose, and nobody says on which clips
 * @BS_CHOSEN_HERE: on the clips reported
 *
 * Where something that makes a figure was chosen, the worst last.
 */
typedef enum {
  BS_CHOSEN_ELSEWHERE,
  BS_CHOSEN_NOT_KNOWN,
  BS_CHOSEN_HERE,
} BsChosen;

/**
 * BsThresholdOrigin:
 * @BS_THRESHOLDS_NONE: decisions, made without alpha and beta or before they came here
 * @BS_THRESHOLDS_PROTOCOL: tuned by a #BsProtocol
 * @BS_THRESHOLDS_RUN: those that the run's own protocol chose
 * @BS_THRESHOLDS_GIVEN: numbers from outside, as of a command line
 * @BS_THRESHOLDS_HAND: set while figures of these clips were on show
 *
 * Where thresholds come from.
 */
typedef enum {
  BS_THRESHOLDS_NONE,
  BS_THRESHOLDS_PROTOCOL,
  BS_THRESHOLDS_RUN,
  BS_THRESHOLDS_GIVEN,
  BS_THRESHOLDS_HAND,
} BsThresholdOrigin;

/**
 * BsTuningSource:
 * @network: its epoch, and for a fusion those of its members
 * @thresholds: alpha and beta
 * @weights: of a fusion
 *
 * The three sources of a figure (DEFINITIONS, Thresholds, folds, figures).
 */
typedef struct {
  BsChosen network;
  BsChosen thresholds;
  BsChosen weights;
} BsTuningSource;

BsThresholdOrigin bs_threshold_origin (const BsRun *run, const BsEvaluationSet *cases,
                                       const BsThresholds *thresholds, int protocol);
gboolean bs_thresholds_differ (const BsThresholds *self, const BsEvaluationSet *cases);
BsTuningSource bs_tuning_source (const BsRun *run, BsThresholdOrigin origin, BsProtocol protocol);
BsChosen bs_tuning_source_worst (const BsTuningSource *self);
BsChosen bs_run_chosen (const BsRun *run);
const char *bs_chosen_word (BsChosen chosen);

G_END_DECLS
