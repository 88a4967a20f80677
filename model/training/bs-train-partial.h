/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

/**
 * BsPartial:
 * @n_done: folds that are done
 * @n_begun: others that were begun
 * @epoch: the first epoch that is left to one of those, from 1
 *
 * How far a training came that was stopped.
 */
typedef struct {
  guint n_done;
  guint n_begun;
  int epoch;
} BsPartial;

char *bs_train_dup_partial_folder (const char *run_folder);
char *bs_train_dup_partial_in (const char *parent, const BsTrainConfig *config,
                               const BsMetadata *metadata);
char *bs_train_partial_dup_path (const char *folder, int fold);
gboolean bs_train_partial_look (const char *folder, BsPartial *partial);
void bs_train_partial_remove (const char *folder);

G_END_DECLS
