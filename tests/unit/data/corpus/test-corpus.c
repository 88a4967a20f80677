/* SPDX-License-Identifier: MIT */
#include "data/corpus/bs-corpus-private.h"

#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/corpus/bs-listing.h"
#include "data/format/bs-npz.h"
#include "tests/support/bs-test-folder.h"

#define TRAIN "filename,emotion_1,fold\na,hap,0\nb,sad,1\nc,neu,2\n"
#define TEST "filename\nt1\nt2\n"

static BsCorpus *
open_corpus (TestFolder *folder)
{
  g_autoptr (GError) error = NULL;
  BsCorpus *corpus = bs_corpus_open (folder->path, NULL, &error);
  g_assert_no_error (error);
  return corpus;
}

static void
assert_not_opened (TestFolder *folder, GCancellable *cancellable, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_corpus_open (folder->path, cancellable, &error));
  test_assert_message (error, message);
}

static gboolean
has_problem (const BsCorpus *corpus, const char *sentence)
{
  for (gsize i = 0; i < bs_corpus_n_problems (corpus); i++)
    if (strstr (bs_corpus_problem (corpus, i), sentence) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_problem (const BsCorpus *corpus, const char *sentence)
{
  if (!has_problem (corpus, sentence)) {
    for (gsize i = 0; i < bs_corpus_n_problems (corpus); i++)
      g_test_message ("problem: %s", bs_corpus_problem (corpus, i));
    g_error ("no problem holds '%s'", sentence);
  }
}

/* Elements count from @first up. */
static const char *
write_array (TestFolder *folder, const char *name, const gsize *shape, guint n_axes, float first)
{
  gsize n = 1;
  for (guint i = 0; i < n_axes; i++)
    n *= shape[i];
  g_autofree float *values = g_new (float, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    values[i] = first + (float) i;
  g_autoptr (GBytes) bytes = bs_npy_from_floats (values, shape, n_axes);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  return test_folder_write_bytes (folder, name, data, length);
}

static void
write_matrix (TestFolder *folder, const char *name, gsize n_rows, gsize n_cols, float first)
{
  write_array (folder, name, (gsize[]){ n_rows, n_cols }, 2, first);
}

static BsMatrix *
read_clip (BsEncoder *encoder, gsize clip)
{
  g_autoptr (GError) error = NULL;
  BsMatrix *matrix = bs_encoder_read (encoder, clip, &error);
  g_assert_no_error (error);
  return matrix;
}

static void
assert_not_read (BsEncoder *encoder, gsize clip, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_encoder_read (encoder, clip, &error));
  test_assert_message (error, message);
}

static void
test_a_folder_without_tables_and_clips_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) missing = NULL, broken = NULL;
  test_folder_write (folder, "notes.txt", "");
  assert_not_opened (folder, NULL, "expected train_metadata.csv or test_metadata.csv, or clips");
  g_assert_null (bs_corpus_open (test_folder_path (folder, "none"), NULL, &missing));
  test_assert_message (missing, "none: expected a folder that can be read");
  const char *file = test_folder_write (folder, "file", "");
  g_assert_null (bs_corpus_open (file, NULL, &broken));
  test_assert_message (broken, "file: expected a folder that can be read");
}

static void
test_a_broken_table_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", "filename,fold\na,-99\n");
  assert_not_opened (folder, NULL, "train_metadata.csv: row 2, column 'fold'");
}

