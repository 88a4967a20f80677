/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-train-grid.h"
#include "model/training/bs-train.h"
#include "ui/session/bs-comparison.h"
#include "ui/session/bs-run-library.h"

G_BEGIN_DECLS

#define BS_TYPE_TRAINING_QUEUE (bs_training_queue_get_type ())
/**
 * BsTrainingQueue:
 *
 * Trainings of a library's runs, one after the other, and runs side by side: those of a grid, or
 * any that are there. Main thread only.
 *
 * Properties:
 * - n-trainings (uint, read): how many run or wait
 * - current (BsTrainConfig, read): the one that runs, or the first that waits, or %NULL
 * - comparison (BsComparison, read): what is compared, or %NULL; also notified when a run of it
 *   comes or goes
 *
 * Signals:
 * - epoch (BsEpoch): the current training finished an epoch
 */
G_DECLARE_FINAL_TYPE (BsTrainingQueue, bs_training_queue, BS, TRAINING_QUEUE, GObject)

BsTrainingQueue *bs_training_queue_new (BsRunLibrary *library);
void bs_training_queue_train (BsTrainingQueue *self, const BsTrainConfig *config);
void bs_training_queue_train_grid (BsTrainingQueue *self, const BsTrainGrid *grid);
void bs_training_queue_stop_grid (BsTrainingQueue *self);
guint bs_training_queue_get_n_trainings (BsTrainingQueue *self);
const BsTrainConfig *bs_training_queue_get_current (BsTrainingQueue *self);
char *bs_training_queue_dup_message (BsTrainingQueue *self);
const GArray *bs_training_queue_get_epochs (BsTrainingQueue *self);

void bs_training_queue_compare (BsTrainingQueue *self, GPtrArray *runs);
void bs_training_queue_close_comparison (BsTrainingQueue *self);
const BsComparison *bs_training_queue_get_comparison (BsTrainingQueue *self);

G_END_DECLS
