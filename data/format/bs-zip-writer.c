/* SPDX-License-Identifier: MIT */
/* Writes ZIP archives of stored members: what NumPy's savez() writes, and small exchanges. The
 * same members give the same bytes, whenever they are written. */
#include <string.h>
#include <zlib.h>

#include "data/format/bs-file.h"
#include "data/format/bs-zip-format.h"
#include "data/format/bs-zip-private.h"

#define BS_ZIP_VERSION 20 /* 2.0, and 4.5 where there is zip64 */
#define BS_ZIP_VERSION_64 45
#define BS_ZIP_DATE 0x21 /* 1 January 1980, the first that DOS can write */

struct _BsZipWriter {
  BsFileWriter *file;
  GByteArray *directory;
  guint64 offset;
  guint64 n_members;
  guint32 zip64_from; /* sizes and offsets from here on go into zip64 fields */
};

static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8) {
    guint8 byte = (guint8) value;
    g_byte_array_append (out, &byte, 1);
  }
}

static void
put_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/**
 * bs_zip_writer_new:
 * @path: the archive to be
 * @error: place for a #GError
 *
 * Starts an archive beside @path.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with @error set
 */
BsZipWriter *
bs_zip_writer_new (const char *path, GError **error)
{
  BsFileWriter *file = bs_file_writer_new (path, error);
  if (file == NULL)
    return NULL;
  BsZipWriter *self = g_new0 (BsZipWriter, 1);
  self->file = file;
  self->directory = g_byte_array_new ();
  self->zip64_from = G_MAXUINT32;
  return self;
}

/**
 * bs_zip_writer_set_zip64_from:
 * @self: a writer
 * @size: a number of bytes
 *
 * Sizes and offsets from @size on are written as zip64 has them. It starts out as 4 GiB, where
 * there is no other way; a smaller one makes small archives of the large kind.
 */
void
bs_zip_writer_set_zip64_from (BsZipWriter *self, guint32 size)
{
  self->zip64_from = size;
}

/* What stands alike in the local header and in the directory: version to sizes and lengths. */
static void
put_common (GByteArray *out, const char *member, guint32 crc, gboolean is_64, gsize n_extra,
            guint32 size)
{
  put (out, is_64 ? BS_ZIP_VERSION_64 : BS_ZIP_VERSION, 2);
  put (out, BS_ZIP_FLAG_UTF_8, 2);
  put (out, BS_ZIP_STORED, 2);
  put (out, 0, 2);
  put (out, BS_ZIP_DATE, 2);
  put (out, crc, 4);
  put (out, size, 4);
  put (out, size, 4);
  put (out, strlen (member), 2);
  put (out, n_extra, 2);
}

static void
put_local_header (GByteArray *out, const char *member, guint64 size, guint32 crc, gboolean is_64)
{
  put (out, BS_ZIP_LOCAL, 4);
  put_common (out, member, crc, is_64, is_64 ? 20 : 0, is_64 ? G_MAXUINT32 : (guint32) size);
  put_text (out, member);
  if (is_64) {
    put (out, BS_ZIP_EXTRA_64, 2);
    put (out, 16, 2);
    put (out, size, 8);
    put (out, size, 8);
  }
}

static void
put_entry (BsZipWriter *self, const char *member, guint64 size, guint32 crc, gboolean is_64)
{
  GByteArray *out = self->directory;
  gboolean is_far = self->offset >= self->zip64_from;
  gsize n_extra = (is_64 ? 16 : 0) + (is_far ? 8 : 0);
  put (out, BS_ZIP_ENTRY, 4);
  put (out, BS_ZIP_VERSION_64, 2);
  put_common (out, member, crc, is_64 || is_far, n_extra > 0 ? n_extra + 4 : 0,
              is_64 ? G_MAXUINT32 : (guint32) size);
  put (out, 0, 2); /* comment */
  put (out, 0, 2); /* disk */
  put (out, 0, 2); /* attributes */
  put (out, 0, 4);
  put (out, is_far ? G_MAXUINT32 : self->offset, 4);
  put_text (out, member);
  if (n_extra > 0) {
    put (out, BS_ZIP_EXTRA_64, 2);
    put (out, n_extra, 2);
  }
  if (is_64) {
    put (out, size, 8);
    put (out, size, 8);
  }
  if (is_far)
    put (out, self->offset, 8);
}

/**
 * bs_zip_writer_add:
 * @self: a writer
 * @member: its name, UTF-8, at most 65,535 bytes; every name once
 * @bytes: its content
 * @error: place for a #GError
 *
 * Returns: whether it was written; after %FALSE the writer can only be freed
 */
gboolean
bs_zip_writer_add (BsZipWriter *self, const char *member, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (strlen (member) <= G_MAXUINT16, FALSE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 crc = size > 0 ? (guint32) crc32_z (0, data, size) : 0;
  gboolean is_64 = size >= self->zip64_from;
  g_autoptr (GByteArray) header = g_byte_array_new ();
  put_local_header (header, member, size, crc, is_64);
  put_entry (self, member, size, crc, is_64);
  self->offset += header->len + size;
  self->n_members++;
  return bs_file_writer_add (self->file, header->data, header->len, error) &&
         bs_file_writer_add (self->file, data, size, error);
}

static void
put_end (BsZipWriter *self, guint64 size)
{
  GByteArray *out = self->directory;
  gboolean is_64 = self->offset >= self->zip64_from || self->n_members >= G_MAXUINT16;
  if (is_64) {
    put (out, BS_ZIP_END_64, 4);
    put (out, BS_ZIP_END_64_SIZE - 12, 8);
    put (out, BS_ZIP_VERSION_64, 2);
    put (out, BS_ZIP_VERSION_64, 2);
    put (out, 0, 4);
    put (out, 0, 4);
    put (out, self->n_members, 8);
    put (out, self->n_members, 8);
    put (out, size, 8);
    put (out, self->offset, 8);
    put (out, BS_ZIP_LOCATOR_64, 4);
    put (out, 0, 4);
    put (out, self->offset + size, 8);
    put (out, 1, 4);
  }
  put (out, BS_ZIP_END, 4);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, is_64 ? G_MAXUINT16 : self->n_members, 2);
  put (out, is_64 ? G_MAXUINT16 : self->n_members, 2);
  put (out, is_64 ? G_MAXUINT32 : size, 4);
  put (out, is_64 ? G_MAXUINT32 : self->offset, 4);
  put (out, 0, 2);
}

/**
 * bs_zip_writer_commit:
 * @self: a writer
 * @error: place for a #GError
 *
 * Writes the directory and puts the archive under its name. Afterwards @self can only be freed.
 *
 * Returns: whether the archive is there, whole
 */
gboolean
bs_zip_writer_commit (BsZipWriter *self, GError **error)
{
  put_end (self, self->directory->len);
  return bs_file_writer_add (self->file, self->directory->data, self->directory->len, error) &&
         bs_file_writer_commit (self->file, error);
}

/**
 * bs_zip_writer_free:
 * @self: (transfer full): a writer
 *
 * Frees the writer; what was not committed is taken away.
 */
void
bs_zip_writer_free (BsZipWriter *self)
{
  g_byte_array_unref (self->directory);
  bs_file_writer_free (self->file);
  g_free (self);
}
