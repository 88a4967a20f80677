/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_LIST (bs_clip_list_get_type ())
/**
 * BsClipList:
 *
 * The left column: search, filters as chips, order, and the clips.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsClipList, bs_clip_list, BS, CLIP_LIST, GtkWidget)

void bs_clip_list_focus_search (BsClipList *self);

G_END_DECLS
