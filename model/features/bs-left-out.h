/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

/**
 * BsLeftOut:
 * @n: clips
 * @first: index of the first of them
 * @error: (nullable): why it cannot be used
 *
 * Clips whose features cannot be used. Starts out as zeros.
 */
typedef struct {
  gsize n;
  gsize first;
  GError *error;
} BsLeftOut;

gboolean bs_left_out_may (const BsCorpus *corpus, const GError *error);
void bs_left_out_add (BsLeftOut *self, gsize index, GError *error);
gboolean bs_left_out_check (BsLeftOut *self, gsize n_clips, GError **error);
void bs_left_out_clear (BsLeftOut *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsLeftOut, bs_left_out_clear)

G_END_DECLS
