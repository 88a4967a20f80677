/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/run/bs-run.h"
#include "ui/session/bs-run-scores.h"

G_BEGIN_DECLS

#define BS_TYPE_RUN_ROW (bs_run_row_get_type ())
/**
 * BsRunRow:
 *
 * One run in the list of runs. Signal "delete": the person wants it gone; "choose": it was chosen,
 * to be fused or compared, or not any more.
 */
G_DECLARE_FINAL_TYPE (BsRunRow, bs_run_row, BS, RUN_ROW, GtkListBoxRow)

GtkWidget *bs_run_row_new (BsRun *run);
BsRun *bs_run_row_get_run (BsRunRow *self);
gboolean bs_run_row_get_chosen (BsRunRow *self);
void bs_run_row_set_chosen (BsRunRow *self, gboolean chosen);
void bs_run_row_set_score (BsRunRow *self, const BsRunScore *score);
void bs_run_row_set_distinction (BsRunRow *self, char **keys);
void bs_run_row_set_open (BsRunRow *self, gboolean open);

G_END_DECLS
