/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-table.h"
#include "viz/chart/bs-painter.h"

G_BEGIN_DECLS

/**
 * BsProbabilityChart:
 * @p: (array fixed-size=6): what the bars show, official order; NaN where nothing is known
 * @ticks: (nullable) (array fixed-size=6): the whole clip's probabilities, a tick on each bar
 * @names: (array fixed-size=6): the emotions for people
 * @alpha: drawn across all bars; NaN where there is none
 * @beta: drawn on the second bar, from the first one's end down to where the two would still
 *   count as equal; NaN where there is none
 *
 * Six probabilities as bars. @alpha and @beta stand where they apply to @ticks, or to @p where
 * there are no ticks: the decision is the clip's.
 */
typedef struct {
  double p[BS_N_EMOTIONS];
  const double *ticks;
  const char *const *names;
  double alpha;
  double beta;
} BsProbabilityChart;

void bs_probability_chart_draw (const BsProbabilityChart *self, cairo_t *cr, double width,
                                double height, const BsChartTheme *theme);
BsTable *bs_probability_chart_table (const BsProbabilityChart *self);

G_END_DECLS
