/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-csv.h"

G_BEGIN_DECLS

gboolean bs_fold_names_assign (const char *const *cells, gsize n, gint8 *folds, char ***names,
                               gsize *wrong, char **expected);
gboolean bs_fold_names_from_csv (const BsCsv *csv, gsize column, gint8 *folds, char ***names,
                                 GError **error);
const char *bs_fold_name (const char *const *names, int fold);
char *bs_fold_name_dup_visible (const char *const *names, int fold);

G_END_DECLS
