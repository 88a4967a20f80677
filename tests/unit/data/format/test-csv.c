/* SPDX-License-Identifier: MIT */
#include "data/format/bs-csv.h"

#include <float.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"

static BsCsv *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BsCsv *csv = bs_csv_parse (text, strlen (text), "t.csv", &error);
  g_assert_no_error (error);
  return csv;
}

static void
assert_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_csv_parse (text, length, "t.csv", &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_fields_are_taken_apart_as_rfc_4180_says (void)
{
  g_autoptr (BsCsv) csv = parse ("\xef\xbb\xbf"
                                 "name,\"a \"\"b\"\"\",c\r\n"
                                 "\"x,\r\ny\",,\"\"\n"
                                 "\xc3\xa9t\xc3\xa9,5\" tall,\"\"\"\"\r"
                                 "last,\"q\"\"\"\"r\",end");
  g_assert_cmpuint (bs_csv_n_columns (csv), ==, 3);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 3);
  g_assert_cmpstr (bs_csv_name (csv), ==, "t.csv");
  const char *expected[4][3] = {
    { "name", "a \"b\"", "c" },
    { "x,\r\ny", "", "" },
    { "\xc3\xa9t\xc3\xa9", "5\" tall", "\"" },
    { "last", "q\"\"r", "end" },
  };
  for (gsize column = 0; column < 3; column++) {
    g_assert_cmpstr (bs_csv_header (csv, column), ==, expected[0][column]);
    for (gsize row = 0; row < 3; row++)
      g_assert_cmpstr (bs_csv_text (csv, row, column), ==, expected[row + 1][column]);
  }
  g_assert_true (bs_csv_is_empty (csv, 0, 1));
  g_assert_false (bs_csv_is_empty (csv, 0, 0));
}

static void
test_columns_are_found_by_name (void)
{
  g_autoptr (BsCsv) csv = parse ("frame, success,,\n1, 1,,\n");
  g_assert_cmpint (bs_csv_find_column (csv, "frame"), ==, 0);
  g_assert_cmpint (bs_csv_find_column (csv, "success"), ==, 1);
  g_assert_cmpint (bs_csv_find_column (csv, "fold"), ==, -1);
  g_assert_cmpint (bs_csv_find_column (csv, ""), ==, -1);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (bs_csv_need_column (csv, "fold", &error), ==, -1);
  g_assert_cmpstr (error->message, ==, "t.csv: row 1: expected a column 'fold'");
  g_assert_cmpint (bs_csv_need_column (csv, "success", NULL), ==, 1);
}

static void
test_a_header_alone_is_a_table_without_rows (void)
{
  g_autoptr (BsCsv) csv = parse ("filename,fold");
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 0);
  g_assert_cmpuint (bs_csv_n_columns (csv), ==, 2);
}

static void
test_blank_lines_are_no_rows_but_are_counted (void)
{
  g_autoptr (BsCsv) csv = parse ("a,b\n\n1,2\r\n\r\n\n3,x\n\n");
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 2);
  g_assert_cmpuint (bs_csv_row_number (csv, 0), ==, 3);
  g_assert_cmpuint (bs_csv_row_number (csv, 1), ==, 6);
  g_autoptr (GError) error = NULL;
  double value = 7;
  g_assert_false (bs_csv_double (csv, 1, 1, &value, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "t.csv: row 6, column 'b': expected a number, not 'x'");
  g_assert_cmpfloat (value, ==, 7);
}

static void
test_malformed_tables_are_refused_with_their_place (void)
{
#define REFUSED(text, message) assert_refused (text, sizeof (text) - 1, message)
  REFUSED ("", "t.csv: row 1: expected a header that names the columns");
  REFUSED ("\xef\xbb\xbf", "t.csv: row 1: expected a header that names the columns");
  REFUSED ("\na,b\n", "t.csv: row 1: expected a header that names the columns");
  REFUSED ("a,b,c\n1,2,3\n1,2\n",
           "t.csv: row 3: ends before column 'c': 2 fields where the header has 3");
  REFUSED ("a,b\n1,2,\n",
           "t.csv: row 2: goes on after the last column 'b': 3 fields where the header has 2");
  REFUSED ("a,b\n1,\"2\n3,4\n", "t.csv: row 2: a quote is opened and never closed");
  REFUSED ("a,b\n\"1\"x,2\n",
           "t.csv: row 2: expected a separator or the end of the row after a closing quote");
  REFUSED ("a,\"b\nc\"\n1\n",
           "t.csv: row 2: ends before column 'b c': 1 fields where the header has 2");
  REFUSED ("a,b, a\n", "t.csv: row 1: two columns are named 'a'");
  REFUSED ("a,b\r\n1,2\r\n1,\xe9\r\n", "t.csv: row 3: expected UTF-8 text");
  REFUSED ("a,b\n1,2\n1,\0\n", "t.csv: row 3: expected UTF-8 text");
#undef REFUSED
}

