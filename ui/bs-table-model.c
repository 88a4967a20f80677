/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <math.h>

#include "ui/bs-table-model.h"

/* The table outlives a model that has taken another one as long as rows of it are about. */
typedef struct {
  BsTable *table;
} Holder;

struct _BsTableRow {
  GObject parent_instance;
  Holder *holder;
  gsize row;
};

G_DEFINE_FINAL_TYPE (BsTableRow, bs_table_row, G_TYPE_OBJECT)

struct _BsTableModel {
  GObject parent_instance;
  Holder *holder;
};

static void
holder_clear (gpointer data)
{
  bs_table_free (((Holder *) data)->table);
}

static void
holder_unref (Holder *holder)
{
  g_rc_box_release_full (holder, holder_clear);
}

static void
bs_table_row_finalize (GObject *object)
{
  holder_unref (BS_TABLE_ROW (object)->holder);
  G_OBJECT_CLASS (bs_table_row_parent_class)->finalize (object);
}

static void
bs_table_row_class_init (BsTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_table_row_finalize;
}

static void
bs_table_row_init (BsTableRow *self)
{
}

/**
 * bs_table_row_dup_text:
 * @self: a row
 * @column: from 0
 *
 * Returns: (transfer full): the cell for people
 */
char *
bs_table_row_dup_text (BsTableRow *self, gsize column)
{
  return bs_table_dup_text (self->holder->table, self->row, column);
}

/**
 * bs_table_row_get_index:
 * @self: a row
 *
 * Returns: its number in the table
 */
gsize
bs_table_row_get_index (BsTableRow *self)
{
  return self->row;
}

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

/**
 * bs_table_row_compare:
 * @self: a row
 * @other: another row of the same table
 * @column: what to compare
 *
 * Returns: as strcmp() does: numbers by value, empty ones last, text by the locale
 */
int
bs_table_row_compare (BsTableRow *self, BsTableRow *other, gsize column)
{
  const BsTable *table = self->holder->table;
  if (bs_table_is_number (table, self->row, column) &&
      bs_table_is_number (table, other->row, column))
    return compare_numbers (bs_table_number (table, self->row, column),
                            bs_table_number (table, other->row, column));
  g_autofree char *a = bs_table_dup_text (table, self->row, column);
  g_autofree char *b = bs_table_dup_text (table, other->row, column);
  return g_utf8_collate (a, b);
}

static GType
get_item_type (GListModel *list)
{
  return BS_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  Holder *holder = BS_TABLE_MODEL (list)->holder;
  return holder != NULL ? (guint) bs_table_n_rows (holder->table) : 0;
}

static gpointer
get_item (GListModel *list, guint position)
{
  if (position >= get_n_items (list))
    return NULL;
  BsTableRow *row = g_object_new (BS_TYPE_TABLE_ROW, NULL);
  row->holder = g_rc_box_acquire (BS_TABLE_MODEL (list)->holder);
  row->row = position;
  return row;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BsTableModel, bs_table_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
bs_table_model_finalize (GObject *object)
{
  g_clear_pointer (&BS_TABLE_MODEL (object)->holder, holder_unref);
  G_OBJECT_CLASS (bs_table_model_parent_class)->finalize (object);
}

static void
bs_table_model_class_init (BsTableModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_table_model_finalize;
}

static void
bs_table_model_init (BsTableModel *self)
{
}

/**
 * bs_table_model_new:
 *
 * Returns: (transfer full): an empty list
 */
BsTableModel *
bs_table_model_new (void)
{
  return g_object_new (BS_TYPE_TABLE_MODEL, NULL);
}

/**
 * bs_table_model_take:
 * @self: a list
 * @table: (transfer full): what it shows from now on
 */
void
bs_table_model_take (BsTableModel *self, BsTable *table)
{
  guint removed = get_n_items (G_LIST_MODEL (self));
  g_clear_pointer (&self->holder, holder_unref);
  self->holder = g_rc_box_new0 (Holder);
  self->holder->table = table;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, get_n_items (G_LIST_MODEL (self)));
}

/**
 * bs_table_model_get_table:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const BsTable *
bs_table_model_get_table (BsTableModel *self)
{
  return self->holder != NULL ? self->holder->table : NULL;
}
