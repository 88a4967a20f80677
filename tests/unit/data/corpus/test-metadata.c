/* SPDX-License-Identifier: MIT */
#include "data/corpus/bs-metadata.h"

#include "tests/support/bs-test-folder.h"

#define HEADER                                                                          \
  "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2," \
  "emotion_1_salience,emotion_2_salience,fold\n"

static BsMetadata *
load (const char *train, const char *test)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  BsMetadata *self =
    bs_metadata_load (train != NULL ? test_folder_write (folder, "train.csv", train) : NULL,
                      test != NULL ? test_folder_write (folder, "test.csv", test) : NULL, &error);
  g_assert_no_error (error);
  return self;
}

static void
assert_refused (const char *train, const char *test, const char *message)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *train_path = train != NULL ? test_folder_write (folder, "train.csv", train) : NULL;
  const char *test_path = test != NULL ? test_folder_write (folder, "test.csv", test) : NULL;
  g_assert_null (bs_metadata_load (train_path, test_path, &error));
  g_assert_cmpuint (error->domain, ==, BS_ERROR);
  test_assert_message (error, message);
}

static void
assert_label (BsLabel label, int first, int second, int percent)
{
  g_assert_cmpint (label.first, ==, first);
  g_assert_cmpint (label.second, ==, second);
  g_assert_cmpint (label.first_percent, ==, percent);
}

static void
test_names_of_the_release_are_read (void)
{
  BsClip clip;
  g_autofree char *single = NULL, *neutral = NULL, *blend = NULL;
  g_assert_true (bs_clip_name_parse ("A102_ang_int1_ver1", &clip, &single));
  assert_label (clip.label, BS_EMOTION_ANG, -1, 100);
  g_assert_cmpint (clip.intensity, ==, 1);
  g_assert_cmpint (clip.situation, ==, 0);
  g_assert_cmpint (clip.fold, ==, -1);
  g_assert_cmpstr (single, ==, "A102");
  g_assert_true (bs_clip_name_parse ("A303_neu_sit2_ver4.MOV", &clip, &neutral));
  assert_label (clip.label, BS_EMOTION_NEU, -1, 100);
  g_assert_cmpint (clip.situation, ==, 2);
  g_assert_cmpint (clip.version, ==, 4);
  g_assert_true (bs_clip_name_parse ("A438_mix_disg_hap_30_70_ver1", &clip, &blend));
  assert_label (clip.label, BS_EMOTION_DISG, BS_EMOTION_HAP, 30);
  g_assert_cmpstr (blend, ==, "A438");
  g_assert_true (bs_clip_name_parse ("A1_mix_sad_ang_70_30_ver1", &clip, NULL));
  assert_label (clip.label, BS_EMOTION_ANG, BS_EMOTION_SAD, 30);
}

static void
test_other_names_are_not_taken_for_clips (void)
{
  static const char *const names[] = {
    "",
    "_",
    "test_0001",
    "A102_ang_int1",
    "A102_ang_int5_ver1",
    "A102_ang_int0_ver1",
    "A102_ang_int_ver1",
    "A102_ang_int1_verx",
    "A102_ang_int1_ver1_",
    "A102__int1_ver1",
    "A102_joy_int1_ver1",
    "A102_mix_ang_ang_50_50_ver1",
    "A102_mix_ang_neu_50_50_ver1",
    "A102_mix_ang_sad_40_60_ver1",
    "A102_mix_ang_sad_30_30_ver1",
    "A102_max_ang_sad_30_70_ver1",
    "A102_mix_ang_sad_30_70_ver1_x",
    "A102_ang_int1_ver1.doc",
    "A102_ang_int1_ver99999999999999999999",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    BsClip clip;
    char *actor = (char *) "unset";
    g_assert_false (bs_clip_name_parse (names[i], &clip, &actor));
    g_assert_null (actor);
    g_assert_false (bs_label_is_known (clip.label));
    g_assert_cmpint (clip.fold, ==, -1);
  }
}

