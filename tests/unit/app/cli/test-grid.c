/* SPDX-License-Identifier: MIT */
/* Trainings queued, parted and merged: what a job array does, and the table of settings that the
 * guide shows. */
#include "data/format/bs-csv.h"
#include "data/format/bs-safetensors.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-cli.h"
#include "tests/support/bs-test-runs.h"

#define N_COMBINATIONS 4

static TestFolder *corpus; /* also where results go */

static const char *
below (const char *name)
{
  return test_folder_path (corpus, name);
}

static CliResult
train (const char *out, const char *a, const char *b, const char *c, const char *d)
{
  return run_cli ("train", corpus->path, "--model", "mlp-256", "--encoders", "Face,Voice",
                  "--epochs", "4", "--threads", "2", "--out", out, a, b, c, d, NULL);
}

/* Two values of two settings. */
static CliResult
train_grid (const char *out, const char *a, const char *b, const char *c)
{
  return run_cli ("train", corpus->path, "--model", "linear", "--encoders", "Face", "--epochs", "3",
                  "--set", "lr=1e-3,1e-2", "--set", "smoothing=0,0.1", "--format", "csv", "--out",
                  out, a, b, c, NULL);
}

static BsCsv *
parse (const CliResult *result, const char *name)
{
  g_autoptr (GError) error = NULL;
  assert_done (result);
  const char *path = test_folder_write (corpus, name, result->out);
  BsCsv *csv = bs_csv_load (path, &error);
  g_assert_no_error (error);
  return csv;
}

static void
test_a_grid_is_a_run_a_combination (void)
{
  const char *out = below ("grid");
  g_auto (CliResult) result = train_grid (out, NULL, NULL, NULL);
  g_autoptr (BsCsv) csv = parse (&result, "grid.csv");
  static const char *const names[N_COMBINATIONS] = { "lr=1e-3_smoothing=0", "lr=1e-3_smoothing=0.1",
                                                     "lr=1e-2_smoothing=0",
                                                     "lr=1e-2_smoothing=0.1" };
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, N_COMBINATIONS);
  for (gsize i = 0; i < N_COMBINATIONS; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *folder = g_build_filename (out, names[i], NULL);
    g_autoptr (BsRun) run = load_run (folder);
    g_autofree char *name =
      g_strdup_printf ("lr=%s_smoothing=%s", bs_csv_text (csv, i, 0), bs_csv_text (csv, i, 1));
    double score = 0;
    g_assert_cmpstr (name, ==, names[i]);
    g_assert_cmpstr (g_hash_table_lookup (run->settings, "lr"), ==, i < 2 ? "0.001" : "0.01");
    g_assert_true (
      bs_csv_double (csv, i, (gsize) bs_csv_find_column (csv, "score"), &score, &error));
    g_assert_cmpfloat (score, >, 0);
    g_assert_cmpstr (bs_csv_text (csv, i, (gsize) bs_csv_find_column (csv, "tuned")), ==, "here");
  }
}

static void
test_a_grid_keeps_what_is_complete (void)
{
  const char *out = below ("kept");
  g_auto (CliResult) one = train_grid (out, "--combination", "1", NULL);
  assert_done (&one);
  g_autofree char *folder = g_build_filename (out, "lr=1e-3_smoothing=0.1", NULL);
  g_autoptr (BsRun) before = load_run (folder);
  g_auto (CliResult) again = train_grid (out, NULL, NULL, NULL);
  assert_ended (&again, 1, "--resume");
  g_auto (CliResult) rest = train_grid (out, "--resume", NULL, NULL);
  g_autoptr (BsCsv) csv = parse (&rest, "kept.csv");
  g_autoptr (BsRun) after = load_run (folder);
  g_autofree char *seconds = g_strdup (g_hash_table_lookup (after->settings, "seconds"));
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, N_COMBINATIONS);
  g_assert_cmpstr (before->created, ==, after->created);
  g_assert_cmpstr (seconds, ==, g_hash_table_lookup (before->settings, "seconds"));
}

static void
test_a_grid_is_listed (void)
{
  g_auto (CliResult) all = train_grid (below ("listed"), "--list", NULL, NULL);
  assert_done (&all);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (all.out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_COMBINATIONS);
  g_assert_true (g_str_has_prefix (lines[2], "2 lr=1e-2 smoothing=0 "));
  g_assert_false (g_file_test (below ("listed"), G_FILE_TEST_EXISTS));
  g_auto (CliResult) beyond = train_grid (below ("listed"), "--combination", "4", NULL);
  assert_ended (&beyond, 2, "from 0 to 3");
}

/* Encoders and folds are lists of their own, and no grid. */
static void
test_lists_are_no_grid (void)
{
  g_auto (CliResult) result =
    train (below ("lists"), "--set", "folds=0,2", "--set", "encoders=Face,Voice");
  assert_done (&result);
  g_autoptr (BsRun) run = load_run (below ("lists"));
  g_assert_cmpuint (run->folds->len, ==, 2);
  g_auto (CliResult) twice = train (below ("twice"), "--set", "lr=1,1", NULL, NULL);
  assert_ended (&twice, 2, "the value 1 is given twice");
  g_auto (CliResult) wrong = train (below ("wrong"), "--set", "lr=1e-3,fast", NULL, NULL);
  assert_ended (&wrong, 2, "fast");
}

