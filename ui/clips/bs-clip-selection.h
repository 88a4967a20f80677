/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-clip-list-model.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_SELECTION (bs_clip_selection_get_type ())
/**
 * BsClipSelection:
 *
 * The list of clips with the workspace's clip as what is selected: a #GtkSelectionModel that keeps
 * no selection of its own, so that the marked row cannot be another than the clip on show.
 */
G_DECLARE_FINAL_TYPE (BsClipSelection, bs_clip_selection, BS, CLIP_SELECTION, GObject)

BsClipSelection *bs_clip_selection_new (BsWorkspace *workspace, BsClipListModel *model);
guint bs_clip_selection_get_selected (BsClipSelection *self);

G_END_DECLS
