/* SPDX-License-Identifier: MIT */
#include "data/corpus/bs-openface.h"

#include <math.h>

#include "tests/support/bs-test-folder.h"

#define HEADER_3 "frame,action_units,emotion_index,gaze_yaw,gaze_pitch\n"
#define N_FRAMES 20

static BsMatrix *
load (const char *text)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *path = test_folder_write (folder, "x.csv", text);
  g_assert_true (bs_openface_is_table (path));
  BsMatrix *matrix = bs_openface_load (path, &error);
  g_assert_no_error (error);
  return matrix;
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_openface_load (test_folder_write (folder, "x.csv", text), &error));
  test_assert_message (error, message);
}

/* Blanks after the commas, as OpenFace 2 writes them. The first action unit is the frame's number,
 * but 100 in bad frames; the last column is twice the number; the others are constant. */
static char *
table_2 (int n_frames, const char *success, const double *confidence)
{
  static const char *const units[] = { "01", "02", "04", "05", "06", "07", "09", "10", "12",
                                       "14", "15", "17", "20", "23", "25", "26", "45" };
  GString *out = g_string_new ("frame, confidence, success, AU01_c");
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    g_string_append_printf (out, ", AU%s_r", units[i]);
  g_string_append (out,
                   ", gaze_0_x, gaze_0_y, gaze_0_z, gaze_1_x, gaze_1_y, gaze_1_z, gaze_angle_x,"
                   " gaze_angle_y, pose_Tx, pose_Ty, pose_Tz, pose_Rx, pose_Ry, pose_Rz\n");
  for (int row = 0; row < n_frames; row++) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    gboolean bad = success[row] != '1' || confidence[row] < 0.85;
    g_ascii_dtostr (digits, sizeof digits, confidence[row]);
    g_string_append_printf (out, "%d, %s, %c, 1, %d", row + 1, digits, success[row],
                            bad ? 100 : row);
    for (int i = 1; i < 17; i++)
      g_string_append_printf (out, ", %d", i);
    g_string_append_printf (out, ", 23, 24, 25, 26, 27, 28, 29, %d, 20, 21, 22, 17, 18, 19\n",
                            bad ? -1 : 2 * row);
  }
  return g_string_free (out, FALSE);
}

static BsMatrix *
clean (const char *bad_frames, int bad_confidence)
{
  char success[N_FRAMES + 1];
  double confidence[N_FRAMES];
  for (int i = 0; i < N_FRAMES; i++) {
    success[i] = '1';
    confidence[i] = i < bad_confidence ? 0.5 : 0.98;
  }
  for (const char *c = bad_frames; *c != '\0'; c++)
    success[*c - 'a'] = '0';
  g_autofree char *text = table_2 (N_FRAMES, success, confidence);
  return load (text);
}

static void
test_version_3_gives_eleven_columns (void)
{
  g_autoptr (BsMatrix) m = load (HEADER_3 "0,\"[0.5, 1, 2, 3, 4, 5, 6, 7.25]\",5,0.125,-0.5\n"
                                          "1,[1 2 3 4 5 6 7 nan],1.0,,nan\n"
                                          "2,,,,\n");
  static const float expected[3][BS_OPENFACE_3_WIDTH] = {
    { 0.5f, 1, 2, 3, 4, 5, 6, 7.25f, 5, 0.125f, -0.5f },
    { 1, 2, 3, 4, 5, 6, 7, 0, 1, 0, 0 },
    { 0 },
  };
  g_assert_cmpuint (m->n_rows, ==, 3);
  g_assert_cmpuint (m->n_cols, ==, BS_OPENFACE_3_WIDTH);
  g_assert_cmpmem (m->data, sizeof expected, expected, sizeof expected);
  g_autoptr (BsMatrix) empty = load (HEADER_3);
  g_assert_cmpuint (empty->n_rows, ==, 1);
  g_assert_cmpfloat (empty->data[0], ==, 0);
}

static void
test_version_2_gives_thirty_one_columns_in_official_order (void)
{
  g_autoptr (BsMatrix) m = clean ("", 0);
  g_assert_cmpuint (m->n_rows, ==, N_FRAMES);
  g_assert_cmpuint (m->n_cols, ==, BS_OPENFACE_2_WIDTH);
  const float *row = bs_matrix_row (m, 7);
  g_assert_cmpfloat (row[0], ==, 7);
  for (int i = 1; i < 30; i++)
    g_assert_cmpfloat (row[i], ==, i);
  g_assert_cmpfloat (row[30], ==, 14);
}

