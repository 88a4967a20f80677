/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/bs-adam.h"
#include "model/bs-classifier.h"

G_BEGIN_DECLS

/**
 * BsSide:
 * @rows: features of all clips
 * @targets: (array): rows->n_rows x 6, soft labels of all clips
 * @index: (array length=n): the rows that belong to this side
 * @n: how many
 *
 * The clips that something is fitted to or tried on. Borrows everything.
 */
typedef struct {
  const BsMatrix *rows;
  const float *targets;
  const gsize *index;
  gsize n;
} BsSide;

/**
 * BsTrainerOptions:
 * @n_hidden: hidden units, 0 for a linear classifier
 * @batch_size: clips per step
 * @learning_rate: Adam's step
 * @weight_decay: L2 added to the gradient
 * @seed: of the starting weights and the order of the clips
 */
typedef struct {
  gsize n_hidden;
  gsize batch_size;
  double learning_rate;
  double weight_decay;
  guint64 seed;
} BsTrainerOptions;

/**
 * BsTrainer:
 *
 * One network in training: official classifier, loss and optimiser. Used by one thread at a
 * time.
 */
typedef struct _BsTrainer BsTrainer;

BsTrainer *bs_trainer_new (const BsSide *side, const BsTrainerOptions *options);
void bs_trainer_free (BsTrainer *self);
BsClassifier *bs_trainer_classifier (BsTrainer *self);
BsClassifier *bs_trainer_steal_classifier (BsTrainer *self);
gboolean bs_trainer_epoch (BsTrainer *self, const BsSide *side, double *loss,
                           GCancellable *cancellable, GError **error);
gboolean bs_trainer_validate (BsTrainer *self, const BsSide *side, double (*p)[BS_N_EMOTIONS],
                              double *loss, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainer, bs_trainer_free)

G_END_DECLS
