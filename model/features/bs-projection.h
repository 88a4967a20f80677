/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "model/numeric/bs-pca.h"

G_BEGIN_DECLS

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

BsProjection *bs_projection_new (BsCorpus *corpus, const char *const *encoders, gboolean per_actor,
                                 guint32 classes, gsize n_components, BsProgressFunc on_progress,
                                 gpointer user_data, GCancellable *cancellable, GError **error);
void bs_projection_free (BsProjection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsProjection, bs_projection_free)

G_END_DECLS
