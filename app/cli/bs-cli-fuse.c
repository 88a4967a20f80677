/* SPDX-License-Identifier: MIT */
/* blendscope-cli fuse: the weighted mean of several sets of predictions, and what each is worth. */
#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/common/bs-cli-metrics.h"
#include "app/cli/common/bs-cli-predictions.h"
#include "app/cli/common/bs-cli-work.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"
#include "model/fusion/bs-late-fusion.h"

#define DEFAULT_SEED 42

/* What the command line says, and what was loaded. */
typedef struct {
  char *metadata_path;
  char **paths;
  char *weights_text;
  gboolean optimise;
  char *protocol_name;
  char *seed_text;
  char *format;
  char *out;
  double *weights;
  BsFusionConfig config;
  BsMetadata *metadata;
  GArray *members; /* of BsFusionMember */
} Words;

static void
member_clear (gpointer data)
{
  BsFusionMember *member = data;
  g_free ((char *) member->name);
  bs_predictions_unref (member->predictions);
}

static void
words_clear (Words *self)
{
  g_free (self->metadata_path);
  g_strfreev (self->paths);
  g_free (self->weights_text);
  g_free (self->protocol_name);
  g_free (self->seed_text);
  g_free (self->format);
  g_free (self->out);
  g_free (self->weights);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_clear_pointer (&self->members, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* Weights are scaled to sum to 1, so that "2,1,1" can be written. */
static BsCliStatus
read_weights (Words *self)
{
  g_auto (GStrv) texts = g_strsplit (self->weights_text, ",", -1);
  guint n = g_strv_length (self->paths);
  double sum = 0;
  if (g_strv_length (texts) != n)
    return bs_cli_usage_error (_ ("--weights %s: expected %u numbers, one for each --predictions"),
                               self->weights_text, n);
  self->weights = g_new (double, n);
  for (guint m = 0; m < n; m++) {
    char *end;
    self->weights[m] = g_ascii_strtod (texts[m], &end);
    if (end == texts[m] || *end != '\0' || !(self->weights[m] >= 0 && self->weights[m] <= 1e6))
      return bs_cli_usage_error (_ ("--weights %s: expected numbers from 0 to 1e6, not \"%s\""),
                                 self->weights_text, texts[m]);
    sum += self->weights[m];
  }
  if (!(sum > 0))
    return bs_cli_usage_error (_ ("--weights %s: expected one above 0"), self->weights_text);
  for (guint m = 0; m < n; m++)
    self->weights[m] /= sum;
  return BS_CLI_DONE;
}

static BsCliStatus
read_protocol (Words *self)
{
  int protocol = self->optimise ? BS_FUSION_OFFICIAL : BS_FUSION_GIVEN;
  if (self->optimise && self->weights_text != NULL)
    return bs_cli_usage_error (_ ("--weights and --optimise exclude each other"));
  if (self->protocol_name != NULL && !self->optimise)
    return bs_cli_usage_error (_ ("--protocol says whose clips --optimise chooses weights on"));
  if (self->protocol_name != NULL)
    protocol = bs_fusion_protocol_from_name (self->protocol_name);
  if (self->protocol_name != NULL && protocol <= BS_FUSION_GIVEN)
    return bs_cli_usage_error (_ ("--protocol %s: expected official, mean or honest"),
                               self->protocol_name);
  self->config.protocol = (BsFusionProtocol) protocol;
  return BS_CLI_DONE;
}

static BsCliStatus
check_words (Words *self)
{
  if (self->metadata_path == NULL || self->paths == NULL || self->out == NULL)
    return bs_cli_usage_error (_ ("--metadata M.csv, --predictions P and --out FILE are needed"));
  if (g_strv_length (self->paths) < 2)
    return bs_cli_usage_error (_ ("--predictions is needed at least twice"));
  if (self->format != NULL && !g_str_equal (self->format, "text") &&
      !g_str_equal (self->format, "json"))
    return bs_cli_usage_error (_ ("--format %s: expected text or json"), self->format);
  self->config.seed = DEFAULT_SEED;
  if (self->seed_text != NULL &&
      !g_ascii_string_to_unsigned (self->seed_text, 10, 0, G_MAXUINT64, &self->config.seed, NULL))
    return bs_cli_usage_error (_ ("--seed %s: expected a whole number"), self->seed_text);
  BsCliStatus status = read_protocol (self);
  if (status == BS_CLI_DONE && self->weights_text != NULL)
    status = read_weights (self);
  self->config.weights = self->weights;
  return status;
}

static BsCliStatus
parse_words (Words *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "metadata", 0, 0, G_OPTION_ARG_FILENAME, &self->metadata_path, N_ ("labels and folds"),
      "M.csv" },
    { "predictions", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths,
      N_ ("CSV, NPZ or a run's folder; once for each member"), "P" },
    { "weights", 0, 0, G_OPTION_ARG_STRING, &self->weights_text,
      N_ ("one for each member, scaled to sum to 1 (equal ones)"), "W1,W2" },
    { "optimise", 0, 0, G_OPTION_ARG_NONE, &self->optimise,
      N_ ("weights with the best score at the best pair of the official grid"), NULL },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self->protocol_name,
      N_ ("with --optimise: official (each fold's own clips; default), mean (of those weights) or "
          "honest (the other folds' clips)"),
      "NAME" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed_text, N_ ("of the search (42)"), "N" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format, N_ ("text (default) or json"), "FORMAT" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out,
      N_ (".csv or .npz; any other name becomes a run's folder"), "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("fuse", NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, argc, argv, 0);
  return status == BS_CLI_DONE ? check_words (self) : status;
}

static gboolean
load_member (Words *self, const char *path, GError **error)
{
  g_autoptr (BsRun) run = NULL;
  BsFusionMember member = { 0 };
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    run = bs_run_load (path, error);
    if (run == NULL)
      return FALSE;
    member.predictions = bs_predictions_ref (run->predictions);
  } else {
    member.predictions = bs_predictions_load (path, BS_PREDICTIONS_AUTO, error);
    if (member.predictions == NULL)
      return FALSE;
  }
  member.name = g_path_get_basename (path);
  member.chosen = bs_run_chosen (run);
  g_array_append_val (self->members, member);
  return TRUE;
}

