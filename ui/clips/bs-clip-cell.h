/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-clip-list-model.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_CELL (bs_clip_cell_get_type ())
/**
 * BsClipCell:
 *
 * A row of the clip list: what the clip shows, with actor and fold, then what the run says and
 * whether that is right. Follows the workspace's figures while it is bound to a clip.
 */
G_DECLARE_FINAL_TYPE (BsClipCell, bs_clip_cell, BS, CLIP_CELL, GtkWidget)

GtkWidget *bs_clip_cell_new (BsWorkspace *workspace);
void bs_clip_cell_set_row (BsClipCell *self, BsClipRow *row);

G_END_DECLS
