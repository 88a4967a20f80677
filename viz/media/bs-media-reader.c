/* SPDX-License-Identifier: MIT */
/* Reads a clip from end to end, as fast as the disk gives it: a demuxer, and behind the first
 * stream of each kind, cut into packets where it has to be, what keeps them. Blocks: worker threads
 * only.
 *
 * The demuxer is found by hand: while parsebin and decodebin of GStreamer 1.22 start one, they
 * swallow its errors, and a truncated clip now and then is waited for in vain. */
#include "viz/media/bs-media-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viz/media/bs-access-unit.h"
#include "viz/media/bs-decoder.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"
#include "viz/media/bs-patience.h"

/* How long a worker goes without looking at its GCancellable. */
#define POLL_US (20 * G_TIME_SPAN_MILLISECOND)

/* How long nothing may come at all. */
#define IDLE_LIMIT_US (20 * G_TIME_SPAN_SECOND)

typedef struct {
  BsMediaStreams *streams;
  const char *path;
  GstElement *pipeline;
  /* Guards what streaming threads write. */
  GMutex lock;
  GstElement *demuxer;
  guint n_packets;
  gboolean no_room;
} Reader;

/* Behind a stream's end. */
typedef struct {
  Reader *reader;
  BsTrack *track;
  gboolean is_picture;
  gboolean trusts_keys;
  gboolean key_is_closed;
} Keeper;

/* Packets *********************************************************************/

static gint64
time_or_none (GstClockTime time)
{
  return GST_CLOCK_TIME_IS_VALID (time) && time < G_MAXINT64 ? (gint64) time : -1;
}

static BsPacket
describe_packet (Keeper *self, GstBuffer *buffer)
{
  BsPacket packet = { .pts_ns = time_or_none (GST_BUFFER_PTS (buffer)),
                      .dts_ns = time_or_none (GST_BUFFER_DTS (buffer)),
                      .duration_ns = time_or_none (GST_BUFFER_DURATION (buffer)),
                      .is_header = GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER) &&
                                   !GST_BUFFER_PTS_IS_VALID (buffer),
                      .is_key = !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT),
                      .is_open = TRUE };
  if (!self->is_picture)
    return packet;
  BsAccessUnit unit = bs_access_unit_read (buffer, gst_caps_get_structure (self->track->caps, 0));
  if (unit.knows_key && !self->trusts_keys)
    packet.is_key = unit.is_key;
  packet.is_hidden = unit.is_hidden || GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DECODE_ONLY);
  if (packet.is_key)
    self->key_is_closed = unit.is_closed;
  packet.is_open = !unit.is_closed && !self->key_is_closed;
  return packet;
}

static GstPadProbeReturn
keep_packet_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Keeper *self = data;
  Reader *reader = self->reader;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (probe);
  g_mutex_lock (&reader->lock);
  if (!self->track->caps)
    self->track->caps = gst_pad_get_current_caps (pad);
  if (self->track->caps) {
    BsPacket packet = describe_packet (self, buffer);
    reader->no_room |= !bs_track_add (self->track, buffer, packet);
  }
  reader->n_packets++;
  g_mutex_unlock (&reader->lock);
  return GST_PAD_PROBE_DROP;
}

static void
take_tags (Keeper *self, GstEvent *event)
{
  GstTagList *tags;
  g_autofree char *orientation = NULL;
  gst_event_parse_tag (event, &tags);
  if (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation))
    gst_video_orientation_from_tag (tags, &self->track->orientation);
}

static GstPadProbeReturn
note_event_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Keeper *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);
  g_mutex_lock (&self->reader->lock);
  if (GST_EVENT_TYPE (event) == GST_EVENT_TAG)
    take_tags (self, event);
  else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    GstCaps *caps;
    gst_event_parse_caps (event, &caps);
    if (!self->track->packets->len)
      gst_caps_replace (&self->track->caps, caps);
  }
  g_mutex_unlock (&self->reader->lock);
  return GST_PAD_PROBE_OK;
}

/* Streams *********************************************************************/

static gboolean
is_picture (const GstStructure *format)
{
  const char *name = gst_structure_get_name (format);
  return g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/");
}

/* The first of several streams of a kind is the one that is played. */
static BsTrack *
claim_track (Reader *self, const GstStructure *format)
{
  BsTrack **place = NULL;
  if (is_picture (format))
    place = &self->streams->picture;
  else if (g_str_has_prefix (gst_structure_get_name (format), "audio/"))
    place = &self->streams->sound;
  if (!place || *place)
    return NULL;
  return *place = bs_track_new ();
}

