/* SPDX-License-Identifier: MIT */
/* Searches against brute force that asks the rule itself at every threshold. */
#include "model/decision/bs-prefix-max.h"
#include "model/decision/bs-score-grid.h"
#include "model/decision/bs-tune-private.h"
#include "tests/support/bs-random-cases.h"
#include "tests/support/bs-rule-fixture.h"

/* Every thirty-second and every middle between two: all that can matter to random_cases(). */
#define N_STOPS 65

static double
stop (int index)
{
  return index / 64.0;
}

static BsCounts
judge (const BsEvaluationSet *cases, guint32 folds, BsThresholdPair pair)
{
  BsCounts counts = { 0 };
  for (gsize i = 0; i < cases->n; i++) {
    if (!(folds & bs_fold_bit (cases->fold[i])))
      continue;
    BsLabel truth = cases->truth[i], label = bs_rule_decide (cases->p[i], pair).label;
    counts.n++;
    counts.n_blends += bs_label_is_blend (truth);
    counts.n_presence += bs_label_same_set (truth, label);
    counts.n_salience += bs_label_is_blend (truth) && bs_label_equal (truth, label);
  }
  return counts;
}

static double
judged_score (const BsEvaluationSet *cases, guint32 folds, BsThresholdPair pair)
{
  BsCounts counts = judge (cases, folds, pair);
  return bs_counts_score (&counts);
}

static void
assert_pair (BsThresholdPair got, BsThresholdPair expected)
{
  g_assert_cmpfloat (got.alpha, ==, expected.alpha);
  g_assert_cmpfloat (got.beta, ==, expected.beta);
}

static void
test_the_grid_is_numpys (void)
{
  /* [v.hex () for v in np.linspace (.05, .95, 20)], numpy 1.24 */
  const double expected[] = {
    0x1.999999999999ap-5, 0x1.8ed2308158ed2p-4, 0x1.286bca1af286cp-3, 0x1.896e7bf53896ep-3,
    0x1.ea712dcf7ea70p-3, 0x1.25b9efd4e25b9p-2, 0x1.563b48c20563bp-2, 0x1.86bca1af286bcp-2,
    0x1.b73dfa9c4b73dp-2, 0x1.e7bf53896e7bep-2, 0x1.0c20563b48c20p-1, 0x1.246102b1da461p-1,
    0x1.3ca1af286bca2p-1, 0x1.54e25b9efd4e2p-1, 0x1.6d2308158ed23p-1, 0x1.8563b48c20563p-1,
    0x1.9da46102b1da4p-1, 0x1.b5e50d79435e5p-1, 0x1.ce25b9efd4e25p-1, 0x1.e666666666666p-1,
  };
  for (int i = 0; i < BS_GRID_STEPS; i++)
    g_assert_cmpfloat (bs_grid_value (i, BS_GRID_STEPS), ==, expected[i]);
  g_assert_cmpfloat (bs_grid_value (0, 1), ==, 0.05);
  g_assert_cmpfloat (bs_grid_value (1, 2), ==, 0.95);
  /* np.linspace (.05, .95, 7)[3], which rounding leaves just below a half */
  g_assert_cmpfloat (bs_grid_value (3, 7), ==, 0x1.fffffffffffffp-2);
}

static void
test_grid_counts_equal_judging_every_crossing (void)
{
  double stops[N_STOPS];
  for (int i = 0; i < N_STOPS; i++)
    stops[i] = stop (i);
  g_autoptr (BsEvaluationSet) cases = random_cases (1, 300, 3);
  const guint32 choices[] = { bs_fold_bit (0), bs_fold_bit (-1), bs_fold_bit (1) | bs_fold_bit (2),
                              bs_fold_bit (9) };
  for (gsize c = 0; c < G_N_ELEMENTS (choices); c++) {
    g_autoptr (BsGridCounts) grid =
      bs_grid_counts_new (cases, choices[c], stops, N_STOPS, stops, N_STOPS - 7);
    for (int b = 0; b < N_STOPS - 7; b++)
      for (int a = 0; a < N_STOPS; a++) {
        BsCounts counts = judge (cases, choices[c], (BsThresholdPair){ stops[a], stops[b] });
        g_assert_cmpuint (grid->n, ==, counts.n);
        g_assert_cmpuint (grid->n_blends, ==, counts.n_blends);
        g_assert_cmpint (grid->n_presence[a], ==, counts.n_presence);
        g_assert_cmpint (grid->n_salience[b * N_STOPS + a], ==, counts.n_salience);
        g_assert_cmpfloat (bs_grid_counts_presence (grid, a), ==, bs_counts_presence (&counts));
        g_assert_cmpfloat (bs_grid_counts_salience (grid, a, b), ==, bs_counts_salience (&counts));
        g_assert_cmpfloat (bs_grid_counts_score (grid, a, b), ==, bs_counts_score (&counts));
      }
  }
}

