/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "viz/media/bs-player.h"

G_BEGIN_DECLS

/**
 * BsVideoNote:
 * @BS_VIDEO_NOTE_NONE: the picture speaks for itself
 * @BS_VIDEO_NOTE_NO_CLIP: nothing is chosen
 * @BS_VIDEO_NOTE_DRAWING: a synthetic clip is being made
 * @BS_VIDEO_NOTE_LOADING: a clip is being opened; shown when it takes a while
 * @BS_VIDEO_NOTE_SOUND_ONLY: the clip has no picture
 * @BS_VIDEO_NOTE_FAILED: the clip cannot be played
 * @BS_VIDEO_NOTE_MISSING: there is no file
 *
 * What stands in the picture's place.
 */
typedef enum {
  BS_VIDEO_NOTE_NONE,
  BS_VIDEO_NOTE_NO_CLIP,
  BS_VIDEO_NOTE_DRAWING,
  BS_VIDEO_NOTE_LOADING,
  BS_VIDEO_NOTE_SOUND_ONLY,
  BS_VIDEO_NOTE_FAILED,
  BS_VIDEO_NOTE_MISSING,
} BsVideoNote;

#define BS_TYPE_VIDEO_VIEW (bs_video_view_get_type ())
/**
 * BsVideoView:
 *
 * The picture of a clip, as large as fits, on a dark ground with round corners; or, in its
 * place, why there is none. Tells the player how large a picture it can use.
 */
G_DECLARE_FINAL_TYPE (BsVideoView, bs_video_view, BS, VIDEO_VIEW, GtkWidget)

void bs_video_view_set_player (BsVideoView *self, BsPlayer *player);
void bs_video_view_set_frame (BsVideoView *self, BsFrame *frame);
void bs_video_view_set_natural_height (BsVideoView *self, int height_px);
void bs_video_view_set_note (BsVideoView *self, BsVideoNote note, const char *detail);
BsVideoNote bs_video_view_get_note (BsVideoView *self);

G_END_DECLS
