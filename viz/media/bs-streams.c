/* SPDX-License-Identifier: MIT */
/* The elements that play a clip, and what happens on their streaming threads: frames are mapped and
 * put in a slot of one, the newest replacing any that the main loop was too busy to fetch. */
#include "viz/media/bs-pipeline-private.h"

#include <gst/app/gstappsink.h>

#include "viz/media/bs-frame-private.h"

/* Of GstPlayFlags, which no public header declares. Deinterlacing and subtitles would change or
 * add frames. */
enum {
  PLAY_VIDEO = 1 << 0,
  PLAY_AUDIO = 1 << 1,
  PLAY_SOFT_VOLUME = 1 << 4,
};

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

/* Durations *******************************************************************/

/* Decoders drop what ends before the place sought. Where the rate varies and frames are reordered,
 * a container's durations belong to other frames than it says, so that a seek into the middle of
 * a frame could lose it or show its neighbour; from the index each gets the one that is true. */
static GstPadProbeReturn
mend_duration (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  BsStreams *self = data;
  g_mutex_lock (&self->lock);
  g_autoptr (BsFrameIndex) index = self->index ? bs_frame_index_ref (self->index) : NULL;
  g_mutex_unlock (&self->lock);
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (probe);
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!index || !event || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;

  const GstSegment *segment;
  guint64 time;
  gst_event_parse_segment (event, &segment);
  /* Signed, because what is decoded on the way to the place sought lies before the segment. */
  if (gst_segment_to_stream_time_full (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer), &time) !=
      1)
    return GST_PAD_PROBE_OK;
  int frame = bs_frame_index_find (index, time);
  if (frame >= 0 && bs_frame_index_get_time (index, frame) == (gint64) time) {
    buffer = gst_buffer_make_writable (buffer);
    GST_BUFFER_DURATION (buffer) = bs_frame_index_get_end (index, frame) - time;
    GST_PAD_PROBE_INFO_DATA (probe) = buffer;
  }
  return GST_PAD_PROBE_OK;
}

/* Room in each queue between demuxer and decoder. */
#define QUEUE_BYTES (16 * 1024 * 1024)

/* The end of a picture that is shorter than its sound reaches the decoder only when all of the
 * sound has been read, and paused, the last frames wait in the decoder for that end. Hence queues
 * that hold the rest of the sound, not the few tenths of a second they come with. */
static void
widen_queue (GstElement *queue)
{
  g_object_set (queue, "use-interleave", FALSE, "max-size-time", (guint64) 0, "max-size-buffers", 0,
                "max-size-bytes", QUEUE_BYTES, NULL);
}

static void
set_up_element_cb (GstElement *playbin, GstElement *element, gpointer data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  if (factory && g_str_equal (GST_OBJECT_NAME (factory), "multiqueue")) {
    widen_queue (element);
    return;
  }
  if (!factory ||
      !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER |
                                                    GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO |
                                                    GST_ELEMENT_FACTORY_TYPE_MEDIA_IMAGE))
    return;
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");
  if (pad)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, mend_duration, data, NULL);
}

/**
 * bs_streams_set_index:
 * @self: a clip's streams
 * @index: (nullable): the frames of the clip
 *
 * Makes seeks exact that come after it. Any thread; does not wait.
 */
void
bs_streams_set_index (BsStreams *self, BsFrameIndex *index)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->index, bs_frame_index_unref);
  if (index)
    self->index = bs_frame_index_ref (index);
  g_mutex_unlock (&self->lock);
}

/* Elements ********************************************************************/

/* When the picture has been stepped playbin steps the sound by as much, without looking whether the
 * clip has any: a sound sink at rest then stays at rest for ever. The sound is brought into step by
 * a seek before it plays, so playbin need not hear of steps at all. */
struct _BsPictureBin {
  GstBin parent;
};

G_DECLARE_FINAL_TYPE (BsPictureBin, bs_picture_bin, BS, PICTURE_BIN, GstBin)
G_DEFINE_FINAL_TYPE (BsPictureBin, bs_picture_bin, GST_TYPE_BIN)

static void
bs_picture_bin_handle_message (GstBin *bin, GstMessage *message)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STEP_DONE)
    gst_message_unref (message);
  else
    GST_BIN_CLASS (bs_picture_bin_parent_class)->handle_message (bin, message);
}

