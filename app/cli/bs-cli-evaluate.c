/* SPDX-License-Identifier: MIT */
/* blendscope-cli evaluate: the figures of a set of predictions, fold by fold. */
#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/common/bs-cli-metrics.h"
#include "app/cli/common/bs-cli-predictions.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"
#include "model/decision/bs-baselines.h"

typedef struct {
  const BsEvaluationSet *cases;
  const BsCliThresholds *chosen;
  const BsMetrics *metrics;
} Evaluation;

static BsChosen
tuned_of (const Evaluation *self)
{
  return bs_tuning_source_worst (&self->chosen->source);
}

static void
add_sources (cJSON *object, const BsTuningSource *source)
{
  cJSON *sources = cJSON_AddObjectToObject (object, "sources");
  cJSON_AddStringToObject (sources, "network", bs_chosen_word (source->network));
  cJSON_AddStringToObject (sources, "thresholds", bs_chosen_word (source->thresholds));
  cJSON_AddStringToObject (sources, "weights", bs_chosen_word (source->weights));
}

/* Regions of a fold's exact optimum; %NULL for other searches. */
static GArray *
regions_of_fold (const Evaluation *self, int fold)
{
  BsOptimum optimum = { 0 };
  if (self->chosen->exact)
    bs_tune_fold (self->cases, fold, BS_PROTOCOL_EXACT, BS_SEARCH_EXACT, &optimum);
  return optimum.regions;
}

/* Text */

static void
append_text_row (GString *out, const char *name, const BsCounts *counts,
                 const BsThresholdPair *pair)
{
  g_string_append_printf (out, "%-6s %6u %7u", name, counts->n, counts->n_blends);
  bs_cli_append_figure (out, pair != NULL ? pair->alpha : NAN, 9);
  bs_cli_append_figure (out, pair != NULL ? pair->beta : NAN, 8);
  bs_cli_append_accuracies (out, bs_counts_presence (counts), bs_counts_salience (counts),
                            bs_counts_score (counts));
  g_string_append_c (out, '\n');
}

static void
append_text_summary (GString *out, const char *name, double presence, double salience, double score)
{
  g_string_append_printf (out, "%-38s", name);
  bs_cli_append_accuracies (out, presence, salience, score);
  g_string_append_c (out, '\n');
}

static void
append_text_baseline (GString *out, const Evaluation *self, BsBaselineKind kind, const char *name)
{
  BsBaseline baseline;
  bs_baseline_compute (self->cases->truth, self->cases->fold, self->cases->n, kind, &baseline);
  if (baseline.n_scored_folds == 0)
    return;
  append_text_summary (out, name, baseline.mean_presence, baseline.mean_salience,
                       (baseline.mean_presence + baseline.mean_salience) / 2);
}

static void
append_text_regions (GString *out, const Evaluation *self, int fold)
{
  g_autoptr (GArray) regions = regions_of_fold (self, fold);
  for (guint r = 0; regions != NULL && r < regions->len; r++) {
    const BsRegion *region = &g_array_index (regions, BsRegion, r);
    g_string_append_printf (out, "fold %s optimal for alpha in (",
                            bs_evaluation_set_fold_name (self->cases, fold));
    bs_csv_append_double (out, region->alpha_from);
    g_string_append (out, ", ");
    bs_csv_append_double (out, region->alpha_to);
    g_string_append (out, "], beta in [");
    bs_csv_append_double (out, region->beta_from);
    g_string_append (out, ", ");
    bs_csv_append_double (out, region->beta_to);
    g_string_append (out, ")\n");
  }
}

static const BsThresholdPair *
pair_shown (const Evaluation *self, int fold)
{
  const BsThresholds *thresholds = &self->chosen->thresholds;
  if (self->cases->fixed != NULL)
    return NULL;
  return fold < 0 ? &thresholds->rest : &thresholds->fold[fold];
}

