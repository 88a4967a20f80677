/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/clips/bs-clip-list.h"
#include "ui/panes/bs-view-panes.h"
#include "ui/stage/bs-stage.h"
#include "ui/window/bs-window-shape.h"

G_BEGIN_DECLS

#define BS_TYPE_INSPECT_PAGE (bs_inspect_page_get_type ())
/**
 * BsInspectPage:
 *
 * List, clip and views, always in this order, under the bar of the thresholds. Its shape follows
 * its width and the layout that is chosen.
 *
 * Properties: workspace (BsWorkspace, construct), layout (int, a #BsLayout), is-narrow (boolean,
 * read), list-shown (boolean), list-folded (boolean, read).
 */
G_DECLARE_FINAL_TYPE (BsInspectPage, bs_inspect_page, BS, INSPECT_PAGE, GtkWidget)

BsClipList *bs_inspect_page_get_clips (BsInspectPage *self);
BsStage *bs_inspect_page_get_stage (BsInspectPage *self);
BsViewPanes *bs_inspect_page_get_panes (BsInspectPage *self);
BsLayout bs_inspect_page_get_layout (BsInspectPage *self);
void bs_inspect_page_set_layout (BsInspectPage *self, BsLayout layout);
gboolean bs_inspect_page_wants_list (BsInspectPage *self);
void bs_inspect_page_set_wants_list (BsInspectPage *self, gboolean wants_list);
void bs_inspect_page_focus_next_part (BsInspectPage *self);
void bs_inspect_page_set_picture_alone (BsInspectPage *self, gboolean alone);
int bs_inspect_page_get_divider (BsInspectPage *self, BsLayout layout);
void bs_inspect_page_set_divider (BsInspectPage *self, BsLayout layout, int px);

G_END_DECLS
