/* SPDX-License-Identifier: MIT */
/* train, predict and project on a small corpus. */
#include <gio/gio.h>
#include <math.h>
#include <signal.h>

#include "data/format/bs-csv.h"
#include "data/run/bs-predictions.h"
#include "model/decision/bs-rule.h"
#include "model/inference/bs-predict.h"
#include "model/training/bs-checkpoint-dir.h"
#include "model/training/bs-train.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-cli.h"
#include "tests/support/bs-test-runs.h"

static TestFolder *corpus; /* also where results go */

static const char *
below (const char *name)
{
  return test_folder_path (corpus, name);
}

static CliResult
train (const char *out, const char *option, const char *value)
{
  return run_cli ("train", corpus->path, "--model", "linear", "--encoders", "Face,Voice",
                  "--epochs", "6", "--set", "lr=1e-2", "--threads", "2", "--out", out, option,
                  value, NULL);
}

static BsPredictions *
load_predictions (const char *path, BsPredictionsKind kind)
{
  g_autoptr (GError) error = NULL;
  BsPredictions *predictions = bs_predictions_load (path, kind, &error);
  g_assert_no_error (error);
  return predictions;
}

static void
assert_same_probabilities (const BsPredictions *a, const BsPredictions *b, double tolerance)
{
  g_assert_cmpuint (a->n, ==, b->n);
  for (gsize i = 0; i < a->n; i++) {
    g_assert_cmpstr (a->filenames[i], ==, b->filenames[i]);
    g_assert_cmpint (a->folds[i], ==, b->folds[i]);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat (fabs (a->probabilities[i][e] - b->probabilities[i][e]), <=, tolerance);
  }
}

/* The run that the other tests use, made by the first that asks. */
static const char *
the_run (void)
{
  static const char *folder;
  if (folder == NULL) {
    folder = below ("run");
    g_auto (CliResult) result = train (folder, NULL, NULL);
    assert_done (&result);
    g_assert_nonnull (strstr (result.out, "tuned here, 5 folds"));
    g_assert_nonnull (strstr (result.out, "presence 0."));
  }
  return folder;
}

static void
test_train_writes_a_run (void)
{
  g_autoptr (BsRun) run = load_run (the_run ());
  g_assert_cmpstr (run->model, ==, "linear");
  g_assert_cmpstr (run->protocol, ==, "official");
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "epochs"), ==, "6");
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
  g_assert_cmpuint (run->predictions->n, ==, MADE_N_FOLDS * MADE_PER_FOLD);
}

/* Said where the figures are, in the run's file and by info. */
static void
test_a_run_says_in_what_it_departs (void)
{
  const char *out = below ("departs");
  g_auto (CliResult) result =
    run_cli ("train", corpus->path, "--model", "linear", "--encoders", "Voice", "--epochs", "2",
             "--set", "features=subsample", "--set", "lr=1e-2", "--out", out, NULL);
  assert_done (&result);
  const char *words = "epochs=2 (300), lr=0.01 (5e-06)";
  g_assert_nonnull (strstr (result.out, words));
  g_autoptr (BsRun) run = load_run (out);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "departures"), ==, words);
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "batch"), ==, "512");
  g_auto (CliResult) text = run_cli ("info", out, NULL);
  assert_done (&text);
  g_assert_nonnull (strstr (text.out, words));
  g_auto (CliResult) json = run_cli ("info", out, "--format", "json", NULL);
  assert_done (&json);
  g_assert_nonnull (strstr (json.out, words));
}

static void
test_a_run_is_never_overwritten (void)
{
  g_auto (CliResult) result = train (the_run (), NULL, NULL);
  assert_ended (&result, 1, "--resume");
}

static void
test_resume_completes_a_run (void)
{
  const char *part = below ("part");
  g_auto (CliResult) first = train (part, "--folds", "0,2");
  assert_done (&first);
  g_auto (CliResult) other = train (part, "--resume", "--seed=7");
  assert_ended (&other, 1, "seed");
  g_auto (CliResult) rest = train (part, "--resume", NULL);
  assert_done (&rest);
  g_autoptr (BsRun) completed = load_run (part);
  g_autoptr (BsRun) whole = load_run (the_run ());
  assert_same_probabilities (completed->predictions, whole->predictions, 0);
  assert_same_weights (part, the_run (), MADE_N_FOLDS);
}

/* Long enough to be stopped in the middle. */
#define LONG_TRAINING                                                                         \
  "train", corpus->path, "--model", "linear", "--encoders", "Face,Voice", "--epochs", "1600", \
    "--threads", "2", "--checkpoint-every", "0.02"

