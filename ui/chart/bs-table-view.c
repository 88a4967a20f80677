/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "ui/chart/bs-table-model.h"
#include "ui/chart/bs-table-view-private.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-gtk48-list.h"

/* Of a row and of the titles, beside a line of text. */
#define ROW_EXTRA_PX 6
#define HEADER_EXTRA_PX 14

struct _BsTableView {
  GtkWidget parent_instance;
  BsTableModel *model;
  guint most_rows; /* that it asks room for; 0 for none in particular */
  GtkScrolledWindow *scrolled;
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (BsTableView, bs_table_view, GTK_TYPE_WIDGET)

static guint activate_signal;

static gsize
column_of (gpointer object)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (object), "column"));
}

/* Under their titles, which GTK 4.8 has at the left. */
static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BsTableView *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  g_object_set_data (G_OBJECT (label), "column", GSIZE_TO_POINTER (column_of (factory)));
  gtk_list_item_set_child (item, label);
}

static void
show_cell (BsTableRow *row, GtkLabel *label)
{
  g_autofree char *text = bs_table_row_dup_text (row, column_of (label));
  g_autofree char *seen = bs_visible_dup (text);
  gtk_label_set_text (label, seen);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BsTableView *self)
{
  BsTableRow *row = gtk_list_item_get_item (item);
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  g_signal_connect_object (row, "changed", G_CALLBACK (show_cell), label, 0);
  show_cell (row, label);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, BsTableView *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell,
                                        gtk_list_item_get_child (item));
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return bs_table_row_compare ((BsTableRow *) a, (BsTableRow *) b, GPOINTER_TO_SIZE (column));
}

static void
add_column (BsTableView *self, gsize column)
{
  const char *header = bs_table_header (bs_table_model_get_table (self->model), column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_cb, GSIZE_TO_POINTER (column), NULL));
  g_object_set_data (G_OBJECT (factory), "column", GSIZE_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  g_autoptr (GtkColumnViewColumn) view_column =
    gtk_column_view_column_new (*header != '\0' ? gettext (header) : "", factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
}

static gboolean
has_columns_of (BsTableView *self, const BsTable *table)
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
sort_again (BsTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    gtk_sorter_changed (gtk_column_view_column_get_sorter (column), GTK_SORTER_CHANGE_DIFFERENT);
  }
}

static int
line_height (BsTableView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  return height;
}

static void
ask_for_room (BsTableView *self)
{
  const BsTable *table = bs_table_model_get_table (self->model);
  if (self->most_rows == 0 || table == NULL)
    return;
  int line = line_height (self), n = (int) MIN (self->most_rows, bs_table_n_rows (table));
  gtk_scrolled_window_set_min_content_height (self->scrolled,
                                              line + HEADER_EXTRA_PX + n * (line + ROW_EXTRA_PX));
}

/**
 * bs_table_view_set_most_rows:
 * @self: the view
 * @most_rows: rows that it asks room for, where it has so many
 *
 * For a table among other things that are scrolled together.
 */
void
bs_table_view_set_most_rows (BsTableView *self, guint most_rows)
{
  self->most_rows = most_rows;
  ask_for_room (self);
}

/**
 * bs_table_view_take:
 * @self: the view
 * @table: (transfer full): what it shows from now on; the order stays where the columns do, and
 *   with them the rows, their place and the focus, but for those that come and go
 */
void
bs_table_view_take (BsTableView *self, BsTable *table)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  gboolean keep = has_columns_of (self, table);
  while (!keep && g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);
    gtk_column_view_remove_column (self->view, column);
  }
  gboolean stay = bs_table_model_take (self->model, table);
  if (keep && stay)
    sort_again (self);
  for (gsize i = 0; !keep && i < bs_table_n_columns (table); i++)
    add_column (self, i);
  ask_for_room (self);
}

/**
 * bs_table_view_get_table:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const BsTable *
bs_table_view_get_table (BsTableView *self)
{
  return bs_table_model_get_table (self->model);
}

/**
 * bs_table_view_set_name:
 * @self: the view
 * @name: for a screen reader
 */
void
bs_table_view_set_name (BsTableView *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
activate_cb (BsTableView *self, guint position)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (self->view));
  g_autoptr (BsTableRow) row = g_list_model_get_item (rows, position);
  g_signal_emit (self, activate_signal, 0, (guint) bs_table_row_get_index (row));
}

static void
bs_table_view_dispose (GObject *object)
{
  BsTableView *self = BS_TABLE_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_TABLE_VIEW);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (bs_table_view_parent_class)->dispose (object);
}

static void
bs_table_view_class_init (BsTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_table_view_dispose;
  activate_signal = g_signal_new ("activate", BS_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-table-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTableView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BsTableView, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
bs_table_view_init (BsTableView *self)
{
  bs_gtk48_compat_init (self);
  self->model = bs_table_model_new ();
  GtkSorter *sorter = g_object_ref (gtk_column_view_get_sorter (self->view));
  g_autoptr (GtkSortListModel) sorted =
    gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->model)), sorter);
  g_autoptr (GtkNoSelection) selection =
    gtk_no_selection_new (G_LIST_MODEL (bs_gtk48_list_new (G_LIST_MODEL (sorted))));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}
