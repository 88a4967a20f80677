/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

/**
 * BsTrainPoint:
 * @name: (nullable): its values, as "lr=1e-4_dropout=0.1"; %NULL where there is only one
 * @values: (array zero-terminated=1): as they were written, one a key of the grid
 * @config: what decides the training
 *
 * One training of a grid.
 */
typedef struct {
  char *name;
  char **values;
  BsTrainConfig *config;
} BsTrainPoint;

/**
 * BsTrainGrid:
 * @keys: (array zero-terminated=1): settings of which several values were given
 * @points: (element-type BsTrainPoint): one a combination of their values; the last key's values
 *   change fastest
 *
 * The trainings that lists of values mean.
 */
typedef struct {
  char **keys;
  GPtrArray *points;
} BsTrainGrid;

#define BS_TRAIN_GRID_MOST 10000

char **bs_train_grid_split (const char *key, const char *values, GError **error);
BsTrainGrid *bs_train_grid_new (const BsTrainConfig *base, const char *const *settings,
                                const char *const (*named)[2], gsize n_named, guint most,
                                GError **error);
void bs_train_grid_free (BsTrainGrid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainGrid, bs_train_grid_free)

G_END_DECLS
