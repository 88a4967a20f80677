/* SPDX-License-Identifier: MIT */
/* GStreamer's playbin with a thread that works it. State changes and flushing seeks wait for
 * decoders, so none is made on the main thread: requests are queued, carried out one after the
 * other on the control thread, which waits until each has taken effect, and answered by messages
 * on the pipeline's own bus, in order with those of GStreamer.
 *
 * Every clip has a number. Answers and messages that belong to an earlier clip than the newest one
 * asked for are dropped here, so that listeners never hear of the past. */
#include "viz/media/bs-pipeline-private.h"

#include "viz/media/bs-frame-private.h"
#include "viz/media/bs-media-file.h"

/* How often a wait looks whether its clip is still wanted, and how long it waits at all: for a
 * frame that was asked for, and for the one that is next due when halting. */
#define WAIT_SLICE (20 * GST_MSECOND)
#define WAIT_LIMIT (30 * G_TIME_SPAN_SECOND)
#define HALT_LIMIT (2 * G_TIME_SPAN_SECOND)

static void
free_pipeline (BsPipeline *self)
{
  g_clear_pointer (&self->pending_frame, bs_frame_unref);
  g_clear_pointer (&self->index, bs_frame_index_unref);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->size);
  gst_clear_object (&self->playbin);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->wanted_path);
}

/**
 * bs_pipeline_ref:
 * @self: a pipeline
 *
 * Returns: (transfer full): @self; any thread
 */
BsPipeline *
bs_pipeline_ref (BsPipeline *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_pipeline_unref:
 * @self: (transfer full): a pipeline
 *
 * Any thread, with its streams at rest.
 */
void
bs_pipeline_unref (BsPipeline *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) free_pipeline);
}

/* Requests ********************************************************************/

typedef struct _Request Request;
struct _Request {
  void (*carry_out) (BsPipeline *self, const Request *request);
  int clip;
  char *path;
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
  BsPipeline *self = user_data;
  request->carry_out (self, request);
  g_free (request->path);
  g_free (request);
  bs_pipeline_unref (self);
}

static void
ask (BsPipeline *self, Request request)
{
  request.clip = g_atomic_int_get (&self->clip);
  bs_pipeline_ref (self);
  g_thread_pool_push (self->control, g_memdup2 (&request, sizeof request), NULL);
}

static gboolean
is_stale (BsPipeline *self, int clip)
{
  return g_atomic_int_get (&self->clip) != clip;
}

static void
answer (BsPipeline *self, const Request *request, GstStructure *what)
{
  gst_structure_set (what, "clip", G_TYPE_INT, request->clip, NULL);
  gst_bus_post (self->bus, gst_message_new_application (GST_OBJECT (self->playbin), what));
}

static void
answer_failure (BsPipeline *self, const Request *request, const char *problem)
{
  answer (self, request, gst_structure_new ("bs-failed", "problem", G_TYPE_STRING, problem, NULL));
}

typedef enum { SETTLED, REFUSED, LATE, UNWANTED } Outcome;

/* Waits until the frame of a request stands. An error leaves the pipeline waiting for ever; the
 * listener hears of it by the bus and closes the clip, which ends the wait. */
static Outcome
wait_until_settled (BsPipeline *self, const Request *request, gint64 limit_us)
{
  gint64 until = g_get_monotonic_time () + limit_us;
  while (!is_stale (self, request->clip)) {
    GstStateChangeReturn change = gst_element_get_state (self->playbin, NULL, NULL, WAIT_SLICE);
    if (change == GST_STATE_CHANGE_FAILURE)
      return REFUSED;
    if (change != GST_STATE_CHANGE_ASYNC)
      return SETTLED;
    if (g_get_monotonic_time () > until)
      return LATE;
  }
  return UNWANTED;
}

static gboolean
await_frame (BsPipeline *self, const Request *request)
{
  Outcome outcome = wait_until_settled (self, request, WAIT_LIMIT);
  if (outcome == LATE) {
    g_autofree char *name = bs_media_file_name (self->path);
    g_autofree char *problem = g_strdup_printf ("%s: decoding it takes too long.", name);
    answer_failure (self, request, problem);
  }
  return outcome == SETTLED;
}

/* A clip that did not open leaves playbin with a source that would be started again, and fail
 * again, beside the next one's; only in the state NULL is it thrown away. */
static void
stop_streams (BsPipeline *self, int clip)
{
  if (!self->is_open)
    gst_element_set_state (self->playbin, GST_STATE_NULL);
  self->is_open = FALSE;
  gst_element_set_state (self->playbin, GST_STATE_READY);
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending_frame, bs_frame_unref);
  self->streaming_clip = clip;
  g_mutex_unlock (&self->lock);
}

