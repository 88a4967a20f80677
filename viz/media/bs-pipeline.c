/* SPDX-License-Identifier: MIT */
/* A thread that works GStreamer's pipelines. State changes and flushing seeks wait for decoders, so
 * none is made on the main thread: requests are queued, carried out one after the other on the
 * control thread, which waits until each has taken effect, and answered by messages on the bus of
 * the clip's own streams, in order with those of GStreamer.
 *
 * Every clip has streams of its own. When another clip is asked for their bus is no longer heard,
 * so that listeners never hear of the past, and the control thread stops them before it opens the
 * next ones, which may need the same sound device. */
#include "viz/media/bs-pipeline-private.h"

#include <glib/gi18n.h>

#include "viz/media/bs-media-file.h"
#include "viz/media/bs-patience.h"

/* How often a wait looks whether its clip is still wanted, and how long it waits while no decoder
 * is given anything: for a frame that was asked for, and for the one that is next due when
 * halting. */
#define POLL_US (20 * G_TIME_SPAN_MILLISECOND)
#define WAIT_LIMIT (30 * G_TIME_SPAN_SECOND)
#define HALT_LIMIT (2 * G_TIME_SPAN_SECOND)

struct _BsPipeline {
  BsPipelineListener listener;
  gpointer data;
  GThreadPool *control;
  BsStreams *streams; /* of the clip last asked for, NULL for none */
  BsStreamsSetup setup;
  char *sound_sink;
};

/* Requests ********************************************************************/

typedef struct _Request Request;
struct _Request {
  void (*carry_out) (BsStreams *self, const Request *request);
  BsStreams *streams;
  BsPipelineSeek seek;
  guint32 seqnum;
  guint n_frames;
  gboolean frame_follows;
  int width_px, height_px;
  double volume;
  gboolean muted;
};

static void
carry_out (gpointer data, gpointer user_data)
{
  Request *request = data;
  request->carry_out (request->streams, request);
  bs_streams_unref (request->streams);
  g_free (request);
}

/* Nothing without a clip. */
static void
ask (BsPipeline *self, Request request)
{
  if (!self->streams)
    return;
  request.streams = bs_streams_ref (self->streams);
  g_thread_pool_push (self->control, g_memdup2 (&request, sizeof request), NULL);
}

static gboolean
is_stale (BsStreams *self)
{
  return g_atomic_int_get (&self->left);
}

static void
answer (BsStreams *self, GstStructure *what)
{
  gst_bus_post (self->bus, gst_message_new_application (GST_OBJECT (self->pipe), what));
}

static void
answer_failure (BsStreams *self, const char *problem)
{
  answer (self, gst_structure_new ("bs-failed", "problem", G_TYPE_STRING, problem, NULL));
}

typedef enum { SETTLED, REFUSED, LATE, UNWANTED } SeekResult;

/* Waits until the frame of a request stands. An error leaves the pipeline waiting for ever; the
 * listener hears of it by the bus and closes the clip, which ends the wait. */
static SeekResult
wait_until_settled (BsStreams *self, gint64 limit_us)
{
  BsPatience patience;
  bs_patience_begin (&patience, limit_us, POLL_US);
  while (!is_stale (self)) {
    GstStateChangeReturn change =
      gst_element_get_state (self->pipe, NULL, NULL, POLL_US * GST_USECOND);
    if (change == GST_STATE_CHANGE_FAILURE)
      return REFUSED;
    if (change != GST_STATE_CHANGE_ASYNC)
      return SETTLED;
    if (bs_patience_is_over (&patience, (guint) g_atomic_int_get (&self->n_packets)))
      return LATE;
  }
  return UNWANTED;
}

static gboolean
await_frame (BsStreams *self)
{
  SeekResult outcome = wait_until_settled (self, WAIT_LIMIT);
  if (outcome == LATE) {
    g_autofree char *name = bs_media_file_name (self->path);
    g_autofree char *problem = g_strdup_printf (_ ("%s: decoding it takes too long."), name);
    answer_failure (self, problem);
  }
  return outcome == SETTLED;
}

static void
carry_out_open (BsStreams *self, const Request *request)
{
  if (is_stale (self))
    return;
  gst_element_set_state (self->pipe, GST_STATE_PAUSED);
  if (await_frame (self))
    answer (self, gst_structure_new_empty ("bs-opened"));
}

