/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_ROW (bs_clip_row_get_type ())
/**
 * BsClipRow:
 *
 * A clip in the list: the same for as long as it is in the list, and never another's. Made when it
 * is asked for, so that 100,000 of them cost nothing before.
 */
G_DECLARE_FINAL_TYPE (BsClipRow, bs_clip_row, BS, CLIP_ROW, GObject)

int bs_clip_row_get_clip (BsClipRow *self);
BsMetadata *bs_clip_row_get_metadata (BsClipRow *self);

/**
 * BsClipSort:
 *
 * Orders of the clip list; all but the first fall back on it for equal clips.
 */
typedef enum {
  BS_CLIP_SORT_FILE,
  BS_CLIP_SORT_NAME,
  BS_CLIP_SORT_ACTOR,
  BS_CLIP_SORT_LABEL,
  BS_CLIP_SORT_DECISION,
  BS_CLIP_SORT_OUTCOME,
  BS_CLIP_SORT_MARGIN,
  BS_CLIP_SORT_CONFIDENCE,
  BS_N_CLIP_SORTS,
} BsClipSort;

#define BS_TYPE_CLIP_LIST_MODEL (bs_clip_list_model_get_type ())
/**
 * BsClipListModel:
 *
 * The clips of the workspace that its filter accepts, in order: a #GListModel of #BsClipRow. It
 * follows the workspace before the next frame.
 */
G_DECLARE_FINAL_TYPE (BsClipListModel, bs_clip_list_model, BS, CLIP_LIST_MODEL, GObject)

BsClipListModel *bs_clip_list_model_new (BsWorkspace *workspace);
void bs_clip_list_model_set_sort (BsClipListModel *self, BsClipSort sort, gboolean descending);
guint bs_clip_list_model_find (BsClipListModel *self, int clip);

G_END_DECLS
