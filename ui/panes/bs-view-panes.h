/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/panes/bs-view-info.h"

G_BEGIN_DECLS

#define BS_N_PANES 2

#define BS_TYPE_VIEW_PANES (bs_view_panes_get_type ())
/**
 * BsViewPanes:
 *
 * The views that are open: as tabs of one pane, of two side by side, or of windows of their own.
 * A view belongs to the panes and not to its tab: whatever becomes of that, the view comes back.
 * Main thread only.
 *
 * Properties: current (string, read): the view that actions concern, or %NULL.
 *
 * Signals:
 * - changed: other views are open, elsewhere, or on show
 * - window-opened (GtkApplicationWindow): it needs the actions and keys of the first one
 */
G_DECLARE_FINAL_TYPE (BsViewPanes, bs_view_panes, BS, VIEW_PANES, GtkWidget)

void bs_view_panes_set_views (BsViewPanes *self, const BsViewInfo *infos, gsize n,
                              gpointer workspace);
gsize bs_view_panes_get_n_views (BsViewPanes *self);
const BsViewInfo *bs_view_panes_get_info (BsViewPanes *self, gsize i);
gboolean bs_view_panes_is_open (BsViewPanes *self, const char *name);
const char *bs_view_panes_get_current (BsViewPanes *self);
GtkWidget *bs_view_panes_get_pane (BsViewPanes *self, guint i);

gboolean bs_view_panes_show (BsViewPanes *self, const char *name);
void bs_view_panes_close (BsViewPanes *self);
void bs_view_panes_show_beside (BsViewPanes *self);
void bs_view_panes_move_to_window (BsViewPanes *self);
void bs_view_panes_move (BsViewPanes *self, int by);
void bs_view_panes_toggle_pinned (BsViewPanes *self);
void bs_view_panes_select_next (BsViewPanes *self, int by);
void bs_view_panes_open_chooser (BsViewPanes *self);

void bs_view_panes_set_may_split (BsViewPanes *self, gboolean may_split);
gboolean bs_view_panes_wants_split (BsViewPanes *self);
void bs_view_panes_set_bars_shown (BsViewPanes *self, gboolean shown);
void bs_view_panes_take_guest (BsViewPanes *self, GtkWidget *guest, const char *title);
void bs_view_panes_release_guest (BsViewPanes *self);

GVariant *bs_view_panes_get_state (BsViewPanes *self);
void bs_view_panes_set_state (BsViewPanes *self, GVariant *state);

G_END_DECLS
