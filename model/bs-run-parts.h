/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/bs-fold.h"

G_BEGIN_DECLS

/**
 * BsRunParts:
 * @metadata: of the corpus
 * @clips: (array): from a row of the features to a clip of @metadata
 * @outcomes: (array length=n_outcomes): folds trained now
 * @n_outcomes: how many
 * @history: (element-type BsEpoch): their epochs, in any order
 * @done: (nullable): a run with the other folds
 *
 * What a run is put together from. Borrows everything.
 */
typedef struct {
  BsMetadata *metadata;
  const gsize *clips;
  BsFoldOutcome *const *outcomes;
  gsize n_outcomes;
  const GArray *history;
  const BsRun *done;
} BsRunParts;

BsFoldResult *bs_fold_result_new (const BsFoldOutcome *outcome);

BsRun *bs_run_parts_join (const BsRunParts *self, const BsTrainConfig *config);

G_END_DECLS
