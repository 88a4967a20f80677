/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/base/bs-table.h"

G_BEGIN_DECLS

#define BS_TYPE_TABLE_VIEW (bs_table_view_get_type ())
/**
 * BsTableView:
 *
 * A table that is sorted by a click on a column's title.
 *
 * Signal "activate" (guint row): a row was double clicked, or Enter pressed on it; rows are
 * numbered as in the table.
 */
G_DECLARE_FINAL_TYPE (BsTableView, bs_table_view, BS, TABLE_VIEW, GtkWidget)

void bs_table_view_set_name (BsTableView *self, const char *name);
void bs_table_view_set_most_rows (BsTableView *self, guint most_rows);
void bs_table_view_take (BsTableView *self, BsTable *table);

G_END_DECLS
