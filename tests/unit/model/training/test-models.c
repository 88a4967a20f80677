/* SPDX-License-Identifier: MIT */
/* Every model that can be trained, from a corpus to a stored run and back. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "model/config/bs-departures.h"
#include "model/decision/bs-evaluation-set.h"
#include "model/features/bs-batch-loader.h"
#include "model/features/bs-features.h"
#include "model/inference/bs-predict.h"
#include "model/inference/bs-prediction-track.h"
#include "model/training/bs-classifier-private.h"
#include "tests/support/bs-made-models.h"

static TestFolder *folder;

static void
assert_same_predictions (const BsPredictions *a, const BsPredictions *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpint (a->kind, ==, b->kind);
  for (gsize i = 0; i < a->n; i++) {
    g_assert_cmpstr (a->filenames[i], ==, b->filenames[i]);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat_with_epsilon (a->probabilities[i][e], b->probabilities[i][e], 1e-6);
    if (a->decisions != NULL)
      g_assert_true (bs_label_equal (a->decisions[i], b->decisions[i]));
  }
}

static void
assert_sums_to_one (const double p[BS_N_EMOTIONS])
{
  double sum = 0;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    sum += p[e];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
}

/* Trains, stores, loads, and asks the loaded run for what the training said. */
static void
check_model (BsCorpus *corpus, const BsTrainConfig *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autofree char *name = g_strdup_printf ("%s-%s", config->model, run->encoders[0]);
  g_autofree char *path = g_strdup (test_folder_path (folder, name));
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
  g_assert_true (bs_run_save (run, path, &error));
  g_autoptr (BsRun) loaded = bs_run_load (path, &error);
  g_assert_no_error (error);
  assert_same_predictions (run->predictions, loaded->predictions);
  for (int fold = 0; fold < MADE_N_FOLDS; fold++) {
    double cut = bs_run_fold (run, fold)->cut;
    g_assert_cmpfloat (bs_run_fold (loaded, fold)->cut, ==, cut);
    g_assert_true (cut == 0 || g_str_equal (config->model, "salience-regression"));
  }
  g_autoptr (BsPredictions) said = bs_predict (corpus, loaded, FALSE, NULL, &error);
  g_assert_no_error (error);
  assert_same_predictions (run->predictions, said);
  g_autoptr (BsPredictions) of_test = bs_predict (corpus, loaded, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of_test->n, ==, MADE_N_TEST);
  g_autoptr (BsPredictionTrack) track =
    bs_prediction_track_new (corpus, loaded, 3, 5, NULL, &error);
  g_assert_no_error (error);
  for (gsize w = 0; w < track->n; w++)
    assert_sums_to_one (track->p[w]);
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new (bs_corpus_metadata (corpus), loaded->predictions, &error);
  g_assert_no_error (error);
  g_assert_true ((cases->fixed != NULL) == (loaded->predictions->decisions != NULL));
}

static void
test_every_model (gconstpointer model)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  gboolean is_single = g_str_equal (model, "stat") || g_str_equal (model, "bilstm") ||
                       g_str_equal (model, "transformer-cls") ||
                       g_str_equal (model, "attention-pool");
  g_autoptr (BsTrainConfig) config = made_config_new (model, is_single ? "Face" : "Face,Voice");
  check_model (corpus, config);
}

static void
test_subsamples_and_actors (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) rows = made_config_new ("linear", "Voice");
  made_config_set (rows, "features", "subsample");
  made_config_set (rows, "loss", "ce");
  check_model (corpus, rows);
  g_autoptr (BsTrainConfig) actors = made_config_new ("mlp-256", "Voice,Face");
  made_config_set (actors, "normalise", "actor");
  g_autoptr (BsRun) run = made_train (corpus, actors);
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
}

/* KL of a row's softmax from its clip's shares, as the official loss has it. */
static double
kl_of_row (const BsReal *logits, BsLabel label)
{
  double sum = 0, loss = 0, shares[BS_N_EMOTIONS] = { 0 };
  shares[label.first] = label.first_percent / 100.0;
  if (bs_label_is_blend (label))
    shares[label.second] = 1 - label.first_percent / 100.0;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    sum += exp ((double) logits[e]);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    if (shares[e] > 0)
      loss += shares[e] * (log (shares[e]) - ((double) logits[e] - log (sum)));
  return loss;
}

