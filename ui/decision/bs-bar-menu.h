/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/**
 * BsBarMenuItems:
 * @protocol: offer the choice of protocol
 * @fold: offer the choice of fold
 * @run: offer the choice of run
 * @redo: offer redo
 *
 * What has no room in the bar.
 */
typedef struct {
  gboolean protocol;
  gboolean fold;
  gboolean run;
  gboolean redo;
} BsBarMenuItems;

#define BS_TYPE_BAR_MENU (bs_bar_menu_get_type ())
/**
 * BsBarMenu:
 *
 * The controls that a narrow decision bar has no room for, a row each.
 */
G_DECLARE_FINAL_TYPE (BsBarMenu, bs_bar_menu, BS, BAR_MENU, GtkWidget)

void bs_bar_menu_offer (BsBarMenu *self, BsWorkspace *workspace, BsBarMenuItems items);

G_END_DECLS
