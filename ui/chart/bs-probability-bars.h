/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-rule.h"
#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_PROBABILITY_BARS (bs_probability_bars_get_type ())
/**
 * BsProbabilityBars:
 *
 * Six probabilities as bars, with the thresholds where they apply. With a prediction track the
 * bars are the window's under the playhead and a tick on each is the clip's.
 */
G_DECLARE_FINAL_TYPE (BsProbabilityBars, bs_probability_bars, BS, PROBABILITY_BARS, BsChartView)

void bs_probability_bars_set_clip (BsProbabilityBars *self, const double *p, BsThresholdPair pair);
void bs_probability_bars_set_over_picture (BsProbabilityBars *self, gboolean over_picture);
void bs_probability_bars_set_now (BsProbabilityBars *self, const double *p);

G_END_DECLS
