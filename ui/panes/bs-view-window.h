/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/panes/bs-view-pane.h"

G_BEGIN_DECLS

#define BS_TYPE_VIEW_WINDOW (bs_view_window_get_type ())
/**
 * BsViewWindow:
 *
 * A window with views, for a second screen. Its title names the view on show.
 */
G_DECLARE_FINAL_TYPE (BsViewWindow, bs_view_window, BS, VIEW_WINDOW, AdwApplicationWindow)

BsViewWindow *bs_view_window_new (GtkApplication *application);
BsViewPane *bs_view_window_get_pane (BsViewWindow *self);

G_END_DECLS
