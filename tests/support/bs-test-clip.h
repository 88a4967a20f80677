/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-frame.h"

G_BEGIN_DECLS

/**
 * BsTestClip:
 * @name: file name; its suffix chooses the container
 * @id: 0 to 63, told apart in the pixels
 * @n_frames: length of the picture, 0 for none, at most 4096
 * @fps_n: frames a second, numerator; 0 for a variable rate
 * @fps_d: denominator
 * @b_frames: whether frames are reordered
 * @key_every: frames from key frame to key frame
 * @width_px: pixels across
 * @height_px: pixels down
 * @sound_s: length of the sound, 0 for none
 * @encoder: (nullable): description of what encodes the picture, instead of the usual
 * @muxer: (nullable): likewise, of the container
 * @start_s: the time at which the first frame is stamped
 * @pairs: whether each two frames have one time
 * @colorimetry: (nullable): what the encoder is told of the colours, instead of the usual
 *
 * A clip whose frames carry their number in their pixels.
 */
typedef struct {
  const char *name;
  int id;
  int n_frames;
  int fps_n;
  int fps_d;
  gboolean b_frames;
  int key_every;
  int width_px;
  int height_px;
  double sound_s;
  const char *encoder;
  const char *muxer;
  double start_s;
  gboolean pairs;
  const char *colorimetry;
} BsTestClip;

char *bs_test_clip_make (const BsTestClip *clip, const char *folder);
gint64 bs_test_clip_frame_time (const BsTestClip *clip, int index);
void bs_test_clip_draw (guint8 *luma, int width_px, int height_px, int stride, int id, int number);
int bs_test_clip_read (const BsFrame *frame, int id);

G_END_DECLS
