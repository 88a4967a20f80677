/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsCsv:
 *
 * A table read whole: RFC 4180 with a header row. Fields are kept as text; numbers are read by
 * the typed getters, the same under every locale. Rows are counted as the file's lines are by
 * a person: the header is row 1.
 */
typedef struct _BsCsv BsCsv;

BsCsv *bs_csv_load (const char *path, GError **error);
BsCsv *bs_csv_parse (const char *text, gsize length, const char *name, GError **error);
void bs_csv_free (BsCsv *self);
gsize bs_csv_n_rows (const BsCsv *self);
gsize bs_csv_n_columns (const BsCsv *self);
const char *bs_csv_name (const BsCsv *self);
const char *bs_csv_header (const BsCsv *self, gsize column);
int bs_csv_find_column (const BsCsv *self, const char *header);
const char *bs_csv_text (const BsCsv *self, gsize row, gsize column);
gboolean bs_csv_is_empty (const BsCsv *self, gsize row, gsize column);
gboolean bs_csv_double (const BsCsv *self, gsize row, gsize column, double *value, GError **error);
gboolean bs_csv_int (const BsCsv *self, gsize row, gsize column, int *value, GError **error);
void bs_csv_set_error (const BsCsv *self, gsize row, gsize column, GError **error,
                       const char *format, ...) G_GNUC_PRINTF (5, 6);

void bs_csv_append_field (GString *out, const char *text);
void bs_csv_append_double (GString *out, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCsv, bs_csv_free)

G_END_DECLS
