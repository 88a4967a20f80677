/* SPDX-License-Identifier: MIT */
#include "data/format/bs-json.h"

#include <float.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"

static cJSON *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  cJSON *document = bs_json_parse (text, strlen (text), "run.json", &error);
  g_assert_no_error (error);
  return document;
}

static const char *const example =
  "{\"alpha\": 0.25, \"seed\": \"18446744073709551615\", \"n\": 42, \"honest\": true,\n"
  " \"nothing\": null, \"title\": \"caf\\u00e9 \\ud83d\\ude00\", \"encoders\": [\"a\", \"b\"],\n"
  " \"folds\": [{\"fold\": 0}, {\"fold\": 1, \"alpha\": \"x\"}], \"empty\": {}}";

static void
test_values_are_got_by_type (void)
{
  g_autoptr (cJSON) document = parse (example);
  g_autoptr (GError) error = NULL;
  BsJson root = bs_json_root (document, "run.json"), folds, empty;
  double alpha;
  int n;
  guint64 seed, small;
  gboolean honest;
  static const char *const encoders[] = { "a", "b", NULL };
  g_assert_true (bs_json_get_double (&root, "alpha", &alpha, &error));
  g_assert_cmpfloat (alpha, ==, 0.25);
  g_assert_true (bs_json_get_int (&root, "n", &n, &error));
  g_assert_cmpint (n, ==, 42);
  g_assert_true (bs_json_get_uint64 (&root, "seed", &seed, &error));
  g_assert_cmpuint (seed, ==, G_MAXUINT64);
  g_assert_true (bs_json_get_uint64 (&root, "n", &small, &error));
  g_assert_cmpuint (small, ==, 42);
  g_assert_true (bs_json_get_boolean (&root, "honest", &honest, &error) && honest);
  g_assert_cmpstr (bs_json_get_string (&root, "title", &error), ==, "caf\xc3\xa9 \xf0\x9f\x98\x80");
  g_auto (GStrv) names = bs_json_get_strings (&root, "encoders", &error);
  g_assert_cmpstrv (names, encoders);
  g_assert_true (bs_json_get_array (&root, "folds", &folds, &error));
  g_assert_cmpuint (bs_json_length (&folds), ==, 2);
  g_assert_true (bs_json_get_object (&root, "empty", &empty, &error));
  g_assert_no_error (error);
  g_assert_true (bs_json_has (&root, "alpha"));
  g_assert_false (bs_json_has (&root, "nothing") || bs_json_has (&root, "Alpha"));
  g_assert_false (bs_json_has (&folds, "alpha"));
}

static void
test_containers_are_walked_in_order (void)
{
  g_autoptr (cJSON) document = parse ("{\"b\": 1, \"a\": [5, 6, 7], \"c\": []}");
  BsJson root = bs_json_root (document, "run.json"), child, item;
  g_autoptr (GString) seen = g_string_new (NULL);
  for (gboolean more = bs_json_first (&root, &child); more; more = bs_json_next (&child)) {
    g_string_append_printf (seen, "%s%" G_GSIZE_FORMAT "(", child.key, child.index);
    for (gboolean any = bs_json_first (&child, &item); any; any = bs_json_next (&item))
      g_string_append_printf (seen, "%" G_GSIZE_FORMAT ":%d ", item.index, item.node->valueint);
    g_string_append (seen, ")");
  }
  g_assert_cmpstr (seen->str, ==, "b0()a1(0:5 1:6 2:7 )c2()");
}

