/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-histogram.h"

G_BEGIN_DECLS

void bs_histogram_count (const double *values, gsize n, double from, double to, gsize n_bins,
                         double *counts);
int bs_histogram_hit (const BsHistogram *self, double width, double height,
                      const BsChartTheme *theme, double x, double y);

G_END_DECLS
