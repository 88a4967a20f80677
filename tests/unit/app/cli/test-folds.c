/* SPDX-License-Identifier: MIT */
/* Folds that are called by words, from the metadata to every table that is written. */
#include "data/format/bs-csv.h"
#include "data/run/bs-run.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-cli.h"
#include "tests/support/bs-test-runs.h"

/* In the order of their ranks. */
static const char *const names[MADE_N_FOLDS] = { "a b", "fold 2", "fold 10", "north", "south-1" };

static TestFolder *corpus; /* also where results go */

static const char *
below (const char *name)
{
  return test_folder_path (corpus, name);
}

/* Folds one after the other, so that each has a line among those of every tenth of the work. */
static CliResult
train (const char *out, const char *option, const char *value)
{
  return run_cli ("train", corpus->path, "--model", "linear", "--encoders", "Face", "--epochs", "4",
                  "--set", "lr=1e-2", "--threads", "1", "--out", out, option, value, NULL);
}

static const char *
the_run (void)
{
  static const char *folder;
  if (folder == NULL) {
    folder = below ("run");
    g_auto (CliResult) result = train (folder, NULL, NULL);
    assert_done (&result);
    g_assert_nonnull (strstr (result.err, "Fold a b"));
    g_assert_nonnull (strstr (result.err, "Fold south-1"));
    g_assert_null (strstr (result.err, "Fold 0"));
  }
  return folder;
}

static BsCsv *
load_table (const char *path)
{
  g_autoptr (GError) error = NULL;
  BsCsv *csv = bs_csv_load (path, &error);
  g_assert_no_error (error);
  return csv;
}

/* Each clip's fold by the name that the metadata give it. */
static void
assert_named (const char *path, guint n_rows)
{
  g_autoptr (BsCorpus) open = made_corpus_open (corpus);
  g_autoptr (BsCsv) csv = load_table (path);
  BsMetadata *metadata = bs_corpus_metadata (open);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, n_rows);
  gsize filename = (gsize) bs_csv_find_column (csv, "filename");
  gsize fold = (gsize) bs_csv_find_column (csv, "fold");
  for (gsize row = 0; row < n_rows; row++) {
    int clip = bs_metadata_find (metadata, bs_csv_text (csv, row, filename));
    int of = bs_metadata_clip (metadata, (gsize) clip)->fold;
    g_assert_cmpstr (bs_csv_text (csv, row, fold), ==, names[of]);
  }
}

static void
test_training_names_them (void)
{
  g_autoptr (BsRun) run = load_run (the_run ());
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
  for (int k = 0; k < MADE_N_FOLDS; k++)
    g_assert_cmpstr (run->predictions->fold_names[k], ==, names[k]);
  g_autofree char *path = g_build_filename (the_run (), "history.csv", NULL);
  g_autoptr (BsCsv) history = load_table (path);
  for (gsize row = 0; row < bs_csv_n_rows (history); row++)
    g_assert_cmpstr (bs_csv_text (history, row, 0), ==, names[row / 4]);
  for (guint i = 0; i < run->history->len; i++)
    g_assert_cmpint (g_array_index (run->history, BsEpoch, i).fold, ==, i / 4);
}

/* A run of some folds alone keeps their places, and is completed by the others. */
static void
test_folds_are_chosen_by_name (void)
{
  const char *part = below ("part");
  g_auto (CliResult) first = train (part, "--folds", "south-1,fold 2");
  assert_done (&first);
  g_autoptr (BsRun) run = load_run (part);
  g_assert_cmpuint (run->folds->len, ==, 2);
  g_assert_nonnull (bs_run_fold (run, 1));
  g_assert_nonnull (bs_run_fold (run, 4));
  for (gsize i = 0; i < run->predictions->n; i++)
    g_assert_cmpint (run->predictions->folds[i], ==, i < MADE_PER_FOLD ? 1 : 4);
  g_auto (CliResult) rest = train (part, "--resume", NULL);
  assert_done (&rest);
  assert_same_weights (part, the_run (), MADE_N_FOLDS);
  assert_same_file (part, the_run (), "probabilities.npz");
}

