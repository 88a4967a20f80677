/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "viz/media/bs-movie.h"
#include "viz/media/bs-track.h"

G_BEGIN_DECLS

/*
 * BsMediaStreams:
 * @picture: (nullable): the first stream of pictures
 * @sound: (nullable): the first stream of sound
 * @has_whole_frames: whether the container hands out one picture at a time, with its time
 * @duration_ns: the length that the container states, 0 where it states none
 * @container: (nullable): the container's type
 * @broke_off: (nullable): why reading ended before the end, one sentence
 *
 * What a file holds.
 */
typedef struct {
  BsTrack *picture;
  BsTrack *sound;
  gboolean has_whole_frames;
  gint64 duration_ns;
  char *container;
  char *broke_off;
} BsMediaStreams;

gboolean bs_media_streams_read (BsMediaStreams *self, const char *path, const BsMovie *movie,
                                GCancellable *cancellable, GError **error);
void bs_media_streams_clear (BsMediaStreams *self);

G_END_DECLS
