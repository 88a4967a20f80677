/* SPDX-License-Identifier: MIT */
/* blendscope-cli confusion: which classes are taken for which, as a table or as a picture. */
#include "app/cli/common/bs-cli-chart.h"

#include <glib/gi18n.h>
#include "app/cli/common/bs-cli-predictions.h"
#include "viz/chart/bs-matrix-chart.h"

/* Pixels of a picture's side for each class, and for names and totals. */
#define CLASS_PX 36
#define MARGIN_PX 190

static void
draw_matrix (cairo_t *cr, double width, double height, gpointer user_data)
{
  bs_matrix_chart_draw (user_data, cr, width, height, bs_chart_theme_get (FALSE));
}

static BsCliStatus
write_matrix (BsMatrixChart *matrix, const char *path)
{
  BsChartFormat format;
  if (bs_cli_chart_format (path, &format)) {
    double width = matrix->n * CLASS_PX + MARGIN_PX;
    double height = bs_matrix_chart_best_height (matrix, width, bs_chart_theme_get (FALSE));
    return bs_cli_write_chart (path, draw_matrix, matrix, width, height);
  }
  g_autoptr (BsTable) table = bs_matrix_chart_table (matrix);
  g_autoptr (GBytes) csv = bs_table_to_csv (table);
  return bs_cli_write_bytes (path, csv);
}

/* Decisions from elsewhere may be of no class. */
static void
say_others (const BsMetrics *metrics, gboolean with_salience)
{
  guint counts16[BS_N_CLASSES][BS_N_CLASSES];
  gsize n = bs_metrics_confusion16 (metrics, counts16);
  if (with_salience)
    n = metrics->n;
  for (int i = 0; with_salience && i < BS_N_SALIENCE_CLASSES * BS_N_SALIENCE_CLASSES; i++)
    n -= (&metrics->confusion[0][0])[i];
  if (n > 0)
    bs_cli_note (_ ("clips with a decision that is of no class, left out: %zu"), n);
}

static BsCliStatus
write_confusion (const BsMetrics *metrics, gboolean with_salience, const char *path)
{
  const char *names[BS_N_SALIENCE_CLASSES];
  guint counts16[BS_N_CLASSES][BS_N_CLASSES];
  bs_metrics_confusion16 (metrics, counts16);
  BsMatrixChart matrix = {
    .n = with_salience ? BS_N_SALIENCE_CLASSES : BS_N_CLASSES,
    .counts = with_salience ? &metrics->confusion[0][0] : &counts16[0][0],
    .names = names,
    .n_singles = BS_N_EMOTIONS,
    .group = with_salience ? 3 : 1,
    .unit = BS_MATRIX_COUNTS,
    .selected = BS_CELL_NONE,
    .cursor = BS_CELL_NONE,
  };
  for (int i = 0; i < (int) matrix.n; i++)
    names[i] = with_salience ? bs_salience_class_name (i) : bs_class_name (i);
  return write_matrix (&matrix, path);
}

static BsCliStatus
check_words (const char *classes, const char *path)
{
  BsChartFormat format;
  if (classes != NULL && !g_str_equal (classes, "16") && !g_str_equal (classes, "36"))
    return bs_cli_usage_error (_ ("--classes %s: expected 16 or 36"), classes);
  if (path == NULL)
    return bs_cli_usage_error (_ ("--out FILE.csv, .svg, .png or .pdf is needed"));
  if (!g_str_has_suffix (path, ".csv") && !bs_cli_chart_format (path, &format))
    return bs_cli_usage_error (_ ("--out %s: expected a name ending in .csv, .svg, .png or .pdf"),
                               path);
  return BS_CLI_DONE;
}

/**
 * bs_cli_confusion:
 * @argc: number of words
 * @argv: the words, from "confusion" on
 *
 * Counts of clips, rows the truth and columns the decision, all folds together.
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_confusion (int argc, char **argv)
{
  g_auto (BsCliPredictions) input = { 0 };
  g_auto (BsCliThresholds) chosen = { 0 };
  g_autofree char *classes = NULL;
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "classes", 0, 0, G_OPTION_ARG_STRING, &classes, N_ ("16 (default), or 36 with salience"),
      "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &path, N_ ("the file to write"), "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("confusion", NULL);
  bs_cli_predictions_add_options (&input, context);
  bs_cli_thresholds_add_options (&chosen, context);
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 0);
  if (status == BS_CLI_DONE)
    status = check_words (classes, path);
  g_autoptr (BsMetrics) metrics = NULL;
  if (status == BS_CLI_DONE)
    status = bs_cli_judge (&input, &chosen, &metrics);
  if (status != BS_CLI_DONE)
    return status;
  status = write_confusion (metrics, classes != NULL && g_str_equal (classes, "36"), path);
  if (status == BS_CLI_DONE) {
    bs_cli_thresholds_say (&chosen);
    bs_cli_predictions_say (&input);
    say_others (metrics, classes != NULL && g_str_equal (classes, "36"));
  }
  return status;
}
