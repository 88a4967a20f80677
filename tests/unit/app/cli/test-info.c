/* SPDX-License-Identifier: MIT */
/* info: the program itself on a small corpus and on the real labels. */
#include "tests/support/bs-test-cli.h"

static double
number_at (const BsJson *object, const char *key)
{
  g_autoptr (GError) error = NULL;
  double value = 0;
  bs_json_get_double (object, key, &value, &error);
  g_assert_no_error (error);
  return value;
}

static TestFolder *
small_corpus (void)
{
  TestFolder *folder = test_folder_new ();
  test_folder_write (folder, "train_metadata.csv",
                     "filename,video_id,gender,fold\nA1_ang_int1_ver1,A1,f,0\n"
                     "A1_mix_ang_sad_30_70_ver1,A1,f,0\nA2_neu_sit1_ver1,A2,m,1\n");
  test_folder_write (folder, "OpenFace_3_train/A1_ang_int1_ver1.csv",
                     "action_units,emotion_index,gaze_yaw,gaze_pitch\n");
  test_folder_write (folder, "Broken_train/A1_ang_int1_ver1.npy", "x");
  return folder;
}

static void
test_info_counts_a_corpus (void)
{
  g_autoptr (TestFolder) folder = small_corpus ();
  g_auto (CliResult) result = run_cli ("info", folder->path, "--format", "json", NULL);
  g_autoptr (GError) error = NULL;
  assert_done (&result);
  g_autoptr (cJSON) document = bs_json_parse (result.out, strlen (result.out), "info", &error);
  g_assert_no_error (error);
  BsJson root = bs_json_root (document, "info"), classes, encoders, encoder, problems;
  g_assert_cmpfloat (number_at (&root, "n_train"), ==, 3);
  g_assert_true (bs_json_get_object (&root, "classes", &classes, NULL));
  g_assert_cmpfloat (number_at (&classes, "ang-sad"), ==, 1);
  g_assert_true (bs_json_get_array (&root, "encoders", &encoders, NULL));
  g_assert_cmpuint (bs_json_length (&encoders), ==, 2);
  g_assert_true (bs_json_first (&encoders, &encoder));
  g_assert_cmpstr (bs_json_get_string (&encoder, "name", NULL), ==, "Broken");
  g_assert_false (bs_json_has (&encoder, "width"));
  g_assert_nonnull (strstr (bs_json_get_string (&encoder, "error", NULL), ".npy"));
  g_assert_true (bs_json_next (&encoder));
  g_assert_cmpfloat (number_at (&encoder, "width"), ==, 11);
  g_assert_true (bs_json_get_array (&root, "problems", &problems, NULL));
  g_assert_cmpuint (bs_json_length (&problems), ==, 3);
}

static void
test_info_is_readable (void)
{
  static const char *const lines[] = {
    "clips         3 training, 0 test, 0 with picture and sound\n",
    "labels        3: 2 singles, 1 blends\n",
    "ratios   1 of 30/70, 0 of 50/50, 0 of 70/30\n",
    "gender   f: 2 clips, 1 actors; m: 1 clips, 1 actors\n",
    "ang-sad        1     0      1\n",
    "A2             0     1      1\n",
    "width 11\n",
    "- OpenFace_3: 2 of 3 clips have no features, first A1_mix_ang_sad_30_70_ver1\n",
  };
  g_autoptr (TestFolder) folder = small_corpus ();
  g_auto (CliResult) result = run_cli ("info", folder->path, NULL);
  assert_done (&result);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (strstr (result.out, lines[i]) == NULL)
      g_error ("'%s' is not in\n%s", lines[i], result.out);
}

static void
test_info_refuses_with_one_line (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (CliResult) empty = run_cli ("info", folder->path, NULL);
  assert_ended (&empty, 1, "expected train_metadata.csv");
  g_auto (CliResult) none = run_cli ("info", NULL);
  assert_ended (&none, 2, "a word is missing");
  g_auto (CliResult) format = run_cli ("info", folder->path, "--format", "xml", NULL);
  assert_ended (&format, 2, "--format xml");
}

static void
test_info_counts_the_reference (void)
{
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  if (reference == NULL) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: the real labels were NOT counted");
    return;
  }
  g_auto (CliResult) result = run_cli ("info", reference, NULL);
  assert_done (&result);
  g_assert_nonnull (strstr (result.out, "\nblends       280   270   240   240   296   1326\n"));
  g_assert_nonnull (strstr (result.out, "\nactors        10     9     9     9    10     47\n"));
  g_assert_nonnull (strstr (result.out, "\nhap-sad       24    27    24    24    31    130\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/info/json", test_info_counts_a_corpus);
  g_test_add_func ("/info/text", test_info_is_readable);
  g_test_add_func ("/info/refused", test_info_refuses_with_one_line);
  g_test_add_func ("/info/reference", test_info_counts_the_reference);
  return g_test_run ();
}
