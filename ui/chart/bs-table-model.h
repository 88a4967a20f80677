/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/base/bs-table.h"

G_BEGIN_DECLS

#define BS_TYPE_TABLE_ROW (bs_table_row_get_type ())
/**
 * BsTableRow:
 *
 * One row of a table, as list widgets want it. "changed" is emitted when its cells have changed.
 */
G_DECLARE_FINAL_TYPE (BsTableRow, bs_table_row, BS, TABLE_ROW, GObject)

gsize bs_table_row_get_index (BsTableRow *self);
char *bs_table_row_dup_text (BsTableRow *self, gsize column);
int bs_table_row_compare (BsTableRow *self, BsTableRow *other, gsize column);

#define BS_TYPE_TABLE_MODEL (bs_table_model_get_type ())
/**
 * BsTableModel:
 *
 * A chart's table as a list; rows are made when they are looked at, and stay themselves when the
 * table's numbers change.
 */
G_DECLARE_FINAL_TYPE (BsTableModel, bs_table_model, BS, TABLE_MODEL, GObject)

BsTableModel *bs_table_model_new (void);
gboolean bs_table_model_take (BsTableModel *self, BsTable *table);
const BsTable *bs_table_model_get_table (BsTableModel *self);

G_END_DECLS
