/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "viz/media/bs-frame-index.h"
#include "viz/media/bs-media-info.h"
#include "viz/media/bs-program.h"

G_BEGIN_DECLS

/*
 * BsMediaClip:
 * @info: what is known of it
 * @index: when each frame begins
 * @picture: (nullable): what is seen
 * @sound: (nullable): what is heard
 * @notices: (element-type utf8): what cannot be had of it, sentences
 * @no_picture: (nullable): why what is to be seen cannot be decoded, one of them
 * @no_sound: (nullable): why what is to be heard cannot
 *
 * A clip that was read, ready to be played. Immutable, reference counted.
 */
typedef struct {
  BsMediaInfo info;
  BsFrameIndex *index;
  BsProgram *picture;
  BsProgram *sound;
  GPtrArray *notices;
  const char *no_picture;
  const char *no_sound;
} BsMediaClip;

BsMediaClip *bs_media_clip_new (const char *path, GCancellable *cancellable, GError **error);
BsMediaClip *bs_media_clip_ref (BsMediaClip *self);
void bs_media_clip_unref (BsMediaClip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMediaClip, bs_media_clip_unref)

G_END_DECLS