/* The unweighted mean over batches of so many rows, those of @fold's clips in their order. */
static double
loss_over_rows (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *run, int fold)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsSamples) samples =
    bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsClassifier) classifier =
    bs_classifier_from_run (run, fold, config, "", 1, samples->widths, &error);
  g_assert_no_error (error);
  g_autoptr (BsBatchLoader) loader = bs_batch_loader_new (samples, 1);
  double batch = 0, sum = 0;
  int n_in_batch = 0, n_batches = 0;
  for (guint32 i = 0; i < samples->n; i++)
    for (guint32 row = 0; samples->folds[i] == fold && row < bs_samples_n_rows (samples, i, 0);
         row++) {
      BsBatch one;
      const BsClip *clip = bs_metadata_clip (bs_corpus_metadata (corpus), samples->clips[i]);
      if (n_in_batch == config->batch_size) {
        sum += batch / n_in_batch;
        n_batches++;
        batch = n_in_batch = 0;
      }
      g_assert_true (bs_batch_loader_load (loader, classifier->scalers, &(BsSample){ i, row }, 1,
                                           NULL, &one, &error));
      batch += kl_of_row (bs_classifier_logits (classifier, &one), clip->label);
      n_in_batch++;
    }
  g_assert_cmpint (n_batches, >, 1);
  return (sum + batch / n_in_batch) / (n_batches + 1);
}

static void
test_the_validation_loss_of_subsamples_is_over_rows (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = made_config_new ("linear", "Voice");
  made_config_set (config, "features", "subsample");
  made_config_set (config, "epochs", "1");
  made_config_set (config, "batch", "100");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "batch"), ==, "100");
  g_assert_nonnull (
    strstr (g_hash_table_lookup (run->settings, BS_RUN_DEPARTURES), "batch=100 (512)"));
  for (guint i = 0; i < run->history->len; i++) {
    const BsEpoch *row = &g_array_index (run->history, BsEpoch, i);
    g_assert_cmpfloat_with_epsilon (row->validation_loss,
                                    loss_over_rows (corpus, config, run, row->fold), 1e-5);
  }
}

static const BsTensor *
find_tensor (const BsFoldResult *fold, const char *name)
{
  for (guint i = 0; i < fold->tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (fold->tensors, i);
    if (strcmp (tensor->name, name) == 0)
      return tensor;
  }
  g_error ("fold %d has no tensor %s", fold->fold, name);
}

/* The tensors of a branch's fold stand in the fusion's same fold under the branch's prefix. */
static gboolean
has_branch (const BsFoldResult *fusion, guint branch, const BsFoldResult *fold)
{
  gboolean is_same = TRUE;
  for (guint i = 0; i < fold->tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (fold->tensors, i);
    g_autofree char *name = g_strdup_printf ("branches.%u.%s", branch, tensor->name);
    const BsMatrix *kept = find_tensor (fusion, name)->values;
    is_same &=
      memcmp (kept->data, tensor->values->data, kept->n_rows * kept->n_cols * sizeof (float)) == 0;
  }
  return is_same;
}

static GPtrArray *
load_branches (const char *path)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  g_auto (GStrv) folders = bs_run_list (path);
  for (char **run = folders; *run != NULL; run++) {
    BsRun *loaded = bs_run_load (*run, &error);
    g_assert_no_error (error);
    bs_run_load_weights (loaded, -1, &error);
    g_assert_no_error (error);
    g_ptr_array_add (runs, loaded);
  }
  return runs;
}

static void
test_a_fusion_uses_branches_of_its_own_fold (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = made_config_new ("concatenation", "Face,Voice");
  config->branch_folder = g_strdup (test_folder_path (folder, "branches"));
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autoptr (GPtrArray) branches = load_branches (config->branch_folder);
  g_assert_cmpuint (branches->len, ==, 2);
  for (guint b = 0; b < 2; b++) {
    const BsRun *branch = g_ptr_array_index (branches, b);
    guint place = g_str_equal (branch->encoders[0], "Face") ? 0 : 1;
    for (int k = 0; k < MADE_N_FOLDS; k++)
      for (int other = 0; other < MADE_N_FOLDS; other++)
        g_assert_true (has_branch (bs_run_fold (run, k), place, bs_run_fold (branch, other)) ==
                       (k == other));
  }
}

