/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/bs-table-model.h"
#include "ui/bs-table-window.h"

struct _BsTableWindow {
  AdwWindow parent_instance;
  BsChartView *chart;
  BsTableModel *model;
  guint refresh; /* tick that will take the chart's new figures, or 0 */
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (BsTableWindow, bs_table_window, ADW_TYPE_WINDOW)

static gsize
column_of (gpointer object)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (object), "column"));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BsTableWindow *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BsTableWindow *self)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  BsTableRow *row = gtk_list_item_get_item (item);
  gsize column = column_of (factory);
  const BsTable *table = bs_table_model_get_table (self->model);
  g_autofree char *text = bs_table_row_dup_text (row, column);
  gtk_label_set_text (label, text);
  gtk_label_set_xalign (label, bs_table_is_number (table, 0, column) ? 1 : 0);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return bs_table_row_compare ((BsTableRow *) a, (BsTableRow *) b, GPOINTER_TO_SIZE (column));
}

static void
add_column (BsTableWindow *self, gsize column)
{
  const char *header = bs_table_header (bs_table_model_get_table (self->model), column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_cb, GSIZE_TO_POINTER (column), NULL));
  g_object_set_data (G_OBJECT (factory), "column", GSIZE_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_autoptr (GtkColumnViewColumn) view_column =
    gtk_column_view_column_new (*header != '\0' ? gettext (header) : "", factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (sorter);
}

static gboolean
has_columns_of (BsTableWindow *self, const BsTable *table)
{
  const BsTable *old = bs_table_model_get_table (self->model);
  if (old == NULL || bs_table_n_columns (old) != bs_table_n_columns (table))
    return FALSE;
  for (gsize i = 0; i < bs_table_n_columns (table); i++)
    if (g_strcmp0 (bs_table_header (old, i), bs_table_header (table, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
take_table (BsTableWindow *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  BsTable *table = bs_chart_view_make_table (self->chart);
  gboolean keep = has_columns_of (self, table);
  while (!keep && g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);
    gtk_column_view_remove_column (self->view, column);
  }
  bs_table_model_take (self->model, table);
  for (gsize i = 0; !keep && i < bs_table_n_columns (table); i++)
    add_column (self, i);
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
  g_clear_object (&self->model);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (bs_table_window_parent_class)->dispose (object);
}

static void
bs_table_window_class_init (BsTableWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_table_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-table-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTableWindow, view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bs_table_window_init (BsTableWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = bs_table_model_new ();
  GtkSorter *sorter = g_object_ref (gtk_column_view_get_sorter (self->view));
  GtkSortListModel *sorted =
    gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->model)), sorter);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  bs_chart_view_get_name (chart), -1);
  take_table (self);
  return GTK_WIDGET (self);
}