static void
test_running_maxima_equal_plain_sums (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (BsIndexRun));
  for (gsize n = 1; n < 20; n++) {
    g_autoptr (BsPrefixMax) tree = bs_prefix_max_new (n);
    gint64 plain[20] = { 0 };
    for (int change = 0; change < 200; change++) {
      gsize at = g_rand_int_range (random, 0, (gint32) n);
      gint64 by = g_rand_int_range (random, -3, 4), best = G_MININT64, sum = 0;
      plain[at] += by;
      bs_prefix_max_add (tree, at, by);
      for (gsize j = 0; j < n; j++) {
        sum += plain[j];
        best = MAX (best, sum);
      }
      g_assert_cmpint (bs_prefix_max_best (tree), ==, best);
      bs_prefix_max_find (tree, best - 1, runs);
      guint r = 0;
      gboolean inside = FALSE;
      sum = 0;
      for (gsize j = 0; j < n; j++) {
        sum += plain[j];
        if (inside && sum < best - 1)
          g_assert_cmpuint (g_array_index (runs, BsIndexRun, r++).to, ==, j);
        if (!inside && sum >= best - 1)
          g_assert_cmpuint (g_array_index (runs, BsIndexRun, r).from, ==, j);
        inside = sum >= best - 1;
      }
      g_assert_cmpuint (runs->len, ==, r + inside);
    }
  }
}

static gboolean
region_holds (const BsRegion *region, BsThresholdPair pair)
{
  return pair.alpha > region->alpha_from && pair.alpha <= region->alpha_to &&
         pair.beta >= region->beta_from && pair.beta < region->beta_to;
}

static guint
count_regions_with (const GArray *regions, BsThresholdPair pair)
{
  guint n = 0;
  for (guint r = 0; r < regions->len; r++)
    n += region_holds (&g_array_index (regions, BsRegion, r), pair);
  return n;
}

static void
assert_reported_point_is_the_largest_centre (const BsOptimum *optimum)
{
  const BsRegion *largest = NULL;
  double area = 0;
  for (guint r = 0; r < optimum->regions->len; r++) {
    const BsRegion *region = &g_array_index (optimum->regions, BsRegion, r);
    double a = (region->alpha_to - region->alpha_from) * (region->beta_to - region->beta_from);
    g_assert_cmpfloat (a, >, 0);
    gboolean earlier =
      largest == NULL || region->alpha_from < largest->alpha_from ||
      (region->alpha_from == largest->alpha_from && region->beta_from < largest->beta_from);
    if (a > area || (a == area && earlier)) {
      largest = region;
      area = a;
    }
  }
  g_assert_cmpfloat (optimum->pair.alpha, ==, (largest->alpha_from + largest->alpha_to) / 2);
  g_assert_cmpfloat (optimum->pair.beta, ==, (largest->beta_from + largest->beta_to) / 2);
}

static void
assert_no_two_regions_could_be_one (const GArray *regions)
{
  for (guint r = 0; r < regions->len; r++)
    for (guint s = 0; s < regions->len; s++) {
      const BsRegion *a = &g_array_index (regions, BsRegion, r);
      const BsRegion *b = &g_array_index (regions, BsRegion, s);
      g_assert_false (a->alpha_to == b->alpha_from && a->beta_from == b->beta_from &&
                      a->beta_to == b->beta_to);
      g_assert_false (a->beta_to == b->beta_from && a->alpha_from < b->alpha_to &&
                      b->alpha_from < a->alpha_to);
    }
}

