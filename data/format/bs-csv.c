/* SPDX-License-Identifier: MIT */
/* CSV as RFC 4180 has it and as pandas, R and spreadsheets write it, with commas, semicolons or
 * tabs between the fields: one pass over one block of text, which is cut into fields in place. */
#include "data/format/bs-csv.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"

struct _BsCsv {
  char *name;
  char *text; /* every field ends in a NUL of its own */
  gsize *cells; /* offsets into text: the header's, then row after row */
  guint32 *numbers; /* of rows, as a person counts; blank lines count, but are no rows */
  GHashTable *columns; /* stripped header -> index + 1 */
  gsize n_columns;
  gsize n_rows;
  guint32 header_number; /* of the header's row, as a person counts */
  BsCsvForm form;
};

typedef struct {
  BsCsv *csv;
  char *at;
  guint32 number; /* of the row being read */
  GArray *cells;
  GArray *numbers;
} Parser;

static void
set_row_error (const BsCsv *self, guint32 number, GError **error, const char *what)
{
  g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: row %u: %s"), self->name, number, what);
}

static gboolean
is_blank (const Parser *parser, char c)
{
  return c == ' ' || (c == '\t' && parser->csv->form.separator != '\t');
}

static gboolean
ends_field (const Parser *parser, char c)
{
  return c == parser->csv->form.separator || c == '\n' || c == '\r' || c == '\0';
}

/* Steps over the blanks before a field, or after its closing quote. */
static void
skip_parser_blanks (Parser *parser)
{
  while (is_blank (parser, *parser->at))
    parser->at++;
}

/* Reads what ends a field and steps over it. NUL stands for the end of the text. */
static char
take_separator (Parser *parser)
{
  char separator = *parser->at;
  if (separator == '\r' && parser->at[1] == '\n')
    parser->at++;
  if (separator != '\0')
    parser->at++;
  return separator;
}

/* Closes the gaps that doubled quotes leave; every stretch between quotes moves at most once. */
static gboolean
parse_quoted (Parser *parser, char **field_end, GError **error)
{
  char *out = ++parser->at;
  for (;;) {
    char *quote = strchr (parser->at, '"');
    if (quote == NULL) {
      set_row_error (parser->csv, parser->number, error, _ ("a quote is opened and never closed"));
      return FALSE;
    }
    gsize n = (gsize) (quote - parser->at) + (quote[1] == '"');
    memmove (out, parser->at, n);
    out += n;
    parser->at = quote + 1;
    if (*parser->at != '"')
      break;
    parser->at++;
  }
  skip_parser_blanks (parser);
  if (!ends_field (parser, *parser->at)) {
    set_row_error (parser->csv, parser->number, error,
                   _ ("expected a separator or the end of the row after a closing quote"));
    return FALSE;
  }
  *field_end = out;
  return TRUE;
}

/* The words that pandas, R and databases write for nothing; "nan", in any case, is pandas' default
 * and not worth a note. */
