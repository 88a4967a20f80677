/* SPDX-License-Identifier: MIT */
/* fixtures/safetensors/two.safetensors was made in Python (tests/reference/make-arrays.py). */
#include "data/format/bs-safetensors-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/base/bs-error.h"

static char *
fixture_path (void)
{
  const char *source = g_getenv ("BLENDSCOPE_SOURCE");
  g_assert_nonnull (source);
  return g_build_filename (source, "tests", "unit", "data", "fixtures", "safetensors",
                           "two.safetensors", NULL);
}

static void
assert_two (GPtrArray *tensors)
{
  static const float bias[] = { 1.5f, -2, 3e-40f };
  g_assert_cmpuint (tensors->len, ==, 2);
  const BsTensor *weight = g_ptr_array_index (tensors, 0), *vector = g_ptr_array_index (tensors, 1);
  g_assert_cmpstr (weight->name, ==, "0.weight");
  g_assert_cmpuint (weight->n_axes, ==, 2);
  g_assert_cmpuint (weight->shape[0], ==, 3);
  g_assert_cmpuint (weight->shape[1], ==, 4);
  for (int i = 0; i < 12; i++)
    g_assert_cmpfloat (weight->values->data[i], ==, 0.5f + (float) i - 4);
  g_assert_cmpstr (vector->name, ==, "0.bias");
  g_assert_cmpuint (vector->n_axes, ==, 1);
  g_assert_cmpuint (vector->shape[0], ==, 3);
  g_assert_cmpuint (vector->values->n_rows, ==, 1);
  g_assert_cmpmem (vector->values->data, sizeof bias, bias, sizeof bias);
}

