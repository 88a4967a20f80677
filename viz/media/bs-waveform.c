/* SPDX-License-Identifier: MIT */
/* The outline of a clip's sound. How long it is is known only at its end, so that extremes are
 * first kept for runs of samples that double in length whenever they become too many. */
#include "viz/media/bs-waveform.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>

#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"
#include "viz/media/bs-media-clip.h"
#include "viz/media/bs-patience.h"
#include "viz/media/bs-pipeline-private.h"

/* Runs kept at most; those of a clip of 20 seconds are single samples. */
#define MAX_RUNS (1u << 20)

/* Gaps in the stamps below this are rounding. */
#define MIN_GAP_NS (5 * GST_MSECOND)

/* How long a worker goes without looking at its GCancellable. */
#define POLL_US (20 * G_TIME_SPAN_MILLISECOND)

/* How long nothing may come at all. */
#define IDLE_LIMIT_US (20 * G_TIME_SPAN_SECOND)

typedef struct {
  float low;
  float high;
} Extremes;

typedef struct {
  GArray *runs;
  guint64 run_length;
  guint64 n_samples;
  guint64 n_silent;
  int rate;
  int n_buffers; /* atomic: whether anything comes */
} Outline;

static const Extremes nothing = { G_MAXFLOAT, -G_MAXFLOAT };

static Extremes
join (Extremes a, Extremes b)
{
  return (Extremes){ MIN (a.low, b.low), MAX (a.high, b.high) };
}

static void
double_run_length (Outline *self)
{
  Extremes *runs = (Extremes *) self->runs->data;
  guint n = self->runs->len;
  for (guint i = 0; i < n; i += 2)
    runs[i / 2] = i + 1 < n ? join (runs[i], runs[i + 1]) : runs[i];
  g_array_set_size (self->runs, (n + 1) / 2);
  self->run_length *= 2;
}

static void
add_value (Outline *self, float value)
{
  guint64 run = self->n_samples++ / self->run_length;
  if (run == MAX_RUNS) {
    double_run_length (self);
    run /= 2;
  }
  if (run == self->runs->len)
    g_array_append_val (self->runs, nothing);
  Extremes *last = &g_array_index (self->runs, Extremes, run);
  *last = join (*last, (Extremes){ value, value });
}

/* Sound that begins late, or pauses, is silence there: columns are places in the clip. */
static void
fill_gap (Outline *self, guint64 time)
{
  guint64 wanted = gst_util_uint64_scale (time, self->rate, GST_SECOND);
  guint64 slack = gst_util_uint64_scale (MIN_GAP_NS, self->rate, GST_SECOND);
  if (wanted > self->n_samples + slack)
    for (; self->n_samples < wanted; self->n_silent++)
      add_value (self, 0);
}

static void
add_sample (Outline *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstStructure *format = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstMapInfo map;
  if (!gst_structure_get_int (format, "rate", &self->rate) || self->rate <= 0)
    return;
  guint64 time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                             GST_BUFFER_PTS (buffer));
  if (GST_CLOCK_TIME_IS_VALID (time))
    fill_gap (self, time);
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  for (gsize i = 0; i < map.size / sizeof (float); i++) {
    float value;
    memcpy (&value, map.data + i * sizeof value, sizeof value);
    add_value (self, value);
  }
  gst_buffer_unmap (buffer, &map);
}

static GstFlowReturn
take_sample (GstAppSink *sink, gpointer data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  if (sample)
    add_sample (data, sample);
  g_atomic_int_inc (&((Outline *) data)->n_buffers);
  return GST_FLOW_OK;
}

/* Every column has a run of its own where there are as many, and else shares one. */
static Extremes
extremes_of (const Outline *outline, guint64 column, guint64 n_columns)
{
  guint64 n = outline->runs->len;
  guint64 from = gst_util_uint64_scale (column, n, n_columns);
  guint64 to = MAX (gst_util_uint64_scale (column + 1, n, n_columns), from + 1);
  Extremes found = nothing;
  for (guint64 i = from; i < MIN (to, n); i++)
    found = join (found, g_array_index (outline->runs, Extremes, i));
  return found;
}

