/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_COUNT_CHART (bs_count_chart_get_type ())
/**
 * BsCountChart:
 *
 * Counts as lying bars. Signal "picked" (int): the person chose that bar.
 */
G_DECLARE_FINAL_TYPE (BsCountChart, bs_count_chart, BS, COUNT_CHART, BsChartView)

void bs_count_chart_set (BsCountChart *self, const char *const *names, const double *values,
                         const char *const *part_names);

G_END_DECLS
