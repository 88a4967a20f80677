/* SPDX-License-Identifier: MIT */
/* Reading files that other programs may write. A mapping of one ends the program when the file is
 * shortened, whatever was checked before; so bytes are read when they are used. Whether they are
 * still those of the file that was opened, its times tell: they change before the first new byte
 * can be read. That holds only from a moment on at which nobody is writing, for which opening
 * waits. */
#define _GNU_SOURCE /* F_SETLEASE, F_SETSIG */
#include "data/format/bs-open-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "data/base/bs-error.h"

#define MS G_GINT64_CONSTANT (1000000) /* in nanoseconds */
#define QUIET_OPEN_NS (2000 * MS) /* of a file that another program has open for writing */
#define QUIET_UNKNOWN_NS (100 * MS) /* of a file of which that cannot be known */
#define TICK_NS (20 * MS) /* longer than the clock that stamps files takes to advance */
#define MAX_WAIT_NS (600 * MS)
#define WAIT_US 1000

struct _BsOpenFile {
  char *path;
  char *name; /* for messages */
  int fd; /* -1: opened again for each read */
  struct stat info;
};

typedef enum {
  WRITER_NONE,
  WRITER_UNKNOWN,
  WRITER_OPEN,
} Writer;

static void
set_read_error (const char *name, int number, GError **error)
{
  g_set_error (error, BS_ERROR, number == ENOENT ? BS_ERROR_MISSING : BS_ERROR_FILE,
               _ ("%s: cannot be read: %s"), name, g_strerror (number));
}

/* Opening a named pipe would wait for its writer for ever. */
static int
open_regular (const char *path, const char *name, struct stat *info, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 || fstat (fd, info) != 0)
    g_set_error (error, BS_ERROR, errno == ENOENT ? BS_ERROR_MISSING : BS_ERROR_FILE,
                 _ ("%s: cannot be opened: %s"), name, g_strerror (errno));
  else if (!S_ISREG (info->st_mode))
    g_set_error (error, BS_ERROR, BS_ERROR_FILE,
                 S_ISDIR (info->st_mode) ? _ ("%s: expected a file, not a folder")
                                         : _ ("%s: expected a file, not a device"),
                 name);
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static gint64
to_ns (struct timespec time)
{
  return (gint64) time.tv_sec * 1000 * MS + time.tv_nsec;
}

static gint64
now_ns (clockid_t clock)
{
  struct timespec now;
  clock_gettime (clock, &now);
  return to_ns (now);
}

/* A lease is given only on a file that nobody has open for writing, and is taken back at once. The
 * signal that it is asked back by meanwhile is one that is ignored by default. */
static Writer
find_writer (int fd)
{
  fcntl (fd, F_SETSIG, SIGURG);
  if (fcntl (fd, F_SETLEASE, F_RDLCK) != 0)
    return errno == EAGAIN ? WRITER_OPEN : WRITER_UNKNOWN;
  fcntl (fd, F_SETLEASE, F_UNLCK);
  return WRITER_NONE;
}

static gint64
quiet_ns (Writer writer)
{
  return writer == WRITER_NONE ? 0 : writer == WRITER_OPEN ? QUIET_OPEN_NS : QUIET_UNKNOWN_NS;
}

/* Waits until a later change must show in the file's times: until nobody is in the middle of
 * writing it and the clock that stamps files has moved on since the last change. A clock of another
 * machine that is ahead is waited for no longer than its file stays as it is. */
static gboolean
settle (BsOpenFile *self, GError **error)
{
  gint64 start = now_ns (CLOCK_MONOTONIC), same_since = start, changed = G_MININT64;
  for (;;) {
    gint64 stamp = now_ns (CLOCK_REALTIME_COARSE), now = now_ns (CLOCK_MONOTONIC);
    gint64 quiet = quiet_ns (find_writer (self->fd));
    if (fstat (self->fd, &self->info) != 0) {
      set_read_error (self->name, errno, error);
      return FALSE;
    }
    if (to_ns (self->info.st_ctim) != changed)
      same_since = now;
    changed = to_ns (self->info.st_ctim);
    if (stamp - changed > quiet || now - same_since > MAX (quiet, TICK_NS))
      return TRUE;
    if (now - start > MAX_WAIT_NS)
      break;
    g_usleep (WAIT_US);
  }
  g_set_error (error, BS_ERROR, BS_ERROR_CHANGED,
               _ ("%s: is being written by another program; open it when that is done"),
               self->name);
  return FALSE;
}

/* Deleting or replacing the file changes its second time too, but not its bytes, which stay as long
 * as they are open. */
static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         to_ns (a->st_mtim) == to_ns (b->st_mtim) &&
         (to_ns (a->st_ctim) == to_ns (b->st_ctim) || a->st_nlink != b->st_nlink);
}

