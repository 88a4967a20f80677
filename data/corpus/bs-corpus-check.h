/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

/**
 * BsUnusableFeatures:
 * @clip: index into the metadata
 * @reason: a sentence that names the file
 */
typedef struct {
  gsize clip;
  char *reason;
} BsUnusableFeatures;

GPtrArray *bs_corpus_find_unusable (const BsCorpus *corpus, BsEncoder *encoder,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
