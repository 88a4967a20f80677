/* SPDX-License-Identifier: MIT */
#include "data/format/bs-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "data/base/bs-error.h"

typedef struct {
  char *folder;
  char *path;
} Place;

static Place
make_place (void)
{
  Place place = { g_dir_make_tmp ("bs-file-XXXXXX", NULL), NULL };
  place.path = g_build_filename (place.folder, "a file", NULL);
  return place;
}

/* Fails where something passing was left behind. */
static void
clear_place (Place *place)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->path);
  g_free (place->folder);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = bs_file_read (path, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, length + 1, expected, strlen (expected) + 1);
  g_autoptr (GBytes) bytes = bs_file_read_bytes (path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static void
test_what_is_written_is_read (void)
{
  Place place = make_place ();
  g_autoptr (GError) error = NULL;
  g_assert_true (bs_file_write (place.path, "first", 5, &error));
  assert_content (place.path, "first");
  g_assert_true (bs_file_write (place.path, "", 0, &error));
  assert_content (place.path, "");
  g_assert_true (bs_file_write (place.path, "second", 6, &error));
  assert_content (place.path, "second");
  g_assert_no_error (error);
  clear_place (&place);
}

static void
test_a_file_that_is_not_finished_is_not_there (void)
{
  Place place = make_place ();
  g_assert_true (bs_file_write (place.path, "old", 3, NULL));
  BsFileWriter *writer = bs_file_writer_new (place.path, NULL);
  g_assert_true (bs_file_writer_add (writer, "new", 3, NULL));
  assert_content (place.path, "old");
  bs_file_writer_free (writer);
  assert_content (place.path, "old");
  clear_place (&place);
}

static void
test_a_file_keeps_its_mode_and_a_new_one_has_the_umasks (void)
{
  Place place = make_place ();
  struct stat info;
  mode_t mask = umask (027);
  g_assert_true (bs_file_write (place.path, "a", 1, NULL));
  g_assert_cmpint (g_stat (place.path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpint (g_chmod (place.path, 0604), ==, 0);
  g_assert_true (bs_file_write (place.path, "b", 1, NULL));
  g_assert_cmpint (g_stat (place.path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0604);
  umask (mask);
  clear_place (&place);
}

/* A limit on the size of files fails in the middle of writing, as a full disk does. */
static void
test_a_disk_that_is_full_leaves_the_old_file (void)
{
  Place place = make_place ();
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (100000, 'x');
  g_assert_true (bs_file_write (place.path, "old", 3, NULL));
  struct rlimit limit, small;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = (struct rlimit){ 5000, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  gboolean written = bs_file_write (place.path, large, 100000, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_false (written);
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_autofree char *start = g_strconcat (place.path, ": cannot be written: ", NULL);
  g_assert_true (g_str_has_prefix (error->message, start));
  assert_content (place.path, "old");
  clear_place (&place);
}

static void
test_places_that_cannot_be_written_are_named (void)
{
  Place place = make_place ();
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (place.folder, "no folder", "file", NULL);
  g_assert_false (bs_file_write (nowhere, "a", 1, &error));
  g_assert_true (g_str_has_prefix (error->message, nowhere));
  g_clear_error (&error);
  /* A folder stands where the file should be: found only by the renaming. */
  g_assert_cmpint (g_mkdir (place.path, 0755), ==, 0);
  g_assert_false (bs_file_write (place.path, "a", 1, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_assert_cmpint (g_rmdir (place.path), ==, 0);
  clear_place (&place);
}

static void
test_what_is_no_file_is_not_read (void)
{
  Place place = make_place ();
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_file_read (place.path, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (bs_file_read_bytes (place.folder, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_assert_true (g_str_has_suffix (error->message, "expected a file, not a folder"));
  g_clear_error (&error);
  /* A pipe without a writer must not be waited for. */
  g_assert_cmpint (mkfifo (place.path, 0600), ==, 0);
  g_assert_null (bs_file_read (place.path, NULL, &error));
  g_assert_true (g_str_has_suffix (error->message, "expected a file, not a device"));
  clear_place (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file/round-trip", test_what_is_written_is_read);
  g_test_add_func ("/file/unfinished", test_a_file_that_is_not_finished_is_not_there);
  g_test_add_func ("/file/mode", test_a_file_keeps_its_mode_and_a_new_one_has_the_umasks);
  g_test_add_func ("/file/full", test_a_disk_that_is_full_leaves_the_old_file);
  g_test_add_func ("/file/places", test_places_that_cannot_be_written_are_named);
  g_test_add_func ("/file/no-file", test_what_is_no_file_is_not_read);
  return g_test_run ();
}
