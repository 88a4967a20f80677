/* SPDX-License-Identifier: MIT */
/* fuse on invented members, and on the real predictions where BLENDSCOPE_REFERENCE names their
 * folder: its figures are those that evaluate gives for the file it wrote. */
#include "tests/support/bs-made-members.h"
#include "tests/support/bs-test-cli.h"

typedef struct {
  TestFolder *folder;
  const char *metadata;
  const char *a, *b;
} Files;

static void
files_clear (Files *self)
{
  g_clear_pointer (&self->folder, test_folder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static const char *
write_member (TestFolder *folder, const char *name, guint64 seed, gsize first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsPredictions) predictions = member_predictions (seed, 1.3, first);
  const char *path = test_folder_path (folder, name);
  bs_predictions_save (predictions, path, &error);
  g_assert_no_error (error);
  return path;
}

static Files
files_new (void)
{
  Files self = { .folder = test_folder_new () };
  g_autoptr (GString) csv = members_metadata_csv (-1);
  self.metadata = test_folder_write (self.folder, "train.csv", csv->str);
  self.a = write_member (self.folder, "a.csv", 1, 0);
  self.b = write_member (self.folder, "b.npz", 2, 10);
  return self;
}

static cJSON *
parse (const CliResult *result)
{
  g_autoptr (GError) error = NULL;
  assert_done (result);
  cJSON *root = bs_json_parse (result->out, strlen (result->out), "out", &error);
  g_assert_no_error (error);
  return root;
}

static double
number (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);
  g_assert_true (cJSON_IsNumber (item));
  return item->valuedouble;
}

static void
assert_same_figures (const cJSON *ours, const cJSON *theirs)
{
  static const char *const keys[] = { "alpha", "beta", "acc_presence", "acc_salience", "score" };
  const cJSON *a = cJSON_GetObjectItemCaseSensitive (ours, "folds");
  const cJSON *b = cJSON_GetObjectItemCaseSensitive (theirs, "folds");
  g_assert_cmpint (cJSON_GetArraySize (a), ==, 5);
  g_assert_cmpint (cJSON_GetArraySize (b), ==, 5);
  for (int k = 0; k < 5; k++)
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
      g_assert_cmpfloat (number (cJSON_GetArrayItem (a, k), keys[i]), ==,
                         number (cJSON_GetArrayItem (b, k), keys[i]));
}

static CliResult
evaluate (const char *metadata, const char *path)
{
  return run_cli ("evaluate", "--metadata", metadata, "--predictions", path, "--format", "json",
                  NULL);
}

static void
test_figures_are_those_of_the_file (void)
{
  g_auto (Files) files = files_new ();
  static const char *const names[] = { "out.csv", "out.npz", "run" };
  static const char *const protocols[] = { "official", "mean", "honest" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *out = test_folder_path (files.folder, names[i]);
    g_auto (CliResult) fused = run_cli (
      "fuse", "--metadata", files.metadata, "--predictions", files.a, "--predictions", files.b,
      "--optimise", "--protocol", protocols[i], "--format", "json", "--out", out, NULL);
    g_auto (CliResult) judged = evaluate (files.metadata, out);
    g_autoptr (cJSON) ours = parse (&fused), theirs = parse (&judged);
    assert_same_figures (ours, theirs);
    g_assert_cmpfloat (number (ours, "n_left_out"), ==, 10);
    g_assert_nonnull (strstr (fused.err, "10 clips that not every member"));
    g_assert_cmpstr (cJSON_GetObjectItemCaseSensitive (ours, "tuned")->valuestring, ==,
                     i == 2 ? "not known" : "here");
    g_assert_cmpstr (cJSON_GetObjectItemCaseSensitive (theirs, "tuned")->valuestring, ==,
                     i == 2 ? "not known" : "here");
    g_assert_true (cJSON_HasObjectItem (ours, "score_best") == (i != 2));
    g_assert_true (cJSON_HasObjectItem (ours, "score_official") == (i == 2));
  }
}

/* What the honest weights reach is not the official optimum, which is called what it is. */
static void
test_the_official_optimum_does_not_pass_for_the_honest_figure (void)
{
  g_auto (Files) files = files_new ();
  const char *out = test_folder_path (files.folder, "out.csv");
  g_auto (CliResult) result =
    run_cli ("fuse", "--metadata", files.metadata, "--predictions", files.a, "--predictions",
             files.b, "--optimise", "--protocol", "honest", "--out", out, NULL);
  assert_done (&result);
  g_assert_null (strstr (result.out, "all, optimised"));
  g_assert_nonnull (strstr (result.out, "\nall, official optimum "));
  g_assert_nonnull (strstr (result.out, "\nfused, weights honest: tuned: not known\n"));
}

