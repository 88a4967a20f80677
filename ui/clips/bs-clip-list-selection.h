/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-clip-list-model.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_LIST_SELECTION (bs_clip_list_selection_get_type ())
/**
 * BsClipListSelection:
 *
 * The list of clips with the workspace's clip as what is selected: a #GtkSelectionModel that keeps
 * no selection of its own, so that the marked row cannot be another than the clip on show.
 */
G_DECLARE_FINAL_TYPE (BsClipListSelection, bs_clip_list_selection, BS, CLIP_LIST_SELECTION, GObject)

BsClipListSelection *bs_clip_list_selection_new (BsWorkspace *workspace, BsClipListModel *model);
guint bs_clip_list_selection_get_selected (BsClipListSelection *self);

G_END_DECLS