/* Of what can be cut in several ways, whole pictures. */
static GstCaps *
whole_pictures (const GstStructure *format)
{
  const char *name = gst_structure_get_name (format);
  if (g_str_equal (name, "video/x-h264") || g_str_equal (name, "video/x-h265"))
    return gst_caps_new_simple (name, "alignment", G_TYPE_STRING, "au", NULL);
  if (g_str_equal (name, "video/x-av1"))
    return gst_caps_new_simple (name, "alignment", G_TYPE_STRING, "tu", NULL);
  return gst_caps_new_any ();
}

static void
start_element (Reader *self, GstElement *element)
{
  gst_bin_add (GST_BIN (self->pipeline), element);
  gst_element_sync_state_with_parent (element);
}

static void
keep_stream (Reader *self, GstPad *pad, GstCaps *caps, BsTrack *track)
{
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  Keeper *keeper = g_new0 (Keeper, 1);
  *keeper = (Keeper){ .reader = self, .track = track, .is_picture = is_picture (format) };
  keeper->trusts_keys = self->streams->has_whole_frames;
  track->stream_id = gst_pad_get_stream_id (pad);
  track->caps = gst_caps_ref (caps);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  start_element (self, sink);
  g_autoptr (GstPad) end = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (end, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, note_event_cb, keeper, NULL);
  gst_pad_add_probe (end, GST_PAD_PROBE_TYPE_BUFFER, keep_packet_cb, keeper, g_free);
  GstElement *parser =
    self->streams->has_whole_frames && keeper->is_picture ? NULL : bs_decoder_new_parser (caps);
  if (!parser) {
    gst_pad_link (pad, end);
    return;
  }
  g_autoptr (GstCaps) wanted = whole_pictures (format);
  start_element (self, parser);
  gst_element_link_filtered (parser, sink, wanted);
  g_autoptr (GstPad) start = gst_element_get_static_pad (parser, "sink");
  gst_pad_link (pad, start);
}

/* What is not wanted stays unlinked, which spares its reading. */
static void
add_stream (Reader *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (!caps || !gst_caps_is_fixed (caps))
    return;
  g_mutex_lock (&self->lock);
  BsTrack *track = claim_track (self, gst_caps_get_structure (caps, 0));
  g_mutex_unlock (&self->lock);
  if (track)
    keep_stream (self, pad, caps, track);
}

static void
stream_found_cb (GstElement *demuxer, GstPad *pad, gpointer data)
{
  add_stream (data, pad);
}

static void
tell_all_streams_found (GstElement *demuxer, gpointer data)
{
  Reader *self = data;
  gst_element_post_message (
    self->pipeline, gst_message_new_application (GST_OBJECT (self->pipeline),
                                                 gst_structure_new_empty ("bs-all-streams-found")));
}

static GstElement *
build_demuxer (GstCaps *caps)
{
  GList *all =
    gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DEMUXER, GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  fitting = g_list_sort (fitting, gst_plugin_feature_rank_compare_func);
  GstElement *demuxer = fitting ? gst_element_factory_create (fitting->data, NULL) : NULL;
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (all);
  return demuxer;
}

/* Containers whose demuxers hand out one frame at a time, with the time it is shown; the packets
 * of others, such as MPEG transport streams, are cut elsewhere, and AVI states no times. */
static gboolean
holds_whole_frames (const char *container)
{
  static const char *names[] = { "video/quicktime",  "application/x-3gp",
                                 "audio/x-m4a",      "video/x-matroska",
                                 "audio/x-matroska", "video/webm",
                                 "audio/webm",       NULL };
  return g_strv_contains (names, container);
}

/* Not every file is a container; one that is a bare stream is its own. */
static void
type_found_cb (GstElement *finder, guint probability, GstCaps *caps, gpointer data)
{
  Reader *self = data;
  g_mutex_lock (&self->lock);
  g_free (self->streams->container);
  self->streams->container = g_strdup (gst_structure_get_name (gst_caps_get_structure (caps, 0)));
  self->streams->has_whole_frames = holds_whole_frames (self->streams->container);
  g_mutex_unlock (&self->lock);
  GstElement *demuxer = build_demuxer (caps);
  if (!demuxer) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (finder, "src");
    add_stream (self, pad);
    tell_all_streams_found (finder, self);
    return;
  }
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (stream_found_cb), self);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (tell_all_streams_found), self);
  /* The pipeline may still be changing its state on the worker's thread. Would it start the demuxer
   * too, each would wait for what the other holds; hence the lock. */
  gst_element_set_locked_state (demuxer, TRUE);
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  g_mutex_lock (&self->lock);
  self->demuxer = gst_object_ref (demuxer);
  g_mutex_unlock (&self->lock);
  gst_element_link (finder, demuxer);
  gst_element_set_state (demuxer, GST_STATE_PAUSED);
}

/* Reading *********************************************************************/

static gboolean
set_error (const char *path, BsMediaError code, const char *what, GError **error)
{
  g_autofree char *name = bs_media_file_name (path);
  g_set_error (error, BS_MEDIA_ERROR, code, "%s: %s.", name, what);
  return FALSE;
}