static void
test_weights_are_scaled_and_shown (void)
{
  g_auto (Files) files = files_new ();
  const char *out = test_folder_path (files.folder, "out.csv");
  g_auto (CliResult) result =
    run_cli ("fuse", "--metadata", files.metadata, "--predictions", files.a, "--predictions",
             files.b, "--weights", "3,1", "--out", out, NULL);
  assert_done (&result);
  g_assert_nonnull (strstr (result.out, "a.csv                          0.7500"));
  g_assert_nonnull (strstr (result.out, "b.npz                          0.2500"));
}

static void
assert_usage (const Files *files, const char *option, const char *value, const char *said)
{
  const char *out = test_folder_path (files->folder, "out.csv");
  g_auto (CliResult) result =
    run_cli ("fuse", "--metadata", files->metadata, "--predictions", files->a, "--predictions",
             files->b, "--out", out, option, value, NULL);
  assert_ended (&result, 2, said);
}

static void
test_wrong_words_are_said (void)
{
  g_auto (Files) files = files_new ();
  assert_usage (&files, "--weights", "1", "expected 2 numbers");
  assert_usage (&files, "--weights", "1,x", "not \"x\"");
  assert_usage (&files, "--weights", "0,0", "one above 0");
  assert_usage (&files, "--protocol", "honest", "--optimise");
  assert_usage (&files, "--seed", "x", "whole number");
  assert_usage (&files, "--format", "csv", "text or json");
}

static void
test_nothing_is_overwritten_by_a_run (void)
{
  g_auto (Files) files = files_new ();
  g_auto (CliResult) result =
    run_cli ("fuse", "--metadata", files.metadata, "--predictions", files.a, "--predictions",
             files.b, "--out", files.folder->path, NULL);
  assert_ended (&result, 1, "something of that name");
}

static void
test_the_real_four (void)
{
  const char *folder = g_getenv ("BLENDSCOPE_REFERENCE");
  if (folder == NULL) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set");
    return;
  }
  static const char *const names[] = { "kl100", "kl50", "ce100", "ce50" };
  g_autoptr (TestFolder) files = test_folder_new ();
  const char *out = test_folder_path (files, "out.csv");
  g_autofree char *metadata = g_build_filename (folder, "train_metadata.csv", NULL);
  char *p[4];
  for (int m = 0; m < 4; m++) {
    g_autofree char *name = g_strconcat (names[m], "_logits.csv", NULL);
    p[m] = g_build_filename (folder, "hicmae", name, NULL);
  }
  g_auto (CliResult) fused = run_cli ("fuse", "--metadata", metadata, "--predictions", p[0],
                                      "--predictions", p[1], "--predictions", p[2], "--predictions",
                                      p[3], "--optimise", "--format", "json", "--out", out, NULL);
  g_auto (CliResult) judged = evaluate (metadata, out);
  g_autoptr (cJSON) ours = parse (&fused), theirs = parse (&judged);
  assert_same_figures (ours, theirs);
  const cJSON *members = cJSON_GetObjectItemCaseSensitive (ours, "members");
  double best = number (ours, "score_best");
  for (int m = 0; m < 4; m++) {
    g_auto (CliResult) alone = evaluate (metadata, p[m]);
    g_autoptr (cJSON) root = parse (&alone);
    const cJSON *mean = cJSON_GetObjectItemCaseSensitive (root, "mean");
    const cJSON *member = cJSON_GetArrayItem (members, m);
    g_assert_cmpfloat_with_epsilon (number (member, "alone"), number (mean, "score"), 1e-12);
    g_assert_cmpfloat (number (member, "alone"), <, best);
    g_assert_cmpfloat (number (member, "without"), <=, best);
    g_free (p[m]);
  }
  /* What an independent script finds on the simplex in steps of 1/10, at the same thresholds. */
  g_assert_cmpfloat (best, >, 0.2276282);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuse/official-optimum",
                   test_the_official_optimum_does_not_pass_for_the_honest_figure);
#define ADD(name) g_test_add_func ("/fuse/" #name, test_##name)
  ADD (figures_are_those_of_the_file);
  ADD (weights_are_scaled_and_shown);
  ADD (wrong_words_are_said);
  ADD (nothing_is_overwritten_by_a_run);
  ADD (the_real_four);
  return g_test_run ();
}
