/* SPDX-License-Identifier: MIT */
#include "data/corpus/bs-corpus-summary.h"

#include "data/corpus/bs-duration.h"
#include "tests/support/bs-test-folder.h"

static void
append_number (GByteArray *out, guint64 value, int n_bytes)
{
  for (int i = n_bytes; i-- > 0;) {
    guint8 byte = (guint8) (value >> (8 * i));
    g_byte_array_append (out, &byte, 1);
  }
}

static void
append_box (GByteArray *out, const char *type, const GByteArray *contents, gboolean wide)
{
  append_number (out, wide ? 1 : 8 + contents->len, 4);
  g_byte_array_append (out, (const guint8 *) type, 4);
  if (wide)
    append_number (out, 16 + contents->len, 8);
  g_byte_array_append (out, contents->data, contents->len);
}

/* The boxes of a clip: ftyp, mdat before or after moov, and mvhd behind another box in moov. */
static GByteArray *
clip_of (guint32 scale, guint64 length, int version, gboolean wide)
{
  g_autoptr (GByteArray) mvhd = g_byte_array_new (), moov = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  append_number (mvhd, (guint64) version << 24, 4);
  append_number (mvhd, 0, version == 1 ? 8 : 4);
  append_number (mvhd, 0, version == 1 ? 8 : 4);
  append_number (mvhd, scale, 4);
  append_number (mvhd, length, version == 1 ? 8 : 4);
  append_number (mvhd, 0x10000, 4);
  append_number (data, 0x123456789, 8);
  append_box (moov, "free", data, FALSE);
  append_box (moov, "mvhd", mvhd, wide);
  append_box (out, "ftyp", data, FALSE);
  append_box (out, "mdat", data, wide);
  append_box (out, "moov", moov, wide);
  return out;
}

static gboolean
duration_of (const void *data, gsize length, double *seconds)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  return bs_duration_read (test_folder_write_bytes (folder, "x.mov", data, length), seconds);
}

static void
test_lengths_are_read_from_boxes (void)
{
  for (int version = 0; version < 2; version++)
    for (int wide = 0; wide < 2; wide++) {
      g_autoptr (GByteArray) clip = clip_of (600, 1950, version, wide);
      double seconds = 0;
      g_assert_true (duration_of (clip->data, clip->len, &seconds));
      g_assert_cmpfloat (seconds, ==, 3.25);
    }
}

static void
test_what_says_no_length_is_not_known (void)
{
  double seconds = 0;
  g_autoptr (GByteArray) clip = clip_of (600, 1950, 0, FALSE);
  for (guint n = 0; n < clip->len - 4; n++)
    g_assert_false (duration_of (clip->data, n, &seconds));
  static const guint32 odd[][2] = { { 0, 1950 }, { 600, 0 }, { 600, G_MAXUINT32 } };
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autoptr (GByteArray) none = clip_of (odd[i][0], odd[i][1], 0, FALSE);
    g_assert_false (duration_of (none->data, none->len, &seconds));
  }
  static const guint8 loop[] = { 0, 0, 0, 0, 'm', 'o', 'o', 'v', 0, 0, 0, 4, 'm', 'v', 'h', 'd' };
  g_assert_false (duration_of (loop, sizeof loop, &seconds));
  g_assert_false (duration_of ("\x1a\x45\xdf\xa3 matroska", 14, &seconds));
  g_assert_false (bs_duration_read ("nowhere.mov", &seconds));
}

static void
write_clip (TestFolder *folder, const char *name, guint64 milliseconds)
{
  g_autoptr (GByteArray) clip = clip_of (1000, milliseconds, 0, FALSE);
  test_folder_write_bytes (folder, name, clip->data, clip->len);
}

static BsCorpusSummary *
summary_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (path, NULL, &error);
  g_assert_no_error (error);
  BsCorpusSummary *summary = bs_corpus_summary_new (corpus, NULL, &error);
  g_assert_no_error (error);
  return summary;
}