/* Regions are the set of best thresholds, edges included or not as they should be. */
static void
check_exact (const BsEvaluationSet *cases, const double *presence, const double *salience)
{
  BsOptimum optimum;
  bs_tune_exact (cases, presence, salience, &optimum);
  g_autofree double *scores = g_new (double, N_STOPS *N_STOPS);
  double best = 0;
  for (int a = 1; a < N_STOPS; a++)
    for (int b = 0; b < N_STOPS - 1; b++) {
      BsThresholdPair pair = { stop (a), stop (b) };
      double *score = &scores[a * N_STOPS + b];
      *score = 0;
      for (gsize i = 0; i < cases->n; i++) {
        BsLabel truth = cases->truth[i], label = bs_rule_decide (cases->p[i], pair).label;
        if (presence != NULL && bs_label_same_set (truth, label))
          *score += presence[i];
        if (salience != NULL && bs_label_is_blend (truth) && bs_label_equal (truth, label))
          *score += salience[i];
      }
      best = MAX (best, *score);
    }
  g_assert_cmpfloat_with_epsilon (optimum.score, best, 1e-9);
  for (int a = 1; a < N_STOPS; a++)
    for (int b = 0; b < N_STOPS - 1; b++)
      g_assert_cmpuint (
        count_regions_with (optimum.regions, (BsThresholdPair){ stop (a), stop (b) }), ==,
        scores[a * N_STOPS + b] > best - 1e-9 ? 1 : 0);
  g_assert_cmpuint (count_regions_with (optimum.regions, optimum.pair), ==, 1);
  assert_reported_point_is_the_largest_centre (&optimum);
  assert_no_two_regions_could_be_one (optimum.regions);
  bs_optimum_clear (&optimum);
}

static void
test_exact_regions_are_the_best_thresholds_under_any_weights (void)
{
  for (guint32 seed = 0; seed < 60; seed++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (seed);
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, 1 + seed, 3);
    g_autofree double *presence = g_new (double, cases->n);
    g_autofree double *salience = g_new (double, cases->n);
    for (gsize i = 0; i < cases->n; i++) {
      /* By turns whole numbers, as a resample draws them, and any numbers. */
      gboolean whole = seed % 2;
      presence[i] = whole ? g_rand_int_range (random, 0, 3) : g_rand_double (random);
      salience[i] = whole ? g_rand_int_range (random, 0, 3) : g_rand_double (random);
    }
    check_exact (cases, presence, salience);
    check_exact (cases, presence, NULL);
    check_exact (cases, NULL, salience);
  }
}

static void
test_exact_regions_of_folds_and_of_their_mean_are_the_best_thresholds (void)
{
  for (guint32 seed = 100; seed < 120; seed++) {
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, 60, 2);
    g_autofree double *presence = g_new0 (double, cases->n);
    g_autofree double *salience = g_new0 (double, cases->n);
    bs_score_weights (cases, bs_fold_bit (0), 1, presence, salience);
    check_exact (cases, presence, salience);
    bs_score_weights (cases, bs_fold_bit (0), 0.5, presence, salience);
    bs_score_weights (cases, bs_fold_bit (1), 0.5, presence, salience);
    check_exact (cases, presence, salience);
    BsThresholdPair pair = { 0.25, 0.25 };
    double mean =
      (judged_score (cases, bs_fold_bit (0), pair) + judged_score (cases, bs_fold_bit (1), pair)) /
      2;
    g_assert_cmpfloat_with_epsilon (bs_weighted_score (cases, presence, salience, pair), mean,
                                    1e-12);
  }
}

static void
test_without_weights_everything_is_optimal (void)
{
  g_autoptr (BsEvaluationSet) cases = random_cases (5, 40, 2);
  BsOptimum optimum;
  bs_tune_exact (cases, NULL, NULL, &optimum);
  g_assert_cmpuint (optimum.regions->len, ==, 1);
  g_assert_cmpfloat (optimum.pair.alpha, ==, 0.5);
  g_assert_cmpfloat (optimum.pair.beta, ==, 0.5);
  g_assert_cmpfloat (optimum.score, ==, 0);
  bs_optimum_clear (&optimum);
}

