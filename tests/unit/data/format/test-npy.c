/* SPDX-License-Identifier: MIT */
/* The files under fixtures/npy are NumPy's own (tests/reference/make-arrays.py). */
#include "data/format/bs-npy-private.h"

#include <float.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "data/format/bs-half.h"

static char *
fixture_path (const char *name)
{
  const char *source = g_getenv ("BLENDSCOPE_SOURCE");
  g_assert_nonnull (source);
  g_autofree char *file = g_strconcat (name, ".npy", NULL);
  return g_build_filename (source, "tests", "unit", "data", "fixtures", "npy", file, NULL);
}

static BsArray *
load (const char *name)
{
  g_autofree char *path = fixture_path (name);
  g_autoptr (GError) error = NULL;
  BsArray *array = bs_npy_load (path, &error);
  g_assert_no_error (error);
  return array;
}

/* The patterns of make-arrays.py: integers go from end to end of their type. */
static double
pattern_of_floats (gsize index)
{
  return 0.5 + (double) index - 4;
}

static gint64
pattern_of_signed (guint item_size, gsize index)
{
  gint64 largest = (gint64) (G_MAXUINT64 >> (65 - 8 * item_size));
  return ((gint64) index - 4) * (largest / 8);
}

static guint64
pattern_of_unsigned (guint item_size, gsize index)
{
  return index * ((G_MAXUINT64 >> (64 - 8 * item_size)) / 11);
}

/* Long integers are rounded once, whether they become floats or doubles. */
static double
expected_double (const BsArray *array, gsize index)
{
  switch (array->kind) {
  case 'f':
    return pattern_of_floats (index);
  case 'i':
    return (double) pattern_of_signed (array->item_size, index);
  case 'u':
    return (double) pattern_of_unsigned (array->item_size, index);
  default:
    return index % 3 == 0;
  }
}

static float
expected_float (const BsArray *array, gsize index)
{
  switch (array->kind) {
  case 'i':
    return (float) pattern_of_signed (array->item_size, index);
  case 'u':
    return (float) pattern_of_unsigned (array->item_size, index);
  default:
    return (float) expected_double (array, index);
  }
}

static void
assert_pattern (const BsArray *array)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *doubles = bs_array_to_doubles (array, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (array->n_items, ==, 12);
  for (gsize i = 0; i < 12; i++)
    g_assert_cmpfloat (doubles[i], ==, expected_double (array, i));
  gsize width = bs_array_row_length (array);
  g_assert_cmpuint (width * bs_array_n_rows (array), ==, 12);
  for (gsize row = 0; row < bs_array_n_rows (array); row++) {
    float out[12];
    g_assert_true (bs_array_read_row (array, row, out, &error));
    for (gsize i = 0; i < width; i++)
      g_assert_cmpfloat (out[i], ==, expected_float (array, row * width + i));
  }
}

static void
assert_matrix (const BsArray *array, gsize n_rows, gsize n_cols)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) matrix = bs_array_to_matrix (array, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matrix->n_rows, ==, n_rows);
  g_assert_cmpuint (matrix->n_cols, ==, n_cols);
  g_assert_true ((matrix->doubles != NULL) == bs_array_is_wide (array));
  for (gsize i = 0; i < n_rows * n_cols; i++)
    g_assert_cmpfloat (bs_matrix_get (matrix, i), ==,
                       bs_array_is_wide (array) ? expected_double (array, i)
                                                : (double) expected_float (array, i));
}

static void
test_every_type_and_byte_order_is_read (void)
{
  static const char *const names[] = {
    "f2-le", "f2-be", "f4-le", "f4-be", "f8-le", "f8-be", "i1-one",
    "i2-le", "i2-be", "i4-le", "i4-be", "i8-le", "i8-be", "u1-one",
    "u2-le", "u2-be", "u4-le", "u4-be", "u8-le", "u8-be", "b1-one",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_test_message ("%s", names[i]);
    g_autoptr (BsArray) array = load (names[i]);
    g_assert_cmpint (array->kind, ==, names[i][0]);
    g_assert_cmpint (array->item_size, ==, (guint) (names[i][1] - '0'));
    assert_pattern (array);
    assert_matrix (array, 3, 4);
  }
}

static void
test_every_version_is_read (void)
{
  static const char *const names[] = { "f4-version-2", "f4-version-3" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (BsArray) array = load (names[i]);
    assert_matrix (array, 3, 4);
  }
}

