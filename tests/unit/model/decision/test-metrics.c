/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/decision/bs-error-kind.h"
#include "model/decision/bs-metrics.h"
#include "tests/support/bs-rule-fixture.h"

static BsThresholds
everywhere (BsThresholdPair pair)
{
  BsThresholds thresholds;
  bs_thresholds_set_all (&thresholds, pair);
  return thresholds;
}

static void
test_counts_equal_the_independent_ones (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (fixture);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  g_auto (GStrv) lines = fixture_lines ("rule-figures.csv");
  for (gsize i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) f = g_strsplit (lines[i], ",", -1);
    BsThresholdPair pair = { g_ascii_strtod (f[0], NULL), g_ascii_strtod (f[1], NULL) };
    BsThresholds thresholds = everywhere (pair);
    bs_metrics_compute (metrics, cases, &thresholds);
    const BsCounts *counts = &metrics->fold[g_ascii_strtoll (f[2], NULL, 10)];
    g_assert_cmpint (counts->n, ==, g_ascii_strtoll (f[3], NULL, 10));
    g_assert_cmpint (counts->n_blends, ==, g_ascii_strtoll (f[4], NULL, 10));
    g_assert_cmpint (counts->n_presence, ==, g_ascii_strtoll (f[5], NULL, 10));
    g_assert_cmpint (counts->n_salience, ==, g_ascii_strtoll (f[6], NULL, 10));
  }
}

static void
assert_same_tally (const BsCounts *a, const BsCounts *b)
{
  g_assert_cmpmem (a, sizeof *a, b, sizeof *b);
}

static void
count_by_hand (BsCounts *counts, BsLabel truth, BsLabel decision)
{
  counts->n++;
  counts->n_blends += bs_label_is_blend (truth);
  counts->n_presence += bs_label_same_set (truth, decision);
  counts->n_salience += bs_label_is_blend (truth) && bs_label_equal (truth, decision);
  counts->n_predicted_blends += bs_label_is_blend (decision);
}

static void
test_each_clip_is_judged_by_its_own_folds_pair (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  for (gsize i = 0; i < fixture->n; i += 11)
    fixture->fold[i] = -1;
  for (gsize i = 0; i < fixture->n; i += 13)
    fixture->actor[i] = -1;
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (fixture);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  BsThresholds thresholds = everywhere (fixture->pairs[5]);
  for (int k = 0; k < 5; k++)
    thresholds.fold[k] = fixture->pairs[k];
  bs_metrics_compute (metrics, cases, &thresholds);

  BsCounts fold[6] = { 0 }, actors[7] = { 0 }, pooled = { 0 };
  guint confusion[BS_N_SALIENCE_CLASSES][BS_N_SALIENCE_CLASSES] = { 0 };
  guint kinds[BS_N_ERROR_KINDS] = { 0 }, n_kinds = 0;
  for (gsize i = 0; i < fixture->n; i++) {
    BsThresholdPair pair = bs_thresholds_for (&thresholds, fixture->fold[i]);
    BsDecision decision = bs_rule_decide (fixture->p[i], pair);
    const BsDecision *got = &metrics->decisions[i];
    g_assert_true (bs_label_equal (decision.label, got->label));
    g_assert_cmpint (decision.step, ==, got->step);
    g_assert_cmpint (decision.top, ==, got->top);
    g_assert_cmpint (decision.second, ==, got->second);
    g_assert_cmpfloat (decision.p1, ==, got->p1);
    g_assert_cmpfloat (decision.p2, ==, got->p2);
    BsLabel truth = fixture->truth[i];
    count_by_hand (&fold[fixture->fold[i] >= 0 ? fixture->fold[i] : 5], truth, decision.label);
    if (fixture->actor[i] >= 0)
      count_by_hand (&actors[fixture->actor[i]], truth, decision.label);
    count_by_hand (&pooled, truth, decision.label);
    confusion[bs_label_salience_class (truth)][bs_label_salience_class (decision.label)]++;
    kinds[bs_error_kind (truth, decision.label)]++;
  }
  for (int k = 0; k < 5; k++)
    assert_same_tally (&metrics->fold[k], &fold[k]);
  for (int a = 0; a < 7; a++)
    assert_same_tally (&metrics->actors[a], &actors[a]);
  assert_same_tally (&metrics->rest, &fold[5]);
  assert_same_tally (&metrics->pooled, &pooled);
  g_assert_cmpmem (metrics->confusion, sizeof confusion, confusion, sizeof confusion);
  for (int k = 0; k < BS_N_ERROR_KINDS; k++)
    n_kinds += kinds[k];
  g_assert_cmpuint (n_kinds, ==, fixture->n);
}

static void
test_computing_again_leaves_nothing_of_the_last_time (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (fixture);
  g_autoptr (BsMetrics) twice = bs_metrics_new (cases);
  g_autoptr (BsMetrics) once = bs_metrics_new (cases);
  BsThresholds first = everywhere (fixture->pairs[1]), second = everywhere (fixture->pairs[7]);
  bs_metrics_compute (twice, cases, &first);
  bs_metrics_compute (twice, cases, &second);
  bs_metrics_compute (once, cases, &second);
  assert_same_tally (&once->pooled, &twice->pooled);
  g_assert_cmpmem (once->confusion, sizeof once->confusion, twice->confusion,
                   sizeof twice->confusion);
  for (gsize i = 0; i < cases->n; i++)
    g_assert_true (bs_label_equal (once->decisions[i].label, twice->decisions[i].label));
}

