/* SPDX-License-Identifier: MIT */
/* evaluate, grid and confusion on the invented clips, whose figures an independent script made. */
#include "data/format/bs-csv.h"
#include "data/run/bs-run.h"
#include "model/decision/bs-metrics.h"
#include "tests/support/bs-rule-fixture.h"
#include "tests/support/bs-test-cli.h"

typedef struct {
  TestFolder *folder;
  RuleFixture *fixture;
  const char *metadata;
  const char *predictions;
} Files;

static void
append_metadata_row (GString *out, const RuleFixture *fixture, gsize i)
{
  BsLabel truth = fixture->truth[i];
  g_string_append_printf (out, "clip_%03d,A%d,f,%d,%s,1,,,", (int) i, fixture->actor[i],
                          bs_label_is_blend (truth), bs_emotion_code (truth.first));
  if (bs_label_is_blend (truth))
    g_string_append_printf (out, "%s,%d.0,%d.0", bs_emotion_code (truth.second),
                            truth.first_percent, 100 - truth.first_percent);
  else
    g_string_append (out, ",,");
  g_string_append_printf (out, ",%d\n", fixture->fold[i]);
}

static void
append_prediction_row (GString *out, const RuleFixture *fixture, gsize i)
{
  g_string_append_printf (out, "clip_%03d,%d", (int) i, fixture->fold[i]);
  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    g_string_append_c (out, ',');
    bs_csv_append_double (out, fixture->p[i][e]);
  }
  g_string_append_c (out, '\n');
}

static Files *
files_new (void)
{
  Files *self = g_new0 (Files, 1);
  g_autoptr (GString) metadata =
    g_string_new ("filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,"
                  "emotion_2,emotion_1_salience,emotion_2_salience,fold\n");
  g_autoptr (GString) predictions = g_string_new ("filename,fold,ang,disg,fea,hap,sad,neu\n");
  self->folder = test_folder_new ();
  self->fixture = rule_fixture_load ();
  for (gsize i = 0; i < self->fixture->n; i++) {
    append_metadata_row (metadata, self->fixture, i);
    append_prediction_row (predictions, self->fixture, i);
  }
  self->metadata = test_folder_write (self->folder, "train_metadata.csv", metadata->str);
  self->predictions = test_folder_write (self->folder, "p.csv", predictions->str);
  return self;
}

static void
files_free (Files *self)
{
  test_folder_free (self->folder);
  rule_fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Files, files_free)

static CliResult
evaluate (const Files *files, const char *predictions, const char *format, const char *option,
          const char *value)
{
  return run_cli ("evaluate", "--metadata", files->metadata, "--predictions", predictions,
                  "--format", format, option, value, NULL);
}

