/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"
#include "ui/session/bs-clip-maker.h"

G_BEGIN_DECLS

/**
 * BsClipDrawing:
 * @maker: what draws
 * @corpus: the synthetic corpus
 * @clips: positions in the corpus, -1 for none
 *
 * What a job needs that draws clips of a synthetic corpus.
 */
typedef struct {
  BsClipMaker *maker;
  BsCorpus *corpus;
  int clips[2];
} BsClipDrawing;

BsClipDrawing *bs_clip_drawing_new (BsClipMaker *maker, BsCorpus *corpus, int first, int second);
void bs_clip_drawing_free (gpointer data);
gboolean bs_clip_drawing_has_file (const BsClipDrawing *self, int clip);
gboolean bs_clip_drawing_run (const BsClipDrawing *self, int clip, GCancellable *cancellable,
                              GError **error);

G_END_DECLS
