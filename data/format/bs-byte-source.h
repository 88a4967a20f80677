/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-open-file.h"

G_BEGIN_DECLS

/**
 * BsByteSource:
 *
 * Bytes to be read at any place: of memory, of a file, or of a slice of either. Reference counted,
 * immutable; any thread may read it.
 */
typedef struct _BsByteSource BsByteSource;

BsByteSource *bs_byte_source_new (GBytes *bytes, const char *name);
BsByteSource *bs_byte_source_open (const char *path, GError **error);
BsByteSource *bs_byte_source_slice (BsByteSource *self, guint64 offset, guint64 size,
                                    const char *name);
BsByteSource *bs_byte_source_ref (BsByteSource *self);
void bs_byte_source_unref (BsByteSource *self);
const char *bs_byte_source_name (const BsByteSource *self);
guint64 bs_byte_source_size (const BsByteSource *self);
BsOpenFile *bs_byte_source_file (const BsByteSource *self);
void bs_byte_source_set_crc (BsByteSource *self, guint32 crc);
gboolean bs_byte_source_has_crc (const BsByteSource *self);
gboolean bs_byte_source_check (const BsByteSource *self, guint64 start, guint32 crc,
                               GError **error);
const guint8 *bs_byte_source_peek (const BsByteSource *self, guint64 offset, gsize n);
gboolean bs_byte_source_read (const BsByteSource *self, guint64 offset, void *out, gsize n,
                              GError **error);
gboolean bs_byte_source_read_ranges (const BsByteSource *self, const BsFileRange *ranges,
                                     gsize n_ranges, GError **error);
GBytes *bs_byte_source_read_bytes (const BsByteSource *self, guint64 offset, guint64 n,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsByteSource, bs_byte_source_unref)

G_END_DECLS