static void
test_numbers_are_read_or_refused (void)
{
  static const struct {
    const char *text;
    double number; /* NAN: refused */
    gboolean is_int;
    gboolean is_empty;
  } cases[] = {
    { "1.5", 1.5, FALSE, FALSE },
    { "-2e-3", -0.002, FALSE, FALSE },
    { "3.0", 3, TRUE, FALSE },
    { " +4\t", 4, TRUE, FALSE },
    { "2147483647", 2147483647, TRUE, FALSE },
    { "2147483648", 2147483648.0, FALSE, FALSE },
    { "-2147483648.0", -2147483648.0, TRUE, FALSE },
    { ".5", 0.5, FALSE, FALSE },
    { "4.9406564584124654e-324", 4.9406564584124654e-324, FALSE, FALSE },
    { "1e999", NAN, FALSE, FALSE },
    { "0x10", NAN, FALSE, FALSE },
    { "1 2", NAN, FALSE, FALSE },
    { "1.2.3", NAN, FALSE, FALSE },
    { "1e", NAN, FALSE, FALSE },
    { "-", NAN, FALSE, FALSE },
    { "inf", NAN, FALSE, FALSE },
    { "1,5", NAN, FALSE, FALSE },
    { "nano", NAN, FALSE, FALSE },
    { "nan", NAN, FALSE, TRUE },
    { " NaN ", NAN, FALSE, TRUE },
    { " ", NAN, FALSE, TRUE },
    { "", NAN, FALSE, TRUE },
  };
  g_autoptr (GString) text = g_string_new ("v,w\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    bs_csv_append_field (text, cases[i].text);
    g_string_append (text, ",\n");
  }
  g_autoptr (BsCsv) csv = parse (text->str);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double number = 99;
    int whole = 99;
    gboolean is_number = !isnan (cases[i].number);
    g_assert_cmpint (bs_csv_double (csv, i, 0, &number, NULL), ==, is_number);
    g_assert_cmpfloat (number, ==, is_number ? cases[i].number : 99);
    g_assert_cmpint (bs_csv_int (csv, i, 0, &whole, NULL), ==, cases[i].is_int);
    g_assert_cmpint (whole, ==, cases[i].is_int ? (int) cases[i].number : 99);
    g_assert_cmpint (bs_csv_is_empty (csv, i, 0), ==, cases[i].is_empty);
  }
}

static void
assert_form (const char *text, char separator, gsize n_commas, gsize n_missing, gsize n_trimmed)
{
  g_autoptr (BsCsv) csv = parse (text);
  const BsCsvForm *form = bs_csv_form (csv);
  g_assert_cmpint (form->separator, ==, separator);
  g_assert_cmpuint (form->n_decimal_commas, ==, n_commas);
  g_assert_cmpuint (form->n_missing_words, ==, n_missing);
  g_assert_cmpuint (form->n_trimmed, ==, n_trimmed);
}

static void
test_the_form_of_a_table_is_found_out (void)
{
  assert_form ("a,b\n1,2\n", ',', 0, 0, 0);
  assert_form ("a;b\n0,5;2\n-1,25e-3;+,5\n", ';', 3, 0, 0);
  assert_form ("a\tb\n0,5\t2\n", '\t', 1, 0, 0);
  assert_form ("\"a,b,c\";d\n1;2\n", ';', 0, 0, 0);
  assert_form ("a\n\"1,5\"\n", ',', 0, 0, 0);
  assert_form ("a;b\n1,2,3;1.234,5\n1,;x,5\n", ';', 0, 0, 0);
  assert_form ("a,b,c\nNA,<NA>,None\nnan,,NaN\nN/A,NAME,<b>\n", ',', 0, 4, 0);
  assert_form ("a, b\n1 ,\" 2\"\n3,4\n", ',', 0, 0, 2);
  assert_form ("sep=;\r\na;b,c\r\n1;2\r\n", ';', 0, 0, 0);
}

