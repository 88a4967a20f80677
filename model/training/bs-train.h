/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/run/bs-run.h"
#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

typedef void (*BsEpochFunc) (const BsEpoch *epoch, gpointer user_data);

BsRun *bs_train (BsCorpus *corpus, const BsTrainConfig *config, BsEpochFunc on_epoch,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error);
BsRun *bs_train_resume (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *done,
                        BsEpochFunc on_epoch, BsProgressFunc on_progress, gpointer user_data,
                        GCancellable *cancellable, GError **error);
BsRun *bs_train_merge (BsMetadata *metadata, BsRun *const *parts, gsize n, GError **error);
gboolean bs_train_is_complete (const BsRun *done, const BsTrainConfig *config,
                               const BsMetadata *metadata);
double bs_train_seconds (const BsRun *run);

G_END_DECLS
