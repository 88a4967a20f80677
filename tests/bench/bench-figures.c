/* SPDX-License-Identifier: MIT */
/* What a step of a slider and a search cost: on the real predictions where BLENDSCOPE_REFERENCE
 * names their folder, else on as many random ones. */
#include "model/decision/bs-score-grid.h"
#include "model/decision/bs-tune.h"
#include "tests/bench/bench.h"

#define N_CLIPS 2456
#define N_FOLDS 5
#define N_ACTORS 47

static BsEvaluationSet *
reference_cases (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *labels = g_build_filename (folder, "train_metadata.csv", NULL);
  g_autofree char *logits = g_build_filename (folder, "hicmae", "kl100_logits.csv", NULL);
  g_autoptr (BsMetadata) metadata = bs_metadata_load (labels, NULL, &error);
  g_autoptr (BsPredictions) predictions =
    metadata != NULL ? bs_predictions_load (logits, BS_PREDICTIONS_AUTO, &error) : NULL;
  BsEvaluationSet *cases =
    predictions != NULL ? bs_evaluation_set_new (metadata, predictions, &error) : NULL;
  if (cases == NULL)
    g_error ("%s", error->message);
  return cases;
}

static BsEvaluationSet *
invented_cases (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree BsLabel *truth = g_new (BsLabel, N_CLIPS);
  g_autofree gint8 *fold = g_new (gint8, N_CLIPS);
  g_autofree int *actor = g_new (int, N_CLIPS);
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc_n (N_CLIPS, sizeof *p);
  for (int i = 0; i < N_CLIPS; i++) {
    double sum = 0;
    actor[i] = i * N_ACTORS / N_CLIPS;
    fold[i] = (gint8) (actor[i] % N_FOLDS);
    truth[i] = bs_label_from_salience_class (g_rand_int_range (random, 0, BS_N_SALIENCE_CLASSES));
    for (int e = 0; e < BS_N_EMOTIONS; e++) {
      double z = g_rand_double (random);
      p[i][e] = z * z * z;
      sum += p[i][e];
    }
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      p[i][e] /= sum;
  }
  return bs_evaluation_set_new_from_arrays (N_CLIPS, truth, fold, actor,
                                            (const double (*)[BS_N_EMOTIONS]) p, NULL);
}

typedef struct {
  BsEvaluationSet *cases;
  BsMetrics *metrics;
  int step;
} Bench;

/* Another pair with each call, as a slider gives. */
static void
figures_at_one_pair (gpointer data)
{
  Bench *bench = data;
  BsThresholds thresholds;
  double along = (bench->step++ % 200) / 200.0;
  bs_thresholds_set_all (&thresholds, (BsThresholdPair){ 0.5 * along, 0.6 * along });
  bs_metrics_compute (bench->metrics, bench->cases, &thresholds);
}

static void
exact_optimum_of_all_folds (gpointer data)
{
  Bench *bench = data;
  for (int k = 0; k < (int) bench->cases->n_folds; k++) {
    BsOptimum optimum;
    bs_tune_fold (bench->cases, k, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
    bs_optimum_clear (&optimum);
  }
}

static void
official_optimum_of_all_folds (gpointer data)
{
  Bench *bench = data;
  BsThresholds thresholds;
  bs_tune (bench->cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &thresholds);
}

static void
surface_of_the_mean (gpointer data)
{
  Bench *bench = data;
  bs_score_grid_free (bs_score_grid_new (bench->cases, -1, 200, 200, 0.6, 0.7));
}

int
main (void)
{
  const char *folder = g_getenv ("BLENDSCOPE_REFERENCE");
  g_autoptr (BsEvaluationSet) cases = folder != NULL ? reference_cases (folder) : invented_cases ();
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  Bench bench = { cases, metrics, 0 };
  printf ("figures and searches, %s, %" G_GSIZE_FORMAT " clips, medians\n",
          folder != NULL ? "real predictions" : "random predictions", cases->n);
  bench_report ("all figures at one pair", bench_median_us (figures_at_one_pair, &bench, 2000),
                100);
  bench_report ("exact optimum of five folds",
                bench_median_us (exact_optimum_of_all_folds, &bench, 200), 10000);
  bench_report ("official grid search of five folds",
                bench_median_us (official_optimum_of_all_folds, &bench, 200), 0);
  bench_report ("score map, 200 x 200, mean of five folds",
                bench_median_us (surface_of_the_mean, &bench, 100), 0);
  return 0;
}
