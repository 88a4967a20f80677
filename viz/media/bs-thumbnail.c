/* SPDX-License-Identifier: MIT */
/* One frame of a clip, small, for lists and for what lies under the pointer. */
#include "viz/media/bs-thumbnail.h"

#include <gst/app/gstappsink.h>

#include "viz/media/bs-frame-private.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"
#include "viz/media/bs-media-reader.h"

static GstElement *
build_chain (int max_width_px, int max_height_px, GstElement **sink)
{
  GstElement *chain =
    bs_media_chain_new ("decodebin name=bs-first ! videoconvertscale add-borders=false ! "
                        "appsink name=bs-sink sync=false enable-last-sample=false",
                        sink);
  if (*sink) {
    g_autoptr (GstCaps) caps = bs_frame_caps (max_width_px, max_height_px);
    gst_app_sink_set_caps (GST_APP_SINK (*sink), caps);
  }
  return chain;
}

static BsFrame *
take_frame (GstElement *sink)
{
  g_autoptr (GstSample) sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (sink), 0);
  return sample ? bs_frame_new_for_sample (sample) : NULL;
}

/* Beyond the picture's end, where a clip's sound may go on, there is no frame to be shown exactly;
 * then the key frame before is near enough, and where places cannot be sought, the first. */
static BsFrame *
find_frame (BsMediaReader *reader, GstElement *sink, gint64 time_ns, GCancellable *cancellable,
            GError **error)
{
  const GstSeekFlags ways[] = { GST_SEEK_FLAG_ACCURATE,
                                GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE };
  if (!bs_media_reader_await_frame (reader, cancellable, error))
    return NULL;
  g_autoptr (BsFrame) first = take_frame (sink);
  for (gsize i = 0; i < G_N_ELEMENTS (ways) && time_ns > 0; i++) {
    BsFrame *frame = NULL;
    if (bs_media_reader_seek (reader, time_ns, ways[i], cancellable, NULL))
      frame = take_frame (sink);
    if (frame)
      return frame;
  }
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL
                                                                   : g_steal_pointer (&first);
}

/**
 * bs_thumbnail_new:
 * @path: a clip
 * @time_ns: a stream time
 * @max_width_px: widest picture wanted, 0 for the clip's own size
 * @max_height_px: highest
 * @cancellable: (nullable): ends it early
 * @error: where to put BS_MEDIA_ERROR_MISSING for a clip without picture, another BS_MEDIA_ERROR or
 *   G_IO_ERROR_CANCELLED
 *
 * Decodes the frame on show at a time, or one near it. Blocks for some ten to a hundred
 * milliseconds; worker threads only.
 *
 * Returns: (transfer full) (nullable): the frame, its number unknown
 */
BsFrame *
bs_thumbnail_new (const char *path, gint64 time_ns, int max_width_px, int max_height_px,
                  GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (GstElement) sink = NULL;
  GstElement *chain = build_chain (max_width_px, max_height_px, &sink);
  g_autoptr (BsMediaReader) reader = bs_media_reader_new (path, BS_MEDIA_PICTURE, chain, error);
  BsMediaInfo info = { 0 };
  if (!reader || !bs_media_reader_start (reader, cancellable, error))
    return NULL;
  bs_media_reader_get_info (reader, &info);

  g_autoptr (GError) problem = NULL;
  BsFrame *frame = NULL;
  if (info.has_picture)
    frame = find_frame (reader, sink, CLAMP (time_ns, 0, MAX (info.duration_ns - 1, 0)),
                        cancellable, &problem);
  if (problem) {
    g_propagate_error (error, g_steal_pointer (&problem));
  } else if (!frame) {
    g_autofree char *name = bs_media_file_name (path);
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_MISSING, "%s: the clip has no picture.",
                 name);
  }
  return frame;
}
