/* SPDX-License-Identifier: MIT */
/* evaluate on tables and decisions as other people write them: the invented clips in other forms
 * give the very same figures, and what was assumed is said. The real cases beside
 * BLENDSCOPE_REFERENCE as well. */
#include "data/format/bs-csv.h"
#include "tests/support/bs-rule-fixture.h"
#include "tests/support/bs-test-cli.h"

/* How a table is written. */
typedef struct {
  char separator;
  char point;
  const char *missing;
  const char *name_format; /* of a clip's name */
  const char *fold_format; /* NULL: no column */
  int n_decimals; /* 0: all */
} Form;

static const Form plain = { ',', '.', "", "%s", "%d", 0 };

typedef struct {
  TestFolder *folder;
  RuleFixture *fixture;
} Files;

static Files *
files_new (void)
{
  Files *self = g_new0 (Files, 1);
  self->folder = test_folder_new ();
  self->fixture = rule_fixture_load ();
  return self;
}

static void
files_free (Files *self)
{
  rule_fixture_free (self->fixture);
  test_folder_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Files, files_free)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void
append_name (GString *out, const Form *form, gsize i)
{
  g_autofree char *name = g_strdup_printf ("clip_%03d", (int) i);
  g_string_append_printf (out, form->name_format, name);
}

static void
append_fold (GString *out, const Form *form, int fold)
{
  if (form->fold_format == NULL)
    return;
  g_string_append_c (out, form->separator);
  if (fold >= 0)
    g_string_append_printf (out, form->fold_format, fold);
  else
    g_string_append (out, form->missing);
}

#pragma GCC diagnostic pop

/* @without_fold: every so many-th clip has none */
static const char *
write_metadata (Files *self, const Form *form, int without_fold)
{
  g_autoptr (GString) out = g_string_new ("filename,emotion_1,emotion_2,emotion_1_salience");
  g_string_append (out, form->fold_format != NULL ? ",fold\n" : "\n");
  g_strdelimit (out->str, ",", form->separator);
  for (gsize i = 0; i < self->fixture->n; i++) {
    BsLabel truth = self->fixture->truth[i];
    append_name (out, form, i);
    g_string_append_printf (out, "%c%s%c", form->separator, bs_emotion_code (truth.first),
                            form->separator);
    if (bs_label_is_blend (truth))
      g_string_append_printf (out, "%s%c%d%c0", bs_emotion_code (truth.second), form->separator,
                              truth.first_percent, form->point);
    else
      g_string_append_printf (out, "%s%c%s", form->missing, form->separator, form->missing);
    gboolean has_none = without_fold > 0 && i % (gsize) without_fold == 0;
    append_fold (out, form, has_none ? -1 : self->fixture->fold[i]);
    g_string_append_c (out, '\n');
  }
  return test_folder_write (self->folder, "m.csv", out->str);
}

static void
append_number (GString *out, const Form *form, double value)
{
  gsize start = out->len;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (form->n_decimals == 0)
    bs_csv_append_double (out, value);
  else
    g_string_append (
      out, g_ascii_formatd (text, sizeof text, form->n_decimals == 3 ? "%.3f" : "%.2f", value));
  g_strdelimit (out->str + start, ".", form->point);
}

static const char *
write_predictions (Files *self, const Form *form, double factor)
{
  g_autoptr (GString) out = g_string_new ("filename");
  if (form->fold_format != NULL)
    g_string_append (out, ",fold");
  g_string_append (out, ",ang,disg,fea,hap,sad,neu\n");
  g_strdelimit (out->str, ",", form->separator);
  for (gsize i = 0; i < self->fixture->n; i++) {
    append_name (out, form, i);
    append_fold (out, form, self->fixture->fold[i]);
    for (int e = 0; e < BS_N_EMOTIONS; e++) {
      g_string_append_c (out, form->separator);
      append_number (out, form, factor * self->fixture->p[i][e]);
    }
    g_string_append_c (out, '\n');
  }
  return test_folder_write (self->folder, "p.csv", out->str);
}

static CliResult
evaluate (const char *metadata, const char *predictions, const char *tune)
{
  return run_cli ("evaluate", "--metadata", metadata, "--predictions", predictions, "--format",
                  "json", tune != NULL ? "--tune" : NULL, tune, NULL);
}

