/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsTable:
 *
 * A chart's figures as rows and columns: what a screen reader, a person who wants the numbers
 * and a CSV file get instead of the picture.
 */
typedef struct _BsTable BsTable;

BsTable *bs_table_new (void);
void bs_table_free (BsTable *self);
void bs_table_add_column (BsTable *self, const char *header, int decimals);
void bs_table_add_text (BsTable *self, const char *text);
void bs_table_add_number (BsTable *self, double value);

gsize bs_table_n_columns (const BsTable *self);
gsize bs_table_n_rows (const BsTable *self);
const char *bs_table_header (const BsTable *self, gsize column);
gboolean bs_table_is_number (const BsTable *self, gsize row, gsize column);
double bs_table_number (const BsTable *self, gsize row, gsize column);
gboolean bs_table_row_is_same (const BsTable *self, gsize row, const BsTable *other,
                               gsize other_row);
char *bs_table_dup_text (const BsTable *self, gsize row, gsize column);
GBytes *bs_table_to_csv (const BsTable *self);

#define BS_NUMBER_SIZE 40 /* bytes that hold any number's text */

const char *bs_number_exact (char text[BS_NUMBER_SIZE], double value);
const char *bs_number_fixed (char text[BS_NUMBER_SIZE], double value, int decimals);
const char *bs_number_for (char text[BS_NUMBER_SIZE], double value, int decimals,
                           const char *decimal_point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTable, bs_table_free)

G_END_DECLS
