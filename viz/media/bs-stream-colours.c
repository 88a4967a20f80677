/* SPDX-License-Identifier: MIT */
/* What a picture's colours mean. Containers may state it, streams of H.264, H.265 and AV1 too, and
 * many files have it in the stream alone: its first packets are given to a parser, which says what
 * it finds in its caps. Nothing is decoded. */
#include "viz/media/bs-stream-colours.h"

#include "viz/media/bs-decoder.h"

/* Sets of parameters come with the first picture at the latest; a parser tells them with the
 * next. */
#define MAX_PACKETS 8

static GstFlowReturn
take_buffer (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

/* The pad itself keeps the caps that come. */
static gboolean
take_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  gst_event_unref (event);
  return TRUE;
}

static GstVideoTransferFunction
transfer_of (const GstCaps *caps)
{
  GstVideoColorimetry colours;
  const char *name = caps != NULL
                       ? gst_structure_get_string (gst_caps_get_structure (caps, 0), "colorimetry")
                       : NULL;
  return name != NULL && gst_video_colorimetry_from_string (&colours, name)
           ? colours.transfer
           : GST_VIDEO_TRANSFER_UNKNOWN;
}

static gboolean
can_state_colours (const GstStructure *format)
{
  return gst_structure_has_name (format, "video/x-h264") ||
         gst_structure_has_name (format, "video/x-h265") ||
         gst_structure_has_name (format, "video/x-av1");
}

/* Works on the caller's thread: whatever is pushed is dealt with when the push returns. */
static GstVideoTransferFunction
push_first_packets (const BsTrack *track, GstCaps *caps, GstPad *in, GstPad *out)
{
  GstVideoTransferFunction found = GST_VIDEO_TRANSFER_UNKNOWN;
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (in, gst_event_new_stream_start ("colours"));
  gst_pad_push_event (in, gst_event_new_caps (caps));
  gst_pad_push_event (in, gst_event_new_segment (&segment));
  for (guint i = 0; i < MIN (track->packets->len, MAX_PACKETS); i++) {
    GstBuffer *buffer = bs_track_dup_buffer (track, i);
    if (buffer == NULL || gst_pad_push (in, buffer) != GST_FLOW_OK)
      break;
    g_autoptr (GstCaps) said = gst_pad_get_current_caps (out);
    found = transfer_of (said);
    if (found != GST_VIDEO_TRANSFER_UNKNOWN)
      break;
  }
  return found;
}

static GstVideoTransferFunction
ask_parser (const BsTrack *track, GstElement *parser)
{
  g_autoptr (GstPad) in = gst_object_ref_sink (gst_pad_new ("in", GST_PAD_SRC));
  g_autoptr (GstPad) out = gst_object_ref_sink (gst_pad_new ("out", GST_PAD_SINK));
  g_autoptr (GstPad) sink = gst_element_get_static_pad (parser, "sink");
  g_autoptr (GstPad) source = gst_element_get_static_pad (parser, "src");
  /* What the container says of the colours would stand before what the stream says. */
  g_autoptr (GstCaps) caps = gst_caps_copy (track->caps);
  gst_structure_remove_field (gst_caps_get_structure (caps, 0), "colorimetry");
  gst_pad_set_chain_function (out, take_buffer);
  gst_pad_set_event_function (out, take_event);
  gst_pad_set_active (out, TRUE);
  gst_pad_set_active (in, TRUE);
  gst_pad_link (in, sink);
  gst_pad_link (source, out);
  gst_element_set_state (parser, GST_STATE_PLAYING);
  GstVideoTransferFunction found = push_first_packets (track, caps, in, out);
  gst_element_set_state (parser, GST_STATE_NULL);
  gst_pad_set_active (in, FALSE);
  gst_pad_set_active (out, FALSE);
  gst_pad_unlink (in, sink);
  gst_pad_unlink (source, out);
  return found;
}

/**
 * bs_stream_colours_get_transfer:
 * @track: a track of pictures that was read
 *
 * Takes what the container says, and what the stream says where the container is silent. Reads a
 * few packets, in any thread but the main one.
 *
 * Returns: how brightness is coded, or %GST_VIDEO_TRANSFER_UNKNOWN
 */
GstVideoTransferFunction
bs_stream_colours_get_transfer (const BsTrack *track)
{
  GstVideoTransferFunction stated = transfer_of (track->caps);
  if (stated != GST_VIDEO_TRANSFER_UNKNOWN ||
      !can_state_colours (gst_caps_get_structure (track->caps, 0)))
    return stated;
  GstElement *parser = bs_decoder_new_parser (track->caps);
  if (parser == NULL)
    return GST_VIDEO_TRANSFER_UNKNOWN;
  gst_object_ref_sink (parser);
  stated = ask_parser (track, parser);
  gst_object_unref (parser);
  return stated;
}