static void
test_clips_are_found_anywhere_below (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "test_metadata.csv", TEST);
  const char *a = test_folder_write (folder, "videos/part_01/a.MOV", "");
  const char *b = test_folder_write (folder, "b.webm", "");
  test_folder_write (folder, "videos/part_02/t1.mkv", "");
  test_folder_write (folder, "videos/part_02/stranger.mp4", "");
  test_folder_write (folder, ".hidden/c.mov", "");
  test_folder_write (folder, "videos/._c.mov", "");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_cmpuint (bs_metadata_n_clips (bs_corpus_metadata (corpus)), ==, 5);
  g_autofree char *path_a = bs_corpus_dup_clip_path (corpus, 0);
  g_autofree char *path_b = bs_corpus_dup_clip_path (corpus, 1);
  g_assert_cmpstr (path_a, ==, a);
  g_assert_cmpstr (path_b, ==, b);
  g_assert_null (bs_corpus_dup_clip_path (corpus, 2));
  g_assert_false (bs_corpus_clip_is_listed (corpus, 2));
  g_assert_true (bs_corpus_clip_is_listed (corpus, 3));
  g_assert_false (bs_corpus_is_demo (corpus));
  g_autofree char *name = g_path_get_basename (folder->path);
  g_assert_cmpstr (bs_corpus_title (corpus), ==, name);
  g_assert_cmpstr (bs_corpus_folder (corpus), ==, folder->path);
  assert_problem (corpus, "1 of 3 clips have no picture and sound, first c");
  assert_problem (corpus, "1 of 2 test clips have no picture and sound, first t2");
  assert_problem (corpus, "clips that no table names: 1, first stranger.mp4");
}

static void
test_clips_in_two_places_count_once (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  const char *first = test_folder_write (folder, "p1/a.mov", "");
  test_folder_write (folder, "p2/a.mov", "");
  test_folder_write (folder, "p1/b.mkv", "");
  const char *mov = test_folder_write (folder, "p1/b.mov", "");
  test_folder_write (folder, "p1/b.webm", "");
  test_folder_write (folder, "p1/c.mov", "");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_autofree char *a = bs_corpus_dup_clip_path (corpus, 0),
                  *b = bs_corpus_dup_clip_path (corpus, 1);
  g_assert_cmpstr (a, ==, first);
  g_assert_cmpstr (b, ==, mov);
  g_assert_cmpuint (bs_corpus_n_problems (corpus), ==, 2);
  assert_problem (corpus,
                  "clips that lie in two folders, of which the first counts: 1, first a.mov");
  assert_problem (corpus, "and so on counts: 2, first b.mov");
}

static void
test_a_clip_drawn_later_is_found (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "test_metadata.csv", TEST);
  test_folder_write (folder, "demo.json", "{}");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_true (bs_corpus_is_demo (corpus));
  g_assert_false (has_problem (corpus, "picture and sound"));
  g_assert_null (bs_corpus_dup_clip_path (corpus, 0));
  const char *a = test_folder_write (folder, "train_videos/a.mov", "");
  const char *t = test_folder_write (folder, "test_videos/t2.mov", "");
  g_autofree char *path_a = bs_corpus_dup_clip_path (corpus, 0);
  g_autofree char *path_t = bs_corpus_dup_clip_path (corpus, 4);
  g_assert_cmpstr (path_a, ==, a);
  g_assert_cmpstr (path_t, ==, t);
  g_assert_false (bs_corpus_clip_is_listed (corpus, 0));
}

static void
test_names_do_where_there_is_no_table (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "x/A2_hap_int1_ver1.mov", "");
  test_folder_write (folder, "A1_mix_ang_sad_70_30_ver1.mp4", "");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_assert_cmpuint (bs_metadata_n_clips (metadata), ==, 2);
  g_assert_cmpint (bs_metadata_clip (metadata, 0)->label.first_percent, ==, 70);
  g_assert_true (bs_corpus_clip_is_listed (corpus, 1));
  assert_problem (corpus, "no train_metadata.csv was found");
  assert_problem (corpus, "none of the 2 clips has a fold");
}

