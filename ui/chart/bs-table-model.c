/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <math.h>

#include "ui/chart/bs-table-model.h"

/* The table outlives a model that has taken another one as long as rows of it are about. */
typedef struct {
  BsTable *table;
} Holder;

struct _BsTableRow {
  GObject parent_instance;
  BsTableModel *model; /* (weak) (nullable): which has it among its rows */
  Holder *holder;
  guint row;
};

G_DEFINE_FINAL_TYPE (BsTableRow, bs_table_row, G_TYPE_OBJECT)

struct _BsTableModel {
  GObject parent_instance;
  Holder *holder;
  GHashTable *rows; /* of BsTableRow (unowned) by number: those that somebody has */
};

static guint changed_signal;

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
  BsTableRow *self = BS_TABLE_ROW (object);
  if (self->model != NULL)
    g_hash_table_remove (self->model->rows, GUINT_TO_POINTER (self->row));
  holder_unref (self->holder);
  G_OBJECT_CLASS (bs_table_row_parent_class)->finalize (object);
}

static void
bs_table_row_class_init (BsTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_table_row_finalize;
  changed_signal = g_signal_new ("changed", BS_TYPE_TABLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
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
 * @other: another row, of a table with the same columns
 * @column: what to compare
 *
 * Returns: as strcmp() does: numbers by value, empty ones last, text by the locale
 */
int
bs_table_row_compare (BsTableRow *self, BsTableRow *other, gsize column)
{
  const BsTable *one = self->holder->table, *two = other->holder->table;
  if (bs_table_is_number (one, self->row, column) && bs_table_is_number (two, other->row, column))
    return compare_numbers (bs_table_number (one, self->row, column),
                            bs_table_number (two, other->row, column));
  g_autofree char *a = bs_table_row_dup_text (self, column);
  g_autofree char *b = bs_table_row_dup_text (other, column);
  return g_utf8_collate (a, b);
}

static guint
count_rows (const Holder *holder)
{
  return holder != NULL ? (guint) bs_table_n_rows (holder->table) : 0;
}

static GType
get_item_type (GListModel *list)
{
  return BS_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return count_rows (BS_TABLE_MODEL (list)->holder);
}

static gpointer
get_item (GListModel *list, guint position)
{
  BsTableModel *self = BS_TABLE_MODEL (list);
  if (position >= get_n_items (list))
    return NULL;
  BsTableRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  row = g_object_new (BS_TYPE_TABLE_ROW, NULL);
  row->model = self;
  row->holder = g_rc_box_acquire (self->holder);
  row->row = position;
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
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

/* They keep their table as long as they are about. */
static void
let_rows_go (BsTableModel *self)
{
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    ((BsTableRow *) row)->model = NULL;
  g_hash_table_remove_all (self->rows);
}

static void
bs_table_model_finalize (GObject *object)
{
  BsTableModel *self = BS_TABLE_MODEL (object);
  let_rows_go (self);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->holder, holder_unref);
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
  self->rows = g_hash_table_new (NULL, NULL);
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

static gboolean
has_columns_of (const Holder *holder, const BsTable *table)
{
  return holder != NULL && bs_table_n_columns (holder->table) == bs_table_n_columns (table);
}

static void
move_to (BsTableRow *self, Holder *holder, guint row)
{
  gboolean is_same = bs_table_row_is_same (self->holder->table, self->row, holder->table, row);
  holder_unref (self->holder);
  self->holder = g_rc_box_acquire (holder);
  self->row = row;
  if (!is_same)
    g_signal_emit (self, changed_signal, 0);
}

/* Held, because whoever hears of one may let go of another. */
static GList *
hold_rows (BsTableModel *self)
{
  GList *rows = g_hash_table_get_values (self->rows);
  g_list_foreach (rows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  return rows;
}

/* How many rows at the beginning, and then at the end, are what they were. */
static void
count_same (const BsTable *old, const BsTable *table, guint *n_before, guint *n_after)
{
  guint n_old = (guint) bs_table_n_rows (old), n_new = (guint) bs_table_n_rows (table);
  guint n = MIN (n_old, n_new), before = 0, after = 0;
  while (before < n && bs_table_row_is_same (old, before, table, before))
    before++;
  while (before + after < n &&
         bs_table_row_is_same (old, n_old - 1 - after, table, n_new - 1 - after))
    after++;
  *n_before = before;
  *n_after = after;
}

/* Rows of @old that are in the new table too, if at other places, stay themselves. */
static void
keep_same (BsTableModel *self, const Holder *old, guint n_before, guint n_after)
{
  guint n_old = count_rows (old), n_new = count_rows (self->holder);
  g_autolist (BsTableRow) rows = hold_rows (self);
  let_rows_go (self);
  for (const GList *l = rows; l != NULL; l = l->next) {
    BsTableRow *row = l->data;
    gboolean is_after = row->row >= n_old - n_after;
    if (row->row >= n_before && !is_after)
      continue;
    move_to (row, self->holder, is_after ? row->row - n_old + n_new : row->row);
    row->model = self;
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (row->row), row);
  }
}

static void
take_other_rows (BsTableModel *self, const Holder *old)
{
  guint n_before = 0, n_after = 0;
  guint n_old = count_rows (old), n_new = count_rows (self->holder);
  if (has_columns_of (old, self->holder->table))
    count_same (old->table, self->holder->table, &n_before, &n_after);
  keep_same (self, old, n_before, n_after);
  g_list_model_items_changed (G_LIST_MODEL (self), n_before, n_old - n_before - n_after,
                              n_new - n_before - n_after);
}

/**
 * bs_table_model_take:
 * @self: a list
 * @table: (transfer full): what it shows from now on
 *
 * Returns: whether the rows are those of before with new cells, so that who has sorted them has to
 *   do so again; else the list has said which rows have come and gone
 */
gboolean
bs_table_model_take (BsTableModel *self, BsTable *table)
{
  Holder *old = self->holder;
  gboolean stay = has_columns_of (old, table) && count_rows (old) == bs_table_n_rows (table);
  self->holder = g_rc_box_new0 (Holder);
  self->holder->table = table;
  if (stay) {
    g_autolist (BsTableRow) rows = hold_rows (self);
    for (const GList *l = rows; l != NULL; l = l->next)
      move_to (l->data, self->holder, BS_TABLE_ROW (l->data)->row);
  } else {
    take_other_rows (self, old);
  }
  if (old != NULL)
    holder_unref (old);
  return stay;
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