static gboolean
load (Words *self, GError **error)
{
  self->members = g_array_new (FALSE, FALSE, sizeof (BsFusionMember));
  g_array_set_clear_func (self->members, member_clear);
  self->metadata = bs_metadata_load (self->metadata_path, NULL, error);
  if (self->metadata == NULL)
    return FALSE;
  for (char **path = self->paths; *path != NULL; path++)
    if (!load_member (self, *path, error))
      return FALSE;
  return TRUE;
}

static BsLateFusion *
fuse (const Words *self, GError **error)
{
  g_auto (BsCliWork) work = { 0 };
  bs_cli_work_begin (&work);
  return bs_late_fusion_new (self->metadata, (const BsFusionMember *) self->members->data,
                             self->members->len, &self->config, bs_cli_work_report, &work,
                             work.cancellable, error);
}

static gboolean
is_table (const char *path)
{
  return g_str_has_suffix (path, ".csv") || g_str_has_suffix (path, ".npz");
}

static gboolean
save (const Words *self, const BsLateFusion *fusion, GError **error)
{
  if (is_table (self->out))
    return bs_predictions_save (fusion->predictions, self->out, error);
  g_autoptr (BsRun) run = bs_late_fusion_make_run (fusion, self->metadata);
  return bs_run_save (run, self->out, error);
}

static BsChosen
tuned_of (const BsLateFusion *fusion)
{
  return bs_tuning_source_worst (&fusion->source);
}

/* Under the honest protocol the other side of the members' scores is the official optimum, which
 * the honest weights do not reach: it is called what it is. */
static const char *
best_name (const BsLateFusion *fusion)
{
  switch (fusion->protocol) {
  case BS_FUSION_GIVEN:
    return "all, given weights";
  case BS_FUSION_HONEST:
    return "all, official optimum";
  case BS_FUSION_OFFICIAL:
  case BS_FUSION_MEAN:
  case BS_FUSION_N_PROTOCOLS:
  default:
    return "all, optimised";
  }
}

static gboolean
has_clips (const BsMetrics *metrics, int fold)
{
  return (fold >= 0 ? metrics->fold[fold] : metrics->rest).n > 0;
}

