/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/training/bs-branches.h"

G_BEGIN_DECLS

/**
 * BsClipInference:
 * @run: what is asked
 * @corpus: where the clip's features are
 * @metadata: of the corpus
 * @clip: index into the metadata
 * @config: of the run
 * @n_networks: how many of its networks judge the clip
 * @networks: (array length=n_networks): their folds
 * @branches: (nullable): of a fusion
 * @samples: what the network takes: windows of the clip; of a fusion what its branches said last
 * @classifier: (nullable): the network opened last
 * @branch_classifiers: (array): its branches'
 *
 * A run asked about one clip: by the network that held the clip out, by the one of all clips
 * about the test part where the run has it, and else by all, whose mean is taken. Used by one
 * thread at a time.
 */
typedef struct {
  const BsRun *run;
  BsCorpus *corpus;
  const BsMetadata *metadata;
  gsize clip;
  BsTrainConfig *config;
  guint n_networks;
  int networks[BS_MAX_FOLDS];
  BsBranches *branches;
  BsSamples *samples;
  BsClassifier *classifier;
  BsClassifier *branch_classifiers[BS_BATCH_MAX_MODALITIES];
} BsClipInference;

BsClipInference *bs_clip_inference_new (BsCorpus *corpus, const BsRun *run, gsize clip,
                                        GError **error);
void bs_clip_inference_free (BsClipInference *self);
gboolean bs_clip_inference_set_windows (BsClipInference *self, const BsWindows *windows,
                                        GCancellable *cancellable, GError **error);
gboolean bs_clip_inference_set_clip (BsClipInference *self, GCancellable *cancellable,
                                     GError **error);
gsize bs_clip_inference_n_rows (const BsClipInference *self, GError **error);
gboolean bs_clip_inference_load_network (BsClipInference *self, guint network, GError **error);
BsReal *bs_clip_inference_run (BsClipInference *self, const gboolean *shown,
                               GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsClipInference, bs_clip_inference_free)

G_END_DECLS
