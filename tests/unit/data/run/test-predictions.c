/* SPDX-License-Identifier: MIT */
#include "data/run/bs-predictions.h"

#include <math.h>

#include "data/format/bs-json.h"
#include "data/format/bs-npz.h"
#include "data/format/bs-zip.h"
#include "tests/support/bs-test-folder.h"

#define HEADER "filename,fold,ang,disg,fea,hap,sad,neu\n"

static BsPredictions *
parse (const char *text, BsPredictionsKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  BsPredictions *self = bs_predictions_parse (bytes, "p", kind, &error);
  g_assert_no_error (error);
  return self;
}

static void
assert_note (const BsPredictions *self, const char *expected)
{
  g_autofree char *note = bs_predictions_dup_note (self);
  g_assert_cmpstr (note, ==, expected);
}

/* What somebody has to say. */
static void
assert_unclear (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_assert_null (bs_predictions_parse (bytes, "p", BS_PREDICTIONS_AUTO, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_UNCLEAR);
  test_assert_message (error, message);
}

static void
assert_refused (const char *text, BsPredictionsKind kind, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_assert_null (bs_predictions_parse (bytes, "p", kind, &error));
  g_assert_cmpuint (error->domain, ==, BS_ERROR);
  test_assert_message (error, message);
}

static BsMetadata *
metadata_of (const char *train, const char *test)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  BsMetadata *self =
    bs_metadata_load (test_folder_write (folder, "train.csv", train),
                      test != NULL ? test_folder_write (folder, "test.csv", test) : NULL, &error);
  g_assert_no_error (error);
  return self;
}

static void
test_rows_that_sum_to_one_are_probabilities (void)
{
  g_autoptr (BsPredictions) p =
    parse ("neu,x,sad,hap,fea,disg,ang,filename\n"
           "0.05,q,0.1,0.15,0.2,0.2,0.3,A1_ang_int1_ver1.mov\n0,q,0,0,0,0,0.9995,b\n",
           BS_PREDICTIONS_PROBABILITIES);
  static const double expected[BS_N_EMOTIONS] = { 0.3, 0.2, 0.2, 0.15, 0.1, 0.05 };
  g_assert_cmpint (p->kind, ==, BS_PREDICTIONS_PROBABILITIES);
  g_assert_cmpstr (p->filenames[0], ==, "A1_ang_int1_ver1");
  g_assert_cmpint (p->folds[0], ==, -1);
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    g_assert_cmpfloat (p->probabilities[0][k], ==, expected[k]);
}