static void
append_worth (GString *out, const BsLateFusion *fusion)
{
  g_string_append_printf (out,
                          "weights: %s; scores of members: tuned here, mean over folds\n"
                          "%-28s %8s %8s %8s\n",
                          bs_fusion_protocol_name (fusion->protocol), "member", "weight", "alone",
                          "without");
  for (gsize m = 0; m < fusion->n_members; m++) {
    const BsFusionWorth *worth = &fusion->worth[m];
    g_string_append_printf (out, "%-28s ", worth->name);
    bs_cli_append_figure (out, worth->weight, 8);
    bs_cli_append_figure (out, worth->alone, 9);
    bs_cli_append_figure (out, worth->without, 9);
    g_string_append_c (out, '\n');
  }
  g_string_append_printf (out, "%-28s ", "all, equal weights");
  bs_cli_append_figure (out, 1, 8);
  bs_cli_append_figure (out, fusion->equal_score, 9);
  g_string_append_printf (out, "\n%-28s ", best_name (fusion));
  bs_cli_append_figure (out, 1, 8);
  bs_cli_append_figure (out, fusion->best_score, 9);
  g_string_append (out, "\n\n");
}

static void
append_fold (GString *out, const char *name, const BsCounts *counts, const BsThresholdPair *pair,
             const double *weights, gsize n)
{
  g_string_append_printf (out, "%-6s", name);
  bs_cli_append_figure (out, pair != NULL ? pair->alpha : NAN, 9);
  bs_cli_append_figure (out, pair != NULL ? pair->beta : NAN, 8);
  bs_cli_append_accuracies (out, bs_counts_presence (counts), bs_counts_salience (counts),
                            bs_counts_score (counts));
  g_string_append (out, "  ");
  for (gsize m = 0; m < n; m++)
    bs_cli_append_figure (out, weights[m], 7);
  g_string_append_c (out, '\n');
}

static void
write_text (GString *out, const BsLateFusion *fusion, const BsMetrics *metrics)
{
  g_autofree char *tuned = bs_cli_dup_tuned_words (tuned_of (fusion));
  append_worth (out, fusion);
  g_string_append_printf (out,
                          "fused, weights %s: %s\n"
                          "fold      alpha    beta  presence  salience   score   weights\n",
                          bs_fusion_protocol_name (fusion->protocol), tuned);
  for (int k = 0; k < (int) metrics->n_folds; k++) {
    if (has_clips (metrics, k))
      append_fold (out, bs_evaluation_set_fold_name (metrics->cases, k), &metrics->fold[k],
                   &fusion->thresholds.fold[k], bs_late_fusion_weights (fusion, k),
                   fusion->n_members);
  }
  if (has_clips (metrics, -1))
    append_fold (out, "none", &metrics->rest, &fusion->thresholds.rest,
                 bs_late_fusion_weights (fusion, -1), fusion->n_members);
  g_string_append_printf (out, "%-23s", "mean over folds");
  bs_cli_append_accuracies (out, metrics->mean_presence, metrics->mean_salience,
                            metrics->mean_score);
  g_string_append_printf (out, "\n%-23s", "std (ddof 1)");
  bs_cli_append_accuracies (out, metrics->std_presence, metrics->std_salience, metrics->std_score);
  g_string_append_c (out, '\n');
}

static void
add_fold (cJSON *folds, const BsLateFusion *fusion, const BsMetrics *metrics, int k)
{
  const BsCounts *counts = k >= 0 ? &metrics->fold[k] : &metrics->rest;
  BsThresholdPair pair = bs_thresholds_for (&fusion->thresholds, k);
  cJSON *fold = cJSON_CreateObject ();
  cJSON_AddItemToArray (folds, fold);
  bs_cli_add_fold (fold, k >= 0 ? bs_evaluation_set_fold_name (metrics->cases, k) : NULL);
  cJSON_AddNumberToObject (fold, "n", counts->n);
  bs_json_add_double (fold, "alpha", pair.alpha);
  bs_json_add_double (fold, "beta", pair.beta);
  bs_cli_add_accuracies (fold, bs_counts_presence (counts), bs_counts_salience (counts),
                         bs_counts_score (counts));
  cJSON *weights = cJSON_AddArrayToObject (fold, "weights");
  for (gsize m = 0; m < fusion->n_members; m++)
    bs_json_append_double (weights, bs_late_fusion_weights (fusion, k)[m]);
}

