/* SPDX-License-Identifier: MIT */
/* A decision's reasons in sentences: the step of the rule that decided, with its numbers, and
 * what it would take to get another answer. Whole sentences, so that they can be translated. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-table.h"
#include "model/config/bs-model-catalogue.h"
#include "ui/session/bs-label-text.h"
#include "ui/session/bs-why.h"

#define DECIMALS 3
#define MOST_DECIMALS 9

static char *
number (double value, int decimals)
{
  char text[BS_NUMBER_SIZE];
  return g_strdup (bs_number_for (text, value, decimals, bs_label_text_decimal_point ()));
}

/* A sentence that compares two numbers must not show them as the same when they are not. */
static void
two_numbers (double a, double b, char **text_a, char **text_b)
{
  for (int decimals = DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    g_free (*text_a);
    g_free (*text_b);
    *text_a = number (a, decimals);
    *text_b = number (b, decimals);
    if (a == b || strcmp (*text_a, *text_b) != 0)
      return;
  }
}

static char *
single_sentence (const BsDecision *decision, BsThresholdPair pair)
{
  const char *emotion = bs_label_text_emotion (decision->top);
  g_autofree char *p = NULL;
  g_autofree char *alpha = NULL;

  if (decision->step == BS_RULE_TOP_BELOW_ALPHA) {
    two_numbers (decision->p1, pair.alpha, &p, &alpha);
    /* Translators: probability, threshold, emotion */
    return g_strdup_printf (_ ("Even the first, %s, is below α %s, so the strongest alone: %s."), p,
                            alpha, emotion);
  }
  if (decision->p2 <= 0)
    /* Translators: emotion */
    return g_strdup_printf (_ ("No second emotion is even possible, so a single: %s."), emotion);
  two_numbers (decision->p2, pair.alpha, &p, &alpha);
  /* Translators: probability, threshold, emotion */
  return g_strdup_printf (_ ("The second, %s, is below α %s, so a single: %s."), p, alpha, emotion);
}

static char *
blend_sentence (const BsDecision *decision, BsThresholdPair pair)
{
  g_autofree char *second = NULL;
  g_autofree char *alpha = NULL;
  g_autofree char *gap = NULL;
  g_autofree char *beta = NULL;

  two_numbers (decision->p2, pair.alpha, &second, &alpha);
  two_numbers (decision->p1 - decision->p2, pair.beta, &gap, &beta);
  if (decision->step == BS_RULE_EQUAL)
    /* Translators: probability, threshold, difference, threshold */
    return g_strdup_printf (_ ("Second %s ≥ α %s, so a blend; gap %s ≤ β %s, so 50/50."), second,
                            alpha, gap, beta);
  /* Translators: probability, threshold, difference, threshold */
  return g_strdup_printf (_ ("Second %s ≥ α %s, so a blend; gap %s > β %s, so 70/30."), second,
                          alpha, gap, beta);
}

/**
 * bs_why_sentence:
 * @verdict: a decision
 * @pair: the thresholds it was made with
 *
 * Returns: (transfer full): why it is what it is, one translated sentence
 */
char *
bs_why_sentence (const BsDecision *decision, BsThresholdPair pair)
{
  switch (decision->step) {
  case BS_RULE_TOP_BELOW_ALPHA:
  case BS_RULE_ONE_PRESENT:
    return single_sentence (decision, pair);
  case BS_RULE_NEUTRAL:
    /* Translators: emotion */
    return g_strdup_printf (_ ("Neutral is among the two, and it never blends, so a single: %s."),
                            bs_label_text_emotion (decision->top));
  case BS_RULE_EQUAL:
  case BS_RULE_UNEQUAL:
    return blend_sentence (decision, pair);
  case BS_RULE_GIVEN:
    return g_strdup (_ ("This run brought decisions without probabilities."));
  }
  return g_strdup ("");
}

