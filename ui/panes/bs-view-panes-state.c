/* SPDX-License-Identifier: MIT */
/* Which views are open, and where, from one day to the next. */
#include "config.h"

#include "ui/panes/bs-view-panes-private.h"

#define ROW "(suubb)"

static gboolean
is_selected (BsViewSlot *slot)
{
  AdwTabPage *page = bs_view_slot_get_page (slot);
  return page != NULL && adw_tab_page_get_selected (page);
}

static guint
position_of (BsViewSlot *slot)
{
  AdwTabPage *page = bs_view_slot_get_page (slot);
  return page != NULL
           ? (guint) adw_tab_view_get_page_position (bs_view_slot_get_tab_view (slot), page)
           : 0;
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  BsViewSlot *const *x = a, *const *y = b;
  return (int) position_of (*x) - (int) position_of (*y);
}

/**
 * bs_view_panes_get_state:
 * @self: panes
 *
 * Returns: (transfer floating): of type a(suubb), a row for each open view in the order of the
 *   tabs: name, pane, whether it has a window of its own (0 or 1), whether it is on show, whether
 *   it is pinned
 */
GVariant *
bs_view_panes_get_state (BsViewPanes *self)
{
  GVariantBuilder rows;
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a" ROW));
  for (guint i = 0; i < self->slots->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    if (slot->is_open)
      g_ptr_array_add (open, slot);
  }
  g_ptr_array_sort (open, compare_positions);
  for (guint i = 0; i < open->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (open, i);
    GtkRoot *root = gtk_widget_get_root (slot->holder);
    gboolean away = root != NULL && root != gtk_widget_get_root (GTK_WIDGET (self));
    g_variant_builder_add (&rows, ROW, slot->info->name, slot->home, (guint) away,
                           is_selected (slot), slot->is_pinned);
  }
  return g_variant_builder_end (&rows);
}

static void
close_all (BsViewPanes *self)
{
  for (guint i = 0; i < self->slots->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    AdwTabPage *page = bs_view_slot_get_page (slot);
    slot->is_pinned = FALSE;
    if (page != NULL) {
      AdwTabView *tabs = bs_view_slot_get_tab_view (slot);
      adw_tab_view_set_page_pinned (tabs, page, FALSE);
      adw_tab_view_close_page (tabs, page);
    }
    slot->is_open = FALSE;
  }
}

/**
 * bs_view_panes_set_state:
 * @self: panes
 * @state: (transfer floating): of bs_view_panes_get_state(); rows of views that are not there any
 *   more are passed over
 *
 * Opens the views as they were.
 */
void
bs_view_panes_set_state (BsViewPanes *self, GVariant *state)
{
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE ("a" ROW)));
  GVariantIter iter;
  const char *name;
  guint home, away;
  gboolean selected, pinned;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GVariant) kept = g_variant_ref_sink (state);
  self->arranging = TRUE;
  close_all (self);
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&suubb)", &name, &home, &away, &selected, &pinned)) {
    BsViewSlot *slot = bs_view_panes_find (self, name);
    if (slot == NULL || slot->is_open)
      continue;
    slot->home = MIN (home, BS_N_PANES - 1);
    slot->is_pinned = pinned;
    bs_view_panes_put (
      self, slot, away != 0 ? bs_view_panes_new_window (self) : bs_view_panes_home_of (self, slot));
    if (selected)
      g_ptr_array_add (shown, slot);
  }
  for (guint i = 0; i < shown->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (shown, i);
    adw_tab_view_set_selected_page (bs_view_slot_get_tab_view (slot), bs_view_slot_get_page (slot));
  }
  self->arranging = FALSE;
  bs_view_panes_tell (self);
}
