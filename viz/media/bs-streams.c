/* SPDX-License-Identifier: MIT */
/* The elements that play a clip, and what happens on their streaming threads: frames are mapped and
 * put in a slot of one, the newest replacing any that the main loop was too busy to fetch. */
#include "viz/media/bs-pipeline-private.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>

#include "viz/media/bs-decoder.h"
#include "viz/media/bs-frame-private.h"
#include "viz/media/bs-track-source.h"

/* From this height on pictures are made for television of high definition, ITU-R BT.709. */
#define HD_HEIGHT_PX 720

/* Frames *********************************************************************/

/**
 * bs_streams_deliver_frame:
 * @self: a clip's streams
 *
 * Shows the newest frame where there is one that was not shown and no other clip is wanted. Main
 * thread.
 */
void
bs_streams_deliver_frame (BsStreams *self)
{
  g_mutex_lock (&self->lock);
  g_autoptr (BsFrame) frame = g_steal_pointer (&self->pending_frame);
  g_mutex_unlock (&self->lock);
  if (frame && self->pipeline)
    bs_pipeline_show_frame (self->pipeline, frame);
}

static gboolean
deliver_cb (gpointer data)
{
  BsStreams *self = data;
  g_mutex_lock (&self->lock);
  self->delivery_queued = FALSE;
  g_mutex_unlock (&self->lock);
  if (!self->awaits_done)
    bs_streams_deliver_frame (self);
  return G_SOURCE_REMOVE;
}

static void
queue_delivery (BsStreams *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, bs_streams_ref (self),
                         (GDestroyNotify) bs_streams_unref);
  g_source_attach (source, self->context);
}

static void
put_sample (BsStreams *self, GstSample *sample)
{
  BsFrame *frame = sample ? bs_frame_new_for_sample (sample) : NULL;
  if (!frame)
    return;
  g_mutex_lock (&self->lock);
  BsFrame *unseen = g_steal_pointer (&self->pending_frame);
  self->pending_frame = frame;
  gboolean queued = self->delivery_queued;
  self->delivery_queued = TRUE;
  g_mutex_unlock (&self->lock);
  if (!queued)
    queue_delivery (self);
  g_clear_pointer (&unseen, bs_frame_unref);
}

static GstFlowReturn
take_sample (GstAppSink *sink, gpointer data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  put_sample (data, sample);
  return GST_FLOW_OK;
}

static GstFlowReturn
take_preroll (GstAppSink *sink, gpointer data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_preroll (sink);
  put_sample (data, sample);
  return GST_FLOW_OK;
}

/* Sound ***********************************************************************/

/* A decoder needs some sound before what is wanted, and gives whole frames; what lies outside of
 * the piece is cut away here, as not all that comes after it does. */
static GstPadProbeReturn
cut_sound_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstSegment *segment;
  GstAudioInfo info;
  if (!event || !caps || !gst_audio_info_from_caps (&info, caps))
    return GST_PAD_PROBE_OK;
  gst_event_parse_segment (event, &segment);
  GstBuffer *cut = gst_audio_buffer_clip (GST_PAD_PROBE_INFO_BUFFER (probe), segment,
                                          GST_AUDIO_INFO_RATE (&info), GST_AUDIO_INFO_BPF (&info));
  GST_PAD_PROBE_INFO_DATA (probe) = cut;
  return cut ? GST_PAD_PROBE_OK : GST_PAD_PROBE_HANDLED;
}

/* Gaps are for the decoder alone. */
static GstPadProbeReturn
hide_gap_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  return GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (probe)) == GST_EVENT_GAP ? GST_PAD_PROBE_DROP
                                                                            : GST_PAD_PROBE_OK;
}

/* Colours *********************************************************************/

/* Where a decoder knows the range of brightness but not the matrix, as of streams that state no
 * more, converters take neither for granted and the range is lost. The matrix is the usual one. */
static GstCaps *
complete_colours (GstCaps *caps)
{
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  const char *name = gst_structure_get_string (format, "colorimetry");
  GstVideoColorimetry colours;
  int height_px = 0;
  if (!name || !gst_video_colorimetry_from_string (&colours, name) ||
      colours.matrix != GST_VIDEO_COLOR_MATRIX_UNKNOWN ||
      !gst_structure_get_int (format, "height", &height_px))
    return NULL;
  colours.matrix =
    height_px >= HD_HEIGHT_PX ? GST_VIDEO_COLOR_MATRIX_BT709 : GST_VIDEO_COLOR_MATRIX_BT601;
  g_autofree char *completed = gst_video_colorimetry_to_string (&colours);
  GstCaps *copy = gst_caps_copy (caps);
  gst_caps_set_simple (copy, "colorimetry", G_TYPE_STRING, completed, NULL);
  return copy;
}

