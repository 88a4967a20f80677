/* SPDX-License-Identifier: MIT */
/* Drawing single clips of a synthetic corpus, in a job: those that a person waits for, their
 * neighbours, and the rest of the corpus. */
#include "ui/session/bs-clip-drawing.h"

/**
 * bs_clip_drawing_new:
 * @maker: what draws the clips of a synthetic corpus
 * @corpus: the corpus
 * @first: a clip's position, or -1
 * @second: likewise
 *
 * Returns: (transfer full): the input of a job
 */
BsClipDrawing *
bs_clip_drawing_new (BsClipMaker *maker, BsCorpus *corpus, int first, int second)
{
  BsClipDrawing *self = g_new0 (BsClipDrawing, 1);
  self->maker = g_object_ref (maker);
  self->corpus = bs_corpus_ref (corpus);
  self->clips[0] = first;
  self->clips[1] = second;
  return self;
}

/**
 * bs_clip_drawing_free:
 * @data: (transfer full): a #BsClipDrawing
 */
void
bs_clip_drawing_free (gpointer data)
{
  BsClipDrawing *self = data;
  g_object_unref (self->maker);
  bs_corpus_unref (self->corpus);
  g_free (self);
}

/**
 * bs_clip_drawing_has_file:
 * @self: the input of a job
 * @clip: a clip's position
 *
 * Looks into the folder, in any thread.
 *
 * Returns: whether there is nothing to be drawn
 */
gboolean
bs_clip_drawing_has_file (const BsClipDrawing *self, int clip)
{
  g_autofree char *path = bs_corpus_dup_clip_path (self->corpus, (gsize) clip);
  return path != NULL;
}

/**
 * bs_clip_drawing_run:
 * @self: the input of a job
 * @clip: a clip's position
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Draws one clip into the corpus's folder, in a worker: it takes seconds.
 *
 * Returns: whether it was drawn
 */
gboolean
bs_clip_drawing_run (const BsClipDrawing *self, int clip, GCancellable *cancellable, GError **error)
{
  return bs_clip_maker_make (self->maker, self->corpus, (gsize) clip, cancellable, error);
}
