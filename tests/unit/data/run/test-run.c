/* SPDX-License-Identifier: MIT */
#include "data/run/bs-run.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>

#include "tests/support/bs-test-folder.h"

static BsPredictions *
predictions_of (const char *const *names, double first)
{
  gsize n = g_strv_length ((char **) names);
  BsPredictions *self = bs_predictions_new (n);
  for (gsize i = 0; i < n; i++) {
    self->filenames[i] = g_strdup (names[i]);
    self->folds[i] = (gint8) i;
    self->probabilities[i][0] = first;
    self->probabilities[i][5] = 1 - first;
  }
  return self;
}

static BsTensor *
tensor_of (const char *name, gsize n_rows, gsize n_cols, guint n_axes)
{
  BsMatrix *matrix = bs_matrix_new (n_rows, n_cols);
  for (gsize i = 0; i < n_rows * n_cols; i++)
    matrix->data[i] = (float) i / 3;
  return bs_tensor_new (name, matrix, n_axes);
}

static BsRun *
run_of_two_folds (void)
{
  static const char *const names[] = { "a", "b", NULL }, *const train[] = { "b", NULL };
  BsRun *run = bs_run_new ();
  run->title = g_strdup ("mlp-512: ImageBind \"quoted\" é");
  run->model = g_strdup ("mlp-512");
  run->protocol = g_strdup ("official");
  g_strfreev (run->encoders);
  run->encoders = g_strsplit ("ImageBind,WavLM_large", ",", -1);
  g_hash_table_insert (run->settings, g_strdup ("learning_rate"), g_strdup ("5e-06"));
  run->seed = G_MAXUINT64 - 1;
  run->n_threads = 2;
  run->metadata_hash = g_strdup ("abc");
  run->created = g_strdup ("2026-01-02T03:04:05Z");
  run->predictions = predictions_of (names, 1.0 / 3);
  run->predictions->note = g_strdup ("something");
  for (int fold = 0; fold < 2; fold++) {
    BsEpoch epoch = { fold, 7, 1.25, NAN, 1.0 / 7, 0.5, 0.1, 0.2, 0.75, 0.5, NAN, 1e-4 };
    BsFoldResult *result = g_new0 (BsFoldResult, 1);
    result->fold = fold;
    result->best_epoch = 7;
    result->alpha = 1.0 / 3;
    result->beta = fold == 0 ? 0.25 : NAN;
    if (fold == 0) {
      result->train_predictions = predictions_of (train, 0.125);
      result->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
      g_ptr_array_add (result->tensors, tensor_of ("0.weight", 2, 3, 2));
      g_ptr_array_add (result->tensors, tensor_of ("0.bias", 1, 2, 1));
    }
    g_array_append_val (run->history, epoch);
    g_ptr_array_add (run->folds, result);
  }
  return run;
}

static const char *
save (TestFolder *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = run_of_two_folds ();
  const char *path = test_folder_path (folder, name);
  bs_run_save (run, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (run->folder, ==, path);
  return path;
}

static void
assert_broken (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_run_load (path, &error));
  g_assert_cmpuint (error->domain, ==, BS_ERROR);
  test_assert_message (error, message);
}

static void
assert_folds (const BsRun *run)
{
  const BsFoldResult *first = bs_run_fold (run, 0), *second = bs_run_fold (run, 1);
  g_assert_null (bs_run_fold (run, 2));
  g_assert_cmpint (first->best_epoch, ==, 7);
  g_assert_cmpfloat (first->alpha, ==, 1.0 / 3);
  g_assert_cmpfloat (first->beta, ==, 0.25);
  g_assert_true (isnan (second->beta));
  g_assert_cmpstr (first->train_predictions->filenames[0], ==, "b");
  g_assert_cmpfloat (first->train_predictions->probabilities[0][0], ==, 0.125);
  g_assert_null (second->train_predictions);
  const BsEpoch *epoch = &g_array_index (run->history, BsEpoch, 1);
  g_assert_cmpuint (run->history->len, ==, 2);
  g_assert_cmpint (epoch->fold, ==, 1);
  g_assert_cmpint (epoch->epoch, ==, 7);
  g_assert_cmpfloat (epoch->train_loss, ==, 1.25);
  g_assert_true (isnan (epoch->validation_loss));
  g_assert_cmpfloat (epoch->acc_presence, ==, 1.0 / 7);
  g_assert_cmpfloat (epoch->beta, ==, 0.2);
  g_assert_cmpfloat (epoch->loss_kl, ==, 0.75);
  g_assert_true (isnan (epoch->loss_rank));
  g_assert_cmpfloat (epoch->learning_rate, ==, 1e-4);
}