static void
test_the_twelve_columns_are_read_as_pandas_writes_them (void)
{
  g_autoptr (BsMetadata) m =
    load (HEADER "A102_ang_int1_ver1,A102,f,0,ang,1,1.0,,,,,1\n"
                 "A303_neu_sit2_ver1,A303,M,0,neu,1,nan,2.0,NaN,NaN,NaN,0\n"
                 "A438_mix_disg_hap_30_70_ver2,A438,,1,disg,2,,,hap,30.0,70.0,4.0\n",
          NULL);
  g_assert_cmpuint (bs_metadata_n_clips (m), ==, 3);
  g_assert_cmpuint (bs_metadata_n_actors (m), ==, 3);
  g_assert_cmpint (bs_metadata_n_folds (m), ==, 5);
  g_assert_cmpuint (bs_metadata_n_extras (m), ==, 0);
  const BsClip *single = bs_metadata_clip (m, 0), *neutral = bs_metadata_clip (m, 1),
               *blend = bs_metadata_clip (m, 2);
  assert_label (single->label, BS_EMOTION_ANG, -1, 100);
  g_assert_cmpint (single->gender, ==, 'f');
  g_assert_cmpint (single->fold, ==, 1);
  g_assert_cmpint (single->intensity, ==, 1);
  g_assert_false (single->is_test);
  g_assert_cmpint (neutral->gender, ==, 'm');
  g_assert_cmpint (neutral->situation, ==, 2);
  g_assert_cmpint (neutral->intensity, ==, 0);
  assert_label (blend->label, BS_EMOTION_DISG, BS_EMOTION_HAP, 30);
  g_assert_cmpint (blend->gender, ==, 0);
  g_assert_cmpint (blend->version, ==, 2);
  g_assert_cmpint (blend->fold, ==, 4);
  g_assert_cmpstr (bs_metadata_actor_name (m, (gsize) blend->actor), ==, "A438");
}

static void
test_columns_come_in_any_order_and_further_ones_are_kept (void)
{
  g_autoptr (BsMetadata) m = load ("fold,light,emotion_2_salience,emotion_2,filename,emotion_1,"
                                   "emotion_1_salience,mix,place\n"
                                   "3,warm,30,ang,x,sad,70,1,Rome\n"
                                   ",cold,,,y,hap,,0,\n",
                                   "place,filename,length\nOslo,test_0001,3.5\n,test_0002.mov,\n");
  g_assert_cmpuint (bs_metadata_n_clips (m), ==, 4);
  assert_label (bs_metadata_clip (m, 0)->label, BS_EMOTION_ANG, BS_EMOTION_SAD, 30);
  g_assert_cmpint (bs_metadata_clip (m, 1)->fold, ==, -1);
  g_assert_cmpint (bs_metadata_clip (m, 1)->actor, ==, -1);
  g_assert_cmpuint (bs_metadata_n_extras (m), ==, 3);
  g_assert_cmpstr (bs_metadata_extra_name (m, 0), ==, "light");
  g_assert_cmpstr (bs_metadata_extra_name (m, 1), ==, "place");
  g_assert_cmpstr (bs_metadata_extra_name (m, 2), ==, "length");
  static const char *const values[4][3] = {
    { "warm", "Rome", "" },
    { "cold", "", "" },
    { "", "Oslo", "3.5" },
    { "", "", "" },
  };
  for (gsize clip = 0; clip < 4; clip++)
    for (gsize extra = 0; extra < 3; extra++)
      g_assert_cmpstr (bs_metadata_extra_value (m, clip, extra), ==, values[clip][extra]);
}

static void
test_a_test_table_needs_names_alone_and_tells_no_labels (void)
{
  g_autoptr (BsMetadata) m =
    load (NULL, "filename,emotion_1,fold\ntest_0001,hap,1\nA1_ang_int1_ver1,ang,2\n");
  for (gsize i = 0; i < 2; i++) {
    g_assert_true (bs_metadata_clip (m, i)->is_test);
    g_assert_false (bs_label_is_known (bs_metadata_clip (m, i)->label));
    g_assert_cmpint (bs_metadata_clip (m, i)->fold, ==, -1);
  }
  g_assert_cmpuint (bs_metadata_n_extras (m), ==, 0);
}

