/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/training/bs-fold.h"

G_BEGIN_DECLS

/**
 * BsFoldProgress:
 * @plan: what to do
 * @on_epoch: (nullable): told each epoch
 * @user_data: for @on_epoch
 * @cancellable: (nullable): of the training
 * @stage: how far the fold is
 * @n_epochs: epochs of this stage that are over
 * @best_epoch: the best epoch so far, 0 for none
 * @best_score: its score
 * @best_pair: its thresholds
 * @best_cut: its cut of a regressed share
 * @best_values: (nullable): the network's after it, where they are kept
 * @rows: (element-type BsEpoch): epochs that took part in the choice
 *
 * A fold's training as it goes, and the checkpoints that it leaves where its plan says so. Used by
 * one thread at a time.
 */
typedef struct {
  const BsFoldJob *plan;
  BsEpochFunc on_epoch;
  gpointer user_data;
  GCancellable *cancellable;
  BsStage stage;
  int n_epochs;
  int best_epoch;
  double best_score;
  BsThresholdPair best_pair;
  double best_cut;
  BsReal *best_values;
  GArray *rows;
  /*< private >*/
  guint64 n_kept; /* steps of this stage that the checkpoint on disk has */
  gint64 due_us;
} BsFoldProgress;

void bs_fold_progress_init (BsFoldProgress *self, const BsFoldJob *plan, BsEpochFunc on_epoch,
                            gpointer user_data, GCancellable *cancellable);
void bs_fold_progress_clear (BsFoldProgress *self);
gboolean bs_fold_progress_enter (BsFoldProgress *self, BsStage stage, BsTrainer *trainer,
                                 GError **error);
void bs_fold_progress_note_best (BsFoldProgress *self, const BsEpoch *row, double score,
                                 const BsClassifier *classifier, gboolean keep_values);
gboolean bs_fold_progress_end_epoch (BsFoldProgress *self, const BsTrainer *trainer,
                                     const BsEpoch *row, GError **error);
void bs_fold_progress_stop (BsFoldProgress *self, const BsTrainer *trainer, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsFoldProgress, bs_fold_progress_clear)

G_END_DECLS