static void
test_a_small_corpus_is_counted (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv",
                     "filename,video_id,gender,fold\n"
                     "A1_ang_int1_ver1,A1,f,0\nA1_mix_ang_sad_30_70_ver1,A1,f,0\n"
                     "A2_mix_ang_sad_50_50_ver1,A2,m,1\nA2_neu_sit1_ver1,A2,m,1\nx,A3,,\n");
  test_folder_write (folder, "test_metadata.csv", "filename\nt1\n");
  write_clip (folder, "v/A1_ang_int1_ver1.mov", 1250);
  write_clip (folder, "v/A2_neu_sit1_ver1.mp4", 1499);
  write_clip (folder, "v/A1_mix_ang_sad_30_70_ver1.mov", 2500);
  write_clip (folder, "v/t1.mov", 60000);
  write_clip (folder, "v/A2_mix_ang_sad_50_50_ver1.mov", 90000000);
  g_autoptr (BsCorpusSummary) s = summary_of (folder->path);
  g_assert_cmpuint (s->n_train, ==, 5);
  g_assert_cmpuint (s->n_test, ==, 1);
  g_assert_cmpuint (s->n_labelled, ==, 4);
  g_assert_cmpuint (s->n_files, ==, 5);
  g_assert_cmpuint (s->classes[BS_EMOTION_ANG], ==, 1);
  g_assert_cmpuint (s->classes[9], ==, 2);
  g_assert_cmpuint (s->ratios[0], ==, 1);
  g_assert_cmpuint (s->ratios[1], ==, 1);
  g_assert_cmpuint (s->ratios[2], ==, 0);
  g_assert_cmpint (s->n_folds, ==, 2);
  g_assert_cmpuint (s->folds[1], ==, 2);
  g_assert_cmpuint (s->fold_blends[1], ==, 1);
  g_assert_cmpuint (s->fold_actors[0], ==, 1);
  g_assert_cmpuint (s->fold_classes[1][BS_EMOTION_NEU], ==, 1);
  g_assert_cmpuint (s->n_actors, ==, 3);
  g_assert_cmpuint (s->actors[2], ==, 1);
  g_assert_cmpuint (s->actor_folds[1 * 2 + 1], ==, 2);
  g_assert_cmpuint (s->actor_folds[1 * 2], ==, 0);
  g_assert_cmpuint (s->n_genders, ==, 3);
  static const BsGenderCount genders[] = { { 0, 2, 1 }, { 'f', 2, 1 }, { 'm', 2, 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (genders); i++) {
    g_assert_cmpint (s->genders[i].letter, ==, genders[i].letter);
    g_assert_cmpuint (s->genders[i].n_clips, ==, genders[i].n_clips);
    g_assert_cmpuint (s->genders[i].n_actors, ==, genders[i].n_actors);
  }
  g_assert_cmpuint (s->singles.n, ==, 2);
  g_assert_cmpfloat (s->singles.min_s, ==, 1.25);
  g_assert_cmpfloat (s->singles.max_s, ==, 1.499);
  g_assert_cmpfloat (s->singles.total_s, ==, 2.749);
  g_assert_cmpuint (s->blends.n, ==, 1);
  g_assert_cmpuint (s->n_bins, ==, 6);
  g_assert_cmpuint (s->singles.bins[2], ==, 2);
  g_assert_cmpuint (s->blends.bins[5], ==, 1);
}

static void
test_counting_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  test_folder_write (folder, "train_metadata.csv", "filename\nx\n");
  g_autoptr (BsCorpus) corpus = bs_corpus_open (folder->path, NULL, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_corpus_summary_new (corpus, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* DOMAIN 3.4 and the reference's README. */
static void
test_the_reference_is_counted (void)
{
  static const gsize folds[5] = { 522, 486, 468, 472, 508 },
                     blends[5] = { 280, 270, 240, 240, 296 };
  static const gsize actors[5] = { 10, 9, 9, 9, 10 }, ratios[3] = { 443, 441, 442 };
  static const gsize classes[BS_N_CLASSES] = { 182, 187, 192, 192, 189, 188, 135, 140,
                                               140, 136, 136, 126, 129, 128, 126, 130 };
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  if (reference == NULL) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: the real counts were NOT tested");
    return;
  }
  g_autoptr (BsCorpusSummary) s = summary_of (reference);
  g_assert_cmpmem (s->folds, sizeof folds, folds, sizeof folds);
  g_assert_cmpmem (s->fold_blends, sizeof blends, blends, sizeof blends);
  g_assert_cmpmem (s->fold_actors, sizeof actors, actors, sizeof actors);
  g_assert_cmpmem (s->classes, sizeof classes, classes, sizeof classes);
  g_assert_cmpmem (s->ratios, sizeof ratios, ratios, sizeof ratios);
  g_assert_cmpuint (s->n_actors, ==, 47);
  g_assert_cmpuint (s->n_files, ==, 0);
  g_assert_cmpuint (s->n_bins, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration/boxes", test_lengths_are_read_from_boxes);
  g_test_add_func ("/duration/unknown", test_what_says_no_length_is_not_known);
  g_test_add_func ("/summary/small", test_a_small_corpus_is_counted);
  g_test_add_func ("/summary/cancel", test_counting_can_be_cancelled);
  g_test_add_func ("/summary/reference", test_the_reference_is_counted);
  return g_test_run ();
}