static void
test_semicolons_and_tabs_part_fields_as_commas_do (void)
{
  static const char separators[] = { ';', '\t' };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    g_autofree char *text = g_strdelimit (
      g_strdup ("name|x|\"y|z\"|w\n a |0,25|\"p \"\"q|\"| \"r\" \n  \n b|-1,5e1|3,0|NA"), "|",
      separators[i]);
    g_autoptr (BsCsv) csv = parse (text);
    double value;
    int whole;
    g_assert_cmpuint (bs_csv_n_rows (csv), ==, 2);
    g_assert_cmpstr (bs_csv_text (csv, 0, 0), ==, "a");
    g_assert_cmpstr (bs_csv_text (csv, 0, 3), ==, "r");
    g_assert_cmpuint (bs_csv_row_number (csv, 1), ==, 4);
    g_assert_true (bs_csv_double (csv, 0, 1, &value, NULL));
    g_assert_cmpfloat (value, ==, 0.25);
    g_assert_true (bs_csv_double (csv, 1, 1, &value, NULL));
    g_assert_cmpfloat (value, ==, -15);
    g_assert_true (bs_csv_int (csv, 1, 2, &whole, NULL));
    g_assert_cmpint (whole, ==, 3);
    g_assert_true (bs_csv_is_empty (csv, 1, 3));
  }
}

static void
test_rows_of_other_separators_are_refused_with_their_place (void)
{
#define REFUSED(text, message) assert_refused (text, sizeof (text) - 1, message)
  REFUSED ("a;b\n1;2\n1,2\n",
           "t.csv: row 3: ends before column 'b': 1 fields where the header has 2");
  REFUSED ("a;b\n1;\"2\",3\n",
           "t.csv: row 2: expected a separator or the end of the row after a closing quote");
  REFUSED ("sep=;\na;b;a\n", "t.csv: row 2: two columns are named 'a'");
  REFUSED ("sep=;\n", "t.csv: row 2: expected a header that names the columns");
#undef REFUSED
  g_autoptr (BsCsv) csv = parse ("a|b\n1|2\n");
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (bs_csv_need_column (csv, "b", &error), ==, -1);
  g_assert_cmpstr (error->message, ==,
                   "t.csv: row 1: expected a column 'b', and commas, semicolons or tabs between "
                   "columns");
}

static void
test_printed_decimals_are_counted (void)
{
  g_autoptr (BsCsv) csv = parse ("a;b;c;d;e;f;g\n0.125;0,50;7;1.25e-3;1.5e2;-.5;1e-9\n");
  static const int expected[] = { 3, 2, 0, 5, 0, 1, 9 };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (bs_csv_n_decimals (csv, 0, i), ==, expected[i]);
}

static void
test_errors_are_one_short_sentence (void)
{
  g_autoptr (GString) text = g_string_new ("fold\n\"caf\xc3\xa9\n");
  for (int i = 0; i < 1000; i++)
    g_string_append (text, "\xc3\xa9");
  g_string_append (text, "\"\n");
  g_autoptr (BsCsv) csv = parse (text->str);
  g_autoptr (GError) error = NULL;
  int value;
  g_assert_false (bs_csv_int (csv, 0, 0, &value, &error));
  g_assert_true (g_str_has_prefix (
    error->message, "t.csv: row 2, column 'fold': expected a whole number, not 'caf\xc3\xa9 \xc3"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (error->message, -1), <, 120);
}

static void
test_fields_are_quoted_so_that_they_read_back (void)
{
  static const char *const fields[] = { "", "plain", "a,b", "\"", "line\r\nend", " x ", "'" };
  g_autoptr (GString) out = g_string_new ("h1,h2,h3,h4,h5,h6,h7\n");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    bs_csv_append_field (out, fields[i]);
  }
  g_autoptr (BsCsv) csv = parse (out->str);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (bs_csv_text (csv, 0, i), ==, fields[i]);
  g_assert_nonnull (strstr (out->str, ",plain,"));
}

