/* SPDX-License-Identifier: MIT */
/* Draws a clip and writes it as QuickTime: H.264 with a key frame every second and no frames that
 * depend on later ones, so that every frame is quickly reached; sound as 16-bit PCM, so that what
 * is decoded is, sample for sample, what the features were made from. */
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <string.h>

#include "data/demo/bs-demo-frames.h"
#include "data/demo/bs-demo-pool.h"
#include "data/demo/bs-demo-private.h"
#include "data/demo/voice/bs-demo-voice.h"
#include "data/format/bs-temporary.h"

#define QUEUE_FRAMES 8
#define LOOK_AGAIN (5 * GST_MSECOND) /* at the level of the queue and the cancellable */
#define STALL_US (30 * G_TIME_SPAN_SECOND) /* without a frame taken: the encoder is stuck */
#define CANCEL_US (G_TIME_SPAN_SECOND) /* for the file's end, once nobody wants it */

/* The encoders that can be used, the best first, each with what makes it end in H.264 for a MOV. */
static const struct {
  const char *factory;
  const char *chain;
} encoders[] = {
  { "x264enc", "x264enc name=encoder pass=qual quantizer=21 speed-preset=veryfast key-int-max=25 "
               "rc-lookahead=10 "
               "bframes=0 threads=1" },
  { "openh264enc", "openh264enc name=encoder gop-size=25 rate-control=quality ! h264parse" },
};

typedef struct {
  GstElement *pipeline;
  GstAppSrc *picture;
  GstAppSrc *sound;
  GstBus *bus;
} Muxer;

static void
muxer_clear (Muxer *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->picture);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Muxer, muxer_clear)

static const char *
find_encoder (GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encoders); i++) {
    g_autoptr (GstElementFactory) factory = gst_element_factory_find (encoders[i].factory);
    if (factory != NULL)
      return encoders[i].chain;
  }
  g_set_error (
    error, BS_ERROR, BS_ERROR_MEDIA,
    _ ("no H.264 encoder is installed: expected GStreamer's x264enc (gstreamer1.0-plugins-ugly) or "
       "openh264enc (gstreamer1.0-plugins-bad)"));
  return NULL;
}

/* What the pipeline says has gone wrong, or a plain sentence where it says nothing. */
static void
set_error_from_message (GstMessage *message, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  if (message != NULL)
    gst_message_parse_error (message, &reason, NULL);
  g_set_error (error, BS_ERROR, BS_ERROR_MEDIA, _ ("%s: cannot be encoded: %s"), path,
               reason != NULL ? reason->message : _ ("GStreamer does not say why"));
}

static gboolean
set_stalled (const char *path, GError **error)
{
  g_set_error (error, BS_ERROR, BS_ERROR_MEDIA,
               _ ("%s: cannot be encoded: GStreamer has not moved on for %d seconds"), path,
               (int) (STALL_US / G_TIME_SPAN_SECOND));
  return FALSE;
}

static gboolean
muxer_open (Muxer *self, const char *path, GError **error)
{
  if (!gst_init_check (NULL, NULL, error))
    return FALSE;
  const char *encoder = find_encoder (error);
  if (encoder == NULL)
    return FALSE;
  g_autofree char *line = g_strdup_printf (
    "qtmux name=mux ! filesink name=sink "
    "appsrc name=picture format=time max-bytes=0 "
    "caps=video/x-raw,format=BGRx,width=%d,height=%d,framerate=%d/1,pixel-aspect-ratio=1/1 "
    "! videoconvert ! video/x-raw,format=I420 ! %s ! queue ! mux.video_0 "
    "appsrc name=sound format=time max-bytes=0 "
    "caps=audio/x-raw,format=S16LE,layout=interleaved,rate=%d,channels=1 ! queue "
    "max-size-buffers=0 max-size-bytes=0 max-size-time=0 ! mux.audio_0",
    BS_DEMO_FRAME_WIDTH_PX, BS_DEMO_FRAME_HEIGHT_PX, BS_DEMO_FRAME_RATE, encoder,
    BS_DEMO_SAMPLE_RATE);
  g_autoptr (GError) reason = NULL;
  self->pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &reason);
  if (self->pipeline == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_MEDIA, _ ("%s: clips cannot be encoded: %s"), path,
                 reason->message);
    return FALSE;
  }
  self->picture = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "picture"));
  self->sound = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "sound"));
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  self->bus = gst_element_get_bus (self->pipeline);
  bs_demo_pool_serve (GST_PIPELINE (self->pipeline));
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR);
  set_error_from_message (message, path, error);
  return FALSE;
}

/* In pieces of a fifth of a second, so that the muxer can lay them between the frames. */
static gboolean
push_sound (Muxer *self, const gint16 *samples, gsize n_samples)
{
  const gsize piece = BS_DEMO_SAMPLE_RATE / 5;
  GstFlowReturn flow = GST_FLOW_OK;
  for (gsize at = 0; at < n_samples && flow == GST_FLOW_OK; at += piece) {
    gsize n = MIN (piece, n_samples - at);
    GstBuffer *buffer = gst_buffer_new_memdup (samples + at, n * sizeof (gint16));
    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at, GST_SECOND, BS_DEMO_SAMPLE_RATE);
    GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, BS_DEMO_SAMPLE_RATE);
    flow = gst_app_src_push_buffer (self->sound, buffer);
  }
  return flow == GST_FLOW_OK && gst_app_src_end_of_stream (self->sound) == GST_FLOW_OK;
}