static void
test_of_two_files_of_a_clip_the_first_in_order_counts (void)
{
  static const char *const endings[] = { "mov",  "mp4", "m4v", "mkv", "webm", "avi", "mts",
                                         "m2ts", "qt",  "mpg", "ogv", "wmv",  "3gp" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *name = g_strdup_printf ("v/A2_hap_int1_ver1.%s", endings[i]);
    const char *path = test_folder_write (folder, name, "");
    if (i + 1 < G_N_ELEMENTS (endings)) {
      g_autofree char *other = g_strdup_printf ("v/A2_hap_int1_ver1.%s", endings[i + 1]);
      test_folder_write (folder, other, "");
    }
    g_autoptr (BsCorpus) corpus = open_corpus (folder);
    g_autofree char *found = bs_corpus_dup_clip_path (corpus, 0);
    g_assert_cmpuint (bs_metadata_n_clips (bs_corpus_metadata (corpus)), ==, 1);
    g_assert_cmpstr (found, ==, path);
    if (i + 1 < G_N_ELEMENTS (endings))
      assert_problem (corpus, "clips that have another file of that name in their folder");
  }
}

static void
test_labels_that_names_deny_are_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (
    folder, "train_metadata.csv",
    "filename,emotion_1,fold\nA1_ang_int1_ver1,hap,0\nA1_sad_int1_ver1,sad,\nx,,0\n");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  assert_problem (corpus, "1 of 3 clips are labelled otherwise than their names say, first "
                          "A1_ang_int1_ver1");
  assert_problem (corpus, "1 of 3 clips have no fold, first A1_sad_int1_ver1");
  assert_problem (corpus, "1 of 3 clips have no label, first x");
}

static void
test_links_that_lead_back_do_not_hang (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) elsewhere = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (elsewhere, "deep/a.mov", "");
  test_folder_write (folder, "sub/x.txt", "");
  g_assert_cmpint (symlink (folder->path, test_folder_path (folder, "sub/up")), ==, 0);
  g_assert_cmpint (symlink (".", test_folder_path (folder, "self")), ==, 0);
  g_assert_cmpint (symlink ("nowhere", test_folder_path (folder, "b.mov")), ==, 0);
  g_assert_cmpint (symlink (elsewhere->path, test_folder_path (folder, "other")), ==, 0);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_true (bs_corpus_clip_is_listed (corpus, 0));
  g_assert_false (bs_corpus_clip_is_listed (corpus, 1));
}

static void
test_opening_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_corpus_open (folder->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_folders_that_cannot_be_read_are_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "sub/a.mov", "");
  test_folder_lock (folder, "sub", 0);
  g_autoptr (BsCorpus) corpus = bs_corpus_open (folder->path, NULL, &error);
  g_autoptr (BsCorpus) none = bs_corpus_open (test_folder_path (folder, "sub"), NULL, NULL);
  test_folder_unlock (folder, "sub");
  g_assert_no_error (error);
  g_assert_null (none);
  assert_problem (corpus, "sub: cannot be read");
  assert_problem (corpus, "none of the 3 clips has picture and sound");
}

static void
test_a_file_that_cannot_be_read_is_named (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL, denied = NULL;
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  write_matrix (folder, "E/a.npy", 2, 3, 0);
  write_matrix (folder, "E/b.npy", 2, 3, 0);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  test_folder_lock (folder, "E/a.npy", 0);
  g_autoptr (BsMatrix) a = bs_encoder_read (bs_corpus_encoder (corpus, 0), 0, &denied);
  g_autoptr (BsMatrix) b = bs_encoder_read (bs_corpus_encoder (corpus, 0), 1, &error);
  test_folder_unlock (folder, "E/a.npy");
  g_assert_no_error (error);
  g_assert_null (a);
  g_assert_nonnull (b);
  test_assert_message (denied, "a.npy");
}

static void
test_what_is_no_file_is_not_listed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (mkfifo (test_folder_path (folder, "a.mov"), 0600), ==, 0);
  g_mkdir (test_folder_path (folder, "b.mov"), 0700);
  test_folder_write (folder, "c.mov", "");
  g_autoptr (BsListing) listing = bs_listing_new (folder->path, NULL, &error);
  g_assert_no_error (error);
  const BsListedFolder *top = g_ptr_array_index (listing->folders, 0);
  g_assert_cmpuint (listing->folders->len, ==, 2);
  g_assert_cmpuint (top->names[BS_LISTED_CLIP]->len, ==, 1);
  g_assert_true (bs_listed_folder_has (top, BS_LISTED_CLIP, "c.mov"));
}

