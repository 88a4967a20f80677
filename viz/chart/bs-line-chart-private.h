/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-line-chart.h"

G_BEGIN_DECLS

void bs_line_chart_point (const BsLineChart *self, double width, double height,
                          const BsChartTheme *theme, double at_x, double at_y, double *x,
                          double *y);

G_END_DECLS
