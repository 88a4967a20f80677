/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/base/bs-random.h"
#include "data/corpus/bs-corpus.h"
#include "data/corpus/bs-sequence.h"
#include "model/config/bs-train-config.h"
#include "model/features/bs-aggregate.h"
#include "model/features/bs-batch.h"
#include "model/features/bs-features.h"
#include "model/numeric/bs-moments.h"
#include "model/numeric/bs-scaler.h"

G_BEGIN_DECLS

/**
 * BsSamples:
 * @form: what a network sees of a clip
 * @n: clips that every encoder has
 * @clips: (array length=n): their indices into the metadata
 * @names: (array length=n): their names, for messages
 * @actors: (array length=n): actor, or -1
 * @folds: (array length=n): fold, or -1
 * @n_modalities: of a sample: 1, or as many as encoders or branches
 * @widths: (array length=n_modalities): of a row
 * @length: the most rows of a sequence
 * @vectors: (array length=n_modalities): n x width each, in the form %BS_SAMPLES_VECTORS
 * @n_actors: actors are below this
 * @n_encoders: side by side in each vector of windows
 * @columns: (nullable) (array length=n_encoders+1): where the columns of each encoder begin, and
 *   how many there are; %NULL where the samples are not windows
 *
 * Features of the clips of a training or a prediction. Vectors lie in memory; rows of
 * sequences are read from where they lie when a batch wants them. Immutable; any thread.
 */
typedef struct {
  BsSamplesForm form;
  gsize n;
  gsize *clips;
  char **names;
  int *actors;
  gint8 *folds;
  guint n_modalities;
  gsize widths[BS_BATCH_MAX_MODALITIES];
  gsize length;
  BsMatrix *vectors[BS_BATCH_MAX_MODALITIES]; /* (nullable): n x widths[m] */
  gsize n_actors; /* actors are below this */
  guint n_encoders;
  gsize *columns; /* (nullable): of vectors that are windows */
  /*< private >*/
  GPtrArray *sequences; /* (nullable): n x n_modalities of BsSequence, clip after clip */
  BsMoments *moments[BS_BATCH_MAX_MODALITIES]; /* of sequences */
  GPtrArray *actor_scalers[BS_BATCH_MAX_MODALITIES]; /* (nullable): of BsScaler, by actor */
} BsSamples;

/**
 * BsSample:
 * @clip: index into #BsSamples
 * @row: of the clip, in the form %BS_SAMPLES_ROWS; else 0
 */
typedef struct {
  guint32 clip;
  guint32 row;
} BsSample;

BsSamples *bs_samples_load (BsCorpus *corpus, const BsTrainConfig *config, BsClipChoice choice,
                            BsProgressFunc on_progress, gpointer user_data,
                            GCancellable *cancellable, GError **error);
BsSamples *bs_samples_new_vectors (const BsMetadata *metadata, const gsize *clips, gsize n);
void bs_samples_add_vectors (BsSamples *self, BsMatrix *vectors);
void bs_samples_free (BsSamples *self);
GArray *bs_samples_list (const BsSamples *self, const gsize *index, gsize n);
gsize bs_samples_n_rows (const BsSamples *self, gsize i, guint modality);
BsScaler *bs_samples_fit_scaler (const BsSamples *self, guint modality, const gsize *index,
                                 gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsSamples, bs_samples_free)

G_END_DECLS
