/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "app/demo/bs-demo-clips.h"

struct _BsDemoClips {
  GObject parent_instance;
  BsDemo *demo;
  gboolean has_features; /* when the corpus was opened */
  gboolean is_stopped;
};

static gboolean
make (BsClipMaker *maker, BsCorpus *corpus, gsize clip, GCancellable *cancellable, GError **error)
{
  const BsClip *info = bs_metadata_clip (bs_corpus_metadata (corpus), clip);
  return bs_demo_render_clip (BS_DEMO_CLIPS (maker)->demo, bs_corpus_folder (corpus),
                              info->filename, cancellable, error);
}

static gboolean
works_ahead (BsClipMaker *maker)
{
  return !BS_DEMO_CLIPS (maker)->is_stopped;
}

static void
clip_maker_init (BsClipMakerInterface *iface)
{
  iface->make = make;
  iface->works_ahead = works_ahead;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BsDemoClips, bs_demo_clips, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BS_TYPE_CLIP_MAKER, clip_maker_init))

static void
bs_demo_clips_finalize (GObject *object)
{
  bs_demo_unref (BS_DEMO_CLIPS (object)->demo);
  G_OBJECT_CLASS (bs_demo_clips_parent_class)->finalize (object);
}

static void
bs_demo_clips_class_init (BsDemoClipsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_demo_clips_finalize;
}

static void
bs_demo_clips_init (BsDemoClips *self)
{
}

/**
 * bs_demo_clips_new_for:
 * @corpus: any corpus
 *
 * A #BsClipMakerFunc. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what draws the clips of @corpus, where that is a demo corpus
 */
BsClipMaker *
bs_demo_clips_new_for (BsCorpus *corpus)
{
  const char *folder = bs_corpus_folder (corpus);
  BsDemo *demo = bs_corpus_is_demo (corpus) ? bs_demo_open (folder, NULL) : NULL;
  if (demo == NULL)
    return NULL;
  BsDemoClips *self = g_object_new (BS_TYPE_DEMO_CLIPS, NULL);
  self->demo = demo;
  self->has_features = bs_demo_has_features (demo, folder);
  return BS_CLIP_MAKER (self);
}

/**
 * bs_demo_clips_get_demo:
 * @self: the clips
 *
 * Returns: (transfer none): what they are drawn from
 */
BsDemo *
bs_demo_clips_get_demo (BsDemoClips *self)
{
  return self->demo;
}

/**
 * bs_demo_clips_has_features:
 * @self: the clips
 *
 * Returns: whether the corpus had its features when it was opened
 */
gboolean
bs_demo_clips_has_features (BsDemoClips *self)
{
  return self->has_features;
}

/**
 * bs_demo_clips_set_stopped:
 * @self: the clips
 * @is_stopped: whether a person has stopped the drawing of clips that nobody waits for, or it
 *   failed
 */
void
bs_demo_clips_set_stopped (BsDemoClips *self, gboolean is_stopped)
{
  self->is_stopped = is_stopped;
}