static guint
count_packets (Reader *self, gboolean *no_room)
{
  g_mutex_lock (&self->lock);
  guint n = self->n_packets;
  *no_room = self->no_room;
  g_mutex_unlock (&self->lock);
  return n;
}

/* Waits for a message, as long as packets come. */
static gboolean
wait_for (Reader *self, GstMessageType until, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  BsPatience patience;
  bs_patience_begin (&patience, IDLE_LIMIT_US, POLL_US);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, POLL_US * GST_USECOND, until | GST_MESSAGE_ERROR);
    gboolean no_room;
    guint n = count_packets (self, &no_room);
    if (no_room)
      return set_error (self->path, BS_MEDIA_ERROR_FAILED, _ ("there is no room to keep it"),
                        error);
    if (bs_patience_is_over (&patience, n) && !message)
      return set_error (self->path, BS_MEDIA_ERROR_FAILED, _ ("reading it takes too long"), error);
    if (!message)
      continue;
    if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
      return TRUE;
    g_propagate_error (error, bs_media_error_from_message (self->path, message));
    return FALSE;
  }
  return FALSE;
}

/* What came before a file breaks off is played. */
static gboolean
forgive (Reader *self, GError **error)
{
  gboolean any = (self->streams->picture && self->streams->picture->packets->len > 0) ||
                 (self->streams->sound && self->streams->sound->packets->len > 0);
  if (!any || !g_error_matches (*error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_DAMAGED))
    return FALSE;
  self->streams->broke_off = g_strdup ((*error)->message);
  g_clear_error (error);
  return TRUE;
}

static gboolean
run (Reader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 duration = 0;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (!wait_for (self, GST_MESSAGE_APPLICATION, cancellable, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  g_autoptr (GstElement) teller = gst_object_ref (self->demuxer ? self->demuxer : self->pipeline);
  gboolean found = self->streams->picture || self->streams->sound;
  g_mutex_unlock (&self->lock);
  if (!found)
    return set_error (self->path, BS_MEDIA_ERROR_DAMAGED, _ ("is not a clip that can be read"),
                      error);
  if (gst_element_query_duration (teller, GST_FORMAT_TIME, &duration))
    self->streams->duration_ns = MAX (duration, 0);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!wait_for (self, GST_MESSAGE_EOS, cancellable, &problem) && !forgive (self, &problem)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return TRUE;
}

static gboolean
build (Reader *self, const BsMovie *movie, GError **error)
{
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *finder = gst_element_factory_make ("typefind", NULL);
  if (!source || !finder) {
    g_clear_pointer (&source, gst_object_unref);
    g_clear_pointer (&finder, gst_object_unref);
    return set_error (self->path, BS_MEDIA_ERROR_UNSUPPORTED,
                      _ ("GStreamer's base plugins are not installed"), error);
  }
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_object_set (source, "location", self->path, NULL);
  if (movie)
    bs_movie_hide_edits (movie, source);
  gst_bin_add_many (GST_BIN (self->pipeline), source, finder, NULL);
  gst_element_link (source, finder);
  g_signal_connect (finder, "have-type", G_CALLBACK (type_found_cb), self);
  return TRUE;
}

static void
stop (Reader *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  /* No thread is left that could add one; the pipeline does not stop what is locked. */
  if (self->demuxer)
    gst_element_set_state (self->demuxer, GST_STATE_NULL);
  gst_clear_object (&self->demuxer);
  gst_clear_object (&self->pipeline);
  g_mutex_clear (&self->lock);
}

/**
 * bs_media_streams_read:
 * @self: (out): what the file holds, to be cleared also after an error
 * @path: a clip
 * @movie: (nullable): its index, whose edit lists are hidden from the demuxer
 * @cancellable: (nullable): ends it early
 * @error: where to put a BS_MEDIA_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Reads the first streams of pictures and of sound from end to end. Blocks; worker threads only.
 */
gboolean
bs_media_streams_read (BsMediaStreams *self, const char *path, const BsMovie *movie,
                       GCancellable *cancellable, GError **error)
{
  Reader reader = { .streams = self, .path = path };
  *self = (BsMediaStreams){ 0 };
  bs_media_start ();
  if (!bs_media_file_check (path, error))
    return FALSE;
  g_mutex_init (&reader.lock);
  gboolean read = build (&reader, movie, error) && run (&reader, cancellable, error);
  stop (&reader);
  return read;
}

/**
 * bs_media_streams_clear:
 * @self: what a file holds
 *
 * Lets go of all of it.
 */
void
bs_media_streams_clear (BsMediaStreams *self)
{
  g_clear_pointer (&self->picture, bs_track_unref);
  g_clear_pointer (&self->sound, bs_track_unref);
  g_clear_pointer (&self->container, g_free);
  g_clear_pointer (&self->broke_off, g_free);
}