static void
test_a_lacking_label_is_read_from_the_name (void)
{
  g_autoptr (BsMetadata) names =
    load ("filename,fold\nA1_mix_ang_sad_70_30_ver1,0\nA2_hap_int3_ver1,1\nother,2\n", NULL);
  assert_label (bs_metadata_clip (names, 0)->label, BS_EMOTION_ANG, BS_EMOTION_SAD, 70);
  assert_label (bs_metadata_clip (names, 1)->label, BS_EMOTION_HAP, -1, 100);
  g_assert_false (bs_label_is_known (bs_metadata_clip (names, 2)->label));
  g_assert_cmpstr (bs_metadata_actor_name (names, 1), ==, "A2");
  g_autoptr (BsMetadata) partly =
    load ("filename,mix,emotion_1\nA1_mix_ang_sad_70_30_ver1,1,ang\nx,0,hap\n", NULL);
  assert_label (bs_metadata_clip (partly, 0)->label, BS_EMOTION_ANG, BS_EMOTION_SAD, 70);
  assert_label (bs_metadata_clip (partly, 1)->label, BS_EMOTION_HAP, -1, 100);
  g_autoptr (BsMetadata) without_saliences =
    load ("filename,emotion_1,emotion_2\nA1_mix_ang_sad_70_30_ver1,ang,sad\n", NULL);
  assert_label (bs_metadata_clip (without_saliences, 0)->label, BS_EMOTION_ANG, BS_EMOTION_SAD, 70);
  g_autoptr (BsMetadata) half =
    load ("filename,emotion_1,emotion_2,emotion_2_salience\nx,fea,disg,70\n", NULL);
  assert_label (bs_metadata_clip (half, 0)->label, BS_EMOTION_DISG, BS_EMOTION_FEA, 70);
}

static void
test_impossible_cells_are_named_by_file_row_and_column (void)
{
#define LABELS "filename,mix,emotion_1,emotion_2,emotion_1_salience,emotion_2_salience,fold\n"
  static const char *const cases[][2] = {
    { "name,fold\nx,1\n", "train.csv: row 1: expected a column 'filename'" },
    { LABELS "x,0,joy,,,,0\n", "train.csv: row 2, column 'emotion_1': expected one of" },
    { LABELS "x,0,hap,,,,0\n\ny,1,hap,joy,50,50,0\n", "row 4, column 'emotion_2'" },
    { LABELS "x,1,hap,hap,50,50,0\n", "column 'emotion_2': expected two different emotions" },
    { LABELS "x,1,hap,neu,50,50,0\n", "column 'emotion_2': expected no blend with neutral" },
    { LABELS "x,1,neu,hap,50,50,0\n", "column 'emotion_2': expected no blend with neutral" },
    { LABELS "x,1,hap,sad,0.3,0.7,0\n", "column 'emotion_1_salience': expected a whole number" },
    { LABELS "x,1,hap,sad,40,60,0\n", "column 'emotion_1_salience': expected 30, 50 or 70" },
    { LABELS "x,1,hap,sad,30,100,0\n", "column 'emotion_2_salience': expected 30, 50 or 70" },
    { LABELS "x,1,hap,sad,30,50,0\n", "column 'emotion_2_salience': expected saliences that sum" },
    { LABELS "x,1,hap,sad,,,0\n", "column 'emotion_1_salience': expected a blend's salience" },
    { LABELS "x,0,hap,,50,,0\n", "column 'emotion_1_salience': expected no salience" },
    { LABELS "x,0,hap,,100,50,0\n", "column 'emotion_2_salience': expected no salience" },
    { LABELS "x,1,hap,,,,0\n", "column 'mix': expected an emotion_2" },
    { LABELS "x,0,hap,sad,50,50,0\n", "column 'mix': expected no emotion_2" },
    { LABELS "x,2,hap,,,,0\n", "column 'mix': expected a number from 0 to 1" },
    { LABELS "x,1,,sad,50,50,0\n", "column 'emotion_2': expected an emotion_1" },
    { LABELS "x,0,hap,,,,-2\n",
      "row 2, column 'fold': expected a fold's whole number from 0 on, or -1 for none, not '-2'" },
    { LABELS "x,0,hap,,,,0.5\n", "row 2, column 'fold': expected a fold's whole number" },
    { LABELS "x,0,hap,,,,inf\n", "row 2, column 'fold': expected a fold's whole number" },
    { LABELS "x,0,hap,,,,0\ny,0,hap,,,,1\nz,0,hap,,,,one\n",
      "row 4, column 'fold': expected a whole number, as the other folds have, not 'one'" },
    { LABELS "x,0,hap,,,,a\ny,0,hap,,,,3\nz,0,hap,,,,b\n",
      "row 3, column 'fold': expected a name, as the other folds have, and no number, not '3'" },
    { LABELS ",0,hap,,,,0\n", "column 'filename': expected a clip's name" },
    { LABELS "a/,0,hap,,,,0\n", "column 'filename': expected a clip's name" },
    { LABELS "x,0,hap,,,,0\np/x.npy,0,hap,,,,0\n", "row 3, column 'filename': 'x' is there" },
    { LABELS "..,0,hap,,,,0\n", "column 'filename': expected a clip's name" },
    { LABELS "\"a\nb\",0,hap,,,,0\n", "column 'filename': expected a clip's name" },
    { LABELS "x,0,hap,,,\n", "row 2" },
    { "filename,intensity_level\nx,5\n", "column 'intensity_level': expected a number from 1" },
    { "filename,version\nx,-2\n", "column 'version'" },
    { "filename\n", "train.csv: expected at least one clip" },
    { "", "train.csv" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], NULL, cases[i][1]);
}