static cJSON *
parse (const CliResult *result)
{
  g_autoptr (GError) error = NULL;
  assert_done (result);
  cJSON *root = bs_json_parse (result->out, strlen (result->out), "evaluate", &error);
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

static const char *
word (const cJSON *object, const char *key)
{
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
  g_assert_nonnull (text);
  return text;
}

static const cJSON *
fold_of (const cJSON *root, int index)
{
  const cJSON *folds = cJSON_GetObjectItemCaseSensitive (root, "folds");
  g_assert_cmpint (cJSON_GetArraySize (folds), ==, 5);
  return cJSON_GetArrayItem (folds, index);
}

static void
check_fold (const cJSON *root, char **row)
{
  const cJSON *fold = fold_of (root, atoi (row[2]));
  double n = atoi (row[3]), n_blends = atoi (row[4]);
  g_assert_cmpfloat (number (fold, "fold"), ==, atoi (row[2]));
  g_assert_cmpfloat (number (fold, "n"), ==, n);
  g_assert_cmpfloat (number (fold, "n_blends"), ==, n_blends);
  g_assert_cmpfloat (number (fold, "alpha"), ==, g_ascii_strtod (row[0], NULL));
  g_assert_cmpfloat (number (fold, "beta"), ==, g_ascii_strtod (row[1], NULL));
  double presence = atoi (row[5]) / n, salience = atoi (row[6]) / n_blends;
  g_assert_cmpfloat (number (fold, "acc_presence"), ==, presence);
  g_assert_cmpfloat (number (fold, "acc_salience"), ==, salience);
  g_assert_cmpfloat (number (fold, "score"), ==, 0.5 * presence + 0.5 * salience);
  g_assert_null (cJSON_GetObjectItemCaseSensitive (fold, "regions"));
}

static void
test_json_at_given_thresholds_equals_the_independent_figures (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (GStrv) lines = fixture_lines ("rule-figures.csv");
  for (gsize i = 1; lines[i] != NULL; i += 5) {
    g_auto (GStrv) first = g_strsplit (lines[i], ",", -1);
    g_auto (CliResult) result =
      run_cli ("evaluate", "--metadata", files->metadata, "--predictions", files->predictions,
               "--alpha", first[0], "--beta", first[1], "--format", "json", NULL);
    g_autoptr (cJSON) root = parse (&result);
    double sum = 0;
    for (gsize k = 0; k < 5; k++) {
      g_auto (GStrv) row = g_strsplit (lines[i + k], ",", -1);
      check_fold (root, row);
      sum += number (fold_of (root, (int) k), "acc_salience");
    }
    const cJSON *mean = cJSON_GetObjectItemCaseSensitive (root, "mean");
    g_assert_cmpfloat_with_epsilon (number (mean, "acc_salience"), sum / 5, 1e-15);
    const cJSON *pooled = cJSON_GetObjectItemCaseSensitive (root, "pooled");
    g_assert_cmpfloat (number (pooled, "n"), ==, 200);
    g_assert_cmpstr (word (root, "thresholds"), ==, "given");
    g_assert_cmpstr (word (root, "tuned"), ==, "not known");
  }
}

static void
test_deviations_have_ddof_1 (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (CliResult) result = evaluate (files, files->predictions, "json", "--tune", "mean");
  g_autoptr (cJSON) root = parse (&result);
  double values[5], mean, std;
  for (int k = 0; k < 5; k++)
    values[k] = number (fold_of (root, k), "acc_presence");
  bs_mean_std (values, 5, &mean, &std);
  const cJSON *printed = cJSON_GetObjectItemCaseSensitive (root, "std");
  g_assert_cmpfloat (number (printed, "acc_presence"), ==, std);
  g_assert_cmpfloat (std, >, 0);
}

static void
test_exact_regions_are_printed_to_the_last_digit (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (GStrv) lines = fixture_lines ("exact-regions.csv");
  g_auto (CliResult) result = evaluate (files, files->predictions, "json", "--tune", "exact");
  g_autoptr (cJSON) root = parse (&result);
  int next[5] = { 0 };
  for (gsize i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) row = g_strsplit (lines[i], ",", -1);
    int k = atoi (row[0]);
    if (k < 0)
      continue;
    const cJSON *regions = cJSON_GetObjectItemCaseSensitive (fold_of (root, k), "regions");
    const cJSON *region = cJSON_GetArrayItem (regions, next[k]++);
    g_assert_cmpint (cJSON_GetArraySize (region), ==, 4);
    for (int e = 0; e < 4; e++)
      g_assert_cmpfloat (cJSON_GetArrayItem (region, e)->valuedouble, ==,
                         g_ascii_strtod (row[2 + e], NULL));
  }
  for (int k = 0; k < 5; k++)
    g_assert_cmpint (
      cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (fold_of (root, k), "regions")), ==,
      next[k]);
  g_assert_cmpstr (word (root, "tuned"), ==, "here");
}

static void
test_csv_says_what_json_says (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (CliResult) text = evaluate (files, files->predictions, "csv", "--tune", "train");
  g_auto (CliResult) result = evaluate (files, files->predictions, "json", "--tune", "train");
  g_autoptr (cJSON) root = parse (&result);
  g_autoptr (GError) error = NULL;
  assert_done (&text);
  g_autoptr (BsCsv) csv = bs_csv_parse (text.out, strlen (text.out), "evaluate", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 8);
  const char *const columns[] = { "n", "alpha", "beta", "acc_presence", "acc_salience", "score" };
  for (gsize k = 0; k < 5; k++)
    for (gsize c = 0; c < G_N_ELEMENTS (columns); c++) {
      double value;
      g_assert_true (bs_csv_double (csv, k, bs_csv_find_column (csv, columns[c]), &value, &error));
      g_assert_cmpfloat (value, ==, number (fold_of (root, (int) k), columns[c]));
    }
  int tuned = bs_csv_find_column (csv, "tuned"), name = bs_csv_find_column (csv, "fold");
  g_assert_cmpstr (bs_csv_text (csv, 0, tuned), ==, "not known");
  g_assert_cmpstr (bs_csv_text (csv, 5, name), ==, "mean");
  g_assert_cmpstr (bs_csv_text (csv, 6, name), ==, "std");
  g_assert_cmpstr (bs_csv_text (csv, 7, name), ==, "pooled");
}

