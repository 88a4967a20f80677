/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BS_TYPE_PANEL (bs_panel_get_type ())
/**
 * BsPanel:
 *
 * A column of widgets that can have the focus as a whole, as a panel over the picture that is
 * moved by keys. (GtkBox hands the focus on to its children alone.)
 */
G_DECLARE_FINAL_TYPE (BsPanel, bs_panel, BS, PANEL, GtkWidget)

G_END_DECLS
