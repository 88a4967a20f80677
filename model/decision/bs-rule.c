/* SPDX-License-Identifier: MIT */
/* The two-threshold rule, as the challenge's own post-processing applies it (blemore-common,
 * model/post_process.py). Every decision in the program comes from here. */
#include "model/decision/bs-rule.h"

/**
 * bs_rule_top_two:
 * @p: six probabilities in official order
 *
 * The two largest. Ties go to the lower index: the official code sorts with an unstable sort
 * whose order of equals depends on the processor, so a fixed order has to be chosen.
 *
 * Returns: the two and their probabilities; any thread
 */
BsTopTwo
bs_rule_top_two (const double p[BS_N_EMOTIONS])
{
  int top = 0, second = -1;
  for (int i = 1; i < BS_N_EMOTIONS; i++)
    if (p[i] > p[top])
      top = i;
  for (int i = 0; i < BS_N_EMOTIONS; i++)
    if (i != top && (second < 0 || p[i] > p[second]))
      second = i;
  return (BsTopTwo){ (gint8) top, (gint8) second, p[top], p[second] };
}

/**
 * bs_rule_answer:
 * @two: top two emotions
 * @step: the step that decides, not %BS_RULE_GIVEN
 *
 * Neutral stands last in the official order, so that in a tie with it the other emotion is the
 * top one, as the official code has it.
 *
 * Returns: the decision of that step
 */
BsLabel
bs_rule_answer (BsTopTwo two, BsRuleStep step)
{
  if (step == BS_RULE_EQUAL)
    return bs_label_blend (two.top, two.second, 50);
  if (step == BS_RULE_UNEQUAL)
    return bs_label_blend (two.top, two.second, 70);
  return bs_label_single (two.top);
}

/**
 * bs_rule_decide:
 * @p: six probabilities in official order, finite
 * @pair: thresholds
 *
 * probs2dict() of the official model/post_process.py; bs_rule_step() has the rule.
 *
 * Returns: the decision and why; any thread
 */
BsDecision
bs_rule_decide (const double p[BS_N_EMOTIONS], BsThresholdPair pair)
{
  BsTopTwo two = bs_rule_top_two (p);
  BsRuleStep step = bs_rule_step (two, pair);
  return (BsDecision){ bs_rule_answer (two, step), step, two.top, two.second, two.p1, two.p2 };
}

/**
 * bs_decision_erased_by_neutral:
 * @verdict: a decision
 *
 * The mark "second emotion erased by the neutral rule": both reached alpha, but neutral was
 * one of them.
 *
 * Returns: whether the rule dropped an emotion that was present
 */
gboolean
bs_decision_erased_by_neutral (const BsDecision *decision)
{
  return decision->step == BS_RULE_NEUTRAL;
}

/**
 * bs_decision_reach:
 * @verdict: a decision made with @pair
 * @pair: the thresholds it was made with, in [0, 1]
 *
 * A decision changes only where alpha passes the second probability and, for a blend, where
 * beta passes the difference of the two. With neutral among the two nothing changes it.
 *
 * Returns: the nearest change of each threshold, the other one staying
 */
BsRuleReach
bs_decision_reach (const BsDecision *decision, BsThresholdPair pair)
{
  BsRuleReach reach = { 0 };
  BsTopTwo two = { decision->top, decision->second, decision->p1, decision->p2 };
  if (decision->step == BS_RULE_GIVEN || bs_rule_neutral_vetoes (two) || two.p2 <= 0)
    return reach;
  double d = two.p1 - two.p2;
  gboolean equal = d <= pair.beta;
  if (!bs_label_is_blend (decision->label)) {
    BsLabel blend = bs_rule_answer (two, equal ? BS_RULE_EQUAL : BS_RULE_UNEQUAL);
    reach.alpha = (BsRuleMove){ TRUE, two.p2, TRUE, blend };
    return reach;
  }
  if (two.p2 < 1)
    reach.alpha = (BsRuleMove){ TRUE, two.p2, FALSE, bs_label_single (two.top) };
  if (!equal)
    reach.beta = (BsRuleMove){ TRUE, d, TRUE, bs_rule_answer (two, BS_RULE_EQUAL) };
  else if (d > 0)
    reach.beta = (BsRuleMove){ TRUE, d, FALSE, bs_rule_answer (two, BS_RULE_UNEQUAL) };
  return reach;
}