static void
test_text_is_for_reading (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (CliResult) result =
    run_cli ("evaluate", "--metadata", files->metadata, "--predictions", files->predictions, NULL);
  assert_done (&result);
  g_assert_nonnull (strstr (result.out, "thresholds: official, tuned here\n"));
  g_assert_nonnull (strstr (result.out, "\nmean over folds "));
  g_assert_nonnull (strstr (result.out, "\nstd (ddof 1) "));
  g_assert_nonnull (strstr (result.out, "\nalways the most frequent single "));
  g_assert_null (strstr (result.out, "nan"));
}

static void
test_decisions_are_evaluated_but_not_tuned (void)
{
  g_autoptr (Files) files = files_new ();
  g_autoptr (GString) json = g_string_new ("{\"predictions\": {");
  for (gsize i = 0; i < files->fixture->n; i++) {
    BsLabel label = files->fixture->decisions[i * files->fixture->n_pairs + 1];
    g_string_append_printf (json, "%s\"clip_%03d.mov\": [{\"emotion\": \"%s\", \"salience\": %d.0}",
                            i > 0 ? ", " : "", (int) i, bs_emotion_code (label.first),
                            label.first_percent);
    if (bs_label_is_blend (label))
      g_string_append_printf (json, ", {\"emotion\": \"%s\", \"salience\": %d}",
                              bs_emotion_code (label.second), 100 - label.first_percent);
    g_string_append (json, "]");
  }
  g_string_append (json, "}}");
  const char *path = test_folder_write (files->folder, "decisions.json", json->str);
  g_auto (CliResult) given = run_cli ("evaluate", "--metadata", files->metadata, "--predictions",
                                      path, "--format", "json", NULL);
  g_auto (CliResult) ruled =
    run_cli ("evaluate", "--metadata", files->metadata, "--predictions", files->predictions,
             "--alpha", "0.125", "--beta", "0.125", "--format", "json", NULL);
  g_autoptr (cJSON) a = parse (&given);
  g_autoptr (cJSON) b = parse (&ruled);
  for (int k = 0; k < 5; k++)
    g_assert_cmpfloat (number (fold_of (a, k), "score"), ==, number (fold_of (b, k), "score"));
  g_assert_true (cJSON_IsNull (cJSON_GetObjectItemCaseSensitive (fold_of (a, 0), "alpha")));
  g_assert_cmpstr (word (a, "tuned"), ==, "not known"); /* nobody says how they were made */
  g_auto (CliResult) tuned = evaluate (files, path, "json", "--tune", "exact");
  assert_ended (&tuned, 1, "decisions.json: holds decisions");
  g_auto (CliResult) grid =
    run_cli ("grid", "--metadata", files->metadata, "--predictions", path, NULL);
  assert_ended (&grid, 1, "decisions.json: holds decisions");
}

/* The clips as a run whose protocol chose a pair of its own for each fold. */
static const char *
save_run (Files *files, const char *name, const char *protocol)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = bs_run_new ();
  const char *folder = test_folder_path (files->folder, name);
  run->model = g_strdup ("mlp-512");
  run->title = g_strdup (name);
  run->protocol = g_strdup (protocol);
  run->predictions = bs_predictions_load (files->predictions, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  for (int k = 0; k < 5; k++) {
    BsFoldResult *result = g_new0 (BsFoldResult, 1);
    result->fold = k;
    result->alpha = files->fixture->pairs[k].alpha;
    result->beta = files->fixture->pairs[k].beta;
    g_ptr_array_add (run->folds, result);
  }
  bs_run_save (run, folder, &error);
  g_assert_no_error (error);
  return folder;
}

static void
test_a_run_is_judged_by_its_own_thresholds_and_named_for_what_it_chose (void)
{
  g_autoptr (Files) files = files_new ();
  const char *official = save_run (files, "official", "official");
  const char *honest = save_run (files, "honest", "honest");
  g_auto (CliResult) own = run_cli ("evaluate", "--metadata", files->metadata, "--predictions",
                                    honest, "--format", "json", NULL);
  g_autoptr (cJSON) root = parse (&own);
  g_assert_cmpstr (word (root, "thresholds"), ==, "run");
  g_assert_cmpstr (word (root, "tuned"), ==, "elsewhere");
  for (int k = 0; k < 5; k++) {
    g_assert_cmpfloat (number (fold_of (root, k), "alpha"), ==, files->fixture->pairs[k].alpha);
    g_assert_cmpfloat (number (fold_of (root, k), "beta"), ==, files->fixture->pairs[k].beta);
  }
  /* Its epochs were chosen on the clips judged, wherever the thresholds come from. */
  g_auto (CliResult) train = evaluate (files, official, "json", "--tune", "train");
  g_autoptr (cJSON) trained = parse (&train);
  g_assert_cmpstr (word (trained, "tuned"), ==, "here");
}

