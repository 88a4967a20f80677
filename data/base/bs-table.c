/* SPDX-License-Identifier: MIT */
/* The table beside every chart, and the one place in viz/ where numbers become text. */
#include "data/base/bs-table.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-csv-text.h"

typedef struct {
  char *header;
  int decimals;
} Column;

typedef struct {
  char *text; /* NULL for a number */
  double number;
} Cell;

struct _BsTable {
  GArray *columns;
  GArray *cells;
};

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->header);
}

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

/**
 * bs_table_new:
 *
 * Returns: (transfer full): a table without columns
 */
BsTable *
bs_table_new (void)
{
  BsTable *self = g_new0 (BsTable, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->columns, clear_column);
  g_array_set_clear_func (self->cells, clear_cell);
  return self;
}

/**
 * bs_table_free:
 * @self: (transfer full) (nullable): a table
 */
void
bs_table_free (BsTable *self)
{
  if (!self)
    return;
  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_free (self);
}

/**
 * bs_table_add_column:
 * @self: a table without cells
 * @header: its name, English, for files; marked with N_() so that views can translate it
 * @decimals: how many people are shown; -1 for as many as the number needs
 */
void
bs_table_add_column (BsTable *self, const char *header, int decimals)
{
  Column column = { g_strdup (header), decimals };

  g_return_if_fail (self->cells->len == 0);
  g_array_append_val (self->columns, column);
}

/**
 * bs_table_add_text:
 * @self: a table
 * @text: (nullable): the next cell; rows fill from left to right
 */
void
bs_table_add_text (BsTable *self, const char *text)
{
  Cell cell = { g_strdup (text ? text : ""), NAN };

  g_array_append_val (self->cells, cell);
}

/**
 * bs_table_add_number:
 * @self: a table
 * @value: the next cell; NaN is an empty one
 */
void
bs_table_add_number (BsTable *self, double value)
{
  Cell cell = { NULL, value };

  g_array_append_val (self->cells, cell);
}

/**
 * bs_table_n_columns:
 * @self: a table
 *
 * Returns: number of columns
 */
gsize
bs_table_n_columns (const BsTable *self)
{
  return self->columns->len;
}

/**
 * bs_table_n_rows:
 * @self: a table
 *
 * Returns: number of full rows
 */
gsize
bs_table_n_rows (const BsTable *self)
{
  return self->columns->len ? self->cells->len / self->columns->len : 0;
}

/**
 * bs_table_header:
 * @self: a table
 * @column: from 0
 *
 * Returns: (transfer none): the column's name
 */
const char *
bs_table_header (const BsTable *self, gsize column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);
  return g_array_index (self->columns, Column, column).header;
}

static const Cell *
cell_at (const BsTable *self, gsize row, gsize column)
{
  g_return_val_if_fail (row < bs_table_n_rows (self) && column < self->columns->len, NULL);
  return &g_array_index (self->cells, Cell, row * self->columns->len + column);
}

/**
 * bs_table_is_number:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: whether the cell holds a number, be it NaN
 */
gboolean
bs_table_is_number (const BsTable *self, gsize row, gsize column)
{
  const Cell *cell = cell_at (self, row, column);

  return cell && !cell->text;
}

/**
 * bs_table_number:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the cell's number; NaN for text
 */
double
bs_table_number (const BsTable *self, gsize row, gsize column)
{
  const Cell *cell = cell_at (self, row, column);

  return cell ? cell->number : NAN;
}

static gboolean
is_same_cell (const Cell *a, const Cell *b)
{
  if (a->text || b->text)
    return g_strcmp0 (a->text, b->text) == 0;
  return a->number == b->number || (isnan (a->number) && isnan (b->number));
}

/**
 * bs_table_row_is_same:
 * @self: a table
 * @row: from 0
 * @other: one with as many columns
 * @other_row: from 0, of @other
 *
 * Returns: whether every cell of the one row is what it is in the other
 */
gboolean
bs_table_row_is_same (const BsTable *self, gsize row, const BsTable *other, gsize other_row)
{
  g_return_val_if_fail (bs_table_n_columns (self) == bs_table_n_columns (other), FALSE);
  g_return_val_if_fail (row < bs_table_n_rows (self) && other_row < bs_table_n_rows (other), FALSE);
  for (gsize c = 0; c < bs_table_n_columns (self); c++)
    if (!is_same_cell (cell_at (self, row, c), cell_at (other, other_row, c)))
      return FALSE;
  return TRUE;
}

