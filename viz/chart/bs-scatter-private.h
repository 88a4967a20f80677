/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-scatter.h"

G_BEGIN_DECLS

void _bs_scatter_scales (const BsScatter *self, const BsRect *plot, BsScale *across, BsScale *up);
void _bs_scatter_draw_points (const BsScatter *self, BsPainter *painter, const BsRect *plot);
void _bs_scatter_draw_symbol (BsPainter *painter, const BsScatterGroup *group, double x, double y,
                              double radius, double alpha);

/* For tests. */
BsRect bs_scatter_legend_entry (const BsScatter *self, double width, const BsChartTheme *theme,
                                gsize group);

G_END_DECLS
