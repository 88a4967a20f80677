/* SPDX-License-Identifier: MIT */
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
