/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bs_file_make_folder (const char *path, GError **error);
GBytes *bs_file_read_bytes (const char *path, GError **error);
char *bs_file_read (const char *path, gsize *length, GError **error);
guint32 bs_file_sum (guint32 sum, const void *data, gsize length);
char *bs_file_dup_target (const char *path);
gboolean bs_file_write (const char *path, const void *data, gsize length, GError **error);

/**
 * BsFileWriter:
 *
 * A file that appears under its name whole or not at all: written beside under a passing name,
 * synced, and renamed by bs_file_writer_commit(). Used by one thread at a time.
 */
typedef struct _BsFileWriter BsFileWriter;

BsFileWriter *bs_file_writer_new (const char *path, GError **error);
gboolean bs_file_writer_add (BsFileWriter *self, const void *data, gsize length, GError **error);
gboolean bs_file_writer_write_at (BsFileWriter *self, guint64 offset, const void *data,
                                  gsize length, GError **error);
gboolean bs_file_writer_commit (BsFileWriter *self, GError **error);
void bs_file_writer_free (BsFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFileWriter, bs_file_writer_free)

G_END_DECLS