static void
answer_done (BsStreams *self, gboolean ok)
{
  answer (self, gst_structure_new ("bs-done", "ok", G_TYPE_BOOLEAN, ok, NULL));
}

static void
carry_out_play (BsStreams *self, const Request *request)
{
  if (!is_stale (self))
    gst_element_set_state (self->pipe, GST_STATE_PLAYING);
}

static void
carry_out_pause (BsStreams *self, const Request *request)
{
  if (is_stale (self))
    return;
  gst_element_set_state (self->pipe, GST_STATE_PAUSED);
  /* Where no frame follows the wait would be in vain: the sink gets neither a frame nor, before the
   * sound has ended too, the end of its stream. */
  answer_done (self, request->frame_follows && wait_until_settled (self, HALT_LIMIT) == SETTLED);
}

static gboolean
send_seek (BsStreams *self, const Request *request)
{
  const BsPipelineSeek *seek = &request->seek;
  GstSeekFlags flags = GST_SEEK_FLAG_ACCURATE;
  if (seek->flush)
    flags |= GST_SEEK_FLAG_FLUSH;
  if (seek->segment)
    flags |= GST_SEEK_FLAG_SEGMENT;
  GstEvent *event = gst_event_new_seek (seek->rate, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET,
                                        seek->start_ns, GST_SEEK_TYPE_SET, seek->stop_ns);
  gst_event_set_seqnum (event, request->seqnum);
  return gst_element_send_event (self->pipe, event);
}

static void
carry_out_seek (BsStreams *self, const Request *request)
{
  const BsPipelineSeek *seek = &request->seek;
  if (is_stale (self))
    return;
  if (!seek->flush) {
    send_seek (self, request);
    return;
  }
  /* Paused first: sinks tell their end only while playing, so that an end heard after the answer
   * is an end reached after it. */
  gst_element_set_state (self->pipe, GST_STATE_PAUSED);
  gboolean ok = send_seek (self, request);
  ok = await_frame (self) && ok;
  answer_done (self, ok);
  if (seek->play && !is_stale (self))
    gst_element_set_state (self->pipe, GST_STATE_PLAYING);
}

static void
carry_out_step (BsStreams *self, const Request *request)
{
  if (is_stale (self))
    return;
  GstEvent *step = gst_event_new_step (GST_FORMAT_BUFFERS, request->n_frames, 1.0, TRUE, FALSE);
  gboolean ok = self->sink && gst_element_send_event (self->sink, step);
  ok = await_frame (self) && ok;
  answer_done (self, ok);
}

static void
carry_out_ask_position (BsStreams *self, const Request *request)
{
  gint64 position;
  if (!is_stale (self) && gst_element_query_position (self->pipe, GST_FORMAT_TIME, &position))
    answer (self, gst_structure_new ("bs-position", "position", G_TYPE_INT64, position, NULL));
}

static void
carry_out_max_size (BsStreams *self, const Request *request)
{
  g_autoptr (GstCaps) caps = bs_streams_wanted_size (self, request->width_px, request->height_px);
  if (self->size)
    g_object_set (self->size, "caps", caps, NULL);
}

static void
carry_out_volume (BsStreams *self, const Request *request)
{
  if (self->volume)
    g_object_set (self->volume, "volume", request->volume, "mute", request->muted, NULL);
}

static void
carry_out_end (BsStreams *self, const Request *request)
{
  gst_element_set_state (self->pipe, GST_STATE_NULL);
}

/* What the main thread asks for ************************************************/

static gboolean hear_cb (GstBus *bus, GstMessage *message, gpointer data);

static void
leave (BsPipeline *self)
{
  if (!self->streams)
    return;
  gst_bus_remove_watch (self->streams->bus);
  self->streams->pipeline = NULL;
  g_atomic_int_set (&self->streams->left, TRUE);
  ask (self, (Request){ .carry_out = carry_out_end });
  g_clear_pointer (&self->streams, bs_streams_unref);
}

/**
 * bs_pipeline_open:
 * @self: a pipeline
 * @path: a clip
 * @clip: what was read of it
 *
 * Leaves the clip that is open and opens another, paused on its first frame; answered by opened()
 * or failed().
 *
 * Returns: %FALSE where GStreamer's plugins are missing
 */
