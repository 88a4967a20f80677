/* SPDX-License-Identifier: MIT */
/* Who makes clips of a synthetic corpus, and the input of a job that does: for those that a person
 * waits for, their neighbours, and the rest of the corpus. */
#include "config.h"

#include "ui/session/bs-clip-maker.h"

G_DEFINE_INTERFACE (BsClipMaker, bs_clip_maker, G_TYPE_OBJECT)

static void
bs_clip_maker_default_init (BsClipMakerInterface *iface)
{
}

/**
 * bs_clip_maker_make:
 * @self: a maker
 * @corpus: the corpus that it is of
 * @clip: index of a clip that has no file
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Writes the clip's file into the corpus. Blocks; any thread.
 *
 * Returns: whether the file is there
 */
gboolean
bs_clip_maker_make (BsClipMaker *self, BsCorpus *corpus, gsize clip, GCancellable *cancellable,
                    GError **error)
{
  return BS_CLIP_MAKER_GET_IFACE (self)->make (self, corpus, clip, cancellable, error);
}

/**
 * bs_clip_maker_works_ahead:
 * @self: a maker
 *
 * Main thread.
 *
 * Returns: whether clips that nobody waits for are to be made; not where a person has stopped that,
 *   or it failed
 */
gboolean
bs_clip_maker_works_ahead (BsClipMaker *self)
{
  return BS_CLIP_MAKER_GET_IFACE (self)->works_ahead (self);
}

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
