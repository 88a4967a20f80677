/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-clip-set.h"
#include "ui/session/bs-filter.h"
#include "ui/session/bs-threshold-state.h"

G_BEGIN_DECLS

/**
 * BsScope:
 * @BS_SCOPE_ALL: every clip of the corpus
 * @BS_SCOPE_LIST: those that the list shows
 * @BS_SCOPE_SELECTION: those that are selected
 *
 * Of which clips counts and charts are.
 */
typedef enum {
  BS_SCOPE_ALL,
  BS_SCOPE_LIST,
  BS_SCOPE_SELECTION,
} BsScope;

#define BS_TYPE_SCOPE (bs_scope_get_type ())
GType bs_scope_get_type (void);

#define BS_TYPE_CLIP_SELECTION (bs_clip_selection_get_type ())
/**
 * BsClipSelection:
 *
 * Which clips of the open corpus are looked at: the filter of the list, its order, the one current
 * clip, the selected clips beside it, and the scope. Main thread only.
 *
 * Properties, of which only those told by "notify" have changed, all of one change together:
 * - clip (int): the current clip, which alone plays, or -1; also told where the same index is
 *   another corpus' clip
 * - filter (BsFilter, read): the conditions of the list. Which clips meet them may change with
 *   "metrics" of the #BsThresholdState too
 * - order (read): the clips of the list, or their order
 * - selected (BsClipSet, read): the selected clips
 * - n-selected (uint, read): how many they are
 * - scope (BsScope)
 * - scope-clips (BsClipSet, read): the clips of the scope
 */
G_DECLARE_FINAL_TYPE (BsClipSelection, bs_clip_selection, BS, CLIP_SELECTION, GObject)

BsClipSelection *bs_clip_selection_new (BsThresholdState *thresholds);
void bs_clip_selection_set_metadata (BsClipSelection *self, BsMetadata *metadata,
                                     gboolean is_same_corpus);

/* the list */
const BsFilter *bs_clip_selection_get_filter (BsClipSelection *self);
void bs_clip_selection_set_filter (BsClipSelection *self, const BsFilter *filter);
gboolean bs_clip_selection_accepts (BsClipSelection *self, gsize clip, const char *haystack);
const guint32 *bs_clip_selection_get_order (BsClipSelection *self, gsize *n);
void bs_clip_selection_set_order (BsClipSelection *self, const guint32 *clips, gsize n);

/* the current clip */
int bs_clip_selection_get_clip (BsClipSelection *self);
void bs_clip_selection_set_clip (BsClipSelection *self, int clip);
int bs_clip_selection_get_neighbour (BsClipSelection *self, int by);
gboolean bs_clip_selection_move (BsClipSelection *self, int by);

/* the selected clips */
const BsClipSet *bs_clip_selection_get_selected (BsClipSelection *self);
gsize bs_clip_selection_get_n_selected (BsClipSelection *self);
gboolean bs_clip_selection_contains (BsClipSelection *self, int clip);
void bs_clip_selection_add (BsClipSelection *self, const guint32 *clips, gsize n);
void bs_clip_selection_remove (BsClipSelection *self, const guint32 *clips, gsize n);
void bs_clip_selection_set (BsClipSelection *self, const guint32 *clips, gsize n);
void bs_clip_selection_clear (BsClipSelection *self);

/* the scope */
BsScope bs_clip_selection_get_scope (BsClipSelection *self);
void bs_clip_selection_set_scope (BsClipSelection *self, BsScope scope);
const BsClipSet *bs_clip_selection_get_scope_clips (BsClipSelection *self);

G_END_DECLS