gboolean
bs_pipeline_open (BsPipeline *self, const char *path, BsMediaClip *clip)
{
  leave (self);
  self->streams = bs_streams_new (self, path, clip, &self->setup);
  if (!self->streams)
    return FALSE;
  self->streams->awaits_done = TRUE;
  gst_bus_add_watch (self->streams->bus, hear_cb, self->streams);
  ask (self, (Request){ .carry_out = carry_out_open });
  return TRUE;
}

/**
 * bs_pipeline_close:
 * @self: a pipeline
 *
 * Leaves the clip that is open; nothing more is told of it.
 */
void
bs_pipeline_close (BsPipeline *self)
{
  leave (self);
}

/**
 * bs_pipeline_play:
 * @self: a pipeline with an open clip
 *
 * Plays on from what stands. Not answered.
 */
void
bs_pipeline_play (BsPipeline *self)
{
  ask (self, (Request){ .carry_out = carry_out_play });
}

/**
 * bs_pipeline_pause:
 * @self: a pipeline with an open clip
 * @frame_follows: FALSE where the picture stands on its last frame while the sound goes on
 *
 * Halts on the frame that is next due; answered by done(), with FALSE where no frame came and
 * playing on needs a seek.
 */
void
bs_pipeline_pause (BsPipeline *self, gboolean frame_follows)
{
  g_return_if_fail (self->streams);
  self->streams->awaits_done = TRUE;
  ask (self, (Request){ .carry_out = carry_out_pause, .frame_follows = frame_follows });
}

/**
 * bs_pipeline_seek:
 * @self: a pipeline with an open clip
 * @seek: where to, and how
 *
 * Goes elsewhere. Answered by done() where it flushes.
 */
void
bs_pipeline_seek (BsPipeline *self, const BsPipelineSeek *seek)
{
  g_return_if_fail (self->streams);
  if (seek->flush)
    self->streams->awaits_done = TRUE;
  guint32 seqnum = self->streams->seek_seqnum = gst_util_seqnum_next ();
  ask (self, (Request){ .carry_out = carry_out_seek, .seek = *seek, .seqnum = seqnum });
}

/**
 * bs_pipeline_step:
 * @self: a pipeline with an open clip, paused
 * @n_frames: how many frames
 *
 * Goes forward by frames, the sound staying where it is: playing on needs a seek. Answered by
 * done().
 */
void
bs_pipeline_step (BsPipeline *self, guint n_frames)
{
  g_return_if_fail (self->streams);
  self->streams->awaits_done = TRUE;
  ask (self, (Request){ .carry_out = carry_out_step, .n_frames = n_frames });
}

/**
 * bs_pipeline_ask_position:
 * @self: a pipeline with an open clip
 *
 * Asks for the stream time of what is heard; answered by position() where it is known.
 */
void
bs_pipeline_ask_position (BsPipeline *self)
{
  ask (self, (Request){ .carry_out = carry_out_ask_position });
}

/**
 * bs_pipeline_get_progress:
 * @self: a pipeline
 *
 * Returns: a count that grows while decoders are given anything of the clip
 */
guint
bs_pipeline_get_progress (BsPipeline *self)
{
  return self->streams != NULL ? (guint) g_atomic_int_get (&self->streams->n_packets) : 0;
}

/**
 * bs_pipeline_set_max_size:
 * @self: a pipeline
 * @width_px: widest picture wanted, 0 for any
 * @height_px: highest
 *
 * Pictures decoded from now on are made no larger; smaller ones stay as they are.
 */
void
bs_pipeline_set_max_size (BsPipeline *self, int width_px, int height_px)
{
  self->setup.width_px = width_px;
  self->setup.height_px = height_px;
  ask (self,
       (Request){ .carry_out = carry_out_max_size, .width_px = width_px, .height_px = height_px });
}

/**
 * bs_pipeline_set_volume:
 * @self: a pipeline
 * @volume: loudness, 0 to 1
 * @muted: whether there is no sound at all
 */
void
bs_pipeline_set_volume (BsPipeline *self, double volume, gboolean muted)
{
  self->setup.volume = volume;
  self->setup.muted = muted;
  ask (self, (Request){ .carry_out = carry_out_volume, .volume = volume, .muted = muted });
}

/**
 * bs_pipeline_drop_sound_device:
 * @self: a pipeline whose sound output failed
 *
 * Plays without sound, but in time, from the next clip opened.
 */
