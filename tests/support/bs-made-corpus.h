/* SPDX-License-Identifier: MIT */
/* A small corpus in a temporary folder whose features follow the labels, for what needs files:
 * five folds, two encoders of different rates ("Face" 25 rows, "Voice" 9), an archive of one
 * vector a clip that says nothing (MADE_VECTORS), and a few test clips. */
#pragma once

#include "data/base/bs-random.h"
#include "data/corpus/bs-corpus.h"
#include "data/format/bs-npz.h"
#include "tests/support/bs-test-folder.h"

#define MADE_N_FOLDS 5
#define MADE_PER_FOLD 32
#define MADE_N_TEST 6
#define MADE_FACE_WIDTH 12
#define MADE_VOICE_WIDTH 5
#define MADE_VECTORS "Vectors_static_features"

/**
 * MadeCorpus:
 * @permuted_fold: the labels of this fold's clips are exchanged among them; -1 for none
 * @bad_clip: features of this clip hold @bad_value; -1 for none
 * @missing_clip: this clip has no "Voice" features; -1 for none
 * @fold_names: (nullable) (array length=MADE_N_FOLDS): what the metadata call the folds, in the
 *   order of their ranks; %NULL for their numbers
 */
typedef struct {
  int permuted_fold;
  int bad_clip;
  float bad_value;
  int missing_clip;
  const char *const *fold_names;
} MadeCorpus;

#define MADE_CORPUS_PLAIN ((MadeCorpus){ -1, -1, 0, -1, NULL })

static inline BsLabel
made_label (gsize i)
{
  static const gint8 percents[] = { 30, 50, 70 };
  if (i % 2 == 0)
    return bs_label_single ((BsEmotion) (i / 2 % BS_N_EMOTIONS));
  BsLabel label = bs_label_from_class (BS_N_EMOTIONS + (int) (i / 2 % BS_N_PAIRS));
  label.first_percent = percents[i / 2 % 3];
  return label;
}

static inline void
made_features (TestFolder *folder, const char *encoder, const char *clip, const float *truth,
               gsize n_rows, gsize width, float bad_value, BsRandom *random)
{
  g_autofree float *data = g_new (float, n_rows *width);
  for (gsize r = 0; r < n_rows; r++)
    for (gsize c = 0; c < width; c++)
      data[r * width + c] = (float) (2 * truth[c % BS_N_EMOTIONS] * (c < BS_N_EMOTIONS ? 1 : -1) +
                                     bs_random_normal (random));
  if (bad_value != 0)
    data[n_rows * width / 2] = bad_value;
  const gsize shape[] = { n_rows, width };
  g_autofree char *name = g_strdup_printf ("%s/%s.npy", encoder, clip);
  g_autoptr (GBytes) npy = bs_npy_from_floats (data, shape, 2);
  gsize size = 0;
  const void *bytes = g_bytes_get_data (npy, &size);
  test_folder_write_bytes (folder, name, bytes, size);
}

static inline void
made_row (GString *csv, const char *name, int actor, const char *fold, BsLabel label)
{
  g_string_append_printf (csv, "%s,A%02d,f,%d,%s,1,,,", name, actor, bs_label_is_blend (label),
                          bs_emotion_code ((BsEmotion) label.first));
  if (bs_label_is_blend (label))
    g_string_append_printf (csv, "%s,%d,%d,%s\n", bs_emotion_code ((BsEmotion) label.second),
                            label.first_percent, 100 - label.first_percent, fold);
  else
    g_string_append_printf (csv, ",,,%s\n", fold);
}

static inline BsCorpus *
made_corpus_open (const TestFolder *folder)
{
  g_autoptr (GError) error = NULL;
  BsCorpus *corpus = bs_corpus_open (folder->path, NULL, &error);
  g_assert_no_error (error);
  return corpus;
}

/* One vector a clip, in an archive. */
static inline void
made_vectors (TestFolder *folder, const char *const *names, BsRandom *random)
{
  g_autoptr (GError) error = NULL;
  const gsize n = MADE_N_FOLDS * MADE_PER_FOLD, shape[] = { n, BS_N_EMOTIONS };
  g_autofree float *vectors = g_new (float, n *BS_N_EMOTIONS);
  for (gsize i = 0; i < n * BS_N_EMOTIONS; i++)
    vectors[i] = (float) bs_random_normal (random);
  g_autoptr (BsNpzWriter) npz = bs_npz_writer_new ();
  g_autoptr (GBytes) x = bs_npy_from_floats (vectors, shape, 2);
  g_autoptr (GBytes) filenames = bs_npy_from_strings (names, n);
  bs_npz_writer_add (npz, "X", x);
  bs_npz_writer_add (npz, "filenames", filenames);
  bs_npz_writer_save (npz, test_folder_path (folder, MADE_VECTORS ".npz"), &error);
  g_assert_no_error (error);
}

/* Writes the corpus into a folder of its own. */
static inline TestFolder *
made_corpus_write (const MadeCorpus *made)
{
  static const char *const numbers[MADE_N_FOLDS] = { "0", "1", "2", "3", "4" };
  BsRandom random;
  bs_random_init (&random, 11);
  TestFolder *folder = test_folder_new ();
  g_autoptr (GString) train = g_string_new (
    "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
    "emotion_1_salience,emotion_2_salience,fold\n");
  g_autoptr (GString) test = g_string_new ("filename\n");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < MADE_N_FOLDS * MADE_PER_FOLD + MADE_N_TEST; i++) {
    int fold = i / MADE_PER_FOLD, in_fold = i % MADE_PER_FOLD;
    gboolean is_test = fold == MADE_N_FOLDS;
    char *name =
      is_test ? g_strdup_printf ("test_%04d", in_fold + 1) : g_strdup_printf ("clip_%03d", i);
    g_ptr_array_add (names, name);
    BsLabel shown = made_label ((gsize) (in_fold + fold));
    BsLabel said = fold == made->permuted_fold ? made_label ((gsize) (in_fold + fold + 7)) : shown;
    float truth[BS_N_EMOTIONS];
    bs_label_distribution (shown, truth);
    made_features (folder, is_test ? "Face_test" : "Face_train", name, truth, 25, MADE_FACE_WIDTH,
                   i == made->bad_clip ? made->bad_value : 0, &random);
    if (i != made->missing_clip)
      made_features (folder, is_test ? "Voice_test" : "Voice_train", name, truth, 9,
                     MADE_VOICE_WIDTH, 0, &random);
    if (is_test)
      g_string_append_printf (test, "%s\n", name);
    else
      made_row (train, name, 2 * fold + in_fold % 2,
                made->fold_names != NULL ? made->fold_names[fold] : numbers[fold], said);
  }
  test_folder_write (folder, "train_metadata.csv", train->str);
  test_folder_write (folder, "test_metadata.csv", test->str);
  made_vectors (folder, (const char *const *) names->pdata, &random);
  return folder;
}