static void
test_folders_of_arrays_are_encoders (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "test_metadata.csv", TEST);
  write_matrix (folder, "pre_extracted_train_data/ImageBind_train/a.npy", 4, 3, 0);
  write_matrix (folder, "pre_extracted_train_data/ImageBind_train/c.npy", 2, 3, 100);
  write_matrix (folder, "pre_extracted_train_data/ImageBind_train/z.npy", 2, 3, 100);
  write_matrix (folder, "pre_extracted_test_data/ImageBind_test/t1.npy", 1, 3, 200);
  write_array (folder, "features/HuBERT/part_01/a.npy", (gsize[]){ 5, 1, 2 }, 3, 0);
  write_array (folder, "features/HuBERT/part_02/b.npy", (gsize[]){ 2 }, 1, 7);
  write_matrix (folder, "other/q.npy", 1, 1, 0);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_cmpuint (bs_corpus_n_encoders (corpus), ==, 2);
  BsEncoder *hubert = bs_corpus_encoder (corpus, 0), *imagebind = bs_corpus_encoder (corpus, 1);
  g_assert_cmpstr (bs_encoder_name (hubert), ==, "HuBERT");
  g_assert_cmpstr (bs_encoder_name (imagebind), ==, "ImageBind");
  g_assert_cmpint (bs_encoder_kind (imagebind), ==, BS_ENCODER_CLIPS);
  g_assert_cmpuint (bs_encoder_n_clips (imagebind), ==, 3);
  g_assert_true (bs_encoder_has_clip (imagebind, 0));
  g_assert_false (bs_encoder_has_clip (imagebind, 1));
  g_assert_true (bs_encoder_has_clip (imagebind, 3));
  g_assert_true (bs_corpus_find_encoder (corpus, "imagebind") == imagebind);
  g_assert_null (bs_corpus_find_encoder (corpus, "image"));
  gsize width, n_layers;
  g_assert_true (bs_encoder_width (imagebind, &width, NULL));
  g_assert_true (bs_encoder_n_layers (imagebind, &n_layers, NULL));
  g_assert_cmpuint (width, ==, 3);
  g_assert_cmpuint (n_layers, ==, 1);
  g_autoptr (BsMatrix) c = read_clip (imagebind, 2), t1 = read_clip (imagebind, 3);
  g_assert_cmpuint (c->n_rows, ==, 2);
  g_assert_cmpfloat (c->data[5], ==, 105);
  g_assert_cmpfloat (t1->data[0], ==, 200);
  g_autoptr (BsMatrix) squeezed = read_clip (hubert, 0), vector = read_clip (hubert, 1);
  g_assert_cmpuint (squeezed->n_rows, ==, 5);
  g_assert_cmpuint (squeezed->n_cols, ==, 2);
  g_assert_cmpuint (vector->n_rows, ==, 1);
  g_assert_cmpfloat (vector->data[1], ==, 8);
  assert_problem (corpus, "ImageBind: 1 of 3 clips have no features, first b");
  assert_problem (corpus, "ImageBind: 1 of 2 test clips have no features, first t2");
  assert_problem (corpus, "ImageBind: features of no clip: 1, first z");
  assert_problem (corpus, "HuBERT: none of the 2 test clips has features");
  assert_problem (corpus, "other: none of its 1 arrays is named after a clip");
}

