/* SPDX-License-Identifier: MIT */
/* Names on the way to a file: links, devices, what killed writers left, and who may write in a
 * folder. */
#include "data/format/bs-temporary-private.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"
#include "data/format/bs-folder-lock.h"
#include "tests/support/bs-test-folder.h"

static gboolean
is_there (TestFolder *own, const char *name)
{
  return g_file_test (test_folder_path (own, name), G_FILE_TEST_EXISTS);
}

static void
test_a_link_keeps_leading_to_its_target (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *target = test_folder_path (own, "elsewhere/target.csv");
  test_folder_write (own, "elsewhere/other", "");
  const char *link = test_folder_path (own, "link.csv");
  g_assert_cmpint (symlink ("elsewhere/target.csv", link), ==, 0);
  for (int i = 0; i < 2; i++) { /* not there, then there */
    g_assert_true (bs_file_write (link, "text", 4, &error));
    g_assert_no_error (error);
    g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    g_autofree char *text = bs_file_read (target, NULL, &error);
    g_assert_cmpstr (text, ==, "text");
  }
}

static void
test_a_device_is_not_replaced (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const char *link = test_folder_path (own, "null");
  g_assert_cmpint (symlink ("/dev/null", link), ==, 0);
  g_assert_true (bs_file_write (link, "text", 4, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_clear_error (&error);
  g_assert_false (bs_file_write ("/dev/full", "text", 4, &error));
  test_assert_message (error, "/dev/full");
}

static void
test_left_overs_go_and_living_writers_stay (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (GError) error = NULL;
  test_folder_write (own, ".a.csv.blendscope-AbC123", "half");
  test_folder_write (own, ".r.blendscope-AbC123/run.json", "{}");
  test_folder_write (own, ".r.tmp-AbC123/run.json", "{}");
  test_folder_write (own, ".mine.tmp-AbC123/thesis.txt", "not ours");
  test_folder_write (own, ".backup", "not ours");
  g_autoptr (BsFileWriter) living =
    bs_file_writer_new (test_folder_path (own, "living.csv"), &error);
  g_assert_no_error (error);
  g_assert_false (is_there (own, ".a.csv.blendscope-AbC123"));
  g_assert_false (is_there (own, ".r.blendscope-AbC123"));
  g_assert_false (is_there (own, ".r.tmp-AbC123"));
  g_assert_true (is_there (own, ".mine.tmp-AbC123/thesis.txt"));
  g_assert_true (is_there (own, ".backup"));
  bs_temporary_sweep (own->path);
  g_assert_true (bs_file_writer_commit (living, &error));
  g_assert_no_error (error);
  g_assert_true (is_there (own, "living.csv"));
}

/* The other process, which tells through the status how it fared. */
static void
lock_in_child (const char *folder, gboolean expected)
{
  pid_t child = fork ();
  if (child == 0) {
    int fd = g_open (folder, O_RDONLY | O_DIRECTORY, 0);
    _exit (flock (fd, LOCK_EX | LOCK_NB) == 0 ? 1 : 0);
  }
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (WEXITSTATUS (status), ==, expected);
}

static void
test_a_folder_is_written_by_one_process (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (GError) error = NULL;
  BsFolderLock *first = bs_folder_lock_new (own->path, &error);
  g_assert_no_error (error);
  BsFolderLock *again = bs_folder_lock_new (own->path, &error);
  g_assert_no_error (error);
  bs_folder_lock_free (first);
  lock_in_child (own->path, FALSE);
  bs_folder_lock_free (again);
  lock_in_child (own->path, TRUE);
  g_assert_false (is_there (own, ".blendscope-owner"));
  int fd = g_open (own->path, O_RDONLY | O_DIRECTORY, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  test_folder_write (own, ".blendscope-owner", "blendscope\n123\nhere\n");
  g_assert_null (bs_folder_lock_new (own->path, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_BUSY);
  test_assert_message (error, "blendscope, process 123 on here");
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/temporary/link", test_a_link_keeps_leading_to_its_target);
  g_test_add_func ("/temporary/device", test_a_device_is_not_replaced);
  g_test_add_func ("/temporary/left-overs", test_left_overs_go_and_living_writers_stay);
  g_test_add_func ("/temporary/folder-lock", test_a_folder_is_written_by_one_process);
  return g_test_run ();
}
