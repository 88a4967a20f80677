/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-probability-chart.h"

G_BEGIN_DECLS

int bs_probability_chart_hit (const BsProbabilityChart *self, double width, double height, double x,
                              double y);
BsRect bs_probability_chart_track (const BsProbabilityChart *self, double width, double height,
                                   int emotion);

G_END_DECLS