static void
test_broken_features_stop_their_clip_alone (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", "filename\na\nb\nc\nd\ne\nf\ng\nh\n");
  const char *whole = write_array (folder, "E/b.npy", (gsize[]){ 4, 3 }, 2, 0);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  test_folder_write_bytes (folder, "E/a.npy", bytes, length - 4);
  write_matrix (folder, "E/c.npy", 4, 2, 0);
  write_matrix (folder, "E/d.npy", 2, 3, NAN);
  write_array (folder, "E/e.npy", (gsize[]){ 2, 2, 3 }, 3, 0);
  write_matrix (folder, "E/f.npy", 0, 3, 0);
  test_folder_write (folder, "E/g.npy", "not an array");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  BsEncoder *encoder = bs_corpus_encoder (corpus, 0);
  gsize width;
  g_assert_true (bs_encoder_width (encoder, &width, NULL));
  g_assert_cmpuint (width, ==, 3);
  assert_not_read (encoder, 0, "a.npy");
  g_autoptr (BsMatrix) b = read_clip (encoder, 1);
  g_assert_cmpuint (b->n_rows, ==, 4);
  assert_not_read (encoder, 2, "c.npy: expected 3 features, as other clips have, not 2");
  assert_not_read (encoder, 3, "d.npy: expected a finite number at [0, 0]");
  assert_not_read (encoder, 4,
                   "e.npy: expected time x width, time x 1 x width, or one vector, not "
                   "the shape (2, 2, 3)");
  assert_not_read (encoder, 5, "f.npy: expected at least one number");
  assert_not_read (encoder, 6, "g.npy");
  assert_not_read (encoder, 7, "E: there are no features of h");
  g_unlink (whole);
  assert_not_read (encoder, 1, "b.npy");
}

static void
test_an_encoder_without_one_good_file_has_no_width (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "E/a.npy", "");
  test_folder_write (folder, "E/b.npy", "x");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  gsize width;
  g_assert_false (bs_encoder_width (bs_corpus_encoder (corpus, 0), &width, &error));
  test_assert_message (error, "a.npy");
}