static void
assert_said (const CliResult *result, const char *what)
{
  if (strstr (result->err, what) == NULL)
    g_error ("'%s' does not hold '%s'", result->err, what);
}

static void
test_other_forms_give_the_same_figures (void)
{
  static const struct {
    Form form;
    const char *said;
  } forms[] = {
    { { ';', ',', "NA", "%s", "%d,0", 0 },
      "read with semicolons between fields and decimal commas" },
    { { '\t', '.', "None", "clips/%s.npy", "%d", 0 }, "first 'clips/clip_000.npy' to 'clip_000'" },
    { { ',', '.', "<NA>", " %s ", " %d.0 ", 0 }, "blanks around fields are left out" },
  };
  g_autoptr (Files) files = files_new ();
  const char *metadata = write_metadata (files, &plain, 0);
  g_auto (CliResult) right = evaluate (metadata, write_predictions (files, &plain, 1), NULL);
  assert_done (&right);
  assert_said (&right, "folds are those of the metadata");
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    metadata = write_metadata (files, &forms[i].form, 0);
    g_auto (CliResult) other =
      evaluate (metadata, write_predictions (files, &forms[i].form, 1), NULL);
    assert_done (&other);
    g_assert_cmpstr (other.out, ==, right.out);
    assert_said (&other, forms[i].said);
    assert_said (&other, "NA, None or the like");
  }
}

static void
test_folds_of_the_predictions_stand_in (void)
{
  const Form bare = { ',', '.', "", "%s", NULL, 0 }, words = { ',', '.', "", "%s", "part %d", 0 };
  g_autoptr (Files) files = files_new ();
  const char *with = write_metadata (files, &plain, 0);
  g_auto (CliResult) right = evaluate (with, write_predictions (files, &plain, 1), NULL);
  const char *without = write_metadata (files, &bare, 0);
  g_auto (CliResult) same = evaluate (without, write_predictions (files, &plain, 1), NULL);
  assert_done (&same);
  g_assert_cmpstr (same.out, ==, right.out);
  assert_said (&same, "folds are those of the predictions");
  g_auto (CliResult) named = evaluate (without, write_predictions (files, &words, 1), NULL);
  assert_done (&named);
  g_assert_nonnull (strstr (named.out, "\"part 2\""));
  g_auto (CliResult) none = evaluate (without, write_predictions (files, &bare, 1), "train");
  assert_done (&none);
  assert_said (&none, "no clip has a fold, so that all are tuned together");
  g_assert_nonnull (strstr (none.out, "\"tuned\":\t\"here\""));
}

static void
test_clips_without_a_fold_get_the_best_folds_pair (void)
{
  g_autoptr (Files) files = files_new ();
  const char *metadata = write_metadata (files, &plain, 3);
  const char *predictions = write_predictions (files, &plain, 1);
  g_auto (CliResult) result = evaluate (metadata, predictions, "official");
  assert_done (&result);
  g_autoptr (cJSON) root = bs_json_parse (result.out, strlen (result.out), "out", NULL);
  const cJSON *rest = cJSON_GetObjectItem (root, "without_fold"), *fold, *best = NULL;
  double best_score = -1;
  cJSON_ArrayForEach (fold, cJSON_GetObjectItem (root, "folds")) {
    double score = cJSON_GetObjectItem (fold, "score")->valuedouble;
    if (score > best_score) {
      best_score = score;
      best = fold;
    }
  }
  g_assert_nonnull (best);
  for (int i = 0; i < 2; i++) {
    const char *key = i == 0 ? "alpha" : "beta";
    g_assert_cmpfloat (cJSON_GetObjectItem (rest, key)->valuedouble, ==,
                       cJSON_GetObjectItem (best, key)->valuedouble);
  }
}

