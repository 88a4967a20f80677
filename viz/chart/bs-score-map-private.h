/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-score-map.h"

G_BEGIN_DECLS

BsRect bs_score_map_plot (const BsScoreMap *self, double width, double height,
                          const BsChartTheme *theme);
void bs_score_map_point (const BsScoreMap *self, double width, double height,
                         const BsChartTheme *theme, double alpha, double beta, double *x,
                         double *y);

G_END_DECLS
