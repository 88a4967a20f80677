/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/decision/bs-rule.h"
#include "model/training/bs-trainer.h"

G_BEGIN_DECLS

/**
 * BsStage:
 * @BS_STAGE_CHOOSING: epoch and thresholds are being chosen
 * @BS_STAGE_AGAIN: a number of epochs that is settled is trained
 * @BS_STAGE_DONE: no step will follow
 *
 * How far a fold is.
 */
typedef enum {
  BS_STAGE_CHOOSING,
  BS_STAGE_AGAIN,
  BS_STAGE_DONE,
} BsStage;

/**
 * BsCheckpointOrigin:
 * @hash: bs_train_config_dup_hash() of the training
 * @fold: the fold, or %BS_FOLD_ALL_CLIPS
 * @n_threads: of the training; 0 in what is asked for where any will do
 *
 * What a checkpoint is of.
 */
typedef struct {
  char hash[65];
  int fold;
  int n_threads;
} BsCheckpointOrigin;

/**
 * BsCheckpoint:
 * @origin: what it is of
 * @stage: how far the fold is
 * @trainer: the network in training; without moments where the fold is done
 * @best_epoch: the best epoch so far, 0 for none
 * @best_score: its score
 * @best_pair: its thresholds
 * @best_cut: its cut of a regressed share
 * @best_values: (nullable) (array length=trainer.n_values): the network's after it, where they
 *   are kept
 * @n_rows: epochs that took part in the choice
 * @rows: (array length=n_rows): the history so far
 *
 * A fold's training between two steps. One to be saved borrows its arrays, one that was loaded
 * holds them. Immutable; any thread.
 */
typedef struct {
  BsCheckpointOrigin origin;
  BsStage stage;
  BsTrainerState trainer;
  int best_epoch;
  double best_score;
  BsThresholdPair best_pair;
  double best_cut;
  const BsReal *best_values;
  gsize n_rows;
  const BsEpoch *rows;
  /*< private >*/
  GBytes *bytes; /* the file's, of one that was loaded */
  char *path; /* likewise */
} BsCheckpoint;

gboolean bs_checkpoint_save (const BsCheckpoint *self, const char *path, GError **error);
BsCheckpoint *bs_checkpoint_load (const char *path, const BsCheckpointOrigin *origin,
                                  GError **error);
BsCheckpoint *bs_checkpoint_peek (const char *path);
gboolean bs_checkpoint_restore (const BsCheckpoint *self, BsTrainer *trainer, GError **error);
void bs_checkpoint_free (BsCheckpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCheckpoint, bs_checkpoint_free)

G_END_DECLS
