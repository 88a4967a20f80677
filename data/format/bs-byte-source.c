/* SPDX-License-Identifier: MIT */
/* Bytes that a reader takes where it needs them, so that of a large file only the parts are read
 * that are wanted. */
#include "data/format/bs-byte-source.h"

#include <glib/gi18n.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "data/base/bs-error.h"

struct _BsByteSource {
  char *name;
  BsOpenFile *file; /* one of the two is NULL */
  GBytes *bytes;
  guint64 offset;
  guint64 size;
  gboolean has_crc;
  guint32 crc; /* of all of them */
};

/**
 * bs_byte_source_new:
 * @bytes: kept
 * @name: what messages call it
 *
 * Returns: (transfer full): bytes in memory
 */
BsByteSource *
bs_byte_source_new (GBytes *bytes, const char *name)
{
  BsByteSource *self = g_atomic_rc_box_new0 (BsByteSource);
  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  return self;
}

/**
 * bs_byte_source_open:
 * @path: a file
 * @error: as bs_open_file_new()
 *
 * Returns: (transfer full) (nullable): the file's bytes, none of which is read yet
 */
BsByteSource *
bs_byte_source_open (const char *path, GError **error)
{
  BsOpenFile *file = bs_open_file_new (path, error);
  if (file == NULL)
    return NULL;
  BsByteSource *self = g_atomic_rc_box_new0 (BsByteSource);
  self->name = g_strdup (bs_open_file_name (file));
  self->file = file;
  self->size = bs_open_file_size (file);
  return self;
}

/**
 * bs_byte_source_slice:
 * @self: bytes
 * @offset: first byte
 * @size: number of bytes; within @self
 * @name: what messages call it
 *
 * Returns: (transfer full): a part of @self, which is kept
 */
BsByteSource *
bs_byte_source_slice (BsByteSource *self, guint64 offset, guint64 size, const char *name)
{
  g_return_val_if_fail (offset <= self->size && size <= self->size - offset, NULL);
  BsByteSource *slice = g_atomic_rc_box_new0 (BsByteSource);
  slice->name = g_strdup (name);
  slice->file = self->file != NULL ? bs_open_file_ref (self->file) : NULL;
  slice->bytes = self->bytes != NULL ? g_bytes_ref (self->bytes) : NULL;
  slice->offset = self->offset + offset;
  slice->size = size;
  return slice;
}

/**
 * bs_byte_source_ref:
 * @self: bytes
 *
 * Returns: (transfer full): @self
 */
