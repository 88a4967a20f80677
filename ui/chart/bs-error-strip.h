/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-metrics.h"
#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_ERROR_STRIP (bs_error_strip_get_type ())
/**
 * BsErrorStrip:
 *
 * How the decisions divide into right ones and kinds of error.
 */
G_DECLARE_FINAL_TYPE (BsErrorStrip, bs_error_strip, BS, ERROR_STRIP, BsChartView)

void bs_error_strip_set_metrics (BsErrorStrip *self, const BsMetrics *metrics);

G_END_DECLS
