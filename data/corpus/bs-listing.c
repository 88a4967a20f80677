/* SPDX-License-Identifier: MIT */
/* Walks through a corpus folder by reading directories alone: tens of thousands of files are listed
 * without asking the system for any of them, which a cold disk or a network would punish. */
#include "data/corpus/bs-listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/bs-error.h"
#include "data/corpus/bs-metadata.h"

#define STATIC_SUFFIX "_static_features.npz"
#define CANCEL_EVERY 256

typedef struct {
  BsListing *listing;
  GHashTable *visited; /* "device:inode" of each folder */
  GPtrArray *waiting; /* of BsListedFolder; the last is next */
  GCancellable *cancellable;
} Walk;

static BsListedFolder *
listed_folder_new (char *path, guint depth)
{
  BsListedFolder *self = g_new0 (BsListedFolder, 1);
  self->path = path;
  self->depth = depth;
  for (int i = 0; i < BS_N_LISTED_KINDS; i++)
    self->names[i] = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
listed_folder_free (gpointer data)
{
  BsListedFolder *self = data;
  if (self == NULL)
    return;
  for (int i = 0; i < BS_N_LISTED_KINDS; i++)
    g_ptr_array_unref (self->names[i]);
  g_free (self->path);
  g_free (self);
}

static gboolean
ends_in (const char *name, gsize length, const char *suffix)
{
  gsize n = strlen (suffix);
  return length > n && g_ascii_strcasecmp (name + length - n, suffix) == 0;
}

static int
kind_of (const char *name)
{
  gsize n = strlen (name);
  if (ends_in (name, n, ".npy"))
    return BS_LISTED_ARRAY;
  if (bs_clip_name_stem_length (name) < n)
    return BS_LISTED_CLIP;
  if (ends_in (name, n, ".csv"))
    return BS_LISTED_TABLE;
  if (ends_in (name, n, STATIC_SUFFIX))
    return BS_LISTED_STATIC;
  return ends_in (name, n, ".json") ? BS_LISTED_JSON : -1;
}

/* Only links, and file systems that do not say, need to be asked. */
static gboolean
is_folder (int fd, const struct dirent *entry, gboolean *is_file)
{
  struct stat info;
  *is_file = entry->d_type == DT_REG;
  if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
    return entry->d_type == DT_DIR;
  if (fstatat (fd, entry->d_name, &info, 0) != 0)
    return FALSE;
  *is_file = S_ISREG (info.st_mode);
  return S_ISDIR (info.st_mode);
}

static int
compare_paths_backwards (gconstpointer a, gconstpointer b)
{
  const BsListedFolder *const *left = a, *const *right = b;
  return strcmp ((*right)->path, (*left)->path);
}

/* What begins with a dot is hidden: passing names, other systems' doubles, version control. */
static gboolean
read_entries (Walk *self, BsListedFolder *folder, DIR *dir, GError **error)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  gsize n = 0;
  for (struct dirent *entry; (entry = readdir (dir)) != NULL; n++) {
    gboolean is_file;
    if (n % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error)) {
      g_ptr_array_foreach (children, (GFunc) (void *) listed_folder_free, NULL);
      return FALSE;
    }
    if (entry->d_name[0] == '.')
      continue;
    if (is_folder (dirfd (dir), entry, &is_file)) {
      char *path = g_build_filename (folder->path, entry->d_name, NULL);
      g_ptr_array_add (children, listed_folder_new (path, folder->depth + 1));
      continue;
    }
    int kind = is_file ? kind_of (entry->d_name) : -1;
    if (kind >= 0)
      g_ptr_array_add (folder->names[kind], g_strdup (entry->d_name));
  }
  g_ptr_array_sort (children, compare_paths_backwards);
  g_ptr_array_extend_and_steal (self->waiting, g_steal_pointer (&children));
  return TRUE;
}

static gboolean
is_new (Walk *self, int fd)
{
  struct stat info;
  if (fstat (fd, &info) != 0)
    return FALSE;
  return g_hash_table_add (self->visited,
                           g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                            (guint64) info.st_dev, (guint64) info.st_ino));
}

static gboolean
refuse (Walk *self, const BsListedFolder *folder, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder->path);
  if (folder->depth == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: expected a folder that can be read: %s"),
                 name, g_strerror (code));
    return FALSE;
  }
  g_ptr_array_add (self->listing->unreadable,
                   g_strdup_printf ("%s: cannot be read: %s", name, g_strerror (code)));
  return TRUE;
}

static gboolean
read_folder (Walk *self, BsListedFolder *folder, GError **error)
{
  int fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (dir == NULL) {
    int code = errno;
    if (fd >= 0)
      close (fd);
    return refuse (self, folder, code, error);
  }
  /* A link may lead back to where the walk came from. */
  gboolean done = !is_new (self, fd) || read_entries (self, folder, dir, error);
  closedir (dir);
  return done;
}

static gboolean
walk_all (Walk *self, const char *folder, GError **error)
{
  g_ptr_array_add (self->waiting, listed_folder_new (g_strdup (folder), 0));
  while (self->waiting->len > 0) {
    BsListedFolder *next = g_ptr_array_steal_index (self->waiting, self->waiting->len - 1);
    g_ptr_array_add (self->listing->folders, next);
    if (!read_folder (self, next, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * bs_listing_new:
 * @folder: a folder
 * @cancellable: (nullable): checked every few hundred entries
 * @error: return location
 *
 * Lists @folder and everything below it, links followed, each folder once. Folders below it that
 * cannot be read are noted in the listing.
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL where @folder itself cannot be
 *   read or the walk was cancelled
 */
BsListing *
bs_listing_new (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsListing) self = g_new0 (BsListing, 1);
  self->folders = g_ptr_array_new_with_free_func (listed_folder_free);
  self->unreadable = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (listed_folder_free);
  Walk walk = { self, visited, waiting, cancellable };
  return walk_all (&walk, folder, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_listing_free:
 * @self: (transfer full): a listing
 */
void
bs_listing_free (BsListing *self)
{
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->unreadable);
  g_free (self);
}

/**
 * bs_listed_folder_has:
 * @self: a folder
 * @kind: what is sought
 * @name: a file's name, exactly
 *
 * Returns: whether that file lies in the folder
 */
gboolean
bs_listed_folder_has (const BsListedFolder *self, BsListedKind kind, const char *name)
{
  const GPtrArray *names = self->names[kind];
  for (guint i = 0; i < names->len; i++)
    if (strcmp (g_ptr_array_index (names, i), name) == 0)
      return TRUE;
  return FALSE;
}
