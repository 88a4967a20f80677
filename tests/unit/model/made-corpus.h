/* SPDX-License-Identifier: MIT */
/* A small corpus in a temporary folder whose features follow the labels, for what needs files:
 * five folds, two encoders of different rates ("Face" 25 rows, "Voice" 9), one archive of
 * single vectors ("Vectors_static_features"), and a few test clips. */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "data/bs-corpus.h"
#include "data/bs-file.h"
#include "data/bs-npz.h"
#include "data/bs-random.h"

#define MADE_N_FOLDS 5
#define MADE_PER_FOLD 32
#define MADE_N_TEST 6
#define MADE_FACE_WIDTH 12
#define MADE_VOICE_WIDTH 5

/**
 * MadeCorpus:
 * @permuted_fold: the labels of this fold's clips are exchanged among them; -1 for none
 * @bad_clip: features of this clip hold @bad_value; -1 for none
 * @missing_clip: this clip has no "Voice" features; -1 for none
 */
typedef struct {
  int permuted_fold;
  int bad_clip;
  float bad_value;
  int missing_clip;
} MadeCorpus;

#define MADE_CORPUS_PLAIN ((MadeCorpus){ -1, -1, 0, -1 })

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
made_write (const char *folder, const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  bs_file_write (path, data, size, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
}

static inline void
made_features (const char *folder, const char *clip, const float *truth, gsize n_rows, gsize width,
               float bad_value, BsRandom *random)
{
  g_autofree float *data = g_new (float, n_rows *width);
  for (gsize r = 0; r < n_rows; r++)
    for (gsize c = 0; c < width; c++)
      data[r * width + c] = (float) (2 * truth[c % BS_N_EMOTIONS] * (c < BS_N_EMOTIONS ? 1 : -1) +
                                     bs_random_normal (random));
  if (bad_value != 0)
    data[n_rows * width / 2] = bad_value;
  const gsize shape[] = { n_rows, width };
  g_autofree char *name = g_strconcat (clip, ".npy", NULL);
  made_write (folder, name, bs_npy_from_floats (data, shape, 2));
}

static inline void
made_row (GString *csv, const char *name, int actor, int fold, BsLabel label)
{
  g_string_append_printf (csv, "%s,A%02d,f,%d,%s,1,,,", name, actor, bs_label_is_blend (label),
                          bs_emotion_code ((BsEmotion) label.first));
  if (bs_label_is_blend (label))
    g_string_append_printf (csv, "%s,%d,%d,%d\n", bs_emotion_code ((BsEmotion) label.second),
                            label.first_percent, 100 - label.first_percent, fold);
  else
    g_string_append_printf (csv, ",,,%d\n", fold);
}

static inline BsCorpus *
made_corpus_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BsCorpus *corpus = bs_corpus_open (folder, NULL, &error);
  g_assert_no_error (error);
  return corpus;
}

/* Writes the corpus below a new folder, which is returned. */
static inline char *
made_corpus_write (const MadeCorpus *made)
{
  BsRandom random;
  bs_random_init (&random, 11);
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("blendscope-corpus-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *face = g_build_filename (folder, "Face_train", NULL);
  g_autofree char *voice = g_build_filename (folder, "Voice_train", NULL);
  g_autofree char *face_test = g_build_filename (folder, "Face_test", NULL);
  g_autofree char *voice_test = g_build_filename (folder, "Voice_test", NULL);
  const char *const folders[] = { face, voice, face_test, voice_test };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_assert_cmpint (g_mkdir (folders[i], 0755), ==, 0);
  g_autoptr (GString) train = g_string_new (
    "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
    "emotion_1_salience,emotion_2_salience,fold\n");
  g_autoptr (GString) test = g_string_new ("filename\n");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  float vectors[MADE_N_FOLDS * MADE_PER_FOLD * BS_N_EMOTIONS];
  for (int i = 0; i < MADE_N_FOLDS * MADE_PER_FOLD + MADE_N_TEST; i++) {
    int fold = i / MADE_PER_FOLD, in_fold = i % MADE_PER_FOLD;
    gboolean is_test = fold == MADE_N_FOLDS;
    char *name =
      is_test ? g_strdup_printf ("test_%04d", in_fold + 1) : g_strdup_printf ("clip_%03d", i);
    g_ptr_array_add (names, name);
    BsLabel true_label = made_label ((gsize) (in_fold + fold));
    BsLabel label =
      fold == made->permuted_fold ? made_label ((gsize) (in_fold + fold + 7)) : true_label;
    float truth[BS_N_EMOTIONS];
    bs_label_distribution (true_label, truth);
    float bad = i == made->bad_clip ? made->bad_value : 0;
    made_features (is_test ? face_test : face, name, truth, 25, MADE_FACE_WIDTH, bad, &random);
    if (i != made->missing_clip)
      made_features (is_test ? voice_test : voice, name, truth, 9, MADE_VOICE_WIDTH, 0, &random);
    if (is_test)
      g_string_append_printf (test, "%s\n", name);
    else {
      made_row (train, name, 2 * fold + in_fold % 2, fold, label);
      for (int e = 0; e < BS_N_EMOTIONS; e++)
        vectors[i * BS_N_EMOTIONS + e] = truth[e] + (float) bs_random_normal (&random);
    }
  }
  made_write (folder, "train_metadata.csv", g_bytes_new (train->str, train->len));
  made_write (folder, "test_metadata.csv", g_bytes_new (test->str, test->len));
  g_autoptr (BsNpzWriter) npz = bs_npz_writer_new ();
  const gsize shape[] = { MADE_N_FOLDS * MADE_PER_FOLD, BS_N_EMOTIONS };
  g_autoptr (GBytes) x = bs_npy_from_floats (vectors, shape, 2);
  g_autoptr (GBytes) filenames =
    bs_npy_from_strings ((const char *const *) names->pdata, MADE_N_FOLDS * MADE_PER_FOLD);
  bs_npz_writer_add (npz, "X", x);
  bs_npz_writer_add (npz, "filenames", filenames);
  g_autofree char *path = g_build_filename (folder, "Vectors_static_features.npz", NULL);
  bs_npz_writer_save (npz, path, &error);
  g_assert_no_error (error);
  return folder;
}

static inline void
made_corpus_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      made_corpus_remove (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}
