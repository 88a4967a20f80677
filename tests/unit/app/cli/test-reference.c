/* SPDX-License-Identifier: MIT */
/* The real predictions: figures of the official code, of the papers and of an independent search.
 * BLENDSCOPE_REFERENCE names the folder; without it everything here is skipped. */
#include <math.h>

#include "data/format/bs-csv.h"
#include "model/decision/bs-baselines.h"
#include "model/decision/bs-tune.h"
#include "tests/support/bs-test-cli.h"

static char *
reference_path (const char *name)
{
  return g_build_filename (g_getenv ("BLENDSCOPE_REFERENCE"), name, NULL);
}

static gboolean
skipped (void)
{
  if (g_getenv ("BLENDSCOPE_REFERENCE") != NULL)
    return FALSE;
  g_test_skip ("BLENDSCOPE_REFERENCE is not set");
  return TRUE;
}

static BsEvaluationSet *
reference_cases (const char *logits)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *labels = reference_path ("train_metadata.csv");
  g_autofree char *path = reference_path (logits);
  g_autoptr (BsMetadata) metadata = bs_metadata_load (labels, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsPredictions) predictions = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  BsEvaluationSet *cases = bs_evaluation_set_new (metadata, predictions, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cases->n, ==, 2456);
  return cases;
}

static CliResult
run_on_kl100 (const char *command, const char *option, const char *value)
{
  g_autofree char *labels = reference_path ("train_metadata.csv");
  g_autofree char *logits = reference_path ("hicmae/kl100_logits.csv");
  CliResult result = run_cli (command, "--metadata", labels, "--predictions", logits, option, value,
                              option != NULL ? "--format" : NULL, "json", NULL);
  assert_done (&result);
  return result;
}

static void
test_the_grid_equals_the_official_code_in_all_rows (void)
{
  if (skipped ())
    return;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reference_path ("official_grid_kl100.csv");
  g_autoptr (BsCsv) official = bs_csv_load (path, &error);
  g_assert_no_error (error);
  g_auto (CliResult) result = run_on_kl100 ("grid", NULL, NULL);
  g_autoptr (BsCsv) ours = bs_csv_parse (result.out, strlen (result.out), "grid", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_csv_n_rows (official), ==, 2000);
  g_assert_cmpuint (bs_csv_n_rows (ours), ==, 2000);
  for (gsize row = 0; row < 2000; row++)
    for (gsize c = 0; c < 5; c++) {
      double a, b;
      g_assert_cmpstr (bs_csv_header (ours, c), ==, bs_csv_header (official, c));
      g_assert_true (bs_csv_double (official, row, c, &a, &error));
      g_assert_true (bs_csv_double (ours, row, c, &b, &error));
      g_assert_cmpfloat_with_epsilon (b, a, 1e-12);
    }
}

static double
fold_number (const cJSON *root, int fold, const char *key)
{
  const cJSON *folds = cJSON_GetObjectItemCaseSensitive (root, "folds");
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (cJSON_GetArrayItem (folds, fold), key);
  g_assert_true (cJSON_IsNumber (item));
  return item->valuedouble;
}

static void
test_the_official_optimum_is_the_published_one (void)
{
  if (skipped ())
    return;
  /* Table of the reference folder's README, in ten-thousandths. */
  const int presence[] = { 2452, 2901, 2949, 2564, 2874 };
  const int salience[] = { 1500, 1667, 1333, 1250, 1892 };
  const int alpha[] = { 1447, 1447, 1921, 1447, 974 };
  const int beta[] = { 974, 1447, 974, 4763, 1921 };
  const int n[] = { 522, 486, 468, 472, 508 };
  const int n_blends[] = { 280, 270, 240, 240, 296 };
  g_autoptr (GError) error = NULL;
  g_auto (CliResult) result = run_on_kl100 ("evaluate", "--tune", "official");
  g_autoptr (cJSON) root = bs_json_parse (result.out, strlen (result.out), "evaluate", &error);
  g_assert_no_error (error);
  for (int k = 0; k < 5; k++) {
    g_assert_cmpint (lround (fold_number (root, k, "acc_presence") * 1e4), ==, presence[k]);
    g_assert_cmpint (lround (fold_number (root, k, "acc_salience") * 1e4), ==, salience[k]);
    g_assert_cmpint (lround (fold_number (root, k, "alpha") * 1e4), ==, alpha[k]);
    g_assert_cmpint (lround (fold_number (root, k, "beta") * 1e4), ==, beta[k]);
    g_assert_cmpfloat (fold_number (root, k, "n"), ==, n[k]);
    g_assert_cmpfloat (fold_number (root, k, "n_blends"), ==, n_blends[k]);
  }
}

static double
score_of (const BsRanked *const *clips, gsize n, BsThresholdPair pair)
{
  BsCounts counts = { .n = n };
  for (gsize i = 0; i < n; i++) {
    const BsCandidate *answer = bs_ranked_answer (clips[i], pair);
    counts.n_blends += clips[i]->truth_is_blend;
    counts.n_presence += answer->presence;
    counts.n_salience += answer->salience;
  }
  return bs_counts_score (&counts);
}

