/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/base/bs-table.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_FOLD_TABLE (bs_fold_table_get_type ())
/**
 * BsFoldTable:
 *
 * Presence, salience, score and best thresholds of each fold, their mean and the pooled figure.
 * A change of numbers lays nothing out anew, so that it can follow a dragged slider.
 */
G_DECLARE_FINAL_TYPE (BsFoldTable, bs_fold_table, BS, FOLD_TABLE, GtkWidget)

void bs_fold_table_show (BsFoldTable *self, const BsEvaluationSet *cases, const BsMetrics *metrics,
                         const BsTuning *tuning, int edited_fold);
BsTable *bs_fold_table_make_table (BsFoldTable *self);

G_END_DECLS
