/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

/**
 * BsFeatures:
 * @rows: one aggregated vector per clip of @clips, encoders side by side; wide where any of the
 *   files read is
 * @clips: (array length=n): index into the metadata
 *
 * The clips that every encoder has, with their fused vectors.
 */
typedef struct {
  BsMatrix *rows;
  gsize n;
  gsize *clips;
} BsFeatures;

/**
 * BsFeatureSpec:
 * @layer_from: first layer averaged, of encoders that keep layers
 * @layer_to: last one, or any larger number
 * @n_segments: pieces of equal length that a clip is cut into, seven statistics each
 * @concat: set the pieces' statistics side by side, instead of averaging them
 *
 * How a sequence becomes a vector.
 */
typedef struct {
  gsize layer_from;
  gsize layer_to;
  gsize n_segments;
  gboolean concat;
} BsFeatureSpec;

/* The official aggregation: all layers, the whole clip. */
#define BS_FEATURE_SPEC_OFFICIAL ((BsFeatureSpec){ 0, G_MAXSIZE, 1, FALSE })

/**
 * BsClipChoice:
 * @is_test: the clips of the test part instead of the others
 * @actor: of this actor alone; -1 for all
 *
 * Which clips are wanted.
 */
typedef struct {
  gboolean is_test;
  int actor;
} BsClipChoice;

#define BS_CLIPS_TRAINING ((BsClipChoice){ FALSE, -1 })

gboolean bs_clip_is_chosen (BsClipChoice choice, const BsClip *clip);
void bs_features_fill (const BsEncoder *encoder, const BsMatrix *sequence, gsize first,
                       gsize n_rows, const BsFeatureSpec *spec, BsMatrix *out, gsize row,
                       gsize column);
BsMatrix *bs_features_read (BsEncoder *encoder, gsize clip, gsize layer_from, gsize layer_to,
                            GError **error);
gsize bs_feature_spec_width (const BsFeatureSpec *spec, const BsEncoder *encoder, gsize n_cols);

BsFeatures *bs_features_load (BsCorpus *corpus, const char *const *encoders,
                              const BsFeatureSpec *spec, BsClipChoice choice,
                              BsProgressFunc on_progress, gpointer user_data,
                              GCancellable *cancellable, GError **error);
void bs_features_free (BsFeatures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFeatures, bs_features_free)

G_END_DECLS