static void
test_a_run_reads_back_as_it_was (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = bs_run_load (save (folder, "run"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (run->title, ==, "mlp-512: ImageBind \"quoted\" é");
  g_assert_cmpstr (run->model, ==, "mlp-512");
  g_assert_cmpstr (run->protocol, ==, "official");
  g_assert_cmpstr (run->encoders[1], ==, "WavLM_large");
  g_assert_null (run->encoders[2]);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "learning_rate"), ==, "5e-06");
  g_assert_cmpuint (run->seed, ==, G_MAXUINT64 - 1);
  g_assert_cmpint (run->n_threads, ==, 2);
  g_assert_cmpstr (run->metadata_hash, ==, "abc");
  g_assert_cmpstr (run->created, ==, "2026-01-02T03:04:05Z");
  g_assert_cmpstr (run->predictions->note, ==, "something");
  g_assert_cmpstr (run->predictions->filenames[1], ==, "b");
  g_assert_cmpint (run->predictions->folds[1], ==, 1);
  g_assert_cmpfloat (run->predictions->probabilities[1][0], ==, 1.0 / 3);
  assert_folds (run);
}

static void
test_weights_are_read_when_asked_for (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = bs_run_load (save (folder, "run"), &error);
  g_assert_no_error (error);
  g_assert_null (bs_fold_result_tensor (bs_run_fold (run, 0), "0.weight"));
  g_assert_true (bs_run_load_weights (run, 1, &error));
  g_assert_null (bs_fold_result_tensor (bs_run_fold (run, 0), "0.weight"));
  g_assert_true (bs_run_load_weights (run, 0, &error));
  BsMatrix *weight = bs_fold_result_tensor (bs_run_fold (run, 0), "0.weight");
  g_assert_cmpuint (weight->n_rows, ==, 2);
  g_assert_cmpuint (weight->n_cols, ==, 3);
  g_assert_cmpfloat (weight->data[5], ==, 5.0f / 3);
  g_assert_null (bs_fold_result_tensor (bs_run_fold (run, 0), "1.weight"));
  g_assert_null (bs_fold_result_tensor (bs_run_fold (run, 1), "0.weight"));
  g_assert_true (bs_run_load_weights (run, -1, &error));
  g_assert_true (bs_fold_result_tensor (bs_run_fold (run, 0), "0.weight") == weight);
}

static void
test_a_copy_of_a_loaded_run_keeps_its_weights (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = bs_run_load (save (folder, "run"), &error);
  g_assert_true (bs_run_save (run, test_folder_path (folder, "copy/"), &error));
  g_autoptr (BsRun) copy = bs_run_load (test_folder_path (folder, "copy"), &error);
  g_assert_no_error (error);
  g_assert_true (bs_run_load_weights (copy, -1, &error));
  g_assert_nonnull (bs_fold_result_tensor (bs_run_fold (copy, 0), "0.bias"));
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_a_run_is_never_overwritten_and_never_half_there (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) there = NULL, nowhere = NULL, locked = NULL;
  g_autoptr (BsRun) run = run_of_two_folds ();
  const char *path = save (folder, "run");
  g_assert_false (bs_run_save (run, path, &there));
  test_assert_message (there, "there is something of that name already");
  g_assert_null (run->folder);
  g_assert_false (bs_run_save (run, test_folder_path (folder, "no/where"), &nowhere));
  test_assert_message (nowhere, "where: the run was not written");
  g_assert_cmpuint (count_entries (folder->path), ==, 1);
  test_folder_write (folder, "sub/x", "");
  test_folder_lock (folder, "sub", 0555);
  gboolean saved = bs_run_save (run, test_folder_path (folder, "sub/locked"), &locked);
  test_folder_unlock (folder, "sub");
  g_assert_false (saved);
  test_assert_message (locked, "locked: the run was not written");
}

static void
test_a_run_that_fails_half_way_leaves_nothing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = run_of_two_folds ();
  /* Room for run.json, but not for the arrays that are written after it. */
  struct rlimit before, small;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 1500;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  gboolean saved = bs_run_save (run, test_folder_path (folder, "run"), &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (saved);
  test_assert_message (error, "probabilities.npz");
  g_assert_cmpuint (count_entries (folder->path), ==, 0);
}

