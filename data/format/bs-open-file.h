/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsOpenFile:
 *
 * A file as it was when it was opened. What is read later is of that very state of it or is refused
 * with %BS_ERROR_CHANGED; nothing is mapped, so that no other program can end this one by
 * shortening the file. Reference counted, immutable; any thread may read it.
 */
typedef struct _BsOpenFile BsOpenFile;

/**
 * BsFileRange:
 * @offset: of the first byte
 * @n: number of bytes
 * @out: where they go
 */
typedef struct {
  guint64 offset;
  gsize n;
  void *out;
} BsFileRange;

BsOpenFile *bs_open_file_new (const char *path, GError **error);
BsOpenFile *bs_open_file_ref (BsOpenFile *self);
void bs_open_file_unref (BsOpenFile *self);
const char *bs_open_file_name (const BsOpenFile *self);
const char *bs_open_file_path (const BsOpenFile *self);
guint64 bs_open_file_size (const BsOpenFile *self);
void bs_open_file_release_descriptor (BsOpenFile *self);
gboolean bs_open_file_is_current (const BsOpenFile *self);
gboolean bs_open_file_read (const BsOpenFile *self, guint64 base, const BsFileRange *ranges,
                            gsize n_ranges, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsOpenFile, bs_open_file_unref)

G_END_DECLS
