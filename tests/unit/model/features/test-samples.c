/* SPDX-License-Identifier: MIT */
#include "model/features/bs-batch-loader.h"
#include "model/features/bs-samples.h"

#include <math.h>
#include <string.h>

#include "model/features/bs-features.h"
#include "model/features/bs-windows.h"
#include "tests/support/bs-made-corpus.h"

static TestFolder *folder;

static BsTrainConfig *
config_new (const char *model, const char *encoders)
{
  g_autoptr (GError) error = NULL;
  BsTrainConfig *config = bs_train_config_new ();
  bs_train_config_set (config, "model", model, &error);
  bs_train_config_set (config, "encoders", encoders, &error);
  g_assert_no_error (error);
  return config;
}

static BsSamples *
load (const BsTrainConfig *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  BsSamples *samples =
    bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return samples;
}

static void
test_moments_of_groups_are_those_of_their_rows (void)
{
  g_autoptr (BsMatrix) rows = bs_matrix_new (50, 3);
  g_autoptr (BsMoments) moments = bs_moments_new (3, 3);
  gsize index[50], n = 0;
  BsRandom random;
  bs_random_init (&random, 1);
  for (gsize i = 0; i < 50; i++) {
    for (gsize c = 0; c < 2; c++)
      bs_matrix_row (rows, i)[c] = (float) (1e4 * (double) c + bs_random_normal (&random));
    bs_matrix_row (rows, i)[2] = 7;
    bs_moments_add (moments, i % 3, bs_matrix_row (rows, i));
    if (i % 3 != 1)
      index[n++] = i;
  }
  const gboolean wanted[] = { TRUE, FALSE, TRUE };
  g_autoptr (BsScaler) a = bs_moments_to_scaler (moments, wanted);
  g_autoptr (BsScaler) b = bs_scaler_fit (rows, index, n);
  for (gsize c = 0; c < 3; c++) {
    g_assert_cmpfloat_with_epsilon (a->mean[c], b->mean[c], 1e-6 * (1 + fabs (b->mean[c])));
    g_assert_cmpfloat_with_epsilon (a->scale[c], b->scale[c], 1e-6);
  }
  g_assert_cmpfloat (a->scale[2], ==, 1); /* constant */
}

static void
test_a_long_sequence_gives_a_row_of_each_segment (void)
{
  BsRandom random;
  bs_random_init (&random, 3);
  g_assert_cmpuint (bs_samples_pick_row (4, 4, 3, NULL), ==, 3);
  g_assert_cmpuint (bs_samples_pick_row (3, 8, 2, &random), ==, 2);
  for (gsize n_rows = 5; n_rows < 40; n_rows++)
    for (gsize t = 0; t < 5; t++) {
      gsize from = t * n_rows / 5, to = (t + 1) * n_rows / 5;
      gsize middle = bs_samples_pick_row (n_rows, 5, t, NULL);
      gsize any = bs_samples_pick_row (n_rows, 5, t, &random);
      g_assert_cmpuint (middle, ==, (from + to - 1) / 2);
      g_assert_true (from <= any && any < to);
    }
}

static void
test_every_row_of_a_segment_is_drawn_equally_often (void)
{
  guint counts[10] = { 0 };
  BsRandom random;
  bs_random_init (&random, 11);
  for (int i = 0; i < 20000; i++)
    counts[bs_samples_pick_row (30, 3, 1, &random) - 10]++;
  double chi = 0;
  for (int r = 0; r < 10; r++)
    chi += (counts[r] - 2000.0) * (counts[r] - 2000.0) / 2000.0;
  g_assert_cmpfloat (chi, <, 27.88); /* 9 degrees of freedom, p = .001 */
}

static void
gather_all (const BsSamples *samples, const BsSample *wanted, gsize n, BsBatch *batch,
            BsBatchLoader **gather)
{
  g_autoptr (GError) error = NULL;
  BsScaler *plain[BS_BATCH_MAX_MODALITIES];
  for (guint m = 0; m < samples->n_modalities; m++)
    plain[m] = bs_scaler_new (samples->widths[m]);
  *gather = bs_batch_loader_new (samples, n);
  bs_batch_loader_load (*gather, plain, wanted, n, NULL, batch, &error);
  g_assert_no_error (error);
  for (guint m = 0; m < samples->n_modalities; m++)
    bs_scaler_free (plain[m]);
}

