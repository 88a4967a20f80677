/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/chart/bs-table-view.h"
#include "ui/chart/bs-table-window.h"
#include "ui/common/bs-gtk48-compat.h"

struct _BsTableWindow {
  AdwWindow parent_instance;
  BsChartView *chart;
  guint refresh; /* tick that will take the chart's new figures, or 0 */
  BsTableView *view;
};

G_DEFINE_FINAL_TYPE (BsTableWindow, bs_table_window, ADW_TYPE_WINDOW)

static void
take_table (BsTableWindow *self)
{
  bs_table_view_take (self->view, bs_chart_view_make_table (self->chart));
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BsTableWindow *self = BS_TABLE_WINDOW (widget);
  self->refresh = 0;
  take_table (self);
  return G_SOURCE_REMOVE;
}

/* A dragged slider changes the chart more often than a table can be read: once a frame. */
static void
changed_cb (BsTableWindow *self)
{
  if (self->refresh == 0)
    self->refresh = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

static void
bs_table_window_dispose (GObject *object)
{
  BsTableWindow *self = BS_TABLE_WINDOW (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), BS_TYPE_TABLE_WINDOW);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (bs_table_window_parent_class)->dispose (object);
}

static void
bs_table_window_class_init (BsTableWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_table_window_dispose;
  g_type_ensure (BS_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-table-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTableWindow, view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bs_table_window_init (BsTableWindow *self)
{
  bs_gtk48_compat_init (self);
}

/**
 * bs_table_window_new:
 * @chart: what it follows
 *
 * Returns: (transfer floating): a window with the chart's figures
 */
GtkWidget *
bs_table_window_new (BsChartView *chart)
{
  BsTableWindow *self =
    g_object_new (BS_TYPE_TABLE_WINDOW, "title", bs_chart_view_get_name (chart), NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (chart));
  self->chart = g_object_ref (chart);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  g_signal_connect_object (chart, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  bs_table_view_set_name (self->view, bs_chart_view_get_name (chart));
  take_table (self);
  return GTK_WIDGET (self);
}