static void
test_few_decimals_are_probabilities_and_per_cent_is_unclear (void)
{
  const Form three = { ',', '.', "", "%s", "%d", 3 };
  g_autoptr (Files) files = files_new ();
  const char *metadata = write_metadata (files, &plain, 0);
  g_auto (CliResult) rounded = evaluate (metadata, write_predictions (files, &three, 1), NULL);
  assert_done (&rounded);
  assert_said (&rounded, "every row sums to 1");
  const char *percent = write_predictions (files, &plain, 100);
  g_auto (CliResult) unclear = evaluate (metadata, percent, NULL);
  assert_ended (&unclear, 1, "the sum here is 100 (per cent?); --probabilities or --logits says");
  g_auto (CliResult) said =
    run_cli ("evaluate", "--metadata", metadata, "--predictions", percent, "--logits", NULL);
  assert_done (&said);
  assert_said (&said, "read as logits, as you said");
}

static void
test_metadata_that_contradict_names_are_told (void)
{
  g_autoptr (Files) files = files_new ();
  const char *metadata = test_folder_write (files->folder, "c.csv",
                                            "filename,emotion_1\nA1_ang_int1_ver1,sad\n"
                                            "A1_hap_int1_ver1,hap\n");
  const char *predictions = test_folder_write (
    files->folder, "q.csv", "filename,ang,disg,fea,hap,sad,neu\nA1_ang_int1_ver1,1,0,0,0,0,0\n");
  g_auto (CliResult) result = evaluate (metadata, predictions, NULL);
  assert_done (&result);
  assert_said (&result, "clips labelled otherwise than their names say");
  assert_said (&result, ": 1, first A1_ang_int1_ver1");
}

static void
test_odd_decisions_are_scored_and_counted (void)
{
  g_autoptr (Files) files = files_new ();
  const char *metadata =
    test_folder_write (files->folder, "d.csv",
                       "filename,emotion_1,emotion_2,emotion_1_salience,fold\na,hap,sad,70,0\n"
                       "b,hap,sad,70,0\nc,ang,,,0\nd,hap,sad,50,0\n");
  const char *decisions =
    test_folder_write (files->folder, "d.json",
                       "{\"a\": [{\"emotion\": \"sad\", \"salience\": 0.3}, {\"emotion\": \"hap\", "
                       "\"salience\": 0.7}],"
                       " \"b\": [{\"emotion\": \"sad\", \"salience\": \"30.4\"}, {\"emotion\": "
                       "\"hap\", \"salience\": 70}],"
                       " \"c\": [{\"emotion\": \"ang\"}, {\"emotion\": \"neu\", \"salience\": 30}],"
                       " \"d\": [{\"emotion\": \"hap\", \"salience\": 60}, {\"emotion\": \"sad\", "
                       "\"salience\": 40}]}");
  g_auto (CliResult) broken = evaluate (metadata, decisions, NULL);
  assert_ended (&broken, 1, "c[0]: expected a salience");
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (decisions, &text, NULL, NULL));
  char *gap = strstr (text, "{\"emotion\": \"ang\"}, ");
  memset (gap, ' ', strlen ("{\"emotion\": \"ang\"}, "));
  g_auto (CliResult) result =
    evaluate (metadata, test_folder_write (files->folder, "e.json", text), NULL);
  assert_done (&result);
  assert_said (&result, "1 decision has saliences in fractions of 1");
  assert_said (&result, "2 decisions have saliences other than 100");
  g_autoptr (cJSON) root = bs_json_parse (result.out, strlen (result.out), "out", NULL);
  const cJSON *pooled = cJSON_GetObjectItem (root, "pooled");
  g_assert_cmpfloat (cJSON_GetObjectItem (pooled, "acc_presence")->valuedouble, ==, 0.75);
  g_assert_cmpfloat_with_epsilon (cJSON_GetObjectItem (pooled, "acc_salience")->valuedouble,
                                  1.0 / 3, 1e-15);
}

static void
test_info_calls_folds_by_their_names (void)
{
  g_autoptr (Files) files = files_new ();
  test_folder_write (files->folder, "corpus/train_metadata.csv",
                     "filename,emotion_1,fold\na,hap,north\nb,sad,south\nc,ang,south\n");
  const char *corpus = test_folder_path (files->folder, "corpus");
  g_auto (CliResult) text = run_cli ("info", corpus, NULL);
  g_auto (CliResult) json = run_cli ("info", corpus, "--format", "json", NULL);
  assert_done (&text);
  assert_done (&json);
  g_assert_nonnull (strstr (text.out, " north south"));
  g_assert_nonnull (strstr (json.out, "\"south\""));
}