static void
write_text (GString *out, const Evaluation *self)
{
  const BsMetrics *metrics = self->metrics;
  g_autofree char *tuned = bs_cli_dup_tuned_words (tuned_of (self));
  g_string_append_printf (out,
                          "thresholds: %s, %s\n"
                          "fold        n  blends    alpha    beta  presence  salience   score\n",
                          self->chosen->protocol, tuned);
  for (int k = 0; k < (int) metrics->n_folds; k++) {
    if (metrics->fold[k].n > 0)
      append_text_row (out, bs_evaluation_set_fold_name (self->cases, k), &metrics->fold[k],
                       pair_shown (self, k));
  }
  if (metrics->rest.n > 0)
    append_text_row (out, "none", &metrics->rest, pair_shown (self, -1));
  append_text_summary (out, "mean over folds", metrics->mean_presence, metrics->mean_salience,
                       metrics->mean_score);
  append_text_summary (out, "std (ddof 1)", metrics->std_presence, metrics->std_salience,
                       metrics->std_score);
  append_text_row (out, "pooled", &metrics->pooled, NULL);
  append_text_baseline (out, self, BS_BASELINE_SINGLE, "always the most frequent single");
  append_text_baseline (out, self, BS_BASELINE_BLEND, "always the most frequent blend");
  for (int k = 0; k < (int) metrics->n_folds; k++)
    if (metrics->fold[k].n > 0)
      append_text_regions (out, self, k);
}

/* CSV: the same rows, every number to its last digit. */

static void
append_csv_numbers (GString *out, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_string_append_c (out, ',');
    bs_cli_append_csv_figure (out, values[i]);
  }
}

static void
append_csv_row (GString *out, const Evaluation *self, const char *name, const BsCounts *counts,
                const BsThresholdPair *pair)
{
  const double values[] = { pair != NULL ? pair->alpha : NAN, pair != NULL ? pair->beta : NAN,
                            bs_counts_presence (counts), bs_counts_salience (counts),
                            bs_counts_score (counts) };
  bs_csv_append_field (out, name);
  g_string_append_printf (out, ",%u,%u", counts->n, counts->n_blends);
  append_csv_numbers (out, values, G_N_ELEMENTS (values));
  g_string_append_printf (out, ",%s,%s\n", self->chosen->protocol,
                          bs_chosen_word (tuned_of (self)));
}

static void
append_csv_summary (GString *out, const Evaluation *self, const char *name, double presence,
                    double salience, double score)
{
  const double values[] = { presence, salience, score };
  g_string_append_printf (out, "%s,,,,", name);
  append_csv_numbers (out, values, G_N_ELEMENTS (values));
  g_string_append_printf (out, ",%s,%s\n", self->chosen->protocol,
                          bs_chosen_word (tuned_of (self)));
}

static void
write_csv (GString *out, const Evaluation *self)
{
  const BsMetrics *metrics = self->metrics;
  g_string_append (out,
                   "fold,n,n_blends,alpha,beta,acc_presence,acc_salience,score,thresholds,tuned\n");
  for (int k = 0; k < (int) metrics->n_folds; k++) {
    if (metrics->fold[k].n > 0)
      append_csv_row (out, self, bs_evaluation_set_fold_name (self->cases, k), &metrics->fold[k],
                      pair_shown (self, k));
  }
  if (metrics->rest.n > 0)
    append_csv_row (out, self, "none", &metrics->rest, pair_shown (self, -1));
  append_csv_summary (out, self, "mean", metrics->mean_presence, metrics->mean_salience,
                      metrics->mean_score);
  append_csv_summary (out, self, "std", metrics->std_presence, metrics->std_salience,
                      metrics->std_score);
  append_csv_row (out, self, "pooled", &metrics->pooled, NULL);
}

/* JSON */

static void
add_counts (cJSON *object, const BsCounts *counts, const BsThresholdPair *pair, gboolean has_pair)
{
  cJSON_AddNumberToObject (object, "n", counts->n);
  cJSON_AddNumberToObject (object, "n_blends", counts->n_blends);
  if (has_pair) {
    bs_json_add_double (object, "alpha", pair != NULL ? pair->alpha : NAN);
    bs_json_add_double (object, "beta", pair != NULL ? pair->beta : NAN);
  }
  bs_cli_add_accuracies (object, bs_counts_presence (counts), bs_counts_salience (counts),
                         bs_counts_score (counts));
}

