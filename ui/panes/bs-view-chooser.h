/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/panes/bs-view-panes.h"

G_BEGIN_DECLS

#define BS_TYPE_VIEW_CHOOSER (bs_view_chooser_get_type ())
/**
 * BsViewChooser:
 *
 * All views in their groups, with a search: the one that is chosen is opened.
 */
G_DECLARE_FINAL_TYPE (BsViewChooser, bs_view_chooser, BS, VIEW_CHOOSER, GtkPopover)

GtkWidget *bs_view_chooser_new (BsViewPanes *panes);

G_END_DECLS
