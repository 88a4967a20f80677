/* SPDX-License-Identifier: MIT */
/* A lock on a folder's own descriptor (flock), which the kernel drops however the process ends. A
 * hidden file in the folder says who holds it; after a crash it says who held it, which nobody
 * reads. */
#include "data/format/bs-folder-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"

#define OWNER ".blendscope-owner"

struct _BsFolderLock {
  char *owner; /* the file that says who has it */
  int fd;
  dev_t device;
  ino_t inode;
  int n_users; /* guarded by the mutex, as the list */
};

static GMutex mutex;
static GList *held; /* of this process: a lock taken by another descriptor would be in its way */

static BsFolderLock *
find (const struct stat *info)
{
  for (GList *l = held; l != NULL; l = l->next) {
    BsFolderLock *lock = l->data;
    if (lock->device == info->st_dev && lock->inode == info->st_ino)
      return lock;
  }
  return NULL;
}

/* Program, process and machine, a line each. Where it cannot be written the lock holds all the
 * same. */
static void
write_owner (const char *path)
{
  const char *program = g_get_prgname ();
  g_autofree char *text = g_strdup_printf ("%s\n%d\n%s\n", program != NULL ? program : "-",
                                           (int) getpid (), g_get_host_name ());
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd >= 0 && write (fd, text, strlen (text)) < 0)
    g_unlink (path);
  if (fd >= 0)
    close (fd);
}

static void
set_held (const char *folder, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *text = bs_file_read (path, NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 4);
  if (g_strv_length (lines) < 3)
    g_set_error (error, BS_ERROR, BS_ERROR_BUSY, _ ("%s: is being written by another program"),
                 name);
  else
    g_set_error (error, BS_ERROR, BS_ERROR_BUSY, _ ("%s: is being written by %s, process %s on %s"),
                 name, lines[0], lines[1], lines[2]);
}

/* With the mutex held. */
static BsFolderLock *
take (int fd, const struct stat *info, const char *folder, gboolean is_alone, GError **error)
{
  g_autofree char *owner = g_build_filename (folder, OWNER, NULL);
  BsFolderLock *self = find (info);
  if (self != NULL && is_alone) {
    set_held (folder, owner, error);
    close (fd);
    return NULL;
  }
  if (self != NULL) {
    self->n_users++;
    close (fd);
    return self;
  }
  /* A file system that knows no locks, as some that lie on other machines do not, is written to
   * as it was before there were any. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    set_held (folder, owner, error);
    close (fd);
    return NULL;
  }
  write_owner (owner);
  self = g_new (BsFolderLock, 1);
  *self = (BsFolderLock){ g_steal_pointer (&owner), fd, info->st_dev, info->st_ino, 1 };
  held = g_list_prepend (held, self);
  return self;
}

static BsFolderLock *
lock (const char *folder, gboolean is_alone, GError **error)
{
  struct stat info;
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0 || fstat (fd, &info) != 0) {
    g_autofree char *name = g_filename_display_name (folder);
    g_set_error (error, BS_ERROR, errno == ENOENT ? BS_ERROR_MISSING : BS_ERROR_FILE,
                 _ ("%s: the folder cannot be opened: %s"), name, g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  g_mutex_lock (&mutex);
  BsFolderLock *self = take (fd, &info, folder, is_alone, error);
  g_mutex_unlock (&mutex);
  return self;
}

/**
 * bs_folder_lock_new:
 * @folder: a folder that is there
 * @error: %BS_ERROR_BUSY where another process has it, saying which; %BS_ERROR_MISSING or
 *   %BS_ERROR_FILE where it cannot be opened
 *
 * This process may take it again: all have it until the last is freed.
 *
 * Returns: (transfer full) (nullable): the lock
 */
BsFolderLock *
bs_folder_lock_new (const char *folder, GError **error)
{
  return lock (folder, FALSE, error);
}

/**
 * bs_folder_lock_new_alone:
 * @folder: a folder that is there
 * @error: as bs_folder_lock_new()
 *
 * bs_folder_lock_new() that is refused where this process has the folder too, as another window
 * of it may.
 *
 * Returns: (transfer full) (nullable): the lock
 */
BsFolderLock *
bs_folder_lock_new_alone (const char *folder, GError **error)
{
  return lock (folder, TRUE, error);
}

/**
 * bs_folder_lock_is_on:
 * @self: a lock
 * @folder: a name
 *
 * Returns: whether that name still is the folder's
 */
gboolean
bs_folder_lock_is_on (BsFolderLock *self, const char *folder)
{
  struct stat info;
  return g_stat (folder, &info) == 0 && info.st_dev == self->device && info.st_ino == self->inode;
}

/**
 * bs_folder_lock_free:
 * @self: (transfer full): a lock
 */
void
bs_folder_lock_free (BsFolderLock *self)
{
  g_mutex_lock (&mutex);
  if (--self->n_users == 0) {
    held = g_list_remove (held, self);
    g_unlink (self->owner);
    close (self->fd);
    g_free (self->owner);
    g_free (self);
  }
  g_mutex_unlock (&mutex);
}