/* What lies in the place of the first run is none. */
static void
test_a_failure_does_not_stop_the_others (void)
{
  const char *out = below ("failures");
  test_folder_write (corpus, "failures/lr=1e-3_smoothing=0/run.json", "{");
  g_auto (CliResult) result = train_grid (out, "--resume", NULL, NULL);
  g_assert_cmpint (result.status, ==, 1);
  g_assert_nonnull (strstr (result.err, "lr=1e-3_smoothing=0/run.json"));
  result.status = 0;
  g_autoptr (BsCsv) csv = parse (&result, "failures.csv");
  gsize tuned = (gsize) bs_csv_find_column (csv, "tuned");
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, N_COMBINATIONS);
  g_assert_cmpstr (bs_csv_text (csv, 0, tuned), ==, "failed");
  for (gsize i = 1; i < N_COMBINATIONS; i++)
    g_assert_cmpstr (bs_csv_text (csv, i, tuned), ==, "here");
}

static void
test_merged_folds_have_the_bits_of_one_training (void)
{
  const char *whole = below ("whole"), *merged = below ("merged");
  const char *const parts[] = { below ("part-a"), below ("part-b"), below ("part-c") };
  const char *const folds[] = { "1,4", "0", "2-3" };
  const char *const threads[] = { "2", "1", "1" };
  g_auto (CliResult) one = train (whole, NULL, NULL, NULL, NULL);
  assert_done (&one);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_auto (CliResult) part = train (parts[i], "--folds", folds[i], "--threads", threads[i]);
    assert_done (&part);
  }
  g_auto (CliResult) merge =
    run_cli ("merge", corpus->path, "--out", merged, parts[0], parts[1], parts[2], NULL);
  assert_done (&merge);
  g_assert_cmpstr (merge.out, ==, one.out);
  assert_same_file (whole, merged, "probabilities.npz");
  assert_same_file (whole, merged, "history.csv");
  assert_same_weights (whole, merged, MADE_N_FOLDS);
  g_autoptr (BsRun) run = load_run (merged);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "threads of each fold"), ==, "1,2,1,1,2");
  g_assert_cmpint (run->n_threads, ==, 2);
}

