/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/panes/bs-view-window.h"

struct _BsViewWindow {
  AdwApplicationWindow parent_instance;
  BsViewPane *pane;
};

G_DEFINE_FINAL_TYPE (BsViewWindow, bs_view_window, ADW_TYPE_APPLICATION_WINDOW)

static void
name_cb (BsViewWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (bs_view_pane_get_tab_view (self->pane));
  gtk_window_set_title (GTK_WINDOW (self), page != NULL ? adw_tab_page_get_title (page) : "");
}

static void
bs_view_window_class_init (BsViewWindowClass *klass)
{
}

static void
bs_view_window_init (BsViewWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->pane = BS_VIEW_PANE (bs_view_pane_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->pane), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pane));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 720, 640);
  g_signal_connect_object (bs_view_pane_get_tab_view (self->pane), "notify::selected-page",
                           G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bs_view_window_new:
 * @application: the program
 *
 * Returns: (transfer floating): a window without views
 */
BsViewWindow *
bs_view_window_new (GtkApplication *application)
{
  return g_object_new (BS_TYPE_VIEW_WINDOW, "application", application, NULL);
}

/**
 * bs_view_window_get_pane:
 * @self: the window
 *
 * Returns: (transfer none): where its views are
 */
BsViewPane *
bs_view_window_get_pane (BsViewWindow *self)
{
  return self->pane;
}
