/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_DURATION_CHART (bs_duration_chart_get_type ())
/**
 * BsDurationChart:
 *
 * How long singles and blends are.
 */
G_DECLARE_FINAL_TYPE (BsDurationChart, bs_duration_chart, BS, DURATION_CHART, BsChartView)

void bs_duration_chart_set (BsDurationChart *self, double bin_s, gsize n_bins,
                            const double *counts);

G_END_DECLS
