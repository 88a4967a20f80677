/* SPDX-License-Identifier: MIT */
/* Files read and written whole. A reader of one of our files never sees half of it, whatever
 * happens while it is written: power, a full disk, a second writer. */
#include "data/format/bs-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "data/base/bs-error.h"
#include "data/format/bs-open-file.h"
#include "data/format/bs-temporary.h"

#define MAX_LINKS 40 /* as Linux follows */
#define HELD_CHUNK 65536

struct _BsFileWriter {
  char *path;
  char *temporary; /* NULL once it is renamed, and of a stream */
  gboolean is_stream;
  int fd;
  int held; /* of a stream that is written at offsets: its bytes until the commit; else -1 */
};

static void
set_write_error (GError **error, const char *path, int number)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, BS_ERROR, number == ENOENT ? BS_ERROR_MISSING : BS_ERROR_FILE,
               _ ("%s: cannot be written: %s"), name, g_strerror (number));
}

/**
 * bs_file_make_folder:
 * @path: a folder
 * @error: return location
 *
 * Makes the folder and those above it where they are missing.
 *
 * Returns: whether it is there
 */
gboolean
bs_file_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: the folder cannot be made: %s"), path,
               g_strerror (errno));
  return FALSE;
}

/* One byte more than the file has, so that text can end in it. */
static guint8 *
read_whole (const char *path, gsize *length, GError **error)
{
  g_autoptr (BsOpenFile) file = bs_open_file_new (path, error);
  if (file == NULL)
    return NULL;
  guint64 size = bs_open_file_size (file);
  g_autofree guint8 *data = size < G_MAXSIZE ? g_try_malloc (size + 1) : NULL;
  if (data == NULL) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: does not fit the memory"), name);
    return NULL;
  }
  const BsFileRange all = { 0, size, data };
  if (!bs_open_file_read (file, 0, &all, 1, error))
    return NULL;
  *length = size;
  return g_steal_pointer (&data);
}

/**
 * bs_file_read_bytes:
 * @path: a file
 * @error: place for a #GError
 *
 * Reads a file whole. Any thread.
 *
 * Returns: (transfer full) (nullable): the file's bytes, aligned as by malloc(), or %NULL with
 *   @error set
 */
GBytes *
bs_file_read_bytes (const char *path, GError **error)
{
  gsize length;
  guint8 *data = read_whole (path, &length, error);
  return data != NULL ? g_bytes_new_take (data, length) : NULL;
}

/**
 * bs_file_read:
 * @path: a file
 * @length: (out) (optional): number of bytes, without the one added
 * @error: place for a #GError
 *
 * Reads a file whole and adds a NUL. Any thread.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL with @error set
 */
char *
bs_file_read (const char *path, gsize *length, GError **error)
{
  gsize n;
  char *text = (char *) read_whole (path, &n, error);
  if (text == NULL)
    return NULL;
  text[n] = '\0';
  if (length != NULL)
    *length = n;
  return text;
}

/**
 * bs_file_sum:
 * @sum: of what lies before, 0 at the start
 * @data: (array length=length): bytes
 * @length: their number
 *
 * CRC-32, by which a file of ours finds that it was cut off or damaged.
 *
 * Returns: the sum with @data
 */
guint32
bs_file_sum (guint32 sum, const void *data, gsize length)
{
  return (guint32) crc32_z (sum, data, length);
}

/**
 * bs_file_dup_target:
 * @path: of a file or folder, which need not be there
 *
 * Returns: (transfer full): @path, or what the symbolic links of that name lead to in the end
 */
char *
bs_file_dup_target (const char *path)
{
  g_autofree char *target = g_strdup (path);
  for (int i = 0; i < MAX_LINKS; i++) {
    g_autofree char *next = g_file_read_link (target, NULL);
    if (next == NULL)
      return g_steal_pointer (&target);
    g_autofree char *folder = g_path_get_dirname (target);
    g_free (target);
    target =
      g_path_is_absolute (next) ? g_steal_pointer (&next) : g_build_filename (folder, next, NULL);
  }
  return g_strdup (path); /* in a circle: opening it says so */
}

/* The mode is the one of the file that is replaced, or what the umask leaves. */
static int
open_temporary (const char *path, char **temporary)
{
  struct stat info;
  gboolean replaces = g_stat (path, &info) == 0;
  int fd = bs_temporary_file_new (path, 0666, temporary);
  if (fd >= 0 && replaces && fchmod (fd, info.st_mode & 0777) != 0) {
    int number = errno;
    g_unlink (*temporary);
    g_clear_pointer (temporary, g_free);
    close (fd);
    errno = number;
    return -1;
  }
  return fd;
}

/* Pipes and devices, which cannot be replaced and have no whole content. */
static gboolean
is_stream (const char *path)
{
  struct stat info;
  return g_stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode);
}

/**
 * bs_file_writer_new:
 * @path: the file to be; where it is a symbolic link, what it leads to
 * @error: place for a #GError
 *
 * Starts a file beside @path; @path itself is not touched before bs_file_writer_commit(). A pipe or
 * a device is written to as it is.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with @error set
 */
