/* SPDX-License-Identifier: MIT */
/* What the official test protocol needs beside the folds (blemore-common, main.py, run_test): how
 * long the network of all clips trains, and the best fold's thresholds. */
#include <stdlib.h>

#include "model/decision/bs-evaluation-set.h"
#include "model/decision/bs-metrics.h"
#include "model/decision/bs-tune.h"
#include "model/training/bs-train-private.h"

#define EPOCHS 100
#define EPOCHS_SUBSAMPLED 300

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Folds that stop early say how long is enough: the lower median of their best epochs (ours). */
static int
median_best_epoch (const BsRun *run)
{
  g_autofree int *epochs = g_new (int, run->folds->len);
  for (guint i = 0; i < run->folds->len; i++)
    epochs[i] = ((const BsFoldResult *) g_ptr_array_index (run->folds, i))->best_epoch;
  qsort (epochs, run->folds->len, sizeof *epochs, compare_ints);
  return MAX (epochs[(run->folds->len - 1) / 2], 1);
}

/**
 * bs_train_all_epochs:
 * @config: a configuration
 * @run: its folds, at least one
 *
 * Returns: epochs that the network of all clips is trained for
 */
int
bs_train_all_epochs (const BsTrainConfig *config, const BsRun *run)
{
  if (config->all_epochs > 0)
    return config->all_epochs;
  if (bs_train_config_patience (config) > 0)
    return median_best_epoch (run);
  return config->features == BS_FEATURES_SUBSAMPLE ? EPOCHS_SUBSAMPLED : EPOCHS;
}

/**
 * bs_train_best_fold:
 * @run: trained folds with predictions
 * @metadata: of the corpus
 * @error: where the run's clips are not the corpus'
 *
 * Returns: (transfer none) (nullable): the fold with the best score at its own thresholds, the
 *   first on ties
 */
const BsFoldResult *
bs_train_best_fold (const BsRun *run, const BsMetadata *metadata, GError **error)
{
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (metadata, run->predictions, error);
  if (cases == NULL)
    return NULL;
  BsThresholds thresholds;
  bs_thresholds_take_run (&thresholds, run, cases);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, &thresholds);
  const BsFoldResult *best = NULL;
  double best_score = -1;
  for (guint i = 0; i < run->folds->len; i++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, i);
    double score = bs_counts_score (&metrics->fold[fold->fold]);
    if (score > best_score) {
      best_score = score;
      best = fold;
    }
  }
  return best;
}
