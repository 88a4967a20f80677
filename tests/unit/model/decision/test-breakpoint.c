/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/decision/bs-breakpoint.h"
#include "tests/support/bs-random-cases.h"

#define N_CLIPS 40
#define N_FOLDS 3
#define MOST_STOPS (6 * N_CLIPS + 2)

static gboolean
decides_alike (const BsEvaluationSet *cases, int fold, BsThresholdPair a, BsThresholdPair b)
{
  for (gsize i = 0; i < cases->n; i++)
    if ((fold < 0 || cases->fold[i] == fold) &&
        !bs_label_equal (bs_rule_decide (cases->p[i], a).label,
                         bs_rule_decide (cases->p[i], b).label))
      return FALSE;
  return TRUE;
}

static BsThresholdPair
moved (BsThresholdPair pair, BsThresholdAxis axis, double value)
{
  if (axis == BS_THRESHOLD_ALPHA)
    pair.alpha = value;
  else
    pair.beta = value;
  return pair;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;
  return (first > second) - (first < second);
}

/* Every value at which anything could change, and its neighbours on both sides. */
static guint
collect_stops (const BsEvaluationSet *cases, double stops[MOST_STOPS])
{
  guint n = 0;
  for (gsize i = 0; i < cases->n; i++) {
    const double values[] = { cases->ranked[i].two.p2, cases->ranked[i].d };
    for (gsize k = 0; k < G_N_ELEMENTS (values); k++) {
      stops[n++] = nextafter (values[k], -1);
      stops[n++] = values[k];
      stops[n++] = nextafter (values[k], 2);
    }
  }
  qsort (stops, n, sizeof *stops, compare);
  return n;
}

/* By trying all of them: the first pair on the way that decides otherwise. */
static gboolean
first_change (const BsEvaluationSet *cases, int fold, BsThresholdPair from, BsThresholdAxis axis,
              gboolean up, BsThresholdPair *change)
{
  double stops[MOST_STOPS], start = axis == BS_THRESHOLD_ALPHA ? from.alpha : from.beta;
  guint n = collect_stops (cases, stops);
  for (guint i = 0; i < n; i++) {
    double stop = stops[up ? i : n - 1 - i];
    *change = moved (from, axis, stop);
    if (stop >= 0 && stop <= 1 && (up ? stop > start : stop < start) &&
        !decides_alike (cases, fold, from, *change))
      return TRUE;
  }
  return FALSE;
}

static guint
check_from (const BsEvaluationSet *cases, int fold, BsThresholdPair from)
{
  guint n_found = 0;
  for (int k = 0; k < 4; k++) {
    BsThresholdAxis axis = k & 1 ? BS_THRESHOLD_BETA : BS_THRESHOLD_ALPHA;
    gboolean up = (k & 2) != 0;
    double value = -7;
    BsThresholdPair expected;
    gboolean any = first_change (cases, fold, from, axis, up, &expected);
    gboolean found = bs_breakpoint_next (cases, fold, from, axis, up, &value);
    g_assert_cmpint (found, ==, any);
    if (!found) {
      g_assert_cmpfloat (value, ==, -7);
      continue;
    }
    BsThresholdPair there = moved (from, axis, value), back = from;
    g_assert_cmpfloat (value, >=, 0);
    g_assert_cmpfloat (value, <=, 1);
    g_assert_true (decides_alike (cases, fold, there, expected));
    g_assert_true (bs_breakpoint_next (cases, fold, there, axis, !up, &value));
    back = moved (back, axis, value);
    g_assert_true (decides_alike (cases, fold, back, from));
    n_found++;
  }
  return n_found;
}

static void
test_a_step_goes_where_the_first_decision_changes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  guint n_found = 0;
  for (guint32 seed = 0; seed < 20; seed++) {
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, N_CLIPS, N_FOLDS);
    for (int i = 0; i < 30; i++) {
      /* On a value of the data as often as between two. */
      double unit = i % 2 ? 1 / 32.0 : 1 / 61.0;
      BsThresholdPair from = { g_rand_int_range (random, 0, 24) * unit,
                               g_rand_int_range (random, 0, 30) * unit };
      n_found += check_from (cases, i % 3 ? -1 : i % N_FOLDS, from);
    }
  }
  g_assert_cmpuint (n_found, >, 600);
}

