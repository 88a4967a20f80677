/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/features/bs-batch-loader.h"
#include "model/features/bs-samples.h"
#include "model/network/bs-network.h"
#include "model/training/bs-head.h"

G_BEGIN_DECLS

#define BS_CLASSIFIER_CUT "head.cut" /* a tensor's name */

/**
 * BsClassifier:
 * @head: what its outputs mean
 * @n_modalities: of a sample
 * @scalers: (array length=n_modalities): applied to each row first
 * @network: bs_head_n_out() logits
 * @pass: room for a batch
 * @cut: of the regressed share, for %BS_HEAD_SALIENCE
 * @shown: (nullable): which modalities or encoders it sees, as for bs_batch_loader_show(); borrowed
 *
 * Scalers and a network, from features to an opinion. Used by one thread at a time.
 */
typedef struct {
  BsHead head;
  guint n_modalities;
  BsScaler *scalers[BS_BATCH_MAX_MODALITIES];
  BsNetwork *network;
  BsPass *pass;
  double cut;
  const gboolean *shown;
} BsClassifier;

BsClassifier *bs_classifier_new (BsHead head, BsScaler **scalers, BsNetwork *network);
void bs_classifier_free (BsClassifier *self);
BsReal *bs_classifier_judge (BsClassifier *self, const BsSamples *samples, const gsize *index,
                             gsize n, BsBatchLoader *room, BsReal *of_samples,
                             GCancellable *cancellable, GError **error);
void bs_classifier_predictions (const BsClassifier *self, const BsReal *logits, gsize n,
                                double (*p)[BS_N_EMOTIONS], BsLabel *decisions);

BsMatrix *bs_classifier_latents (BsClassifier *self, const BsSamples *samples, const gsize *index,
                                 gsize n, GCancellable *cancellable, GError **error);
void bs_classifier_add_tensors (const BsClassifier *self, const char *prefix, GPtrArray *tensors);
gboolean bs_classifier_check_run (const BsRun *run, int fold, const BsTrainConfig *config,
                                  const char *prefix, gsize *n_latent, GError **error);
BsClassifier *bs_classifier_from_run (const BsRun *run, int fold, const BsTrainConfig *config,
                                      const char *prefix, guint n_modalities, const gsize *widths,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsClassifier, bs_classifier_free)

G_END_DECLS
