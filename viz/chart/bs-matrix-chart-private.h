/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-matrix-chart.h"

G_BEGIN_DECLS

BsColor bs_matrix_chart_color (const BsMatrixChart *self, const BsChartTheme *theme, int row,
                               int column);
double bs_matrix_chart_value (const BsMatrixChart *self, int row, int column);

G_END_DECLS
