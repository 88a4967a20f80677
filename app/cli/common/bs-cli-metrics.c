/* SPDX-License-Identifier: MIT */
/* How every command writes a figure, whether one that there is or not. */
#include "app/cli/common/bs-cli-metrics.h"

#include <math.h>

#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"

/**
 * bs_cli_dup_tuned_words:
 * @chosen: where what makes a figure was chosen
 *
 * Returns: (transfer full): what stands beside the figures, for reading
 */
char *
bs_cli_dup_tuned_words (BsChosen chosen)
{
  return g_strconcat (chosen == BS_CHOSEN_NOT_KNOWN ? "tuned: " : "tuned ", bs_chosen_word (chosen),
                      NULL);
}

/**
 * bs_cli_append_figure:
 * @out: gets the figure
 * @value: NaN where there is none, which is a dash
 * @width: of the column
 *
 * For reading: four digits, a point under every locale.
 */
void
bs_cli_append_figure (GString *out, double value, int width)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (isnan (value))
    g_strlcpy (text, "-", sizeof text);
  else
    g_ascii_formatd (text, sizeof text, "%.4f", value);
  g_string_append_printf (out, "%*s", width, text);
}

/**
 * bs_cli_append_accuracies:
 * @out: gets three columns
 * @presence: ACC_presence, or its deviation
 * @salience: likewise
 * @score: likewise
 */
void
bs_cli_append_accuracies (GString *out, double presence, double salience, double score)
{
  bs_cli_append_figure (out, presence, 10);
  bs_cli_append_figure (out, salience, 10);
  bs_cli_append_figure (out, score, 8);
}

/**
 * bs_cli_append_csv_figure:
 * @out: gets the figure to its last digit
 * @value: NaN where there is none, which is an empty field
 */
void
bs_cli_append_csv_figure (GString *out, double value)
{
  if (!isnan (value))
    bs_csv_append_double (out, value);
}

/**
 * bs_cli_add_accuracies:
 * @object: gets three members
 * @presence: ACC_presence, or its deviation
 * @salience: likewise
 * @score: likewise
 */
void
bs_cli_add_accuracies (cJSON *object, double presence, double salience, double score)
{
  bs_json_add_double (object, "acc_presence", presence);
  bs_json_add_double (object, "acc_salience", salience);
  bs_json_add_double (object, "score", score);
}

/**
 * bs_cli_add_fold:
 * @object: gets "fold"
 * @name: (nullable): a fold's name, %NULL for none
 *
 * A number where the file has numbers, else the name; null for none.
 */
void
bs_cli_add_fold (cJSON *object, const char *name)
{
  guint64 number;
  if (name == NULL)
    cJSON_AddNullToObject (object, "fold");
  else if (g_ascii_string_to_unsigned (name, 10, 0, G_MAXINT, &number, NULL))
    cJSON_AddNumberToObject (object, "fold", (double) number);
  else
    cJSON_AddStringToObject (object, "fold", name);
}