static void
test_fortran_order_is_turned (void)
{
  g_autoptr (BsArray) two = load ("f4-fortran");
  g_assert_true (two->fortran);
  assert_pattern (two);
  assert_matrix (two, 3, 4);
  g_autoptr (BsArray) three = load ("f2-fortran-3-axes");
  g_assert_true (three->fortran);
  assert_pattern (three);
  g_autoptr (BsArray) text = load ("text-fortran");
  g_auto (GStrv) strings = bs_array_to_strings (text, NULL);
  g_autofree char *joined = g_strjoinv ("", strings);
  g_assert_cmpstr (joined, ==, "abcdef");
}

static void
assert_no_matrix (const char *name, const char *message)
{
  g_autoptr (BsArray) array = load (name);
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_array_to_matrix (array, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  if (!g_str_has_suffix (error->message, message))
    g_error ("%s: %s", name, error->message);
}

static void
test_axes_become_rows_and_columns (void)
{
  g_autoptr (BsArray) one = load ("f4-one-axis");
  assert_matrix (one, 1, 12);
  g_autoptr (BsArray) middle = load ("f4-middle-axis");
  assert_matrix (middle, 3, 4);
  assert_pattern (middle);
  g_autoptr (BsArray) no_rows = load ("f4-no-rows");
  assert_matrix (no_rows, 0, 4);
  g_assert_cmpuint (bs_array_row_length (no_rows), ==, 0);
  g_autoptr (BsArray) scalar = load ("f4-scalar");
  g_autofree double *value = bs_array_to_doubles (scalar, NULL);
  g_assert_cmpuint (scalar->n_items, ==, 1);
  g_assert_cmpfloat (value[0], ==, 2.5);
  g_assert_cmpuint (bs_array_n_rows (scalar), ==, 0);
  assert_no_matrix ("f4-scalar", "not the shape ()");
  assert_no_matrix ("f2-fortran-3-axes", "not the shape (3, 2, 2)");
  assert_no_matrix ("f4-no-columns", "expected rows of some width, not the shape (4, 0)");
  assert_no_matrix ("text-le", "expected an array of numbers, not of text");
}

static void
test_values_need_not_be_finite (void)
{
  g_autoptr (BsArray) array = load ("f4-special");
  g_autoptr (BsMatrix) matrix = bs_array_to_matrix (array, NULL);
  g_assert_true (isnan (matrix->data[0]));
  g_assert_true (isinf (matrix->data[1]) && matrix->data[1] > 0);
  g_assert_true (isinf (matrix->data[2]) && matrix->data[2] < 0);
  g_assert_true (matrix->data[3] == 0 && signbit (matrix->data[3]));
}

static void
test_text_is_read_as_utf_8 (void)
{
  static const char *const names[] = { "text-le", "text-be", "text-bytes" };
  static const char *const expected[] = { "A102_ang_int1_ver1", "",     "\xc3\xa9t\xc3\xa9",
                                          "\xf0\x9f\x98\x80 x", "a b ", NULL };
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (BsArray) array = load (names[i]);
    g_auto (GStrv) strings = bs_array_to_strings (array, &error);
    g_assert_no_error (error);
    g_assert_cmpstrv (strings, expected);
    float row[18];
    g_assert_false (bs_array_read_row (array, 0, row, NULL));
    g_assert_null (bs_array_to_doubles (array, NULL));
  }
  g_autoptr (BsArray) numbers = load ("f4-le");
  g_assert_null (bs_array_to_strings (numbers, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
}

static BsArray *
parse (const void *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  return bs_npy_parse (bytes, "a.npy", error);
}

/* A version 1 file of this dictionary and @n_bytes zeros. */
static BsArray *
parse_header (const char *header, gsize n_bytes, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 preamble[10] = "\x93NUMPY\x01";
  preamble[8] = (guint8) strlen (header);
  preamble[9] = (guint8) (strlen (header) >> 8);
  g_byte_array_append (file, preamble, sizeof preamble);
  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  for (gsize i = 0; i < n_bytes; i++)
    g_byte_array_append (file, (const guint8 *) "", 1);
  return parse (file->data, file->len, error);
}

static void
assert_header_refused (const char *header, gsize n_bytes, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) array = parse_header (header, n_bytes, &error);
  g_assert_null (array);
  g_assert_error (error, BS_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "a.npy: "));
  if (strstr (error->message, part) == NULL)
    g_error ("%s: %s", header, error->message);
}