static GstPadProbeReturn
complete_caps_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);
  GstCaps *caps;
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  g_autoptr (GstCaps) completed = complete_colours (caps);
  if (completed) {
    GST_PAD_PROBE_INFO_DATA (probe) = gst_event_new_caps (completed);
    gst_event_unref (event);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
count_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  g_atomic_int_inc ((int *) data);
  return GST_PAD_PROBE_OK;
}

/**
 * bs_streams_new_decoded:
 * @program: what is shown of a track
 * @duration_ns: the length of the clip
 * @n_packets: (nullable): counts, atomically, what the decoder was given; outlives the element
 *
 * Returns: (transfer floating) (nullable): an element that gives it decoded, sound cut to the
 *   sample; %NULL without a decoder
 */
GstElement *
bs_streams_new_decoded (BsProgram *program, gint64 duration_ns, int *n_packets)
{
  GstElement *decoder = bs_decoder_new (program->track->caps);
  if (!decoder)
    return NULL;
  GstElement *bin = gst_bin_new (NULL);
  GstElement *source = bs_track_source_new (program, duration_ns);
  GstElement *end = gst_element_factory_make ("identity", NULL);
  gst_bin_add_many (GST_BIN (bin), source, decoder, end, NULL);
  gst_element_link_many (source, decoder, end, NULL);
  g_autoptr (GstPad) in = gst_element_get_static_pad (end, "sink");
  g_autoptr (GstPad) out = gst_element_get_static_pad (end, "src");
  g_autoptr (GstPad) coded = gst_element_get_static_pad (source, "src");
  if (n_packets != NULL)
    gst_pad_add_probe (coded, GST_PAD_PROBE_TYPE_BUFFER, count_cb, n_packets, NULL);
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, hide_gap_cb, NULL, NULL);
  if (program->is_picture)
    gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, complete_caps_cb, NULL, NULL);
  else
    gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, cut_sound_cb, NULL, NULL);
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", out));
  return bin;
}

/* Elements ********************************************************************/