BsFileWriter *
bs_file_writer_new (const char *path, GError **error)
{
  g_autofree char *target = is_stream (path) ? g_strdup (path) : bs_file_dup_target (path);
  g_autofree char *temporary = NULL;
  gboolean stream = is_stream (target);
  int fd = stream ? g_open (target, O_WRONLY | O_CLOEXEC, 0) : open_temporary (target, &temporary);
  if (fd < 0) {
    set_write_error (error, path, errno);
    return NULL;
  }
  BsFileWriter *self = g_new0 (BsFileWriter, 1);
  self->path = g_steal_pointer (&target);
  self->temporary = g_steal_pointer (&temporary);
  self->is_stream = stream;
  self->fd = fd;
  self->held = -1;
  return self;
}

/* At @offset, or behind what was written last where it is negative. */
static gboolean
write_all (BsFileWriter *self, int fd, gint64 offset, const guint8 *bytes, gsize length,
           GError **error)
{
  while (length > 0) {
    gsize most = MIN (length, G_MAXINT);
    gssize n = offset < 0 ? write (fd, bytes, most) : pwrite (fd, bytes, most, offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_write_error (error, self->path, errno);
      return FALSE;
    }
    bytes += n;
    length -= (gsize) n;
    offset += offset < 0 ? 0 : n;
  }
  return TRUE;
}

/**
 * bs_file_writer_add:
 * @self: a writer
 * @data: (array length=length): bytes
 * @length: their number
 * @error: place for a #GError
 *
 * Returns: whether the bytes were written; after %FALSE the writer can only be freed
 */
gboolean
bs_file_writer_add (BsFileWriter *self, const void *data, gsize length, GError **error)
{
  return write_all (self, self->fd, -1, data, length, error);
}

/* A file without a name, since a stream does not go back. */
static int
open_held (void)
{
  g_autofree char *name = g_build_filename (g_get_tmp_dir (), "blendscope-XXXXXX", NULL);
  int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (name);
  return fd;
}

/**
 * bs_file_writer_write_at:
 * @self: a writer, of which bs_file_writer_add() is not used
 * @offset: where the first byte goes, in bytes from the file's start
 * @data: (array length=length): bytes
 * @length: their number
 * @error: place for a #GError
 *
 * Writes anywhere, also over what was written. What goes to a pipe or a device is held in a
 * temporary file until bs_file_writer_commit().
 *
 * Returns: whether the bytes were written; after %FALSE the writer can only be freed
 */
gboolean
bs_file_writer_write_at (BsFileWriter *self, guint64 offset, const void *data, gsize length,
                         GError **error)
{
  if (self->is_stream && self->held < 0 && (self->held = open_held ()) < 0) {
    set_write_error (error, self->path, errno);
    return FALSE;
  }
  return write_all (self, self->is_stream ? self->held : self->fd, (gint64) offset, data, length,
                    error);
}

static gboolean
pass_on_held (BsFileWriter *self, GError **error)
{
  guint8 chunk[HELD_CHUNK];
  gssize n;
  for (off_t at = 0; (n = pread (self->held, chunk, sizeof chunk, at)) != 0; at += MAX (n, 0)) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_write_error (error, self->path, errno);
      return FALSE;
    }
    if (!bs_file_writer_add (self, chunk, (gsize) n, error))
      return FALSE;
  }
  return TRUE;
}

/* Without it the new name may be lost with the power although the bytes are safe. File systems
 * that cannot sync a folder say so, and lose nothing by it. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY, 0);
  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/**
 * bs_file_writer_commit:
 * @self: a writer
 * @error: place for a #GError
 *
 * Puts the file under its name, replacing what was there. Afterwards @self can only be freed.
 *
 * Returns: whether the file is there, whole
 */
gboolean
bs_file_writer_commit (BsFileWriter *self, GError **error)
{
  g_return_val_if_fail ((self->temporary != NULL || self->is_stream) && self->fd >= 0, FALSE);
  if (self->held >= 0 && !pass_on_held (self, error))
    return FALSE;
  gboolean good = self->is_stream || fsync (self->fd) == 0 || errno == EINVAL;
  /* Closed after it has its name: without its lock it would be taken for a left-over. */
  good = good && (self->is_stream || g_rename (self->temporary, self->path) == 0);
  if (!good) {
    set_write_error (error, self->path, errno);
    return FALSE;
  }
  g_clear_pointer (&self->temporary, g_free);
  int fd = self->fd;
  self->fd = -1;
  if (close (fd) != 0) {
    set_write_error (error, self->path, errno);
    return FALSE;
  }
  if (!self->is_stream)
    sync_folder (self->path);
  return TRUE;
}

/**
 * bs_file_writer_free:
 * @self: (transfer full): a writer
 *
 * Frees the writer; what was not committed is taken away.
 */
void
bs_file_writer_free (BsFileWriter *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  if (self->fd >= 0)
    close (self->fd);
  if (self->held >= 0)
    close (self->held);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/**
 * bs_file_write:
 * @path: the file to be
 * @data: (array length=length): its bytes
 * @length: their number
 * @error: place for a #GError
 *
 * Writes a file whole or not at all, replacing what was there. Any thread.
 *
 * Returns: whether it is there
 */
gboolean
bs_file_write (const char *path, const void *data, gsize length, GError **error)
{
  g_autoptr (BsFileWriter) writer = bs_file_writer_new (path, error);
  return writer != NULL && bs_file_writer_add (writer, data, length, error) &&
         bs_file_writer_commit (writer, error);
}