/**
 * bs_table_dup_text:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer full): the cell for people: the column's decimals, the locale's sign
 */
char *
bs_table_dup_text (const BsTable *self, gsize row, gsize column)
{
  const Cell *cell = cell_at (self, row, column);
  int decimals = g_array_index (self->columns, Column, column).decimals;
  char text[BS_NUMBER_SIZE];

  if (!cell)
    return NULL;
  if (cell->text)
    return g_strdup (cell->text);
  if (isnan (cell->number))
    return g_strdup ("");
  return g_strdup (bs_number_for (text, cell->number, decimals, localeconv ()->decimal_point));
}

/**
 * bs_table_to_csv:
 * @self: a table
 *
 * RFC 4180 with lines that end in LF as the project's other CSV files do. Numbers read back to
 * the same double under every locale; NaN is an empty field.
 *
 * Returns: (transfer full): the file
 */
GBytes *
bs_table_to_csv (const BsTable *self)
{
  GString *out = g_string_new (NULL);
  gsize n_columns = self->columns->len, n_rows = bs_table_n_rows (self);
  char number[BS_NUMBER_SIZE];

  for (gsize c = 0; c < n_columns; c++) {
    if (c)
      g_string_append_c (out, ',');
    bs_csv_append_field (out, bs_table_header (self, c));
  }
  g_string_append_c (out, '\n');
  for (gsize r = 0; r < n_rows; r++) {
    for (gsize c = 0; c < n_columns; c++) {
      const Cell *cell = cell_at (self, r, c);

      if (c)
        g_string_append_c (out, ',');
      if (cell->text)
        bs_csv_append_field (out, cell->text);
      else if (!isnan (cell->number))
        g_string_append (out, bs_number_exact (number, cell->number));
    }
    g_string_append_c (out, '\n');
  }
  return g_string_free_to_bytes (out);
}

/**
 * bs_number_exact:
 * @text: (out caller-allocates): where to write
 * @value: a number
 *
 * Returns: @text: the shortest of %.15g, %.16g and %.17g that reads back to @value, with a
 *   point under every locale
 */
const char *
bs_number_exact (char text[BS_NUMBER_SIZE], double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, BS_NUMBER_SIZE, formats[i], value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  return text;
}

/**
 * bs_number_fixed:
 * @text: (out caller-allocates): where to write
 * @value: a number
 * @decimals: 0 to 9
 *
 * Never "-0.0".
 *
 * Returns: @text, with a point under every locale
 */
const char *
bs_number_fixed (char text[BS_NUMBER_SIZE], double value, int decimals)
{
  char format[] = "%.0f";

  format[2] = (char) ('0' + CLAMP (decimals, 0, 9));
  if (fabs (value) > 1e15)
    return bs_number_exact (text, value);
  g_ascii_formatd (text, BS_NUMBER_SIZE, format, value);
  if (text[0] == '-' && strspn (text + 1, "0.") == strlen (text + 1))
    memmove (text, text + 1, strlen (text));
  return text;
}

/**
 * bs_number_for:
 * @text: (out caller-allocates): where to write
 * @value: a number
 * @decimals: 0 to 9; -1 for as many as the number needs
 * @decimal_point: (nullable): the sign before them; %NULL is a point
 *
 * For what is looked at: a window writes the sign of its locale, a picture in a file the same
 * one everywhere.
 *
 * Returns: @text
 */
const char *
bs_number_for (char text[BS_NUMBER_SIZE], double value, int decimals, const char *decimal_point)
{
  char *point = NULL;
  gsize length = decimal_point ? strlen (decimal_point) : 0;

  if (decimals < 0)
    bs_number_exact (text, value);
  else
    bs_number_fixed (text, value, decimals);
  point = strchr (text, '.');
  if (!point || length == 0 || strlen (text) + length > BS_NUMBER_SIZE)
    return text;
  memmove (point + length, point + 1, strlen (point + 1) + 1);
  memcpy (point, decimal_point, length);
  return text;
}
