/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BS_TYPE_VIEW_PANE (bs_view_pane_get_type ())
/**
 * BsViewPane:
 *
 * Views as tabs, and a button that opens others. Which views there are is known to the
 * #BsViewPanes it belongs to.
 */
G_DECLARE_FINAL_TYPE (BsViewPane, bs_view_pane, BS, VIEW_PANE, GtkWidget)

GtkWidget *bs_view_pane_new (void);
AdwTabView *bs_view_pane_get_tab_view (BsViewPane *self);
GtkMenuButton *bs_view_pane_get_add_button (BsViewPane *self);
void bs_view_pane_name_tabs (BsViewPane *self);
void bs_view_pane_set_bar_shown (BsViewPane *self, gboolean shown);

G_END_DECLS
