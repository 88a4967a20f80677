/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsMatrixUnit:
 * @BS_MATRIX_COUNTS: clips
 * @BS_MATRIX_ROW: per cent of the true class
 * @BS_MATRIX_COLUMN: per cent of the predicted class
 * @BS_MATRIX_ALL: per cent of all clips
 */
typedef enum {
  BS_MATRIX_COUNTS,
  BS_MATRIX_ROW,
  BS_MATRIX_COLUMN,
  BS_MATRIX_ALL,
} BsMatrixUnit;

/**
 * BsCellRef:
 * @row: true class; -1 for a whole column, or none
 * @column: predicted class; -1 for a whole row, or none
 */
typedef struct {
  int row, column;
} BsCellRef;

#define BS_CELL_NONE ((BsCellRef){ -1, -1 })

/**
 * BsMatrixChart:
 * @n: classes
 * @counts: (nullable) (array): n x n clips, true class by predicted class
 * @names: (array length=n): classes for people
 * @n_singles: classes that are set apart from the rest, first in order
 * @group: how many of the rest belong together, as the three ratios of a pair do; 1 for none
 * @unit: what cells say
 * @selected: cell, row or column whose clips are shown elsewhere
 * @cursor: cell that the keyboard or the pointer is on
 * @cell_px: side of a cell; 0 for as large as the drawing allows
 * @scroll_x: how far the cells are moved to the left, where they are wider than the drawing; held
 *   within what there is
 * @scroll_y: likewise up
 *
 * A confusion matrix: rows are what is true, columns what was predicted, with their numbers of
 * clips beside and below. Where cells and totals are larger than the drawing, they are moved below
 * the names of both sides, which stay.
 */
typedef struct {
  gsize n;
  const guint *counts;
  const char *const *names;
  gsize n_singles;
  gsize group;
  BsMatrixUnit unit;
  BsCellRef selected, cursor;
  double cell_px;
  double scroll_x, scroll_y;
} BsMatrixChart;

/**
 * BsMatrixExtent:
 * @view: where cells and totals are seen
 * @width: of all cells and totals
 * @height: likewise
 */
typedef struct {
  BsRect view;
  double width, height;
} BsMatrixExtent;

void bs_matrix_chart_draw (const BsMatrixChart *self, cairo_t *cr, double width, double height,
                           const BsChartTheme *theme);
void bs_matrix_chart_draw_marks (const BsMatrixChart *self, cairo_t *cr, double width,
                                 double height, const BsChartTheme *theme);
BsRect bs_matrix_chart_cell (const BsMatrixChart *self, double width, double height,
                             const BsChartTheme *theme, int row, int column);
BsCellRef bs_matrix_chart_hit (const BsMatrixChart *self, double width, double height,
                               const BsChartTheme *theme, double x, double y);
double bs_matrix_chart_fit (const BsMatrixChart *self, double width, double height,
                            const BsChartTheme *theme);
BsMatrixExtent bs_matrix_chart_extent (const BsMatrixChart *self, double width, double height,
                                       const BsChartTheme *theme);
double bs_matrix_chart_best_height (const BsMatrixChart *self, double width,
                                    const BsChartTheme *theme);
BsTable *bs_matrix_chart_table (const BsMatrixChart *self);

G_END_DECLS
