/* SPDX-License-Identifier: MIT */
/* What is not finished yet lies beside its place as .NAME.blendscope-XXXXXX, where no listing shows
 * it, and its writer holds a lock (flock) on it. The kernel drops the lock however the writer ends,
 * so that what is not locked belongs to nobody and can be taken away. */
#include "data/format/bs-temporary-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".blendscope-"
#define MARK_OF_RUNS ".tmp-" /* by which earlier versions marked folders of runs */
#define N_RANDOM 6
#define MAX_BASE 200 /* bytes of the name that are kept: with the mark it must fit into 255 */

static char *
dup_template (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.*s" MARK "XXXXXX", MAX_BASE, base);
  return g_build_filename (folder, hidden, NULL);
}

/* Whether the file system knows no locks, as some that lie on other machines. */
static gboolean
is_without_locks (int number)
{
  return number == ENOLCK || number == EOPNOTSUPP || number == EBADF || number == EINVAL;
}

/* Takes the lock of what was just made. Between the making and the lock somebody may have found it
 * without owner and taken it away: then it is made again. */
static gboolean
own (int fd)
{
  struct stat info;
  while (flock (fd, LOCK_EX) != 0)
    if (errno != EINTR)
      return is_without_locks (errno);
  return fstat (fd, &info) == 0 && info.st_nlink > 0;
}

/**
 * bs_temporary_file_new:
 * @path: the file to be
 * @mode: with what it is made, less the umask
 * @temporary: (out) (transfer full): name of the new file beside @path
 *
 * Also takes away what earlier writers left in that folder, the first time it is written to. Any
 * thread.
 *
 * Returns: its descriptor, to be closed once it has its name or is unlinked; -1 with errno set
 */
int
bs_temporary_file_new (const char *path, int mode, char **temporary)
{
  g_autofree char *folder = g_path_get_dirname (path);
  bs_temporary_sweep_once (folder);
  for (;;) {
    g_autofree char *name = dup_template (path);
    int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, mode);
    if (fd >= 0 && !own (fd)) {
      close (fd);
      continue;
    }
    *temporary = fd >= 0 ? g_steal_pointer (&name) : NULL;
    return fd;
  }
}

/**
 * bs_temporary_folder_new:
 * @path: the folder to be
 * @temporary: (out) (transfer full): name of the new folder beside @path
 *
 * As bs_temporary_file_new(), for a folder.
 *
 * Returns: its descriptor, to be closed once it has its name or is removed; -1 with errno set
 */
int
bs_temporary_folder_new (const char *path, char **temporary)
{
  g_autofree char *parent = g_path_get_dirname (path);
  bs_temporary_sweep_once (parent);
  *temporary = NULL;
  for (;;) {
    g_autofree char *name = dup_template (path);
    if (g_mkdtemp_full (name, 0777) == NULL)
      return -1;
    int fd = g_open (name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
      return -1;
    if (own (fd)) {
      *temporary = g_steal_pointer (&name);
      return fd;
    }
    close (fd);
  }
}

/**
 * bs_temporary_folder_remove:
 * @folder: a folder of files
 *
 * Takes away the files in it, and then the folder.
 */
void
bs_temporary_folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

static gboolean
ends_in_mark (const char *name, const char *mark)
{
  gsize length = strlen (name), n = strlen (mark) + N_RANDOM;
  if (name[0] != '.' || length <= n || strncmp (name + length - n, mark, n - N_RANDOM) != 0)
    return FALSE;
  for (const char *c = name + length - N_RANDOM; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return FALSE;
  return TRUE;
}

/* An earlier version's mark is a common one: such a folder must hold a run's files and no other. */
static gboolean
is_of_a_run (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    if (!g_str_equal (name, "run.json") && !g_str_equal (name, "probabilities.npz") &&
        !g_str_equal (name, "history.csv") && !g_str_has_suffix (name, ".safetensors") &&
        name[0] != '.')
      return FALSE;
  return dir != NULL;
}

static void
sweep_one (const char *path, gboolean earlier)
{
  struct stat info;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && flock (fd, LOCK_EX | LOCK_NB) == 0) {
    if (S_ISREG (info.st_mode) && !earlier)
      g_unlink (path);
    else if (S_ISDIR (info.st_mode) && (!earlier || is_of_a_run (path)))
      bs_temporary_folder_remove (path);
  }
  close (fd);
}

/**
 * bs_temporary_sweep:
 * @folder: a folder, which need not be there
 *
 * Takes away the unfinished files and folders in it that no living writer owns. Blocks; any thread.
 */
void
bs_temporary_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    gboolean earlier = ends_in_mark (name, MARK_OF_RUNS);
    if (!earlier && !ends_in_mark (name, MARK))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    sweep_one (path, earlier);
  }
}

/**
 * bs_temporary_sweep_once:
 * @folder: a folder, which need not be there
 *
 * bs_temporary_sweep() the first time that this process names @folder: thousands of clips are
 * written to one. Any thread.
 */
void
bs_temporary_sweep_once (const char *folder)
{
  static GMutex lock;
  static GHashTable *swept;
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_mutex_lock (&lock);
  if (swept == NULL)
    swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_new = g_hash_table_add (swept, g_steal_pointer (&path));
  g_mutex_unlock (&lock);
  if (is_new)
    bs_temporary_sweep (folder);
}