static void
test_probabilities_at_the_ends_of_the_domain_are_searched (void)
{
  /* Not from a softmax: p2 = 1 keeps a clip a blend at every alpha up to 1. */
  const double p[][BS_N_EMOTIONS] = { { 1, 1, 0, 0, 0, 0 }, { 0.5, 0, 0.5, 0, 0, 0 } };
  const BsLabel truth[] = { bs_label_blend (0, 1, 50), bs_label_single (0) };
  const gint8 fold[] = { 0, 0 };
  const int actor[] = { 0, 0 };
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new_from_arrays (2, truth, fold, actor, p, NULL);
  BsOptimum optimum;
  bs_tune_fold (cases, 0, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
  g_assert_cmpfloat (optimum.score, ==, 1);
  g_assert_cmpuint (optimum.regions->len, ==, 1);
  const BsRegion *region = &g_array_index (optimum.regions, BsRegion, 0);
  g_assert_cmpfloat (region->alpha_from, ==, 0.5);
  g_assert_cmpfloat (region->alpha_to, ==, 1);
  g_assert_cmpfloat (region->beta_from, ==, 0);
  g_assert_cmpfloat (region->beta_to, ==, 1);
  bs_optimum_clear (&optimum);
}

static void
test_alpha_above_1_is_not_searched (void)
{
  const double p[][BS_N_EMOTIONS] = { { 1, 1, 0, 0, 0, 0 }, { 0.5, 0, 0.5, 0, 0, 0 } };
  const BsLabel truth[] = { bs_label_single (0), bs_label_single (0) };
  const gint8 fold[] = { 0, 0 };
  const int actor[] = { 0, 0 };
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new_from_arrays (2, truth, fold, actor, p, NULL);
  BsOptimum optimum;
  bs_tune_fold (cases, 0, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
  g_assert_cmpfloat (optimum.score, ==, 0.25);
  g_assert_cmpuint (optimum.regions->len, ==, 1);
  assert_pair (optimum.pair, (BsThresholdPair){ 0.75, 0.5 });
  bs_optimum_clear (&optimum);
}

/* Alpha above .375 gets @n_singles right, alpha up to .25 gets @n_pairs right with their salience;
 * the rest of the clips is neutral to the rule and wrong. */
static BsEvaluationSet *
two_ways_to_one_score (int n, int n_blends, int n_pairs, int n_singles)
{
  g_autofree BsLabel *truth = g_new (BsLabel, n);
  g_autofree gint8 *fold = g_new0 (gint8, n);
  g_autofree int *actor = g_new0 (int, n);
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc0_n (n, sizeof *p);
  for (int i = 0; i < n; i++) {
    truth[i] = i < n_blends ? bs_label_blend (0, 1, 50) : bs_label_single (0);
    if (i < n_pairs) {
      p[i][0] = p[i][1] = 0.25;
    } else if (i >= n_blends && i < n_blends + n_singles) {
      p[i][0] = p[i][2] = 0.375;
    } else {
      p[i][5] = 1;
    }
  }
  return bs_evaluation_set_new_from_arrays (n, truth, fold, actor,
                                            (const double (*)[BS_N_EMOTIONS]) p, NULL);
}

static void
test_equal_counts_tie_however_their_weights_are_rounded (void)
{
  guint n_checked = 0;
  for (int n_blends = 1; n_blends < 30; n_blends++)
    for (int n = n_blends + 1; n < 90; n++)
      for (int n_pairs = 1; n_pairs <= n_blends; n_pairs++) {
        /* n_pairs / n + n_pairs / n_blends = n_singles / n */
        int n_singles = n_pairs + n_pairs * n / n_blends;
        if (n_pairs * n % n_blends != 0 || n_singles > n - n_blends)
          continue;
        g_autoptr (BsEvaluationSet) cases = two_ways_to_one_score (n, n_blends, n_pairs, n_singles);
        BsOptimum optimum;
        bs_tune_fold (cases, 0, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
        g_assert_cmpuint (optimum.regions->len, ==, 2);
        g_assert_cmpfloat (g_array_index (optimum.regions, BsRegion, 0).alpha_to, ==, 0.25);
        g_assert_cmpfloat (g_array_index (optimum.regions, BsRegion, 1).alpha_from, ==, 0.375);
        bs_optimum_clear (&optimum);
        n_checked++;
      }
  g_assert_cmpuint (n_checked, >, 1000);
}

static void
test_exact_regions_equal_the_independent_scripts (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (fixture);
  g_auto (GStrv) lines = fixture_lines ("exact-regions.csv");
  guint line = 1, n_checked = 0;
  const int folds[] = { -2, 0, 1, 2, 3, 4 };
  for (gsize k = 0; k < G_N_ELEMENTS (folds); k++) {
    BsOptimum optimum;
    /* -2 in the fixture is all folds pooled: what a fold that holds no clip trains on. */
    if (folds[k] == -2)
      bs_tune_fold (cases, 9, BS_PROTOCOL_TRAIN, BS_SEARCH_EXACT, &optimum);
    else
      bs_tune_fold (cases, folds[k], BS_PROTOCOL_EXACT, BS_SEARCH_GRID, &optimum);
    for (guint r = 0; r < optimum.regions->len; r++, n_checked++) {
      const BsRegion *region = &g_array_index (optimum.regions, BsRegion, r);
      g_auto (GStrv) f = g_strsplit (lines[line++], ",", -1);
      g_assert_cmpint (g_ascii_strtoll (f[0], NULL, 10), ==, folds[k]);
      g_assert_cmpfloat_with_epsilon (optimum.score, g_ascii_strtod (f[1], NULL), 1e-15);
      g_assert_cmpfloat (region->alpha_from, ==, g_ascii_strtod (f[2], NULL));
      g_assert_cmpfloat (region->alpha_to, ==, g_ascii_strtod (f[3], NULL));
      g_assert_cmpfloat (region->beta_from, ==, g_ascii_strtod (f[4], NULL));
      g_assert_cmpfloat (region->beta_to, ==, g_ascii_strtod (f[5], NULL));
    }
    bs_optimum_clear (&optimum);
  }
  g_assert_null (lines[line]);
  g_assert_cmpuint (n_checked, >, 5);
}

/* The official double loop, as prose has it. */
static BsThresholdPair
grid_by_force (const BsEvaluationSet *cases, guint32 folds, gboolean presence_first)
{
  BsThresholdPair best = { 0 };
  double best_score = -1, best_presence = -1, best_salience = -1;
  for (int a = 0; a < BS_GRID_STEPS; a++)
    for (int b = 0; b < BS_GRID_STEPS; b++) {
      BsThresholdPair pair = { bs_grid_value (a, BS_GRID_STEPS), bs_grid_value (b, BS_GRID_STEPS) };
      BsCounts counts = judge (cases, folds, pair);
      double presence = bs_counts_presence (&counts), salience = bs_counts_salience (&counts);
      gboolean better = presence_first ? presence > best_presence ||
                                           (pair.alpha == best.alpha && salience > best_salience)
                                       : bs_counts_score (&counts) > best_score;
      if (!better)
        continue;
      best = pair;
      best_score = bs_counts_score (&counts);
      best_presence = presence;
      best_salience = salience;
    }
  return best;
}

#define N_FOLDS 4

static void
test_grid_protocols_equal_judging_every_crossing (void)
{
  for (guint32 seed = 200; seed < 210; seed++) {
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, 120, N_FOLDS);
    BsThresholds official, train, mean, best_fold, presence_first;
    bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &official);
    bs_tune (cases, BS_PROTOCOL_TRAIN, BS_SEARCH_GRID, &train);
    bs_tune (cases, BS_PROTOCOL_MEAN, BS_SEARCH_GRID, &mean);
    bs_tune (cases, BS_PROTOCOL_BEST_FOLD, BS_SEARCH_GRID, &best_fold);
    bs_tune (cases, BS_PROTOCOL_PRESENCE_FIRST, BS_SEARCH_GRID, &presence_first);
    guint32 all = 0;
    for (int k = 0; k < N_FOLDS; k++)
      all |= bs_fold_bit (k);
    BsThresholdPair sum = { 0, 0 }, best = { 0, 0 };
    double best_score = -1;
    for (int k = 0; k < N_FOLDS; k++) {
      BsThresholdPair own = grid_by_force (cases, bs_fold_bit (k), FALSE);
      assert_pair (official.fold[k], own);
      assert_pair (train.fold[k], grid_by_force (cases, all & ~bs_fold_bit (k), FALSE));
      assert_pair (presence_first.fold[k], grid_by_force (cases, bs_fold_bit (k), TRUE));
      sum.alpha += own.alpha;
      sum.beta += own.beta;
      if (judged_score (cases, bs_fold_bit (k), own) > best_score) {
        best = own;
        best_score = judged_score (cases, bs_fold_bit (k), own);
      }
    }
    for (int k = 0; k < N_FOLDS; k++) {
      assert_pair (mean.fold[k], (BsThresholdPair){ sum.alpha / N_FOLDS, sum.beta / N_FOLDS });
      assert_pair (best_fold.fold[k], best);
    }
    /* Nothing is chosen on the clips without a fold. */
    assert_pair (official.rest, best);
    assert_pair (train.rest, grid_by_force (cases, all, FALSE));
    assert_pair (presence_first.rest, grid_by_force (cases, all, TRUE));
    assert_pair (mean.rest, mean.fold[0]);
    assert_pair (best_fold.rest, best);
  }
}

static void
test_exact_protocols_are_never_below_the_grid (void)
{
  for (guint32 seed = 300; seed < 310; seed++) {
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, 150, N_FOLDS);
    BsThresholds grid, exact, same;
    bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &grid);
    bs_tune (cases, BS_PROTOCOL_EXACT, BS_SEARCH_GRID, &exact);
    bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_EXACT, &same);
    BsThresholdPair sum = { 0, 0 };
    for (int k = 0; k < N_FOLDS; k++) {
      assert_pair (exact.fold[k], same.fold[k]);
      g_assert_cmpfloat (judged_score (cases, bs_fold_bit (k), exact.fold[k]), >=,
                         judged_score (cases, bs_fold_bit (k), grid.fold[k]));
      sum.alpha += exact.fold[k].alpha;
      sum.beta += exact.fold[k].beta;
    }
    bs_tune (cases, BS_PROTOCOL_MEAN, BS_SEARCH_EXACT, &same);
    assert_pair (same.fold[0], (BsThresholdPair){ sum.alpha / N_FOLDS, sum.beta / N_FOLDS });
  }
}

