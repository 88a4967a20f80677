/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * BsMediaInfo:
 * @duration_ns: length of the clip, the longer of picture and sound
 * @has_picture: whether there is a video stream
 * @has_sound: whether there is an audio stream
 * @orientation: how the picture is turned before it is shown
 *
 * What is known of a clip without decoding.
 */
typedef struct {
  gint64 duration_ns;
  gboolean has_picture;
  gboolean has_sound;
  GstVideoOrientationMethod orientation;
} BsMediaInfo;

G_END_DECLS