static void
test_broken_runs_are_named_by_file_and_place (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  static const char *const files[] = { "run.json", "probabilities.npz", "history.csv" };
  assert_broken (test_folder_path (folder, "none"), "none/run.json");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *name = g_strdup_printf ("run%" G_GSIZE_FORMAT, i);
    g_autofree char *file = g_build_filename (save (folder, name), files[i], NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
    g_assert_true (g_file_set_contents (file, bytes, (gssize) length / 2, NULL));
    assert_broken (test_folder_path (folder, name), files[i]);
    g_unlink (file);
    assert_broken (test_folder_path (folder, name), files[i]);
  }
}

/* As before runs had sums of their files. */
static void
forget_sums (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (path, "run.json", NULL);
  g_autoptr (cJSON) document = bs_json_load (file, &error);
  g_assert_no_error (error);
  g_assert_true (cJSON_HasObjectItem (document, "files"));
  cJSON_DeleteItemFromObject (document, "files");
  g_assert_true (bs_json_save (document, file, &error));
}

/* Another value in the place of one: as long as before, and as good. */
static void
change_file (const char *path, const char *name, goffset from_end)
{
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  bytes[length - (gsize) from_end] ^= 1;
  g_assert_true (g_file_set_contents (file, bytes, (gssize) length, NULL));
}

static void
test_files_of_another_run_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *history = save (folder, "history"), *weights = save (folder, "weights");
  change_file (history, "history.csv", 2);
  assert_broken (history, "history.csv: is not the file that the run was saved with");
  change_file (weights, "fold0.safetensors", 4);
  g_autoptr (BsRun) run = bs_run_load (weights, &error);
  g_assert_no_error (error);
  g_assert_false (bs_run_load_weights (run, 0, &error));
  test_assert_message (error, "fold0.safetensors: is not the file that the run was saved with");
  g_clear_error (&error);
  forget_sums (weights);
  g_autoptr (BsRun) early = bs_run_load (weights, &error);
  g_assert_no_error (error);
  g_assert_true (bs_run_load_weights (early, 0, &error));
}

static void
test_weights_that_are_no_numbers_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *path = save (folder, "run");
  g_autofree char *file = g_build_filename (path, "fold0.safetensors", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  const guint8 nan[] = { 0, 0, 0xc0, 0x7f };
  memcpy (bytes + length - 4, nan, 4);
  g_assert_true (g_file_set_contents (file, bytes, (gssize) length, NULL));
  forget_sums (path);
  g_autoptr (BsRun) run = bs_run_load (path, &error);
  g_assert_no_error (error);
  g_assert_false (bs_run_load_weights (run, -1, &error));
  test_assert_message (error, "of tensor \"0.bias\" is not finite");
}

/* As the first version of the program wrote it. */
static void
test_an_early_history_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *path = save (folder, "run");
  forget_sums (path);
  test_folder_write (folder, "run/history.csv",
                     "fold,epoch,train_loss,validation_loss,acc_presence,acc_salience,alpha,beta\n"
                     "0,1,1.5,1.25,0.25,0.5,0.1,0.2\n");
  g_autoptr (BsRun) run = bs_run_load (path, &error);
  g_assert_no_error (error);
  const BsEpoch *epoch = &g_array_index (run->history, BsEpoch, 0);
  g_assert_cmpfloat (epoch->beta, ==, 0.2);
  g_assert_true (isnan (epoch->loss_kl) && isnan (epoch->learning_rate));
}