static void
test_headers_may_be_laid_out_otherwise (void)
{
  static const char *const headers[] = {
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }     \n",
    "{\"shape\":(3,4,),\"fortran_order\":False,\"descr\":\"<f4\"}",
    "{ 'shape' : ( 3L , 4L ) , 'descr' : '=f4' , 'fortran_order' : False }",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsArray) array = parse_header (headers[i], 48, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (array->shape[0] * 10 + array->shape[1], ==, 34);
  }
}

static void
test_malformed_headers_are_refused_with_their_place (void)
{
#define HEADER(descr, order, shape) \
  "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape ", }"
  const int syntax = BS_ERROR_SYNTAX, unsupported = BS_ERROR_UNSUPPORTED;
  assert_header_refused ("", 4, syntax, "byte 10 of the header: expected a dictionary");
  assert_header_refused ("{}", 4, syntax, "expected the keys");
  assert_header_refused ("{'descr': '<f4', 'shape': (1,)}", 4, syntax, "expected the keys");
  assert_header_refused ("{'descr': '<f4', 'descr': '<f4'}", 4, syntax, "once each");
  assert_header_refused ("{'descr': '<f4', 'more': 1}", 4, syntax, "once each");
  assert_header_refused ("{'descr' '<f4'}", 4, syntax, "expected a colon");
  assert_header_refused ("{'descr': '<f4' 'shape': (1,)}", 4, syntax, "a comma or a closing brace");
  assert_header_refused ("{'descr': '<f4", 4, syntax, "a closing quote");
  assert_header_refused ("{descr: '<f4'}", 4, syntax, "byte 11 of the header: expected a text");
  assert_header_refused (HEADER ("'<f4'", "Maybe", "(1,)"), 4, syntax, "True or False");
  assert_header_refused (HEADER ("'<f4'", "False", "1"), 4, syntax, "a tuple of lengths");
  assert_header_refused (HEADER ("'<f4'", "False", "(1)"), 4, syntax, "a comma after the only");
  assert_header_refused (HEADER ("'<f4'", "False", "(-1,)"), 4, syntax, "expected a length");
  assert_header_refused (HEADER ("'<f4'", "False", "(1 1)"), 4, syntax, "a comma or a closing br");
  assert_header_refused (HEADER ("'<f4'", "False", "(,)"), 4, syntax, "expected a length");
  assert_header_refused (HEADER ("'<f4'", "False", "(1,1,1,1,1,1,1,1,1)"), 4, syntax, "at most 8");
  assert_header_refused (HEADER ("'<f4'", "False", "(99999999999999999999,)"), 4, syntax, "fits");
  assert_header_refused (HEADER ("'<f4'", "False", "(1,)") " x", 4, syntax, "nothing after");
  assert_header_refused (HEADER ("'<f4'", "False", "(1 + 1,)"), 8, syntax, "a comma");
  assert_header_refused (HEADER ("'|O'", "False", "(1,)"), 8, unsupported,
                         "pickled Python objects");
  assert_header_refused (HEADER ("[('a', '<f4')]", "False", "(1,)"), 4, syntax, "records");
  assert_header_refused (HEADER ("'<f16'", "False", "(1,)"), 16, unsupported, "'<f16'");
  assert_header_refused (HEADER ("'<c8'", "False", "(1,)"), 8, unsupported, "'<c8'");
  assert_header_refused (HEADER ("'<U0'", "False", "(9,)"), 0, unsupported, "'<U0'");
  assert_header_refused (HEADER ("'<U9999999999'", "False", "(0,)"), 0, unsupported, "'<U99");
  assert_header_refused (HEADER ("'f4'", "False", "(1,)"), 4, unsupported, "'f4'");
  assert_header_refused (HEADER ("'<f4x'", "False", "(1,)"), 4, unsupported, "'<f4x'");
  assert_header_refused (HEADER ("'\377\3764'", "False", "(1,)"), 4, unsupported, "'\\377\\3764'");
}

