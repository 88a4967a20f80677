/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsScatterGroup:
 * @name: in the legend
 * @color: of its points
 * @marker: their shape
 * @hidden: not drawn, not found
 * @disc: a disc of emotions in place of marker and colour, as in lists
 * @first: its emotion
 * @second: the other emotion of a blend, or -1
 * @first_share: part of the disc that is @first's, 0 to 1
 */
typedef struct {
  const char *name;
  BsColor color;
  BsMarker marker;
  gboolean hidden;
  gboolean disc;
  int first, second;
  double first_share;
} BsScatterGroup;

/**
 * BsScatter:
 * @n: points; 100,000 are drawn without a pause
 * @x: (array length=n): across; points that are not finite are left out
 * @y: (array length=n): up
 * @group: (array length=n): which group each belongs to
 * @dimmed: (nullable) (array length=n): true for points that are only hinted at
 * @names: (nullable) (array length=n): for the table
 * @n_groups: groups
 * @groups: (array length=n_groups): their looks
 * @x_title: as "PC1 (23 %)"
 * @y_title: likewise
 * @x_from: the part on view
 * @x_to: likewise
 * @y_from: likewise
 * @y_to: likewise
 * @hover: point with a ring, -1 for none
 * @chosen: point with a stronger ring, -1 for none
 *
 * Points in a plane.
 */
typedef struct {
  gsize n;
  const float *x, *y;
  const guint16 *group;
  const guint8 *dimmed;
  const char *const *names;
  gsize n_groups;
  const BsScatterGroup *groups;
  const char *x_title, *y_title;
  double x_from, x_to, y_from, y_to;
  int hover, chosen;
} BsScatter;

#define BS_SCATTER_PICK_PX 14.0
#define BS_SCATTER_MOST_LEGEND 24

void bs_scatter_init (BsScatter *self);
void bs_scatter_fit (BsScatter *self);
void bs_scatter_zoom (BsScatter *self, double width, double height, const BsChartTheme *theme,
                      double factor, double x, double y);
void bs_scatter_pan (BsScatter *self, double width, double height, const BsChartTheme *theme,
                     double dx, double dy);

void bs_scatter_draw (const BsScatter *self, cairo_t *cr, double width, double height,
                      const BsChartTheme *theme);
void bs_scatter_draw_marks (const BsScatter *self, cairo_t *cr, double width, double height,
                            const BsChartTheme *theme);
void bs_scatter_draw_lasso (cairo_t *cr, const BsChartTheme *theme, const double (*corners)[2],
                            gsize n_corners);
BsRect bs_scatter_plot (const BsScatter *self, double width, double height,
                        const BsChartTheme *theme);
void bs_scatter_point (const BsScatter *self, double width, double height,
                       const BsChartTheme *theme, gsize index, double *x, double *y);
int bs_scatter_hit (const BsScatter *self, double width, double height, const BsChartTheme *theme,
                    double x, double y);
int bs_scatter_hit_legend (const BsScatter *self, double width, double height,
                           const BsChartTheme *theme, double x, double y);
GArray *bs_scatter_outline (const double (*path)[2], gsize n);
GArray *bs_scatter_lasso (const BsScatter *self, double width, double height,
                          const BsChartTheme *theme, const double (*corners)[2], gsize n_corners);
BsTable *bs_scatter_table (const BsScatter *self);

G_END_DECLS
