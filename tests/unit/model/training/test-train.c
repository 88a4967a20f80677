/* SPDX-License-Identifier: MIT */
#include "model/inference/bs-predict.h"
#include "model/training/bs-train.h"

#include <math.h>

#include "model/decision/bs-tune.h"
#include "model/features/bs-aggregate-private.h"
#include "model/features/bs-features.h"
#include "model/inference/bs-prediction-track.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-same-run.h"

#define N_EPOCHS 8
#define N_CLIPS (MADE_N_FOLDS * MADE_PER_FOLD)

static TestFolder *plain_folder;

static BsTrainConfig *
config_new (const char *protocol, const char *encoders)
{
  static const char *const settings[][2] = {
    { "model", "mlp-256" },
    { "epochs", "8" },
    { "lr", "1e-3" },
    { "threads", "2" },
  };
  g_autoptr (GError) error = NULL;
  BsTrainConfig *config = bs_train_config_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    bs_train_config_set (config, settings[i][0], settings[i][1], &error);
  bs_train_config_set (config, "protocol", protocol, &error);
  bs_train_config_set (config, "encoders", encoders, &error);
  g_assert_no_error (error);
  return config;
}

static void
config_set (BsTrainConfig *config, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  bs_train_config_set (config, key, value, &error);
  g_assert_no_error (error);
}

static BsRun *
train (BsCorpus *corpus, const BsTrainConfig *config)
{
  g_autoptr (GError) error = NULL;
  BsRun *run = bs_train (corpus, config, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return run;
}

/* A run of @protocol on the plain corpus. */
static BsRun *
train_plain (const char *protocol, const char *folds, const char *threads)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new (protocol, "Face,Voice");
  if (folds != NULL)
    config_set (config, "folds", folds);
  config_set (config, "threads", threads);
  return train (corpus, config);
}

static double
score_of (const BsEpoch *row)
{
  return 0.5 * row->acc_presence + 0.5 * row->acc_salience;
}

/* Rows of the history of one fold, in order. */
static GArray *
history_of (const BsRun *run, int fold)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  for (guint i = 0; i < run->history->len; i++) {
    BsEpoch row = g_array_index (run->history, BsEpoch, i);
    if (row.fold == fold)
      g_array_append_val (rows, row);
  }
  return rows;
}

static void
assert_best_is_the_first_best (const BsRun *run, const BsFoldResult *fold, guint n_rows)
{
  g_autoptr (GArray) rows = history_of (run, fold->fold);
  g_assert_cmpuint (rows->len, ==, n_rows);
  guint best = 0;
  for (guint i = 0; i < rows->len; i++) {
    const BsEpoch *row = &g_array_index (rows, BsEpoch, i);
    g_assert_cmpint (row->epoch, ==, (int) i + 1);
    g_assert_true (isfinite (row->train_loss) && isfinite (row->validation_loss));
    if (score_of (row) > score_of (&g_array_index (rows, BsEpoch, best)))
      best = i;
  }
  const BsEpoch *row = &g_array_index (rows, BsEpoch, best);
  g_assert_cmpint (fold->best_epoch, ==, row->epoch);
  g_assert_cmpfloat (fold->alpha, ==, row->alpha);
  g_assert_cmpfloat (fold->beta, ==, row->beta);
}

static void
test_the_official_protocol_keeps_the_first_best_epoch (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsRun) run = train_plain ("official", NULL, "2");
  g_assert_cmpuint (run->predictions->n, ==, N_CLIPS);
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "epochs"), ==, "8");
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "lr"), ==, "0.001");
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new (bs_corpus_metadata (corpus), run->predictions, &error);
  g_assert_no_error (error);
  BsThresholds thresholds = { 0 };
  for (guint k = 0; k < run->folds->len; k++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, k);
    assert_best_is_the_first_best (run, fold, N_EPOCHS);
    thresholds.fold[fold->fold] = (BsThresholdPair){ fold->alpha, fold->beta };
  }
  /* The stored probabilities are those of the kept epoch: its figures follow from them. */
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, &thresholds);
  for (guint k = 0; k < run->folds->len; k++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, k);
    g_autoptr (GArray) rows = history_of (run, fold->fold);
    const BsEpoch *row = &g_array_index (rows, BsEpoch, fold->best_epoch - 1);
    g_assert_cmpfloat (bs_counts_presence (&metrics->fold[fold->fold]), ==, row->acc_presence);
    g_assert_cmpfloat (bs_counts_salience (&metrics->fold[fold->fold]), ==, row->acc_salience);
  }
  g_assert_cmpfloat (metrics->mean_presence, >, 0.4); /* it learns: 16 classes, chance .06 */
}