static void
test_few_bad_frames_are_interpolated (void)
{
  /* Frames 0, 5 and 19 of 20: a share of exactly .85 good ones. */
  g_autoptr (BsMatrix) m = clean ("aft", 0);
  g_assert_cmpuint (m->n_rows, ==, N_FRAMES - 1);
  for (int i = 0; i < 18; i++) {
    g_assert_cmpfloat (bs_matrix_row (m, (gsize) i)[0], ==, (float) i + 1);
    g_assert_cmpfloat (bs_matrix_row (m, (gsize) i)[30], ==, 2 * (float) i + 2);
  }
  g_assert_cmpfloat (bs_matrix_row (m, 18)[0], ==, 18);
  g_autoptr (BsMatrix) unsure = clean ("", 3);
  g_assert_cmpuint (unsure->n_rows, ==, N_FRAMES - 3);
  g_assert_cmpfloat (unsure->data[0], ==, 3);
}

static void
test_many_bad_frames_are_left_as_they_are (void)
{
  g_autoptr (BsMatrix) m = clean ("abcd", 0);
  g_assert_cmpuint (m->n_rows, ==, N_FRAMES);
  g_assert_cmpfloat (m->data[0], ==, 100);
  g_autoptr (BsMatrix) unsure = clean ("", 10);
  g_assert_cmpuint (unsure->n_rows, ==, N_FRAMES);
  g_assert_cmpfloat (unsure->data[0], ==, 100);
  /* Unless the other share says that the clip is good. */
  g_autoptr (BsMatrix) mixed = clean ("abcd", 1);
  g_assert_cmpuint (mixed->n_rows, ==, N_FRAMES - 4);
  g_assert_cmpfloat (mixed->data[0], ==, 4);
}

static void
test_nothing_good_is_a_row_of_zeros (void)
{
  g_autoptr (BsMatrix) m = clean ("a", N_FRAMES);
  g_autofree char *header = table_2 (0, NULL, NULL);
  g_autoptr (BsMatrix) empty = load (header);
  BsMatrix *const both[] = { m, empty };
  for (int k = 0; k < 2; k++) {
    g_assert_cmpuint (both[k]->n_rows, ==, 1);
    for (int i = 0; i < BS_OPENFACE_2_WIDTH; i++)
      g_assert_cmpfloat (both[k]->data[i], ==, 0);
  }
}

static void
test_wrong_tables_are_named_by_row_and_column (void)
{
  assert_refused (HEADER_3 "0,\"[1,2,3]\",5,0,0\n",
                  "x.csv: row 2, column 'action_units': expected a list of 8 numbers");
  assert_refused (HEADER_3 "0,\"[1,2,3,4,5,6,7,8,9]\",5,0,0\n", "expected a list of 8 numbers");
  assert_refused (HEADER_3 "0,\"[1,2,3,4,5,6,7,x]\",5,0,0\n", "expected a list of 8 numbers");
  assert_refused (HEADER_3 "0,\"[1,2,3,4,5,6,7,inf]\",5,0,0\n", "expected a list of 8 numbers");
  assert_refused (HEADER_3 "0,\"[1,2,3,4,5,6,7,8]\",y,0,0\n", "column 'emotion_index'");
  assert_refused ("action_units,gaze_yaw\n", "expected a column 'emotion_index'");
  assert_refused ("AU01_r,AU02_r\n1,2\n", "expected a column 'success'");
}

static void
test_other_tables_are_not_taken_for_openface (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_assert_false (bs_openface_is_table (
    test_folder_write (folder, "a.csv", "time,note\n0,action_units AU01_r\n")));
  g_assert_false (bs_openface_is_table (test_folder_path (folder, "none.csv")));
  g_assert_false (bs_openface_is_table (test_folder_write (folder, "b.csv", "")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openface/3", test_version_3_gives_eleven_columns);
  g_test_add_func ("/openface/2", test_version_2_gives_thirty_one_columns_in_official_order);
  g_test_add_func ("/openface/few-bad", test_few_bad_frames_are_interpolated);
  g_test_add_func ("/openface/many-bad", test_many_bad_frames_are_left_as_they_are);
  g_test_add_func ("/openface/zeros", test_nothing_good_is_a_row_of_zeros);
  g_test_add_func ("/openface/wrong", test_wrong_tables_are_named_by_row_and_column);
  g_test_add_func ("/openface/other", test_other_tables_are_not_taken_for_openface);
  return g_test_run ();
}
