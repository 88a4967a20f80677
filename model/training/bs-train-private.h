/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/training/bs-branches.h"
#include "model/training/bs-train.h"

G_BEGIN_DECLS

/* Settings that only a run has: they say how it came about and decide nothing. */
#define BS_TRAIN_SECONDS "seconds"
#define BS_TRAIN_FOLD_THREADS "threads of each fold"

const char *bs_train_find_difference (const BsRun *done, const BsTrainConfig *config,
                                      const BsMetadata *metadata);
gboolean bs_train_load_weights (const BsRun *done, GError **error);
void bs_train_note_seconds (BsRun *run, double seconds);
gboolean bs_train_check_compatible (const BsRun *done, const BsTrainConfig *config,
                                    const BsMetadata *metadata, GError **error);
char *bs_train_config_dup_hash (const BsTrainConfig *self, const BsMetadata *metadata);
gboolean bs_train_is_whole (const BsTrainConfig *config, const BsMetadata *metadata);
GPtrArray *bs_train_branch_runs (BsCorpus *corpus, const BsTrainConfig *fusion,
                                 const BsBranches *branches, BsProgressFunc on_progress,
                                 gpointer user_data, GCancellable *cancellable, GError **error);

int bs_train_all_epochs (const BsTrainConfig *config, const BsRun *run);
const BsFoldResult *bs_train_best_fold (const BsRun *run, const BsMetadata *metadata,
                                        GError **error);

G_END_DECLS
