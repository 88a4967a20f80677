/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsLineSeries:
 * @name: in the legend
 * @color: of the line
 * @dashed: the second of two related series
 * @n: points
 * @x: (array length=n): across, rising
 * @y: (array length=n): up; the line has a gap where it is not finite
 */
typedef struct {
  const char *name;
  BsColor color;
  gboolean dashed;
  gsize n;
  const double *x, *y;
} BsLineSeries;

/**
 * BsLineChart:
 * @n_series: how many
 * @series: (array length=n_series): lines
 * @x_title: what lies across
 * @y_title: what lies up
 * @x_from: left end where the data begins later
 * @x_to: right end where the data ends earlier, as the number of epochs of a training
 * @y_from_zero: 0 is always on view
 * @hover_x: value across at which all lines are read out; NaN for none
 *
 * Lines over a common axis.
 */
typedef struct {
  gsize n_series;
  const BsLineSeries *series;
  const char *x_title, *y_title;
  double x_from, x_to;
  gboolean y_from_zero;
  double hover_x;
} BsLineChart;

void bs_line_chart_init (BsLineChart *self);
void bs_line_chart_draw (const BsLineChart *self, cairo_t *cr, double width, double height,
                         const BsChartTheme *theme);
void bs_line_chart_draw_hover (const BsLineChart *self, cairo_t *cr, double width, double height,
                               const BsChartTheme *theme);
double bs_line_chart_hit (const BsLineChart *self, double width, double height,
                          const BsChartTheme *theme, double x, double y);
BsTable *bs_line_chart_table (const BsLineChart *self);

G_END_DECLS
