/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/panes/bs-view-pane.h"
#include "ui/panes/bs-view-panes.h"
#include "ui/panes/bs-view-slot-private.h"

G_BEGIN_DECLS

struct _BsViewPanes {
  GtkWidget parent_instance;
  GPtrArray *slots; /* BsViewSlot, in the order of the catalogue */
  BsViewSlot *guest; /* (nullable): in the first pane, before all views */
  GtkPaned *paned;
  BsViewPane *pane[BS_N_PANES];
  GPtrArray *windows; /* those that hold views, not owned */
  BsViewPane *active; /* (nullable): weak; where a view was used last */
  AdwTabPage *menu_page; /* (nullable): whose menu is open */
  gboolean may_split;
  gboolean arranging; /* pages are moved by the program */
  guint idle;
};

void bs_view_panes_adopt (BsViewPanes *self, BsViewPane *pane);
BsViewPane *bs_view_panes_home_of (BsViewPanes *self, const BsViewSlot *slot);
void bs_view_panes_put (BsViewPanes *self, BsViewSlot *slot, BsViewPane *pane);
AdwTabPage *bs_view_panes_target (BsViewPanes *self);
BsViewPane *bs_view_panes_pane_of (BsViewPanes *self, AdwTabView *tabs);
BsViewSlot *bs_view_panes_find (BsViewPanes *self, const char *name);
void bs_view_panes_tell (BsViewPanes *self);
BsViewPane *bs_view_panes_new_window (BsViewPanes *self);
void bs_view_panes_destroy_windows (BsViewPanes *self);
BsViewPane *bs_view_panes_used (BsViewPanes *self);

/* For tests. */
GtkWidget *bs_view_panes_get_view (BsViewPanes *self, const char *name);
void bs_view_panes_bring_home (BsViewPanes *self);

G_END_DECLS
