/* SPDX-License-Identifier: MIT */
/* Reads a clip as fast as the disk gives it: a demuxer, and behind the first stream of a kind
 * whatever the caller wants done with it. Blocks: worker threads only.
 *
 * The demuxer is found by hand: while parsebin and decodebin of GStreamer 1.22 start one, they
 * swallow its errors, and a truncated clip now and then is waited for in vain. */
#include "viz/media/bs-media-reader.h"

#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"

/* How long a worker goes without looking at its GCancellable. */
#define POLL_INTERVAL (20 * GST_MSECOND)

/* Headers are read in milliseconds. */
#define START_LIMIT (20 * G_TIME_SPAN_SECOND)

/* Streams of variable rate state the unit of their clock instead. */
#define MAX_FPS 1000

struct _BsMediaReader {
  GstElement *pipeline;
  char *path;
  BsMediaKind kind;
  GMutex lock;
  GstElement *chain;
  GstElement *demuxer;
  BsMediaInfo info;
  gboolean whole_frames;
};

static gboolean
is_picture (const GstStructure *format)
{
  const char *name = gst_structure_get_name (format);
  return g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/");
}

static gboolean
is_sound (const GstStructure *format)
{
  return g_str_has_prefix (gst_structure_get_name (format), "audio/");
}

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

static void
note_sound (BsMediaInfo *info, const GstStructure *format)
{
  info->has_sound = TRUE;
  gst_structure_get_int (format, "rate", &info->sample_rate);
}

/* The first of several streams of a kind is the one that is played. */
static GstElement *
take_stream (BsMediaReader *self, const GstStructure *format)
{
  gboolean wanted = FALSE;
  g_mutex_lock (&self->lock);
  if (is_picture (format) && !self->info.has_picture) {
    note_picture (&self->info, format);
    wanted = self->kind == BS_MEDIA_PICTURE;
  } else if (is_sound (format) && !self->info.has_sound) {
    note_sound (&self->info, format);
    wanted = self->kind == BS_MEDIA_SOUND;
  }
  GstElement *chain = wanted ? g_steal_pointer (&self->chain) : NULL;
  g_mutex_unlock (&self->lock);
  return chain;
}

/* What is not wanted stays unlinked, which spares its reading; demuxers have one thread for all
 * streams, and a second sink would hold up the first. */
static void
add_stream (BsMediaReader *self, GstPad *pad)
{
  g_autoptr (GstElement) chain = NULL;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (caps && gst_caps_is_fixed (caps))
    chain = take_stream (self, gst_caps_get_structure (caps, 0));
  if (!chain)
    return;
  g_autoptr (GstPad) target = gst_element_get_static_pad (chain, "sink");
  gst_bin_add (GST_BIN (self->pipeline), chain);
  gst_pad_link (pad, target);
  gst_element_sync_state_with_parent (chain);
}

static void
stream_found_cb (GstElement *demuxer, GstPad *pad, gpointer data)
{
  add_stream (data, pad);
}

static void
tell_all_streams_found (GstElement *demuxer, gpointer data)
{
  BsMediaReader *self = data;
  GstStructure *what = gst_structure_new_empty ("bs-all-streams-found");
  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline), what));
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

/* Containers whose demuxers hand out one frame at a time; the packets of others, such as MPEG
 * transport streams, are cut elsewhere. */
static gboolean
holds_whole_frames (const GstStructure *container)
{
  static const char *names[] = { "video/quicktime",  "application/x-3gp", "audio/x-m4a",
                                 "video/x-matroska", "audio/x-matroska",  "video/webm",
                                 "audio/webm",       "video/x-msvideo",   NULL };
  return g_strv_contains (names, gst_structure_get_name (container));
}