void
bs_pipeline_drop_sound_device (BsPipeline *self)
{
  self->setup.sound_sink = "fakesink sync=true";
}

/* What GStreamer says **********************************************************/

/**
 * bs_pipeline_show_frame:
 * @self: a pipeline
 * @frame: the newest one of the clip that is wanted
 *
 * Tells the listener.
 */
void
bs_pipeline_show_frame (BsPipeline *self, BsFrame *frame)
{
  self->listener.frame (self->data, frame);
}

/* The frame that belongs to an answer goes first; whoever sees it may want another clip. */
static gboolean
settle (BsStreams *self)
{
  self->awaits_done = FALSE;
  bs_streams_deliver_frame (self);
  return self->pipeline != NULL;
}

static void
hear_answer (BsStreams *self, const GstStructure *what)
{
  const BsPipelineListener *listener = &self->pipeline->listener;
  gpointer data = self->pipeline->data;
  if (gst_structure_has_name (what, "bs-opened")) {
    if (settle (self))
      listener->opened (data);
  } else if (gst_structure_has_name (what, "bs-done")) {
    gboolean ok = FALSE;
    gst_structure_get_boolean (what, "ok", &ok);
    if (settle (self))
      listener->done (data, ok);
  } else if (gst_structure_has_name (what, "bs-position")) {
    gint64 position = 0;
    gst_structure_get_int64 (what, "position", &position);
    listener->position (data, position);
  } else {
    listener->failed (data, gst_structure_get_string (what, "problem"));
  }
}

static gboolean
comes_from_sound_device (BsStreams *self, GstMessage *message)
{
  GstObject *device = GST_OBJECT (self->sound);
  return device && (GST_MESSAGE_SRC (message) == device ||
                    gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), device));
}

static void
hear_error (BsStreams *self, GstMessage *message)
{
  BsPipeline *pipeline = self->pipeline;
  if (comes_from_sound_device (self, message)) {
    pipeline->listener.no_device (pipeline->data);
    return;
  }
  g_autoptr (GError) error = bs_media_error_from_message (self->path, message);
  pipeline->listener.failed (pipeline->data, error->message);
}

static gboolean
hear_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  /* What is told may make the listener ask for another clip. */
  BsStreams *self = bs_streams_ref (data);
  BsPipeline *pipeline = self->pipeline;
  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_APPLICATION:
    hear_answer (self, gst_message_get_structure (message));
    break;
  case GST_MESSAGE_ERROR:
    hear_error (self, message);
    break;
  case GST_MESSAGE_EOS:
    if (!self->awaits_done)
      pipeline->listener.ended (pipeline->data);
    break;
  case GST_MESSAGE_SEGMENT_DONE:
    /* A short segment is read before its seek has settled; a stale one has another number. */
    if (gst_message_get_seqnum (message) == self->seek_seqnum)
      pipeline->listener.segment_done (pipeline->data);
    break;
  default:
    break;
  }
  bs_streams_unref (self);
  return G_SOURCE_CONTINUE;
}

/* Life ************************************************************************/

/**
 * bs_pipeline_new:
 * @listener: whom to tell
 * @data: for the listener
 *
 * The variable BLENDSCOPE_AUDIO_SINK is for machines and tests without a sound device; the
 * system's output finds by itself that there is none, but looks for long.
 *
 * Returns: (transfer full): a pipeline without clip
 */
BsPipeline *
bs_pipeline_new (const BsPipelineListener *listener, gpointer data)
{
  const char *wanted = g_getenv ("BLENDSCOPE_AUDIO_SINK");
  BsPipeline *self = g_new0 (BsPipeline, 1);
  bs_media_start ();
  self->listener = *listener;
  self->data = data;
  self->sound_sink = wanted && *wanted ? g_strdup (wanted) : NULL;
  self->setup = (BsStreamsSetup){ .volume = 1.0, .sound_sink = self->sound_sink };
  self->control = g_thread_pool_new (carry_out, NULL, 1, TRUE, NULL);
  return self;
}

/**
 * bs_pipeline_free:
 * @self: (transfer full): a pipeline
 *
 * Returns at once; the streams are stopped behind the caller's back, who hears no more of them.
 */
void
bs_pipeline_free (BsPipeline *self)
{
  leave (self);
  g_thread_pool_free (self->control, FALSE, FALSE);
  g_free (self->sound_sink);
  g_free (self);
}