static void
assert_written (double value, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  bs_csv_append_double (out, value);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_numbers_are_written_short (void)
{
  assert_written (0, "0");
  assert_written (-0.0, "-0");
  assert_written (2456, "2456");
  assert_written (0.1, "0.1");
  assert_written (1.0 / 3, "0.3333333333333333");
  assert_written (0.1 + 0.2, "0.30000000000000004");
  assert_written (DBL_MAX, "1.7976931348623157e+308");
  assert_written (NAN, "nan");
  assert_written (-INFINITY, "-inf");
}

static void
test_numbers_read_back_to_the_same_double (void)
{
  GRand *rand = g_rand_new_with_seed (1);
  g_autoptr (GString) out = g_string_new ("v\n");
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  while (values->len < 20000) {
    guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    double value;
    memcpy (&value, &bits, sizeof value);
    if (values->len % 2 == 0)
      value = g_rand_double (rand);
    if (!isfinite (value))
      continue;
    g_array_append_val (values, value);
    bs_csv_append_double (out, value);
    g_string_append_c (out, '\n');
  }
  g_rand_free (rand);
  g_autoptr (BsCsv) csv = parse (out->str);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, values->len);
  for (gsize i = 0; i < values->len; i++) {
    double value;
    g_assert_true (bs_csv_double (csv, i, 0, &value, NULL));
    g_assert_cmpmem (&value, sizeof value, &g_array_index (values, double, i), sizeof value);
  }
}

static void
test_a_comma_locale_changes_nothing (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL) {
    g_test_skip ("THE LOCALE de_DE.UTF-8 IS NOT INSTALLED");
    return;
  }
  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  test_numbers_are_read_or_refused ();
  test_numbers_are_written_short ();
  test_numbers_read_back_to_the_same_double ();
  setlocale (LC_ALL, "");
}

static void
test_a_hundred_thousand_rows_are_one_table (void)
{
  g_autoptr (GString) text = g_string_new ("filename,fold,v\n");
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (text, "A%d_ang_int1_ver1,\"%d\",%d.25\n", i, i % 5, i);
  g_autoptr (BsCsv) csv = parse (text->str);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, 100000);
  for (int i = 0; i < 100000; i += 9999) {
    int fold;
    double value;
    g_assert_true (bs_csv_int (csv, (gsize) i, 1, &fold, NULL));
    g_assert_true (bs_csv_double (csv, (gsize) i, 2, &value, NULL));
    g_assert_cmpint (fold, ==, i % 5);
    g_assert_cmpfloat (value, ==, i + 0.25);
  }
}

static void
test_files_are_read_and_their_absence_is_said (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bs-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_csv_load (path, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_clear_error (&error);
  g_assert_null (bs_csv_load (folder, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_assert_true (g_file_set_contents (path, "a\n1", -1, NULL));
  g_autoptr (BsCsv) csv = bs_csv_load (path, NULL);
  g_assert_cmpstr (bs_csv_text (csv, 0, 0), ==, "1");
  g_assert_cmpstr (bs_csv_name (csv), ==, path);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/fields", test_fields_are_taken_apart_as_rfc_4180_says);
  g_test_add_func ("/csv/columns", test_columns_are_found_by_name);
  g_test_add_func ("/csv/header-alone", test_a_header_alone_is_a_table_without_rows);
  g_test_add_func ("/csv/blank-lines", test_blank_lines_are_no_rows_but_are_counted);
  g_test_add_func ("/csv/malformed", test_malformed_tables_are_refused_with_their_place);
  g_test_add_func ("/csv/numbers", test_numbers_are_read_or_refused);
  g_test_add_func ("/csv/form", test_the_form_of_a_table_is_found_out);
  g_test_add_func ("/csv/separators", test_semicolons_and_tabs_part_fields_as_commas_do);
  g_test_add_func ("/csv/separators/malformed",
                   test_rows_of_other_separators_are_refused_with_their_place);
  g_test_add_func ("/csv/decimals", test_printed_decimals_are_counted);
  g_test_add_func ("/csv/short-errors", test_errors_are_one_short_sentence);
  g_test_add_func ("/csv/quoting", test_fields_are_quoted_so_that_they_read_back);
  g_test_add_func ("/csv/short-numbers", test_numbers_are_written_short);
  g_test_add_func ("/csv/round-trip", test_numbers_read_back_to_the_same_double);
  g_test_add_func ("/csv/comma-locale", test_a_comma_locale_changes_nothing);
  g_test_add_func ("/csv/many-rows", test_a_hundred_thousand_rows_are_one_table);
  g_test_add_func ("/csv/files", test_files_are_read_and_their_absence_is_said);
  return g_test_run ();
}