static void
add_regions (cJSON *object, const Evaluation *self, int fold)
{
  g_autoptr (GArray) regions = regions_of_fold (self, fold);
  if (regions == NULL)
    return;
  cJSON *array = cJSON_AddArrayToObject (object, "regions");
  for (guint r = 0; r < regions->len; r++) {
    const BsRegion *region = &g_array_index (regions, BsRegion, r);
    cJSON *edges = cJSON_CreateArray ();
    bs_json_append_double (edges, region->alpha_from);
    bs_json_append_double (edges, region->alpha_to);
    bs_json_append_double (edges, region->beta_from);
    bs_json_append_double (edges, region->beta_to);
    cJSON_AddItemToArray (array, edges);
  }
}

static void
write_json (GString *out, const Evaluation *self)
{
  const BsMetrics *metrics = self->metrics;
  g_autoptr (cJSON) root = cJSON_CreateObject ();
  cJSON *folds = cJSON_AddArrayToObject (root, "folds");
  for (int k = 0; k < (int) metrics->n_folds; k++) {
    if (metrics->fold[k].n == 0)
      continue;
    cJSON *fold = cJSON_CreateObject ();
    cJSON_AddItemToArray (folds, fold);
    bs_cli_add_fold (fold, bs_evaluation_set_fold_name (self->cases, k));
    add_counts (fold, &metrics->fold[k], pair_shown (self, k), TRUE);
    add_regions (fold, self, k);
  }
  bs_cli_add_accuracies (cJSON_AddObjectToObject (root, "mean"), metrics->mean_presence,
                         metrics->mean_salience, metrics->mean_score);
  bs_cli_add_accuracies (cJSON_AddObjectToObject (root, "std"), metrics->std_presence,
                         metrics->std_salience, metrics->std_score);
  add_counts (cJSON_AddObjectToObject (root, "pooled"), &metrics->pooled, NULL, FALSE);
  if (metrics->rest.n > 0)
    add_counts (cJSON_AddObjectToObject (root, "without_fold"), &metrics->rest,
                pair_shown (self, -1), TRUE);
  cJSON_AddStringToObject (root, "thresholds", self->chosen->protocol);
  cJSON_AddStringToObject (root, "tuned", bs_chosen_word (tuned_of (self)));
  add_sources (root, &self->chosen->source);
  g_autofree char *text = bs_json_to_text (root);
  g_string_append (out, text);
}

typedef void (*WriteFunc) (GString *out, const Evaluation *self);

static WriteFunc
writer_of_format (const char *format)
{
  if (format == NULL || g_str_equal (format, "text"))
    return write_text;
  if (g_str_equal (format, "csv"))
    return write_csv;
  return g_str_equal (format, "json") ? write_json : NULL;
}

/**
 * bs_cli_evaluate:
 * @argc: number of words
 * @argv: the words, from "evaluate" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_evaluate (int argc, char **argv)
{
  g_auto (BsCliPredictions) input = { 0 };
  g_auto (BsCliThresholds) chosen = { 0 };
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("text (default), json or csv"), "FORMAT" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("evaluate", NULL);
  bs_cli_predictions_add_options (&input, context);
  bs_cli_thresholds_add_options (&chosen, context);
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 0);
  if (status != BS_CLI_DONE)
    return status;
  WriteFunc write = writer_of_format (format);
  if (write == NULL)
    return bs_cli_usage_error (_ ("--format %s: expected text, json or csv"), format);
  g_autoptr (BsMetrics) metrics = NULL;
  status = bs_cli_judge (&input, &chosen, &metrics);
  if (status != BS_CLI_DONE)
    return status;
  g_autoptr (GString) out = g_string_new (NULL);
  write (out, &(Evaluation){ input.cases, &chosen, metrics });
  status = bs_cli_print (out);
  if (status == BS_CLI_DONE)
    bs_cli_predictions_say (&input);
  return status;
}
