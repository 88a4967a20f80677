/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-selection-protocol.h"
#include "model/training/bs-checkpoint.h"
#include "model/training/bs-train.h"
#include "model/training/bs-trainer.h"

G_BEGIN_DECLS

/**
 * BsFoldData:
 * @samples: features
 * @labels: (array length=samples->n): labels
 * @folds: (array length=samples->n): folds; a clip below 0 takes no part
 * @n_folds: folds are below this
 *
 * What all folds' trainings share. Borrows everything.
 */
typedef struct {
  const BsSamples *samples;
  const BsLabel *labels;
  const gint8 *folds;
  int n_folds;
} BsFoldData;

/**
 * BsFoldJob:
 * @fold: the fold that is reported, or %BS_FOLD_ALL_CLIPS
 * @fold_names: (nullable): what folds are called, as bs_fold_names_assign() gives them
 * @select: how epoch and thresholds are chosen
 * @n_epochs: at most
 * @patience: epochs without a better score after which training stops, 0 for never
 * @options: of the trainer; the seed is the fold's own
 * @checkpoint_path: (nullable): where the fold leaves what it has, to be continued
 * @checkpoint_every_s: seconds from one checkpoint to the next
 * @origin: what its checkpoints are of
 * @earlier: (nullable): a checkpoint of the same origin to go on from
 */
typedef struct {
  int fold;
  const char *const *fold_names;
  BsSelectionProtocol select;
  int n_epochs;
  int patience;
  BsTrainerOptions options;
  const char *checkpoint_path;
  double checkpoint_every_s;
  BsCheckpointOrigin origin;
  const BsCheckpoint *earlier;
} BsFoldJob;

/**
 * BsFoldPart:
 * @n: clips
 * @index: (array length=n): their places among the samples
 * @p: (array length=n): what the network says of them
 * @decisions: (nullable) (array length=n): likewise, where its head has no thresholds
 */
typedef struct {
  gsize n;
  gsize *index;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *decisions;
} BsFoldPart;

/**
 * BsTrainedFold:
 * @fold: the fold that was held out
 * @best_epoch: the epoch kept, or the number of epochs trained again
 * @alpha: thresholds for the fold
 * @beta: likewise
 * @classifier: the fold's network
 * @held_out: the clips of the fold
 * @train: those it was trained on
 * @n_branches: of a fusion
 * @branches: (array length=n_branches): its frozen branches' networks of the same fold
 */
typedef struct {
  int fold;
  int best_epoch;
  double alpha;
  double beta;
  BsClassifier *classifier;
  BsFoldPart held_out;
  BsFoldPart train;
  guint n_branches;
  BsClassifier *branches[BS_BATCH_MAX_MODALITIES];
} BsTrainedFold;

BsTrainedFold *bs_fold_train (const BsFoldData *data, const BsFoldJob *plan, BsEpochFunc on_epoch,
                              gpointer user_data, GCancellable *cancellable, GError **error);
BsTrainedFold *bs_fold_train_all (const BsFoldData *data, const BsFoldJob *plan,
                                  BsEpochFunc on_epoch, gpointer user_data,
                                  GCancellable *cancellable, GError **error);
void bs_trained_fold_free (BsTrainedFold *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainedFold, bs_trained_fold_free)

G_END_DECLS