static void
test_sequences_are_packed_without_padding (void)
{
  g_autoptr (BsTrainConfig) config = config_new ("attention", "Face,Voice");
  bs_train_config_set (config, "length", "16", NULL);
  g_autoptr (BsSamples) samples = load (config);
  g_autoptr (BsBatchLoader) gather = NULL;
  const BsSample wanted[] = { { 5, 0 }, { 0, 0 } };
  BsBatch batch;
  gather_all (samples, wanted, 2, &batch, &gather);
  g_assert_cmpuint (batch.n_modalities, ==, 2);
  g_assert_cmpuint (bs_batch_n_rows (&batch, 0), ==, 32); /* 25 rows in 16 segments */
  g_assert_cmpuint (bs_batch_n_rows (&batch, 1), ==, 18); /* 9 rows as they are */
  g_assert_cmpuint (batch.modalities[1].offsets[1], ==, 9);
  const BsSequence *voice = g_ptr_array_index (samples->sequences, 5 * 2 + 1);
  float row[MADE_VOICE_WIDTH];
  bs_sequence_read (voice, &(const gsize){ 3 }, 1, row, NULL);
  g_assert_cmpmem (row, sizeof row, batch.modalities[1].rows + 3 * MADE_VOICE_WIDTH, sizeof row);
}

static void
test_subsamples_are_the_rows_of_each_clip (void)
{
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "Voice");
  bs_train_config_set (config, "features", "subsample", NULL);
  g_autoptr (BsSamples) samples = load (config);
  const gsize index[] = { 3, 7 };
  g_autoptr (GArray) list = bs_samples_list (samples, index, 2);
  g_assert_cmpuint (list->len, ==, 18);
  g_assert_cmpuint (g_array_index (list, BsSample, 9).clip, ==, 7);
  g_assert_cmpuint (g_array_index (list, BsSample, 10).row, ==, 1);
  g_autoptr (BsScaler) scaler = bs_samples_fit_scaler (samples, 0, index, 2);
  g_assert_cmpuint (scaler->n, ==, MADE_VOICE_WIDTH);
}

static void
test_actors_are_standardised_by_themselves (void)
{
  g_autoptr (BsTrainConfig) config = config_new ("attention", "Face,Voice");
  bs_train_config_set (config, "normalise", "actor", NULL);
  bs_train_config_set (config, "length", "4096", NULL);
  g_autoptr (BsSamples) samples = load (config);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (BsSample));
  for (guint32 i = 0; i < samples->n; i++)
    if (samples->actors[i] == samples->actors[0]) {
      BsSample sample = { i, 0 };
      g_array_append_val (wanted, sample);
    }
  g_autoptr (BsBatchLoader) gather = NULL;
  BsBatch batch;
  gather_all (samples, (const BsSample *) wanted->data, wanted->len, &batch, &gather);
  for (guint m = 0; m < 2; m++)
    for (gsize c = 0; c < samples->widths[m]; c++) {
      double sum = 0, squares = 0;
      gsize n = bs_batch_n_rows (&batch, m);
      for (gsize r = 0; r < n; r++) {
        double x = batch.modalities[m].rows[r * samples->widths[m] + c];
        sum += x;
        squares += x * x;
      }
      g_assert_cmpfloat_with_epsilon (sum / (double) n, 0, 1e-5);
      g_assert_cmpfloat_with_epsilon (squares / (double) n, 1, 1e-4);
    }
}

/* A window over the whole clip says what the clip says, in every form. */
static void
assert_whole_window (const char *model, const char *encoders, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new (model, encoders);
  if (key != NULL)
    bs_train_config_set (config, key, value, &error);
  g_assert_no_error (error);
  g_autoptr (BsSamples) clips = load (config);
  const double centre = 1;
  const BsWindows windows = { clips->clips[4], 2, 2, 1, &centre };
  g_autoptr (BsSamples) window = bs_samples_new_windows (corpus, config, &windows, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsBatchLoader) gather_a = NULL, gather_b = NULL;
  BsBatch a, b;
  gather_all (clips, &(BsSample){ 4, 0 }, 1, &a, &gather_a);
  gather_all (window, &(BsSample){ 0, 0 }, 1, &b, &gather_b);
  for (guint m = 0; m < clips->n_modalities; m++) {
    gsize n = bs_batch_n_rows (&a, m) * clips->widths[m] * sizeof (BsReal);
    g_assert_cmpmem (a.modalities[m].rows, n, b.modalities[m].rows,
                     bs_batch_n_rows (&b, m) * window->widths[m] * sizeof (BsReal));
  }
}