static void
count_branches (double fraction, const char *message, gpointer user_data)
{
  if (strstr (message, "Branch") != NULL && strstr (message, "epoch") != NULL)
    ++*(int *) user_data;
}

static void
test_branches_are_found_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = made_config_new ("mixed", "Face,Voice");
  config->branch_folder = g_strdup (test_folder_path (folder, "again"));
  int n_first = 0, n_second = 0;
  g_autoptr (BsRun) a = bs_train (corpus, config, NULL, count_branches, &n_first, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsRun) b = bs_train (corpus, config, NULL, count_branches, &n_second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_first, >, 0);
  g_assert_cmpint (n_second, ==, 0);
  assert_same_predictions (a->predictions, b->predictions);
  g_auto (GStrv) kept = bs_run_list (config->branch_folder);
  g_assert_cmpuint (g_strv_length (kept), ==, 3); /* two encoders and the attention */
}

static void
test_the_network_of_all_clips (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  const char *const models[] = { "mlp-256", "concatenation" };
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autoptr (BsTrainConfig) config = made_config_new (models[i], "Face,Voice");
    made_config_set (config, "all-clips", "yes");
    made_config_set (config, "all-epochs", "2");
    g_autoptr (BsRun) run = made_train (corpus, config);
    g_autofree char *path = g_strdup_printf ("%s/all-%s", folder->path, models[i]);
    g_assert_nonnull (run->all);
    g_assert_cmpint (run->all->best_epoch, ==, 2);
    g_assert_true (bs_run_save (run, path, &error));
    g_autoptr (BsRun) loaded = bs_run_load (path, &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (loaded->all->alpha, ==, run->all->alpha);
    g_autoptr (BsPredictions) by_all = bs_predict (corpus, loaded, TRUE, NULL, &error);
    g_assert_no_error (error);
    made_config_set (config, "all-clips", "no");
    g_autoptr (BsRun) without = made_train (corpus, config);
    g_autoptr (BsPredictions) by_mean = bs_predict (corpus, without, TRUE, NULL, &error);
    g_assert_no_error (error);
    assert_same_predictions (run->predictions, without->predictions);
    g_assert_cmpfloat (by_all->probabilities[0][0], !=, by_mean->probabilities[0][0]);
  }
}

static void
test_same_seed_same_bits (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = made_config_new ("attention", "Face,Voice");
  g_autoptr (BsRun) a = made_train (corpus, config);
  made_config_set (config, "threads", "1");
  g_autoptr (BsRun) b = made_train (corpus, config);
  made_config_set (config, "seed", "7");
  g_autoptr (BsRun) c = made_train (corpus, config);
  for (gsize i = 0; i < a->predictions->n; i++)
    g_assert_cmpmem (a->predictions->probabilities[i], sizeof a->predictions->probabilities[i],
                     b->predictions->probabilities[i], sizeof b->predictions->probabilities[i]);
  g_assert_cmpfloat (a->predictions->probabilities[0][0], !=, c->predictions->probabilities[0][0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  for (const char *const *model = bs_model_names (); *model != NULL; model++) {
    g_autofree char *path = g_strdup_printf ("/models/%s", *model);
    g_test_add_data_func (path, *model, test_every_model);
  }
  g_test_add_func ("/models/loss-over-rows", test_the_validation_loss_of_subsamples_is_over_rows);
  g_test_add_func ("/models/subsamples-and-actors", test_subsamples_and_actors);
  g_test_add_func ("/models/fold-of-branches", test_a_fusion_uses_branches_of_its_own_fold);
  g_test_add_func ("/models/branches-again", test_branches_are_found_again);
  g_test_add_func ("/models/all-clips", test_the_network_of_all_clips);
  g_test_add_func ("/models/same-bits", test_same_seed_same_bits);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