static void
test_what_is_left_out_is_said_beside_the_figures (void)
{
  g_autoptr (Files) files = files_new ();
  const char *few = test_folder_write (files->folder, "few.csv",
                                       "filename,fold,ang,disg,fea,hap,sad,neu\n"
                                       "clip_000,0,1,0,0,0,0,0\n"
                                       "clip_001,0,1,0,0,0,0,0\n"
                                       "stranger,0,1,0,0,0,0,0\n");
  g_auto (CliResult) result = evaluate (files, few, "json", "--tune", "official");
  assert_done (&result);
  g_assert_nonnull (strstr (result.err, "labelled clips without prediction, left out: 198\n"));
  g_assert_nonnull (strstr (result.err, "predictions without metadata, left out: 1\n"));
  g_assert_nonnull (strstr (result.err, "whose fold is used: 1\n"));
}

static void
test_grid_is_evaluate_at_every_crossing (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (CliResult) result = run_cli ("grid", "--metadata", files->metadata, "--predictions",
                                       files->predictions, "--steps", "3", NULL);
  g_autoptr (GError) error = NULL;
  assert_done (&result);
  g_autoptr (BsCsv) csv = bs_csv_parse (result.out, strlen (result.out), "grid", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 5 * 9);
  g_autoptr (BsEvaluationSet) cases = rule_fixture_cases (files->fixture);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  for (gsize row = 0; row < 45; row++) {
    double v[5];
    for (gsize c = 0; c < 5; c++)
      g_assert_true (bs_csv_double (csv, row, c, &v[c], &error));
    BsThresholds thresholds;
    bs_thresholds_set_all (&thresholds, (BsThresholdPair){ v[1], v[2] });
    bs_metrics_compute (metrics, cases, &thresholds);
    const BsCounts *counts = &metrics->fold[row / 9];
    g_assert_cmpfloat (v[0], ==, row / 9);
    g_assert_cmpfloat (v[3], ==, bs_counts_presence (counts));
    g_assert_cmpfloat (v[4], ==, bs_counts_salience (counts));
  }
}

static const char *
confusion (Files *files, const char *classes, const char *name)
{
  const char *path = test_folder_path (files->folder, name);
  g_auto (CliResult) result =
    run_cli ("confusion", "--metadata", files->metadata, "--predictions", files->predictions,
             "--alpha", "0.125", "--beta", "0.125", "--classes", classes, "--out", path, NULL);
  assert_done (&result);
  g_assert_cmpstr (result.out, ==, "");
  return path;
}

static void
check_confusion (Files *files, const char *classes, int n, int (*class_of) (BsLabel label))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCsv) csv = bs_csv_load (confusion (files, classes, "confusion.csv"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, n);
  g_autofree int *expected = g_new0 (int, (gsize) n *n);
  const RuleFixture *fixture = files->fixture;
  for (gsize i = 0; i < fixture->n; i++)
    expected[class_of (fixture->truth[i]) * n +
             class_of (fixture->decisions[i * fixture->n_pairs + 1])]++;
  for (int t = 0; t < n; t++)
    for (int d = 0; d < n; d++) {
      int count;
      g_assert_true (bs_csv_int (csv, t, d + 1, &count, &error));
      g_assert_cmpint (count, ==, expected[t * n + d]);
    }
}

static void
test_confusion_counts_truth_by_decision (void)
{
  g_autoptr (Files) files = files_new ();
  check_confusion (files, "16", BS_N_CLASSES, bs_label_class);
  check_confusion (files, "36", BS_N_SALIENCE_CLASSES, bs_label_salience_class);
}

static void
test_confusion_is_drawn_in_three_formats (void)
{
  g_autoptr (Files) files = files_new ();
  const char *const names[] = { "c.svg", "c.png", "c.pdf" };
  const char *const starts[] = { "<?xml", "\x89PNG", "%PDF" };
  for (int i = 0; i < 3; i++) {
    g_autofree char *text = NULL;
    gsize length;
    const char *path = confusion (files, i == 1 ? "36" : "16", names[i]);
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    g_assert_cmpuint (length, >, 5000);
    g_assert_cmpmem (text, strlen (starts[i]), starts[i], strlen (starts[i]));
  }
}

