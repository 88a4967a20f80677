/* SPDX-License-Identifier: MIT */
/* The table of what trainings have reached: for reading, as CSV, as JSON. */
#include "app/cli/common/bs-cli-results.h"

#include <math.h>

#include "app/cli/common/bs-cli-metrics.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"
#include "model/config/bs-departures.h"
#include "model/decision/bs-tune.h"
#include "model/training/bs-train.h"

#define N_FIGURES 6
#define FIGURE_WIDTH 6 /* "0.1234" */

static const char *const figure_names[N_FIGURES] = { "acc_presence", "std_acc_presence",
                                                     "acc_salience", "std_acc_salience",
                                                     "score",        "std_score" };

typedef struct {
  char **values;
  char *title;
  char *protocol;
  char *preset; /* (nullable) */
  char *departures; /* (nullable): in what it departs from its preset */
  guint n_folds;
  gboolean is_done;
  BsChosen tuned;
  double metrics[N_FIGURES];
  double seconds;
  int n_threads;
} Row;

struct _BsCliResults {
  char **keys;
  GArray *rows; /* of Row */
};

static void
row_clear (gpointer data)
{
  Row *row = data;
  g_strfreev (row->values);
  g_free (row->title);
  g_free (row->protocol);
  g_free (row->preset);
  g_free (row->departures);
}

/**
 * bs_cli_results_new:
 * @keys: (array zero-terminated=1): settings in which the trainings differ
 *
 * Returns: (transfer full): an empty table
 */
BsCliResults *
bs_cli_results_new (char **keys)
{
  BsCliResults *self = g_new0 (BsCliResults, 1);
  self->keys = g_strdupv (keys);
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  return self;
}

/**
 * bs_cli_results_free:
 * @self: (transfer full): a table
 */
void
bs_cli_results_free (BsCliResults *self)
{
  g_strfreev (self->keys);
  g_array_unref (self->rows);
  g_free (self);
}

static BsChosen
tuned_of (const BsRun *run)
{
  BsTuningSource source = bs_tuning_source (run, BS_THRESHOLDS_RUN, BS_PROTOCOL_OFFICIAL);
  return bs_tuning_source_worst (&source);
}

static char *
dup_departures (const BsRun *run)
{
  g_autoptr (GArray) departures = bs_run_departures (run);
  return departures != NULL && departures->len > 0 ? bs_departures_to_text (departures) : NULL;
}

static void
take_metrics (Row *row, BsEvaluationSet *cases, const BsRun *run)
{
  BsThresholds thresholds;
  bs_thresholds_take_run (&thresholds, run, cases);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, &thresholds);
  const double values[N_FIGURES] = { metrics->mean_presence, metrics->std_presence,
                                     metrics->mean_salience, metrics->std_salience,
                                     metrics->mean_score,    metrics->std_score };
  for (gsize i = 0; i < N_FIGURES; i++)
    row->metrics[i] = values[i];
}

/**
 * bs_cli_results_add:
 * @self: a table
 * @values: (array zero-terminated=1): of the table's settings
 * @metadata: of the corpus
 * @run: trained, at the thresholds that its protocol chose
 * @error: where the run's clips are not the corpus'
 *
 * Returns: whether the row was added
 */
gboolean
bs_cli_results_add (BsCliResults *self, char **values, BsMetadata *metadata, const BsRun *run,
                    GError **error)
{
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (metadata, run->predictions, error);
  if (cases == NULL)
    return FALSE;
  Row row = {
    .values = g_strdupv (values),
    .title = g_strdup (run->title),
    .protocol = g_strdup (run->protocol),
    .preset = g_strdup (g_hash_table_lookup (run->settings, "preset")),
    .departures = dup_departures (run),
    .n_folds = run->folds->len,
    .is_done = TRUE,
    .tuned = tuned_of (run),
    .seconds = bs_train_seconds (run),
    .n_threads = run->n_threads,
  };
  take_metrics (&row, cases, run);
  g_array_append_val (self->rows, row);
  return TRUE;
}

/**
 * bs_cli_results_add_failure:
 * @self: a table
 * @values: (array zero-terminated=1): of the table's settings
 *
 * Adds a row without figures, for a training that did not come to its end.
 */
void
bs_cli_results_add_failure (BsCliResults *self, char **values)
{
  Row row = { .values = g_strdupv (values) };
  for (gsize i = 0; i < N_FIGURES; i++)
    row.metrics[i] = NAN;
  g_array_append_val (self->rows, row);
}

static const char *
tuned_word (const Row *row)
{
  return row->is_done ? bs_chosen_word (row->tuned) : "failed";
}

/* Text */

static void
append_pair (GString *out, double mean, double std)
{
  bs_cli_append_figure (out, mean, FIGURE_WIDTH);
  g_string_append (out, " +- ");
  bs_cli_append_figure (out, std, FIGURE_WIDTH);
}

