/* SPDX-License-Identifier: MIT */
/* Runs a clip through demuxer and parser (and decoder, where asked) as fast as the disk gives it:
 * the source of the frame index and of what is known about a clip. Blocks: worker threads only. */
#include "viz/media/bs-media-scan.h"

#include <gst/video/video.h>

#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"

typedef struct {
  GstElement *pipeline;
  BsMediaScanFunc each_frame;
  gpointer data;
  GMutex lock;
  BsMediaInfo info;
} Scan;

static GstPadProbeReturn
pass_frame (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Scan *scan = data;
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (event && caps) {
    const GstSegment *segment;
    gst_event_parse_segment (event, &segment);
    scan->each_frame (GST_PAD_PROBE_INFO_BUFFER (probe), segment, caps, scan->data);
  }
  return GST_PAD_PROBE_OK;
}

static gboolean
is_picture (const GstStructure *format)
{
  const char *name = gst_structure_get_name (format);
  return g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/");
}

/* Streams of variable rate state the unit of their clock instead. */
#define MAX_FPS 1000

static void
note_picture (BsMediaInfo *info, const GstStructure *format)
{
  int fps_n = 0, fps_d = 1;
  info->has_picture = TRUE;
  gst_structure_get_int (format, "width", &info->width_px);
  gst_structure_get_int (format, "height", &info->height_px);
  if (!gst_structure_get_fraction (format, "pixel-aspect-ratio", &info->par_n, &info->par_d))
    info->par_n = info->par_d = 1;
  if (gst_structure_get_fraction (format, "framerate", &fps_n, &fps_d) && fps_n > 0 && fps_d > 0 &&
      fps_n / fps_d <= MAX_FPS)
    info->fps = (double) fps_n / fps_d;
}

/* Returns whether the stream is the first of pictures, the one that is played. */
static gboolean
note_stream (Scan *scan, GstPad *pad)
{
  gboolean first_picture = FALSE;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return FALSE;
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  g_mutex_lock (&scan->lock);
  if (is_picture (format)) {
    first_picture = !scan->info.has_picture;
    if (first_picture)
      note_picture (&scan->info, format);
  } else if (g_str_has_prefix (gst_structure_get_name (format), "audio/")) {
    if (!scan->info.has_sound)
      gst_structure_get_int (format, "rate", &scan->info.sample_rate);
    scan->info.has_sound = TRUE;
  }
  g_mutex_unlock (&scan->lock);
  return first_picture;
}

static void
add_stream_cb (GstElement *parser, GstPad *pad, gpointer data)
{
  Scan *scan = data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  /* Parsers have no queues, so several sinks would wait for each other's first frame for ever. */
  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  gst_bin_add (GST_BIN (scan->pipeline), sink);
  g_autoptr (GstPad) target = gst_element_get_static_pad (sink, "sink");
  if (note_stream (scan, pad) && scan->each_frame)
    gst_pad_add_probe (target, GST_PAD_PROBE_TYPE_BUFFER, pass_frame, scan, NULL);
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, target);
}

static gboolean
build (Scan *scan, const char *path, gboolean decode, GError **error)
{
  g_autofree char *name = bs_media_file_name (path);
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *parser = gst_element_factory_make (decode ? "decodebin" : "parsebin", NULL);
  scan->pipeline = gst_pipeline_new (NULL);
  if (!source || !parser) {
    g_clear_pointer (&source, gst_object_unref);
    g_clear_pointer (&parser, gst_object_unref);
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_UNSUPPORTED,
                 "%s: GStreamer's base plugins are not installed.", name);
    return FALSE;
  }
  g_object_set (source, "location", path, NULL);
  gst_bin_add_many (GST_BIN (scan->pipeline), source, parser, NULL);
  gst_element_link (source, parser);
  g_signal_connect (parser, "pad-added", G_CALLBACK (add_stream_cb), scan);
  return TRUE;
}

/**
 * bs_media_scan:
 * @path: the clip
 * @decode: whether frames are decoded, which is slow, or only parsed
 * @each_frame: (nullable): gets every frame of the picture; without it only headers are read
 * @data: for @each_frame
 * @info: (out): what the clip says about itself
 * @cancellable: (nullable): ends the scan early
 * @error: where to put an error
 *
 * Reads a clip once. Worker threads only.
 */
gboolean
bs_media_scan (const char *path, gboolean decode, BsMediaScanFunc each_frame, gpointer data,
               BsMediaInfo *info, GCancellable *cancellable, GError **error)
{
  bs_media_start ();
  if (!bs_media_file_check (path, error))
    return FALSE;

  Scan scan = { .each_frame = each_frame, .data = data };
  g_mutex_init (&scan.lock);
  gboolean ok = build (&scan, path, decode, error);
  if (ok) {
    gst_element_set_state (scan.pipeline, each_frame ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    ok =
      bs_media_wait (scan.pipeline, path, each_frame ? GST_MESSAGE_EOS : GST_MESSAGE_STREAM_START,
                     cancellable, error);
  }
  gint64 duration = 0;
  if (ok && gst_element_query_duration (scan.pipeline, GST_FORMAT_TIME, &duration))
    scan.info.duration_ns = MAX (duration, 0);
  bs_media_stop (scan.pipeline);
  g_mutex_clear (&scan.lock);
  *info = scan.info;
  return ok;
}