/* Presence over the stops of alpha, then salience over the stops of beta at the alpha found. */
static void
check_exact_presence_first (const BsEvaluationSet *cases, int fold)
{
  BsOptimum optimum;
  bs_tune_fold (cases, fold, BS_PROTOCOL_PRESENCE_FIRST, BS_SEARCH_EXACT, &optimum);
  guint32 bit = bs_fold_bit (fold);
  guint presence = 0, salience = 0;
  double longest = 0, length = 0, from = 0;
  for (int a = 1; a < N_STOPS; a++)
    presence = MAX (presence, judge (cases, bit, (BsThresholdPair){ stop (a), 0 }).n_presence);
  for (int b = 0; b < N_STOPS - 1; b++)
    salience = MAX (
      salience, judge (cases, bit, (BsThresholdPair){ optimum.pair.alpha, stop (b) }).n_salience);
  BsCounts counts = judge (cases, bit, optimum.pair);
  g_assert_cmpuint (counts.n_presence, ==, presence);
  g_assert_cmpuint (counts.n_salience, ==, salience);
  g_assert_cmpfloat (optimum.score, ==, bs_counts_score (&counts));
  /* d is a multiple of 1/32 here, so intervals of beta are made of steps of two stops. */
  for (int b = 0; b < N_STOPS - 1; b += 2) {
    BsCounts here = judge (cases, bit, (BsThresholdPair){ optimum.pair.alpha, stop (b) });
    length = here.n_salience == salience ? length + 1 / 32.0 : 0;
    if (length > longest) {
      longest = length;
      from = stop (b) + 1 / 32.0 - length;
    }
  }
  g_assert_cmpfloat (optimum.pair.beta, ==, from + longest / 2);
  bs_optimum_clear (&optimum);
}