static void
test_shapes_that_lie_are_refused (void)
{
  const int syntax = BS_ERROR_SYNTAX;
  const char *two = HEADER ("'<f4'", "False", "(2, 1)");
  assert_header_refused (two, 7, syntax, "shape (2, 1) after the header, found 7 bytes");
  assert_header_refused (two, 9, syntax, "shape (2, 1) after the header, found 9 bytes");
  assert_header_refused (HEADER ("'<f4'", "False", "(4611686018427387905,)"), 4, syntax, "found 4");
  assert_header_refused (HEADER ("'|i1'", "False", "(4294967296, 4294967296)"), 0, syntax,
                         "found 0");
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) wide = parse_header (HEADER ("'<f4'", "False", "(0, 99999999)"), 0, &error);
  g_assert_no_error (error);
  g_assert_null (bs_array_to_matrix (wide, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
}

static void
test_other_files_are_refused (void)
{
  static const struct {
    const char *name;
    int code;
  } cases[] = {
    { "objects", BS_ERROR_UNSUPPORTED },
    { "records", BS_ERROR_SYNTAX },
    { "complex", BS_ERROR_UNSUPPORTED },
    { "dates", BS_ERROR_UNSUPPORTED },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = fixture_path (cases[i].name);
    g_autoptr (GError) error = NULL;
    g_assert_null (bs_npy_load (path, &error));
    g_assert_error (error, BS_ERROR, cases[i].code);
    g_assert_true (g_str_has_prefix (error->message, path));
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (parse ("\x93NUMPY\x04\0\0\0", 10, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (parse ("\x93NUMPY\x02\0\xff\xff\xff\xff{}", 14, &error));
  g_assert_cmpstr (error->message, ==, "a.npy: ends within its header");
  g_clear_error (&error);
  g_assert_null (bs_npy_load ("no-such-file.npy", &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
}

static void
test_a_file_cut_anywhere_is_refused (void)
{
  static const char *const names[] = { "f4-le", "f4-version-3", "text-le" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = fixture_path (names[i]), *text = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    for (gsize cut = 0; cut < length; cut++) {
      g_autoptr (GError) error = NULL;
      g_assert_null (parse (text, cut, &error));
      g_assert_error (error, BS_ERROR, BS_ERROR_SYNTAX);
    }
  }
}

static void
test_text_that_is_none_is_refused (void)
{
  g_autofree char *path = fixture_path ("text-le"), *text = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  /* The first letter of the third element, then the NUL amid it. */
  static const guint8 bad[2][4] = { { 0, 0xd8, 0, 0 }, { 0, 0, 0, 0 } };
  for (int i = 0; i < 2; i++) {
    memcpy (text + 128 + 2 * 18 * 4 + 4 * i, bad[i], 4);
    g_autoptr (BsArray) array = parse (text, length, NULL);
    g_autoptr (GError) error = NULL;
    g_assert_null (bs_array_to_strings (array, &error));
    g_assert_cmpstr (error->message, ==, "a.npy: element 2: expected Unicode text");
    memcpy (text + 128 + 2 * 18 * 4, "t\0\0\0", 4);
  }
  g_autoptr (BsArray) bytes = parse_header (HEADER ("'|S2'", "False", "(1,)"), 2, NULL);
  g_auto (GStrv) strings = bs_array_to_strings (bytes, NULL);
  g_assert_cmpstr (strings[0], ==, "");
}

static void
test_elements_may_stand_at_any_byte (void)
{
  g_autofree char *path = fixture_path ("f8-le"), *text = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize shift = 0; shift < 8; shift++) {
    g_autofree char *moved = g_malloc (length + shift);
    memcpy (moved + shift, text, length);
    g_autoptr (GBytes) all = g_bytes_new (moved, length + shift);
    g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (all, shift, length);
    g_autoptr (BsArray) array = bs_npy_parse (bytes, "a.npy", NULL);
    assert_pattern (array);
  }
}

/* Independent of the bits: sign, then a whole number times a power of two. */
static double
half_value (guint16 half)
{
  int exponent = half >> 10 & 31, fraction = half & 1023;
  double size = exponent == 0 ? ldexp (fraction, -24) : ldexp (fraction + 1024, exponent - 25);
  return half & 0x8000 ? -size : size;
}

static void
test_every_half_is_read_and_written_back (void)
{
  for (guint half = 0; half <= 0xffff; half++) {
    float value = bs_half_to_float ((guint16) half);
    if ((half & 0x7c00) == 0x7c00 && (half & 0x3ff) != 0) {
      g_assert_true (isnan (value));
      g_assert_cmpuint (bs_half_from_float (value), ==, half | 0x200);
      continue;
    }
    if ((half & 0x7fff) == 0x7c00)
      g_assert_true (isinf (value));
    else
      g_assert_cmpfloat (value, ==, half_value ((guint16) half));
    g_assert_cmpuint (bs_half_from_float (value), ==, half);
  }
}

static void
test_halves_are_rounded_to_the_nearest_even (void)
{
  for (guint low = 0; low < 0x7c00; low++) {
    guint high = low + 1;
    float middle = (float) ((half_value ((guint16) low) + half_value ((guint16) high)) / 2);
    g_assert_cmpuint (bs_half_from_float (middle), ==, low % 2 == 0 ? low : high);
    g_assert_cmpuint (bs_half_from_float (nextafterf (middle, 0)), ==, low);
    g_assert_cmpuint (bs_half_from_float (nextafterf (middle, INFINITY)), ==, high);
    g_assert_cmpuint (bs_half_from_float (-middle), ==, 0x8000 | (low % 2 == 0 ? low : high));
  }
  g_assert_cmpuint (bs_half_from_float (FLT_MAX), ==, 0x7c00);
  g_assert_cmpuint (bs_half_from_float (FLT_TRUE_MIN), ==, 0);
}

static void
assert_same_file (const char *name, GBytes *written)
{
  g_autofree char *path = fixture_path (name), *text = NULL;
  gsize length, n_bytes;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  const void *data = g_bytes_get_data (written, &n_bytes);
  g_assert_cmpmem (data, n_bytes, text, length);
}

static void
test_what_is_written_is_numpys_file_byte_for_byte (void)
{
  const gsize shape[] = { 3, 4 }, one = 12, none[] = { 0, 4 };
  float floats[12];
  double doubles[12];
  gint64 ints[12];
  for (gsize i = 0; i < 12; i++) {
    floats[i] = (float) pattern_of_floats (i);
    doubles[i] = pattern_of_floats (i);
    ints[i] = pattern_of_signed (8, i);
  }
  static const char *const text[] = { "A102_ang_int1_ver1", "", "\xc3\xa9t\xc3\xa9",
                                      "\xf0\x9f\x98\x80 x", "a b " };
  const float scalar = 2.5f;
  g_autoptr (GBytes) f4 = bs_npy_from_floats (floats, shape, 2);
  g_autoptr (GBytes) f4_one = bs_npy_from_floats (floats, &one, 1);
  g_autoptr (GBytes) f4_none = bs_npy_from_floats (NULL, none, 2);
  g_autoptr (GBytes) f4_scalar = bs_npy_from_floats (&scalar, NULL, 0);
  g_autoptr (GBytes) f2 = bs_npy_from_halves (floats, shape, 2);
  g_autoptr (GBytes) f8 = bs_npy_from_doubles (doubles, shape, 2);
  g_autoptr (GBytes) i8 = bs_npy_from_ints (ints, shape, 2);
  g_autoptr (GBytes) strings = bs_npy_from_strings (text, G_N_ELEMENTS (text));
  assert_same_file ("f4-le", f4);
  assert_same_file ("f4-one-axis", f4_one);
  assert_same_file ("f4-no-rows", f4_none);
  assert_same_file ("f4-scalar", f4_scalar);
  assert_same_file ("f2-le", f2);
  assert_same_file ("f8-le", f8);
  assert_same_file ("i8-le", i8);
  assert_same_file ("text-le", strings);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy/types", test_every_type_and_byte_order_is_read);
  g_test_add_func ("/npy/versions", test_every_version_is_read);
  g_test_add_func ("/npy/fortran", test_fortran_order_is_turned);
  g_test_add_func ("/npy/axes", test_axes_become_rows_and_columns);
  g_test_add_func ("/npy/not-finite", test_values_need_not_be_finite);
  g_test_add_func ("/npy/text", test_text_is_read_as_utf_8);
  g_test_add_func ("/npy/layouts", test_headers_may_be_laid_out_otherwise);
  g_test_add_func ("/npy/malformed", test_malformed_headers_are_refused_with_their_place);
  g_test_add_func ("/npy/lies", test_shapes_that_lie_are_refused);
  g_test_add_func ("/npy/other-files", test_other_files_are_refused);
  g_test_add_func ("/npy/cut", test_a_file_cut_anywhere_is_refused);
  g_test_add_func ("/npy/bad-text", test_text_that_is_none_is_refused);
  g_test_add_func ("/npy/any-byte", test_elements_may_stand_at_any_byte);
  g_test_add_func ("/npy/halves", test_every_half_is_read_and_written_back);
  g_test_add_func ("/npy/rounding", test_halves_are_rounded_to_the_nearest_even);
  g_test_add_func ("/npy/written", test_what_is_written_is_numpys_file_byte_for_byte);
  return g_test_run ();
}