static void
carry_out_open (BsPipeline *self, const Request *request)
{
  if (is_stale (self, request->clip))
    return;
  stop_streams (self, request->clip);
  g_free (self->path);
  self->path = g_strdup (request->path);
  answer (self, request, gst_structure_new_empty ("bs-opening"));

  g_autoptr (GError) error = NULL;
  if (!bs_media_file_check (request->path, &error)) {
    answer_failure (self, request, error->message);
    return;
  }
  g_autofree char *uri = gst_filename_to_uri (request->path, &error);
  if (!uri) {
    answer_failure (self, request, error->message);
    return;
  }
  bs_pipeline_renew_tempo (self);
  g_object_set (self->playbin, "uri", uri, NULL);
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  if (!await_frame (self, request))
    return;
  self->is_open = TRUE;
  gint64 duration = 0;
  if (!gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration))
    duration = 0;
  answer (self, request,
          gst_structure_new ("bs-opened", "duration", G_TYPE_INT64, MAX (duration, 0), NULL));
}

static void
carry_out_close (BsPipeline *self, const Request *request)
{
  stop_streams (self, request->clip);
}

static void
answer_done (BsPipeline *self, const Request *request, gboolean ok)
{
  answer (self, request, gst_structure_new ("bs-done", "ok", G_TYPE_BOOLEAN, ok, NULL));
}

static void
carry_out_play (BsPipeline *self, const Request *request)
{
  if (!is_stale (self, request->clip))
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

static void
carry_out_pause (BsPipeline *self, const Request *request)
{
  if (is_stale (self, request->clip))
    return;
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  /* Where no frame follows the wait would be in vain: the sink gets neither a frame nor, before the
   * sound has ended too, the end of its stream. */
  answer_done (self, request,
               request->frame_follows && wait_until_settled (self, request, HALT_LIMIT) == SETTLED);
}

static gboolean
send_seek (BsPipeline *self, const Request *request)
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
  return gst_element_send_event (self->playbin, event);
}

static void
carry_out_seek (BsPipeline *self, const Request *request)
{
  const BsPipelineSeek *seek = &request->seek;
  if (is_stale (self, request->clip))
    return;
  if (!seek->flush) {
    send_seek (self, request);
    return;
  }
  /* Paused first: sinks tell their end only while playing, so that an end heard after the answer
   * is an end reached after it. */
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  gboolean ok = send_seek (self, request);
  ok = await_frame (self, request) && ok;
  answer_done (self, request, ok);
  if (seek->play && !is_stale (self, request->clip))
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

static void
carry_out_step (BsPipeline *self, const Request *request)
{
  if (is_stale (self, request->clip))
    return;
  GstEvent *step = gst_event_new_step (GST_FORMAT_BUFFERS, request->n_frames, 1.0, TRUE, FALSE);
  gboolean ok = gst_element_send_event (self->sink, step);
  ok = await_frame (self, request) && ok;
  answer_done (self, request, ok);
}

static void
carry_out_ask_position (BsPipeline *self, const Request *request)
{
  gint64 position;
  if (!is_stale (self, request->clip) &&
      gst_element_query_position (self->playbin, GST_FORMAT_TIME, &position))
    answer (self, request,
            gst_structure_new ("bs-position", "position", G_TYPE_INT64, position, NULL));
}

static void
carry_out_max_size (BsPipeline *self, const Request *request)
{
  g_autoptr (GstCaps) caps = bs_frame_caps (request->width_px, request->height_px);
  g_object_set (self->size, "caps", caps, NULL);
}

static void
carry_out_volume (BsPipeline *self, const Request *request)
{
  g_object_set (self->playbin, "volume", request->volume, "mute", request->muted, NULL);
}

static void
carry_out_drop_sound_device (BsPipeline *self, const Request *request)
{
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  GstElement *silent = gst_element_factory_make ("fakesink", NULL);
  g_object_set (silent, "sync", TRUE, NULL);
  g_object_set (self->playbin, "audio-sink", silent, NULL);
}

static void
carry_out_end (BsPipeline *self, const Request *request)
{
  gst_element_set_state (self->playbin, GST_STATE_NULL);
}

/* What the main thread asks for ************************************************/

/**
 * bs_pipeline_open:
 * @self: a pipeline
 * @path: a clip
 *
 * Leaves the clip that is open and opens another, paused on its first frame; answered by opened()
 * or failed().
 */
void
bs_pipeline_open (BsPipeline *self, const char *path)
{
  g_atomic_int_inc (&self->clip);
  g_free (self->wanted_path);
  self->wanted_path = g_strdup (path);
  self->awaits_done = TRUE;
  bs_pipeline_set_index (self, NULL);
  ask (self, (Request){ .carry_out = carry_out_open, .path = g_strdup (path) });
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
  g_atomic_int_inc (&self->clip);
  ask (self, (Request){ .carry_out = carry_out_close });
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
  self->awaits_done = TRUE;
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
  if (seek->flush)
    self->awaits_done = TRUE;
  self->seek_seqnum = gst_util_seqnum_next ();
  ask (self, (Request){ .carry_out = carry_out_seek, .seek = *seek, .seqnum = self->seek_seqnum });
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
  self->awaits_done = TRUE;
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
  g_atomic_int_inc (&self->clip);
  ask (self, (Request){ .carry_out = carry_out_drop_sound_device });
}

/* What GStreamer says **********************************************************/

static void
hear_answer (BsPipeline *self, const GstStructure *what)
{
  int clip = 0;
  if (!gst_structure_get_int (what, "clip", &clip) || is_stale (self, clip))
    return;
  if (gst_structure_has_name (what, "bs-opening")) {
    self->heard_clip = clip;
  } else if (gst_structure_has_name (what, "bs-opened")) {
    gint64 duration = 0;
    gst_structure_get_int64 (what, "duration", &duration);
    self->awaits_done = FALSE;
    bs_pipeline_deliver_frame (self);
    self->listener.opened (self->data, duration);
  } else if (gst_structure_has_name (what, "bs-done")) {
    gboolean ok = FALSE;
    gst_structure_get_boolean (what, "ok", &ok);
    self->awaits_done = FALSE;
    bs_pipeline_deliver_frame (self);
    self->listener.done (self->data, ok);
  } else if (gst_structure_has_name (what, "bs-position")) {
    gint64 position = 0;
    gst_structure_get_int64 (what, "position", &position);
    self->listener.position (self->data, position);
  } else {
    self->listener.failed (self->data, gst_structure_get_string (what, "problem"));
  }
}

static gboolean
comes_from_sound_device (BsPipeline *self, GstMessage *message)
{
  g_autoptr (GstElement) device = NULL;
  g_object_get (self->playbin, "audio-sink", &device, NULL);
  return device && (GST_MESSAGE_SRC (message) == GST_OBJECT (device) ||
                    gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (device)));
}

