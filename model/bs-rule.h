/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-labels.h"

G_BEGIN_DECLS

/**
 * BsPair:
 * @alpha: from which probability on an emotion counts as present
 * @beta: up to which difference two present emotions count as equally salient
 *
 * The two thresholds.
 */
typedef struct {
  double alpha;
  double beta;
} BsPair;

/**
 * BsRuleStep:
 * @BS_RULE_TOP_BELOW_ALPHA: no probability reaches alpha: the top one alone
 * @BS_RULE_ONE_PRESENT: the second is below alpha
 * @BS_RULE_NEUTRAL: neutral is among the two: the stronger alone
 * @BS_RULE_EQUAL: difference at most beta: 50/50
 * @BS_RULE_UNEQUAL: difference above beta: 70/30 to the stronger
 *
 * The step of the rule that decided.
 */
typedef enum {
  BS_RULE_TOP_BELOW_ALPHA,
  BS_RULE_ONE_PRESENT,
  BS_RULE_NEUTRAL,
  BS_RULE_EQUAL,
  BS_RULE_UNEQUAL,
} BsRuleStep;

/**
 * BsVerdict:
 * @label: the decision
 * @step: what decided
 * @top: the most probable emotion
 * @second: the next one
 * @p1: probability of @top
 * @p2: probability of @second
 *
 * A decision with its reasons.
 */
typedef struct {
  BsLabel label;
  BsRuleStep step;
  gint8 top;
  gint8 second;
  double p1;
  double p2;
} BsVerdict;

BsVerdict bs_rule_decide (const double p[BS_N_EMOTIONS], BsPair pair);

G_END_DECLS
