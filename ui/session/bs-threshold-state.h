/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/decision/bs-breakpoint.h"
#include "model/decision/bs-metrics.h"
#include "ui/session/bs-job-queue.h"
#include "ui/session/bs-tuning.h"

G_BEGIN_DECLS

#define BS_TYPE_THRESHOLD_STATE (bs_threshold_state_get_type ())
/**
 * BsThresholdState:
 *
 * The pair of each fold and of clips without one, and all that follows from it at once: decisions
 * and figures of the run that is judged. Main thread only.
 *
 * Properties, of which only those told by "notify" have changed, all of one change together:
 * - run (BsRun, read): the run that is judged, or %NULL
 * - metrics (BsMetrics, read): its figures; notified whenever one of them may be another, the
 *   pointer may be the same
 * - tuning (BsTuning, read): its optima, protocols and maps; %NULL while they are worked out
 * - alpha, beta (double): what the sliders show and set
 * - edited-fold (int): the fold whose pair they set, or -1 for all
 * - protocol (int, read): the #BsProtocol that gave the thresholds, or -1
 * - can-undo, can-redo (boolean, read)
 */
G_DECLARE_FINAL_TYPE (BsThresholdState, bs_threshold_state, BS, THRESHOLD_STATE, GObject)

BsThresholdState *bs_threshold_state_new (BsJobQueue *jobs);

gboolean bs_threshold_state_judge (BsThresholdState *self, BsMetadata *metadata, BsRun *run,
                                   GError **error);
BsRun *bs_threshold_state_get_run (BsThresholdState *self);
BsEvaluationSet *bs_threshold_state_get_cases (BsThresholdState *self);
int bs_threshold_state_case_of_clip (BsThresholdState *self, int clip);
const BsMetrics *bs_threshold_state_get_metrics (BsThresholdState *self);
const BsDecision *bs_threshold_state_get_decision (BsThresholdState *self, int clip);
const double *bs_threshold_state_get_probabilities (BsThresholdState *self, int clip);
double bs_threshold_state_get_margin (BsThresholdState *self, int clip);
BsTuning *bs_threshold_state_get_tuning (BsThresholdState *self);
guint64 bs_threshold_state_get_serial (BsThresholdState *self);

const BsThresholds *bs_threshold_state_get_thresholds (BsThresholdState *self);
BsThresholdPair bs_threshold_state_get_pair_of_clip (BsThresholdState *self, int clip);
BsThresholdPair bs_threshold_state_get_pair (BsThresholdState *self);
void bs_threshold_state_set_pair (BsThresholdState *self, BsThresholdPair pair);
gboolean bs_threshold_state_step (BsThresholdState *self, BsThresholdAxis axis, gboolean up);
int bs_threshold_state_get_edited_fold (BsThresholdState *self);
void bs_threshold_state_set_edited_fold (BsThresholdState *self, int fold);
int bs_threshold_state_get_protocol (BsThresholdState *self);
void bs_threshold_state_apply_protocol (BsThresholdState *self, BsProtocol protocol);
gboolean bs_threshold_state_can_undo (BsThresholdState *self);
void bs_threshold_state_undo (BsThresholdState *self);
gboolean bs_threshold_state_can_redo (BsThresholdState *self);
void bs_threshold_state_redo (BsThresholdState *self);

G_END_DECLS