static void
test_a_file_of_pythons_is_read (void)
{
  g_autofree char *path = fixture_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = bs_safetensors_load (path, &error);
  g_assert_no_error (error);
  assert_two (tensors);
  g_assert_null (bs_safetensors_load ("no-such-file.safetensors", &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
}

static void
test_what_is_written_reads_back (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bs-safetensors-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fold0.safetensors", NULL), *text = NULL;
  g_autofree char *fixture = fixture_path ();
  g_autoptr (GPtrArray) tensors = bs_safetensors_load (fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (bs_safetensors_save (tensors, path, &error));
  g_autoptr (GPtrArray) again = bs_safetensors_load (path, &error);
  g_assert_no_error (error);
  assert_two (again);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  guint64 length;
  memcpy (&length, text, sizeof length);
  g_assert_cmpuint (GUINT64_FROM_LE (length) % 8, ==, 0);
  g_assert_cmpint (text[8], ==, '{');
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_false (bs_safetensors_save (tensors, path, &error));
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_large_tensors_are_written_in_pieces (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bs-safetensors-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fold0.safetensors", NULL);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
  BsMatrix *values = bs_matrix_new (3, 4099);
  for (gsize i = 0; i < 3 * 4099; i++)
    values->data[i] = (float) i;
  g_ptr_array_add (tensors, bs_tensor_new ("w", values, 2));
  g_assert_true (bs_safetensors_save (tensors, path, NULL));
  g_autoptr (GPtrArray) again = bs_safetensors_load (path, NULL);
  const BsTensor *tensor = g_ptr_array_index (again, 0);
  g_assert_cmpmem (tensor->values->data, 3 * 4099 * sizeof (float), values->data,
                   3 * 4099 * sizeof (float));
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Behind an odd number of floats, where they would not stand at a multiple of eight. */
static void
test_wide_tensors_keep_their_digits (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bs-safetensors-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fold0.safetensors", NULL);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
  g_autoptr (GError) error = NULL;
  BsMatrix *narrow = bs_matrix_new (1, 3), *wide = bs_matrix_new_wide (1, 4097);
  narrow->data[2] = 0.1f;
  for (gsize i = 0; i < 4097; i++)
    wide->doubles[i] = 1e8 + (double) i / 3;
  g_ptr_array_add (tensors, bs_tensor_new ("w", narrow, 1));
  g_ptr_array_add (tensors, bs_tensor_new ("scaler.mean", wide, 1));
  g_assert_true (bs_safetensors_save (tensors, path, &error));
  g_autoptr (GPtrArray) again = bs_safetensors_load (path, &error);
  g_assert_no_error (error);
  const BsTensor *first = g_ptr_array_index (again, 0), *last = g_ptr_array_index (again, 1);
  g_assert_cmpstr (first->name, ==, "scaler.mean");
  g_assert_cmpmem (first->values->doubles, 4097 * sizeof (double), wide->doubles,
                   4097 * sizeof (double));
  g_assert_cmpfloat (last->values->data[2], ==, 0.1f);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static GPtrArray *
parse (const void *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  return bs_safetensors_parse (bytes, "w", error);
}

/* A file of this header and @n_bytes zeros. */
static void
assert_refused (const char *header, gsize n_bytes, const char *message)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  for (gsize i = 0; i < n_bytes; i++)
    g_byte_array_append (file, (const guint8 *) "", 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (parse (file->data, file->len, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_headers_that_do_not_add_up_are_refused (void)
{
#define TENSOR(name, type, shape, offsets) \
  "\"" name "\":{\"dtype\":\"" type "\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
  const char *misfit = "w: a: its shape and its offsets do not fit each other or the file";
  assert_refused ("[]", 0, "w: expected an object");
  assert_refused ("{", 0, "w: line 1, column 2: expected valid JSON");
  assert_refused ("{\"a\":{}}", 0, "w: a.dtype: expected it, found nothing");
  assert_refused ("{" TENSOR ("a", "F16", "[2]", "[0,4]") "}", 4,
                  "w: a: expected a tensor of type F32 or F64");
  assert_refused ("{" TENSOR ("a", "F32", "[]", "[0,4]") "}", 4,
                  "w: a.shape: expected 1 or 2 axes");
  assert_refused ("{" TENSOR ("a", "F32", "[1,1,1]", "[0,4]") "}", 4,
                  "w: a.shape: expected 1 or 2 axes");
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[0]") "}", 4,
                  "w: a.data_offsets: expected 2 numbers");
  assert_refused ("{" TENSOR ("a", "F32", "[-1]", "[0,4]") "}", 4,
                  "w: a.shape[0]: expected a number of elements or bytes");
  assert_refused ("{" TENSOR ("a", "F32", "[1.5]", "[0,4]") "}", 4,
                  "w: a.shape[0]: expected a number of elements or bytes");
  assert_refused ("{" TENSOR ("a", "F32", "[\"1\"]", "[0,4]") "}", 4,
                  "w: a.shape[0]: expected a number");
  assert_refused ("{" TENSOR ("a", "F32", "[2]", "[0,4]") "}", 4, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[0,8]") "}", 8, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[0,4]") "}", 3, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[4,0]") "}", 4, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[0]", "[0,0]") "}", 0, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[4294967296,4294967297]", "[0,4]") "}", 4, misfit);
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[4,8]") "}", 8,
                  "w: tensor 'a' begins at byte 4, expected 0");
  assert_refused (
    "{" TENSOR ("a", "F32", "[2]", "[0,8]") "," TENSOR ("b", "F32", "[1]", "[4,8]") "}", 8,
    "w: tensor 'b' begins at byte 4, expected 8");
  assert_refused (
    "{" TENSOR ("a", "F32", "[1]", "[0,4]") "," TENSOR ("b", "F32", "[1]", "[8,12]") "}", 12,
    "w: tensor 'b' begins at byte 8, expected 4");
  assert_refused ("{" TENSOR ("a", "F32", "[1]", "[0,4]") "}", 5,
                  "w: expected 4 bytes of tensors, found 5");
#undef TENSOR
}

static void
test_a_file_cut_anywhere_is_refused (void)
{
  g_autofree char *path = fixture_path (), *text = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize cut = 0; cut < length; cut++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (text, cut, &error));
    g_assert_true (error != NULL && error->domain == BS_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safetensors/read", test_a_file_of_pythons_is_read);
  g_test_add_func ("/safetensors/written", test_what_is_written_reads_back);
  g_test_add_func ("/safetensors/pieces", test_large_tensors_are_written_in_pieces);
  g_test_add_func ("/safetensors/wide", test_wide_tensors_keep_their_digits);
  g_test_add_func ("/safetensors/headers", test_headers_that_do_not_add_up_are_refused);
  g_test_add_func ("/safetensors/cut", test_a_file_cut_anywhere_is_refused);
  return g_test_run ();
}
