/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/**
 * BsClipCellKind:
 * @BS_CLIP_CELL_LABEL: what the clip shows, with actor and fold
 * @BS_CLIP_CELL_DECISION: what the run says, and whether that is right
 *
 * The two columns of the clip list.
 */
typedef enum {
  BS_CLIP_CELL_LABEL,
  BS_CLIP_CELL_DECISION,
} BsClipCellKind;

#define BS_TYPE_CLIP_CELL (bs_clip_cell_get_type ())
/**
 * BsClipCell:
 *
 * One cell of the clip list. Follows the workspace's figures while it is bound to a clip.
 */
G_DECLARE_FINAL_TYPE (BsClipCell, bs_clip_cell, BS, CLIP_CELL, GtkWidget)

GtkWidget *bs_clip_cell_new (BsWorkspace *workspace, BsClipCellKind kind);
void bs_clip_cell_set_clip (BsClipCell *self, int clip);

G_END_DECLS