/* The cuts of the folds in one or two numbers, of one fold in one. */
static char *
cut_words (const BsRun *run, int fold)
{
  double from = INFINITY, to = -INFINITY;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < run->folds->len; i++) {
    const BsFoldResult *result = g_ptr_array_index (run->folds, i);
    if (fold >= 0 && result->fold != fold)
      continue;
    from = MIN (from, result->cut);
    to = MAX (to, result->cut);
  }
  if (from > to)
    return g_strdup ("–");
  first = number (from, DECIMALS);
  last = number (to, DECIMALS);
  if (strcmp (first, last) == 0)
    return g_steal_pointer (&first);
  /* Translators: the least and the largest of the folds' numbers */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

/**
 * bs_why_given:
 * @run: a run of decisions
 * @fold: the fold of the clip that is spoken of, -1 for all
 *
 * Returns: (transfer full): who decided in place of the rule, one translated sentence
 */
char *
bs_why_given (const BsRun *run, int fold)
{
  const BsModelInfo *model = bs_model_find (run->model);
  BsHead head = model != NULL ? model->head : BS_HEAD_EMOTIONS;
  if (head == BS_HEAD_LABELS)
    return g_strdup (_ ("The model itself chooses one of the 36 labels."));
  if (head == BS_HEAD_SALIENCE) {
    g_autofree char *cut = cut_words (run, fold);
    /* Translators: a number between 0 and 0.5, or two of them */
    return g_strdup_printf (_ ("The model itself chooses the emotions; a blend is 50/50 where the "
                               "share it regresses is at most %s (its own cut) from a half."),
                            cut);
  }
  return g_strdup (_ ("This run brought decisions without probabilities."));
}

static gboolean
passes (const BsRuleMove *move, gboolean up, double value)
{
  if (value < 0 || value > 1)
    return FALSE;
  if (value == move->threshold)
    return move->attained;
  return up ? value > move->threshold : value < move->threshold;
}

/* A value of few decimals at which the answer is indeed the other one: who types it in must get
 * what the sentence says. */
static char *
value_that_changes (const BsRuleMove *move, gboolean up)
{
  for (int decimals = DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    double unit = pow (10, -decimals);
    for (int further = 0; further < 2; further++) {
      double value = move->threshold + (up ? unit : -unit) * further;
      char text[BS_NUMBER_SIZE];
      if (passes (move, up, g_ascii_strtod (bs_number_fixed (text, value, decimals), NULL)))
        return number (value, decimals);
    }
  }
  return number (move->threshold, MOST_DECIMALS);
}

/**
 * bs_why_change:
 * @verdict: a decision
 * @pair: the thresholds it was made with
 *
 * Returns: (transfer full) (nullable): which of the two thresholds is nearest to changing the
 *   decision, where and into what, one translated sentence; %NULL where no rule was applied
 */
char *
bs_why_change (const BsDecision *decision, BsThresholdPair pair)
{
  BsRuleReach reach;
  double to_alpha = INFINITY, to_beta = INFINITY;
  g_autofree char *at = NULL;
  g_autofree char *answer = NULL;

  if (decision->step == BS_RULE_GIVEN)
    return NULL;
  reach = bs_decision_reach (decision, pair);
  if (reach.alpha.possible)
    to_alpha = fabs (reach.alpha.threshold - pair.alpha);
  if (reach.beta.possible)
    to_beta = fabs (reach.beta.threshold - pair.beta);
  if (isinf (to_alpha) && isinf (to_beta))
    return g_strdup (_ ("Neither threshold alone can change that."));
  if (to_beta <= to_alpha) {
    at = value_that_changes (&reach.beta, reach.beta.threshold > pair.beta);
    answer = bs_label_text_label (reach.beta.answer);
    /* Translators: threshold, decision */
    return g_strdup_printf (_ ("With β at %s it would be %s."), at, answer);
  }
  at = value_that_changes (&reach.alpha, reach.alpha.threshold >= pair.alpha);
  answer = bs_label_text_label (reach.alpha.answer);
  /* Translators: threshold, decision */
  return g_strdup_printf (_ ("With α at %s it would be %s."), at, answer);
}
