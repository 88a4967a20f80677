/* SPDX-License-Identifier: MIT */
/* A folder of a test's own, taken away with everything in it at the end of the block. */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TEST_NOBODY 65534

typedef struct {
  char *path;
  GPtrArray *paths;
} TestFolder;

static inline TestFolder *
test_folder_new (void)
{
  TestFolder *self = g_new0 (TestFolder, 1);
  g_autoptr (GError) error = NULL;
  self->path = g_dir_make_tmp ("blendscope-XXXXXX", &error);
  g_assert_no_error (error);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static inline void
test_folder_remove (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_chmod (path, g_file_test (path, G_FILE_TEST_IS_DIR) ? 0700 : 0600);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
      g_autofree char *child = g_build_filename (path, name, NULL);
      test_folder_remove (child);
    }
  }
  g_remove (path);
}

static inline void
test_folder_free (TestFolder *self)
{
  test_folder_remove (self->path);
  g_ptr_array_unref (self->paths);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

/* The path of @name below the folder, which lives as long as the folder. */
static inline const char *
test_folder_path (TestFolder *self, const char *name)
{
  char *path = g_build_filename (self->path, name, NULL);
  g_ptr_array_add (self->paths, path);
  return path;
}

static inline const char *
test_folder_write_bytes (TestFolder *self, const char *name, const void *data, gsize length)
{
  const char *path = test_folder_path (self, name);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static inline const char *
test_folder_write (TestFolder *self, const char *name, const char *text)
{
  return test_folder_write_bytes (self, name, text, strlen (text));
}

/* The owner of the machine may read and write everywhere, so it becomes nobody while it is tried
 * what happens to others; anybody else stays who they are. @mode is what the file or folder @name
 * allows. */
static inline void
test_folder_lock (TestFolder *self, const char *name, int mode)
{
  g_assert_cmpint (g_chmod (self->path, 0755), ==, 0);
  g_assert_cmpint (g_chmod (test_folder_path (self, name), mode), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (TEST_NOBODY), ==, 0);
}

static inline void
test_folder_unlock (TestFolder *self, const char *name)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (test_folder_path (self, name), 0755), ==, 0);
}

/* @message is looked for in the error, which must be there. */
static inline void
test_assert_message (GError *error, const char *message)
{
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("'%s' does not hold '%s'", error->message, message);
}
