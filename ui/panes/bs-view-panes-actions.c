/* SPDX-License-Identifier: MIT */
/* What a person does with views, by menu, key or button: each concerns the view used last. */
#include "config.h"

#include "ui/panes/bs-view-panes-private.h"

/**
 * bs_view_panes_get_n_views:
 * @self: panes
 *
 * Returns: how many views there are, open or not
 */
gsize
bs_view_panes_get_n_views (BsViewPanes *self)
{
  return self->slots->len;
}

/**
 * bs_view_panes_get_info:
 * @self: panes
 * @i: below bs_view_panes_get_n_views()
 *
 * Returns: (transfer none): a view of the catalogue
 */
const BsViewInfo *
bs_view_panes_get_info (BsViewPanes *self, gsize i)
{
  g_return_val_if_fail (i < self->slots->len, NULL);
  return ((const BsViewSlot *) g_ptr_array_index (self->slots, i))->info;
}

/**
 * bs_view_panes_is_open:
 * @self: panes
 * @name: a view's name
 *
 * Returns: whether a tab shows it
 */
gboolean
bs_view_panes_is_open (BsViewPanes *self, const char *name)
{
  BsViewSlot *slot = bs_view_panes_find (self, name);
  return slot != NULL && slot->is_open;
}

/**
 * bs_view_panes_get_view:
 * @self: panes
 * @name: a view's name
 *
 * Returns: (nullable) (transfer none): the view, %NULL as long as nobody has seen it
 */
GtkWidget *
bs_view_panes_get_view (BsViewPanes *self, const char *name)
{
  BsViewSlot *slot = bs_view_panes_find (self, name);
  return slot != NULL ? bs_view_slot_get_view (slot) : NULL;
}

/**
 * bs_view_panes_get_current:
 * @self: panes
 *
 * Returns: (nullable) (transfer none): the view that was used last
 */
const char *
bs_view_panes_get_current (BsViewPanes *self)
{
  BsViewPane *pane = bs_view_panes_used (self);
  AdwTabPage *page = adw_tab_view_get_selected_page (bs_view_pane_get_tab_view (pane));
  BsViewSlot *slot = page != NULL ? bs_view_slot_of_page (page) : NULL;
  return slot != NULL ? bs_view_slot_name (slot) : NULL;
}

/**
 * bs_view_panes_show:
 * @self: panes
 * @name: a view's name
 *
 * Opens the view in the pane used last, or brings it to the front where it is open.
 *
 * Returns: whether there is such a view
 */
gboolean
bs_view_panes_show (BsViewPanes *self, const char *name)
{
  BsViewSlot *slot = bs_view_panes_find (self, name);
  if (slot == NULL && self->guest != NULL && g_strcmp0 (name, bs_view_slot_name (self->guest)) == 0)
    slot = self->guest;
  if (slot == NULL)
    return FALSE;
  if (bs_view_slot_get_page (slot) == NULL) {
    BsViewPane *pane = bs_view_panes_used (self);
    if (self->may_split)
      slot->home = pane == self->pane[1];
    bs_view_panes_put (self, slot, pane);
  }
  AdwTabView *tabs = bs_view_slot_get_tab_view (slot);
  adw_tab_view_set_selected_page (tabs, bs_view_slot_get_page (slot));
  g_set_weak_pointer (&self->active, bs_view_panes_pane_of (self, tabs));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (tabs));
  if (root != NULL && root != gtk_widget_get_root (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (root));
  bs_view_panes_tell (self);
  return TRUE;
}

/**
 * bs_view_panes_close:
 * @self: panes
 *
 * Closes the view; pinned ones stay.
 */
void
bs_view_panes_close (BsViewPanes *self)
{
  AdwTabPage *page = bs_view_panes_target (self);
  if (page != NULL)
    adw_tab_view_close_page (bs_view_slot_get_tab_view (bs_view_slot_of_page (page)), page);
}

/**
 * bs_view_panes_show_beside:
 * @self: panes
 *
 * Moves the view to the other pane, which opens where it was closed. Where there is no room for two
 * it comes to stand there as soon as there is.
 */
void
bs_view_panes_show_beside (BsViewPanes *self)
{
  AdwTabPage *page = bs_view_panes_target (self);
  BsViewSlot *slot = page != NULL ? bs_view_slot_of_page (page) : NULL;
  if (slot == NULL || slot == self->guest)
    return;
  slot->home = slot->home == 0;
  self->arranging = TRUE;
  bs_view_panes_put (self, slot, bs_view_panes_home_of (self, slot));
  self->arranging = FALSE;
  AdwTabView *tabs = bs_view_slot_get_tab_view (slot);
  adw_tab_view_set_selected_page (tabs, bs_view_slot_get_page (slot));
  g_set_weak_pointer (&self->active, bs_view_panes_pane_of (self, tabs));
  bs_view_panes_tell (self);
}

/**
 * bs_view_panes_move_to_window:
 * @self: panes
 *
 * Moves the view to a window of its own, for a second screen; from there it goes home.
 */