static void
write_json (GString *out, const BsLateFusion *fusion, const BsMetrics *metrics)
{
  g_autoptr (cJSON) root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "weights", bs_fusion_protocol_name (fusion->protocol));
  cJSON_AddStringToObject (root, "tuned", bs_chosen_word (tuned_of (fusion)));
  cJSON_AddNumberToObject (root, "n", (double) fusion->n);
  cJSON_AddNumberToObject (root, "n_left_out", (double) fusion->n_left_out);
  cJSON *members = cJSON_AddArrayToObject (root, "members");
  for (gsize m = 0; m < fusion->n_members; m++) {
    cJSON *member = cJSON_CreateObject ();
    cJSON_AddItemToArray (members, member);
    cJSON_AddStringToObject (member, "name", fusion->worth[m].name);
    bs_json_add_double (member, "weight", fusion->worth[m].weight);
    bs_json_add_double (member, "alone", fusion->worth[m].alone);
    bs_json_add_double (member, "without", fusion->worth[m].without);
  }
  bs_json_add_double (root, "score_equal", fusion->equal_score);
  bs_json_add_double (root, bs_late_fusion_best_key (fusion), fusion->best_score);
  cJSON *folds = cJSON_AddArrayToObject (root, "folds");
  for (int k = 0; k < (int) metrics->n_folds; k++)
    if (has_clips (metrics, k))
      add_fold (folds, fusion, metrics, k);
  if (has_clips (metrics, -1))
    add_fold (folds, fusion, metrics, -1);
  bs_cli_add_accuracies (cJSON_AddObjectToObject (root, "mean"), metrics->mean_presence,
                         metrics->mean_salience, metrics->mean_score);
  bs_cli_add_accuracies (cJSON_AddObjectToObject (root, "std"), metrics->std_presence,
                         metrics->std_salience, metrics->std_score);
  g_autofree char *text = bs_json_to_text (root);
  g_string_append (out, text);
}

static BsCliStatus
print (const Words *self, const BsLateFusion *fusion)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new (self->metadata, fusion->predictions, &error);
  if (cases == NULL)
    return bs_cli_fail (error);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, &fusion->thresholds);
  if (self->format != NULL && g_str_equal (self->format, "json"))
    write_json (out, fusion, metrics);
  else
    write_text (out, fusion, metrics);
  BsCliStatus status = bs_cli_print (out);
  if (status != BS_CLI_DONE)
    return status;
  bs_cli_say_metadata (self->metadata);
  bs_cli_say_read_as (NULL, &(BsReadAs){ .folds = cases->fold_source });
  for (guint m = 0; m < self->members->len; m++) {
    const BsFusionMember *member = &g_array_index (self->members, BsFusionMember, m);
    bs_cli_say_read_as (member->name, &member->predictions->read_as);
  }
  if (fusion->predictions->note != NULL)
    bs_cli_note ("%s", fusion->predictions->note);
  if (fusion->n_without_metadata > 0)
    bs_cli_note (_ ("predictions without metadata, left out: %zu"), fusion->n_without_metadata);
  return BS_CLI_DONE;
}

/* That the run's folder can be made is known before the search. */
static gboolean
check_out (const char *out, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (out);
  if (is_table (out) || !g_file_test (out, G_FILE_TEST_EXISTS))
    return bs_file_make_folder (parent, error);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: there is something of that name already"),
               out);
  return FALSE;
}

/**
 * bs_cli_fuse:
 * @argc: number of words
 * @argv: the words, from "fuse" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_fuse (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Words) words = { 0 };
  BsCliStatus status = parse_words (&words, &argc, &argv);
  if (status != BS_CLI_DONE)
    return status;
  if (!check_out (words.out, &error) || !load (&words, &error))
    return bs_cli_fail (error);
  g_autoptr (BsLateFusion) fusion = fuse (&words, &error);
  if (fusion == NULL || !save (&words, fusion, &error))
    return bs_cli_fail (error);
  return print (&words, fusion);
}
