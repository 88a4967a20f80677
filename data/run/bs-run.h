/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/format/bs-matrix.h"
#include "data/format/bs-tensor.h"
#include "data/run/bs-predictions.h"

G_BEGIN_DECLS

/**
 * BsEpoch:
 * @fold: fold reported
 * @epoch: from 1
 * @train_loss: mean of the batches' losses
 * @validation_loss: the same on the held-out side
 * @acc_presence: at the epoch's tuned pair
 * @acc_salience: at the epoch's tuned pair
 * @alpha: tuned at this epoch
 * @beta: tuned at this epoch
 * @loss_kl: mean of the batches' KL, of a combined loss; NaN where a run does not say
 * @loss_bce: likewise, binary cross-entropy
 * @loss_rank: likewise, margin ranking
 * @learning_rate: of the optimiser in this epoch; NaN where a run does not say
 *
 * One row of history.csv.
 */
typedef struct {
  int fold;
  int epoch;
  double train_loss;
  double validation_loss;
  double acc_presence;
  double acc_salience;
  double alpha;
  double beta;
  double loss_kl;
  double loss_bce;
  double loss_rank;
  double learning_rate;
} BsEpoch;

/* The number of what is no fold: the network trained on every labelled clip, for the test part. */
#define BS_FOLD_ALL_CLIPS (-2)

/**
 * BsFoldResult:
 * @fold: fold reported, or %BS_FOLD_ALL_CLIPS
 * @best_epoch: epoch kept; the last one of the network of all clips
 * @alpha: thresholds that the protocol gives for this fold
 * @beta: likewise
 * @cut: of a regressed share, where the model has one: at most this far from a half is 50/50
 * @tensors: (element-type BsTensor) (nullable): weights and scaler; %NULL in a run that was loaded
 *   until bs_run_load_weights()
 * @train_predictions: (nullable): the fold network on its own training clips
 */
typedef struct {
  int fold;
  int best_epoch;
  double alpha;
  double beta;
  double cut;
  GPtrArray *tensors;
  BsPredictions *train_predictions;
  /*< private >*/
  gboolean weights_on_disk; /* the run's folder has them */
} BsFoldResult;

/**
 * BsRun:
 *
 * A set of out-of-fold predictions with all that is needed to make it again. On disk a folder
 * (run.json, probabilities.npz, history.csv, fold<k>.safetensors), written beside and renamed
 * into place. Reference counted; filled by its maker, then immutable. The weights of a run that was
 * loaded are read when bs_run_load_weights() asks for them.
 */
typedef struct {
  char *folder; /* (nullable): where it lies */
  char *title; /* for people */
  char *model; /* "mlp-512", or "imported" */
  char *protocol; /* "official", "honest"; NULL for imported ones */
  char **encoders; /* NULL-terminated */
  GHashTable *settings; /* name -> value as text: hyperparameters */
  guint64 seed;
  int n_threads;
  char *metadata_hash;
  char *created; /* ISO 8601, UTC */
  BsPredictions *predictions;
  GArray *history; /* of BsEpoch */
  GPtrArray *folds; /* of BsFoldResult */
  BsFoldResult *all; /* (nullable): the network of all clips, with the pair of the best fold */
  /*< private >*/
  GMutex lock; /* for the folds' tensors */
  GHashTable *sums; /* (nullable): of the files it was saved with, by name */
} BsRun;

/* Settings of a run made of others that say where its members, and their weights, were chosen:
 * "here" (on the clips reported), "elsewhere" or "not known". */
#define BS_RUN_CHOSEN "chosen"
#define BS_RUN_WEIGHTS_CHOSEN "weights_chosen"

BsRun *bs_run_new (void);
BsRun *bs_run_ref (BsRun *self);
void bs_run_unref (BsRun *self);
BsRun *bs_run_from_predictions (BsPredictions *predictions, const char *title,
                                const BsMetadata *metadata);
BsRun *bs_run_load (const char *folder, GError **error);
gboolean bs_run_load_weights (const BsRun *self, int fold, GError **error);
gboolean bs_run_save (BsRun *self, const char *folder, GError **error);
gboolean bs_run_replace (BsRun *self, const char *folder, GError **error);
const char *bs_run_name (const BsRun *self);
const BsFoldResult *bs_run_fold (const BsRun *self, int fold);
char *bs_run_dup_fold_name (const BsRun *self, int fold);
char *bs_run_weights_name (int fold);
BsMatrix *bs_fold_result_tensor (const BsFoldResult *self, const char *name);
gboolean bs_run_is_folder (const char *path);
char **bs_run_list (const char *parent_folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsRun, bs_run_unref)

G_END_DECLS