static void
test_a_clip_twice_is_refused_by_both_its_rows (void)
{
  assert_refused ("filename\nx\ny\nx\n", NULL,
                  "train.csv: row 4, column 'filename': 'x' is there already, in row 2");
  assert_refused ("filename\nx\n\ny.mov\n\ny\n", NULL,
                  "row 6, column 'filename': 'y' is there "
                  "already, in row 4");
  assert_refused ("filename\nx\ny\n", "filename\nz\ny\n",
                  "test.csv: row 3, column 'filename': 'y' "
                  "is there already, in row 3 of ");
}

static void
test_missing_and_unreadable_files_are_errors (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) missing = NULL, directory = NULL;
  g_assert_null (bs_metadata_load (test_folder_path (folder, "none.csv"), NULL, &missing));
  test_assert_message (missing, "none.csv");
  g_assert_null (bs_metadata_load (folder->path, NULL, &directory));
  test_assert_message (directory, folder->path);
}

static void
test_names_are_found_with_and_without_extension (void)
{
  g_autoptr (BsMetadata) m = load ("filename\nx\ny.mov\nz.doc\n", NULL);
  g_assert_cmpstr (bs_metadata_clip (m, 1)->filename, ==, "y");
  g_assert_cmpint (bs_metadata_find (m, "x"), ==, 0);
  g_assert_cmpint (bs_metadata_find (m, "x.mov"), ==, 0);
  g_assert_cmpint (bs_metadata_find (m, "x.WebM"), ==, 0);
  g_assert_cmpint (bs_metadata_find (m, "y"), ==, 1);
  g_assert_cmpint (bs_metadata_find (m, "z.doc"), ==, 2);
  g_assert_cmpint (bs_metadata_find (m, "z"), ==, -1);
  g_assert_cmpint (bs_metadata_find (m, ""), ==, -1);
}

static void
test_the_hash_is_of_the_training_tables_bytes (void)
{
  g_autoptr (BsMetadata) m = load ("filename\nx\n", "filename\ny\n");
  g_autofree char *expected =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, "filename\nx\n", -1);
  g_assert_cmpstr (bs_metadata_hash (m), ==, expected);
}

static void
assert_clean (const char *written, const char *expected)
{
  g_autofree char *kept = bs_clip_name_clean (written);
  g_assert_cmpstr (kept, ==, expected);
}

static void
test_names_lose_what_does_not_belong_to_them (void)
{
  assert_clean ("A1_ang_int1_ver1", "A1_ang_int1_ver1");
  assert_clean ("A1_ang_int1_ver1.MOV", "A1_ang_int1_ver1");
  assert_clean ("clips/part 1/A1.npy", "A1");
  assert_clean ("C:\\clips\\A1.mov.npy", "A1");
  assert_clean (" \t\xc2\xa0"
                "A1 .wav\xe2\x80\x8b ",
                "A1");
  assert_clean ("\xef\xbb\xbf"
                "A1",
                "A1");
  assert_clean ("cafe\xcc\x81", "caf\xc3\xa9");
  assert_clean ("take.2", "take.2");
  assert_clean ("folder/", "");
  assert_clean ("", "");
}