static void
test_wrong_words_end_with_2_and_one_line (void)
{
  g_autoptr (Files) files = files_new ();
  const char *const m = files->metadata, *const p = files->predictions;
  const struct {
    const char *words[6];
    const char *said;
  } examples[] = {
    { { "--tune", "grid" }, "--tune grid: expected official" },
    { { "--alpha", "0.1" }, "--alpha and --beta are needed together" },
    { { "--alpha", "0,1", "--beta", "0.1" }, "--alpha 0,1: expected a number from 0 to 1" },
    { { "--alpha", "0.1", "--beta", "1.5" }, "--beta 1.5: expected a number from 0 to 1" },
    { { "--alpha", "0.1", "--beta", "nan" }, "--beta nan: expected a number from 0 to 1" },
    { { "--alpha", ".1", "--beta", ".1", "--tune", "mean" }, "--tune excludes" },
    { { "--format", "xml" }, "--format xml: expected text, json or csv" },
    { { "--logits", "--probabilities" }, "exclude each other" },
    { { "more" }, "unexpected word \"more\"" },
    { { "--no-such" }, "no-such" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    const char *const *w = examples[i].words;
    g_auto (CliResult) result = run_cli ("evaluate", "--metadata", m, "--predictions", p, w[0],
                                         w[1], w[2], w[3], w[4], w[5], NULL);
    assert_ended (&result, 2, examples[i].said);
  }
  g_auto (CliResult) nothing = run_cli ("evaluate", NULL);
  assert_ended (&nothing, 2, "--metadata M.csv and --predictions P are needed");
  g_auto (CliResult) steps =
    run_cli ("grid", "--metadata", m, "--predictions", p, "--steps", "0", NULL);
  assert_ended (&steps, 2, "--steps 0: expected a whole number from 1");
  g_auto (CliResult) classes =
    run_cli ("confusion", "--metadata", m, "--predictions", p, "--classes", "30", NULL);
  assert_ended (&classes, 2, "--classes 30: expected 16 or 36");
  g_auto (CliResult) out =
    run_cli ("confusion", "--metadata", m, "--predictions", p, "--out", "c.gif", NULL);
  assert_ended (&out, 2, "--out c.gif: expected a name ending in");
}

static void
test_failures_end_with_1_and_name_the_file (void)
{
  g_autoptr (Files) files = files_new ();
  g_auto (CliResult) absent = evaluate (files, "/nowhere/p.csv", "json", "--tune", "mean");
  assert_ended (&absent, 1, "/nowhere/p.csv");
  const char *strangers = test_folder_write (files->folder, "strangers.csv",
                                             "filename,ang,disg,fea,hap,sad,neu\n"
                                             "stranger,1,0,0,0,0,0\n");
  g_auto (CliResult) none = evaluate (files, strangers, "json", "--tune", "mean");
  assert_ended (&none, 1, "strangers.csv");
  g_auto (CliResult) unwritable =
    run_cli ("confusion", "--metadata", files->metadata, "--predictions", files->predictions,
             "--out", "/nowhere/c.csv", NULL);
  assert_ended (&unwritable, 1, "/nowhere/c.csv");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluate/given", test_json_at_given_thresholds_equals_the_independent_figures);
  g_test_add_func ("/evaluate/ddof", test_deviations_have_ddof_1);
  g_test_add_func ("/evaluate/regions", test_exact_regions_are_printed_to_the_last_digit);
  g_test_add_func ("/evaluate/csv", test_csv_says_what_json_says);
  g_test_add_func ("/evaluate/text", test_text_is_for_reading);
  g_test_add_func ("/evaluate/decisions", test_decisions_are_evaluated_but_not_tuned);
  g_test_add_func ("/evaluate/run",
                   test_a_run_is_judged_by_its_own_thresholds_and_named_for_what_it_chose);
  g_test_add_func ("/evaluate/left-out", test_what_is_left_out_is_said_beside_the_figures);
  g_test_add_func ("/grid", test_grid_is_evaluate_at_every_crossing);
  g_test_add_func ("/confusion/counts", test_confusion_counts_truth_by_decision);
  g_test_add_func ("/confusion/pictures", test_confusion_is_drawn_in_three_formats);
  g_test_add_func ("/usage", test_wrong_words_end_with_2_and_one_line);
  g_test_add_func ("/failures", test_failures_end_with_1_and_name_the_file);
  return g_test_run ();
}
