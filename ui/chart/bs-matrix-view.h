/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "viz/chart/bs-matrix-chart.h"

G_BEGIN_DECLS

#define BS_TYPE_MATRIX_VIEW (bs_matrix_view_get_type ())
/**
 * BsMatrixView:
 *
 * A confusion matrix as a widget. Its cells fill the widget, between the least size at which
 * numbers are legible and one that is large enough; what does not fit scrolls below the names of
 * both sides, which stay (it is a GtkScrollable). Control and wheel or plus and minus make cells
 * larger and smaller, 0 as large as fits. Arrow keys move a cursor over the cells, Home and End to
 * the ends of a row.
 *
 * Signals: "chosen" (int row, int column, gboolean activated): a click, or Enter; -1 for a
 * whole row or column; activated after a double click or Enter.
 */
G_DECLARE_FINAL_TYPE (BsMatrixView, bs_matrix_view, BS, MATRIX_VIEW, BsChartView)

void bs_matrix_view_set_counts (BsMatrixView *self, const guint *counts, gsize n,
                                const char *const *names, gsize n_singles, gsize group);
void bs_matrix_view_set_unit (BsMatrixView *self, BsMatrixUnit unit);
void bs_matrix_view_set_selected (BsMatrixView *self, BsCellRef cell);
BsRect bs_matrix_view_place (BsMatrixView *self, BsCellRef cell);
guint64 bs_matrix_view_count (BsMatrixView *self, BsCellRef cell);

G_END_DECLS