static gboolean
is_turned (const BsStreams *self)
{
  switch (self->clip->info.orientation) {
  case GST_VIDEO_ORIENTATION_90R:
  case GST_VIDEO_ORIENTATION_90L:
  case GST_VIDEO_ORIENTATION_UL_LR:
  case GST_VIDEO_ORIENTATION_UR_LL:
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * bs_streams_wanted_size:
 * @self: a clip's streams
 * @width_px: widest picture wanted, 0 for any
 * @height_px: highest
 *
 * Pictures are made smaller before they are turned.
 *
 * Returns: (transfer full): what the picture is to be before it is turned
 */
GstCaps *
bs_streams_wanted_size (BsStreams *self, int width_px, int height_px)
{
  return is_turned (self) ? bs_frame_caps (height_px, width_px)
                          : bs_frame_caps (width_px, height_px);
}

static GstElement *
build_screen (BsStreams *self)
{
  GstElement *sink = gst_element_factory_make ("appsink", "bs-screen");
  if (!sink)
    return NULL;
  g_object_set (sink, "max-buffers", 1, "sync", TRUE, "qos", TRUE, "enable-last-sample", FALSE,
                NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = take_sample, .new_preroll = take_preroll };
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  return sink;
}

/* Adds elements to the pipeline, all or none, and links each to the next. */
static gboolean
add_chain (BsStreams *self, GstElement **elements, guint n)
{
  gboolean all = TRUE;
  for (guint i = 0; i < n; i++)
    all &= elements[i] != NULL;
  for (guint i = 0; i < n; i++) {
    if (all)
      gst_bin_add (GST_BIN (self->pipe), elements[i]);
    else if (elements[i])
      gst_object_unref (gst_object_ref_sink (elements[i]));
  }
  for (guint i = 0; all && i + 1 < n; i++)
    gst_element_link (elements[i], elements[i + 1]);
  return all;
}

/* Some frames wait behind the decoder, so that it works while a frame stands. */
static GstElement *
build_queue (void)
{
  GstElement *queue = gst_element_factory_make ("queue", NULL);
  if (queue)
    g_object_set (queue, "max-size-buffers", 3, "max-size-bytes", 0, "max-size-time", (guint64) 0,
                  NULL);
  return queue;
}

static gboolean
build_picture (BsStreams *self, const BsStreamsSetup *setup)
{
  BsMediaClip *clip = self->clip;
  GstElement *scale = gst_element_factory_make ("videoconvertscale", NULL);
  GstElement *size = gst_element_factory_make ("capsfilter", NULL);
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);
  GstElement *sink = build_screen (self);
  GstElement *chain[] = { bs_streams_new_decoded (clip->picture, clip->info.duration_ns,
                                                  &self->n_packets),
                          build_queue (),
                          scale,
                          size,
                          flip,
                          sink };
  if (!add_chain (self, chain, G_N_ELEMENTS (chain)))
    return FALSE;
  g_autoptr (GstCaps) caps = bs_streams_wanted_size (self, setup->width_px, setup->height_px);
  g_object_set (scale, "n-threads", CLAMP (g_get_num_processors (), 1, 4), "add-borders", FALSE,
                NULL);
  g_object_set (size, "caps", caps, NULL);
  g_object_set (flip, "video-direction", clip->info.orientation, NULL);
  self->size = gst_object_ref (size);
  self->sink = gst_object_ref (sink);
  return TRUE;
}

static GstElement *
build_sound_sink (const BsStreamsSetup *setup)
{
  GstElement *sink = NULL;
  if (setup->sound_sink)
    sink = gst_parse_bin_from_description (setup->sound_sink, TRUE, NULL);
  return sink ? sink : gst_element_factory_make ("autoaudiosink", NULL);
}

/* At other speeds the voice keeps its pitch. */
static gboolean
build_sound (BsStreams *self, const BsStreamsSetup *setup)
{
  BsMediaClip *clip = self->clip;
  GstElement *volume = gst_element_factory_make ("volume", NULL);
  GstElement *sink = build_sound_sink (setup);
  GstElement *chain[] = { bs_streams_new_decoded (clip->sound, clip->info.duration_ns,
                                                  &self->n_packets),
                          gst_element_factory_make ("queue", NULL),
                          gst_element_factory_make ("audioconvert", NULL),
                          gst_element_factory_make ("scaletempo", NULL),
                          gst_element_factory_make ("audioconvert", NULL),
                          gst_element_factory_make ("audioresample", NULL),
                          volume,
                          sink };
  if (!add_chain (self, chain, G_N_ELEMENTS (chain)))
    return FALSE;
  g_object_set (volume, "volume", setup->volume, "mute", setup->muted, NULL);
  self->volume = gst_object_ref (volume);
  self->sound = gst_object_ref (sink);
  return TRUE;
}

static gboolean
has_any (const BsProgram *program)
{
  return program && program->pieces->len > 0;
}

static gboolean
build (BsStreams *self, const BsStreamsSetup *setup)
{
  BsMediaClip *clip = self->clip;
  self->pipe = gst_object_ref_sink (gst_pipeline_new (NULL));
  gboolean seen = has_any (clip->picture) && !clip->no_picture && build_picture (self, setup);
  gboolean heard = has_any (clip->sound) && !clip->no_sound && build_sound (self, setup);
  return seen || heard;
}

/* Life ************************************************************************/

/**
 * bs_streams_new:
 * @pipeline: whom to show frames
 * @path: the clip
 * @clip: what was read of it
 * @setup: what stays from clip to clip
 *
 * Main thread; takes about a millisecond.
 *
 * Returns: (transfer full) (nullable): streams at rest, or %NULL where there is nothing to play, or
 *   nothing to play it with
 */
BsStreams *
bs_streams_new (BsPipeline *pipeline, const char *path, BsMediaClip *clip,
                const BsStreamsSetup *setup)
{
  BsStreams *self = g_atomic_rc_box_new0 (BsStreams);
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->pipeline = pipeline;
  self->path = g_strdup (path);
  self->clip = bs_media_clip_ref (clip);
  if (!build (self, setup)) {
    bs_streams_unref (self);
    return NULL;
  }
  self->bus = gst_element_get_bus (self->pipe);
  return self;
}

/**
 * bs_streams_ref:
 * @self: a clip's streams
 *
 * Returns: (transfer full): @self; any thread
 */
BsStreams *
bs_streams_ref (BsStreams *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_streams (BsStreams *self)
{
  g_clear_pointer (&self->pending_frame, bs_frame_unref);
  g_clear_pointer (&self->clip, bs_media_clip_unref);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->size);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->volume);
  gst_clear_object (&self->pipe);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->path);
}

/**
 * bs_streams_unref:
 * @self: (transfer full): a clip's streams
 *
 * Any thread, with the streams at rest.
 */
void
bs_streams_unref (BsStreams *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_streams);
}