static gboolean
refuse_changed (const BsOpenFile *self, GError **error)
{
  g_set_error (error, BS_ERROR, BS_ERROR_CHANGED,
               _ ("%s: was changed by another program after it had been opened; open it again"),
               self->name);
  return FALSE;
}

/**
 * bs_open_file_new:
 * @path: a file
 * @error: %BS_ERROR_MISSING, %BS_ERROR_FILE, or %BS_ERROR_CHANGED where another program is writing
 *   it and does not come to an end
 *
 * Waits some milliseconds where the file was changed a moment ago, 0.6 s at most where it is being
 * written. Any thread.
 *
 * Returns: (transfer full) (nullable): the file as it is now
 */
BsOpenFile *
bs_open_file_new (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat info;
  int fd = open_regular (path, name, &info, error);
  if (fd < 0)
    return NULL;
  g_autoptr (BsOpenFile) self = g_atomic_rc_box_new0 (BsOpenFile);
  self->path = g_strdup (path);
  self->name = g_steal_pointer (&name);
  self->fd = fd;
  return settle (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_open_file_ref:
 * @self: a file
 *
 * Returns: (transfer full): @self
 */
BsOpenFile *
bs_open_file_ref (BsOpenFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
open_file_clear (gpointer data)
{
  BsOpenFile *self = data;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->name);
}

/**
 * bs_open_file_unref:
 * @self: (transfer full): a file
 */
void
bs_open_file_unref (BsOpenFile *self)
{
  g_atomic_rc_box_release_full (self, open_file_clear);
}

/**
 * bs_open_file_name:
 * @self: a file
 *
 * Returns: (transfer none): its path, for messages
 */
const char *
bs_open_file_name (const BsOpenFile *self)
{
  return self->name;
}

/**
 * bs_open_file_path:
 * @self: a file
 *
 * Returns: (transfer none) (type filename): its path
 */
const char *
bs_open_file_path (const BsOpenFile *self)
{
  return self->path;
}

/**
 * bs_open_file_size:
 * @self: a file
 *
 * Returns: bytes when it was opened
 */
guint64
bs_open_file_size (const BsOpenFile *self)
{
  return (guint64) self->info.st_size;
}

/**
 * bs_open_file_release_descriptor:
 * @self: a file that is not shared yet
 *
 * From now on every read opens the path again and refuses another file than the one that was
 * opened: for thousands of files, of which a process may not have as many open at once.
 */
void
bs_open_file_release_descriptor (BsOpenFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/**
 * bs_open_file_is_current:
 * @self: a file
 *
 * Asks the disk. Any thread.
 *
 * Returns: whether the file's path still leads to it, unchanged
 */
gboolean
bs_open_file_is_current (const BsOpenFile *self)
{
  struct stat info;
  return stat (self->path, &info) == 0 && is_same (&info, &self->info);
}

static gboolean
read_range (int fd, guint64 base, const BsFileRange *range)
{
  guint8 *out = range->out;
  guint64 at = base + range->offset;
  for (gsize left = range->n; left > 0;) {
    gssize n = pread (fd, out, MIN (left, G_MAXINT), (off_t) at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      errno = EIO;
    if (n <= 0)
      return FALSE;
    out += n;
    at += (guint64) n;
    left -= (gsize) n;
  }
  return TRUE;
}

static gboolean
read_ranges (const BsOpenFile *self, int fd, guint64 base, const BsFileRange *ranges,
             gsize n_ranges, GError **error)
{
  struct stat info;
  int number = 0;
  for (gsize i = 0; i < n_ranges && number == 0; i++)
    if (!read_range (fd, base, &ranges[i]))
      number = errno;
  if (fstat (fd, &info) != 0 && number == 0)
    number = errno;
  else if (!is_same (&info, &self->info))
    return refuse_changed (self, error);
  if (number != 0)
    set_read_error (self->name, number, error);
  return number == 0;
}

/**
 * bs_open_file_read:
 * @self: a file
 * @base: added to the ranges' offsets
 * @ranges: (array length=n_ranges): within the file
 * @n_ranges: how many
 * @error: %BS_ERROR_CHANGED where the file is not the one any more that was opened, %BS_ERROR_FILE
 *
 * Fills all ranges from one state of the file. Any thread.
 *
 * Returns: whether they were read; what they hold after %FALSE is not to be used
 */
gboolean
bs_open_file_read (const BsOpenFile *self, guint64 base, const BsFileRange *ranges, gsize n_ranges,
                   GError **error)
{
  struct stat info;
  if (self->fd >= 0)
    return read_ranges (self, self->fd, base, ranges, n_ranges, error);
  int fd = open_regular (self->path, self->name, &info, NULL);
  if (fd < 0 || !is_same (&info, &self->info)) {
    if (fd >= 0)
      close (fd);
    return refuse_changed (self, error);
  }
  gboolean done = read_ranges (self, fd, base, ranges, n_ranges, error);
  close (fd);
  return done;
}
