/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/bs-run.h"

G_BEGIN_DECLS

/**
 * BsRunScore:
 * @run: the run
 * @known: whether the figures below could be worked out
 * @presence: mean over folds at the official protocol's thresholds
 * @presence_std: ddof 1
 * @salience: likewise
 * @salience_std: likewise
 * @tuned_elsewhere: the run's own protocol chose thresholds without the clips reported, and
 *   the figures are at those
 *
 * What a run is worth, for the list of runs.
 */
typedef struct {
  BsRun *run;
  gboolean known;
  double presence, presence_std;
  double salience, salience_std;
  gboolean tuned_elsewhere;
} BsRunScore;

#define BS_TYPE_RUN_ROW (bs_run_row_get_type ())
/**
 * BsRunRow:
 *
 * One run in the list of runs. Signal "delete": the person wants it gone; "choose": it was chosen
 * for a fusion, or not any more.
 */
G_DECLARE_FINAL_TYPE (BsRunRow, bs_run_row, BS, RUN_ROW, GtkListBoxRow)

GtkWidget *bs_run_row_new (BsRun *run);
BsRun *bs_run_row_get_run (BsRunRow *self);
gboolean bs_run_row_get_chosen (BsRunRow *self);
void bs_run_row_set_chosen (BsRunRow *self, gboolean chosen);
void bs_run_row_set_score (BsRunRow *self, const BsRunScore *score);
void bs_run_row_set_open (BsRunRow *self, gboolean open);

G_END_DECLS