static void
bs_picture_bin_class_init (BsPictureBinClass *klass)
{
  GST_BIN_CLASS (klass)->handle_message = bs_picture_bin_handle_message;
}

static void
bs_picture_bin_init (BsPictureBin *self)
{
}

static GstElement *
build_picture_sink (BsStreams *self, const BsStreamsSetup *setup)
{
  GstElement *scale = gst_element_factory_make ("videoconvertscale", NULL);
  GstElement *size = gst_element_factory_make ("capsfilter", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", "bs-screen");
  GstElement *bin = g_object_new (bs_picture_bin_get_type (), NULL);
  if (!scale || !size || !sink) {
    g_clear_pointer (&scale, gst_object_unref);
    g_clear_pointer (&size, gst_object_unref);
    g_clear_pointer (&sink, gst_object_unref);
    g_clear_pointer (&bin, gst_object_unref);
    return NULL;
  }
  g_autoptr (GstCaps) caps = bs_frame_caps (setup->width_px, setup->height_px);
  g_object_set (scale, "n-threads", CLAMP (g_get_num_processors (), 1, 4), "add-borders", FALSE,
                NULL);
  g_object_set (size, "caps", caps, NULL);
  g_object_set (sink, "max-buffers", 1, "sync", TRUE, "qos", TRUE, "enable-last-sample", FALSE,
                NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = take_sample, .new_preroll = take_preroll };
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  self->size = gst_object_ref (size);
  self->sink = gst_object_ref (sink);

  gst_bin_add_many (GST_BIN (bin), scale, size, sink, NULL);
  gst_element_link_many (scale, size, sink, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (scale, "sink");
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return bin;
}

static GstElement *
build_sound_sink (const BsStreamsSetup *setup)
{
  GstElement *sink = NULL;
  if (setup->sound_sink)
    sink = gst_parse_bin_from_description (setup->sound_sink, TRUE, NULL);
  return sink ? sink : gst_element_factory_make ("autoaudiosink", NULL);
}

static gboolean
build (BsStreams *self, const BsStreamsSetup *setup)
{
  /* Not playbin3: in GStreamer 1.22 it keeps the end of a short picture from its decoder. */
  self->playbin = gst_element_factory_make ("playbin", NULL);
  if (!self->playbin)
    return FALSE;
  gst_object_ref_sink (self->playbin);
  GstElement *picture = build_picture_sink (self, setup);
  if (!picture)
    return FALSE;
  g_object_set (self->playbin, "video-sink", picture, "flags",
                PLAY_VIDEO | PLAY_AUDIO | PLAY_SOFT_VOLUME, "volume", setup->volume, "mute",
                setup->muted, NULL);
  GstElement *sound = build_sound_sink (setup);
  if (sound) {
    self->sound = gst_object_ref (sound);
    g_object_set (self->playbin, "audio-sink", sound, NULL);
  }
  /* Keeps the voice's pitch at other speeds. */
  GstElement *tempo = gst_element_factory_make ("scaletempo", NULL);
  if (tempo)
    g_object_set (self->playbin, "audio-filter", tempo, NULL);
  g_signal_connect (self->playbin, "element-setup", G_CALLBACK (set_up_element_cb), self);
  return TRUE;
}

/* Life ************************************************************************/

/**
 * bs_streams_new:
 * @pipeline: whom to show frames
 * @path: the clip
 * @setup: what stays from clip to clip
 *
 * Main thread; takes a fraction of a millisecond.
 *
 * Returns: (transfer full) (nullable): streams at rest, or %NULL where GStreamer's plugins are
 *   missing
 */
BsStreams *
bs_streams_new (BsPipeline *pipeline, const char *path, const BsStreamsSetup *setup)
{
  BsStreams *self = g_atomic_rc_box_new0 (BsStreams);
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->pipeline = pipeline;
  self->path = g_strdup (path);
  if (!build (self, setup)) {
    bs_streams_unref (self);
    return NULL;
  }
  self->bus = gst_element_get_bus (self->playbin);
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
  g_clear_pointer (&self->index, bs_frame_index_unref);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->size);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->playbin);
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