/* Starts a training and sends it a signal when it says that 40 of 100 are done, and has left a
 * checkpoint in @partial. */
static int
train_and_stop (const char *out, const char *partial, int signal)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { g_getenv ("BLENDSCOPE_CLI"), LONG_TRAINING, "--out", out, NULL };
  g_autoptr (GSubprocess) program =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stderr_pipe (program));
  gboolean is_sent = FALSE, told = FALSE;
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    g_assert_no_error (error);
    if (line == NULL)
      break;
    told |= strstr (line, "--resume") != NULL;
    if (!is_sent && g_ascii_strtoull (line, NULL, 10) >= 40 &&
        bs_checkpoint_dir_look (partial, NULL)) {
      g_subprocess_send_signal (program, signal);
      is_sent = TRUE;
    }
  }
  g_assert_true (is_sent);
  g_assert_true (told == (signal != SIGKILL));
  g_assert_true (g_subprocess_wait (program, NULL, &error));
  return g_subprocess_get_if_signaled (program) ? g_subprocess_get_term_sig (program) : 0;
}

static void
test_a_stopped_training_goes_on (void)
{
  static const int signals[] = { SIGKILL, SIGINT };
  const char *whole = below ("never-stopped");
  g_auto (CliResult) never = run_cli (LONG_TRAINING, "--out", whole, NULL);
  assert_done (&never);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++) {
    g_autofree char *name = g_strdup_printf ("stopped-%d", signals[i]);
    const char *out = below (name);
    g_autofree char *partial = g_strconcat (out, ".partial", NULL);
    g_assert_cmpint (train_and_stop (out, partial, signals[i]), ==,
                     signals[i] == SIGKILL ? SIGKILL : 0);
    g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
    if (!bs_checkpoint_dir_look (partial, NULL))
      g_error ("signal %d left no checkpoint in %s", signals[i], partial);
    g_auto (CliResult) plain = run_cli (LONG_TRAINING, "--out", out, NULL);
    assert_ended (&plain, 1, "--resume");
    g_auto (CliResult) threads =
      run_cli (LONG_TRAINING, "--threads", "1", "--resume", "--out", out, NULL);
    g_assert_cmpint (threads.status, ==, 1);
    g_assert_nonnull (strstr (threads.err, "2 threads"));
    g_auto (CliResult) other =
      run_cli (LONG_TRAINING, "--seed", "7", "--resume", "--out", out, NULL);
    g_assert_cmpint (other.status, ==, 1);
    g_assert_nonnull (strstr (other.err, "another seed"));
    g_auto (CliResult) rest = run_cli (LONG_TRAINING, "--resume", "--out", out, NULL);
    assert_done (&rest);
    g_assert_nonnull (strstr (rest.err, "going on with"));
    g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
    assert_same_file (out, whole, "history.csv");
    assert_same_file (out, whole, "probabilities.npz");
    assert_same_weights (out, whole, MADE_N_FOLDS);
  }
}

static void
test_predict_repeats_the_run (void)
{
  static const char *const names[] = { "p.csv", "p.npz" };
  g_autoptr (BsRun) run = load_run (the_run ());
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *path = below (names[i]);
    g_auto (CliResult) result =
      run_cli ("predict", corpus->path, "--run", the_run (), "--out", path, NULL);
    assert_done (&result);
    g_autoptr (BsPredictions) p = load_predictions (path, BS_PREDICTIONS_PROBABILITIES);
    assert_same_probabilities (p, run->predictions, 1e-6);
  }
}

static void
test_predict_writes_what_the_challenge_takes (void)
{
  static const char *const names[] = { "submission.json", "submission.zip" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *path = below (names[i]);
    g_auto (CliResult) result = run_cli ("predict", corpus->path, "--run", the_run (),
                                         "--partition", "test", "--out", path, NULL);
    assert_done (&result);
    g_autoptr (BsPredictions) decisions = load_predictions (path, BS_PREDICTIONS_AUTO);
    g_assert_cmpint (decisions->kind, ==, BS_PREDICTIONS_DECISIONS);
    g_assert_cmpuint (decisions->n, ==, MADE_N_TEST);
  }
  /* Above one half no second emotion is present. */
  const char *singles = below ("singles.json");
  g_auto (CliResult) result =
    run_cli ("predict", corpus->path, "--run", the_run (), "--partition", "test", "--alpha", "0.6",
             "--beta", "0.1", "--out", singles, NULL);
  assert_done (&result);
  g_autoptr (BsPredictions) decisions = load_predictions (singles, BS_PREDICTIONS_AUTO);
  for (gsize i = 0; i < decisions->n; i++)
    g_assert_false (bs_label_is_blend (decisions->decisions[i]));
}

