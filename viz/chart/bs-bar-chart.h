/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsBarPart:
 * @name: in the legend
 * @color: of its part of each bar
 */
typedef struct {
  const char *name;
  BsColor color;
} BsBarPart;

/**
 * BsBarChart:
 * @n: bars, from top to bottom
 * @names: (array length=n): their names
 * @n_parts: parts of each bar, side by side
 * @parts: (array length=n_parts): their looks
 * @values: (nullable) (array): n x n_parts counts; what is not above 0 is left out
 * @title: (nullable): what is counted
 * @cursor: bar that the keyboard or the pointer is on, -1 for none
 *
 * Counts as lying bars, so that their names can be read, with the sum behind each.
 */
typedef struct {
  gsize n;
  const char *const *names;
  gsize n_parts;
  const BsBarPart *parts;
  const double *values;
  const char *title;
  int cursor;
} BsBarChart;

void bs_bar_chart_draw (const BsBarChart *self, cairo_t *cr, double width, double height,
                        const BsChartTheme *theme);
BsRect bs_bar_chart_bar (const BsBarChart *self, double width, double height,
                         const BsChartTheme *theme, gsize index);
int bs_bar_chart_hit (const BsBarChart *self, double width, double height,
                      const BsChartTheme *theme, double x, double y);
BsTable *bs_bar_chart_table (const BsBarChart *self);

G_END_DECLS