static void
test_presence_first_takes_alpha_for_presence_and_then_beta (void)
{
  for (guint32 seed = 400; seed < 420; seed++) {
    g_autoptr (BsEvaluationSet) cases = random_cases (seed, 80, 2);
    check_exact_presence_first (cases, 0);
    check_exact_presence_first (cases, 1);
  }
}

static void
test_folds_without_clips_get_the_best_folds_pair (void)
{
  g_autoptr (BsEvaluationSet) all = random_cases (7, 100, 3);
  for (gsize i = 0; i < all->n; i++)
    if (all->fold[i] == -1 || all->fold[i] == 1)
      all->fold[i] = 2;
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new_from_arrays (
    all->n, all->truth, all->fold, all->actor, (const double (*)[BS_N_EMOTIONS]) all->p, NULL);
  BsThresholds thresholds;
  bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &thresholds);
  BsThresholdPair zero = grid_by_force (cases, bs_fold_bit (0), FALSE);
  BsThresholdPair two = grid_by_force (cases, bs_fold_bit (2), FALSE);
  gboolean zero_is_best =
    judged_score (cases, bs_fold_bit (0), zero) >= judged_score (cases, bs_fold_bit (2), two);
  assert_pair (thresholds.fold[1], zero_is_best ? zero : two);
  assert_pair (thresholds.rest, thresholds.fold[1]);
}

