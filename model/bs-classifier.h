/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-run.h"
#include "model/bs-network.h"
#include "model/bs-scaler.h"

G_BEGIN_DECLS

/**
 * BsClassifier:
 * @scaler: applied to each row first
 * @network: six logits
 * @pass: room for a batch
 * @batch: (array): max_rows x n_in, the scaled rows
 * @max_rows: the largest batch
 *
 * A scaler and a network, from a row of features to six probabilities. Used by one thread at
 * a time.
 */
typedef struct {
  BsScaler *scaler;
  BsNetwork *network;
  BsPass *pass;
  BsReal *batch;
  gsize max_rows;
} BsClassifier;

BsClassifier *bs_classifier_new (BsScaler *scaler, BsNetwork *network, gsize max_rows);
void bs_classifier_free (BsClassifier *self);
void bs_classifier_scale (BsClassifier *self, const BsMatrix *rows, const gsize *index, gsize n);
const BsReal *bs_classifier_logits (BsClassifier *self, const BsMatrix *rows, const gsize *index,
                                    gsize n);
gboolean bs_classifier_predict (BsClassifier *self, const BsMatrix *rows, const gsize *index,
                                gsize n, double (*p)[BS_N_EMOTIONS], GCancellable *cancellable,
                                GError **error);

GPtrArray *bs_classifier_dup_tensors (const BsClassifier *self);
BsClassifier *bs_classifier_from_run (const BsRun *run, int fold, gsize n_in, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsClassifier, bs_classifier_free)

G_END_DECLS
