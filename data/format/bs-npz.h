/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-npy.h"

G_BEGIN_DECLS

/**
 * BsNpz:
 *
 * An archive of NumPy arrays. Of stored members the elements are read when they are used;
 * deflated ones are inflated when asked for. Immutable after opening; any thread may read it.
 */
typedef struct _BsNpz BsNpz;

BsNpz *bs_npz_open (const char *path, GError **error);
BsNpz *bs_npz_new (BsByteSource *source, GError **error);
BsNpz *bs_npz_ref (BsNpz *self);
void bs_npz_unref (BsNpz *self);
gboolean bs_npz_has (const BsNpz *self, const char *member);
BsByteSource *bs_npz_source (const BsNpz *self);
BsArray *bs_npz_get (BsNpz *self, const char *member, GError **error);

/**
 * BsNpzWriter:
 *
 * Collects members and writes the archive beside its name, then renames it into place.
 */
typedef struct _BsNpzWriter BsNpzWriter;

BsNpzWriter *bs_npz_writer_new (void);
void bs_npz_writer_add (BsNpzWriter *self, const char *member, GBytes *npy);
gboolean bs_npz_writer_save (BsNpzWriter *self, const char *path, GError **error);
void bs_npz_writer_free (BsNpzWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsNpz, bs_npz_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsNpzWriter, bs_npz_writer_free)

G_END_DECLS
