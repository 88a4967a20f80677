/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-thread-budget.h"
#include "model/network/bs-adam.h"
#include "model/network/bs-network-spec.h"
#include "model/training/bs-classifier.h"

G_BEGIN_DECLS

/**
 * BsSubset:
 * @samples: features of all clips
 * @labels: (array): of all clips
 * @index: (array length=n): the clips that belong to this side
 * @n: how many
 *
 * The clips that something is fitted to or tried on. Borrows everything.
 */
typedef struct {
  const BsSamples *samples;
  const BsLabel *labels;
  const gsize *index;
  gsize n;
} BsSubset;

/**
 * BsTrainerOptions:
 * @network: the architecture
 * @head: what its outputs mean
 * @objective: what is minimised
 * @batch_size: samples per step
 * @learning_rate: Adam's step at the first epoch
 * @learning_rate_end: at epoch @n_epochs, along half a cosine; 0 for a constant rate
 * @n_epochs: of the schedule
 * @weight_decay: L2 added to the gradient
 * @seed: of the starting weights, the order of the samples, dropout and sampling
 * @cores: (nullable): threads that its steps share with other trainings, %NULL for one thread; the
 *   result does not depend on them
 */
typedef struct {
  BsNetworkSpec network;
  BsHead head;
  BsObjective objective;
  gsize batch_size;
  double learning_rate;
  double learning_rate_end;
  int n_epochs;
  double weight_decay;
  guint64 seed;
  BsThreadBudget *cores;
} BsTrainerOptions;

/**
 * BsTrainerState:
 * @epoch: epochs begun
 * @is_open: whether the last of them is to be gone on with, not followed by the next
 * @n_samples: of the last one, those that were trained on
 * @n_batches: likewise, in batches
 * @loss: sums over those batches
 * @n_steps: of Adam
 * @at_start: the source of chance before the last epoch
 * @random: the source of chance now
 * @features: SHA-256 in hexadecimal digits of the scalers, to know the features again
 * @n_values: of the network
 * @values: (array length=n_values): parameters, running statistics among them
 * @first: (nullable) (array length=n_values): Adam's first moments; %NULL where no step will follow
 * @second: (nullable) (array length=n_values): likewise, the second ones
 *
 * All that a training's next step depends on beside its options and samples, so that one that
 * goes on from it has the bits of one that was never stopped. Borrows its arrays.
 */
typedef struct {
  int epoch;
  gboolean is_open;
  gsize n_samples;
  gsize n_batches;
  BsLossTerms loss;
  guint64 n_steps;
  BsRandom at_start;
  BsRandom random;
  char features[65];
  gsize n_values;
  const BsReal *values;
  const BsReal *first;
  const BsReal *second;
} BsTrainerState;

/**
 * BsTrainer:
 *
 * One network in training. Used by one thread at a time.
 */
typedef struct _BsTrainer BsTrainer;

BsTrainer *bs_trainer_new (const BsSubset *side, const BsTrainerOptions *options, GError **error);
void bs_trainer_free (BsTrainer *self);
BsClassifier *bs_trainer_classifier (BsTrainer *self);
BsClassifier *bs_trainer_steal_classifier (BsTrainer *self);
double bs_trainer_learning_rate (const BsTrainer *self);
void bs_trainer_get_state (const BsTrainer *self, BsTrainerState *state);
gboolean bs_trainer_set_state (BsTrainer *self, const BsTrainerState *state, GError **error);
gboolean bs_trainer_epoch (BsTrainer *self, const BsSubset *side, BsLossTerms *loss,
                           GCancellable *cancellable, GError **error);
BsReal *bs_trainer_validate (BsTrainer *self, const BsSubset *side, double *loss,
                             GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainer, bs_trainer_free)

G_END_DECLS
