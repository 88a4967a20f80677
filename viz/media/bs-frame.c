/* SPDX-License-Identifier: MIT */
/* A decoded picture is the decoder's own buffer, mapped for as long as someone holds the frame:
 * nothing is copied between the decoder and the screen. */
#include "viz/media/bs-frame-private.h"

#include <gst/video/video.h>

G_DEFINE_BOXED_TYPE (BsFrame, bs_frame, bs_frame_ref, bs_frame_unref)

static void
unmap_video (gpointer data)
{
  gst_video_frame_unmap (data);
  g_free (data);
}

/**
 * bs_frame_caps:
 * @width_px: widest picture, 0 for any
 * @height_px: highest
 *
 * Returns: (transfer full): the pictures that are wanted; what scales keeps the aspect
 */
GstCaps *
bs_frame_caps (int width_px, int height_px)
{
  GstCaps *caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRx", NULL);
  if (width_px > 0 && height_px > 0)
    gst_caps_set_simple (caps, "width", GST_TYPE_INT_RANGE, 1, MAX (width_px, 2), "height",
                         GST_TYPE_INT_RANGE, 1, MAX (height_px, 2), "pixel-aspect-ratio",
                         GST_TYPE_FRACTION, 1, 1, NULL);
  return caps;
}

/**
 * bs_frame_new_for_sample:
 * @sample: a sample of raw BGRx video
 *
 * Maps the sample's buffer. The time is the stream time of the buffer's start: presentation
 * stamps alone are shifted by the edit lists of .mov and .mp4 files. The number is unknown.
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL where the sample holds no picture
 */
BsFrame *
bs_frame_new_for_sample (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstCaps *caps = gst_sample_get_caps (sample);
  GstVideoInfo info;
  if (!buffer || !caps || !gst_video_info_from_caps (&info, caps) ||
      GST_VIDEO_INFO_FORMAT (&info) != GST_VIDEO_FORMAT_BGRx)
    return NULL;

  GstVideoFrame *video = g_new (GstVideoFrame, 1);
  if (!gst_video_frame_map (video, &info, buffer, GST_MAP_READ)) {
    g_free (video);
    return NULL;
  }

  guint64 time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                             GST_BUFFER_PTS (buffer));
  BsFrame *self = g_atomic_rc_box_new0 (BsFrame);
  self->width_px = GST_VIDEO_INFO_WIDTH (&info);
  self->height_px = GST_VIDEO_INFO_HEIGHT (&info);
  self->stride = GST_VIDEO_FRAME_PLANE_STRIDE (video, 0);
  self->par_n = GST_VIDEO_INFO_PAR_N (&info);
  self->par_d = GST_VIDEO_INFO_PAR_D (&info);
  self->pixels = GST_VIDEO_FRAME_PLANE_DATA (video, 0);
  self->time_ns = GST_CLOCK_TIME_IS_VALID (time) ? (gint64) time : 0;
  self->index = -1;
  self->mapped = video;
  self->unmap = unmap_video;
  return self;
}

/**
 * bs_frame_new_placed:
 * @other: a frame
 * @time_ns: the time it begins
 * @index: its number in the clip
 *
 * Returns: (transfer full): the same picture with its place in the clip
 */
BsFrame *
bs_frame_new_placed (BsFrame *other, gint64 time_ns, int index)
{
  BsFrame *self = g_atomic_rc_box_dup (sizeof *other, other);
  self->time_ns = time_ns;
  self->index = index;
  self->mapped = bs_frame_ref (other);
  self->unmap = (GDestroyNotify) bs_frame_unref;
  return self;
}

/**
 * bs_frame_ref:
 * @self: a frame
 *
 * Returns: (transfer full): @self; any thread
 */
BsFrame *
bs_frame_ref (BsFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

static void
clear_frame (gpointer data)
{
  BsFrame *self = data;
  if (self->unmap)
    self->unmap (self->mapped);
}

/**
 * bs_frame_unref:
 * @self: (transfer full): a frame
 *
 * Gives the picture back to the decoder where nobody else holds it; any thread.
 */
void
bs_frame_unref (BsFrame *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_rc_box_release_full (self, clear_frame);
}
