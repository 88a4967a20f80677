/* SPDX-License-Identifier: MIT */
/* That what the window says of a decision is true: who types in the threshold of the sentence
 * gets the decision of the sentence. */
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ui/session/bs-label-text.h"
#include "ui/session/bs-why.h"

static double
after (const char *text, const char *mark)
{
  const char *at = strstr (text, mark);
  return at != NULL ? strtod (at + strlen (mark), NULL) : NAN;
}

/* Checks one decision; returns whether a change was named. */
static gboolean
check (const double p[BS_N_EMOTIONS], BsThresholdPair pair)
{
  BsDecision decision = bs_rule_decide (p, pair);
  g_autofree char *change = bs_why_change (&decision, pair);
  double alpha = after (change, "With α at "), beta = after (change, "With β at ");
  if (isnan (alpha) && isnan (beta)) {
    g_assert_cmpstr (change, ==, "Neither threshold alone can change that.");
    return FALSE;
  }
  BsThresholdPair other = pair;
  if (isfinite (alpha))
    other.alpha = alpha;
  else
    other.beta = beta;
  BsDecision then = bs_rule_decide (p, other);
  g_autofree char *words = bs_label_text_label (then.label);
  g_autofree char *end = g_strconcat (" it would be ", words, ".", NULL);
  g_assert_false (bs_label_equal (then.label, decision.label));
  g_assert_true (g_str_has_suffix (change, end));
  return TRUE;
}

static void
fill (GRand *random, double p[BS_N_EMOTIONS])
{
  double sum = 0;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    sum += p[e] = pow (g_rand_double (random), 3);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    p[e] /= sum;
}

static void
test_a_named_threshold_gives_the_named_decision (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  int named = 0;
  for (int i = 0; i < 20000; i++) {
    double p[BS_N_EMOTIONS];
    fill (random, p);
    named +=
      check (p, (BsThresholdPair){ g_rand_double (random) * .6, g_rand_double (random) * .7 });
  }
  g_assert_cmpint (named, >, 10000);
}

/* Where a threshold stands exactly on the clip's own value. */
static void
test_a_threshold_on_the_clips_own_value_is_no_exception (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);
  for (int i = 0; i < 5000; i++) {
    double p[BS_N_EMOTIONS];
    fill (random, p);
    BsDecision decision = bs_rule_decide (p, (BsThresholdPair){ 0, 0 });
    check (p, (BsThresholdPair){ decision.p2, g_rand_double (random) });
    check (p, (BsThresholdPair){ 0.01, decision.p1 - decision.p2 });
    check (p, (BsThresholdPair){ decision.p2, decision.p1 - decision.p2 });
  }
}

static void
test_numbers_that_differ_are_not_shown_as_the_same (void)
{
  const double p[BS_N_EMOTIONS] = { .60, .1449, .2551 - .1, .1, 0, 0 };
  BsThresholdPair pair = { .15512, .7 };
  BsDecision decision = bs_rule_decide (p, pair);
  g_autofree char *why = bs_why_sentence (&decision, pair);
  double shown = after (why, "The second, "), alpha = after (why, "below α ");
  g_assert_cmpint (decision.step, ==, BS_RULE_ONE_PRESENT);
  g_assert_cmpfloat (shown, <, alpha);
}

static void
test_each_step_of_the_rule_has_its_sentence (void)
{
  const struct {
    double p[BS_N_EMOTIONS];
    BsThresholdPair pair;
    const char *sentence;
  } rows[] = {
    { { .48, .23, .17, .01, .11, 0 },
      { .145, .11 },
      "Second 0.230 ≥ α 0.145, so a blend; gap 0.250 > β 0.110, so 70/30." },
    { { .40, .35, .1, .1, .05, 0 },
      { .2, .11 },
      "Second 0.350 ≥ α 0.200, so a blend; gap 0.050 ≤ β 0.110, so 50/50." },
    { { .7, .1, .1, .1, 0, 0 },
      { .2, .1 },
      "The second, 0.100, is below α 0.200, so a single: anger." },
    { { .3, .2, .2, .1, .1, .1 },
      { .4, .1 },
      "Even the first, 0.300, is below α 0.400, so the strongest alone: anger." },
    { { .1, .1, .1, .1, .2, .4 },
      { .15, .1 },
      "Neutral is among the two, and it never blends, so a single: neutral." },
    { { 0, 0, 1, 0, 0, 0 }, { 0, .1 }, "No second emotion is even possible, so a single: fear." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    BsDecision decision = bs_rule_decide (rows[i].p, rows[i].pair);
    g_autofree char *why = bs_why_sentence (&decision, rows[i].pair);
    g_assert_cmpstr (why, ==, rows[i].sentence);
  }
}

static void
test_numbers_have_the_locales_sign (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL) {
    g_test_skip ("de_DE.UTF-8 is not installed");
    return;
  }
  BsThresholdPair pair = { .145, .11 };
  BsDecision decision = bs_rule_decide ((const double[]){ .48, .23, .17, .01, .11, 0 }, pair);
  g_autofree char *why = bs_why_sentence (&decision, pair);
  g_assert_cmpstr (why, ==, "Second 0,230 ≥ α 0,145, so a blend; gap 0,250 > β 0,110, so 70/30.");
  for (int i = 0; i < 1000; i++) {
    double p[BS_N_EMOTIONS];
    fill (random, p);
    check (p, (BsThresholdPair){ g_rand_double (random) * .6, g_rand_double (random) * .7 });
  }
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/why/a-named-threshold-gives-the-named-decision",
                   test_a_named_threshold_gives_the_named_decision);
  g_test_add_func ("/why/a-threshold-on-the-clips-own-value-is-no-exception",
                   test_a_threshold_on_the_clips_own_value_is_no_exception);
  g_test_add_func ("/why/numbers-that-differ-are-not-shown-as-the-same",
                   test_numbers_that_differ_are_not_shown_as_the_same);
  g_test_add_func ("/why/each-step-of-the-rule-has-its-sentence",
                   test_each_step_of_the_rule_has_its_sentence);
  g_test_add_func ("/why/numbers-have-the-locales-sign", test_numbers_have_the_locales_sign);
  return g_test_run ();
}
