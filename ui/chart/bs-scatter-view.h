/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "viz/chart/bs-scatter.h"

G_BEGIN_DECLS

/**
 * BsScatterLook:
 * @name: in the legend
 * @first: an emotion that gives the colour, or -1
 * @second: mixed with @first, or -1
 * @second_share: how much of it
 * @series: number of the colour where @first is -1
 * @marker: shape
 *
 * How a group of points looks, whatever the theme.
 */
typedef struct {
  char *name;
  int first, second;
  double second_share;
  int series;
  BsMarker marker;
} BsScatterLook;

#define BS_TYPE_SCATTER_VIEW (bs_scatter_view_get_type ())
/**
 * BsScatterView:
 *
 * Points as a widget. Drag moves, the wheel zooms, Shift and drag draws a lasso, a click on the
 * legend hides a group and a double click leaves it alone; arrow keys go from point to point,
 * plus and minus zoom, Home shows all.
 *
 * Signals: "hovered" (int): the pointer or the keyboard is on this point, -1 for none; the
 * receiver may set words. "activated" (int): a click on a point, or Enter. "lasso" (GArray of
 * guint): points inside an outline.
 */
G_DECLARE_FINAL_TYPE (BsScatterView, bs_scatter_view, BS, SCATTER_VIEW, BsChartView)

void bs_scatter_view_set_points (BsScatterView *self, gsize n, const float *xy,
                                 const char *const *names, const char *x_title,
                                 const char *y_title);
void bs_scatter_view_set_groups (BsScatterView *self, const guint16 *group,
                                 const BsScatterLook *looks, gsize n_looks);
void bs_scatter_view_set_dimmed (BsScatterView *self, const guint8 *dimmed);
void bs_scatter_view_set_chosen (BsScatterView *self, int index);
void bs_scatter_view_set_hover_words (BsScatterView *self, const char *words);
void bs_scatter_view_fit (BsScatterView *self);

G_END_DECLS