BsByteSource *
bs_byte_source_ref (BsByteSource *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
byte_source_clear (gpointer data)
{
  BsByteSource *self = data;
  g_clear_pointer (&self->file, bs_open_file_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
}

/**
 * bs_byte_source_unref:
 * @self: (transfer full): bytes
 */
void
bs_byte_source_unref (BsByteSource *self)
{
  g_atomic_rc_box_release_full (self, byte_source_clear);
}

/**
 * bs_byte_source_name:
 * @self: bytes
 *
 * Returns: (transfer none): what messages call it
 */
const char *
bs_byte_source_name (const BsByteSource *self)
{
  return self->name;
}

/**
 * bs_byte_source_size:
 * @self: bytes
 *
 * Returns: their number
 */
guint64
bs_byte_source_size (const BsByteSource *self)
{
  return self->size;
}

/**
 * bs_byte_source_file:
 * @self: bytes
 *
 * Returns: (transfer none) (nullable): the file they lie in; %NULL where they are in memory
 */
BsOpenFile *
bs_byte_source_file (const BsByteSource *self)
{
  return self->file;
}

/**
 * bs_byte_source_set_crc:
 * @self: bytes that are not shared yet
 * @crc: what the CRC-32 of all of them has to be
 *
 * Says what whoever reads them whole can check.
 */
void
bs_byte_source_set_crc (BsByteSource *self, guint32 crc)
{
  self->has_crc = TRUE;
  self->crc = crc;
}

/**
 * bs_byte_source_has_crc:
 * @self: bytes
 *
 * Returns: whether bs_byte_source_check() looks at anything
 */
gboolean
bs_byte_source_has_crc (const BsByteSource *self)
{
  return self->has_crc;
}

/**
 * bs_byte_source_check:
 * @self: bytes, all of which have been read
 * @start: number of bytes that are still to be summed, from the first on; a header
 * @crc: CRC-32 of those that follow
 * @error: %BS_ERROR_SYNTAX where the sum is another, and the reader's
 *
 * Returns: whether the bytes are those that were summed once; %TRUE where none ever were
 */
gboolean
bs_byte_source_check (const BsByteSource *self, guint64 start, guint32 crc, GError **error)
{
  if (!self->has_crc)
    return TRUE;
  g_autoptr (GBytes) header = bs_byte_source_read_bytes (self, 0, start, error);
  if (header == NULL)
    return FALSE;
  gsize n = 0;
  const guint8 *bytes = g_bytes_get_data (header, &n);
  uLong before = crc32_z (crc32_z (0, NULL, 0), bytes, n);
  if ((guint32) crc32_combine (before, crc, (z_off_t) (self->size - start)) == self->crc)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: its checksum is wrong"), self->name);
  return FALSE;
}

/**
 * bs_byte_source_peek:
 * @self: bytes
 * @offset: first byte
 * @n: number of bytes
 *
 * Returns: (transfer none) (nullable): the bytes without a copy, at any alignment; %NULL where they
 *   are not in memory, or not there
 */
const guint8 *
bs_byte_source_peek (const BsByteSource *self, guint64 offset, gsize n)
{
  if (self->bytes == NULL || offset > self->size || n > self->size - offset)
    return NULL;
  return (const guint8 *) g_bytes_get_data (self->bytes, NULL) + self->offset + offset;
}

/**
 * bs_byte_source_read_ranges:
 * @self: bytes
 * @ranges: (array length=n_ranges): which of them
 * @n_ranges: how many
 * @error: as bs_open_file_read(); %BS_ERROR_SYNTAX where they are not there
 *
 * All ranges are of one state of the file. Any thread.
 *
 * Returns: whether they were read
 */
gboolean
bs_byte_source_read_ranges (const BsByteSource *self, const BsFileRange *ranges, gsize n_ranges,
                            GError **error)
{
  for (gsize i = 0; i < n_ranges; i++)
    if (ranges[i].offset > self->size || ranges[i].n > self->size - ranges[i].offset) {
      g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: expected %zu bytes at byte %ju"),
                   self->name, ranges[i].n, (uintmax_t) ranges[i].offset);
      return FALSE;
    }
  if (self->file != NULL)
    return bs_open_file_read (self->file, self->offset, ranges, n_ranges, error);
  for (gsize i = 0; i < n_ranges; i++)
    if (ranges[i].n > 0)
      memcpy (ranges[i].out, bs_byte_source_peek (self, ranges[i].offset, ranges[i].n),
              ranges[i].n);
  return TRUE;
}

/**
 * bs_byte_source_read:
 * @self: bytes
 * @offset: first byte
 * @out: (out caller-allocates) (array length=n): where they go
 * @n: number of bytes
 * @error: as bs_byte_source_read_ranges()
 *
 * Any thread.
 *
 * Returns: whether they were read
 */
gboolean
bs_byte_source_read (const BsByteSource *self, guint64 offset, void *out, gsize n, GError **error)
{
  const BsFileRange range = { offset, n, out };
  return bs_byte_source_read_ranges (self, &range, 1, error);
}

/**
 * bs_byte_source_read_bytes:
 * @self: bytes
 * @offset: first byte
 * @n: number of bytes
 * @error: as bs_byte_source_read_ranges(); %BS_ERROR_LIMIT where they do not fit the memory
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the bytes, in memory, aligned as by malloc() unless they
 *   were there before
 */
GBytes *
bs_byte_source_read_bytes (const BsByteSource *self, guint64 offset, guint64 n, GError **error)
{
  if (self->bytes != NULL && offset <= self->size && n <= self->size - offset)
    return g_bytes_new_from_bytes (self->bytes, self->offset + offset, n);
  guint8 *data = n < G_MAXSIZE ? g_try_malloc (n + 1) : NULL;
  if (data == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: does not fit the memory"), self->name);
    return NULL;
  }
  if (!bs_byte_source_read (self, offset, data, n, error)) {
    g_free (data);
    return NULL;
  }
  return g_bytes_new_take (data, n);
}