static void
test_descriptions_are_checked (void)
{
  static const char *const cases[][3] = {
    { "\"blendscope_run\":\t1", "\"blendscope_run\":\t2", "made by a later program" },
    { "\"fold\":\t1", "\"fold\":\t0", "folds[1]: expected each fold" },
    { "\"fold\":\t1", "\"fold\":\t16", "folds[1]: expected each fold" },
    { "\"fold\":\t1", "\"fold\":\t\"1\"", "folds[1].fold: expected a whole number" },
    { "\"model\":\t\"mlp-512\"", "\"model\":\tnull", "model: expected a text" },
    { "\"5e-06\"", "5e-06", "settings.learning_rate: expected a text" },
    { "\"train_predictions\":\tfalse", "\"train_predictions\":\ttrue", "'train1_filenames'" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    const char *path = save (folder, "run"), *file = test_folder_path (folder, "run/run.json");
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
    g_auto (GStrv) parts = g_strsplit (text, cases[i][0], -1);
    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    g_autofree char *changed = g_strjoinv (cases[i][1], parts);
    g_assert_true (g_file_set_contents (file, changed, -1, NULL));
    assert_broken (path, cases[i][2]);
  }
}

static void
test_lacking_weights_are_an_error_when_asked_for (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL, lacking = NULL;
  const char *path = save (folder, "run");
  g_unlink (test_folder_path (folder, "run/fold0.safetensors"));
  g_autoptr (BsRun) run = bs_run_load (path, &error);
  g_assert_no_error (error);
  g_assert_false (bs_run_load_weights (run, -1, &lacking));
  test_assert_message (lacking, "fold0.safetensors");
}

static void
test_runs_are_listed_newest_first (void)
{
  static const char *const created[] = { "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z",
                                         "2026-02-01T00:00:00Z" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (created); i++) {
    g_autoptr (BsRun) run = run_of_two_folds ();
    g_autofree char *name = g_strdup_printf ("r%" G_GSIZE_FORMAT, i);
    g_free (run->created);
    run->created = g_strdup (created[i]);
    g_assert_true (bs_run_save (run, test_folder_path (folder, name), NULL));
  }
  test_folder_write (folder, "other/x.json", "{}");
  test_folder_write (folder, ".r.tmp-1/run.json", "{}");
  test_folder_write (folder, "broken/run.json", "{");
  g_auto (GStrv) found = bs_run_list (folder->path);
  g_assert_cmpuint (g_strv_length (found), ==, 4);
  static const char *const expected[] = { "r1", "r2", "r0", "broken" };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (found[i], ==, test_folder_path (folder, expected[i]));
  g_auto (GStrv) none = bs_run_list (test_folder_path (folder, "none"));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_predictions_from_elsewhere_become_runs (void)
{
  static const char *const names[] = { "A1_ang_int1_ver1" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMetadata) metadata = bs_metadata_new_from_names (names, 1);
  static const char text[] = "{\"A1_ang_int1_ver1\": [{\"emotion\": \"sad\", \"salience\": 100}]}";
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_autoptr (BsPredictions) decisions =
    bs_predictions_parse (json, "p", BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_autoptr (BsRun) run = bs_run_from_predictions (decisions, "mine", metadata);
  g_assert_cmpstr (run->model, ==, "imported");
  g_assert_cmpstr (run->metadata_hash, ==, bs_metadata_hash (metadata));
  g_assert_true (bs_run_save (run, test_folder_path (folder, "run"), &error));
  g_autoptr (BsRun) back = bs_run_load (run->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->predictions->kind, ==, BS_PREDICTIONS_DECISIONS);
  g_assert_cmpint (back->predictions->decisions[0].first, ==, BS_EMOTION_SAD);
  g_assert_cmpstr (back->predictions->note, ==, decisions->note);
  g_assert_null (back->protocol);
  g_autoptr (BsPredictions) direct = bs_predictions_load (run->folder, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_assert_cmpint (direct->kind, ==, BS_PREDICTIONS_DECISIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/back", test_a_run_reads_back_as_it_was);
  g_test_add_func ("/run/weights", test_weights_are_read_when_asked_for);
  g_test_add_func ("/run/copy", test_a_copy_of_a_loaded_run_keeps_its_weights);
  g_test_add_func ("/run/never-overwritten", test_a_run_is_never_overwritten_and_never_half_there);
  g_test_add_func ("/run/half-way", test_a_run_that_fails_half_way_leaves_nothing);
  g_test_add_func ("/run/broken", test_broken_runs_are_named_by_file_and_place);
  g_test_add_func ("/run/other-files", test_files_of_another_run_are_refused);
  g_test_add_func ("/run/not-finite", test_weights_that_are_no_numbers_are_refused);
  g_test_add_func ("/run/early-history", test_an_early_history_is_read);
  g_test_add_func ("/run/descriptions", test_descriptions_are_checked);
  g_test_add_func ("/run/lacking-weights", test_lacking_weights_are_an_error_when_asked_for);
  g_test_add_func ("/run/list", test_runs_are_listed_newest_first);
  g_test_add_func ("/run/imported", test_predictions_from_elsewhere_become_runs);
  return g_test_run ();
}
