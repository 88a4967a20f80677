/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/panes/bs-view-info.h"

G_BEGIN_DECLS

/**
 * BsViewSlot:
 * @info: (nullable): what is known of the view; %NULL for a guest
 * @holder: what a tab holds; the panes own it, so that a view outlives its tab
 * @title: (nullable): of a guest
 * @home: the pane it belongs to, 0 or 1, also while there is room for one only
 * @is_open: whether a tab shows it, or is about to
 *
 * A place for a view. Main thread.
 */
typedef struct {
  const BsViewInfo *info;
  GtkWidget *holder;
  char *title;
  guint home;
  gboolean is_open;
  gboolean is_pinned;
} BsViewSlot;

BsViewSlot *bs_view_slot_new (const BsViewInfo *info, gpointer workspace);
BsViewSlot *bs_view_slot_new_guest (GtkWidget *widget, const char *title);
void bs_view_slot_free (BsViewSlot *self);
BsViewSlot *bs_view_slot_of_page (AdwTabPage *page);
const char *bs_view_slot_name (const BsViewSlot *self);
const char *bs_view_slot_title (const BsViewSlot *self);
GtkWidget *bs_view_slot_get_view (BsViewSlot *self);
AdwTabView *bs_view_slot_get_tab_view (BsViewSlot *self);
AdwTabPage *bs_view_slot_get_page (BsViewSlot *self);

G_END_DECLS
