/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-bar-chart.h"

G_BEGIN_DECLS

/**
 * BsStrip:
 * @n: parts
 * @parts: (array length=n): their looks
 * @values: (nullable) (array length=n): what each holds, 0 or more
 * @cursor: part under the pointer, -1 for none
 *
 * How a whole is divided: one bar, and below it each part's name and per cent.
 */
typedef struct {
  gsize n;
  const BsBarPart *parts;
  const double *values;
  int cursor;
} BsStrip;

double bs_strip_height (const BsStrip *self, double width, const BsChartTheme *theme);
void bs_strip_draw (const BsStrip *self, cairo_t *cr, double width, double height,
                    const BsChartTheme *theme);
BsRect bs_strip_part (const BsStrip *self, double width, const BsChartTheme *theme, gsize index);
int bs_strip_hit (const BsStrip *self, double width, double height, const BsChartTheme *theme,
                  double x, double y);
BsTable *bs_strip_table (const BsStrip *self);

G_END_DECLS
