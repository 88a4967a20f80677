/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

/**
 * BsLearningMeasure:
 * @BS_LEARNING_SCORE: mean of presence and salience accuracy
 * @BS_LEARNING_LOSS: in training and, dashed, on the held-out side
 * @BS_LEARNING_KL: that term of a combined loss
 * @BS_LEARNING_BCE: likewise
 * @BS_LEARNING_RANK: likewise
 * @BS_LEARNING_RATE: Adam's
 *
 * What the curves show.
 */
typedef enum {
  BS_LEARNING_SCORE,
  BS_LEARNING_LOSS,
  BS_LEARNING_KL,
  BS_LEARNING_BCE,
  BS_LEARNING_RANK,
  BS_LEARNING_RATE,
  BS_LEARNING_N_MEASURES,
} BsLearningMeasure;

#define BS_TYPE_LEARNING_CHART (bs_learning_chart_get_type ())
/**
 * BsLearningChart:
 *
 * A measure of each fold over the epochs of a training, as it grows or as a run has kept it.
 * Signal "measures-changed": there is another measure to choose, or one less.
 */
G_DECLARE_FINAL_TYPE (BsLearningChart, bs_learning_chart, BS, LEARNING_CHART, BsChartView)

void bs_learning_chart_add (BsLearningChart *self, const BsEpoch *epoch);
void bs_learning_chart_show_history (BsLearningChart *self, const GArray *history,
                                     const char *const *fold_names);
guint bs_learning_chart_get_measures (BsLearningChart *self);
void bs_learning_chart_set_measure (BsLearningChart *self, BsLearningMeasure measure);
const char *bs_learning_chart_measure_name (BsLearningMeasure measure);

G_END_DECLS