static void
test_a_fold_that_is_not_there (void)
{
  const char *out = below ("none");
  const char *said =
    "folds: there is no fold \"1\"; there are a b, fold 2, fold 10, north, south-1";
  g_auto (CliResult) result = train (out, "--folds", "north,1");
  g_assert_cmpint (result.status, ==, 1);
  g_assert_nonnull (strstr (result.err, said));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static void
test_parts_are_merged (void)
{
  const char *a = below ("a"), *b = below ("b"), *out = below ("merged");
  g_auto (CliResult) first = train (a, "--folds", "a b-fold 10");
  g_auto (CliResult) second = train (b, "--folds", "north,south-1");
  assert_done (&first);
  assert_done (&second);
  g_auto (CliResult) twice = run_cli ("merge", corpus->path, "--out", out, a, b, b, NULL);
  assert_ended (&twice, 1, "has fold north already");
  g_auto (CliResult) merge = run_cli ("merge", corpus->path, "--out", out, a, b, NULL);
  assert_done (&merge);
  assert_same_weights (out, the_run (), MADE_N_FOLDS);
  assert_same_file (out, the_run (), "probabilities.npz");
}

static void
test_evaluate_names_them (void)
{
  const char *metadata = below ("train_metadata.csv");
  g_auto (CliResult) result = run_cli ("evaluate", "--metadata", metadata, "--predictions",
                                       the_run (), "--tune", "exact", NULL);
  assert_done (&result);
  for (int k = 0; k < MADE_N_FOLDS; k++)
    g_assert_nonnull (strstr (result.out, names[k]));
  g_assert_null (strstr (result.err, "another fold"));
  g_auto (CliResult) grid =
    run_cli ("grid", "--metadata", metadata, "--predictions", the_run (), NULL);
  assert_done (&grid);
  g_assert_nonnull (strstr (grid.out, "\nsouth-1,"));
  g_assert_null (strstr (grid.out, "\n4,"));
}

static void
test_tables_name_them (void)
{
  const char *predicted = below ("predicted.csv"), *projected = below ("projected.csv");
  g_auto (CliResult) predict =
    run_cli ("predict", corpus->path, "--run", the_run (), "--out", predicted, NULL);
  assert_done (&predict);
  assert_named (predicted, MADE_N_FOLDS * MADE_PER_FOLD);
  g_auto (CliResult) project =
    run_cli ("project", corpus->path, "--encoder", "Face", "--out", projected, NULL);
  assert_done (&project);
  assert_named (projected, MADE_N_FOLDS * MADE_PER_FOLD);
}

/* Arrays whose folds are none of those beside them do not hold together. */
static void
test_a_run_with_other_names_is_refused (void)
{
  const char *out = below ("renamed");
  g_autoptr (GError) error = NULL;
  g_auto (CliResult) result = train (out, "--folds", "north");
  assert_done (&result);
  g_autofree char *path = g_build_filename (out, "run.json", NULL);
  g_autoptr (cJSON) document = bs_json_load (path, &error);
  g_assert_no_error (error);
  cJSON_ReplaceItemInArray (cJSON_GetObjectItem (document, "fold_names"), 3,
                            cJSON_CreateString ("nord"));
  g_assert_true (bs_json_save (document, path, &error));
  g_autoptr (BsRun) run = bs_run_load (out, &error);
  g_assert_null (run);
  g_assert_nonnull (strstr (error->message, "'north' is none of the run's fold_names"));
}

int
main (int argc, char **argv)
{
  const MadeCorpus made = { -1, -1, 0, -1, names };
  g_test_init (&argc, &argv, NULL);
  corpus = made_corpus_write (&made);
  g_test_add_func ("/cli/folds/train", test_training_names_them);
  g_test_add_func ("/cli/folds/chosen", test_folds_are_chosen_by_name);
  g_test_add_func ("/cli/folds/not-there", test_a_fold_that_is_not_there);
  g_test_add_func ("/cli/folds/merge", test_parts_are_merged);
  g_test_add_func ("/cli/folds/evaluate", test_evaluate_names_them);
  g_test_add_func ("/cli/folds/tables", test_tables_name_them);
  g_test_add_func ("/cli/folds/renamed", test_a_run_with_other_names_is_refused);
  int status = g_test_run ();
  test_folder_free (corpus);
  return status;
}
