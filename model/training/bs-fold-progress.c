/* SPDX-License-Identifier: MIT */
/* How far a fold is, and when that is written: after an epoch once the last time is long enough
 * ago, between two batches when the training is stopped, and when the fold is done. */
#include "model/training/bs-fold-progress.h"

#include <string.h>

#define NOTHING_KEPT G_MAXUINT64

/**
 * bs_fold_progress_init:
 * @self: a course
 * @plan: what to do; must outlive @self
 * @on_epoch: (nullable): told each epoch
 * @user_data: for @on_epoch
 * @cancellable: (nullable): of the training
 *
 * Stands where the plan's earlier checkpoint was written, or at the start.
 */
void
bs_fold_progress_init (BsFoldProgress *self, const BsFoldJob *plan, BsEpochFunc on_epoch,
                       gpointer user_data, GCancellable *cancellable)
{
  const BsCheckpoint *from = plan->earlier;
  *self = (BsFoldProgress){
    .plan = plan,
    .on_epoch = on_epoch,
    .user_data = user_data,
    .cancellable = cancellable,
    .stage = plan->fold == BS_FOLD_ALL_CLIPS ? BS_STAGE_AGAIN : BS_STAGE_CHOOSING,
    .best_score = -1,
    .rows = g_array_new (FALSE, FALSE, sizeof (BsEpoch)),
    .due_us = g_get_monotonic_time () + (gint64) (plan->checkpoint_every_s * G_USEC_PER_SEC),
  };
  if (from == NULL)
    return;
  self->stage = from->stage;
  self->best_epoch = from->best_epoch;
  self->best_score = from->best_score;
  self->best_pair = from->best_pair;
  self->best_cut = from->best_cut;
  if (from->best_values != NULL)
    self->best_values = g_memdup2 (from->best_values, from->trainer.n_values * sizeof (BsReal));
  g_array_append_vals (self->rows, from->rows, (guint) from->n_rows);
}

/**
 * bs_fold_progress_clear:
 * @self: a course
 */
void
bs_fold_progress_clear (BsFoldProgress *self)
{
  g_free (self->best_values);
  g_clear_pointer (&self->rows, g_array_unref);
}

static gboolean
save (BsFoldProgress *self, const BsTrainer *trainer, GError **error)
{
  const BsFoldJob *plan = self->plan;
  BsCheckpoint checkpoint = {
    .origin = plan->origin,
    .stage = self->stage,
    .best_epoch = self->best_epoch,
    .best_score = self->best_score,
    .best_pair = self->best_pair,
    .best_cut = self->best_cut,
    .best_values = self->best_values,
    .n_rows = self->rows->len,
    .rows = (const BsEpoch *) (gpointer) self->rows->data,
  };
  if (plan->checkpoint_path == NULL)
    return TRUE;
  bs_trainer_get_state (trainer, &checkpoint.trainer);
  checkpoint.trainer.is_open = checkpoint.trainer.epoch > self->n_epochs;
  if (self->stage == BS_STAGE_DONE) {
    checkpoint.best_values = NULL;
    checkpoint.trainer.first = checkpoint.trainer.second = NULL;
  }
  if (!bs_checkpoint_save (&checkpoint, plan->checkpoint_path, error))
    return FALSE;
  self->n_kept = checkpoint.trainer.n_steps;
  self->due_us = g_get_monotonic_time () + (gint64) (plan->checkpoint_every_s * G_USEC_PER_SEC);
  return TRUE;
}

/**
 * bs_fold_progress_enter:
 * @self: a course that is not beyond @stage
 * @stage: what begins now
 * @trainer: before its first epoch; in %BS_STAGE_DONE, after its last
 * @error: %BS_ERROR_VALUE where the earlier checkpoint is of other features, %BS_ERROR_FILE where
 *   one cannot be written
 *
 * Puts @trainer where the plan's earlier checkpoint was written, if that was in this stage.
 *
 * Returns: whether the stage can go on
 */
gboolean
bs_fold_progress_enter (BsFoldProgress *self, BsStage stage, BsTrainer *trainer, GError **error)
{
  const BsCheckpoint *from = self->plan->earlier;
  gboolean is_new = self->stage != stage;
  self->stage = stage;
  if (from != NULL && from->stage == stage) {
    self->n_epochs = from->trainer.epoch - (from->trainer.is_open ? 1 : 0);
    self->n_kept = from->trainer.n_steps;
    return bs_checkpoint_restore (from, trainer, error);
  }
  self->n_epochs = 0;
  self->n_kept = is_new ? NOTHING_KEPT : 0;
  return stage != BS_STAGE_DONE || save (self, trainer, error);
}

/**
 * bs_fold_progress_note_best:
 * @self: a course
 * @row: of an epoch
 * @score: its score; the first epoch with the best one is kept
 * @classifier: as it stands after the epoch
 * @keep_values: whether the network's values will be wanted
 */
void
bs_fold_progress_note_best (BsFoldProgress *self, const BsEpoch *row, double score,
                            const BsClassifier *classifier, gboolean keep_values)
{
  const BsNetwork *network = classifier->network;
  if (score <= self->best_score)
    return;
  self->best_score = score;
  self->best_epoch = row->epoch;
  self->best_pair = (BsThresholdPair){ row->alpha, row->beta };
  self->best_cut = classifier->cut;
  if (!keep_values)
    return;
  if (self->best_values == NULL)
    self->best_values = g_new (BsReal, network->n_values);
  memcpy (self->best_values, network->values, network->n_values * sizeof (BsReal));
}

/**
 * bs_fold_progress_end_epoch:
 * @self: a course
 * @trainer: after the epoch
 * @row: (nullable): of the epoch, where it is told
 * @error: %BS_ERROR_FILE where a checkpoint is due and cannot be written
 *
 * Counts the epoch, tells it, and writes a checkpoint if one is due.
 *
 * Returns: whether the training can go on
 */
gboolean
bs_fold_progress_end_epoch (BsFoldProgress *self, const BsTrainer *trainer, const BsEpoch *row,
                            GError **error)
{
  self->n_epochs++;
  if (self->stage == BS_STAGE_CHOOSING)
    g_array_append_vals (self->rows, row, 1);
  if (row != NULL && self->on_epoch != NULL)
    self->on_epoch (row, self->user_data);
  return g_get_monotonic_time () < self->due_us || save (self, trainer, error);
}

/**
 * bs_fold_progress_stop:
 * @self: a course
 * @trainer: as the last call left it
 * @error: (inout): why the training ends; if it was cancelled and the checkpoint cannot be
 *   written, that is put in its place
 *
 * Writes a checkpoint where the training was cancelled and is further than the last one.
 */
void
bs_fold_progress_stop (BsFoldProgress *self, const BsTrainer *trainer, GError **error)
{
  BsTrainerState state;
  g_autoptr (GError) problem = NULL;
  gboolean is_stopped = error != NULL ? g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                      : g_cancellable_is_cancelled (self->cancellable);
  if (!is_stopped)
    return;
  bs_trainer_get_state (trainer, &state);
  if (state.n_steps == self->n_kept || save (self, trainer, &problem))
    return;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&problem));
}
