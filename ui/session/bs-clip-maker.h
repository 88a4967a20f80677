/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

#define BS_TYPE_CLIP_MAKER (bs_clip_maker_get_type ())
/**
 * BsClipMaker:
 *
 * What makes the files of a synthetic corpus' clips when they are wanted.
 */
G_DECLARE_INTERFACE (BsClipMaker, bs_clip_maker, BS, CLIP_MAKER, GObject)

/**
 * BsClipMakerInterface:
 * @make: bs_clip_maker_make()
 * @works_ahead: bs_clip_maker_works_ahead()
 */
struct _BsClipMakerInterface {
  GTypeInterface parent;
  gboolean (*make) (BsClipMaker *self, BsCorpus *corpus, gsize clip, GCancellable *cancellable,
                    GError **error);
  gboolean (*works_ahead) (BsClipMaker *self);
};

/**
 * BsClipMakerFunc:
 * @corpus: what was opened
 *
 * Called in the worker.
 *
 * Returns: (transfer full) (nullable): what makes its clips, if anything does
 */
typedef BsClipMaker *(*BsClipMakerFunc) (BsCorpus *corpus);

gboolean bs_clip_maker_make (BsClipMaker *self, BsCorpus *corpus, gsize clip,
                             GCancellable *cancellable, GError **error);
gboolean bs_clip_maker_works_ahead (BsClipMaker *self);

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
