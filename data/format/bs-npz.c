/* SPDX-License-Identifier: MIT */
/* Archives of NumPy arrays: a ZIP archive whose members are .npy files (numpy.savez). Callers
 * name members as NumPy does, without ".npy". */
#include "data/format/bs-npz-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/format/bs-zip.h"

#define BS_NPZ_SUFFIX ".npy"

struct _BsNpz {
  BsZip *zip;
  GPtrArray *names; /* in the directory's order, without the suffix */
  GHashTable *members; /* name -> index in the archive + 1 */
};

static char *
strip_suffix (const char *member)
{
  gsize n = strlen (member);
  if (g_str_has_suffix (member, BS_NPZ_SUFFIX))
    n -= strlen (BS_NPZ_SUFFIX);
  return g_strndup (member, n);
}

/**
 * bs_npz_new:
 * @source: an archive, kept
 * @error: place for a #GError
 *
 * Reads the directory; no array is read before it is asked for. Any thread.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error naming it and the member
 */
BsNpz *
bs_npz_new (BsByteSource *source, GError **error)
{
  BsZip *zip = bs_zip_open (source, error);
  if (zip == NULL)
    return NULL;
  g_autoptr (BsNpz) self = g_atomic_rc_box_new0 (BsNpz);
  self->zip = zip;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->members = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < bs_zip_n_members (zip); i++) {
    const char *member = bs_zip_member (zip, i);
    if (g_str_has_suffix (member, "/"))
      continue;
    char *array = strip_suffix (member);
    g_ptr_array_add (self->names, array);
    if (!g_hash_table_insert (self->members, array, GSIZE_TO_POINTER (i + 1))) {
      g_autofree char *excerpt = bs_error_excerpt (array);
      g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: the array '%s' is there twice"),
                   bs_zip_name (zip), excerpt);
      return NULL;
    }
  }
  return g_steal_pointer (&self);
}

/**
 * bs_npz_parse:
 * @bytes: an archive, kept
 * @name: what messages call it
 * @error: place for a #GError
 *
 * bs_npz_new() of what is in memory.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error naming @name and member
 */
BsNpz *
bs_npz_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, name);
  return bs_npz_new (source, error);
}

/**
 * bs_npz_open:
 * @path: a .npz file
 * @error: place for a #GError
 *
 * bs_npz_new() of a file, which stays open as long as the archive or an array of it.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error naming file and member
 */
BsNpz *
bs_npz_open (const char *path, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_open (path, error);
  return source != NULL ? bs_npz_new (source, error) : NULL;
}

static void
npz_clear (gpointer data)
{
  BsNpz *self = data;
  g_hash_table_unref (self->members);
  g_ptr_array_unref (self->names);
  bs_zip_unref (self->zip);
}

/**
 * bs_npz_ref:
 * @self: an archive
 *
 * Returns: (transfer full): @self
 */
BsNpz *
bs_npz_ref (BsNpz *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_npz_unref:
 * @self: (transfer full): an archive
 *
 * Arrays that were taken from it stay.
 */
void
bs_npz_unref (BsNpz *self)
{
  g_atomic_rc_box_release_full (self, npz_clear);
}

static gsize
lookup (const BsNpz *self, const char *member)
{
  g_autofree char *array = strip_suffix (member);
  return GPOINTER_TO_SIZE (g_hash_table_lookup (self->members, array));
}

/**
 * bs_npz_has:
 * @self: an archive
 * @member: an array's name, with ".npy" or without
 *
 * Returns: whether there is such an array
 */
gboolean
bs_npz_has (const BsNpz *self, const char *member)
{
  return lookup (self, member) > 0;
}

/**
 * bs_npz_source:
 * @self: an archive
 *
 * Returns: (transfer none): the archive's own bytes
 */
BsByteSource *
bs_npz_source (const BsNpz *self)
{
  return bs_zip_source (self->zip);
}

/**
 * bs_npz_list:
 * @self: an archive
 *
 * Returns: (transfer full): the arrays' names without ".npy", in the archive's order
 */
char **
bs_npz_list (const BsNpz *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < self->names->len; i++)
    g_strv_builder_add (names, g_ptr_array_index (self->names, i));
  return g_strv_builder_end (names);
}

/**
 * bs_npz_get:
 * @self: an archive
 * @member: an array's name, with ".npy" or without
 * @error: place for a #GError
 *
 * Opens an array, whose elements are read when they are used; one that is deflated is inflated now.
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the array, or %NULL with @error naming file and array
 */
BsArray *
bs_npz_get (BsNpz *self, const char *member, GError **error)
{
  gsize index = lookup (self, member);
  if (index == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: expected an array '%s'"),
                 bs_zip_name (self->zip), member);
    return NULL;
  }
  g_autofree char *excerpt = bs_error_excerpt (member);
  g_autofree char *name = g_strdup_printf ("%s: %s", bs_zip_name (self->zip), excerpt);
  g_autoptr (BsByteSource) source = bs_zip_open_member (self->zip, index - 1, name, error);
  return source != NULL ? bs_npy_new (source, error) : NULL;
}

typedef struct {
  char *member;
  GBytes *npy;
} Entry;

struct _BsNpzWriter {
  GArray *entries;
  GHashTable *members;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;
  g_free (entry->member);
  g_bytes_unref (entry->npy);
}

/**
 * bs_npz_writer_new:
 *
 * Returns: (transfer full): a writer without members
 */
BsNpzWriter *
bs_npz_writer_new (void)
{
  BsNpzWriter *self = g_new0 (BsNpzWriter, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->members = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * bs_npz_writer_add:
 * @self: a writer
 * @member: the array's name, with ".npy" or without; every name once
 * @npy: a .npy file, kept
 */
void
bs_npz_writer_add (BsNpzWriter *self, const char *member, GBytes *npy)
{
  g_return_if_fail (npy != NULL);
  g_autofree char *array = strip_suffix (member);
  Entry entry = { g_strconcat (array, BS_NPZ_SUFFIX, NULL), g_bytes_ref (npy) };
  g_array_append_val (self->entries, entry);
  if (!g_hash_table_add (self->members, entry.member))
    g_critical ("the array '%s' is added twice", array);
}

/**
 * bs_npz_writer_save:
 * @self: a writer
 * @path: the .npz file to be
 * @error: place for a #GError
 *
 * Writes the arrays, stored, as numpy.savez() does. The file is replaced whole or not at all.
 *
 * Returns: whether it is there
 */
gboolean
bs_npz_writer_save (BsNpzWriter *self, const char *path, GError **error)
{
  g_autoptr (BsZipWriter) zip = bs_zip_writer_new (path, error);
  if (zip == NULL)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    if (!bs_zip_writer_add (zip, entry->member, entry->npy, error))
      return FALSE;
  }
  return bs_zip_writer_commit (zip, error);
}

/**
 * bs_npz_writer_free:
 * @self: (transfer full): a writer
 */
void
bs_npz_writer_free (BsNpzWriter *self)
{
  g_hash_table_unref (self->members);
  g_array_unref (self->entries);
  g_free (self);
}
