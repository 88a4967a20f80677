/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/features/bs-features.h"
#include "model/features/bs-windows.h"
#include "model/training/bs-classifier.h"

G_BEGIN_DECLS

/**
 * BsBranches:
 * @n: how many
 * @configs: (array length=n): what each is trained with
 * @samples: (array length=n): the features that each takes
 * @n_clips: clips that every branch has features of
 * @clips: (array length=n_clips): their indices into the metadata
 *
 * The branches of a fusion, without weights: one a encoder, and for `mixed` one more that
 * attends to all encoders. Immutable; any thread.
 */
typedef struct {
  guint n;
  BsTrainConfig *configs[BS_BATCH_MAX_MODALITIES];
  BsSamples *samples[BS_BATCH_MAX_MODALITIES];
  gsize n_clips;
  gsize *clips;
  /*< private >*/
  gsize *places[BS_BATCH_MAX_MODALITIES]; /* of @clips among the branch's samples */
} BsBranches;

BsBranches *bs_branches_new (BsCorpus *corpus, const BsTrainConfig *fusion, BsClipChoice choice,
                             BsProgressFunc on_progress, gpointer user_data,
                             GCancellable *cancellable, GError **error);
BsBranches *bs_branches_new_windows (BsCorpus *corpus, const BsTrainConfig *fusion,
                                     const BsWindows *windows, GCancellable *cancellable,
                                     GError **error);
void bs_branches_free (BsBranches *self);
BsClassifier *bs_branches_load (const BsBranches *self, guint branch, const BsRun *run,
                                gboolean is_fusion, int fold, GError **error);
gboolean bs_branches_load_all (const BsBranches *self, const BsRun *run, int fold,
                               BsClassifier **classifiers, GError **error);
gboolean bs_branches_add_latents (const BsBranches *self, guint branch, BsClassifier *classifier,
                                  BsSamples *latents, GCancellable *cancellable, GError **error);
BsSamples *bs_branches_latents (const BsBranches *self, const BsMetadata *metadata,
                                BsClassifier *const *classifiers, GCancellable *cancellable,
                                GError **error);
BsSamples *bs_branches_ask (const BsBranches *self, const BsMetadata *metadata, const BsRun *run,
                            int fold, GCancellable *cancellable, GError **error);
char *bs_branches_dup_prefix (guint branch);
gboolean bs_branches_check_run (const BsRun *run, int fold, const BsTrainConfig *fusion,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsBranches, bs_branches_free)

G_END_DECLS