static void
test_a_window_over_the_whole_clip_is_the_clip (void)
{
  assert_whole_window ("mlp-512", "Face,Voice," MADE_VECTORS, NULL, NULL);
  assert_whole_window ("mlp-1024-512", "Face,Voice", NULL, NULL);
  assert_whole_window ("mlp-1024-512", "Voice", "segment-join", "concat");
  assert_whole_window ("attention", "Face,Voice", "length", "8");
  assert_whole_window ("attention", "Face,Voice", "normalise", "actor");
  assert_whole_window ("linear", "Face", "features", "subsample");
  assert_whole_window ("mlp-256", "Face", "normalise", "actor");
}

static void
test_what_is_wrong_is_named (void)
{
  const struct {
    const char *model, *encoders, *key, *value, *says;
  } cases[] = {
    { "mlp-256", "Face,Voice", "features", "subsample", "*rows of one encoder*" },
    { "attention-pool", "Nose", NULL, NULL, "*no encoder \"Nose\"*" },
  };
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsTrainConfig) config = config_new (cases[i].model, cases[i].encoders);
    if (cases[i].key != NULL)
      bs_train_config_set (config, cases[i].key, cases[i].value, NULL);
    g_assert_null (bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error));
    g_assert_true (g_pattern_match_simple (cases[i].says, error->message));
  }
}

static void
test_a_number_that_is_none_names_clip_and_place (void)
{
  MadeCorpus bad = MADE_CORPUS_PLAIN;
  bad.bad_clip = 3;
  bad.bad_value = NAN;
  TestFolder *with_nan = made_corpus_write (&bad);
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (with_nan);
  bs_corpus_set_strict (corpus);
  g_autoptr (BsTrainConfig) config = config_new ("bilstm", "Face");
  g_assert_null (bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "Face"));
  g_assert_nonnull (strstr (error->message, "finite"));
  test_folder_free (with_nan);
}

/* Bytes that this process has read so far, as the kernel counts them. */
static guint64
bytes_read (void)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/io", &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "rchar: "));
  return g_ascii_strtoull (text + strlen ("rchar: "), NULL, 10);
}

/* Statistics and the search for what is not finite go over the same reading. */
static void
test_rows_are_read_once (void)
{
  const gsize shape[] = { 600, 40 }, n = shape[0] * shape[1],
              n_clips = MADE_N_FOLDS * MADE_PER_FOLD;
  g_autoptr (TestFolder) own = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autofree float *values = g_new0 (float, n);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) (i % 17);
  g_autoptr (GBytes) npy = bs_npy_from_floats (values, shape, 2);
  gsize size = 0;
  const void *bytes = g_bytes_get_data (npy, &size);
  for (gsize i = 0; i < n_clips; i++) {
    g_autofree char *name = g_strdup_printf ("Long_train/clip_%03zu.npy", i);
    test_folder_write_bytes (own, name, bytes, size);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (own);
  g_autoptr (BsTrainConfig) config = config_new ("attention", "Long");
  guint64 before = bytes_read ();
  g_autoptr (BsSamples) samples =
    bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  guint64 read = bytes_read () - before;
  g_test_message ("%.2f times the files", (double) read / (double) (n_clips * size));
  g_assert_cmpuint (samples->n, ==, n_clips);
  g_assert_cmpuint (read, >=, n_clips * n * sizeof (float));
  g_assert_cmpuint (read, <, n_clips * size * 11 / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_test_add_func ("/samples/read-once", test_rows_are_read_once);
  g_test_add_func ("/samples/moments", test_moments_of_groups_are_those_of_their_rows);
  g_test_add_func ("/samples/segments", test_a_long_sequence_gives_a_row_of_each_segment);
  g_test_add_func ("/samples/draws", test_every_row_of_a_segment_is_drawn_equally_often);
  g_test_add_func ("/samples/packed", test_sequences_are_packed_without_padding);
  g_test_add_func ("/samples/subsamples", test_subsamples_are_the_rows_of_each_clip);
  g_test_add_func ("/samples/actors", test_actors_are_standardised_by_themselves);
  g_test_add_func ("/samples/windows", test_a_window_over_the_whole_clip_is_the_clip);
  g_test_add_func ("/samples/errors", test_what_is_wrong_is_named);
  g_test_add_func ("/samples/not-a-number", test_a_number_that_is_none_names_clip_and_place);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
