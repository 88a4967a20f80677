/* SPDX-License-Identifier: MIT */
/* The files under fixtures/npz are NumPy's own (tests/reference/make-arrays.py). */
#include "data/format/bs-npz-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"
#include "data/format/bs-zip-format.h"
#include "data/format/bs-zip.h"

typedef struct {
  guint8 *data;
  gsize length;
} File;

static char *
fixture_path (const char *name)
{
  const char *source = g_getenv ("BLENDSCOPE_SOURCE");
  g_assert_nonnull (source);
  return g_build_filename (source, "tests", "unit", "data", "fixtures", "npz", name, NULL);
}

static File
read_fixture (const char *name)
{
  g_autofree char *path = fixture_path (name), *text = NULL;
  File file;
  g_assert_true (g_file_get_contents (path, &text, &file.length, NULL));
  file.data = (guint8 *) g_steal_pointer (&text);
  return file;
}

static BsNpz *
parse (const void *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  return bs_npz_parse (bytes, "a.npz", error);
}

static void
assert_arrays (BsNpz *npz)
{
  static const char *const expected[] = { "X", "filenames", "empty", NULL };
  static const char *const clips[] = { "a", "b", "c", NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = bs_npz_list (npz);
  g_assert_cmpstrv (names, expected);
  g_assert_true (bs_npz_has (npz, "X") && bs_npz_has (npz, "X.npy"));
  g_assert_false (bs_npz_has (npz, "Y") || bs_npz_has (npz, "X.npy.npy"));
  g_autoptr (BsArray) x = bs_npz_get (npz, "X", &error);
  g_assert_no_error (error);
  g_autoptr (BsMatrix) matrix = bs_array_to_matrix (x, NULL);
  for (int i = 0; i < 12; i++)
    g_assert_cmpfloat (matrix->data[i], ==, 0.5f + (float) i - 4);
  g_autoptr (BsArray) filenames = bs_npz_get (npz, "filenames.npy", NULL);
  g_auto (GStrv) strings = bs_array_to_strings (filenames, NULL);
  g_assert_cmpstrv (strings, clips);
  g_autoptr (BsArray) empty = bs_npz_get (npz, "empty", NULL);
  g_assert_cmpuint (empty->n_items, ==, 0);
  g_assert_null (bs_npz_get (npz, "Y", &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_true (g_str_has_suffix (error->message, ": expected an array 'Y'"));
}

static void
test_archives_of_every_kind_are_read (void)
{
  static const char *const names[] = { "stored.npz", "deflated.npz", "zip64.npz" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = fixture_path (names[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (BsNpz) npz = bs_npz_open (path, &error);
    g_assert_no_error (error);
    assert_arrays (npz);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_npz_open ("no-such-file.npz", &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
}

static void
test_the_zip64_fixture_is_zip64 (void)
{
  File file = read_fixture ("zip64.npz");
  const guint8 *end = file.data + file.length - BS_ZIP_END_SIZE;
  g_assert_cmpuint (bs_zip_get_32 (end - 20), ==, BS_ZIP_LOCATOR_64);
  g_assert_cmpuint (bs_zip_get_32 (end + 16), ==, G_MAXUINT32);
  g_free (file.data);
}

static void
test_a_stored_array_is_a_slice_of_the_file (void)
{
  File file = read_fixture ("stored.npz");
  g_autoptr (GBytes) bytes = g_bytes_new_take (file.data, file.length);
  g_autoptr (BsNpz) npz = bs_npz_parse (bytes, "a.npz", NULL);
  g_autoptr (BsArray) x = bs_npz_get (npz, "X", NULL);
  const guint8 *data = bs_byte_source_peek (x->source, x->start, 48);
  g_assert_true (data > file.data && data + 48 < file.data + file.length);
  /* The array stays when the archive goes. */
  g_clear_pointer (&npz, bs_npz_unref);
  g_autoptr (BsMatrix) matrix = bs_array_to_matrix (x, NULL);
  g_assert_cmpfloat (matrix->data[11], ==, 7.5f);
}

/* Every byte of a stored array, header and elements, in a file and in memory. */
static void
test_a_flipped_byte_is_refused_where_all_is_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bs-npz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.npz", NULL), *file = NULL;
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  const double numbers[] = { 1, 2, 3 };
  const gsize shape[] = { 3 };
  g_autoptr (GBytes) npy = bs_npy_from_doubles (numbers, shape, 1);
  const char *const texts[] = { "ang", "sad" };
  g_autoptr (GBytes) names = bs_npy_from_strings (texts, 2);
  bs_npz_writer_add (writer, "p", npy);
  bs_npz_writer_add (writer, "classes", names);
  g_assert_true (bs_npz_writer_save (writer, path, NULL));
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &file, &length, NULL));
  const char *at = file;
  while (memcmp (at, numbers, sizeof numbers) != 0)
    at++;
  for (gsize i = 0; i < sizeof numbers; i++) {
    g_autoptr (GError) error = NULL, in_memory_error = NULL, member_error = NULL;
    g_autofree char *spoilt = g_memdup2 (file, length);
    spoilt[at - file + (gssize) i] ^= 0x10;
    g_assert_true (g_file_set_contents (path, spoilt, (gssize) length, NULL));
    g_autoptr (BsNpz) npz = bs_npz_open (path, NULL);
    g_autoptr (BsArray) p = bs_npz_get (npz, "p", NULL);
    g_assert_null (bs_array_to_doubles (p, &error));
    g_autofree char *message = g_strdup_printf ("%s: p: its checksum is wrong", path);
    g_assert_cmpstr (error->message, ==, message);
    double row = 0;
    g_assert_true (bs_array_read_wide_rows (p, &(const gsize){ 2 }, 1, &row, NULL)); /* a slice */
    g_autoptr (GBytes) bytes = g_bytes_new (spoilt, length);
    g_autoptr (BsNpz) in_memory = bs_npz_parse (bytes, "m", NULL);
    g_autoptr (BsArray) same = bs_npz_get (in_memory, "p", NULL);
    g_assert_null (bs_array_to_matrix (same, &in_memory_error));
    g_assert_cmpstr (in_memory_error->message, ==, "m: p: its checksum is wrong");
    g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, "z");
    g_autoptr (BsZip) zip = bs_zip_open (source, NULL);
    g_assert_null (bs_zip_read (zip, 0, &member_error));
    g_assert_cmpstr (member_error->message, ==, "z: member 'p.npy': its checksum is wrong");
    g_autoptr (BsArray) classes = bs_npz_get (npz, "classes", NULL);
    g_auto (GStrv) strings = bs_array_to_strings (classes, NULL);
    g_assert_cmpstr (strings[1], ==, "sad");
  }
  /* A blank of the header, which says nothing, is summed as well. */
  char *pad = file + (at - file) - 2;
  g_assert_cmpint (*pad, ==, ' ');
  *pad = '\t';
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (path, file, (gssize) length, NULL));
  g_autoptr (BsNpz) npz = bs_npz_open (path, NULL);
  g_autoptr (BsArray) p = bs_npz_get (npz, "p", NULL);
  g_assert_null (bs_array_to_doubles (p, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_SYNTAX);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_members_need_no_suffix_and_folders_are_none (void)
{
  static const char *const expected[] = { "without-suffix", "folder/X", "notes.txt", NULL };
  g_autofree char *path = fixture_path ("odd.npz");
  g_autoptr (BsNpz) npz = bs_npz_open (path, NULL);
  g_auto (GStrv) names = bs_npz_list (npz);
  g_assert_cmpstrv (names, expected);
  g_autoptr (BsArray) x = bs_npz_get (npz, "without-suffix", NULL);
  g_assert_cmpuint (x->n_items, ==, 12);
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_npz_get (npz, "notes.txt", &error));
  g_autofree char *message = g_strdup_printf ("%s: notes.txt: expected a NumPy array", path);
  g_assert_cmpstr (error->message, ==, message);
}

/* The @index-th directory entry of @file. */
static guint8 *
entry (File file, int index)
{
  const guint8 *end = file.data + file.length - BS_ZIP_END_SIZE;
  guint64 offset = bs_zip_get_32 (end + 16);
  if (offset == G_MAXUINT32)
    offset = bs_zip_get_64 (file.data + bs_zip_get_64 (end - 12) + 48);
  guint8 *at = file.data + offset;
  for (; index > 0; index--)
    at += BS_ZIP_ENTRY_SIZE + bs_zip_get_16 (at + 28) + bs_zip_get_16 (at + 30);
  g_assert_cmpuint (bs_zip_get_32 (at), ==, BS_ZIP_ENTRY);
  return at;
}

static guint8 *
local (File file, int index)
{
  return file.data + bs_zip_get_32 (entry (file, index) + 42);
}

static guint8 *
end (File file)
{
  return file.data + file.length - BS_ZIP_END_SIZE;
}

static void
set (guint8 *at, guint64 value, int n_bytes)
{
  for (int i = 0; i < n_bytes; i++, value >>= 8)
    at[i] = (guint8) value;
}

/* In both places, so that they agree. */
static void
set_sizes (File file, guint64 stored_size, guint64 size)
{
  set (entry (file, 0) + 20, stored_size, 4);
  set (entry (file, 0) + 24, size, 4);
  set (local (file, 0) + 18, stored_size, 4);
  set (local (file, 0) + 22, size, 4);
}

static void
assert_refused (File file, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsNpz) npz = parse (file.data, file.length, &error);
  if (npz != NULL)
    g_assert_null (bs_npz_get (npz, "X", &error));
  g_assert_error (error, BS_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
  g_free (file.data);
}

static void
test_records_that_do_not_add_up_are_refused (void)
{
  File file = read_fixture ("stored.npz");
  set (end (file) + 16, file.length, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: the directory does not lie within the file");
  file = read_fixture ("stored.npz");
  set (end (file) + 12, bs_zip_get_32 (end (file) + 12) - 1, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: the directory ends within a member's entry");
  file = read_fixture ("stored.npz");
  set (end (file) + 8, 0x00040004, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: the directory names fewer members than it says");
  file = read_fixture ("stored.npz");
  set (end (file) + 8, 0x00020002, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: the directory names more members than it says");
  file = read_fixture ("stored.npz");
  set (entry (file, 0) + 42, 1, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'X.npy': the directory points beside it");
  file = read_fixture ("stored.npz");
  set (entry (file, 0) + 42, G_MAXUINT32 - 1, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'X.npy': the directory points beside it");
  file = read_fixture ("stored.npz");
  entry (file, 0)[BS_ZIP_ENTRY_SIZE] = 'Y';
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'Y.npy': has another name at its bytes");
  file = read_fixture ("stored.npz");
  entry (file, 0)[BS_ZIP_ENTRY_SIZE] = 0xff;
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: expected members' names in UTF-8");
}

static void
test_sizes_that_lie_are_refused (void)
{
  File file = read_fixture ("stored.npz");
  set (entry (file, 0) + 24, 175, 4);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'X.npy': its sizes contradict each other");
  file = read_fixture ("stored.npz");
  set_sizes (file, file.length, file.length);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'X.npy': does not lie within the file");
  file = read_fixture ("stored.npz");
  set_sizes (file, 177, 177);
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'filenames.npy': overlaps another member");
  file = read_fixture ("deflated.npz");
  set_sizes (file, bs_zip_get_32 (entry (file, 0) + 20), 175);
  assert_refused (file, BS_ERROR_SYNTAX,
                  "a.npz: member 'X.npy': cannot be inflated to the size it claims");
  file = read_fixture ("deflated.npz");
  set_sizes (file, bs_zip_get_32 (entry (file, 0) + 20), 177);
  assert_refused (file, BS_ERROR_SYNTAX,
                  "a.npz: member 'X.npy': cannot be inflated to the size it claims");
  file = read_fixture ("deflated.npz");
  set_sizes (file, bs_zip_get_32 (entry (file, 0) + 20), G_MAXINT32);
  assert_refused (file, BS_ERROR_LIMIT, "a.npz: member 'X.npy': its size is not to be believed");
  file = read_fixture ("deflated.npz");
  entry (file, 0)[16] ^= 1;
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: member 'X.npy': its checksum is wrong");
}

static void
test_other_archives_are_refused (void)
{
  File file = read_fixture ("stored.npz");
  entry (file, 0)[8] |= 1;
  assert_refused (file, BS_ERROR_UNSUPPORTED, "a.npz: member 'X.npy': is encrypted");
  file = read_fixture ("stored.npz");
  entry (file, 0)[10] = 12;
  local (file, 0)[8] = 12;
  assert_refused (file, BS_ERROR_UNSUPPORTED,
                  "a.npz: member 'X.npy': expected it to be stored or deflated");
  file = read_fixture ("stored.npz");
  end (file)[4] = 1;
  assert_refused (file, BS_ERROR_UNSUPPORTED, "a.npz: expected one file, not a part of several");
  file = read_fixture ("stored.npz");
  entry (file, 0)[34] = 1;
  assert_refused (file, BS_ERROR_UNSUPPORTED, "a.npz: member 'X.npy': lies in another file");
  file = read_fixture ("zip64.npz");
  end (file)[-4] = 2;
  assert_refused (file, BS_ERROR_UNSUPPORTED, "a.npz: expected one file, not a part of several");
  file = read_fixture ("zip64.npz");
  end (file)[-20] = 'Q';
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: expected a zip64 locator before the end");
  file = read_fixture ("zip64.npz");
  end (file)[-12] ^= 1;
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: the zip64 locator points to no end record");
  file = (File){ g_memdup2 ("\x93NUMPY\x01", 8), 8 };
  assert_refused (file, BS_ERROR_SYNTAX, "a.npz: expected a ZIP archive, found no end of one");
}

static char *
folder_with (const char *name, char **folder)
{
  *folder = g_dir_make_tmp ("bs-npz-XXXXXX", NULL);
  return g_build_filename (*folder, name, NULL);
}

static void
remove_folder (const char *path, const char *folder)
{
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing passing is left behind */
}

static void
test_an_array_that_is_there_twice_is_refused (void)
{
  static const char *const seconds[] = { "Y.npy", "Y" };
  static const char *const messages[] = { "a.npz: member 'X.npy': is there twice",
                                          "a.npz: the array 'X' is there twice" };
  for (int i = 0; i < 2; i++) {
    g_autofree char *folder = NULL, *path = folder_with ("twice.zip", &folder), *text = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
    g_autoptr (BsZipWriter) writer = bs_zip_writer_new (path, NULL);
    g_assert_true (bs_zip_writer_add (writer, "X.npy", bytes, NULL));
    g_assert_true (bs_zip_writer_add (writer, seconds[i], bytes, NULL));
    g_assert_true (bs_zip_writer_commit (writer, NULL));
    gsize length;
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    for (char *y; (y = memchr (text, 'Y', length)) != NULL;)
      *y = 'X';
    File file = { (guint8 *) g_steal_pointer (&text), length };
    assert_refused (file, BS_ERROR_SYNTAX, messages[i]);
    remove_folder (path, folder);
  }
}

static void
test_a_name_is_written_once (void)
{
  g_autofree char *folder = NULL, *path = folder_with ("twice.zip", &folder);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BsZipWriter) writer = bs_zip_writer_new (path, NULL);
  g_assert_true (bs_zip_writer_add (writer, "X.npy", bytes, NULL));
  g_assert_false (bs_zip_writer_add (writer, "X.npy", bytes, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_clear_pointer (&writer, bs_zip_writer_free);
  remove_folder (path, folder);
}

static void
read_everything (const guint8 *data, gsize length)
{
  g_autoptr (BsNpz) npz = parse (data, length, NULL);
  if (npz == NULL)
    return;
  g_auto (GStrv) names = bs_npz_list (npz);
  for (char **name = names; *name != NULL; name++) {
    g_autoptr (BsArray) array = bs_npz_get (npz, *name, NULL);
    if (array == NULL)
      continue;
    g_autoptr (GError) error = NULL;
    gboolean is_text = array->kind == 'U' || array->kind == 'S';
    g_autofree double *doubles = bs_array_to_doubles (array, &error);
    g_strfreev (bs_array_to_strings (array, NULL));
    if (doubles == NULL) /* text, or not what was summed */
      g_assert_error (error, BS_ERROR, is_text ? BS_ERROR_VALUE : BS_ERROR_SYNTAX);
    else
      g_assert_false (is_text);
  }
}

static void
test_an_archive_cut_or_changed_anywhere_does_no_harm (void)
{
  static const char *const names[] = { "stored.npz", "deflated.npz", "zip64.npz", "odd.npz" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    File file = read_fixture (names[i]);
    for (gsize cut = 0; cut < file.length; cut++) {
      g_autoptr (GError) error = NULL;
      g_assert_null (parse (file.data, cut, &error));
      g_assert_error (error, BS_ERROR, BS_ERROR_SYNTAX);
    }
    for (gsize at = 0; at < file.length; at++)
      for (int change = 0; change < 3; change++) {
        guint8 saved = file.data[at];
        file.data[at] = (guint8[]){ 0, 0xff, saved ^ 1 }[change];
        read_everything (file.data, file.length);
        file.data[at] = saved;
      }
    g_free (file.data);
  }
}

static void
test_what_is_written_reads_back (void)
{
  const gsize shape[] = { 3, 4 };
  float floats[12];
  for (int i = 0; i < 12; i++)
    floats[i] = 0.5f + (float) i - 4;
  static const char *const clips[] = { "a", "b", "c" };
  g_autofree char *folder = NULL, *path = folder_with ("new.npz", &folder);
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autoptr (GBytes) x = bs_npy_from_floats (floats, shape, 2);
  g_autoptr (GBytes) filenames = bs_npy_from_strings (clips, 3);
  g_autoptr (GBytes) empty = bs_npy_from_doubles (NULL, (gsize[]){ 0, 2 }, 2);
  bs_npz_writer_add (writer, "X", x);
  bs_npz_writer_add (writer, "filenames.npy", filenames);
  bs_npz_writer_add (writer, "empty", empty);
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 2; i++) { /* the second time over the first */
    g_assert_true (bs_npz_writer_save (writer, path, &error));
    g_autoptr (BsNpz) npz = bs_npz_open (path, &error);
    g_assert_no_error (error);
    assert_arrays (npz);
  }
  remove_folder (path, folder);
  g_autofree char *nowhere = g_build_filename (folder, "new.npz", NULL);
  g_assert_false (bs_npz_writer_save (writer, nowhere, &error));
  g_assert_true (g_str_has_prefix (error->message, nowhere));
}

static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    g_byte_array_append (out, (const guint8[]){ (guint8) value }, 1);
}

/* What stands alike before a member's bytes and in the directory: version to lengths. */
static void
put_common (GByteArray *out, guint32 size, guint n_extra)
{
  put (out, 45, 2);
  put (out, 0, 2);
  put (out, BS_ZIP_STORED, 2);
  put (out, 0x210000, 4);
  put (out, bs_file_sum (0, "content", 7), 4);
  put (out, size, 4);
  put (out, size, 4);
  put (out, 1, 2);
  put (out, n_extra, 2);
}

static void
put_extra (GByteArray *out, gboolean is_large, gboolean is_far)
{
  put (out, BS_ZIP_EXTRA_64, 2);
  put (out, (is_large ? 16 : 0) + (is_far ? 8 : 0), 2);
  if (is_large) {
    put (out, 7, 8);
    put (out, 7, 8);
  }
  if (is_far)
    put (out, 0, 8);
}

static void
put_end_64 (GByteArray *out, guint64 directory)
{
  guint64 end = out->len;
  put (out, BS_ZIP_END_64, 4);
  put (out, BS_ZIP_END_64_SIZE - 12, 8);
  put (out, 45 | 45 << 16, 4);
  put (out, 0, 8);
  put (out, 1, 8);
  put (out, 1, 8);
  put (out, end - directory, 8);
  put (out, directory, 8);
  put (out, BS_ZIP_LOCATOR_64, 4);
  put (out, 0, 4);
  put (out, end, 8);
  put (out, 1, 4);
  put (out, BS_ZIP_END, 4);
  put (out, 0, 4);
  put (out, G_MAXUINT64, 8);
  put (out, G_MAXUINT32, 4);
  put (out, 0, 2);
}

/* An archive of the large kind with one small member, 'm', which says "content". */
static GBytes *
make_zip64 (gboolean is_large, gboolean is_far)
{
  GByteArray *out = g_byte_array_new ();
  guint32 size = is_large ? G_MAXUINT32 : 7;
  put (out, BS_ZIP_LOCAL, 4);
  put_common (out, size, is_large ? 20 : 0);
  put (out, 'm', 1);
  if (is_large)
    put_extra (out, TRUE, FALSE);
  g_byte_array_append (out, (const guint8 *) "content", 7);
  guint directory = out->len;
  put (out, BS_ZIP_ENTRY, 4);
  put (out, 45, 2);
  put_common (out, size, 4 + (is_large ? 16 : 0) + (is_far ? 8 : 0));
  put (out, 0, 2 + 2 + 2);
  put (out, 0, 4);
  put (out, is_far ? G_MAXUINT32 : 0, 4);
  put (out, 'm', 1);
  put_extra (out, is_large, is_far);
  put_end_64 (out, directory);
  return g_byte_array_free_to_bytes (out);
}

static void
test_sizes_and_offsets_in_zip64_fields_are_read (void)
{
  for (int kind = 0; kind < 4; kind++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = make_zip64 ((kind & 1) != 0, (kind & 2) != 0);
    g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, "large.zip");
    g_autoptr (BsZip) zip = bs_zip_open (source, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (bs_zip_n_members (zip), ==, 1);
    g_autoptr (GBytes) read = bs_zip_read (zip, 0, &error);
    g_assert_no_error (error);
    gsize size;
    const char *content = g_bytes_get_data (read, &size);
    g_assert_cmpmem (content, size, "content", 7);
  }
}

/* One member more than an archive of the small kind can have. */
static void
test_large_archives_are_written_as_zip64 (void)
{
  g_autofree char *folder = NULL, *path = folder_with ("large.zip", &folder);
  g_autoptr (GBytes) content = g_bytes_new_static ("content", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (BsZipWriter) writer = bs_zip_writer_new (path, NULL);
  for (int member = 0; member <= G_MAXUINT16; member++) {
    g_autofree char *name = g_strdup_printf ("%d.npy", member);
    g_assert_true (bs_zip_writer_add (writer, name, content, NULL));
  }
  g_assert_true (bs_zip_writer_commit (writer, &error));
  g_autoptr (GBytes) bytes = bs_file_read_bytes (path, &error);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_assert_cmpuint (bs_zip_get_32 (data + length - BS_ZIP_END_SIZE - 20), ==, BS_ZIP_LOCATOR_64);
  g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, "large.zip");
  g_autoptr (BsZip) zip = bs_zip_open (source, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_zip_n_members (zip), ==, G_MAXUINT16 + 1);
  g_assert_cmpstr (bs_zip_member (zip, G_MAXUINT16), ==, "65535.npy");
  g_autoptr (GBytes) read = bs_zip_read (zip, G_MAXUINT16, &error);
  g_assert_true (g_bytes_equal (read, content));
  remove_folder (path, folder);
}

static GBytes *
write_two (const char *path, const char *zone)
{
  g_autoptr (GBytes) a = g_bytes_new_static ("first", 5), b = g_bytes_new_static ("", 0);
  g_autoptr (BsZipWriter) writer = bs_zip_writer_new (path, NULL);
  g_setenv ("TZ", zone, TRUE);
  tzset ();
  g_assert_true (bs_zip_writer_add (writer, "z.npy", a, NULL));
  g_assert_true (bs_zip_writer_add (writer, "\303\244.npy", b, NULL));
  g_assert_true (bs_zip_writer_commit (writer, NULL));
  return bs_file_read_bytes (path, NULL);
}

/* Members stand as added, stored, with nothing of the clock, the zone or the file's place. */
static void
test_the_same_members_give_the_same_bytes (void)
{
  g_autofree char *folder = NULL, *path = folder_with ("a.zip", &folder);
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autoptr (GBytes) once = write_two (path, "Pacific/Auckland");
  g_autoptr (GBytes) again = write_two (path, "America/Lima");
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
  g_assert_true (g_bytes_equal (once, again));
  const guint8 *data = g_bytes_get_data (once, NULL);
  g_assert_cmpuint (bs_zip_get_32 (data), ==, BS_ZIP_LOCAL);
  g_assert_cmpuint (bs_zip_get_16 (data + 6), ==, 0); /* no sizes that follow */
  g_assert_cmpuint (bs_zip_get_32 (data + 10), ==, 0x210000);
  g_autoptr (BsByteSource) source = bs_byte_source_new (once, "a.zip");
  g_autoptr (BsZip) zip = bs_zip_open (source, NULL);
  g_assert_cmpuint (bs_zip_n_members (zip), ==, 2);
  g_assert_cmpstr (bs_zip_member (zip, 0), ==, "z.npy");
  g_assert_cmpstr (bs_zip_member (zip, 1), ==, "\303\244.npy");
  g_autoptr (BsByteSource) member = bs_zip_open_member (zip, 0, "z", NULL);
  const guint8 *slice = bs_byte_source_peek (member, 0, 5);
  g_assert_true (slice > data && slice < data + g_bytes_get_size (once));
  g_assert_cmpmem (slice, 5, "first", 5);
  remove_folder (path, folder);
}

/* A limit on the size of files fails in the middle of writing, as a full disk does. */
static void
test_a_disk_that_is_full_leaves_the_old_archive (void)
{
  g_autofree char *folder = NULL, *path = folder_with ("a.zip", &folder);
  g_autofree char *start = g_strconcat (path, ": cannot be written: ", NULL);
  g_autoptr (GBytes) old = write_two (path, "UTC");
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  const gsize room[] = { 0, 5000, 100040, 100100 }; /* of the header, the bytes, the directory */
  for (gsize i = 0; i < G_N_ELEMENTS (room); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (100000), 100000);
    g_autoptr (BsZipWriter) writer = bs_zip_writer_new (path, NULL);
    g_assert_true (bs_zip_writer_add (writer, "large", large, NULL));
    const struct rlimit small = { room[i], limit.rlim_max };
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
    gboolean written = bs_zip_writer_commit (writer, &error);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_false (written);
    g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
    g_assert_true (g_str_has_prefix (error->message, start));
    g_assert_true (g_str_has_suffix (error->message, g_strerror (EFBIG)));
    g_autoptr (GBytes) left = bs_file_read_bytes (path, NULL);
    g_assert_true (g_bytes_equal (left, old));
  }
  signal (SIGXFSZ, SIG_DFL);
  remove_folder (path, folder);
}

static gpointer
read_pipe (gpointer path)
{
  g_autofree char *text = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static void
test_an_archive_goes_into_a_pipe (void)
{
  g_autofree char *folder = NULL, *path = folder_with ("pipe", &folder);
  g_autofree char *beside = g_build_filename (folder, "file", NULL);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (300000), 300000);
  GThread *reader = g_thread_new ("reader", read_pipe, path);
  const char *const paths[] = { path, beside };
  for (int i = 0; i < 2; i++) {
    g_autoptr (BsZipWriter) writer = bs_zip_writer_new (paths[i], NULL);
    g_assert_true (bs_zip_writer_add (writer, "a", content, NULL));
    g_assert_true (bs_zip_writer_commit (writer, NULL));
  }
  g_autoptr (GBytes) piped = g_thread_join (reader);
  g_autoptr (GBytes) filed = bs_file_read_bytes (beside, NULL);
  g_assert_true (g_bytes_equal (piped, filed));
  g_unlink (beside);
  remove_folder (path, folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npz/flipped", test_a_flipped_byte_is_refused_where_all_is_read);
  g_test_add_func ("/npz/kinds", test_archives_of_every_kind_are_read);
  g_test_add_func ("/npz/fixture", test_the_zip64_fixture_is_zip64);
  g_test_add_func ("/npz/slices", test_a_stored_array_is_a_slice_of_the_file);
  g_test_add_func ("/npz/names", test_members_need_no_suffix_and_folders_are_none);
  g_test_add_func ("/npz/records", test_records_that_do_not_add_up_are_refused);
  g_test_add_func ("/npz/sizes", test_sizes_that_lie_are_refused);
  g_test_add_func ("/npz/others", test_other_archives_are_refused);
  g_test_add_func ("/npz/twice", test_an_array_that_is_there_twice_is_refused);
  g_test_add_func ("/npz/harm", test_an_archive_cut_or_changed_anywhere_does_no_harm);
  g_test_add_func ("/npz/written", test_what_is_written_reads_back);
  g_test_add_func ("/npz/once", test_a_name_is_written_once);
  g_test_add_func ("/npz/same", test_the_same_members_give_the_same_bytes);
  g_test_add_func ("/npz/full", test_a_disk_that_is_full_leaves_the_old_archive);
  g_test_add_func ("/npz/pipe", test_an_archive_goes_into_a_pipe);
  g_test_add_func ("/npz/zip64-fields", test_sizes_and_offsets_in_zip64_fields_are_read);
  g_test_add_func ("/npz/zip64", test_large_archives_are_written_as_zip64);
  return g_test_run ();
}