static gboolean
is_missing_word (const char *text)
{
  static const char *const words[] = { "NA", "<NA>", "None", "N/A", "n/a", "#N/A", "NULL", "null" };
  if (*text == '\0' || strchr ("N<n#", *text) == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "-0,25" or "1,5e-3": one comma between digits, and no point. */
static gboolean
is_decimal_comma (const char *text)
{
  const char *at = text + (*text == '-' || *text == '+');
  at += strspn (at, "0123456789");
  if (*at != ',' || !g_ascii_isdigit (at[1]))
    return FALSE;
  at += 1 + strspn (at + 1, "0123456789");
  return *at == '\0' || *at == 'e' || *at == 'E';
}

/* What of the form of a field is worth telling. */
static void
note_form (BsCsvForm *form, const char *field)
{
  form->n_missing_words += is_missing_word (field);
  if (form->separator != ',')
    form->n_decimal_commas += is_decimal_comma (field);
}

static char *
scan_unquoted (Parser *parser)
{
  char *start = parser->at;
  while (!ends_field (parser, *parser->at))
    parser->at++;
  char *end = parser->at;
  while (end > start && is_blank (parser, end[-1]))
    end--;
  return end;
}

static gboolean
parse_field (Parser *parser, char *separator, GError **error)
{
  BsCsv *csv = parser->csv;
  const char *start = parser->at;
  skip_parser_blanks (parser);
  gboolean quoted = *parser->at == '"';
  gsize offset = (gsize) (parser->at - csv->text) + quoted;
  char *field_end;
  if (!quoted)
    field_end = scan_unquoted (parser);
  else if (!parse_quoted (parser, &field_end, error))
    return FALSE;
  csv->form.n_trimmed +=
    start + quoted != csv->text + offset || (!quoted && field_end != parser->at);
  *separator = take_separator (parser);
  *field_end = '\0';
  note_form (&csv->form, csv->text + offset);
  g_array_append_val (parser->cells, offset);
  /* The array may have moved, and messages look up the header in it. */
  csv->cells = (gsize *) (void *) parser->cells->data;
  return TRUE;
}

static gboolean
parse_row (Parser *parser, gsize *n_fields, GError **error)
{
  char separator;
  *n_fields = 0;
  do {
    if (!parse_field (parser, &separator, error))
      return FALSE;
    (*n_fields)++;
  } while (separator == parser->csv->form.separator);
  return TRUE;
}

static char *
dup_header_excerpt (const BsCsv *self, gsize column)
{
  return bs_error_excerpt (bs_csv_header (self, column));
}

static gboolean
check_width (Parser *parser, gsize n_fields, GError **error)
{
  BsCsv *csv = parser->csv;
  if (n_fields == csv->n_columns)
    return TRUE;
  gboolean is_short = n_fields < csv->n_columns;
  g_autofree char *column = dup_header_excerpt (csv, is_short ? n_fields : csv->n_columns - 1);
  g_autofree char *what = g_strdup_printf (
    is_short ? _ ("ends before column '%s': %zu fields where the header has %zu")
             : _ ("goes on after the last column '%s': %zu fields where the header has %zu"),
    column, n_fields, csv->n_columns);
  set_row_error (csv, parser->number, error, what);
  return FALSE;
}

static gboolean
index_header (BsCsv *self, GError **error)
{
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < self->n_columns; i++) {
    g_autofree char *key = g_strstrip (g_strdup (bs_csv_header (self, i)));
    if (*key == '\0')
      continue;
    if (g_hash_table_contains (self->columns, key)) {
      g_autofree char *excerpt = bs_error_excerpt (key);
      g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: row %u: two columns are named '%s'"),
                   self->name, self->header_number, excerpt);
      return FALSE;
    }
    g_hash_table_insert (self->columns, g_steal_pointer (&key), GSIZE_TO_POINTER (i + 1));
  }
  return TRUE;
}

/* Spreadsheets may say in a line of its own what they put between the fields: "sep=;". */
static gboolean
take_hint (Parser *parser)
{
  const char *at = parser->at;
  if (g_ascii_strncasecmp (at, "sep=", 4) != 0 || at[4] == '\0' || strchr (",;\t", at[4]) == NULL ||
      (at[5] != '\n' && at[5] != '\r'))
    return FALSE;
  parser->csv->form.separator = at[4];
  parser->at += 5;
  take_separator (parser);
  return TRUE;
}

/* What stands most often between the names of the columns; a comma where it is a draw. */
static char
find_separator (const char *header)
{
  static const char separators[] = { ',', ';', '\t' };
  gsize n[G_N_ELEMENTS (separators)] = { 0 }, best = 0;
  gboolean quoted = FALSE;
  for (const char *c = header; *c != '\0' && (quoted || (*c != '\n' && *c != '\r')); c++) {
    quoted ^= *c == '"';
    for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
      n[i] += !quoted && *c == separators[i];
  }
  for (gsize i = 1; i < G_N_ELEMENTS (separators); i++)
    if (n[i] > n[best])
      best = i;
  return separators[best];
}

static gboolean
parse_header (Parser *parser, GError **error)
{
  BsCsv *csv = parser->csv;
  if (take_hint (parser))
    parser->number++;
  else
    csv->form.separator = find_separator (parser->at);
  csv->header_number = ++parser->number;
  if (strchr ("\r\n", *parser->at) != NULL) {
    set_row_error (csv, parser->number, error, _ ("expected a header that names the columns"));
    return FALSE;
  }
  if (!parse_row (parser, &csv->n_columns, error))
    return FALSE;
  return index_header (csv, error);
}

static gboolean
parse_rows (Parser *parser, GError **error)
{
  while (*parser->at != '\0') {
    parser->number++;
    char *start = parser->at;
    skip_parser_blanks (parser);
    if (*parser->at == '\n' || *parser->at == '\r' || *parser->at == '\0') {
      take_separator (parser);
      continue;
    }
    parser->at = start;
    gsize n_fields;
    if (!parse_row (parser, &n_fields, error) || !check_width (parser, n_fields, error))
      return FALSE;
    g_array_append_val (parser->numbers, parser->number);
  }
  return TRUE;
}

static gboolean
check_text (const BsCsv *self, gsize length, GError **error)
{
  const char *end;
  if (g_utf8_validate_len (self->text, length, &end))
    return TRUE;
  guint32 number = 1;
  for (const char *c = self->text; c < end; c++)
    number += *c == '\n' || (*c == '\r' && c[1] != '\n');
  set_row_error (self, number, error, _ ("expected UTF-8 text"));
  return FALSE;
}

