/* SPDX-License-Identifier: MIT */
/* Tables: every getter on every cell, then the table written anew, which has to be the same one;
 * and the same bytes as predictions. */
#include "data/format/bs-csv.h"
#include "data/run/bs-predictions.h"
#include "tests/fuzz/fuzz.h"

static void
read_cell (const BsCsv *csv, gsize row, gsize column)
{
  double number;
  int whole;
  GError *error = NULL;
  gboolean is_number = bs_csv_double (csv, row, column, &number, &error);
  if (!is_number)
    fuzz_take_error (g_steal_pointer (&error));
  if (is_number) {
    g_autoptr (GString) text = g_string_new (NULL);
    bs_csv_append_double (text, number);
    g_assert_true (g_ascii_strtod (text->str, NULL) == number);
    g_assert_false (bs_csv_is_empty (csv, row, column));
  }
  if (!bs_csv_int (csv, row, column, &whole, &error))
    fuzz_take_error (error);
  else
    g_assert_true (is_number && number == whole);
}

/* A mark goes ahead, since the first name may begin with one. */
static void
append_row (GString *out, const BsCsv *csv, gssize row)
{
  for (gsize column = 0; column < bs_csv_n_columns (csv); column++) {
    if (column > 0)
      g_string_append_c (out, ',');
    bs_csv_append_field (out, row < 0 ? bs_csv_header (csv, column)
                                      : bs_csv_text (csv, (gsize) row, column));
  }
  g_string_append (out, "\r\n");
}

static void
write_anew (const BsCsv *csv)
{
  g_autoptr (GString) out = g_string_new ("\xef\xbb\xbf");
  for (gssize row = -1; row < (gssize) bs_csv_n_rows (csv); row++)
    append_row (out, csv, row);
  g_autoptr (BsCsv) again = bs_csv_parse (out->str, out->len, "fuzz", NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (bs_csv_n_rows (again), ==, bs_csv_n_rows (csv));
  g_assert_cmpuint (bs_csv_n_columns (again), ==, bs_csv_n_columns (csv));
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++)
    for (gsize column = 0; column < bs_csv_n_columns (csv); column++)
      g_assert_cmpstr (bs_csv_text (again, row, column), ==, bs_csv_text (csv, row, column));
}

static void
read_predictions (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (BsPredictions) predictions =
    bs_predictions_parse (bytes, "fuzz.csv", BS_PREDICTIONS_AUTO, &error);
  if (predictions == NULL) {
    fuzz_take_error (error);
    return;
  }
  g_autofree char *note = bs_predictions_dup_note (predictions);
  g_assert_true (g_utf8_validate (note, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  read_predictions (data, size);
  g_autoptr (BsCsv) csv = bs_csv_parse ((const char *) data, size, "fuzz", &error);
  if (csv == NULL) {
    fuzz_take_error (error);
    return 0;
  }
  for (gsize column = 0; column < bs_csv_n_columns (csv); column++) {
    g_autofree char *name = g_strstrip (g_strdup (bs_csv_header (csv, column)));
    g_assert_cmpint (bs_csv_find_column (csv, name), ==, *name != '\0' ? (int) column : -1);
  }
  if (bs_csv_need_column (csv, "no such column", &error) < 0)
    fuzz_take_error (error);
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++) {
    g_assert_cmpuint (bs_csv_row_number (csv, row), >=, row + 2);
    for (gsize column = 0; column < bs_csv_n_columns (csv); column++)
      read_cell (csv, row, column);
  }
  /* An empty line is a row of one empty field for nobody but its writer. */
  if (bs_csv_n_columns (csv) > 1)
    write_anew (csv);
  return 0;
}
