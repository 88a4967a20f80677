/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-bar-chart.h"

G_BEGIN_DECLS

/**
 * BsHistogram:
 * @from: left end of the first bin
 * @to: right end of the last
 * @n_bins: bins of equal width
 * @n_series: how many
 * @series: (array length=n_series): their looks
 * @counts: (nullable) (array): n_series x n_bins
 * @x_title: what is measured
 * @y_title: what is counted
 *
 * How a quantity is distributed in several groups, drawn over one another as outlines.
 */
typedef struct {
  double from, to;
  gsize n_bins;
  gsize n_series;
  const BsBarPart *series;
  const double *counts;
  const char *x_title, *y_title;
} BsHistogram;

void bs_histogram_draw (const BsHistogram *self, cairo_t *cr, double width, double height,
                        const BsChartTheme *theme);
BsTable *bs_histogram_table (const BsHistogram *self);

G_END_DECLS