static BsWaveform *
make_columns (const Outline *outline, gsize n_columns)
{
  BsWaveform *self = g_new0 (BsWaveform, 1);
  self->n = n_columns;
  self->low = g_new (float, n_columns);
  self->high = g_new (float, n_columns);
  self->duration_s = (double) outline->n_samples / outline->rate;
  self->sound_s = (double) (outline->n_samples - outline->n_silent) / outline->rate;
  for (gsize i = 0; i < n_columns; i++) {
    Extremes found = extremes_of (outline, i, n_columns);
    self->low[i] = CLAMP (found.low, -1, 1);
    self->high[i] = CLAMP (found.high, -1, 1);
  }
  return self;
}

static gboolean
wait_for_end (GstElement *pipeline, const Outline *outline, const char *path,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  BsPatience patience;
  bs_patience_begin (&patience, IDLE_LIMIT_US, POLL_US);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, POLL_US * GST_USECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
      return TRUE;
    if (message) {
      g_propagate_error (error, bs_media_error_from_message (path, message));
      return FALSE;
    }
    if (bs_patience_is_over (&patience, (guint) g_atomic_int_get (&outline->n_buffers))) {
      g_autofree char *name = bs_media_file_name (path);
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED,
                   _ ("%s: decoding its sound takes too long."), name);
      return FALSE;
    }
  }
  return FALSE;
}

static GstElement *
build_pipeline (Outline *outline, BsMediaClip *clip)
{
  GstElement *decoded = bs_streams_new_decoded (clip->sound, clip->info.duration_ns, NULL);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = take_sample };
  GstElement *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  /* One sample after the other: of other buffers only a part may count. */
  g_autoptr (GstCaps) mono =
    gst_caps_from_string ("audio/x-raw,channels=1,layout=interleaved,format=" GST_AUDIO_NE (F32));
  gst_bin_add_many (GST_BIN (pipeline), decoded, convert, sink, NULL);
  gst_element_link_many (decoded, convert, sink, NULL);
  g_object_set (sink, "caps", mono, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE,
                NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, outline, NULL);
  return pipeline;
}

static gboolean
set_missing (const char *path, const char *what, GError **error)
{
  g_autofree char *name = bs_media_file_name (path);
  g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_MISSING, "%s: %s", name, what);
  return FALSE;
}

static gboolean
decode_sound (Outline *outline, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsMediaClip) clip = bs_media_clip_new (path, cancellable, error);
  if (!clip)
    return FALSE;
  if (clip->no_sound)
    return set_missing (path, clip->no_sound, error);
  if (!clip->sound || clip->sound->pieces->len == 0)
    return set_missing (path, _ ("the clip has no sound."), error);
  GstElement *pipeline = build_pipeline (outline, clip);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gboolean ended = wait_for_end (pipeline, outline, path, cancellable, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  if (ended && outline->n_samples == 0)
    return set_missing (path, _ ("the clip has no sound."), error);
  return ended;
}

/**
 * bs_waveform_new:
 * @path: a clip
 * @n_columns: how many columns, at least 1; column k is the sound from k / n_columns of the
 *   sound's length to (k + 1) / n_columns
 * @cancellable: (nullable): ends it early
 * @error: where to put BS_MEDIA_ERROR_MISSING for a clip without sound, another BS_MEDIA_ERROR or
 *   G_IO_ERROR_CANCELLED
 *
 * Decodes a clip's sound, mixed to one channel, and finds the lowest and highest sample of each
 * column. Blocks for some 20 ms for each second of sound; worker threads only.
 *
 * Returns: (transfer full) (nullable): the outline
 */
BsWaveform *
bs_waveform_new (const char *path, gsize n_columns, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL && n_columns > 0, NULL);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Extremes));
  Outline outline = { .runs = runs, .run_length = 1 };
  return decode_sound (&outline, path, cancellable, error) ? make_columns (&outline, n_columns)
                                                           : NULL;
}

/**
 * bs_waveform_free:
 * @self: (transfer full) (nullable): an outline
 */
void
bs_waveform_free (BsWaveform *self)
{
  if (!self)
    return;
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}
