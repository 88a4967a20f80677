/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/bs-corpus.h"
#include "data/bs-run.h"

G_BEGIN_DECLS

typedef void (*BsEpochFunc) (const BsEpoch *epoch, gpointer user_data);

/**
 * BsTrainConfig:
 * @model: "linear", "mlp-256", "mlp-512"
 * @encoders: (array zero-terminated=1): fused by concatenation in this order
 * @protocol: "official", "honest" or "paper-000" (DEFINITIONS, Tuning protocols)
 * @preset: (nullable): where the other values came from: "official", "demo"
 * @folds: bit k set: fold k is trained and reported; 0 means all
 * @n_epochs: epochs to train
 * @patience: epochs without a better score after which a fold stops, 0 for never, -1 for what
 *   the protocol has (15 for paper-000, never for the others)
 * @learning_rate: Adam's step
 * @weight_decay: L2 added to the gradient
 * @batch_size: clips per step
 * @seed: of everything random
 * @n_threads: folds trained side by side; 0 for as many as BLAS has threads
 *
 * All that decides a training. bs_train_config_new() gives the official defaults.
 */
typedef struct {
  char *model;
  char **encoders;
  char *protocol;
  char *preset;
  guint folds;
  int n_epochs;
  int patience;
  double learning_rate;
  double weight_decay;
  int batch_size;
  guint64 seed;
  int n_threads;
} BsTrainConfig;

BsTrainConfig *bs_train_config_new (void);
BsTrainConfig *bs_train_config_new_demo (BsCorpus *corpus);
BsTrainConfig *bs_train_config_copy (const BsTrainConfig *self);
void bs_train_config_free (BsTrainConfig *self);
gboolean bs_train_config_set (BsTrainConfig *self, const char *key, const char *value,
                              GError **error);
gboolean bs_train_config_check (const BsTrainConfig *self, GError **error);
GHashTable *bs_train_config_to_settings (const BsTrainConfig *self);
const char *const *bs_train_config_keys (void);
const char *const *bs_train_models (void);
const char *const *bs_train_protocols (void);

BsRun *bs_train (BsCorpus *corpus, const BsTrainConfig *config, BsEpochFunc on_epoch,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error);
BsRun *bs_train_resume (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *done,
                        BsEpochFunc on_epoch, BsProgressFunc on_progress, gpointer user_data,
                        GCancellable *cancellable, GError **error);

BsPredictions *bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part,
                           GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainConfig, bs_train_config_free)

G_END_DECLS
