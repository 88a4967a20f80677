/* SPDX-License-Identifier: MIT */
/* Reading all features of a corpus: on several threads, and seen from outside as on one. */
#include "model/features/bs-aggregate-private.h"
#include "model/features/bs-features.h"

#include <cblas.h>
#include <string.h>

#include "tests/support/bs-made-corpus.h"

#define N_TRAINING (MADE_N_FOLDS * MADE_PER_FOLD)

static const char *const face[] = { "Face", NULL };

typedef struct {
  GThread *thread;
  double last;
} Told;

static void
progress_cb (double fraction, const char *message, gpointer user_data)
{
  Told *told = user_data;
  g_assert_true (g_thread_self () == told->thread);
  g_assert_cmpfloat (fraction, >, told->last);
  told->last = fraction;
}

static void
test_every_row_is_its_clip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Face");
  Told told = { .thread = g_thread_self () };
  g_autoptr (BsFeatures) features = bs_features_load (
    corpus, face, &BS_FEATURE_SPEC_OFFICIAL, BS_CLIPS_TRAINING, progress_cb, &told, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (features->n, ==, N_TRAINING);
  g_assert_cmpfloat (told.last, ==, 1);
  for (gsize i = 0; i < features->n; i++) {
    g_autoptr (BsMatrix) rows = bs_encoder_read (encoder, features->clips[i], &error);
    float expected[BS_N_STATISTICS * MADE_FACE_WIDTH];
    bs_aggregate (rows, expected);
    g_assert_cmpmem (bs_matrix_row (features->rows, i), sizeof expected, expected, sizeof expected);
  }
}

static void
break_features (const TestFolder *folder, BsCorpus *corpus, gsize clip)
{
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_autofree char *name = g_strconcat (bs_metadata_clip (metadata, clip)->filename, ".npy", NULL);
  g_autofree char *path = g_build_filename (folder->path, "Face_train", name, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (path, "no array", -1, NULL));
}

/* Many times, since which thread comes first is chance. */
static void
test_the_first_broken_clip_is_told (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  for (gsize clip = 41; clip < 60; clip++)
    break_features (folder, corpus, clip);
  for (int i = 0; i < 50; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (bs_features_load (corpus, face, &BS_FEATURE_SPEC_OFFICIAL, BS_CLIPS_TRAINING,
                                     NULL, NULL, NULL, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, bs_metadata_clip (metadata, 41)->filename));
  }
}

static void
test_reading_can_be_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_features_load (corpus, face, &BS_FEATURE_SPEC_OFFICIAL, BS_CLIPS_TRAINING, NULL,
                                   NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (4); /* on machines of one core too, and what the tests' setting says */
  g_test_add_func ("/features/rows", test_every_row_is_its_clip);
  g_test_add_func ("/features/first-broken", test_the_first_broken_clip_is_told);
  g_test_add_func ("/features/cancel", test_reading_can_be_cancelled);
  return g_test_run ();
}