static gboolean
push_frame (Muxer *self, guint8 *pixels, gsize index)
{
  GstBuffer *buffer = gst_buffer_new_wrapped (pixels, BS_DEMO_FRAME_BYTES);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (index, GST_SECOND, BS_DEMO_FRAME_RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / BS_DEMO_FRAME_RATE;
  return gst_app_src_push_buffer (self->picture, buffer) == GST_FLOW_OK;
}

/* Waits until the queue has room. A source that blocks would wait for it for ever where the disk
 * is full: what has failed behind it takes no frame any more, and tells the bus alone. */
static gboolean
await_room (Muxer *self, const char *path, GCancellable *cancellable, GError **error)
{
  gint64 give_up_us = g_get_monotonic_time () + STALL_US;
  for (;;) {
    gboolean full = gst_app_src_get_current_level_bytes (self->picture) >=
                    (guint64) QUEUE_FRAMES * BS_DEMO_FRAME_BYTES;
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (self->bus, full ? LOOK_AGAIN : 0, GST_MESSAGE_ERROR);
    if (message != NULL) {
      set_error_from_message (message, path, error);
      return FALSE;
    }
    if (!full || g_cancellable_is_cancelled (cancellable))
      return TRUE;
    if (g_get_monotonic_time () > give_up_us)
      return set_stalled (path, error);
  }
}

static gboolean
push_frames (Muxer *self, const char *path, const BsDemoLook *look, const BsDemoScore *score,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (BsDemoFrames) frames = bs_demo_frames_new (look, score);
  /* The first frame in any case: see finish(). */
  gboolean good = push_frame (self, bs_demo_frames_next (frames), 0);
  for (gsize i = 1; good && i < score->n_frames && !g_cancellable_is_cancelled (cancellable); i++) {
    if (!await_room (self, path, cancellable, error))
      return FALSE;
    good = push_frame (self, bs_demo_frames_next (frames), i);
  }
  if (good && gst_app_src_end_of_stream (self->picture) == GST_FLOW_OK)
    return TRUE;
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (self->bus, GST_SECOND, GST_MESSAGE_ERROR);
  set_error_from_message (message, path, error);
  return FALSE;
}

/* Waits for the end of the file. A cancelled clip is ended as well, not torn off, for the few
 * frames that still wait: a muxer of GStreamer 1.22 that is stopped before it has begun its file
 * asks about streams that it does not know yet, which is a critical warning. */
static gboolean
finish (Muxer *self, const char *path, GCancellable *cancellable, GError **error)
{
  gint64 begun_us = g_get_monotonic_time ();
  for (;;) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (self->bus, LOOK_AGAIN, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
      return TRUE;
    if (message != NULL) {
      set_error_from_message (message, path, error);
      return FALSE;
    }
    gint64 waited_us = g_get_monotonic_time () - begun_us;
    if (waited_us > STALL_US)
      return set_stalled (path, error);
    if (waited_us > CANCEL_US && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
}

static gboolean
encode (const char *path, const BsDemoLook *look, const BsDemoScore *score, const gint16 *samples,
        gsize n_samples, GCancellable *cancellable, GError **error)
{
  g_auto (Muxer) muxer = { NULL };
  if (!muxer_open (&muxer, path, error))
    return FALSE;
  if (!push_sound (&muxer, samples, n_samples)) {
    set_error_from_message (NULL, path, error);
    return FALSE;
  }
  return push_frames (&muxer, path, look, score, cancellable, error) &&
         finish (&muxer, path, cancellable, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/**
 * bs_demo_clip_encode:
 * @path: where the clip is to be
 * @look: who
 * @score: what is done
 * @samples: (array length=n_samples): the sound
 * @n_samples: its length
 * @cancellable: (nullable): looked at in every frame
 * @error: return location
 *
 * Draws and encodes beside @path and renames into place; nothing is left where it fails.
 *
 * Returns: whether the clip is there
 */
gboolean
bs_demo_clip_encode (const char *path, const BsDemoLook *look, const BsDemoScore *score,
                     const gint16 *samples, gsize n_samples, GCancellable *cancellable,
                     GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_autofree char *passing = NULL;
  int fd = bs_temporary_file_new (path, 0666, &passing);
  if (fd < 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: cannot be written: %s"), path,
                 g_strerror (errno));
    return FALSE;
  }
  gboolean done = encode (passing, look, score, samples, n_samples, cancellable, error);
  if (done && g_rename (passing, path) != 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: cannot be put in place: %s"), path,
                 g_strerror (errno));
    done = FALSE;
  }
  if (!done)
    g_unlink (passing);
  /* It holds the lock by which nobody takes the file for a left-over. */
  g_close (fd, NULL);
  return done;
}