/* Takes @text, which ends in a NUL. */
static BsCsv *
parse_own (char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (BsCsv) self = g_new0 (BsCsv, 1);
  self->name = g_strdup (name);
  self->text = text;
  if (!check_text (self, length, error))
    return NULL;
  Parser parser = {
    .csv = self,
    .at = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text,
    .cells = g_array_new (FALSE, FALSE, sizeof (gsize)),
    .numbers = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  gboolean good = parse_header (&parser, error) && parse_rows (&parser, error);
  self->n_rows = parser.numbers->len;
  self->cells = (gsize *) (void *) g_array_free (parser.cells, FALSE);
  self->numbers = (guint32 *) (void *) g_array_free (parser.numbers, FALSE);
  return good ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_csv_load:
 * @path: a CSV file
 * @error: place for a #GError
 *
 * Reads a table whole. Any thread.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with @error naming file and row
 */
BsCsv *
bs_csv_load (const char *path, GError **error)
{
  gsize length;
  char *text = bs_file_read (path, &length, error);
  if (text == NULL)
    return NULL;
  g_autofree char *name = g_filename_display_name (path);
  return parse_own (text, length, name, error);
}

/**
 * bs_csv_parse:
 * @text: (array length=length): CSV, copied
 * @length: its bytes
 * @name: what messages call it
 * @error: place for a #GError
 *
 * Reads a table from memory: RFC 4180 with any of the three line ends, an optional byte order
 * mark and blank lines, which are skipped as pandas does. The separator is a comma, a semicolon or
 * a tab, whichever the header has most of, or what a spreadsheet's line "sep=;" before it says.
 * Blanks around a field, outside its quotes, do not belong to it. A quote inside a field that does
 * not begin with one is an ordinary character. Ragged rows, columns of the same name and bytes that
 * are not UTF-8 are errors. Any thread.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with @error naming @name and row
 */
BsCsv *
bs_csv_parse (const char *text, gsize length, const char *name, GError **error)
{
  char *copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  return parse_own (copy, length, name, error);
}

/**
 * bs_csv_free:
 * @self: (transfer full): a table
 */
void
bs_csv_free (BsCsv *self)
{
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_free (self->numbers);
  g_free (self->cells);
  g_free (self->text);
  g_free (self->name);
  g_free (self);
}

/**
 * bs_csv_n_rows:
 * @self: a table
 *
 * Returns: number of rows without the header
 */
gsize
bs_csv_n_rows (const BsCsv *self)
{
  return self->n_rows;
}

/**
 * bs_csv_n_columns:
 * @self: a table
 *
 * Returns: number of columns, at least 1
 */
gsize
bs_csv_n_columns (const BsCsv *self)
{
  return self->n_columns;
}

/**
 * bs_csv_name:
 * @self: a table
 *
 * Returns: what messages call the table, its file
 */
const char *
bs_csv_name (const BsCsv *self)
{
  return self->name;
}

/**
 * bs_csv_form:
 * @self: a table
 *
 * Returns: (transfer none): how it is written, as far as it had to be found out
 */
const BsCsvForm *
bs_csv_form (const BsCsv *self)
{
  return &self->form;
}

/**
 * bs_csv_header:
 * @self: a table
 * @column: a column
 *
 * Returns: the column's name as it stands in the file, without blanks around it
 */
const char *
bs_csv_header (const BsCsv *self, gsize column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->text + self->cells[column];
}

/**
 * bs_csv_find_column:
 * @self: a table
 * @header: a column's name; blanks around the one in the file do not matter (OpenFace 2 writes
 *   them)
 *
 * Returns: the column, or -1 where there is none of that name
 */
int
bs_csv_find_column (const BsCsv *self, const char *header)
{
  return (int) GPOINTER_TO_SIZE (g_hash_table_lookup (self->columns, header)) - 1;
}

/**
 * bs_csv_need_column:
 * @self: a table
 * @header: a column's name
 * @error: place for a #GError
 *
 * bs_csv_find_column() where the column has to be there.
 *
 * Returns: the column, or -1 with @error set
 */
int
bs_csv_need_column (const BsCsv *self, const char *header, GError **error)
{
  int column = bs_csv_find_column (self, header);
  if (column < 0)
    g_set_error (
      error, BS_ERROR, BS_ERROR_MISSING,
      self->n_columns == 1
        ? _ ("%s: row %u: expected a column '%s', and commas, semicolons or tabs between columns")
        : _ ("%s: row %u: expected a column '%s'"),
      self->name, self->header_number, header);
  return column;
}

/**
 * bs_csv_row_number:
 * @self: a table
 * @row: a row of data, from 0
 *
 * Returns: the row's number as a person counts it: the header is 1, blank lines count
 */
gsize
bs_csv_row_number (const BsCsv *self, gsize row)
{
  g_return_val_if_fail (row < self->n_rows, 0);
  return self->numbers[row];
}

/**
 * bs_csv_text:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column
 *
 * Returns: the field, unquoted, valid as long as @self
 */
const char *
bs_csv_text (const BsCsv *self, gsize row, gsize column)
{
  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, NULL);
  return self->text + self->cells[(row + 1) * self->n_columns + column];
}

static const char *
skip_blanks (const char *text)
{
  return text + strspn (text, " \t");
}

/**
 * bs_csv_is_empty:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column
 *
 * Returns: whether the field holds nothing, blanks, or a word for nothing: "nan" in any case, which
 *   is how pandas writes it, "NA", "<NA>", "None", "N/A", "NULL"
 */
gboolean
bs_csv_is_empty (const BsCsv *self, gsize row, gsize column)
{
  const char *text = skip_blanks (bs_csv_text (self, row, column));
  if (is_missing_word (text))
    return TRUE;
  if (g_ascii_strncasecmp (text, "nan", 3) == 0)
    text = skip_blanks (text + 3);
  return *text == '\0';
}

/* A number's text with a point: @copy keeps it where the file has a comma. */
static const char *
with_point (const BsCsv *self, const char *text, char **copy)
{
  if (self->form.separator == ',' || !is_decimal_comma (text))
    return text;
  *copy = g_strdup (text);
  *strchr (*copy, ',') = '.';
  return *copy;
}

/**
 * bs_csv_double:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Reads a finite decimal number, with a point under every locale; with a comma as well where no
 * comma stands between fields.
 *
 * Returns: whether there is one; otherwise @error names file, row and column
 */
gboolean
bs_csv_double (const BsCsv *self, gsize row, gsize column, double *value, GError **error)
{
  g_autofree char *copy = NULL;
  const char *text = bs_csv_text (self, row, column);
  const char *start = with_point (self, skip_blanks (text), &copy);
  /* g_ascii_strtod() also takes hexadecimal numbers, infinities and NaN. */
  gsize n = strspn (start, "0123456789+-.eE");
  char *end = NULL;
  double number = n > 0 ? g_ascii_strtod (start, &end) : 0;
  if (n == 0 || end != start + n || *skip_blanks (end) != '\0' || !isfinite (number)) {
    g_autofree char *excerpt = bs_error_excerpt (text);
    bs_csv_set_error (self, row, column, error, _ ("expected a number, not '%s'"), excerpt);
    return FALSE;
  }
  *value = number;
  return TRUE;
}

/**
 * bs_csv_n_decimals:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column of numbers
 *
 * Returns: how many decimals the field is printed with: 3 for "0.125", 5 for "1.25e-3", 0 for "7";
 *   so that the number stands for others up to half a unit of the last one away
 */
int
bs_csv_n_decimals (const BsCsv *self, gsize row, gsize column)
{
  const char *text = bs_csv_text (self, row, column);
  const char *mark = strpbrk (text, ".,"), *exponent = strpbrk (text, "eE");
  gint64 n = mark != NULL ? (gint64) strspn (mark + 1, "0123456789") : 0;
  if (exponent != NULL)
    n -= g_ascii_strtoll (exponent + 1, NULL, 10);
  return (int) CLAMP (n, 0, 1000);
}

/**
 * bs_csv_int:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Reads a whole number; pandas writes "3.0" for 3 where a column has empty cells.
 *
 * Returns: whether there is one; otherwise @error names file, row and column
 */
gboolean
bs_csv_int (const BsCsv *self, gsize row, gsize column, int *value, GError **error)
{
  double number;
  if (!bs_csv_double (self, row, column, &number, NULL) || number != floor (number) ||
      number < G_MININT || number > G_MAXINT) {
    g_autofree char *excerpt = bs_error_excerpt (bs_csv_text (self, row, column));
    bs_csv_set_error (self, row, column, error, _ ("expected a whole number, not '%s'"), excerpt);
    return FALSE;
  }
  *value = (int) number;
  return TRUE;
}

/**
 * bs_csv_set_error:
 * @self: a table
 * @row: a row of data, from 0
 * @column: a column
 * @error: place for a #GError
 * @format: what is wrong with the field, as by printf()
 * @...: its arguments
 *
 * Sets %BS_ERROR_VALUE with a sentence that begins with file, row and column.
 */
void
bs_csv_set_error (const BsCsv *self, gsize row, gsize column, GError **error, const char *format,
                  ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *name = dup_header_excerpt (self, column);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: row %zu, column '%s': %s"), self->name,
               bs_csv_row_number (self, row), name, what);
}