/* Where no clip has a fold all are one group, under every protocol. */
static void
test_without_folds_all_clips_are_tuned_together (void)
{
  for (guint32 seed = 500; seed < 505; seed++) {
    g_autoptr (BsEvaluationSet) all = random_cases (seed, 80, 3);
    for (gsize i = 0; i < all->n; i++)
      all->fold[i] = -1;
    g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new_from_arrays (
      all->n, all->truth, all->fold, all->actor, (const double (*)[BS_N_EMOTIONS]) all->p, NULL);
    g_assert_true (bs_evaluation_set_has_folds (all) == FALSE);
    for (int p = 0; p < BS_N_PROTOCOLS; p++) {
      BsThresholds thresholds;
      bs_tune (cases, (BsProtocol) p, BS_SEARCH_GRID, &thresholds);
      BsThresholdPair joint =
        grid_by_force (cases, bs_fold_bit (-1), p == BS_PROTOCOL_PRESENCE_FIRST);
      if (p != BS_PROTOCOL_EXACT)
        assert_pair (thresholds.rest, joint);
      else
        g_assert_cmpfloat (judged_score (cases, bs_fold_bit (-1), thresholds.rest), >=,
                           judged_score (cases, bs_fold_bit (-1), joint));
    }
  }
}

/* A run's own pairs say nothing of clips without a fold. */
static void
test_a_runs_pairs_leave_the_rest_to_its_protocol (void)
{
  g_autoptr (BsEvaluationSet) cases = random_cases (11, 120, 2);
  g_autoptr (BsRun) run = bs_run_new ();
  for (int k = 0; k < 2; k++) {
    BsFoldResult *fold = g_new0 (BsFoldResult, 1);
    *fold = (BsFoldResult){ .fold = k, .alpha = 0.1 + 0.2 * k, .beta = 0.3 - 0.2 * k };
    g_ptr_array_add (run->folds, fold);
  }
  BsThresholds official, honest;
  bs_thresholds_take_run (&official, run, cases);
  int best = judged_score (cases, bs_fold_bit (0), official.fold[0]) >=
                 judged_score (cases, bs_fold_bit (1), official.fold[1])
               ? 0
               : 1;
  g_assert_cmpfloat (official.fold[1].alpha, ==, 0.1 + 0.2);
  assert_pair (official.rest, official.fold[best]);
  run->protocol = g_strdup ("honest");
  bs_thresholds_take_run (&honest, run, cases);
  assert_pair (honest.fold[0], official.fold[0]);
  assert_pair (honest.rest, grid_by_force (cases, bs_fold_bit (0) | bs_fold_bit (1), FALSE));
}

static void
test_of_equally_good_folds_the_first_gives_its_pair (void)
{
  /* Both folds reach a score of 1: the first needs beta from .25 on, the second below it. */
  const double p[][BS_N_EMOTIONS] = { { 0.5, 0.25, 0.25, 0, 0, 0 }, { 0.5, 0.25, 0.25, 0, 0, 0 } };
  const BsLabel truth[] = { bs_label_blend (0, 1, 50), bs_label_blend (0, 1, 70) };
  const gint8 fold[] = { 0, 1 };
  const int actor[] = { 0, 0 };
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new_from_arrays (2, truth, fold, actor, p, NULL);
  BsThresholds best, own;
  bs_tune (cases, BS_PROTOCOL_BEST_FOLD, BS_SEARCH_GRID, &best);
  bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &own);
  g_assert_cmpfloat (own.fold[0].beta, !=, own.fold[1].beta);
  assert_pair (best.fold[1], own.fold[0]);
  assert_pair (own.rest, own.fold[0]);
}

static void
test_with_one_fold_there_is_nothing_to_train_on (void)
{
  g_autoptr (BsEvaluationSet) all = random_cases (8, 50, 1);
  for (gsize i = 0; i < all->n; i++)
    all->fold[i] = 0;
  BsOptimum optimum;
  bs_tune_fold (all, 0, BS_PROTOCOL_TRAIN, BS_SEARCH_GRID, &optimum);
  assert_pair (optimum.pair, BS_THRESHOLD_PAIR_DEFAULT);
  bs_optimum_clear (&optimum);
}