static void
test_the_same_seed_gives_the_same_bits (void)
{
  g_autoptr (BsRun) a = train_plain ("official", NULL, "1");
  g_autoptr (BsRun) b = train_plain ("official", NULL, "2");
  assert_same_run (a, b);
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new ("official", "Face,Voice");
  config_set (config, "seed", "43");
  g_autoptr (BsRun) other = train (corpus, config);
  const BsFoldResult *x = bs_run_fold (a, 0), *y = bs_run_fold (other, 0);
  g_assert_cmpfloat (bs_fold_result_tensor (x, "0.weight")->data[0], !=,
                     bs_fold_result_tensor (y, "0.weight")->data[0]);
}

static void
test_a_run_of_some_folds_is_completed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new ("official", "Face,Voice");
  g_autoptr (BsRun) whole = train_plain ("official", NULL, "2");
  g_autoptr (BsRun) part = train_plain ("official", "1,3-4", "2");
  g_assert_cmpuint (part->folds->len, ==, 3);
  g_assert_cmpuint (part->predictions->n, ==, 3 * MADE_PER_FOLD);
  g_autoptr (BsRun) both = bs_train_resume (corpus, config, part, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same_run (whole, both);
  config_set (config, "lr", "0.002");
  g_assert_null (bs_train_resume (corpus, config, part, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "lr"));
}