static void
test_the_values_tell_the_kind_and_the_note_says_it (void)
{
  g_autoptr (BsPredictions) probabilities = parse (
    HEADER "a,0,0.5,0.5,0,0,0,0\nb,4.0,0.9991,0,0,0,0,0\nc,,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (probabilities->kind, ==, BS_PREDICTIONS_PROBABILITIES);
  assert_note (probabilities, "read as probabilities, because every row sums to 1");
  g_assert_cmpint (probabilities->folds[1], ==, 4);
  g_assert_cmpint (probabilities->folds[2], ==, -1);
  g_autoptr (BsPredictions) rounded =
    parse (HEADER "a,0,1.00000012,-0.0000001,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (rounded->kind, ==, BS_PREDICTIONS_PROBABILITIES);
  g_autoptr (BsPredictions) logits =
    parse (HEADER "a,0,0.5,0.5,0,0,0,0\nb,0,0,0,-0.25,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (logits->kind, ==, BS_PREDICTIONS_LOGITS);
  assert_note (logits, "read as logits, because row 3, column 'fea' is negative");
  assert_unclear (HEADER "a,0,1,0,0,0,0,0\nb,0,0.5555,0.3,0.09,0,0,0\n",
                  "p: row 2: expected six probabilities that sum to 1, or logits, some of them "
                  "negative; the sum here is 1");
  assert_unclear (HEADER "b,0,0.5,0.4015,0.0970,0,0,0\n", "the sum here is 0.9985");
  assert_unclear (HEADER "b,0,50.5,40.15,9.35,0,0,0\n", "the sum here is 100 (per cent?)");
  assert_unclear (HEADER "b,0,1,2,3,0,0,0\n", "the sum here is 6");
}

#define A_ROW "a,0,0.2500,0.2500,0.2500,0.2500,0,0\n"
#define B_ROW "b,0,0.1000,0.2000,0.3000,0.4000,0,0\n"

static void
test_of_mostly_probabilities_another_row_is_refused (void)
{
  assert_refused (
    HEADER A_ROW B_ROW "c,0,0.5,0.4,0.09,0,0,0\n", BS_PREDICTIONS_AUTO,
    "p: row 4: expected six probabilities that sum to 1, as 2 of 3 rows have; the sum "
    "here is 0.99");
  assert_refused (HEADER A_ROW "c,0,-0.5,1.5,0,0,0,0\n" B_ROW, BS_PREDICTIONS_AUTO, "p: row 3: ");
  g_autoptr (BsPredictions) half =
    parse (HEADER A_ROW "c,0,-0.5,1.5,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (half->kind, ==, BS_PREDICTIONS_LOGITS);
}

/* Six values may each be off by half a unit of the last decimal printed. */
static void
test_the_sum_is_judged_by_the_decimals_printed (void)
{
  g_autoptr (BsPredictions) three =
    parse (HEADER "a,0,0.153,0.107,0.101,0.001,0.169,0.466\n", BS_PREDICTIONS_AUTO);
  assert_note (three,
               "read as probabilities, because every row sums to 1 as far as 3 decimals tell");
  g_autoptr (BsPredictions) two =
    parse (HEADER "a,0,0.33,0.33,0.33,0,0,0\nb,0,0.5,0.52,0,0,1e-5,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (two->kind, ==, BS_PREDICTIONS_PROBABILITIES);
  g_autoptr (BsPredictions) one = parse (HEADER "a,0,0.3,0.3,0.3,0.4,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_cmpint (one->read_as.n_decimals, ==, 1);
  assert_unclear (HEADER "a,0,0.153,0.107,0.101,0.001,0.169,0.465\n", "0.996");
  assert_unclear (HEADER "a,0,0.34,0.34,0.36,0,0,0\n", "1.04");
  assert_unclear (HEADER "a,0,1,1,0,0,0,0\n", "the sum here is 2");
  assert_unclear (HEADER "a,0,0,0,0,0,0,0\n", "the sum here is 0");
}

static void
test_tables_of_other_forms_are_read_and_said (void)
{
  g_autoptr (BsPredictions) p =
    parse ("filename ; fold;ang;disg;fea;hap;sad;neu\nx/a.npy;NA;0,25;0,25;0,25;0,25;0,0;0,0\n"
           "b;2,0;1,0;0,0;0,0;0,0;0,0;0,0\n",
           BS_PREDICTIONS_AUTO);
  g_assert_cmpstr (p->filenames[0], ==, "a");
  g_assert_cmpfloat (p->probabilities[0][3], ==, 0.25);
  g_assert_cmpint (p->folds[0], ==, -1);
  g_assert_cmpint (p->folds[1], ==, 2);
  assert_note (p, "read with semicolons between fields and decimal commas; 1 cell with NA, None or "
                  "the like counts as empty; blanks around fields are left out; the name of 1 clip "
                  "was changed, 'x/a.npy' to 'a'; read as probabilities, because every row sums to "
                  "1 as far as 2 decimals tell");
  g_autoptr (BsPredictions) said = parse (HEADER "a,0,1,2,3,4,5,6\n", BS_PREDICTIONS_LOGITS);
  assert_note (said, "read as logits, as you said");
  g_autoptr (BsPredictions) raw = parse (HEADER "a,0,1,2,3,4,5,6\n", BS_PREDICTIONS_RAW);
  g_assert_cmpfloat (raw->probabilities[0][5], ==, 6);
}

static void
test_a_kind_that_is_said_is_believed (void)
{
  g_autoptr (BsPredictions) p =
    parse (HEADER "a,0,0.5,0.1,0,0,0,0\n", BS_PREDICTIONS_PROBABILITIES);
  g_assert_cmpfloat (p->probabilities[0][0], ==, 0.5);
  g_autoptr (BsPredictions) l = parse (HEADER "a,0,1,0,0,0,0,0\n", BS_PREDICTIONS_LOGITS);
  g_assert_cmpint (l->kind, ==, BS_PREDICTIONS_LOGITS);
  g_assert_cmpfloat_with_epsilon (l->probabilities[0][0], exp (1) / (exp (1) + 5), 1e-15);
  assert_refused (HEADER "a,0,1.5,0,0,0,0,0\n", BS_PREDICTIONS_PROBABILITIES,
                  "p: row 2, column 'ang': expected a probability from 0 to 1");
  assert_refused (HEADER "a,0,1,0,0,0,0,0\n", BS_PREDICTIONS_DECISIONS, "expected decisions");
}

static void
test_softmax_stands_large_logits (void)
{
  double values[BS_N_EMOTIONS] = { 1000, 999, -1000, 0, 1000, 998 };
  bs_predictions_softmax (values);
  double sum = 2 + exp (-1) + exp (-2);
  g_assert_cmpfloat_with_epsilon (values[0], 1 / sum, 1e-15);
  g_assert_cmpfloat_with_epsilon (values[1], exp (-1) / sum, 1e-15);
  g_assert_cmpfloat (values[2], ==, 0);
  g_assert_cmpfloat (values[4], ==, values[0]);
}

static void
test_impossible_tables_are_named_by_row_and_column (void)
{
  static const char *const cases[][2] = {
    { HEADER "a,0,0.5,nan,0,0,0,0.5\n", "p: row 2, column 'disg': expected a number" },
    { HEADER "a,0,0.5,inf,0,0,0,0.5\n", "p: row 2, column 'disg': expected a number" },
    { HEADER "a,0,0.5,,0,0,0,0.5\n", "p: row 2, column 'disg': expected a number" },
    { HEADER "a,0,1,0,0,0,0,0\nb,0,1,0,0,0,0\n", "p: row 3" },
    { HEADER "a,-5,1,0,0,0,0,0\n", "p: row 2, column 'fold': expected a fold's whole number" },
    { HEADER "a,1,1,0,0,0,0,0\nb,x,1,0,0,0,0,0\n",
      "p: row 3, column 'fold': expected a whole number, as the other folds have, not 'x'" },
    { "filename;fold;ang;disg;fea;hap;sad;neu\na;0;1.000,5;0;0;0;0;0\n",
      "p: row 2, column 'ang': expected a number, not '1.000,5'" },
    { HEADER "a,0,1,0,0,0,0,0\nb,0,1,0,0,0,0,0\na.mov,0,1,0,0,0,0,0\n",
      "p: row 4: 'a' is there already, in row 2" },
    { HEADER ",0,1,0,0,0,0,0\n", "p: row 2, column 'filename': expected a clip's name" },
    { HEADER, "p: expected at least one prediction" },
    { "filename,ang,disg,fea,hap,sad\na,1,0,0,0,0\n", "p: row 1: expected a column 'neu'" },
    { "name,ang,disg,fea,hap,sad,neu\na,1,0,0,0,0,0\n", "p: row 1: expected a column 'filename'" },
    { "", "p" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], BS_PREDICTIONS_AUTO, cases[i][1]);
}

static const char *
write_npz (TestFolder *folder, const char *member, const double *values, gsize n_rows, gsize n_cols,
           const gint64 *folds)
{
  static const char *const names[] = { "a", "b.mov" };
  const char *path = test_folder_path (folder, "p.npz");
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) strings = bs_npy_from_strings (names, 2);
  g_autoptr (GBytes) array = bs_npy_from_doubles (values, (gsize[]){ n_rows, n_cols }, 2);
  g_autoptr (GBytes) fold = folds != NULL ? bs_npy_from_ints (folds, (gsize[]){ 2 }, 1) : NULL;
  bs_npz_writer_add (writer, "filenames", strings);
  bs_npz_writer_add (writer, member, array);
  if (fold != NULL)
    bs_npz_writer_add (writer, "fold", fold);
  bs_npz_writer_save (writer, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_npz_refused (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error));
  test_assert_message (error, message);
}

static void
test_arrays_are_read (void)
{
  static const double values[12] = { 1, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0.25, 0, 0 };
  static const gint64 folds[2] = { -1, 3 };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsPredictions) p = bs_predictions_load (
    write_npz (folder, "probabilities", values, 2, 6, folds), BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (p->filenames[1], ==, "b");
  g_assert_cmpint (p->folds[0], ==, -1);
  g_assert_cmpint (p->folds[1], ==, 3);
  g_assert_cmpfloat (p->probabilities[1][2], ==, 0.25);
  g_autoptr (BsPredictions) l = bs_predictions_load (
    write_npz (folder, "logits", values, 2, 6, NULL), BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_assert_cmpint (l->kind, ==, BS_PREDICTIONS_LOGITS);
  g_assert_cmpfloat_with_epsilon (l->probabilities[0][0], exp (1) / (exp (1) + 5), 1e-15);
}

static void
test_impossible_arrays_are_named_by_index (void)
{
  static const double values[12] = { 1, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0.2, 0, 0 };
  double odd[12] = { 1, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0.25, 0, NAN };
  static const gint64 folds[2] = { 0, -99 };
  g_autoptr (TestFolder) folder = test_folder_new ();
  assert_npz_refused (write_npz (folder, "probabilities", values, 2, 6, NULL),
                      "probabilities[0]: ");
  assert_npz_refused (write_npz (folder, "probabilities", odd, 2, 6, NULL),
                      "probabilities[1, 5]: ");
  assert_npz_refused (write_npz (folder, "probabilities", odd, 2, 6, folds), "fold[1]: ");
  assert_npz_refused (write_npz (folder, "probabilities", odd, 6, 2, NULL), "expected 2 rows");
  assert_npz_refused (write_npz (folder, "values", odd, 2, 6, NULL),
                      "expected an array 'probabilities'");
  const char *cut = write_npz (folder, "probabilities", odd, 2, 6, NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (cut, &bytes, &length, NULL));
  assert_npz_refused (test_folder_write_bytes (folder, "cut.npz", bytes, length / 2), "cut.npz");
  assert_npz_refused (test_folder_path (folder, "none.csv"), "none.csv");
  assert_npz_refused (folder->path, "probabilities.npz");
}

static void
test_what_is_saved_reads_back_to_the_same_doubles (void)
{
  static const char *const names[] = { "p.csv", "p.NPZ" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsPredictions) p = bs_predictions_new (2);
  p->filenames[0] = g_strdup ("a,\"b");
  p->filenames[1] = g_strdup ("c");
  p->folds[1] = 4;
  for (int k = 0; k < BS_N_EMOTIONS; k++) {
    p->probabilities[0][k] = 1.0 / 6;
    p->probabilities[1][k] = (k + 1) / 21.0;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    const char *path = test_folder_path (folder, names[i]);
    bs_predictions_save (p, path, &error);
    g_assert_no_error (error);
    g_autoptr (BsPredictions) q = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (q->n, ==, 2);
    g_assert_cmpstr (q->filenames[0], ==, p->filenames[0]);
    g_assert_cmpint (q->folds[0], ==, -1);
    g_assert_cmpint (q->folds[1], ==, 4);
    g_assert_cmpmem (q->probabilities, sizeof (double[2][BS_N_EMOTIONS]), p->probabilities,
                     sizeof (double[2][BS_N_EMOTIONS]));
  }
  g_autoptr (GError) refused = NULL, lost = NULL;
  g_assert_false (bs_predictions_save (p, test_folder_path (folder, "p.txt"), &refused));
  g_assert_error (refused, BS_ERROR, BS_ERROR_UNSUPPORTED);
  g_assert_false (bs_predictions_save (p, test_folder_path (folder, "no/where.csv"), &lost));
  test_assert_message (lost, "where.csv");
}

static void
test_a_folder_that_cannot_be_written_keeps_its_file (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsPredictions) p = parse (HEADER "a,0,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  const char *path = test_folder_write (folder, "sub/p.csv", "before");
  test_folder_lock (folder, "sub", 0555);
  gboolean saved = bs_predictions_save (p, path, &error);
  test_folder_unlock (folder, "sub");
  g_assert_false (saved);
  test_assert_message (error, "p.csv");
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

#define SUBMISSION                                                        \
  "{\"predictions\": {\n"                                                 \
  "  \"test_0001.mov\": [{\"emotion\": \"sad\", \"salience\": 100.0}],\n" \
  "  \"test_0002.mov\": [{\"emotion\": \"sad\", \"salience\": 70},"       \
  "{\"emotion\": \"hap\", \"salience\": \"30\"}]}}"

static void
assert_submission (const BsPredictions *p)
{
  g_assert_cmpint (p->kind, ==, BS_PREDICTIONS_DECISIONS);
  g_assert_cmpuint (p->n, ==, 2);
  g_assert_cmpstr (p->filenames[1], ==, "test_0002");
  g_assert_true (bs_label_equal (p->decisions[0], bs_label_single (BS_EMOTION_SAD)));
  g_assert_true (
    bs_label_equal (p->decisions[1], bs_label_blend (BS_EMOTION_SAD, BS_EMOTION_HAP, 70)));
}

static void
test_the_challenges_json_is_read (void)
{
  g_autoptr (BsPredictions) p = parse (SUBMISSION, BS_PREDICTIONS_AUTO);
  assert_submission (p);
  g_autoptr (BsPredictions) bare = parse (
    "\xef\xbb\xbf {\"a\": [{\"emotion\": \"neu\", \"salience\": 100}]}", BS_PREDICTIONS_DECISIONS);
  g_assert_cmpint (bare->decisions[0].first, ==, BS_EMOTION_NEU);
  assert_refused (SUBMISSION, BS_PREDICTIONS_LOGITS, "holds decisions");
}

static void
test_impossible_json_is_named_by_clip (void)
{
#define CLIP(entries) "{\"predictions\": {\"t.mov\": " entries "}}"
#define ENTRY(emotion, salience) "{\"emotion\": \"" emotion "\", \"salience\": " salience "}"
  static const char *const cases[][2] = {
    { CLIP ("[" ENTRY ("joy", "100") "]"), "p: predictions: expected emotions among ang" },
    { CLIP ("[" ENTRY ("sad", "70") "," ENTRY ("hap", "\"x\"") "]"),
      "p: predictions.t.mov[1].salience: expected a finite number" },
    { CLIP ("[" ENTRY ("sad", "\"nan\"") "]"), "expected a finite number" },
    { CLIP ("[" ENTRY ("sad", "70") ",{\"emotion\": \"hap\"}]"),
      "p: predictions.t.mov[1]: expected a salience" },
    { CLIP ("[{\"salience\": 100}]"), "p: predictions.t.mov[0]" },
    { "[{\"filename\": \"t.mov\", \"emotion\": \"ang\"}]", "p: expected an object of clips" },
    { CLIP ("{}"), "p: predictions.t.mov" },
    { CLIP ("[1]"), "p: predictions.t.mov" },
    { CLIP ("[{}, {}]"), "p: predictions.t.mov" },
    { CLIP ("[" ENTRY ("sad", "1e999") "]"), "p" },
    { "{\"a.mov\": [" ENTRY ("sad", "100") "], \"a\": [" ENTRY ("sad", "100") "]}",
      "p: clip 2 (a): 'a' is there already, in clip 1 (a)" },
    { "{\"predictions\": []}", "p: predictions: expected an object" },
    { "{}", "p: expected at least one prediction" },
    { "{\"predictions\": ", "p: line 1" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], BS_PREDICTIONS_AUTO, cases[i][1]);
}

/* As the official scorer reads them: the set, and round (float (salience)) of two. */
static void
test_odd_decisions_are_read_as_the_scorer_reads_them (void)
{
#define TWO(a, s, b, t) "[" ENTRY (a, s) "," ENTRY (b, t) "]"
  static const struct {
    const char *entries;
    BsLabel label;
    int oddity; /* -1: none */
  } cases[] = {
    { "[" ENTRY ("sad", "1.0") "]", { 4, -1, 100 }, BS_ODDITY_FRACTION },
    { "[" ENTRY ("sad", "60") "]", { 4, -1, 100 }, BS_ODDITY_RATIO },
    { "[{\"emotion\": \"sad\"}]", { 4, -1, 100 }, BS_ODDITY_RATIO },
    { "[]", { -1, -1, 0 }, BS_ODDITY_NUMBER },
    { "[" ENTRY ("joy", "100") "]", { -1, -1, 0 }, BS_ODDITY_EMOTION },
    { TWO ("sad", "70", "joy", "30"), { -1, -1, 0 }, BS_ODDITY_EMOTION },
    { TWO ("sad", "70", "sad", "30"), { 4, -1, 100 }, BS_ODDITY_TWICE },
    { TWO ("neu", "30", "hap", "70"), { 3, 5, 70 }, BS_ODDITY_NEUTRAL },
    { TWO ("sad", "60", "hap", "40"), { 3, 4, 40 }, BS_ODDITY_RATIO },
    { TWO ("sad", "70", "hap", "50"), { 3, 4, -1 }, BS_ODDITY_RATIO },
    { TWO ("sad", "0.7", "hap", "0.3"), { 3, 4, -1 }, BS_ODDITY_FRACTION },
    { TWO ("sad", "\" 70.4 \"", "hap", "29.5"), { 3, 4, 30 }, -1 },
    { TWO ("sad", "50.5", "hap", "49.5"), { 3, 4, 50 }, -1 },
    { TWO ("sad", "1e300", "hap", "-1e300"), { 3, 4, -1 }, BS_ODDITY_RATIO },
    { "[" ENTRY ("sad", "50") "," ENTRY ("hap", "25") "," ENTRY ("ang", "25") "]",
      { -1, -1, 0 },
      BS_ODDITY_NUMBER },
    { "[" ENTRY ("sad", "70") "," ENTRY ("hap", "20") "," ENTRY ("hap", "30") "]",
      { 3, 4, -1 },
      BS_ODDITY_TWICE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{\"a.mov\": %s, \"b.mov\": [" ENTRY ("ang", "100") "]}", cases[i].entries);
    g_autoptr (BsPredictions) p = parse (text, BS_PREDICTIONS_AUTO);
    g_assert_true (bs_label_equal (p->decisions[0], cases[i].label));
    for (int k = 0; k < BS_N_ODDITIES; k++)
      if (k == cases[i].oddity)
        g_assert_cmpstr (p->read_as.oddities[k].first, ==, "a");
      else
        g_assert_cmpuint (p->read_as.oddities[k].n, ==, 0);
  }
}

static void
test_decisions_are_written_as_the_challenge_takes_them (void)
{
  static const char *const names[] = { "test_0001", "test_0002.mov" };
  const BsLabel decisions[] = { bs_label_single (BS_EMOTION_SAD),
                                bs_label_blend (BS_EMOTION_SAD, BS_EMOTION_HAP, 70) };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *json = test_folder_path (folder, "s.json"), *zip = test_folder_path (folder, "s.zip");
  bs_predictions_save_decisions (names, decisions, 2, json, &error);
  g_assert_no_error (error);
  bs_predictions_save_decisions (names, decisions, 2, zip, &error);
  g_assert_no_error (error);
  g_autofree char *text = NULL, *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (json, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"test_0002.mov\""));
  g_assert_nonnull (strstr (text, "100.0"));
  g_assert_nonnull (strstr (text, "30.0"));
  g_assert_true (g_file_get_contents (zip, &bytes, &length, NULL));
  g_autoptr (GBytes) archive = g_bytes_new_static (bytes, length);
  g_autoptr (BsByteSource) source = bs_byte_source_new (archive, "s.zip");
  g_autoptr (BsZip) members = bs_zip_open (source, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_zip_n_members (members), ==, 1);
  g_assert_cmpstr (bs_zip_member (members, 0), ==, "submission_template.json");
  const char *const paths[] = { json, zip };
  for (int i = 0; i < 2; i++) {
    g_autoptr (BsPredictions) p = bs_predictions_load (paths[i], BS_PREDICTIONS_AUTO, &error);
    g_assert_no_error (error);
    assert_submission (p);
  }
}

static void
test_impossible_decisions_are_not_written (void)
{
  static const char *const twice[] = { "a", "a.mov" };
  const BsLabel decisions[] = { bs_label_single (BS_EMOTION_SAD), BS_LABEL_UNKNOWN };
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *path = test_folder_path (folder, "s.json");
  g_autoptr (GError) unknown = NULL, double_clip = NULL, name = NULL;
  g_assert_false (bs_predictions_save_decisions (twice, decisions, 2, path, &unknown));
  test_assert_message (unknown, "there is no decision of the challenge's form of clip 'a.mov'");
  const BsLabel known[] = { decisions[0], decisions[0] };
  g_assert_false (bs_predictions_save_decisions (twice, known, 2, path, &double_clip));
  test_assert_message (double_clip, "there are two decisions of clip 'a.mov'");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (
    bs_predictions_save_decisions (twice, known, 1, test_folder_path (folder, "s.txt"), &name));
  test_assert_message (name, "expected a name in .json or .zip");
}

static void
test_every_test_clip_must_be_decided (void)
{
  g_autoptr (BsMetadata) m = metadata_of ("filename\nx\n", "filename\nt1\nt2\n");
  g_autoptr (BsMetadata) train = metadata_of ("filename\nx\n", NULL);
  static const char *const all[] = { "t2.mov", "t1", "x" };
  g_autoptr (GError) error = NULL, missing = NULL, more = NULL, none = NULL;
  g_assert_true (bs_predictions_check_test_clips (all, 2, m, &error));
  g_assert_no_error (error);
  g_assert_false (bs_predictions_check_test_clips (all, 1, m, &missing));
  test_assert_message (missing, "1 of 2 test clips have no decision, first t1");
  g_assert_false (bs_predictions_check_test_clips (all, 3, m, &more));
  test_assert_message (more, "1 decisions are not of test clips, first x");
  g_assert_false (bs_predictions_check_test_clips (all, 0, train, &none));
  test_assert_message (none, "no test clips");
}

static void
test_predictions_are_put_beside_their_clips (void)
{
  g_autoptr (BsMetadata) m =
    metadata_of ("filename,emotion_1,fold\na,hap,0\nb,sad,1\nc,neu,2\nd,,\n", "filename\nt\nu\n");
  g_autoptr (BsPredictions) p =
    parse (HEADER "t,,1,0,0,0,0,0\nz,,1,0,0,0,0,0\nc,2,1,0,0,0,0,0\na,3,1,0,0,0,0,0\n",
           BS_PREDICTIONS_AUTO);
  g_autoptr (GError) error = NULL, none = NULL;
  g_autoptr (BsAlignment) found = bs_predictions_align (p, m, &error);
  g_assert_no_error (error);
  static const gsize clips[3] = { 0, 2, 4 }, rows[3] = { 3, 2, 0 };
  g_assert_cmpmem (found->clip, found->n * sizeof (gsize), clips, sizeof clips);
  g_assert_cmpmem (found->row, found->n * sizeof (gsize), rows, sizeof rows);
  g_assert_cmpuint (found->n_without_prediction, ==, 1);
  g_assert_cmpuint (found->n_without_metadata, ==, 1);
  g_assert_cmpuint (found->n_other_fold, ==, 1);
  g_autoptr (BsPredictions) others = parse (HEADER "q,,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_assert_null (bs_predictions_align (others, m, &none));
  test_assert_message (none, "none of the 1 predictions (first 'q')");
}

static void
test_folds_come_from_one_file (void)
{
  g_autoptr (BsMetadata) some = metadata_of ("filename,emotion_1,fold\na,hap,0\nb,sad,\n", NULL);
  g_autoptr (BsMetadata) none = metadata_of ("filename,emotion_1\na,hap\nb,sad\n", NULL);
  g_autoptr (BsMetadata) words = metadata_of ("filename,fold\na,F1\nb,F2\n", NULL);
  g_autoptr (BsPredictions) p =
    parse (HEADER "a,F1,1,0,0,0,0,0\nb.feat,F3,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_autoptr (BsPredictions) bare = parse (HEADER "a,,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_autoptr (BsAlignment) a = bs_predictions_align (p, some, NULL);
  g_autoptr (BsAlignment) b = bs_predictions_align (p, none, NULL);
  g_autoptr (BsAlignment) c = bs_predictions_align (bare, none, NULL);
  g_autoptr (BsAlignment) d = bs_predictions_align (p, words, NULL);
  g_assert_cmpint (a->folds, ==, BS_FOLD_SOURCE_METADATA);
  g_assert_cmpint (b->folds, ==, BS_FOLD_SOURCE_PREDICTIONS);
  g_assert_cmpint (c->folds, ==, BS_FOLD_SOURCE_NONE);
  g_assert_cmpuint (b->n, ==, 2); /* an extension that nobody knows */
  g_assert_cmpuint (d->n_other_fold, ==, 1);
  g_autoptr (BsPredictions) twice =
    parse (HEADER "b,,1,0,0,0,0,0\nb.feat,,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_predictions_align (twice, none, &error));
  test_assert_message (error, "'b' and 'b.feat' of the predictions are one clip");
}

static void
test_names_of_folds_are_written_and_read (void)
{
  static const char *const names[] = { "p.csv", "p.npz" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsPredictions) p = parse (
    HEADER "a,F10,1,0,0,0,0,0\nb,\"F,2\",1,0,0,0,0,0\nc,,1,0,0,0,0,0\n", BS_PREDICTIONS_AUTO);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    const char *path = test_folder_path (folder, names[i]);
    g_assert_true (bs_predictions_save (p, path, &error));
    g_autoptr (BsPredictions) q = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (q->folds, 3, p->folds, 3);
    g_assert_cmpstr (q->fold_names[0], ==, "F,2");
    g_assert_cmpstr (q->fold_names[1], ==, "F10");
  }
}

static const char *
write_ordered_npz (TestFolder *folder, const char *member, const char *const *classes, gsize n)
{
  static const char *const names[] = { "a" };
  static const double values[6] = { 0.5, 0.25, 0.125, 0.0625, 0.0625, 0 };
  const char *path = test_folder_path (folder, "o.npz");
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autoptr (GBytes) strings = bs_npy_from_strings (names, 1);
  g_autoptr (GBytes) array = bs_npy_from_doubles (values, (gsize[]){ 1, 6 }, 2);
  g_autoptr (GBytes) order = bs_npy_from_strings (classes, n);
  bs_npz_writer_add (writer, "filenames", strings);
  bs_npz_writer_add (writer, "probabilities", array);
  bs_npz_writer_add (writer, member, order);
  g_assert_true (bs_npz_writer_save (writer, path, NULL));
  return path;
}

static void
test_an_array_gives_the_order_of_columns (void)
{
  static const char *const order[] = { "neu", "Sad", "hap ", "fea", "disg", "ang" };
  static const char *const official[] = { "ang", "disg", "fea", "hap", "sad", "neu" };
  static const char *const wrong[] = { "neu", "sad", "sad", "fea", "disg", "ang" };
  static const double expected[6] = { 0, 0.0625, 0.0625, 0.125, 0.25, 0.5 };
  static const char *const members[] = { "classes", "emotions" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsPredictions) p = bs_predictions_load (
      write_ordered_npz (folder, members[i], order, 6), BS_PREDICTIONS_AUTO, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (p->probabilities[0], sizeof expected, expected, sizeof expected);
    g_assert_cmpstr (p->read_as.columns, ==, "neu,sad,hap ,fea,disg,ang");
    assert_npz_refused (write_ordered_npz (folder, members[i], wrong, 6), "each once");
    assert_npz_refused (write_ordered_npz (folder, members[i], order, 5), members[i]);
  }
  g_autoptr (BsPredictions) same = bs_predictions_load (
    write_ordered_npz (folder, "classes", official, 6), BS_PREDICTIONS_AUTO, NULL);
  g_assert_null (same->read_as.columns);
}

static void
test_the_reference_is_read (void)
{
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  if (reference == NULL) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: real predictions were NOT tested");
    return;
  }
  g_autofree char *path = g_build_filename (reference, "hicmae", "kl100_logits.csv", NULL);
  g_autofree char *table = g_build_filename (reference, "train_metadata.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BsPredictions) p = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_autoptr (BsMetadata) m = bs_metadata_load (table, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsAlignment) found = bs_predictions_align (p, m, &error);
  g_assert_no_error (error);
  g_assert_cmpint (p->kind, ==, BS_PREDICTIONS_LOGITS);
  g_assert_cmpuint (found->n, ==, 2456);
  g_assert_cmpuint (found->n_without_prediction + found->n_without_metadata, ==, 0);
  g_assert_cmpuint (found->n_other_fold, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predictions/columns", test_rows_that_sum_to_one_are_probabilities);
  g_test_add_func ("/predictions/kind", test_the_values_tell_the_kind_and_the_note_says_it);
  g_test_add_func ("/predictions/said", test_a_kind_that_is_said_is_believed);
  g_test_add_func ("/predictions/softmax", test_softmax_stands_large_logits);
  g_test_add_func ("/predictions/tables", test_impossible_tables_are_named_by_row_and_column);
  g_test_add_func ("/predictions/npz", test_arrays_are_read);
  g_test_add_func ("/predictions/arrays", test_impossible_arrays_are_named_by_index);
  g_test_add_func ("/predictions/save", test_what_is_saved_reads_back_to_the_same_doubles);
  g_test_add_func ("/predictions/locked", test_a_folder_that_cannot_be_written_keeps_its_file);
  g_test_add_func ("/predictions/json", test_the_challenges_json_is_read);
  g_test_add_func ("/predictions/impossible-json", test_impossible_json_is_named_by_clip);
  g_test_add_func ("/predictions/decisions",
                   test_decisions_are_written_as_the_challenge_takes_them);
  g_test_add_func ("/predictions/not-written", test_impossible_decisions_are_not_written);
  g_test_add_func ("/predictions/test-clips", test_every_test_clip_must_be_decided);
  g_test_add_func ("/predictions/align", test_predictions_are_put_beside_their_clips);
  g_test_add_func ("/predictions/other-rows", test_of_mostly_probabilities_another_row_is_refused);
  g_test_add_func ("/predictions/decimals", test_the_sum_is_judged_by_the_decimals_printed);
  g_test_add_func ("/predictions/forms", test_tables_of_other_forms_are_read_and_said);
  g_test_add_func ("/predictions/odd-decisions",
                   test_odd_decisions_are_read_as_the_scorer_reads_them);
  g_test_add_func ("/predictions/folds", test_folds_come_from_one_file);
  g_test_add_func ("/predictions/fold-names", test_names_of_folds_are_written_and_read);
  g_test_add_func ("/predictions/order", test_an_array_gives_the_order_of_columns);
  g_test_add_func ("/predictions/reference", test_the_reference_is_read);
  return g_test_run ();
}
