/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-metadata.h"

G_BEGIN_DECLS

/**
 * BsClipIndex:
 * @haystacks: (array): by clip, its bs_filter_haystack()
 * @name_ranks: (array): by clip, its place where all are sorted by name
 *
 * What searching and sorting by name need of every clip of a corpus. Made once, then immutable
 * and reference counted.
 */
typedef struct {
  GPtrArray *haystacks;
  guint32 *name_ranks;
} BsClipIndex;

BsClipIndex *bs_clip_index_new (BsMetadata *metadata, GCancellable *cancellable, GError **error);
BsClipIndex *bs_clip_index_ref (BsClipIndex *self);
void bs_clip_index_unref (BsClipIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsClipIndex, bs_clip_index_unref)

G_END_DECLS