static void
test_a_table_as_others_write_it_is_read_and_said (void)
{
  g_autoptr (BsMetadata) m =
    load ("filename; emotion_1;emotion_2;emotion_1_salience;emotion_2_salience;fold;light\n"
          "clips/a.mov;hap;NA;<NA>;None;1,0;NA\nJose\xcc\x81; \"sad\" ;ang;30,0;70,0;;dim\n",
          NULL);
  assert_label (bs_metadata_clip (m, 0)->label, BS_EMOTION_HAP, -1, 100);
  assert_label (bs_metadata_clip (m, 1)->label, BS_EMOTION_ANG, BS_EMOTION_SAD, 70);
  g_assert_cmpstr (bs_metadata_clip (m, 0)->filename, ==, "a");
  g_assert_cmpint (bs_metadata_clip (m, 0)->fold, ==, 1);
  g_assert_cmpint (bs_metadata_find (m, "Jos\xc3\xa9.npy"), ==, 1);
  g_assert_cmpint (bs_metadata_find (m, "Jose\xcc\x81.mov"), ==, 1);
  g_assert_cmpstr (bs_metadata_extra_value (m, 0, 0), ==, "");
  g_assert_cmpstr (bs_metadata_extra_value (m, 1, 0), ==, "dim");
  g_autofree char *text = bs_read_as_to_text (bs_metadata_read_as (m));
  g_assert_cmpstr (text, ==,
                   "read with semicolons between fields and decimal commas; "
                   "4 cells with NA, None or the like count as empty; "
                   "blanks around fields are left out; "
                   "the names of 2 clips were changed, first 'clips/a.mov' to 'a'");
}

