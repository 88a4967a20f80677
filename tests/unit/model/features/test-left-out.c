/* SPDX-License-Identifier: MIT */
/* Feature files that cannot be used, of each kind: their clips are left out, as long as they are
 * few and nobody is strict. */
#include <math.h>

#include "data/corpus/bs-corpus-check.h"
#include "model/features/bs-features.h"
#include "model/features/bs-projection.h"
#include "model/features/bs-samples.h"
#include "tests/support/bs-made-corpus.h"

#define N_TRAINING (MADE_N_FOLDS * MADE_PER_FOLD)

typedef enum {
  UNREADABLE,
  OTHER_WIDTH,
  NO_ROWS,
  NOT_FINITE,
  N_KINDS,
} Kind;

static const char *const encoders[] = { "Voice", NULL };

static void
spoil (TestFolder *folder, gsize clip, Kind kind)
{
  g_autofree char *name = g_strdup_printf ("Voice_train/clip_%03" G_GSIZE_FORMAT ".npy", clip);
  const gsize shape[] = { kind == NO_ROWS ? 0 : 2,
                          kind == OTHER_WIDTH ? MADE_VOICE_WIDTH + 1 : MADE_VOICE_WIDTH };
  float data[2 * (MADE_VOICE_WIDTH + 1)] = { 0 };
  if (kind == NOT_FINITE)
    data[3] = NAN;
  g_autoptr (GBytes) npy = bs_npy_from_floats (data, shape, 2);
  gsize n;
  const void *bytes = g_bytes_get_data (npy, &n);
  test_folder_write_bytes (folder, name, bytes, kind == UNREADABLE ? n - 3 : n);
}

static BsSamples *
load (BsCorpus *corpus, const char *model, GError **error)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  g_assert_true (bs_train_config_set (config, "model", model, error));
  g_assert_true (bs_train_config_set (config, "encoders", encoders[0], error));
  return bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, error);
}

static void
assert_left_out (const BsSamples *samples, gsize clip)
{
  g_assert_cmpuint (samples->n, ==, N_TRAINING - 1);
  for (gsize i = 0; i < samples->n; i++)
    g_assert_cmpuint (samples->clips[i], ==, i + (i >= clip));
}

/* What is left is as if the file had never been there. */
static void
test_one_bad_file_is_left_out (void)
{
  static const char *const models[] = { "linear", "attention" };
  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (gsize m = 0; m < G_N_ELEMENTS (models); m++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
      g_autoptr (TestFolder) other = made_corpus_write (&MADE_CORPUS_PLAIN);
      spoil (folder, 41, kind);
      g_assert_cmpint (g_unlink (test_folder_path (other, "Voice_train/clip_041.npy")), ==, 0);
      g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
      g_autoptr (BsCorpus) without = made_corpus_open (other);
      g_autoptr (BsSamples) samples = load (corpus, models[m], &error);
      g_assert_no_error (error);
      g_autoptr (BsSamples) expected = load (without, models[m], &error);
      g_assert_no_error (error);
      assert_left_out (samples, 41);
      g_autofree gsize *all = g_new (gsize, samples->n);
      for (gsize i = 0; i < samples->n; i++)
        all[i] = i;
      g_autoptr (BsScaler) scaler = bs_samples_fit_scaler (samples, 0, all, samples->n);
      g_autoptr (BsScaler) as_expected = bs_samples_fit_scaler (expected, 0, all, samples->n);
      g_assert_cmpmem (scaler->mean, scaler->n * sizeof (double), as_expected->mean,
                       as_expected->n * sizeof (double));
      const BsProjectionSpec spec = { .n_components = 2 };
      g_autoptr (BsProjection) projection =
        bs_projection_new (corpus, encoders, &spec, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (projection->n, ==, N_TRAINING - 1);
    }
}

static void
test_strictness_stops_at_the_first (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  spoil (folder, 41, NOT_FINITE);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  bs_corpus_set_strict (corpus);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (corpus, i == 0 ? "linear" : "attention", &error));
    test_assert_message (error, "clip_041");
    test_assert_message (error, "[0, 3]");
  }
}

static void
test_more_than_a_tenth_is_an_error (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  for (gsize i = 0; i < N_TRAINING / 10; i++)
    spoil (folder, 7 + i, (Kind) (i % N_KINDS));
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  for (int i = 0; i < 2; i++) {
    const char *model = i == 0 ? "linear" : "attention";
    g_autoptr (GError) error = NULL;
    g_autoptr (BsSamples) samples = load (corpus, model, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (samples->n, ==, N_TRAINING - N_TRAINING / 10);
  }
  spoil (folder, 150, NOT_FINITE);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (corpus, i == 0 ? "linear" : "attention", &error));
    test_assert_message (error, "17 of 160 clips");
    test_assert_message (error, "clip_007");
  }
}

static void
test_they_are_found (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  for (Kind kind = 0; kind < N_KINDS; kind++)
    spoil (folder, 20 + kind, kind);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Voice");
  g_autoptr (GPtrArray) found = bs_corpus_find_unusable (corpus, encoder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, N_KINDS);
  for (guint i = 0; i < found->len; i++) {
    const BsUnusableFeatures *bad = g_ptr_array_index (found, i);
    g_autofree char *file = g_strdup_printf ("Voice_train/clip_%03u.npy", 20 + i);
    g_assert_cmpuint (bad->clip, ==, 20 + i);
    g_assert_nonnull (strstr (bad->reason, file));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/left-out/one", test_one_bad_file_is_left_out);
  g_test_add_func ("/left-out/strict", test_strictness_stops_at_the_first);
  g_test_add_func ("/left-out/many", test_more_than_a_tenth_is_an_error);
  g_test_add_func ("/left-out/found", test_they_are_found);
  return g_test_run ();
}