static BsPredictions *
predict (const char *folder, const char *partition, const char *out, BsPredictionsKind kind)
{
  g_auto (CliResult) result = run_cli ("predict", corpus->path, "--run", folder, "--partition",
                                       partition, "--out", below (out), NULL);
  assert_done (&result);
  return load_predictions (below (out), kind);
}

/* The whole official test protocol: the network of all clips, at the pair that the best fold's
 * protocol chose, which an official search over all folds would not find again. */
static void
test_the_test_part_is_the_network_of_all_clips (void)
{
  static const char *const names[] = { "all.json", "all.zip" };
  const char *folder = below ("all");
  g_auto (CliResult) trained =
    run_cli ("train", corpus->path, "--model", "mlp-256", "--encoders", "Voice", "--epochs", "5",
             "--protocol", "honest", "--set", "lr=1e-3", "--set", "all-clips=yes", "--set",
             "all-epochs=3", "--out", folder, NULL);
  assert_done (&trained);
  g_autoptr (BsRun) run = load_run (folder);
  g_assert_nonnull (run->all);
  const BsThresholdPair pair = { run->all->alpha, run->all->beta };
  g_autoptr (BsPredictions) p = predict (folder, "test", "all.csv", BS_PREDICTIONS_PROBABILITIES);
  g_assert_cmpuint (p->n, ==, MADE_N_TEST);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (BsPredictions) decisions = predict (folder, "test", names[i], BS_PREDICTIONS_AUTO);
    g_assert_cmpuint (decisions->n, ==, MADE_N_TEST);
    for (gsize k = 0; k < p->n; k++) {
      g_assert_cmpstr (decisions->filenames[k], ==, p->filenames[k]);
      g_assert_true (
        bs_label_equal (decisions->decisions[k], bs_rule_decide (p->probabilities[k], pair).label));
    }
  }
}

/* Heads without thresholds: what is written is what the network decides. */
static void
test_decisions_without_probabilities (void)
{
  static const char *const models[] = { "direct-36", "salience-regression" };
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++) {
    g_autoptr (GError) error = NULL;
    const char *folder = below (models[m]);
    g_auto (CliResult) trained =
      run_cli ("train", corpus->path, "--model", models[m], "--encoders", "Face,Voice", "--epochs",
               "8", "--set", "lr=1e-3", "--set", "all-clips=yes", "--out", folder, NULL);
    assert_done (&trained);
    g_autoptr (BsRun) run = load_run (folder);
    g_autoptr (BsCorpus) opened = made_corpus_open (corpus);
    g_autoptr (BsPredictions) said = bs_predict (opened, run, TRUE, NULL, &error);
    g_assert_no_error (error);
    g_autoptr (BsPredictions) test = predict (folder, "test", "decided.zip", BS_PREDICTIONS_AUTO);
    g_autoptr (BsPredictions) own = predict (folder, "train", "decided.json", BS_PREDICTIONS_AUTO);
    g_assert_cmpuint (test->n, ==, MADE_N_TEST);
    g_assert_cmpuint (own->n, ==, run->predictions->n);
    for (gsize i = 0; i < test->n; i++)
      g_assert_true (bs_label_equal (test->decisions[i], said->decisions[i]));
    for (gsize i = 0; i < own->n; i++)
      g_assert_true (bs_label_equal (own->decisions[i], run->predictions->decisions[i]));
    g_auto (CliResult) pair = run_cli ("predict", corpus->path, "--run", folder, "--alpha", "0.1",
                                       "--beta", "0.1", "--out", below ("no.json"), NULL);
    assert_ended (&pair, 1, "holds decisions");
    g_auto (CliResult) table =
      run_cli ("predict", corpus->path, "--run", folder, "--out", below ("no.csv"), NULL);
    assert_ended (&table, 1, "decisions have no probabilities");
  }
}

