/* SPDX-License-Identifier: MIT */
#pragma once

#include "app/cli/common/bs-cli.h"
#include "data/format/bs-folder-lock.h"
#include "model/config/bs-train-grid.h"

G_BEGIN_DECLS

/**
 * BsCliTraining:
 * @point: (unowned): of the queue's grid
 * @out: the run's folder
 * @lock: (nullable): on the folder of its checkpoints, so that no other process trains the same run
 *
 * One training of a queue.
 */
typedef struct {
  const BsTrainPoint *point;
  char *out;
  BsFolderLock *lock;
} BsCliTraining;

/**
 * BsCliQueue:
 * @grid: one training or several
 * @trainings: (element-type BsCliTraining): those of them that are to be done
 *
 * What "train" has to do.
 */
typedef struct {
  BsTrainGrid *grid;
  GPtrArray *trainings;
} BsCliQueue;

BsCliQueue *bs_cli_queue_new (const char *model, char **settings, const char *const (*named)[2],
                              gsize n_named, const char *out, GError **error);
gboolean bs_cli_queue_is_grid (const BsCliQueue *self);
void bs_cli_queue_keep (BsCliQueue *self, guint index);
void bs_cli_queue_free (BsCliQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCliQueue, bs_cli_queue_free)

G_END_DECLS
