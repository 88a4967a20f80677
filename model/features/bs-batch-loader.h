/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/features/bs-samples.h"

G_BEGIN_DECLS

/**
 * BsBatchLoader:
 *
 * Room for the samples of a batch. Used by one thread at a time.
 */
typedef struct _BsBatchLoader BsBatchLoader;

gsize bs_samples_pick_row (gsize n_rows, gsize length, gsize position, BsRandom *random);

BsBatchLoader *bs_batch_loader_new (const BsSamples *samples, gsize max_samples);
void bs_batch_loader_free (BsBatchLoader *self);
gboolean bs_batch_loader_serves (const BsBatchLoader *self, const BsSamples *samples,
                                 gsize max_samples);
void bs_batch_loader_show (BsBatchLoader *self, const gboolean *shown);
gboolean bs_batch_loader_load (BsBatchLoader *self, BsScaler *const *scalers,
                               const BsSample *wanted, gsize n, BsRandom *random, BsBatch *batch,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsBatchLoader, bs_batch_loader_free)

G_END_DECLS