static void
append_single (GString *out, const Row *row)
{
  static const char *const names[] = { "presence", "salience", "score   " };
  g_autofree char *tuned = bs_cli_dup_tuned_words (row->tuned);
  g_string_append_printf (out, "%s, protocol %s, %s, %u folds (mean +- std, ddof 1)\n", row->title,
                          row->protocol, tuned, row->n_folds);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_string_append_printf (out, "%s ", names[i]);
    append_pair (out, row->metrics[2 * i], row->metrics[2 * i + 1]);
    g_string_append_c (out, '\n');
  }
  if (row->departures != NULL)
    g_string_append_printf (out, "departs from the preset %s in %s\n", row->preset,
                            row->departures);
}

static int
column_width (const BsCliResults *self, guint column)
{
  glong width = g_utf8_strlen (self->keys[column], -1);
  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, g_utf8_strlen (g_array_index (self->rows, Row, i).values[column], -1));
  return (int) width;
}

static void
append_text_row (const BsCliResults *self, GString *out, const Row *row)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint k = 0; self->keys[k] != NULL; k++)
    g_string_append_printf (out, "%-*s  ", column_width (self, k), row->values[k]);
  for (gsize i = 0; i < N_FIGURES; i += 2) {
    append_pair (out, row->metrics[i], row->metrics[i + 1]);
    g_string_append (out, "  ");
  }
  g_ascii_formatd (seconds, sizeof seconds, "%.1f", row->seconds);
  g_string_append_printf (out, "%-9s  %5u  %9s\n", tuned_word (row), row->n_folds, seconds);
}

static void
write_text (const BsCliResults *self, GString *out)
{
  if (self->keys[0] == NULL && self->rows->len == 1) {
    append_single (out, &g_array_index (self->rows, Row, 0));
    return;
  }
  for (guint k = 0; self->keys[k] != NULL; k++)
    g_string_append_printf (out, "%-*s  ", column_width (self, k), self->keys[k]);
  g_string_append_printf (out, "%-16s  %-16s  %-16s  %-9s  %5s  %9s\n", "presence", "salience",
                          "score", "tuned", "folds", "seconds");
  for (guint i = 0; i < self->rows->len; i++)
    append_text_row (self, out, &g_array_index (self->rows, Row, i));
}

/* CSV */

static void
append_csv_row (GString *out, const Row *row)
{
  for (char **value = row->values; *value != NULL; value++) {
    bs_csv_append_field (out, *value);
    g_string_append_c (out, ',');
  }
  for (gsize i = 0; i < N_FIGURES; i++) {
    bs_cli_append_csv_figure (out, row->metrics[i]);
    g_string_append_c (out, ',');
  }
  g_string_append_printf (out, "%s,%u,", tuned_word (row), row->n_folds);
  bs_csv_append_double (out, row->seconds);
  g_string_append_printf (out, ",%d,", row->n_threads);
  bs_csv_append_field (out, row->departures != NULL ? row->departures : "");
  g_string_append_c (out, '\n');
}

static void
write_csv (const BsCliResults *self, GString *out)
{
  for (char **key = self->keys; *key != NULL; key++)
    g_string_append_printf (out, "%s,", *key);
  for (gsize i = 0; i < N_FIGURES; i++)
    g_string_append_printf (out, "%s,", figure_names[i]);
  g_string_append (out, "tuned,n_folds,seconds,n_threads,departures\n");
  for (guint i = 0; i < self->rows->len; i++)
    append_csv_row (out, &g_array_index (self->rows, Row, i));
}

/* JSON */

static void
write_json (const BsCliResults *self, GString *out)
{
  g_autoptr (cJSON) root = cJSON_CreateArray ();
  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddItemToArray (root, object);
    cJSON *settings = cJSON_AddObjectToObject (object, "settings");
    for (guint k = 0; self->keys[k] != NULL; k++)
      cJSON_AddStringToObject (settings, self->keys[k], row->values[k]);
    for (gsize f = 0; f < N_FIGURES; f++)
      bs_json_add_double (object, figure_names[f], row->metrics[f]);
    cJSON_AddStringToObject (object, "tuned", tuned_word (row));
    cJSON_AddNumberToObject (object, "n_folds", row->n_folds);
    bs_json_add_double (object, "seconds", row->seconds);
    cJSON_AddNumberToObject (object, "n_threads", row->n_threads);
    if (row->preset != NULL)
      cJSON_AddStringToObject (object, "preset", row->preset);
    if (row->is_done)
      cJSON_AddStringToObject (object, "departures",
                               row->departures != NULL ? row->departures : "");
  }
  g_autofree char *text = bs_json_to_text (root);
  g_string_append (out, text);
}

/**
 * bs_cli_results_writer:
 * @format: (nullable): "text", "csv" or "json"
 *
 * Returns: (nullable): what writes the table so; %NULL for another word
 */
BsCliResultsWriteFunc
bs_cli_results_writer (const char *format)
{
  if (format == NULL || g_str_equal (format, "text"))
    return write_text;
  if (g_str_equal (format, "csv"))
    return write_csv;
  return g_str_equal (format, "json") ? write_json : NULL;
}

/**
 * bs_cli_results_print:
 * @self: a table
 * @write: of bs_cli_results_writer()
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_results_print (const BsCliResults *self, BsCliResultsWriteFunc write)
{
  g_autoptr (GString) out = g_string_new (NULL);
  write (self, out);
  return bs_cli_print (out);
}
