/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-evaluation-set.h"

G_BEGIN_DECLS

/**
 * BsThresholdAxis:
 * @BS_THRESHOLD_ALPHA: alpha
 * @BS_THRESHOLD_BETA: beta
 *
 * One of the two thresholds.
 */
typedef enum {
  BS_THRESHOLD_ALPHA,
  BS_THRESHOLD_BETA,
} BsThresholdAxis;

gboolean bs_breakpoint_next (const BsEvaluationSet *cases, int fold, BsThresholdPair pair,
                             BsThresholdAxis axis, gboolean up, double *value);

G_END_DECLS
