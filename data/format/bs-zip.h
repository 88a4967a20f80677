/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-byte-source.h"

G_BEGIN_DECLS

/**
 * BsZip:
 *
 * A ZIP archive, in memory or in a file. Its directory is read and checked when it is opened;
 * stored members are slices of it, deflated ones are inflated anew whenever they are asked for.
 * Reference counted, immutable; any thread may read it.
 */
typedef struct _BsZip BsZip;

BsZip *bs_zip_open (BsByteSource *source, GError **error);
BsZip *bs_zip_ref (BsZip *self);
void bs_zip_unref (BsZip *self);
const char *bs_zip_name (const BsZip *self);
BsByteSource *bs_zip_source (const BsZip *self);
gsize bs_zip_n_members (const BsZip *self);
const char *bs_zip_member (const BsZip *self, gsize index);
BsByteSource *bs_zip_open_member (const BsZip *self, gsize index, const char *name, GError **error);
GBytes *bs_zip_read (const BsZip *self, gsize index, GError **error);

/**
 * BsZipWriter:
 *
 * Writes an archive of stored members, which appears under its name whole or not at all. Used
 * by one thread at a time.
 */
typedef struct _BsZipWriter BsZipWriter;

BsZipWriter *bs_zip_writer_new (const char *path, GError **error);
gboolean bs_zip_writer_add (BsZipWriter *self, const char *member, GBytes *bytes, GError **error);
gboolean bs_zip_writer_commit (BsZipWriter *self, GError **error);
void bs_zip_writer_free (BsZipWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsZip, bs_zip_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsZipWriter, bs_zip_writer_free)

G_END_DECLS
