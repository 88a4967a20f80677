/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

/**
 * BsBaselineKind:
 * @BS_BASELINE_SINGLE: always the most frequent single emotion
 * @BS_BASELINE_BLEND: always the most frequent blend with its ratio
 *
 * What a model must beat that has not looked at the clips.
 */
typedef enum {
  BS_BASELINE_SINGLE,
  BS_BASELINE_BLEND,
} BsBaselineKind;

/**
 * BsBaseline:
 * @answer: what is always said, per fold; unknown for folds without clips or without others to
 *   learn from
 * @fold: counts per fold
 * @n_scored_folds: folds with an @answer
 * @mean_presence: over those folds; NaN where there is none
 * @std_presence: ddof 1; NaN below two
 * @mean_salience: likewise
 * @std_salience: likewise
 *
 * A trivial baseline, learned on the other folds.
 */
typedef struct {
  BsLabel answer[BS_MAX_FOLDS];
  BsCounts fold[BS_MAX_FOLDS];
  gsize n_scored_folds;
  double mean_presence, std_presence;
  double mean_salience, std_salience;
} BsBaseline;

void bs_baseline_compute (const BsLabel *truth, const gint8 *fold, gsize n, BsBaselineKind kind,
                          BsBaseline *baseline);

G_END_DECLS
