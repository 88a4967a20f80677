/* SPDX-License-Identifier: MIT */
/* blendscope-cli grid: both accuracies at every crossing of the search grid, fold by fold. */
#include "app/cli/common/bs-cli-predictions.h"

#include <glib/gi18n.h>
#include "data/format/bs-csv.h"

#define MOST_STEPS 1000

static void
append_fold (GString *out, const BsEvaluationSet *cases, int fold, const double *values,
             int n_steps)
{
  g_autoptr (BsGridCounts) counts =
    bs_grid_counts_new (cases, bs_fold_bit (fold), values, n_steps, values, n_steps);
  for (int a = 0; counts->n > 0 && a < n_steps; a++)
    for (int b = 0; b < n_steps; b++) {
      bs_csv_append_field (out, fold < 0 ? "-1" : bs_evaluation_set_fold_name (cases, fold));
      g_string_append_c (out, ',');
      bs_csv_append_double (out, values[a]);
      g_string_append_c (out, ',');
      bs_csv_append_double (out, values[b]);
      g_string_append_c (out, ',');
      bs_csv_append_double (out, bs_grid_counts_presence (counts, a));
      g_string_append_c (out, ',');
      bs_csv_append_double (out, bs_grid_counts_salience (counts, a, b));
      g_string_append_c (out, '\n');
    }
}

static BsCliStatus
print_grid (const BsEvaluationSet *cases, int n_steps)
{
  g_autofree double *values = g_new (double, n_steps);
  g_autoptr (GString) out = g_string_new ("fold,alpha,beta,acc_presence,acc_salience\n");
  BsCliStatus status = BS_CLI_DONE;
  for (int i = 0; i < n_steps; i++)
    values[i] = bs_grid_value (i, n_steps);
  for (int fold = -1; fold < (int) cases->n_folds && status == BS_CLI_DONE; fold++) {
    append_fold (out, cases, fold, values, n_steps);
    status = bs_cli_print (out);
    g_string_truncate (out, 0);
  }
  return status;
}

/**
 * bs_cli_grid:
 * @argc: number of words
 * @argv: the words, from "grid" on
 *
 * Clips without a fold stand as fold -1.
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_grid (int argc, char **argv)
{
  g_auto (BsCliPredictions) input = { 0 };
  g_autofree char *steps = NULL;
  const GOptionEntry entries[] = {
    { "steps", 0, 0, G_OPTION_ARG_STRING, &steps, N_ ("values of each threshold (20)"), "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("grid", NULL);
  bs_cli_predictions_add_options (&input, context);
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 0);
  if (status != BS_CLI_DONE)
    return status;
  guint64 n_steps = BS_GRID_STEPS;
  if (steps != NULL && !g_ascii_string_to_unsigned (steps, 10, 1, MOST_STEPS, &n_steps, NULL))
    return bs_cli_usage_error (_ ("--steps %s: expected a whole number from 1 to %d"), steps,
                               MOST_STEPS);
  status = bs_cli_predictions_load (&input);
  if (status == BS_CLI_DONE && input.cases->fixed != NULL)
    return bs_cli_refuse_decisions (input.path);
  if (status != BS_CLI_DONE)
    return status;
  status = print_grid (input.cases, (int) n_steps);
  if (status == BS_CLI_DONE)
    bs_cli_predictions_say (&input);
  return status;
}
