/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsClipSet:
 * @n_clips: how many clips there are
 * @count: how many of them are in the set
 *
 * Some of a corpus' clips: a bit each, so that a hundred thousand take a few kilobytes.
 */
typedef struct {
  gsize n_clips;
  gsize count;
  /*< private >*/
  guint64 *words;
} BsClipSet;

BsClipSet *bs_clip_set_new (gsize n_clips);
BsClipSet *bs_clip_set_new_full (gsize n_clips);
BsClipSet *bs_clip_set_copy (const BsClipSet *self);
void bs_clip_set_free (BsClipSet *self);
gboolean bs_clip_set_add (BsClipSet *self, gsize clip);
gboolean bs_clip_set_remove (BsClipSet *self, gsize clip);
gboolean bs_clip_set_contains (const BsClipSet *self, gsize clip);
gboolean bs_clip_set_equal (const BsClipSet *self, const BsClipSet *other);
gssize bs_clip_set_next (const BsClipSet *self, gssize clip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsClipSet, bs_clip_set_free)

G_END_DECLS
