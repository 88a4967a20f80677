/* SPDX-License-Identifier: MIT */
#pragma once

#include "app/cli/bs-cli.h"
#include "model/bs-train-config.h"

G_BEGIN_DECLS

/**
 * BsCliTraining:
 * @name: (nullable): its values, as "lr=1e-4_dropout=0.1"; %NULL where there is only one training
 * @values: (array zero-terminated=1): of each key of the queue
 * @config: what decides it
 * @out: the run's folder
 *
 * One training of a queue.
 */
typedef struct {
  char *name;
  char **values;
  BsTrainConfig *config;
  char *out;
} BsCliTraining;

/**
 * BsCliQueue:
 * @keys: (array zero-terminated=1): settings of which several values were given
 * @trainings: (element-type BsCliTraining): one a combination of their values; the last key's
 *   values change fastest
 *
 * What "train" has to do.
 */
typedef struct {
  char **keys;
  GPtrArray *trainings;
} BsCliQueue;

BsCliQueue *bs_cli_queue_new (const char *model, char **settings, const char *const (*named)[2],
                              gsize n_named, const char *out, GError **error);
gboolean bs_cli_queue_is_grid (const BsCliQueue *self);
void bs_cli_queue_keep (BsCliQueue *self, guint index);
void bs_cli_queue_free (BsCliQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCliQueue, bs_cli_queue_free)

G_END_DECLS
