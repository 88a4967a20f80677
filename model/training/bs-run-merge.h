/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/training/bs-fold.h"

G_BEGIN_DECLS

/**
 * BsRunMerge:
 * @metadata: of the corpus
 * @clips: (array): from a row of the features to a clip of @metadata
 * @outcomes: (array length=n_outcomes): folds trained now
 * @n_outcomes: how many
 * @history: (element-type BsEpoch) (nullable): their epochs, in any order
 * @done: (array length=n_done) (nullable): runs with the other folds, their weights in memory
 * @n_done: how many
 *
 * What a run is put together from. Borrows everything.
 */
typedef struct {
  BsMetadata *metadata;
  const gsize *clips;
  BsTrainedFold *const *outcomes;
  gsize n_outcomes;
  const GArray *history;
  const BsRun *const *done;
  gsize n_done;
} BsRunMerge;

BsFoldResult *bs_fold_result_new (const BsTrainedFold *outcome);

BsRun *bs_run_merge_join (const BsRunMerge *self, const BsTrainConfig *config);

G_END_DECLS