static void
test_declared_layers_are_averaged_or_chosen (void)
{
  static const char *const axes[] = { "[\"layer\",\"time\",\"width\"]",
                                      "[\"time\",\"width\",\"layer\"]" };
  static const gsize shapes[][3] = { { 3, 4, 2 }, { 4, 2, 3 } };
  for (int i = 0; i < 2; i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autoptr (GError) error = NULL, beyond = NULL;
    g_autofree char *json = g_strdup_printf ("{\"axes\": %s}", axes[i]);
    test_folder_write (folder, "train_metadata.csv", TRAIN);
    test_folder_write (folder, "E/encoder.json", json);
    write_array (folder, "E/a.npy", shapes[i], 3, 0);
    write_matrix (folder, "E/b.npy", 4, 2, 0);
    g_autoptr (BsCorpus) corpus = open_corpus (folder);
    BsEncoder *encoder = bs_corpus_encoder (corpus, 0);
    gsize n_layers;
    g_assert_true (bs_encoder_n_layers (encoder, &n_layers, &error));
    g_assert_cmpuint (n_layers, ==, 3);
    g_autoptr (BsMatrix) mean = read_clip (encoder, 0);
    g_autoptr (BsMatrix) upper = bs_encoder_read_layers (encoder, 0, 1, 2, &error);
    g_autoptr (BsMatrix) last = bs_encoder_read_layers (encoder, 0, 2, 99, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (mean->n_rows, ==, 4);
    g_assert_cmpuint (mean->n_cols, ==, 2);
    /* Element (time 1, width 1) of layer l: 8 l + 3, or 9 + l. */
    float step = i == 0 ? 8 : 1, base = i == 0 ? 3 : 9;
    g_assert_cmpfloat (mean->data[3], ==, base + step);
    g_assert_cmpfloat (upper->data[3], ==, base + 1.5f * step);
    g_assert_cmpfloat (last->data[3], ==, base + 2 * step);
    g_assert_null (bs_encoder_read_layers (encoder, 0, 3, 3, &beyond));
    test_assert_message (beyond, "expected a layer 3, but there are only 3");
    assert_not_read (encoder, 1, "expected the axes that encoder.json declares");
  }
}

static void
test_wrong_declarations_are_reported (void)
{
  static const char *const cases[][2] = {
    { "{\"axes\": [\"layer\", \"time\"]}", "encoder.json: axes: expected time, width" },
    { "{\"axes\": [\"time\", \"width\", \"head\"]}", "encoder.json: axes: expected time, width" },
    { "{\"axes\": [\"time\", \"width\", \"time\"]}", "encoder.json: axes: expected time, width" },
    { "{\"axes\": 3}", "encoder.json: axes: expected an array" },
    { "[", "encoder.json: line 1" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    test_folder_write (folder, "train_metadata.csv", TRAIN);
    test_folder_write (folder, "E/encoder.json", cases[i][0]);
    write_matrix (folder, "E/a.npy", 4, 2, 0);
    g_autoptr (BsCorpus) corpus = open_corpus (folder);
    assert_problem (corpus, cases[i][1]);
    g_autoptr (BsMatrix) a = read_clip (bs_corpus_encoder (corpus, 0), 0);
    g_assert_cmpuint (a->n_rows, ==, 4);
  }
}

static const char *
write_static (TestFolder *folder, const char *name, gsize n_names, gsize n_rows, gsize n_cols)
{
  static const char *const names[] = { "b", "a.mov", "stranger" };
  const char *path = test_folder_path (folder, name);
  g_autofree float *x = g_new (float, n_rows *n_cols);
  for (gsize i = 0; i < n_rows * n_cols; i++)
    x[i] = (float) i;
  g_autoptr (GError) error = NULL;
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autoptr (GBytes) strings = bs_npy_from_strings (names, n_names);
  g_autoptr (GBytes) array = bs_npy_from_floats (x, (gsize[]){ n_rows, n_cols }, 2);
  bs_npz_writer_add (writer, "filenames", strings);
  bs_npz_writer_add (writer, "X", array);
  bs_npz_writer_save (writer, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_static_archives_are_encoders (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  write_static (folder, "imagebind_static_features.npz", 3, 3, 4);
  write_static (folder, "short_static_features.npz", 3, 2, 4);
  test_folder_write (folder, "broken_static_features.npz", "PK");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_cmpuint (bs_corpus_n_encoders (corpus), ==, 2);
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "imagebind_static_features");
  g_assert_cmpint (bs_encoder_kind (encoder), ==, BS_ENCODER_STATIC);
  g_assert_cmpuint (bs_encoder_n_clips (encoder), ==, 2);
  gsize width;
  g_assert_true (bs_encoder_width (encoder, &width, NULL));
  g_assert_cmpuint (width, ==, 4);
  g_autoptr (BsMatrix) a = read_clip (encoder, 0), b = read_clip (encoder, 1);
  g_assert_cmpuint (a->n_rows, ==, 1);
  g_assert_cmpfloat (a->data[0], ==, 4);
  g_assert_cmpfloat (b->data[3], ==, 3);
  assert_not_read (bs_corpus_find_encoder (corpus, "short_static_features"), 0,
                   "expected 3 rows, one for each of 'filenames', not the shape (2, 4)");
  assert_problem (corpus, "imagebind_static_features: features of no clip: 1, first stranger");
  assert_problem (corpus, "broken_static_features.npz");
}

static void
test_tables_of_openface_are_an_encoder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  test_folder_write (folder, "OpenFace_3_train/a.csv",
                     "action_units,emotion_index,gaze_yaw,gaze_pitch\n"
                     "\"[0, 1, 2, 3, 4, 5, 6, 7]\",5,0.5,-0.5\n");
  test_folder_write (folder, "notes/a.csv", "time,note\n0,x\n");
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_cmpuint (bs_corpus_n_encoders (corpus), ==, 1);
  BsEncoder *encoder = bs_corpus_encoder (corpus, 0);
  g_assert_cmpstr (bs_encoder_name (encoder), ==, "OpenFace_3");
  g_assert_cmpint (bs_encoder_kind (encoder), ==, BS_ENCODER_OPENFACE);
  gsize width;
  g_assert_true (bs_encoder_width (encoder, &width, NULL));
  g_assert_cmpuint (width, ==, 11);
  g_autoptr (BsMatrix) a = read_clip (encoder, 0);
  g_assert_cmpfloat (a->data[7], ==, 7);
}

static void
test_one_name_for_two_kinds_is_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv", TRAIN);
  write_matrix (folder, "a_static_features/a.npy", 1, 1, 0);
  write_static (folder, "a_static_features.npz", 3, 3, 4);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_assert_cmpuint (bs_corpus_n_encoders (corpus), ==, 1);
  assert_problem (corpus, "not used, because another encoder is called a_static_features");
}

/* The size of the real corpus: 3,050 clips with seven encoders. */
static void
test_a_corpus_of_the_real_size_is_opened_by_listing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GString) train = g_string_new ("filename,fold\n"), test = g_string_new ("filename\n");
  for (int i = 0; i < 3050; i++)
    g_string_append_printf (i < 2456 ? train : test, i < 2456 ? "A%d_ang_int1_ver1,%d\n" : "t%d\n",
                            i, i % 5);
  test_folder_write (folder, "train_metadata.csv", train->str);
  test_folder_write (folder, "test_metadata.csv", test->str);
  for (int e = 0; e < 8; e++)
    for (int i = 0; i < 3050; i++) {
      g_autofree char *stem = g_strdup_printf (i < 2456 ? "A%d_ang_int1_ver1" : "t%d", i);
      g_autofree char *name =
        e == 7 ? g_strdup_printf ("videos/%s.mov", stem)
               : g_strdup_printf ("E%d_%s/%s.npy", e, i < 2456 ? "train" : "test", stem);
      g_autofree char *path = g_build_filename (folder->path, name, NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      g_mkdir_with_parents (parent, 0755);
      close (g_creat (path, 0600));
    }
  gint64 start = g_get_monotonic_time ();
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  g_test_message ("opened in %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (bs_corpus_n_encoders (corpus), ==, 7);
  g_assert_cmpuint (bs_encoder_n_clips (bs_corpus_encoder (corpus, 6)), ==, 3050);
  g_assert_cmpuint (bs_corpus_n_problems (corpus), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/corpus/empty", test_a_folder_without_tables_and_clips_is_refused);
  g_test_add_func ("/corpus/broken-table", test_a_broken_table_is_refused);
  g_test_add_func ("/corpus/clips", test_clips_are_found_anywhere_below);
  g_test_add_func ("/corpus/two-places", test_clips_in_two_places_count_once);
  g_test_add_func ("/corpus/drawn-later", test_a_clip_drawn_later_is_found);
  g_test_add_func ("/corpus/names", test_names_do_where_there_is_no_table);
  g_test_add_func ("/corpus/two-files-of-a-clip",
                   test_of_two_files_of_a_clip_the_first_in_order_counts);
  g_test_add_func ("/corpus/denied", test_labels_that_names_deny_are_reported);
  g_test_add_func ("/corpus/links", test_links_that_lead_back_do_not_hang);
  g_test_add_func ("/corpus/cancel", test_opening_can_be_cancelled);
  g_test_add_func ("/corpus/unreadable", test_folders_that_cannot_be_read_are_reported);
  g_test_add_func ("/encoder/unreadable", test_a_file_that_cannot_be_read_is_named);
  g_test_add_func ("/corpus/no-file", test_what_is_no_file_is_not_listed);
  g_test_add_func ("/encoder/arrays", test_folders_of_arrays_are_encoders);
  g_test_add_func ("/encoder/broken", test_broken_features_stop_their_clip_alone);
  g_test_add_func ("/encoder/no-width", test_an_encoder_without_one_good_file_has_no_width);
  g_test_add_func ("/encoder/layers", test_declared_layers_are_averaged_or_chosen);
  g_test_add_func ("/encoder/declarations", test_wrong_declarations_are_reported);
  g_test_add_func ("/encoder/static", test_static_archives_are_encoders);
  g_test_add_func ("/encoder/openface", test_tables_of_openface_are_an_encoder);
  g_test_add_func ("/encoder/one-name", test_one_name_for_two_kinds_is_reported);
  g_test_add_func ("/corpus/real-size", test_a_corpus_of_the_real_size_is_opened_by_listing);
  return g_test_run ();
}