void
bs_view_panes_move_to_window (BsViewPanes *self)
{
  AdwTabPage *page = bs_view_panes_target (self);
  BsViewSlot *slot = page != NULL ? bs_view_slot_of_page (page) : NULL;
  if (slot == NULL || slot == self->guest)
    return;
  GtkRoot *root = gtk_widget_get_root (slot->holder);
  if (root == gtk_widget_get_root (GTK_WIDGET (self)))
    bs_view_panes_put (self, slot, bs_view_panes_new_window (self));
  else
    bs_view_panes_put (self, slot, bs_view_panes_home_of (self, slot));
  bs_view_panes_show (self, bs_view_slot_name (slot));
}

/**
 * bs_view_panes_move:
 * @self: panes
 * @by: -1 to the left, 1 to the right
 */
void
bs_view_panes_move (BsViewPanes *self, int by)
{
  AdwTabPage *page = bs_view_panes_target (self);
  if (page == NULL)
    return;
  AdwTabView *tabs = bs_view_slot_get_tab_view (bs_view_slot_of_page (page));
  if (by < 0)
    adw_tab_view_reorder_backward (tabs, page);
  else
    adw_tab_view_reorder_forward (tabs, page);
  bs_view_panes_tell (self);
}

/**
 * bs_view_panes_toggle_pinned:
 * @self: panes
 *
 * Pins the view, so that it stands first and is not closed, or no longer.
 */
void
bs_view_panes_toggle_pinned (BsViewPanes *self)
{
  AdwTabPage *page = bs_view_panes_target (self);
  BsViewSlot *slot = page != NULL ? bs_view_slot_of_page (page) : NULL;
  if (slot == NULL || slot == self->guest)
    return;
  slot->is_pinned = !slot->is_pinned;
  adw_tab_view_set_page_pinned (bs_view_slot_get_tab_view (slot), page, slot->is_pinned);
  bs_view_panes_tell (self);
}

/**
 * bs_view_panes_select_next:
 * @self: panes
 * @by: -1 for the tab before, 1 for the one after
 */
void
bs_view_panes_select_next (BsViewPanes *self, int by)
{
  BsViewPane *pane = bs_view_panes_used (self);
  AdwTabView *tabs = bs_view_pane_get_tab_view (pane);
  if (by < 0 ? !adw_tab_view_select_previous_page (tabs) : !adw_tab_view_select_next_page (tabs))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/**
 * bs_view_panes_get_pane:
 * @self: panes
 * @i: below %BS_N_PANES
 *
 * Returns: (transfer none): a pane of the first window, shown or not
 */
GtkWidget *
bs_view_panes_get_pane (BsViewPanes *self, guint i)
{
  g_return_val_if_fail (i < BS_N_PANES, NULL);
  return GTK_WIDGET (self->pane[i]);
}

/**
 * bs_view_panes_open_chooser:
 * @self: panes
 *
 * Asks which view is to be opened.
 */
void
bs_view_panes_open_chooser (BsViewPanes *self)
{
  BsViewPane *pane = bs_view_panes_used (self);
  gtk_menu_button_popup (bs_view_pane_get_add_button (pane));
}

/**
 * bs_view_panes_set_bars_shown:
 * @self: panes
 * @shown: whether tabs are to be seen; not in full screen
 */
void
bs_view_panes_set_bars_shown (BsViewPanes *self, gboolean shown)
{
  for (int i = 0; i < BS_N_PANES; i++)
    bs_view_pane_set_bar_shown (self->pane[i], shown);
}

/**
 * bs_view_panes_take_guest:
 * @self: panes without a guest
 * @guest: a widget without a parent
 * @title: of its tab, translated
 *
 * Shows a widget that has another place where there is more room as the first tab, which cannot be
 * closed.
 */
void
bs_view_panes_take_guest (BsViewPanes *self, GtkWidget *guest, const char *title)
{
  g_return_if_fail (self->guest == NULL);
  self->guest = bs_view_slot_new_guest (guest, title);
  bs_view_panes_put (self, self->guest, self->pane[0]);
  bs_view_panes_show (self, bs_view_slot_name (self->guest));
}

/**
 * bs_view_panes_release_guest:
 * @self: panes
 *
 * Lets go of the guest, which then has no parent. The caller holds a reference.
 */
void
bs_view_panes_release_guest (BsViewPanes *self)
{
  BsViewSlot *slot = g_steal_pointer (&self->guest);
  if (slot == NULL)
    return;
  AdwTabView *tabs = bs_view_slot_get_tab_view (slot);
  GtkWidget *guest = bs_view_slot_get_view (slot), *parent = gtk_widget_get_parent (guest);
  if (GTK_IS_VIEWPORT (parent))
    gtk_viewport_set_child (GTK_VIEWPORT (parent), NULL);
  self->arranging = TRUE;
  if (tabs != NULL)
    adw_tab_view_close_page (tabs, bs_view_slot_get_page (slot));
  self->arranging = FALSE;
  bs_view_slot_free (slot);
  bs_view_panes_tell (self);
}

/**
 * bs_view_panes_wants_split:
 * @self: panes
 *
 * Returns: whether views would stand side by side if there is room
 */
gboolean
bs_view_panes_wants_split (BsViewPanes *self)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    if (slot->is_open && slot->home == 1)
      return TRUE;
  }
  return FALSE;
}