static void
test_what_differs_is_not_merged (void)
{
  const char *a = below ("one"), *b = below ("other"), *seed = below ("seed");
  g_auto (CliResult) first = train (a, "--folds", "0", NULL, NULL);
  g_auto (CliResult) second = train (b, "--folds", "1", "--set", "lr=1e-3");
  g_auto (CliResult) third = train (seed, "--folds", "2", "--seed", "7");
  assert_done (&first);
  assert_done (&second);
  assert_done (&third);
  const char *out = below ("no-merge");
  g_auto (CliResult) lr = run_cli ("merge", corpus->path, "--out", out, a, b, NULL);
  assert_ended (&lr, 1, "'lr' differs");
  g_auto (CliResult) other = run_cli ("merge", corpus->path, "--out", out, a, seed, NULL);
  assert_ended (&other, 1, "'seed' differs");
  g_auto (CliResult) again = run_cli ("merge", corpus->path, "--out", out, a, a, NULL);
  assert_ended (&again, 1, "has fold 0 already");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* The first tensor under @prefix that is no square gets another shape for as many values, in a run
 * without sums. */
static void
turn_tensor (const char *run, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *weights = g_build_filename (run, "fold0.safetensors", NULL);
  g_autofree char *description = g_build_filename (run, "run.json", NULL);
  g_autoptr (GPtrArray) tensors = bs_safetensors_load (weights, &error);
  g_assert_no_error (error);
  BsTensor *tensor = NULL;
  for (guint i = 0; i < tensors->len && tensor == NULL; i++) {
    BsTensor *next = g_ptr_array_index (tensors, i);
    if (g_str_has_prefix (next->name, prefix) && next->n_axes == 2 &&
        next->shape[0] != next->shape[1])
      tensor = next;
  }
  g_assert_nonnull (tensor);
  gsize n_rows = tensor->shape[0];
  tensor->shape[0] = tensor->values->n_rows = tensor->shape[1];
  tensor->shape[1] = tensor->values->n_cols = n_rows;
  g_assert_true (bs_safetensors_save (tensors, weights, &error));
  g_autoptr (cJSON) document = bs_json_load (description, &error);
  g_assert_no_error (error);
  cJSON_DeleteItemFromObject (document, "files");
  g_assert_true (bs_json_save (document, description, &error));
}

static void
test_what_is_no_network_is_not_merged (void)
{
  const char *a = below ("turned"), *b = below ("straight"), *out = below ("no-network");
  g_auto (CliResult) first = train (a, "--folds", "0", NULL, NULL);
  g_auto (CliResult) second = train (b, "--folds", "1", NULL, NULL);
  assert_done (&first);
  assert_done (&second);
  turn_tensor (a, "");
  g_auto (CliResult) merge = run_cli ("merge", corpus->path, "--out", out, a, b, NULL);
  assert_ended (&merge, 1, "turned: fold0.safetensors: the weights are for other features");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static CliResult
train_fusion (const char *out, const char *fold)
{
  return run_cli ("train", corpus->path, "--model", "mixed", "--encoders", "Face,Voice", "--epochs",
                  "1", "--set", "latent=8", "--threads", "2", "--out", out, "--folds", fold, NULL);
}

/* A fusion keeps copies of its branches, which are as much of its network. */
static void
test_what_is_no_branch_is_not_merged (void)
{
  const char *a = below ("fusion-a"), *b = below ("fusion-b"), *out = below ("fusion");
  g_auto (CliResult) first = train_fusion (a, "0");
  g_auto (CliResult) second = train_fusion (b, "1");
  assert_done (&first);
  assert_done (&second);
  g_auto (CliResult) merge = run_cli ("merge", corpus->path, "--out", out, a, b, NULL);
  assert_done (&merge);
  turn_tensor (a, "branches.1.");
  const char *again = below ("fusion-turned");
  g_auto (CliResult) refused = run_cli ("merge", corpus->path, "--out", again, a, b, NULL);
  assert_ended (&refused, 1,
                "fold0.safetensors: the weights are for other features: \"branches.1.");
  g_assert_false (g_file_test (again, G_FILE_TEST_EXISTS));
}

/* The network of all clips waits for the folds, and is that of one training then. */
static void
test_all_clips_after_a_merge (void)
{
  const char *whole = below ("all-whole"), *merged = below ("all-merged");
  const char *a = below ("all-a"), *b = below ("all-b");
  const char *setting = "all-clips=yes";
  g_auto (CliResult) one = train (whole, "--set", setting, NULL, NULL);
  g_auto (CliResult) first = train (a, "--set", setting, "--folds", "0-2");
  g_auto (CliResult) second = train (b, "--set", setting, "--folds", "3-4");
  assert_done (&one);
  assert_done (&first);
  assert_done (&second);
  g_autoptr (BsRun) part = load_run (a);
  g_assert_null (part->all);
  g_auto (CliResult) merge = run_cli ("merge", corpus->path, "--out", merged, a, b, NULL);
  assert_done (&merge);
  g_auto (CliResult) rest = train (merged, "--set", setting, "--resume", NULL);
  assert_done (&rest);
  assert_same_file (whole, merged, "all.safetensors");
  assert_same_file (whole, merged, "probabilities.npz");
  g_autoptr (BsRun) x = load_run (whole), y = load_run (merged);
  g_assert_cmpfloat (x->all->alpha, ==, y->all->alpha);
  g_assert_cmpfloat (x->all->beta, ==, y->all->beta);
}

/* What docs/models.md shows between its markers is what the program says. */
static void
test_the_guide_has_the_settings (void)
{
  static const char begin[] = "<!-- settings: blendscope-cli settings --format markdown -->\n";
  static const char end[] = "<!-- end of settings -->";
  g_autofree char *path =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "docs", "models.md", NULL);
  g_autofree char *guide = NULL;
  g_assert_true (g_file_get_contents (path, &guide, NULL, NULL));
  char *from = strstr (guide, begin);
  g_assert_nonnull (from);
  from += strlen (begin);
  char *to = strstr (from, end);
  g_assert_nonnull (to);
  *to = '\0';
  g_auto (CliResult) result = run_cli ("settings", "--format", "markdown", NULL);
  assert_done (&result);
  g_assert_cmpstr (from, ==, result.out);
}

static void
test_settings_of_one_model (void)
{
  g_auto (CliResult) result = run_cli ("settings", "--model", "bilstm", "--format", "csv", NULL);
  g_autoptr (BsCsv) csv = parse (&result, "settings.csv");
  gboolean has_hidden = FALSE;
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++) {
    g_assert_cmpstr (bs_csv_text (csv, row, 4), ==, "all");
    g_assert_cmpstr (bs_csv_text (csv, row, 0), !=, "ff");
    has_hidden |= g_str_equal (bs_csv_text (csv, row, 0), "hidden");
  }
  g_assert_true (has_hidden);
  g_auto (CliResult) wrong = run_cli ("settings", "--model", "resnet", NULL);
  assert_ended (&wrong, 2, "resnet");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  corpus = made_corpus_write (&MADE_CORPUS_PLAIN);
#define ADD(name) g_test_add_func ("/grid/" #name, test_##name)
  ADD (a_grid_is_a_run_a_combination);
  ADD (a_grid_keeps_what_is_complete);
  ADD (a_grid_is_listed);
  ADD (lists_are_no_grid);
  ADD (a_failure_does_not_stop_the_others);
  ADD (merged_folds_have_the_bits_of_one_training);
  ADD (what_differs_is_not_merged);
  ADD (what_is_no_network_is_not_merged);
  ADD (what_is_no_branch_is_not_merged);
  ADD (all_clips_after_a_merge);
  ADD (the_guide_has_the_settings);
  ADD (settings_of_one_model);
  int status = g_test_run ();
  test_folder_free (corpus);
  return status;
}
