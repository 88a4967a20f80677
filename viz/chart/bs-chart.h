/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/base/bs-table.h"
#include "viz/chart/bs-painter.h"

G_BEGIN_DECLS

/**
 * BsScale:
 * @from: value at @from_px
 * @to: value at @to_px
 * @from_px: pixel
 * @to_px: pixel; below @from_px for axes that go up
 *
 * A linear map between values and pixels.
 */
typedef struct {
  double from, to;
  double from_px, to_px;
} BsScale;

double bs_scale_px (const BsScale *self, double value);
double bs_scale_value (const BsScale *self, double px);

/**
 * BsTicks:
 * @first: lowest tick
 * @step: distance
 * @n: how many
 * @decimals: that all of them need
 */
typedef struct {
  double first, step;
  int n;
  int decimals;
} BsTicks;

BsTicks bs_ticks_nice (double from, double to, int n_most);

/**
 * BsAxis:
 * @title: (nullable): what it measures
 * @n_ticks: at most
 * @grid: draw lines across the plot
 * @as_percent: values are shares, shown times 100
 */
typedef struct {
  const char *title;
  int n_ticks;
  gboolean grid;
  gboolean as_percent;
} BsAxis;

void bs_axis_draw_x (BsPainter *painter, const BsRect *plot, const BsScale *scale,
                     const BsAxis *axis);
void bs_axis_draw_y (BsPainter *painter, const BsRect *plot, const BsScale *scale,
                     const BsAxis *axis);

#define BS_LEGEND_ROW_EM 1.5

double bs_legend_height (gsize n, double column_em, double width, const BsChartTheme *theme);
BsRect bs_legend_entry (gsize index, double column_em, double width, const BsChartTheme *theme);

/**
 * BsChartFormat:
 *
 * What charts are exported as.
 */
typedef enum {
  BS_CHART_PNG,
  BS_CHART_SVG,
  BS_CHART_PDF,
} BsChartFormat;

/**
 * BsChartDrawFunc:
 * @cr: what to draw on
 * @width: pixels or points
 * @height: likewise
 * @user_data: the chart
 */
typedef void (*BsChartDrawFunc) (cairo_t *cr, double width, double height, gpointer user_data);

GBytes *bs_chart_export (BsChartDrawFunc draw, gpointer user_data, double width, double height,
                         BsColor background, BsChartFormat format, GError **error);

G_END_DECLS