static void
hear_error (BsPipeline *self, GstMessage *message)
{
  if (comes_from_sound_device (self, message)) {
    self->listener.no_device (self->data);
    return;
  }
  g_autoptr (GError) error = bs_media_error_from_message (self->wanted_path, message);
  self->listener.failed (self->data, error->message);
}

static gboolean
hear_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  BsPipeline *self = data;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION) {
    hear_answer (self, gst_message_get_structure (message));
    return G_SOURCE_CONTINUE;
  }
  if (is_stale (self, self->heard_clip))
    return G_SOURCE_CONTINUE;
  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR:
    hear_error (self, message);
    break;
  case GST_MESSAGE_EOS:
    if (!self->awaits_done)
      self->listener.ended (self->data);
    break;
  case GST_MESSAGE_SEGMENT_DONE:
    /* A short segment is read before its seek has settled; a stale one has another number. */
    if (gst_message_get_seqnum (message) == self->seek_seqnum)
      self->listener.segment_done (self->data);
    break;
  default:
    break;
  }
  return G_SOURCE_CONTINUE;
}

/* Life ************************************************************************/

/**
 * bs_pipeline_new:
 * @listener: whom to tell
 * @data: for the listener
 *
 * Returns: (nullable): a pipeline without clip, or %NULL where GStreamer's plugins are missing
 */
BsPipeline *
bs_pipeline_new (const BsPipelineListener *listener, gpointer data)
{
  bs_media_start ();
  BsPipeline *self = g_atomic_rc_box_new0 (BsPipeline);
  self->listener = *listener;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  if (!bs_pipeline_build (self)) {
    bs_pipeline_unref (self);
    return NULL;
  }
  self->bus = gst_element_get_bus (self->playbin);
  gst_bus_add_watch (self->bus, hear_cb, self);
  self->control = g_thread_pool_new (carry_out, self, 1, TRUE, NULL);
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
  GThreadPool *control = self->control;
  gst_bus_remove_watch (self->bus);
  g_atomic_int_inc (&self->clip);
  ask (self, (Request){ .carry_out = carry_out_end });
  bs_pipeline_unref (self);
  g_thread_pool_free (control, FALSE, FALSE);
}
