/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/bs-corpus.h"
#include "data/bs-run.h"

G_BEGIN_DECLS

/**
 * BsTrainConfig:
 * @model: "linear", "mlp-256", "mlp-512"
 * @encoders: (array zero-terminated=1): fused by concatenation in this order
 * @protocol: "official" or "honest" (DEFINITIONS, Tuning protocols)
 * @folds: bit k set: fold k is trained and reported; 0 means all
 * @n_epochs: epochs to train
 * @learning_rate: Adam's step
 * @weight_decay: L2 added to the gradient
 * @batch_size: clips per step
 * @seed: of everything random
 * @n_threads: BLAS threads; 0 leaves the setting as it is
 *
 * All that decides a training. bs_train_config_init() gives the official defaults.
 */
typedef struct {
  char *model;
  char **encoders;
  char *protocol;
  guint folds;
  int n_epochs;
  double learning_rate;
  double weight_decay;
  int batch_size;
  guint64 seed;
  int n_threads;
} BsTrainConfig;

typedef void (*BsEpochFunc) (const BsEpoch *epoch, gpointer user_data);

BsTrainConfig *bs_train_config_new (void);
/* A quick fusion of the encoders of a demo corpus, for its first start. */
BsTrainConfig *bs_train_config_new_demo (BsCorpus *corpus);
BsTrainConfig *bs_train_config_copy (const BsTrainConfig *self);
void bs_train_config_free (BsTrainConfig *self);
gboolean bs_train_config_set (BsTrainConfig *self, const char *key, const char *value,
                              GError **error);

BsRun *bs_train (BsCorpus *corpus, const BsTrainConfig *config, BsEpochFunc on_epoch,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error);

BsPredictions *bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part,
                           GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainConfig, bs_train_config_free)

G_END_DECLS