static void
test_the_small_confusion_leaves_salience_aside (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (fixture);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  BsThresholds thresholds = everywhere (fixture->pairs[1]);
  bs_metrics_compute (metrics, cases, &thresholds);
  guint counts[BS_N_CLASSES][BS_N_CLASSES], expected[BS_N_CLASSES][BS_N_CLASSES] = { 0 };
  guint diagonal = 0;
  bs_metrics_confusion16 (metrics, counts);
  for (gsize i = 0; i < cases->n; i++)
    expected[bs_label_class (cases->truth[i])][bs_label_class (metrics->decisions[i].label)]++;
  g_assert_cmpmem (counts, sizeof counts, expected, sizeof expected);
  for (int c = 0; c < BS_N_CLASSES; c++)
    diagonal += counts[c][c];
  g_assert_cmpuint (diagonal, ==, metrics->pooled.n_presence);
}

static void
test_given_decisions_are_counted_as_they_are (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autofree BsLabel *given = g_new (BsLabel, fixture->n);
  for (gsize i = 0; i < fixture->n; i++)
    given[i] = fixture->decisions[i * fixture->n_pairs + 1];
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new_from_arrays (
    fixture->n, fixture->truth, fixture->fold, fixture->actor, NULL, given);
  g_autoptr (BsEvaluationSet) by_rule = rule_fixture_cases (fixture);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  g_autoptr (BsMetrics) expected = bs_metrics_new (by_rule);
  BsThresholds other = everywhere (fixture->pairs[8]), same = everywhere (fixture->pairs[1]);
  bs_metrics_compute (metrics, cases, &other);
  bs_metrics_compute (expected, by_rule, &same);
  for (int k = 0; k < 5; k++)
    assert_same_tally (&metrics->fold[k], &expected->fold[k]);
  for (gsize i = 0; i < fixture->n; i++) {
    g_assert_true (bs_label_equal (metrics->decisions[i].label, given[i]));
    g_assert_cmpint (metrics->decisions[i].step, ==, BS_RULE_GIVEN);
    g_assert_cmpint (metrics->decisions[i].top, ==, -1);
  }
}

static void
test_means_are_over_folds_that_hold_clips_with_ddof_1 (void)
{
  /* Folds 0 and 2 hold clips: presence 1 and 1/2, salience 0 (no blends) and 1. */
  const BsLabel truth[] = { bs_label_single (BS_EMOTION_ANG), bs_label_blend (0, 1, 70),
                            bs_label_single (BS_EMOTION_SAD) };
  const gint8 fold[] = { 0, 2, 2 };
  const int actor[] = { 0, 0, 0 };
  const double p[][BS_N_EMOTIONS] = { { 1, 0, 0, 0, 0, 0 },
                                      { 0.75, 0.25, 0, 0, 0, 0 },
                                      { 0, 0, 0, 1, 0, 0 } };
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new_from_arrays (3, truth, fold, actor, p, NULL);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  BsThresholds thresholds = everywhere ((BsThresholdPair){ 0.25, 0.25 });
  bs_metrics_compute (metrics, cases, &thresholds);
  g_assert_cmpuint (metrics->n_folds, ==, 3);
  g_assert_cmpuint (metrics->n_scored_folds, ==, 2);
  g_assert_cmpfloat (metrics->mean_presence, ==, 0.75);
  g_assert_cmpfloat_with_epsilon (metrics->std_presence, sqrt (0.125), 1e-15);
  g_assert_cmpfloat (metrics->mean_salience, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (metrics->std_salience, sqrt (0.5), 1e-15);
  g_assert_cmpfloat (metrics->mean_score, ==, 0.625);
  g_assert_cmpfloat_with_epsilon (metrics->std_score, sqrt (0.03125), 1e-15);
  g_assert_cmpfloat_with_epsilon (bs_counts_presence (&metrics->pooled), 2.0 / 3, 1e-15);
}

static void
test_too_few_folds_have_no_mean_or_no_deviation (void)
{
  double mean, std;
  const double one[] = { 0.25 };
  bs_mean_std (one, 0, &mean, &std);
  g_assert_true (isnan (mean));
  g_assert_true (isnan (std));
  bs_mean_std (one, 1, &mean, &std);
  g_assert_cmpfloat (mean, ==, 0.25);
  g_assert_true (isnan (std));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/independent", test_counts_equal_the_independent_ones);
  g_test_add_func ("/figures/own-pair", test_each_clip_is_judged_by_its_own_folds_pair);
  g_test_add_func ("/figures/again", test_computing_again_leaves_nothing_of_the_last_time);
  g_test_add_func ("/figures/confusion16", test_the_small_confusion_leaves_salience_aside);
  g_test_add_func ("/figures/given", test_given_decisions_are_counted_as_they_are);
  g_test_add_func ("/figures/means", test_means_are_over_folds_that_hold_clips_with_ddof_1);
  g_test_add_func ("/figures/few-folds", test_too_few_folds_have_no_mean_or_no_deviation);
  return g_test_run ();
}
