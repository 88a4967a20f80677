/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsMediaInfo:
 * @duration_ns: length of the clip, the longer of picture and sound
 * @width_px: pixels across, 0 without picture
 * @height_px: pixels down
 * @par_n: pixel aspect ratio, numerator
 * @par_d: pixel aspect ratio, denominator
 * @fps: frames a second as the file states them, 0 where it states none or the rate varies
 * @has_picture: whether there is a video stream
 * @has_sound: whether there is an audio stream
 * @sample_rate: samples of sound a second, 0 without sound
 *
 * What a clip says about itself, read without decoding.
 */
typedef struct {
  gint64 duration_ns;
  int width_px;
  int height_px;
  int par_n;
  int par_d;
  double fps;
  gboolean has_picture;
  gboolean has_sound;
  int sample_rate;
} BsMediaInfo;

G_END_DECLS
