/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "data/base/bs-csv-text.h"

G_BEGIN_DECLS

/**
 * BsCsvForm:
 * @separator: what stands between the fields: ',', ';' or a tab
 * @n_decimal_commas: fields that are a number with a decimal comma; 0 where @separator is a comma
 * @n_missing_words: fields that say NA, <NA>, None or the like
 * @n_trimmed: fields with blanks around them, which do not belong to the text
 *
 * How a table is written, as far as a reader has to find it out.
 */
typedef struct {
  char separator;
  gsize n_decimal_commas;
  gsize n_missing_words;
  gsize n_trimmed;
} BsCsvForm;

/**
 * BsCsv:
 *
 * A table read whole: RFC 4180 with a header row. Fields are kept as text; numbers are read by
 * the typed getters, the same under every locale. Callers count rows of data from 0; messages
 * count as a person does who looks at the table: the header is row 1. Immutable; any thread may
 * read it.
 */
typedef struct _BsCsv BsCsv;

BsCsv *bs_csv_load (const char *path, GError **error);
BsCsv *bs_csv_parse (const char *text, gsize length, const char *name, GError **error);
void bs_csv_free (BsCsv *self);
gsize bs_csv_n_rows (const BsCsv *self);
gsize bs_csv_n_columns (const BsCsv *self);
const char *bs_csv_name (const BsCsv *self);
const BsCsvForm *bs_csv_form (const BsCsv *self);
const char *bs_csv_header (const BsCsv *self, gsize column);
int bs_csv_find_column (const BsCsv *self, const char *header);
int bs_csv_need_column (const BsCsv *self, const char *header, GError **error);
gsize bs_csv_row_number (const BsCsv *self, gsize row);
const char *bs_csv_text (const BsCsv *self, gsize row, gsize column);
gboolean bs_csv_is_empty (const BsCsv *self, gsize row, gsize column);
gboolean bs_csv_double (const BsCsv *self, gsize row, gsize column, double *value, GError **error);
int bs_csv_n_decimals (const BsCsv *self, gsize row, gsize column);
gboolean bs_csv_int (const BsCsv *self, gsize row, gsize column, int *value, GError **error);
void bs_csv_set_error (const BsCsv *self, gsize row, gsize column, GError **error,
                       const char *format, ...) G_GNUC_PRINTF (5, 6);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCsv, bs_csv_free)

G_END_DECLS