/* Best score over every crossing of the fold's own p2 and d, each judged by counting. */
static double
best_of_all_crossings (const BsEvaluationSet *cases, int fold)
{
  g_autofree const BsRanked **clips = g_new (const BsRanked *, cases->n);
  gsize n = 0;
  for (gsize i = 0; i < cases->n; i++)
    if (cases->fold[i] == fold)
      clips[n++] = &cases->ranked[i];
  double best = score_of (clips, n, (BsThresholdPair){ 1, 0 });
  for (gsize a = 0; a < n; a++)
    for (gsize b = 0; b < n; b++)
      best = MAX (best, score_of (clips, n, (BsThresholdPair){ clips[a]->two.p2, clips[b]->d }));
  return best;
}

static void
test_the_exact_optimum_has_the_regions_of_the_independent_search (void)
{
  if (skipped ())
    return;
  const guint n_regions[] = { 4, 2, 7, 2, 1 };
  g_autoptr (BsEvaluationSet) cases = reference_cases ("hicmae/kl100_logits.csv");
  for (int k = 0; k < 5; k++) {
    BsOptimum exact;
    bs_tune_fold (cases, k, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &exact);
    g_assert_cmpuint (exact.regions->len, ==, n_regions[k]);
    g_assert_cmpfloat (exact.score, ==, best_of_all_crossings (cases, k));
    bs_optimum_clear (&exact);
  }
}

static void
test_the_exact_optimum_is_never_below_the_grids (void)
{
  if (skipped ())
    return;
  const char *const files[] = { "hicmae/kl100_logits.csv", "hicmae/kl50_logits.csv",
                                "hicmae/ce100_logits.csv", "hicmae/ce50_logits.csv" };
  for (gsize f = 0; f < G_N_ELEMENTS (files); f++) {
    g_autoptr (BsEvaluationSet) cases = reference_cases (files[f]);
    for (int k = 0; k < 5; k++) {
      BsOptimum exact, grid;
      bs_tune_fold (cases, k, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &exact);
      bs_tune_fold (cases, k, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &grid);
      g_assert_cmpfloat (exact.score, >=, grid.score);
      bs_optimum_clear (&exact);
      bs_optimum_clear (&grid);
    }
  }
}

static void
assert_rounds_to (double value, double expected, double unit)
{
  g_assert_cmpfloat_with_epsilon (value, expected, unit / 2);
}

static void
test_networks_score_as_known (void)
{
  if (skipped ())
    return;
  /* Mean presence and salience of the four networks at the official optimum of each fold. */
  const struct {
    const char *file;
    double presence, presence_std, salience, salience_std;
  } known[] = {
    { "hicmae/ce100_logits.csv", 0.2530, 0.0232, 0.1626, 0.0251 },
    { "hicmae/kl100_logits.csv", 0.2748, 0.0224, 0.1528, 0.0259 },
  };
  for (gsize f = 0; f < G_N_ELEMENTS (known); f++) {
    g_autoptr (BsEvaluationSet) cases = reference_cases (known[f].file);
    g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
    BsThresholds thresholds;
    bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &thresholds);
    bs_metrics_compute (metrics, cases, &thresholds);
    assert_rounds_to (metrics->mean_presence, known[f].presence, 1e-4);
    assert_rounds_to (metrics->std_presence, known[f].presence_std, 1e-4);
    assert_rounds_to (metrics->mean_salience, known[f].salience, 1e-4);
    assert_rounds_to (metrics->std_salience, known[f].salience_std, 1e-4);
  }
}

static void
test_trivial_baselines_are_the_papers (void)
{
  if (skipped ())
    return;
  g_autoptr (BsEvaluationSet) cases = reference_cases ("hicmae/kl100_logits.csv");
  BsBaseline single, blend;
  bs_baseline_compute (cases->truth, cases->fold, cases->n, BS_BASELINE_SINGLE, &single);
  bs_baseline_compute (cases->truth, cases->fold, cases->n, BS_BASELINE_BLEND, &blend);
  assert_rounds_to (single.mean_presence, 0.0767, 1e-4);
  assert_rounds_to (single.std_presence, 0.0045, 1e-4);
  g_assert_cmpfloat (single.mean_salience, ==, 0);
  assert_rounds_to (blend.mean_presence, 0.0564, 1e-4);
  assert_rounds_to (blend.std_presence, 0.0048, 1e-4);
  assert_rounds_to (blend.mean_salience, 0.0346, 1e-4);
  assert_rounds_to (blend.std_salience, 0.0026, 1e-4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/grid", test_the_grid_equals_the_official_code_in_all_rows);
  g_test_add_func ("/reference/official", test_the_official_optimum_is_the_published_one);
  g_test_add_func ("/reference/regions",
                   test_the_exact_optimum_has_the_regions_of_the_independent_search);
  g_test_add_func ("/reference/exact", test_the_exact_optimum_is_never_below_the_grids);
  g_test_add_func ("/reference/networks", test_networks_score_as_known);
  g_test_add_func ("/reference/baselines", test_trivial_baselines_are_the_papers);
  return g_test_run ();
}
