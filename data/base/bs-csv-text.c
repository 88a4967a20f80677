/* SPDX-License-Identifier: MIT */
/* How fields and numbers stand in a CSV file, for all that write one. */
#include "data/base/bs-csv-text.h"

#include <math.h>
#include <string.h>

#include "data/base/bs-table.h"

/**
 * bs_csv_append_field:
 * @out: where to write
 * @text: a field
 *
 * Appends a field, quoted where it has to be, and where a reader could take a part of it for
 * another separator. The commas and line ends between fields are the
 * caller's.
 */
void
bs_csv_append_field (GString *out, const char *text)
{
  gsize n = strlen (text);
  gboolean has_blanks =
    n > 0 && (strchr (" \t", text[0]) != NULL || strchr (" \t", text[n - 1]) != NULL);
  gboolean is_hint = g_ascii_strncasecmp (text, "sep=", 4) == 0;
  if (!has_blanks && !is_hint && text[strcspn (text, ",;\t\"\r\n")] == '\0') {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}

/**
 * bs_csv_append_double:
 * @out: where to write
 * @value: a number
 *
 * Appends the shorter of the texts with 15, 16 or 17 digits that reads back to the very same
 * number, with a point under every locale. Numbers that are not finite become "nan", "inf" and
 * "-inf", which pandas reads.
 */
void
bs_csv_append_double (GString *out, double value)
{
  char text[BS_NUMBER_SIZE];
  g_string_append (out, isnan (value) ? "nan" : bs_number_exact (text, value));
}