/* Not every file is a container; one that is a bare stream is its own. */
static void
type_found_cb (GstElement *finder, guint probability, GstCaps *caps, gpointer data)
{
  BsMediaReader *self = data;
  g_mutex_lock (&self->lock);
  self->whole_frames = holds_whole_frames (gst_caps_get_structure (caps, 0));
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

/**
 * bs_media_chain_new:
 * @description: elements as for gst-launch, the first named bs-first, the last bs-sink
 * @sink: (out) (transfer full): the last element
 *
 * Which of the pads is the way in is said here: gst_parse_bin_from_description() would take that of
 * the element behind a decodebin, which is linked only later.
 *
 * Returns: (transfer floating) (nullable): a chain for bs_media_reader_new(), or %NULL where an
 *   element is not installed
 */
GstElement *
bs_media_chain_new (const char *description, GstElement **sink)
{
  bs_media_start ();
  *sink = NULL;
  GstElement *chain = gst_parse_bin_from_description_full (description, FALSE, NULL,
                                                           GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  if (!chain)
    return NULL;
  g_autoptr (GstElement) first = gst_bin_get_by_name (GST_BIN (chain), "bs-first");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (first, "sink");
  gst_element_add_pad (chain, gst_ghost_pad_new ("sink", pad));
  *sink = gst_bin_get_by_name (GST_BIN (chain), "bs-sink");
  return chain;
}

/**
 * bs_media_reader_new:
 * @path: the clip
 * @kind: of what stream @chain is to get the first
 * @chain: (nullable): what takes that stream, from bs_media_chain_new()
 * @error: where to put a BS_MEDIA_ERROR
 *
 * Returns: (transfer full) (nullable): a reader at rest
 */
BsMediaReader *
bs_media_reader_new (const char *path, BsMediaKind kind, GstElement *chain, GError **error)
{
  bs_media_start ();
  g_autoptr (GstElement) kept = chain ? gst_object_ref_sink (chain) : NULL;
  if (!bs_media_file_check (path, error))
    return NULL;
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *finder = gst_element_factory_make ("typefind", NULL);
  if (!source || !finder) {
    g_autofree char *name = bs_media_file_name (path);
    g_clear_pointer (&source, gst_object_unref);
    g_clear_pointer (&finder, gst_object_unref);
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_UNSUPPORTED,
                 "%s: GStreamer's base plugins are not installed.", name);
    return NULL;
  }

  BsMediaReader *self = g_new0 (BsMediaReader, 1);
  g_mutex_init (&self->lock);
  self->path = g_strdup (path);
  self->kind = kind;
  self->chain = g_steal_pointer (&kept);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_object_set (source, "location", path, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, finder, NULL);
  gst_element_link (source, finder);
  g_signal_connect (finder, "have-type", G_CALLBACK (type_found_cb), self);
  return self;
}

/**
 * bs_media_reader_free:
 * @self: (transfer full): a reader
 *
 * Stops reading; may wait for the thread that reads.
 */
void
bs_media_reader_free (BsMediaReader *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  /* No thread is left that could add one; the pipeline does not stop what is locked. */
  if (self->demuxer)
    gst_element_set_state (self->demuxer, GST_STATE_NULL);
  gst_clear_object (&self->demuxer);
  gst_object_unref (self->pipeline);
  gst_clear_object (&self->chain);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

static gboolean
set_error (BsMediaReader *self, BsMediaError code, const char *what, GError **error)
{
  g_autofree char *name = bs_media_file_name (self->path);
  g_set_error (error, BS_MEDIA_ERROR, code, "%s: %s.", name, what);
  return FALSE;
}

static gboolean
wait_for (BsMediaReader *self, GstMessageType until, gint64 limit_us, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 end = g_get_monotonic_time () + limit_us;
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, POLL_INTERVAL, until | GST_MESSAGE_ERROR);
    if (!message && limit_us > 0 && g_get_monotonic_time () > end)
      return set_error (self, BS_MEDIA_ERROR_FAILED, "reading it takes too long", error);
    if (!message)
      continue;
    if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
      return TRUE;
    g_propagate_error (error, bs_media_error_from_message (self->path, message));
    return FALSE;
  }
  return FALSE;
}

/**
 * bs_media_reader_start:
 * @self: a reader
 * @cancellable: (nullable): ends it early
 * @error: where to put an error
 *
 * Reads until every stream is known. That there is neither sound nor picture is an error.
 */
gboolean
bs_media_reader_start (BsMediaReader *self, GCancellable *cancellable, GError **error)
{
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (!wait_for (self, GST_MESSAGE_APPLICATION, START_LIMIT, cancellable, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  gboolean found = self->info.has_picture || self->info.has_sound;
  g_mutex_unlock (&self->lock);
  return found || set_error (self, BS_MEDIA_ERROR_DAMAGED, "is not a clip that can be read", error);
}

/**
 * bs_media_reader_run:
 * @self: a reader that was started and found a stream of its kind
 * @cancellable: (nullable): ends it early
 * @error: where to put an error
 *
 * Reads to the end of that stream.
 */
gboolean
bs_media_reader_run (BsMediaReader *self, GCancellable *cancellable, GError **error)
{
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return wait_for (self, GST_MESSAGE_EOS, 0, cancellable, error);
}

/**
 * bs_media_reader_get_info:
 * @self: a reader that was started or run
 * @info: (out): what the clip says about itself
 */
void
bs_media_reader_get_info (BsMediaReader *self, BsMediaInfo *info)
{
  gint64 duration = 0;
  g_mutex_lock (&self->lock);
  *info = self->info;
  g_autoptr (GstElement) teller = gst_object_ref (self->demuxer ? self->demuxer : self->pipeline);
  g_mutex_unlock (&self->lock);
  if (gst_element_query_duration (teller, GST_FORMAT_TIME, &duration))
    info->duration_ns = MAX (duration, 0);
}

/**
 * bs_media_reader_has_whole_frames:
 * @self: a reader that was started
 *
 * Returns: whether each buffer of a demuxed picture is one frame, as far as is known
 */
gboolean
bs_media_reader_has_whole_frames (BsMediaReader *self)
{
  g_mutex_lock (&self->lock);
  gboolean whole = self->whole_frames;
  g_mutex_unlock (&self->lock);
  return whole;
}
