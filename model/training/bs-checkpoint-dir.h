/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "data/format/bs-folder-lock.h"
#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

/**
 * BsCheckpointProgress:
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
} BsCheckpointProgress;

char *bs_checkpoint_dir_dup_path_of_run (const char *run_folder);
char *bs_checkpoint_dir_dup_path_in (const char *parent, const BsTrainConfig *config,
                                     const BsMetadata *metadata);
char *bs_checkpoint_dir_dup_path (const char *folder, int fold);
gboolean bs_checkpoint_dir_look (const char *folder, BsCheckpointProgress *partial);
void bs_checkpoint_dir_remove (const char *folder);
BsFolderLock *bs_checkpoint_dir_lock (const char *folder, GError **error);
void bs_checkpoint_dir_unlock (const char *folder, BsFolderLock *lock);

G_END_DECLS