static void
test_folds_keep_their_names (void)
{
  g_autoptr (BsMetadata) numbers = load ("filename,fold\na,1.0\nb,5\nc,\nd,-1\n", NULL);
  g_assert_cmpint (bs_metadata_n_folds (numbers), ==, 6);
  g_assert_cmpint (bs_metadata_clip (numbers, 3)->fold, ==, -1);
  g_assert_cmpstr (bs_metadata_fold_name (numbers, 5), ==, "5");
  g_assert_null (bs_metadata_fold_names (numbers));
  g_autoptr (BsMetadata) words =
    load ("filename,fold\na,fold10\nb,fold2\nc, fold1 \nd,fold2\ne,NA\n", NULL);
  static const int folds[] = { 2, 1, 0, 1, -1 };
  static const char *const names[] = { "fold1", "fold2", "fold10" };
  g_assert_cmpint (bs_metadata_n_folds (words), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    g_assert_cmpint (bs_metadata_clip (words, i)->fold, ==, folds[i]);
  for (int k = 0; k < 3; k++)
    g_assert_cmpstr (bs_metadata_fold_name (words, k), ==, names[k]);
  g_autoptr (BsMetadata) large = load ("filename,fold\na,20\nb,3\nc,100\n", NULL);
  g_assert_cmpint (bs_metadata_clip (large, 2)->fold, ==, 2);
  g_assert_cmpstr (bs_metadata_fold_name (large, 0), ==, "3");
  g_autoptr (GString) many = g_string_new ("filename,fold\n");
  for (int i = 0; i <= BS_MAX_FOLDS; i++)
    g_string_append_printf (many, "c%d,f%d\n", i, i);
  assert_refused (many->str, NULL, "row 18, column 'fold': expected at most 16 folds, not 'f16'");
}

static void
test_contradictions_are_counted (void)
{
  g_autoptr (BsMetadata) m =
    load ("filename,emotion_1\nA1_ang_int1_ver1,ang\nA1_hap_int1_ver1,sad\nother,hap\n", NULL);
  BsNamedCount count = { 0 };
  bs_metadata_count_contradictions (m, &count);
  g_assert_cmpuint (count.n, ==, 1);
  g_assert_cmpstr (count.first, ==, "A1_hap_int1_ver1");
  bs_named_count_clear (&count);
}

static void
test_names_alone_make_metadata (void)
{
  const char *const names[] = { "A1_ang_int1_ver1.mov", "holiday", "A1_ang_int1_ver1" };
  g_autoptr (BsMetadata) m = bs_metadata_new_from_names (names, 3);
  g_assert_cmpuint (bs_metadata_n_clips (m), ==, 2);
  assert_label (bs_metadata_clip (m, 0)->label, BS_EMOTION_ANG, -1, 100);
  g_assert_false (bs_label_is_known (bs_metadata_clip (m, 1)->label));
  g_assert_cmpint (bs_metadata_n_folds (m), ==, 0);
  g_assert_cmpuint (strlen (bs_metadata_hash (m)), ==, 64);
}

static void
test_a_hundred_thousand_rows_are_read (void)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (text, "A%d_mix_ang_sad_70_30_ver1,A%d,f,1,ang,1,,,sad,70.0,30.0,%d\n",
                            i, i % 60, i % 5);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (BsMetadata) m = load (text->str, NULL);
  g_test_message ("100,000 rows in %.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (bs_metadata_n_clips (m), ==, 100000);
  g_assert_cmpuint (bs_metadata_n_actors (m), ==, 60);
  g_assert_cmpint (bs_metadata_find (m, "A99999_mix_ang_sad_70_30_ver1"), ==, 99999);
}

/* DOMAIN 3.4, counted independently from the published fold lists. */
static void
test_the_reference_has_its_published_counts (void)
{
  static const int expected[BS_N_CLASSES][5] = {
    { 40, 36, 36, 38, 32 }, { 40, 36, 36, 39, 36 }, { 40, 36, 41, 39, 36 }, { 41, 36, 37, 42, 36 },
    { 41, 36, 39, 37, 36 }, { 40, 36, 39, 37, 36 }, { 30, 27, 24, 24, 30 }, { 33, 27, 26, 24, 30 },
    { 34, 27, 25, 24, 30 }, { 32, 27, 24, 24, 29 }, { 31, 27, 24, 24, 30 }, { 24, 27, 24, 24, 27 },
    { 24, 27, 24, 24, 30 }, { 24, 27, 24, 24, 29 }, { 24, 27, 21, 24, 30 }, { 24, 27, 24, 24, 31 },
  };
  static const int expected_ratios[3] = { 443, 441, 442 };
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  if (reference == NULL) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: the real labels were NOT tested");
    return;
  }
  g_autofree char *path = g_build_filename (reference, "train_metadata.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMetadata) m = bs_metadata_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_metadata_n_clips (m), ==, 2456);
  g_assert_cmpuint (bs_metadata_n_actors (m), ==, 47);
  g_assert_cmpint (bs_metadata_n_folds (m), ==, 5);
  int counts[BS_N_CLASSES][5] = { 0 }, ratios[3] = { 0 };
  for (gsize i = 0; i < 2456; i++) {
    const BsClip *clip = bs_metadata_clip (m, i);
    BsClip named;
    counts[bs_label_class (clip->label)][clip->fold]++;
    if (bs_label_is_blend (clip->label))
      ratios[(clip->label.first_percent - 30) / 20]++;
    g_assert_true (bs_clip_name_parse (clip->filename, &named, NULL));
    g_assert_true (bs_label_equal (clip->label, named.label));
    g_assert_cmpint (clip->intensity, ==, named.intensity);
    g_assert_cmpint (clip->situation, ==, named.situation);
    g_assert_cmpint (clip->version, ==, named.version);
  }
  g_assert_cmpmem (counts, sizeof counts, expected, sizeof expected);
  g_assert_cmpmem (ratios, sizeof ratios, expected_ratios, sizeof expected_ratios);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip-name/release", test_names_of_the_release_are_read);
  g_test_add_func ("/clip-name/others", test_other_names_are_not_taken_for_clips);
  g_test_add_func ("/metadata/columns", test_the_twelve_columns_are_read_as_pandas_writes_them);
  g_test_add_func ("/metadata/order", test_columns_come_in_any_order_and_further_ones_are_kept);
  g_test_add_func ("/metadata/test", test_a_test_table_needs_names_alone_and_tells_no_labels);
  g_test_add_func ("/metadata/names", test_a_lacking_label_is_read_from_the_name);
  g_test_add_func ("/metadata/impossible", test_impossible_cells_are_named_by_file_row_and_column);
  g_test_add_func ("/metadata/twice", test_a_clip_twice_is_refused_by_both_its_rows);
  g_test_add_func ("/metadata/unreadable", test_missing_and_unreadable_files_are_errors);
  g_test_add_func ("/metadata/find", test_names_are_found_with_and_without_extension);
  g_test_add_func ("/metadata/hash", test_the_hash_is_of_the_training_tables_bytes);
  g_test_add_func ("/clip-name/clean", test_names_lose_what_does_not_belong_to_them);
  g_test_add_func ("/metadata/forms", test_a_table_as_others_write_it_is_read_and_said);
  g_test_add_func ("/metadata/folds", test_folds_keep_their_names);
  g_test_add_func ("/metadata/contradictions", test_contradictions_are_counted);
  g_test_add_func ("/metadata/from-names", test_names_alone_make_metadata);
  g_test_add_func ("/metadata/many", test_a_hundred_thousand_rows_are_read);
  g_test_add_func ("/metadata/reference", test_the_reference_has_its_published_counts);
  return g_test_run ();
}