static void
assert_message (GError **error, const char *message)
{
  g_assert_nonnull (*error);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

static void
test_errors_name_the_way_to_the_value (void)
{
  g_autoptr (cJSON) document = parse (example);
  g_autoptr (GError) error = NULL;
  BsJson root = bs_json_root (document, "run.json"), folds, fold, encoders, encoder;
  double value;
  int whole;
  guint64 number;
  gboolean flag;
  g_assert_true (bs_json_get_array (&root, "folds", &folds, NULL));
  g_assert_true (bs_json_first (&folds, &fold) && bs_json_next (&fold));
  g_assert_false (bs_json_get_double (&fold, "alpha", &value, &error));
  assert_message (&error, "run.json: folds[1].alpha: expected a number");
  g_assert_false (bs_json_get_double (&fold, "beta", &value, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  assert_message (&error, "run.json: folds[1].beta: expected it, found nothing");
  g_assert_false (bs_json_get_int (&root, "alpha", &whole, &error));
  assert_message (&error, "run.json: alpha: expected a whole number");
  g_assert_false (bs_json_get_uint64 (&root, "alpha", &number, &error));
  assert_message (&error,
                  "run.json: alpha: expected a whole number from 0 on, or its digits as text");
  g_assert_false (bs_json_get_uint64 (&root, "title", &number, NULL));
  g_assert_false (bs_json_get_boolean (&root, "n", &flag, &error));
  assert_message (&error, "run.json: n: expected true or false");
  g_assert_null (bs_json_get_string (&root, "n", &error));
  assert_message (&error, "run.json: n: expected a text");
  g_assert_false (bs_json_get_object (&root, "folds", &fold, &error));
  assert_message (&error, "run.json: folds: expected an object");
  g_assert_false (bs_json_get_array (&root, "n", &fold, &error));
  assert_message (&error, "run.json: n: expected an array");
  g_assert_null (bs_json_get_strings (&root, "folds", &error));
  assert_message (&error, "run.json: folds[0]: expected a text");
  g_assert_false (bs_json_is_array (&root, &error));
  assert_message (&error, "run.json: expected an array");
  g_assert_false (bs_json_get (&folds, "x", &fold, &error));
  assert_message (&error, "run.json: folds: expected an object");
  g_assert_true (bs_json_get (&root, "encoders", &encoders, NULL));
  g_assert_true (bs_json_first (&encoders, &encoder));
  bs_json_set_error (&encoder, &error, "no encoder is named '%s'", "a");
  assert_message (&error, "run.json: encoders[0]: no encoder is named 'a'");
}

static void
assert_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) document = bs_json_parse (text, length, "run.json", &error);
  g_assert_null (document);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_what_is_no_json_is_refused_with_its_place (void)
{
#define REFUSED(text, message) assert_refused (text, sizeof (text) - 1, "run.json: " message)
  REFUSED ("", "line 1, column 1: expected valid JSON");
  REFUSED ("{\n  \"a\": 1,\n  \"b\": x\n}", "line 3, column 8: expected valid JSON");
  REFUSED ("{\"\xc3\xa9\": x}", "line 1, column 7: expected valid JSON");
  REFUSED ("[1, 2", "line 1, column 6: expected valid JSON");
  REFUSED ("[1] 2", "line 1, column 5: expected valid JSON");
  REFUSED ("[NaN]", "line 1, column 2: expected valid JSON");
  REFUSED ("[\"a\nb\"]", "line 1, column 4: expected the end of a text before the end of the line");
  REFUSED ("[\"a", "line 1, column 4: expected the end of a text before the end of the line");
  REFUSED ("[\"a\\", "line 1, column 5: expected the end of a text before the end of the line");
  REFUSED ("[\"a\\u0000\"]", "line 1, column 4: expected no NUL in a text");
  REFUSED ("[\"a\xff\"]", "byte 3: expected UTF-8 text");
  REFUSED ("[1,\0 2]", "byte 3: expected UTF-8 text");
  REFUSED ("{\"a\": [{\"k\": 1, \"m\": 2, \"k\": 3}]}", "a[0].k: expected it once, found it twice");
#undef REFUSED
  g_autoptr (cJSON) backslashes = parse ("[\"\\\\u0000\"]");
  g_assert_cmpstr (backslashes->child->valuestring, ==, "\\u0000");
}

static void
test_nesting_has_a_limit (void)
{
  for (int depth = 64; depth <= 65; depth++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (int i = 0; i < depth; i++)
      g_string_append_c (text, '[');
    for (int i = 0; i < depth; i++)
      g_string_append_c (text, ']');
    g_autoptr (GError) error = NULL;
    g_autoptr (cJSON) document = bs_json_parse (text->str, text->len, "run.json", &error);
    g_assert_cmpint (document != NULL, ==, depth == 64);
    if (document == NULL)
      g_assert_cmpstr (error->message, ==,
                       "run.json: line 1, column 65: expected at most 64 values within each other");
  }
}

static void
test_numbers_out_of_range_are_refused (void)
{
  g_autoptr (cJSON) document = parse ("[1e999, 2147483648, 1.5, -1, 9007199254740993]");
  BsJson root = bs_json_root (document, "run.json"), item;
  double value;
  int whole;
  guint64 number;
  g_assert_true (bs_json_first (&root, &item));
  g_assert_false (bs_json_double (&item, &value, NULL));
  g_assert_false (bs_json_int (&item, &whole, NULL));
  g_assert_true (bs_json_next (&item));
  g_assert_false (bs_json_int (&item, &whole, NULL));
  g_assert_true (bs_json_uint64 (&item, &number, NULL));
  g_assert_cmpuint (number, ==, 2147483648U);
  g_assert_true (bs_json_next (&item));
  g_assert_false (bs_json_int (&item, &whole, NULL));
  g_assert_true (bs_json_next (&item));
  g_assert_false (bs_json_uint64 (&item, &number, NULL));
}

static void
test_numbers_read_back_to_the_same_double (void)
{
  GRand *rand = g_rand_new_with_seed (1);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  static const double edges[] = { 0.1 + 0.2, DBL_MAX, DBL_MIN, DBL_TRUE_MIN, -0.0, 1.0 / 3, 1e22 };
  g_array_append_vals (values, edges, G_N_ELEMENTS (edges));
  while (values->len < 5000) {
    guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    double value;
    memcpy (&value, &bits, sizeof value);
    if (values->len % 2 == 0)
      value = g_rand_double (rand);
    if (isfinite (value))
      g_array_append_val (values, value);
  }
  g_rand_free (rand);
  g_autoptr (cJSON) array = cJSON_CreateArray ();
  for (guint i = 0; i < values->len; i++)
    bs_json_append_double (array, g_array_index (values, double, i));
  g_autofree char *text = bs_json_to_text (array);
  g_autoptr (cJSON) document = parse (text);
  BsJson root = bs_json_root (document, "run.json"), item;
  g_assert_cmpuint (bs_json_length (&root), ==, values->len);
  for (gboolean more = bs_json_first (&root, &item); more; more = bs_json_next (&item)) {
    double value;
    g_assert_true (bs_json_double (&item, &value, NULL));
    g_assert_cmpmem (&value, sizeof value, &g_array_index (values, double, item.index),
                     sizeof value);
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
  test_values_are_got_by_type ();
  test_numbers_read_back_to_the_same_double ();
  setlocale (LC_ALL, "");
}

static void
test_documents_are_saved_whole (void)
{
  static const char *const encoders[] = { "a", "b", NULL };
  g_autofree char *folder = g_dir_make_tmp ("bs-json-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "run.json", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) made = cJSON_CreateObject ();
  bs_json_add_double (made, "alpha", 0.1);
  bs_json_add_double (made, "loss", NAN);
  bs_json_add_uint64 (made, "seed", G_MAXUINT64);
  bs_json_add_strings (made, "encoders", encoders);
  g_assert_true (bs_json_save (made, path, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "{\n\t\"alpha\":\t0.1,\n\t\"loss\":\tnull,\n"
                   "\t\"seed\":\t\"18446744073709551615\",\n\t\"encoders\":\t[\"a\", \"b\"]\n}\n");
  g_autoptr (cJSON) document = bs_json_load (path, &error);
  g_assert_no_error (error);
  BsJson root = bs_json_root (document, path);
  double alpha;
  guint64 seed;
  g_assert_true (bs_json_get_double (&root, "alpha", &alpha, NULL));
  g_assert_cmpfloat (alpha, ==, 0.1);
  g_assert_true (bs_json_get_uint64 (&root, "seed", &seed, NULL));
  g_assert_cmpuint (seed, ==, G_MAXUINT64);
  g_unlink (path);
  g_assert_null (bs_json_load (path, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/types", test_values_are_got_by_type);
  g_test_add_func ("/json/walk", test_containers_are_walked_in_order);
  g_test_add_func ("/json/errors", test_errors_name_the_way_to_the_value);
  g_test_add_func ("/json/malformed", test_what_is_no_json_is_refused_with_its_place);
  g_test_add_func ("/json/nesting", test_nesting_has_a_limit);
  g_test_add_func ("/json/range", test_numbers_out_of_range_are_refused);
  g_test_add_func ("/json/round-trip", test_numbers_read_back_to_the_same_double);
  g_test_add_func ("/json/comma-locale", test_a_comma_locale_changes_nothing);
  g_test_add_func ("/json/saved", test_documents_are_saved_whole);
  return g_test_run ();
}
