/* SPDX-License-Identifier: MIT */
/* Views in windows of their own: they go home when the window is closed, and the window goes with
 * its last view. */
#include "config.h"

#include "ui/panes/bs-view-panes-private.h"
#include "ui/panes/bs-view-window.h"

static void
empty (BsViewPanes *self, BsViewWindow *window)
{
  AdwTabView *tabs = bs_view_pane_get_tab_view (bs_view_window_get_pane (window));
  while (adw_tab_view_get_n_pages (tabs) > 0) {
    BsViewSlot *slot = bs_view_slot_of_page (adw_tab_view_get_nth_page (tabs, 0));
    bs_view_panes_put (self, slot, bs_view_panes_home_of (self, slot));
  }
}

static gboolean
close_request_cb (BsViewPanes *self, BsViewWindow *window)
{
  empty (self, window);
  g_ptr_array_remove (self->windows, window);
  bs_view_panes_tell (self);
  return GDK_EVENT_PROPAGATE;
}

/* However it goes: its views are gathered as soon as their tabs are gone. */
static void
destroyed_cb (BsViewPanes *self, BsViewWindow *window)
{
  g_ptr_array_remove (self->windows, window);
}

static gboolean
close_empty_cb (gpointer window)
{
  AdwTabView *tabs = bs_view_pane_get_tab_view (bs_view_window_get_pane (window));
  if (adw_tab_view_get_n_pages (tabs) == 0 && !adw_tab_view_get_is_transferring_page (tabs))
    gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

static void
close_empty_soon (BsViewWindow *window)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_empty_cb, g_object_ref (window), g_object_unref);
}

/**
 * bs_view_panes_new_window:
 * @self: panes in a window of an application
 *
 * Opens a window for views, and tells of it.
 *
 * Returns: (transfer none): its pane
 */
BsViewPane *
bs_view_panes_new_window (BsViewPanes *self)
{
  GtkWindow *first = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  BsViewWindow *window = bs_view_window_new (gtk_window_get_application (first));
  BsViewPane *pane = bs_view_window_get_pane (window);
  AdwTabView *tabs = bs_view_pane_get_tab_view (pane);
  bs_view_panes_adopt (self, pane);
  g_ptr_array_add (self->windows, window);
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (destroyed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "notify::n-pages", G_CALLBACK (close_empty_soon), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "notify::is-transferring-page", G_CALLBACK (close_empty_soon),
                           window, G_CONNECT_SWAPPED);
  g_signal_emit_by_name (self, "window-opened", window);
  gtk_window_present (GTK_WINDOW (window));
  return pane;
}

/**
 * bs_view_panes_bring_home:
 * @self: panes
 *
 * Closes all windows of views.
 */
void
bs_view_panes_bring_home (BsViewPanes *self)
{
  while (self->windows->len > 0)
    gtk_window_close (g_ptr_array_index (self->windows, 0));
}

/**
 * bs_view_panes_destroy_windows:
 * @self: panes that come to their end
 */
void
bs_view_panes_destroy_windows (BsViewPanes *self)
{
  while (self->windows->len > 0) {
    GtkWindow *window = g_ptr_array_steal_index (self->windows, self->windows->len - 1);
    g_signal_handlers_disconnect_by_data (window, self);
    gtk_window_destroy (window);
  }
}