/* Trains fold 2 on a corpus whose fold 2 has other labels. */
static BsRun *
train_fold_2_permuted (const char *protocol)
{
  MadeCorpus made = MADE_CORPUS_PLAIN;
  made.permuted_fold = 2;
  g_autoptr (TestFolder) folder = made_corpus_write (&made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new (protocol, "Face,Voice");
  config_set (config, "folds", "2");
  BsRun *run = train (corpus, config);
  return run;
}

static void
test_the_honest_protocol_never_sees_the_reported_fold (void)
{
  g_autoptr (BsRun) plain = train_plain ("honest", "2", "1");
  g_autoptr (BsRun) permuted = train_fold_2_permuted ("honest");
  assert_same_run (plain, permuted);
  const BsFoldResult *fold = bs_run_fold (plain, 2);
  assert_best_is_the_first_best (plain, fold, N_EPOCHS);
  /* It was trained again on the other four folds. */
  g_assert_cmpuint (fold->train_predictions->n, ==, 4 * MADE_PER_FOLD);

  g_autoptr (BsRun) official = train_plain ("official", "2", "1");
  g_autoptr (BsRun) official_permuted = train_fold_2_permuted ("official");
  g_assert_cmpfloat (g_array_index (official->history, BsEpoch, 0).validation_loss, !=,
                     g_array_index (official_permuted->history, BsEpoch, 0).validation_loss);
}

/* The epoch and pair that the honest protocol took are those of its inner fold: the same
 * network judged on fold 3 alone, of which fold 2's run knows nothing else. */
static void
test_the_honest_protocol_uses_the_next_fold (void)
{
  MadeCorpus made = MADE_CORPUS_PLAIN;
  made.permuted_fold = 3;
  g_autoptr (TestFolder) folder = made_corpus_write (&made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("honest", "Face,Voice");
  config_set (config, "folds", "2");
  g_autoptr (BsRun) permuted = train (corpus, config);
  g_autoptr (BsRun) plain = train_plain ("honest", "2", "1");
  for (guint i = 0; i < N_EPOCHS; i++) {
    const BsEpoch *a = &g_array_index (plain->history, BsEpoch, i);
    const BsEpoch *b = &g_array_index (permuted->history, BsEpoch, i);
    g_assert_cmpfloat (a->train_loss, ==, b->train_loss);
    g_assert_cmpfloat (a->validation_loss, !=, b->validation_loss);
  }
}

static void
test_paper_000_tunes_on_the_training_side (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new ("paper-000", "Face");
  config_set (config, "epochs", "60");
  config_set (config, "patience", "3");
  g_autoptr (BsRun) run = train (corpus, config);
  gboolean has_stopped = FALSE;
  for (guint k = 0; k < run->folds->len; k++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, k);
    g_autoptr (GArray) rows = history_of (run, fold->fold);
    g_assert_cmpint ((int) rows->len, ==, MIN (60, fold->best_epoch + 3));
    has_stopped |= rows->len < 60;
    assert_best_is_the_first_best (run, fold, rows->len);
    g_autoptr (BsEvaluationSet) cases =
      bs_evaluation_set_new (bs_corpus_metadata (corpus), fold->train_predictions, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (cases->n, ==, 4 * MADE_PER_FOLD);
    g_autofree gint8 *together = g_new0 (gint8, cases->n);
    g_autoptr (BsEvaluationSet) pooled =
      bs_evaluation_set_new_from_arrays (cases->n, cases->truth, together, cases->actor,
                                         (const double (*)[BS_N_EMOTIONS]) cases->p, NULL);
    BsOptimum optimum = { 0 };
    bs_tune_fold (pooled, 0, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &optimum);
    g_assert_cmpfloat (optimum.pair.alpha, ==, fold->alpha);
    g_assert_cmpfloat (optimum.pair.beta, ==, fold->beta);
    bs_optimum_clear (&optimum);
  }
  g_assert_true (has_stopped);
}

static void
test_a_run_repeats_its_own_predictions (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new ("official", MADE_VECTORS ",Face");
  config_set (config, "model", "linear");
  g_autoptr (BsRun) run = train (corpus, config);
  g_autoptr (BsPredictions) again = bs_predict (corpus, run, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n, ==, N_CLIPS);
  for (gsize i = 0; i < again->n; i++) {
    g_assert_cmpstr (again->filenames[i], ==, run->predictions->filenames[i]);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat_with_epsilon (again->probabilities[i][e],
                                      run->predictions->probabilities[i][e], 1e-6);
  }
}

static void
test_test_clips_get_the_mean_of_the_folds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsRun) run = train_plain ("official", NULL, "2");
  g_autoptr (BsPredictions) all = bs_predict (corpus, run, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->n, ==, MADE_N_TEST);
  double sum[MADE_N_TEST][BS_N_EMOTIONS] = { 0 };
  for (int k = 0; k < MADE_N_FOLDS; k++) {
    g_autofree char *folds = g_strdup_printf ("%d", k);
    g_autoptr (BsRun) one = train_plain ("official", folds, "1");
    g_autoptr (BsPredictions) p = bs_predict (corpus, one, TRUE, NULL, &error);
    g_assert_no_error (error);
    for (gsize i = 0; i < p->n; i++)
      for (int e = 0; e < BS_N_EMOTIONS; e++)
        sum[i][e] += p->probabilities[i][e] / MADE_N_FOLDS;
  }
  for (gsize i = 0; i < all->n; i++) {
    g_assert_cmpint (all->folds[i], ==, -1);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat_with_epsilon (all->probabilities[i][e], sum[i][e], 1e-12);
  }
}

typedef struct {
  GCancellable *cancellable;
  int n_epochs;
  double fraction;
  GThread *thread;
} Watch;

