/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "model/numeric/bs-pca.h"

G_BEGIN_DECLS

/**
 * BsProjectionSpec:
 * @per_actor: standardise each actor's projected clips first, so that the actors do not form the
 *   clusters
 * @whiten: scores of unit variance (ddof 1), as in the dataset paper's figure
 * @classes: bit c set: clips of class c (of 16) are projected; 0 for all clips
 * @n_components: at least 1; no more than the data has are given
 *
 * What is projected, and how.
 */
typedef struct {
  gboolean per_actor;
  gboolean whiten;
  guint32 classes;
  gsize n_components;
} BsProjectionSpec;

/**
 * BsProjection:
 * @n: clips
 * @clips: (array length=n): index into the metadata
 * @pca: their scores, and how much of the variance each component explains
 *
 * Clips of a corpus as points.
 */
typedef struct {
  gsize n;
  gsize *clips;
  BsPca *pca;
} BsProjection;

guint32 bs_projection_pair_classes (BsEmotion a, BsEmotion b);

BsProjection *bs_projection_new (BsCorpus *corpus, const char *const *encoders,
                                 const BsProjectionSpec *spec, BsProgressFunc on_progress,
                                 gpointer user_data, GCancellable *cancellable, GError **error);
void bs_projection_free (BsProjection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsProjection, bs_projection_free)

G_END_DECLS
