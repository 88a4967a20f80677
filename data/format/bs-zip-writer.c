/* SPDX-License-Identifier: MIT */
/* Writes ZIP archives of stored members by libzip: what NumPy's savez() writes, and small
 * exchanges. The same members give the same bytes, whenever and wherever they are written. */
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <zip.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"
#include "data/format/bs-zip.h"

#define BS_ZIP_CHUNK (1 << 20)
#define BS_ZIP_DATE 0x21 /* 1 January 1980, the first that DOS can write */

struct _BsZipWriter {
  char *name;
  BsFileWriter *file;
  zip_t *archive; /* NULL once it is closed */
  GPtrArray *contents; /* libzip reads them when the archive is closed */
  guint64 offset; /* where the pending bytes go */
  GByteArray *pending;
  guint64 length;
  GError *error; /* of the file, which knows more of it than libzip */
};

/* libzip's own destination would rename without syncing, and its errors name no file. */
static zip_int64_t
write_pending (BsZipWriter *self, zip_error_t *error)
{
  GByteArray *pending = self->pending;
  if (self->error != NULL || !bs_file_writer_write_at (self->file, self->offset, pending->data,
                                                       pending->len, &self->error)) {
    zip_error_set (error, ZIP_ER_WRITE, EIO);
    return -1;
  }
  self->offset += pending->len;
  self->length = MAX (self->length, self->offset);
  g_byte_array_set_size (pending, 0);
  return 0;
}

/* libzip hands over 8 KiB at most, for which a call of the kernel takes longer than the bytes. */
static zip_int64_t
take (BsZipWriter *self, const void *data, zip_uint64_t length, zip_error_t *error)
{
  g_byte_array_append (self->pending, data, (guint) length);
  if (self->pending->len >= BS_ZIP_CHUNK && write_pending (self, error) != 0)
    return -1;
  return (zip_int64_t) length;
}

static zip_int64_t
seek_write (BsZipWriter *self, void *data, zip_uint64_t length, zip_error_t *error)
{
  if (write_pending (self, error) != 0)
    return -1;
  zip_int64_t offset =
    zip_source_seek_compute_offset (self->offset, self->length, data, length, error);
  if (offset < 0)
    return -1;
  self->offset = (guint64) offset;
  return 0;
}

/* The archive as libzip's destination: a file that is not there yet. libzip wants every
 * destination to be readable too, but reads none that it makes anew. */
static zip_int64_t
handle (void *user_data, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
  BsZipWriter *self = user_data;
  zip_error_t error;
  zip_error_init (&error);
  switch (command) {
  case ZIP_SOURCE_SUPPORTS:
    return ZIP_SOURCE_SUPPORTS_WRITABLE;
  case ZIP_SOURCE_WRITE:
    return take (self, data, length, &error);
  case ZIP_SOURCE_SEEK_WRITE:
    return seek_write (self, data, length, &error);
  case ZIP_SOURCE_TELL_WRITE:
    return (zip_int64_t) (self->offset + self->pending->len);
  case ZIP_SOURCE_ERROR:
    zip_error_set (&error, self->error != NULL ? ZIP_ER_WRITE : ZIP_ER_READ,
                   self->error != NULL ? EIO : ENOENT);
    return zip_error_to_data (&error, data, length);
  case ZIP_SOURCE_COMMIT_WRITE:
    return write_pending (self, &error);
  case ZIP_SOURCE_BEGIN_WRITE:
  case ZIP_SOURCE_ROLLBACK_WRITE:
  case ZIP_SOURCE_FREE:
    return 0;
  default: /* above all ZIP_SOURCE_STAT: there is no such file yet */
    return -1;
  }
}

static gboolean
fail (BsZipWriter *self, const char *why, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: cannot be written: %s"), self->name, why);
  return FALSE;
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
  g_autoptr (BsZipWriter) self = g_new0 (BsZipWriter, 1);
  self->name = g_filename_display_name (path);
  self->file = file;
  self->pending = g_byte_array_new ();
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  zip_error_t why;
  zip_error_init (&why);
  zip_source_t *target = zip_source_function_create (handle, self, &why);
  if (target != NULL)
    self->archive = zip_open_from_source (target, ZIP_CREATE | ZIP_TRUNCATE, &why);
  if (self->archive == NULL) {
    fail (self, zip_error_strerror (&why), error);
    zip_source_free (target);
  }
  zip_error_fini (&why);
  return self->archive != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_zip_writer_add:
 * @self: a writer
 * @member: its name, UTF-8, at most 65,535 bytes; every name once
 * @bytes: its content, kept and written by bs_zip_writer_commit()
 * @error: place for a #GError
 *
 * Returns: whether it was taken; after %FALSE the writer can only be freed
 */
gboolean
bs_zip_writer_add (BsZipWriter *self, const char *member, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (strlen (member) <= G_MAXUINT16, FALSE);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_ptr_array_add (self->contents, g_bytes_ref (bytes));
  zip_source_t *source = zip_source_buffer (self->archive, data, size, 0);
  zip_int64_t index =
    source != NULL ? zip_file_add (self->archive, member, source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    zip_source_free (source);
    return fail (self, zip_strerror (self->archive), error);
  }
  /* DOS's time has no zone: libzip's other setter would write the local one. */
  if (zip_set_file_compression (self->archive, (zip_uint64_t) index, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime (self->archive, (zip_uint64_t) index, 0, BS_ZIP_DATE, 0) != 0)
    return fail (self, zip_strerror (self->archive), error);
  return TRUE;
}

/**
 * bs_zip_writer_commit:
 * @self: a writer with a member at least
 * @error: place for a #GError
 *
 * Writes the archive and puts it under its name. Afterwards @self can only be freed.
 *
 * Returns: whether the archive is there, whole
 */
gboolean
bs_zip_writer_commit (BsZipWriter *self, GError **error)
{
  g_return_val_if_fail (self->archive != NULL && self->contents->len > 0, FALSE);
  if (zip_close (self->archive) != 0)
    return fail (self, zip_strerror (self->archive), error);
  self->archive = NULL;
  return bs_file_writer_commit (self->file, error);
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
  if (self->archive != NULL)
    zip_discard (self->archive);
  g_ptr_array_unref (self->contents);
  g_byte_array_unref (self->pending);
  bs_file_writer_free (self->file);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self);
}