static BsEvaluationSet *
two_clips (double p2, double other_p2)
{
  const double p[][BS_N_EMOTIONS] = { { 1 - p2, p2 }, { 1 - other_p2, other_p2 } };
  const BsLabel truth[] = { bs_label_from_salience_class (0), bs_label_from_salience_class (0) };
  const gint8 fold[] = { 0, 1 };
  const int actor[] = { 0, 1 };
  return bs_evaluation_set_new_from_arrays (2, truth, fold, actor, p, NULL);
}

static void
test_the_value_has_few_decimals (void)
{
  g_autoptr (BsEvaluationSet) cases = two_clips (0.21437, 0.3);
  double value;
  g_assert_true (
    bs_breakpoint_next (cases, -1, (BsThresholdPair){ 0.1, 0 }, BS_THRESHOLD_ALPHA, TRUE, &value));
  g_assert_cmpfloat (value, ==, 0.215);
  g_assert_true (bs_breakpoint_next (cases, -1, (BsThresholdPair){ 0.25, 0 }, BS_THRESHOLD_ALPHA,
                                     FALSE, &value));
  g_assert_cmpfloat (value, ==, 0.214);
  g_autoptr (BsEvaluationSet) close = two_clips (0.21437, 0.21439);
  g_assert_true (
    bs_breakpoint_next (close, -1, (BsThresholdPair){ 0.1, 0 }, BS_THRESHOLD_ALPHA, TRUE, &value));
  g_assert_cmpfloat (value, ==, 0.21438);
  /* Closer than any decimals: still one of the two and not both. */
  double p2 = 0.21437;
  g_autoptr (BsEvaluationSet) next = two_clips (p2, nextafter (p2, 1));
  g_assert_true (
    bs_breakpoint_next (next, -1, (BsThresholdPair){ 0.1, 0 }, BS_THRESHOLD_ALPHA, TRUE, &value));
  g_assert_cmpfloat (value, ==, nextafter (p2, 1));
}

static void
test_only_what_a_threshold_moves_counts (void)
{
  g_autoptr (BsEvaluationSet) cases = two_clips (0.2, 0.4);
  double value;
  /* Of the other fold, and of what is no blend at this alpha. */
  g_assert_false (
    bs_breakpoint_next (cases, 0, (BsThresholdPair){ 0.3, 0 }, BS_THRESHOLD_ALPHA, TRUE, &value));
  g_assert_false (
    bs_breakpoint_next (cases, -1, (BsThresholdPair){ 0.3, 0.4 }, BS_THRESHOLD_BETA, TRUE, &value));
  g_assert_true (
    bs_breakpoint_next (cases, -1, (BsThresholdPair){ 0.1, 0.4 }, BS_THRESHOLD_BETA, TRUE, &value));
  const double neutral[][BS_N_EMOTIONS] = { { 0.6, 0, 0, 0, 0, 0.4 } };
  const BsLabel truth[] = { bs_label_from_salience_class (0) };
  const gint8 fold[] = { 0 };
  const int actor[] = { 0 };
  g_autoptr (BsEvaluationSet) still =
    bs_evaluation_set_new_from_arrays (1, truth, fold, actor, neutral, NULL);
  g_assert_false (bs_breakpoint_next (still, -1, (BsThresholdPair){ 0.1, 0.1 }, BS_THRESHOLD_ALPHA,
                                      TRUE, &value));
  g_autoptr (BsEvaluationSet) given =
    bs_evaluation_set_new_from_arrays (1, truth, fold, actor, NULL, truth);
  g_assert_false (bs_breakpoint_next (given, -1, (BsThresholdPair){ 0.1, 0.1 }, BS_THRESHOLD_ALPHA,
                                      TRUE, &value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/breakpoint/a step goes where the first decision changes",
                   test_a_step_goes_where_the_first_decision_changes);
  g_test_add_func ("/breakpoint/the value has few decimals", test_the_value_has_few_decimals);
  g_test_add_func ("/breakpoint/only what a threshold moves counts",
                   test_only_what_a_threshold_moves_counts);
  return g_test_run ();
}
