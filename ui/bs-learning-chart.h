/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-run.h"
#include "ui/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_LEARNING_CHART (bs_learning_chart_get_type ())
/**
 * BsLearningChart:
 *
 * The score of each fold over the epochs of a training, as it grows or as a run has kept it.
 */
G_DECLARE_FINAL_TYPE (BsLearningChart, bs_learning_chart, BS, LEARNING_CHART, BsChartView)

void bs_learning_chart_clear (BsLearningChart *self);
void bs_learning_chart_add (BsLearningChart *self, const BsEpoch *epoch);
void bs_learning_chart_show_history (BsLearningChart *self, const GArray *history);

G_END_DECLS