static void
cancel_at_7_cb (const BsEpoch *epoch, gpointer user_data)
{
  Watch *watch = user_data;
  if (++watch->n_epochs == 7)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_a_cancelled_training_leaves_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsTrainConfig) config = config_new ("official", "Face,Voice");
  config_set (config, "epochs", "100000");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable };
  g_assert_null (bs_train (corpus, config, cancel_at_7_cb, NULL, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
watch_epoch_cb (const BsEpoch *epoch, gpointer user_data)
{
  Watch *watch = user_data;
  g_assert_true (watch->thread == g_thread_self ());
  watch->n_epochs++;
}

static void
watch_progress_cb (double fraction, const char *message, gpointer user_data)
{
  Watch *watch = user_data;
  g_assert_true (watch->thread == g_thread_self ());
  g_assert_cmpfloat (fraction, >=, watch->fraction);
  g_assert_cmpfloat (fraction, <=, 1 + 1e-9);
  watch->fraction = fraction;
}

static void
test_progress_comes_on_the_calling_thread_and_grows (void)
{
  static const char *const protocols[] = { "official", "honest" };
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsTrainConfig) config = config_new (protocols[i], "Face");
    Watch watch = { .thread = g_thread_self () };
    g_autoptr (BsRun) run =
      bs_train (corpus, config, watch_epoch_cb, watch_progress_cb, &watch, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (run);
    g_assert_cmpint (watch.n_epochs, ==, N_EPOCHS * MADE_N_FOLDS);
    g_assert_cmpfloat_with_epsilon (watch.fraction, 1, 1e-9);
  }
}

/* What a training on a corpus made so says; each part must be in the message. */
static void
assert_fails (const MadeCorpus *made, const char *encoders, const char *folds, BsError code,
              const char *const *parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = made_corpus_write (made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  bs_corpus_set_strict (corpus);
  g_autoptr (BsTrainConfig) config = config_new ("official", encoders);
  if (folds != NULL)
    config_set (config, "folds", folds);
  g_assert_null (bs_train (corpus, config, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, (int) code);
  for (; *parts != NULL; parts++)
    g_assert_nonnull (strstr (error->message, *parts));
}

static void
test_what_cannot_be_trained_is_said (void)
{
  MadeCorpus made = MADE_CORPUS_PLAIN;
  assert_fails (&made, "Face,Smell", NULL, BS_ERROR_MISSING, (const char *[]){ "Smell", NULL });
  assert_fails (&made, "Face", "5", BS_ERROR_MISSING, (const char *[]){ "no fold \"5\"", NULL });
  made.bad_clip = 40;
  made.bad_value = NAN;
  assert_fails (&made, "Voice,Face", NULL, BS_ERROR_VALUE,
                (const char *[]){ "Face", "clip_040", NULL });
  /* Finite, but beyond what float32 can scale: clip 40 lies in fold 1. */
  made.bad_value = 3e38f;
  assert_fails (&made, "Face", "1", BS_ERROR_NUMERIC,
                (const char *[]){ "fold 1", "epoch", "clip_040", NULL });
}

static void
test_only_clips_that_every_encoder_has_take_part (void)
{
  g_autoptr (GError) error = NULL;
  MadeCorpus made = MADE_CORPUS_PLAIN;
  made.missing_clip = 5;
  g_autoptr (TestFolder) folder = made_corpus_write (&made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  static const char *const both[] = { "Voice", "Face", NULL };
  g_autoptr (BsFeatures) features = bs_features_load (corpus, both, &BS_FEATURE_SPEC_OFFICIAL,
                                                      BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (features->n, ==, N_CLIPS - 1);
  g_assert_cmpuint (features->rows->n_cols, ==,
                    BS_N_STATISTICS * (MADE_FACE_WIDTH + MADE_VOICE_WIDTH));
  for (gsize i = 0; i < features->n; i++)
    g_assert_cmpuint (features->clips[i], !=, 5);
  /* In the order asked for. */
  g_autoptr (BsMatrix) voice =
    bs_encoder_read (bs_corpus_find_encoder (corpus, "Voice"), features->clips[9], &error);
  float expected[BS_N_STATISTICS * MADE_VOICE_WIDTH];
  bs_aggregate (voice, expected);
  g_assert_cmpmem (bs_matrix_row (features->rows, 9), sizeof expected, expected, sizeof expected);
}

static void
test_track_over_a_clip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsRun) run = train_plain ("official", NULL, "2");
  const gsize clip = 70;
  const double *judged = run->predictions->probabilities[clip];

  /* As long as a window: the whole clip, judged by the network that held it out. */
  g_autoptr (BsPredictionTrack) whole =
    bs_prediction_track_new (corpus, run, clip, 1.5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->n, ==, 1);
  g_assert_cmpfloat (whole->centre_s[0], ==, 0.75);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    g_assert_cmpfloat_with_epsilon (whole->p[0][e], judged[e], 1e-6);

  g_autoptr (BsPredictionTrack) track =
    bs_prediction_track_new (corpus, run, clip, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (track->n, ==, 16);
  g_assert_cmpfloat_with_epsilon (track->centre_s[15], 4, 1e-9);
  double p[BS_N_EMOTIONS], sum = 0;
  bs_prediction_track_at (track, 1.1, p);
  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    g_assert_cmpfloat_with_epsilon (p[e], (track->p[0][e] + track->p[1][e]) / 2, 1e-9);
    sum += p[e];
  }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  bs_prediction_track_at (track, 99, p);
  g_assert_cmpfloat (p[0], ==, track->p[15][0]);
  bs_prediction_track_at (track, 0, p);
  g_assert_cmpfloat (p[0], ==, track->p[0][0]);

  /* Slower encoders than windows: every window has a row all the same. */
  g_autoptr (BsPredictionTrack) slow =
    bs_prediction_track_new (corpus, run, clip, 120, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (slow->n, ==, 591);
  g_assert_null (bs_prediction_track_new (corpus, run, clip, 0, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
}

static void
test_track_of_a_test_clip_is_the_mean (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (plain_folder);
  g_autoptr (BsRun) run = train_plain ("official", NULL, "2");
  g_autoptr (BsPredictions) p = bs_predict (corpus, run, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsPredictionTrack) track =
    bs_prediction_track_new (corpus, run, N_CLIPS, 2, NULL, &error);
  g_assert_no_error (error);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    g_assert_cmpfloat_with_epsilon (track->p[0][e], p->probabilities[0][e], 1e-6);
}

static void
test_settings_are_checked (void)
{
  static const char *const bad[][2] = {
    { "model", "mlp" },     { "epochs", "0" },     { "epochs", "1.5" },  { "lr", "0" },
    { "lr", "1e-3x" },      { "lr", "nan" },       { "folds", " ," },    { "folds", "" },
    { "encoders", "a,,b" }, { "encoders", "a,a" }, { "batch", "-1" },    { "protocol", "exact" },
    { "speed", "9" },       { "seed", "-1" },      { "preset", "fast" },
  };
  g_autoptr (BsTrainConfig) config = config_new ("official", "Face");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (bs_train_config_set (config, bad[i][0], bad[i][1], &error));
    g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
    g_assert_nonnull (strstr (error->message, bad[i][0]));
  }
  config_set (config, "folds", "0-2,4");
  g_assert_cmpstr (config->folds, ==, "0-2,4");
  g_autoptr (GError) error = NULL;
  g_assert_true (bs_train_config_check (config, &error));
  config->learning_rate = -1;
  g_assert_false (bs_train_config_check (config, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  plain_folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_test_add_func ("/train/official", test_the_official_protocol_keeps_the_first_best_epoch);
  g_test_add_func ("/train/same-bits", test_the_same_seed_gives_the_same_bits);
  g_test_add_func ("/train/resume", test_a_run_of_some_folds_is_completed);
  g_test_add_func ("/train/honest", test_the_honest_protocol_never_sees_the_reported_fold);
  g_test_add_func ("/train/honest-inner", test_the_honest_protocol_uses_the_next_fold);
  g_test_add_func ("/train/paper-000", test_paper_000_tunes_on_the_training_side);
  g_test_add_func ("/train/repeat", test_a_run_repeats_its_own_predictions);
  g_test_add_func ("/train/test-part", test_test_clips_get_the_mean_of_the_folds);
  g_test_add_func ("/train/cancel", test_a_cancelled_training_leaves_nothing);
  g_test_add_func ("/train/progress", test_progress_comes_on_the_calling_thread_and_grows);
  g_test_add_func ("/train/errors", test_what_cannot_be_trained_is_said);
  g_test_add_func ("/train/clips", test_only_clips_that_every_encoder_has_take_part);
  g_test_add_func ("/train/track", test_track_over_a_clip);
  g_test_add_func ("/train/track-test-part", test_track_of_a_test_clip_is_the_mean);
  g_test_add_func ("/train/settings", test_settings_are_checked);
  int status = g_test_run ();
  test_folder_free (plain_folder);
  return status;
}