/* What stands in the folder of real cases beside BLENDSCOPE_REFERENCE, and what it has to give. */
static const struct {
  const char *metadata; /* NULL: the real one */
  const char *predictions;
  double presence; /* mean over folds; below 0 where it is refused */
  const char *said;
} real_cases[] = {
  { "tables/M_narep.csv", "tables/P_tab.csv", 0.0851852, "count as empty" },
  { "tables/M.csv", "tables/P_semi.csv", 0.0851852,
    "semicolons between fields and decimal commas" },
  { "tables/M.csv", "tables/P_tab.csv", 0.0851852, "tabs between fields" },
  { "tables/M.csv", "tables/P_3dig.csv", 0.0851852, "as far as 3 decimals tell" },
  { "tables/M.csv", "tables/n_perm.npz", 0.0851852, "in the order neu,sad,hap,fea,disg,ang" },
  { "tables/M.csv", "tables/j_list.json", -1, "not a list" },
  { NULL, "tables/semi.csv", 0.0781, "semicolons between fields" },
  { NULL, "tables/percent.csv", -1, "the sum here is 100 (per cent?)" },
  { NULL, "tables/npyname.csv", 0.0781, "the names of 815 clips were changed" },
  { NULL, "tables/path.csv", 0.0781, "the names of 815 clips were changed" },
  { NULL, "tables/spaces.csv", 0.0781, "blanks around fields are left out" },
  { "tables/meta-nofold.csv", "tables/pred-1to5.csv", 0.0781, "those of the predictions" },
  { "tables/meta-nanfold.csv", "tables/pred-1to5.csv", 0.0817, "those of the metadata" },
  { NULL, "official/json-60-40.json", 0.2528, "2,163 decisions have saliences other than" },
  { NULL, "official/json-single-1.0.json", 0.2528, "in fractions of 1" },
  { NULL, "official/json-neutral_in_blend.json", 0.0612, "blend neutral with an emotion" },
};

static void
check_real_case (gsize i, const char *reference, const char *folder)
{
  g_autofree char *metadata = real_cases[i].metadata != NULL
                                ? g_build_filename (folder, real_cases[i].metadata, NULL)
                                : g_build_filename (reference, "train_metadata.csv", NULL);
  g_autofree char *predictions = g_build_filename (folder, real_cases[i].predictions, NULL);
  g_auto (CliResult) result = evaluate (metadata, predictions, NULL);
  if (real_cases[i].presence < 0) {
    assert_ended (&result, 1, real_cases[i].said);
    return;
  }
  assert_done (&result);
  assert_said (&result, real_cases[i].said);
  g_autoptr (cJSON) root = bs_json_parse (result.out, strlen (result.out), "out", NULL);
  const cJSON *mean = cJSON_GetObjectItem (root, "mean");
  g_assert_cmpfloat_with_epsilon (cJSON_GetObjectItem (mean, "acc_presence")->valuedouble,
                                  real_cases[i].presence, 6e-5);
}

static void
test_the_real_cases_come_out_right (void)
{
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  g_autofree char *folder =
    reference != NULL ? g_build_filename (reference, "..", "cases", NULL) : NULL;
  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_test_skip ("NO CASES BESIDE BLENDSCOPE_REFERENCE: real tables and decisions were NOT tested");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (real_cases); i++)
    check_real_case (i, reference, folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/forms", test_other_forms_give_the_same_figures);
  g_test_add_func ("/input/folds", test_folds_of_the_predictions_stand_in);
  g_test_add_func ("/input/rest", test_clips_without_a_fold_get_the_best_folds_pair);
  g_test_add_func ("/input/decimals", test_few_decimals_are_probabilities_and_per_cent_is_unclear);
  g_test_add_func ("/input/contradictions", test_metadata_that_contradict_names_are_told);
  g_test_add_func ("/input/decisions", test_odd_decisions_are_scored_and_counted);
  g_test_add_func ("/input/info", test_info_calls_folds_by_their_names);
  g_test_add_func ("/input/real", test_the_real_cases_come_out_right);
  return g_test_run ();
}