static void
test_project_writes_tables_and_pictures (void)
{
  g_autoptr (GError) error = NULL;
  const char *table = below ("pca.csv");
  g_auto (CliResult) result =
    run_cli ("project", corpus->path, "--encoder", "Face", "--per-actor", "--pairs", "hap-sad",
             "--components", "3", "--out", table, NULL);
  assert_done (&result);
  g_autoptr (BsCsv) csv = bs_csv_load (table, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bs_csv_find_column (csv, "pc3"), ==, 6);
  int label = bs_csv_find_column (csv, "label");
  double sum = 0;
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++) {
    const char *text = bs_csv_text (csv, row, (gsize) label);
    g_assert_true (g_str_has_prefix (text, "hap") || g_str_equal (text, "sad"));
    double score = 0;
    g_assert_true (bs_csv_double (csv, row, 4, &score, &error));
    sum += score;
  }
  g_assert_cmpuint (bs_csv_n_rows (csv), >, 10);
  g_assert_cmpfloat_with_epsilon (sum, 0, 1e-3);

  static const char *const pictures[] = { "pca.svg", "pca.png", "pca.pdf", "pca.npz" };
  static const char *const magic[] = { "<?xml", "\x89PNG", "%PDF", "PK" };
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    const char *path = below (pictures[i]);
    g_auto (CliResult) drawn =
      run_cli ("project", corpus->path, "--encoder", "Voice", "--out", path, NULL);
    assert_done (&drawn);
    g_autofree char *bytes = NULL;
    g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, magic[i]));
  }
}

static void
test_every_model_is_listed (void)
{
  g_auto (CliResult) help = run_cli ("train", "--help", NULL);
  g_auto (CliResult) all = run_cli ("settings", NULL);
  g_assert_cmpint (help.status, ==, 0);
  g_assert_cmpint (all.status, ==, 0);
  for (const char *const *name = bs_model_names (); *name != NULL; name++) {
    g_auto (CliResult) one = run_cli ("settings", "--model", *name, NULL);
    g_assert_nonnull (strstr (help.out, *name));
    g_assert_cmpint (one.status, ==, 0);
    g_assert_nonnull (strstr (one.out, "epochs"));
  }
}

static void
test_wrong_words_are_refused (void)
{
  const char *out = below ("never");
  g_auto (CliResult) no_out = run_cli ("train", corpus->path, "--encoders", "Face", NULL);
  assert_ended (&no_out, 2, "--out");
  g_auto (CliResult) model = train (out, "--model", "mlp-5");
  assert_ended (&model, 2, "mlp-5");
  g_auto (CliResult) setting = train (out, "--set", "lr");
  assert_ended (&setting, 2, "KEY=VALUE");
  g_auto (CliResult) every = train (out, "--checkpoint-every", "inf");
  assert_ended (&every, 2, "--checkpoint-every");
  g_auto (CliResult) encoder = train (out, "--encoders", "Face,Smell");
  g_assert_nonnull (strstr (encoder.err, "Smell"));
  g_assert_cmpint (encoder.status, ==, 1);
  g_auto (CliResult) thresholds = run_cli ("predict", corpus->path, "--run", the_run (), "--alpha",
                                           "0.1", "--beta", "0.1", "--out", "p.csv", NULL);
  assert_ended (&thresholds, 2, ".json");
  g_auto (CliResult) pairs = run_cli ("project", corpus->path, "--encoder", "Face", "--pairs",
                                      "hap-neu", "--out", "x.csv", NULL);
  assert_ended (&pairs, 2, "hap-neu");
  g_auto (CliResult) ending =
    run_cli ("project", corpus->path, "--encoder", "Face", "--out", "x.jpg", NULL);
  assert_ended (&ending, 2, "x.jpg");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  corpus = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_test_add_func ("/cli-train/departs", test_a_run_says_in_what_it_departs);
  g_test_add_func ("/cli/train", test_train_writes_a_run);
  g_test_add_func ("/cli/train-twice", test_a_run_is_never_overwritten);
  g_test_add_func ("/cli/resume", test_resume_completes_a_run);
  g_test_add_func ("/cli/stopped", test_a_stopped_training_goes_on);
  g_test_add_func ("/cli/predict", test_predict_repeats_the_run);
  g_test_add_func ("/cli/predict-test", test_predict_writes_what_the_challenge_takes);
  g_test_add_func ("/cli/predict-all", test_the_test_part_is_the_network_of_all_clips);
  g_test_add_func ("/cli/predict-decisions", test_decisions_without_probabilities);
  g_test_add_func ("/cli/project", test_project_writes_tables_and_pictures);
  g_test_add_func ("/cli/models", test_every_model_is_listed);
  g_test_add_func ("/cli/words", test_wrong_words_are_refused);
  int status = g_test_run ();
  test_folder_free (corpus);
  return status;
}
