/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"

G_BEGIN_DECLS

/**
 * BsThresholdPair:
 * @alpha: from which probability on an emotion counts as present
 * @beta: up to which difference two present emotions count as equally salient
 *
 * The two thresholds.
 */
typedef struct {
  double alpha;
  double beta;
} BsThresholdPair;

/**
 * BsRuleStep:
 * @BS_RULE_TOP_BELOW_ALPHA: no probability reaches alpha: the top one alone
 * @BS_RULE_ONE_PRESENT: the second is below alpha
 * @BS_RULE_NEUTRAL: neutral is among the two: the stronger alone
 * @BS_RULE_EQUAL: difference at most beta: 50/50
 * @BS_RULE_UNEQUAL: difference above beta: 70/30 to the stronger
 * @BS_RULE_GIVEN: the predictions were decisions already; no rule was applied
 *
 * The step of the rule that decided.
 */
typedef enum {
  BS_RULE_TOP_BELOW_ALPHA,
  BS_RULE_ONE_PRESENT,
  BS_RULE_NEUTRAL,
  BS_RULE_EQUAL,
  BS_RULE_UNEQUAL,
  BS_RULE_GIVEN,
} BsRuleStep;

/**
 * BsDecision:
 * @label: the decision
 * @step: what decided
 * @top: the most probable emotion, or -1 where there are no probabilities
 * @second: the next one, or -1
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
} BsDecision;

/**
 * BsTopTwo:
 * @top: the most probable emotion; of equals the first in official order
 * @second: the next one, by the same order
 * @p1: probability of @top
 * @p2: probability of @second
 *
 * What the rule looks at; the other four probabilities never matter.
 */
typedef struct {
  gint8 top;
  gint8 second;
  double p1;
  double p2;
} BsTopTwo;

BsTopTwo bs_rule_top_two (const double p[BS_N_EMOTIONS]);

/**
 * bs_rule_neutral_vetoes:
 * @two: top two emotions
 *
 * Neutral never blends: with it among the two the stronger stands alone, whatever the
 * thresholds.
 *
 * Returns: whether neutral is one of them
 */
static inline gboolean
bs_rule_neutral_vetoes (BsTopTwo two)
{
  return two.top == BS_EMOTION_NEU || two.second == BS_EMOTION_NEU;
}

/**
 * bs_rule_step:
 * @two: top two emotions
 * @pair: thresholds
 *
 * The rule itself (official model/post_process.py): an emotion is present from alpha on (>=),
 * two present ones are equal up to beta (<=), neutral never blends. A probability of nought is
 * never present, even at alpha 0. Here, because it runs for every clip with every step of a
 * slider.
 *
 * Returns: the step that decides
 */
static inline BsRuleStep
bs_rule_step (BsTopTwo two, BsThresholdPair pair)
{
  if (two.p1 < pair.alpha)
    return BS_RULE_TOP_BELOW_ALPHA;
  if (two.p2 < pair.alpha || two.p2 <= 0)
    return BS_RULE_ONE_PRESENT;
  if (bs_rule_neutral_vetoes (two))
    return BS_RULE_NEUTRAL;
  return two.p1 - two.p2 <= pair.beta ? BS_RULE_EQUAL : BS_RULE_UNEQUAL;
}

BsLabel bs_rule_answer (BsTopTwo two, BsRuleStep step);
BsDecision bs_rule_decide (const double p[BS_N_EMOTIONS], BsThresholdPair pair);
gboolean bs_decision_erased_by_neutral (const BsDecision *decision);

/**
 * BsRuleMove:
 * @possible: whether some value of this threshold in [0, 1], the other staying, gives another
 *   answer
 * @threshold: the nearest such value; where @attained is %FALSE, the bound it has to pass
 * @attained: whether the answer is another one at @threshold itself
 * @answer: the answer there
 *
 * How far one threshold would have to move.
 */
typedef struct {
  gboolean possible;
  double threshold;
  gboolean attained;
  BsLabel answer;
} BsRuleMove;

/**
 * BsRuleReach:
 * @alpha: the nearest change of alpha
 * @beta: the nearest change of beta
 *
 * What it would take to change a decision.
 */
typedef struct {
  BsRuleMove alpha;
  BsRuleMove beta;
} BsRuleReach;

BsRuleReach bs_decision_reach (const BsDecision *decision, BsThresholdPair pair);

G_END_DECLS