static void
test_given_decisions_have_nothing_to_tune (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new_from_arrays (
    fixture->n, fixture->truth, fixture->fold, fixture->actor, NULL, fixture->truth);
  BsOptimum optimum;
  bs_tune_fold (cases, 0, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
  g_assert_cmpfloat (optimum.score, ==, 1);
  g_assert_cmpuint (optimum.regions->len, ==, 1);
  assert_pair (optimum.pair, (BsThresholdPair){ 0.5, 0.5 });
  bs_optimum_clear (&optimum);
}

static void
test_the_surface_is_the_score_at_the_middle_of_each_cell (void)
{
  g_autoptr (BsEvaluationSet) cases = random_cases (9, 200, 3);
  g_autoptr (BsScoreGrid) mean = bs_score_grid_new (cases, -1, 13, 9, 0.6, 0.7);
  g_autoptr (BsScoreGrid) one = bs_score_grid_new (cases, 1, 13, 9, 0.6, 0.7);
  double largest_p2 = 0, largest_d = 0;
  for (gsize b = 0; b < 9; b++)
    for (gsize a = 0; a < 13; a++) {
      BsThresholdPair pair = { 0.6 * (a + 0.5) / 13, 0.7 * (b + 0.5) / 9 };
      double sum = 0;
      for (int k = 0; k < 3; k++)
        sum += judged_score (cases, bs_fold_bit (k), pair);
      g_assert_cmpfloat_with_epsilon (mean->score[b * 13 + a], sum / 3, 1e-15);
      g_assert_cmpfloat (one->score[b * 13 + a], ==, judged_score (cases, bs_fold_bit (1), pair));
    }
  for (gsize i = 0; i < cases->n; i++) {
    BsDecision blend = bs_rule_decide (cases->p[i], (BsThresholdPair){ 0, 1 });
    if (cases->fold[i] < 0 || !bs_label_is_blend (blend.label))
      continue;
    largest_p2 = MAX (largest_p2, blend.p2);
    largest_d = MAX (largest_d, blend.p1 - blend.p2);
  }
  g_assert_cmpfloat (mean->largest_p2, ==, largest_p2);
  g_assert_cmpfloat (mean->largest_d, ==, largest_d);
}

static void
test_protocols_are_known_by_their_names (void)
{
  for (int p = 0; p < BS_N_PROTOCOLS; p++)
    g_assert_cmpint (bs_protocol_from_name (bs_protocol_name ((BsProtocol) p)), ==, p);
  g_assert_cmpint (bs_protocol_from_name ("fold"), ==, -1);
  g_assert_cmpint (bs_protocol_from_name ("best-fold"), ==, BS_PROTOCOL_BEST_FOLD);
  g_assert_false (bs_protocol_tunes_here (BS_PROTOCOL_TRAIN));
  g_assert_true (bs_protocol_tunes_here (BS_PROTOCOL_MEAN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tune/grid/values", test_the_grid_is_numpys);
  g_test_add_func ("/tune/grid/counts", test_grid_counts_equal_judging_every_crossing);
  g_test_add_func ("/tune/prefix-max", test_running_maxima_equal_plain_sums);
  g_test_add_func ("/tune/exact/weights",
                   test_exact_regions_are_the_best_thresholds_under_any_weights);
  g_test_add_func ("/tune/exact/folds",
                   test_exact_regions_of_folds_and_of_their_mean_are_the_best_thresholds);
  g_test_add_func ("/tune/exact/no-weights", test_without_weights_everything_is_optimal);
  g_test_add_func ("/tune/exact/ends", test_probabilities_at_the_ends_of_the_domain_are_searched);
  g_test_add_func ("/tune/exact/above-1", test_alpha_above_1_is_not_searched);
  g_test_add_func ("/tune/exact/ties", test_equal_counts_tie_however_their_weights_are_rounded);
  g_test_add_func ("/tune/exact/independent", test_exact_regions_equal_the_independent_scripts);
  g_test_add_func ("/tune/protocols/grid", test_grid_protocols_equal_judging_every_crossing);
  g_test_add_func ("/tune/protocols/exact", test_exact_protocols_are_never_below_the_grid);
  g_test_add_func ("/tune/protocols/presence-first",
                   test_presence_first_takes_alpha_for_presence_and_then_beta);
  g_test_add_func ("/tune/protocols/empty-fold", test_folds_without_clips_get_the_best_folds_pair);
  g_test_add_func ("/tune/no-folds", test_without_folds_all_clips_are_tuned_together);
  g_test_add_func ("/tune/run", test_a_runs_pairs_leave_the_rest_to_its_protocol);
  g_test_add_func ("/tune/protocols/equal-folds",
                   test_of_equally_good_folds_the_first_gives_its_pair);
  g_test_add_func ("/tune/protocols/one-fold", test_with_one_fold_there_is_nothing_to_train_on);
  g_test_add_func ("/tune/protocols/given", test_given_decisions_have_nothing_to_tune);
  g_test_add_func ("/tune/surface", test_the_surface_is_the_score_at_the_middle_of_each_cell);
  g_test_add_func ("/tune/names", test_protocols_are_known_by_their_names);
  return g_test_run ();
}
