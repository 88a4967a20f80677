/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/panes/bs-view-slot-private.h"

static const char slot_key[] = "bs-view-slot";

/* A view is made when it is first seen: the others would keep the window waiting. */
static void
first_seen_cb (GtkWidget *holder, gpointer workspace)
{
  BsViewSlot *slot = g_object_get_data (G_OBJECT (holder), slot_key);
  if (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (holder)) == NULL)
    gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (holder),
      g_object_new (slot->info->get_type (), "workspace", workspace, NULL));
}

/* In a pane smaller than the view's own minimum the rest is reached by scrolling; a tab view's
 * minimum, which is that of its widest tab, hidden ones too, is thereby small. */
static GtkWidget *
new_holder (BsViewSlot *slot)
{
  GtkWidget *holder = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (holder), TRUE);
  g_object_set_data (G_OBJECT (holder), slot_key, slot);
  return g_object_ref_sink (holder);
}

/**
 * bs_view_slot_new:
 * @info: which view; static
 * @workspace: (type GObject): what it is of; outlives the slot
 *
 * Returns: (transfer full): a closed slot
 */
BsViewSlot *
bs_view_slot_new (const BsViewInfo *info, gpointer workspace)
{
  BsViewSlot *self = g_new0 (BsViewSlot, 1);
  self->info = info;
  self->holder = new_holder (self);
  g_signal_connect (self->holder, "map", G_CALLBACK (first_seen_cb), workspace);
  return self;
}

/**
 * bs_view_slot_new_guest:
 * @widget: what is shown for a while, and has another place otherwise
 * @title: of its tab, translated
 *
 * Returns: (transfer full): a closed slot
 */
BsViewSlot *
bs_view_slot_new_guest (GtkWidget *widget, const char *title)
{
  BsViewSlot *self = g_new0 (BsViewSlot, 1);
  self->title = g_strdup (title);
  self->holder = new_holder (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->holder), widget);
  return self;
}

/**
 * bs_view_slot_free:
 * @self: (transfer full): a slot, in no tab any more or in one that goes too
 */
void
bs_view_slot_free (BsViewSlot *self)
{
  g_object_set_data (G_OBJECT (self->holder), slot_key, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->holder), NULL);
  g_object_unref (self->holder);
  g_free (self->title);
  g_free (self);
}

/**
 * bs_view_slot_of_page:
 * @page: a page of one of the tab views
 *
 * Returns: (nullable) (transfer none): whose page it is
 */
BsViewSlot *
bs_view_slot_of_page (AdwTabPage *page)
{
  return g_object_get_data (G_OBJECT (adw_tab_page_get_child (page)), slot_key);
}

/**
 * bs_view_slot_name:
 * @self: a slot
 *
 * Returns: the view's name; "clip" for a guest, of which there is one kind
 */
const char *
bs_view_slot_name (const BsViewSlot *self)
{
  return self->info != NULL ? self->info->name : "clip";
}

/**
 * bs_view_slot_title:
 * @self: a slot
 *
 * Returns: what its tab says, translated
 */
const char *
bs_view_slot_title (const BsViewSlot *self)
{
  return self->info != NULL ? _ (self->info->title) : self->title;
}

/**
 * bs_view_slot_get_view:
 * @self: a slot
 *
 * Returns: (nullable) (transfer none): the view, or %NULL as long as nobody has seen it
 */
GtkWidget *
bs_view_slot_get_view (BsViewSlot *self)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->holder));
  /* What does not scroll by itself is given a viewport. */
  return GTK_IS_VIEWPORT (child) ? gtk_viewport_get_child (GTK_VIEWPORT (child)) : child;
}

/**
 * bs_view_slot_get_tab_view:
 * @self: a slot
 *
 * Returns: (nullable) (transfer none): the tab view it is in now
 */
AdwTabView *
bs_view_slot_get_tab_view (BsViewSlot *self)
{
  return ADW_TAB_VIEW (gtk_widget_get_ancestor (self->holder, ADW_TYPE_TAB_VIEW));
}

/**
 * bs_view_slot_get_page:
 * @self: a slot
 *
 * Returns: (nullable) (transfer none): its page there
 */
AdwTabPage *
bs_view_slot_get_page (BsViewSlot *self)
{
  AdwTabView *view = bs_view_slot_get_tab_view (self);
  return view != NULL ? adw_tab_view_get_page (view, self->holder) : NULL;
}
