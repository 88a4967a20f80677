/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/bs-run.h"
#include "model/bs-train-config.h"

G_BEGIN_DECLS

typedef void (*BsEpochFunc) (const BsEpoch *epoch, gpointer user_data);

BsRun *bs_train (BsCorpus *corpus, const BsTrainConfig *config, BsEpochFunc on_epoch,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error);
BsRun *bs_train_resume (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *done,
                        BsEpochFunc on_epoch, BsProgressFunc on_progress, gpointer user_data,
                        GCancellable *cancellable, GError **error);

BsPredictions *bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
