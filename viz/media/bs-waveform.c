/* SPDX-License-Identifier: MIT */
/* The outline of a clip's sound: decoded once as fast as it goes, kept as extremes of short
 * blocks, and spread over the columns at the end, when the length is known. */
#include "viz/media/bs-waveform.h"

#include <gst/audio/audio.h>
#include <gst/gst.h>
#include <string.h>

#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"

#define BLOCK 64 /* samples whose extremes are kept */
#define FORMAT "audio/x-raw,format=" GST_AUDIO_NE (F32) ",channels=1,layout=interleaved"
#define SINK "fakesink name=sink sync=false async=false enable-last-sample=false"
#define DESCRIPTION \
  "filesrc name=source ! decodebin name=decoder  audioconvert name=convert ! " FORMAT " ! " SINK

typedef struct {
  float low, high;
} Extremes;

typedef struct {
  GstElement *pipeline;
  GstElement *convert; /* takes the first stream of sound */
  gboolean has_sound; /* written while streams are added, read when the pipeline has stopped */
  GArray *blocks; /* of Extremes */
  Extremes open;
  gsize n_open;
  gsize n_samples;
  int rate;
} Reading;

static void
take_samples (Reading *self, const float *samples, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (self->n_open == 0)
      self->open = (Extremes){ samples[i], samples[i] };
    self->open.low = MIN (self->open.low, samples[i]);
    self->open.high = MAX (self->open.high, samples[i]);
    if (++self->n_open == BLOCK) {
      g_array_append_val (self->blocks, self->open);
      self->n_open = 0;
    }
  }
  self->n_samples += n;
}

static GstPadProbeReturn
pass_sound_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Reading *self = data;
  GstMapInfo map;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (caps != NULL)
    gst_structure_get_int (gst_caps_get_structure (caps, 0), "rate", &self->rate);
  if (gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (probe), &map, GST_MAP_READ)) {
    take_samples (self, (const float *) map.data, map.size / sizeof (float));
    gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (probe), &map);
  }
  return GST_PAD_PROBE_OK;
}

/* Pictures stay as they are in the file: decoding them would cost far more than the sound. */
static gboolean
wants_decoding_cb (GstElement *decoder, GstPad *pad, GstCaps *caps, gpointer data)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  return !g_str_has_prefix (name, "video/x-") && !g_str_has_prefix (name, "image/");
}

static void
add_stream_cb (GstElement *decoder, GstPad *pad, gpointer data)
{
  Reading *self = data;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  gboolean sound =
    !gst_caps_is_empty (caps) && !gst_caps_is_any (caps) &&
    g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/x-raw");
  g_autoptr (GstPad) target = NULL;
  if (sound && !self->has_sound) {
    self->has_sound = TRUE;
    target = gst_element_get_static_pad (self->convert, "sink");
  } else {
    GstElement *sink = gst_element_factory_make ("fakesink", NULL);
    g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
    gst_bin_add (GST_BIN (self->pipeline), sink);
    gst_element_sync_state_with_parent (sink);
    target = gst_element_get_static_pad (sink, "sink");
  }
  gst_pad_link (pad, target);
}

static gboolean
build (Reading *self, const char *path, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  self->pipeline = gst_parse_launch (DESCRIPTION, &parse_error);
  if (self->pipeline == NULL || parse_error != NULL) {
    g_autofree char *name = bs_media_file_name (path);
    g_clear_object (&self->pipeline);
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_UNSUPPORTED,
                 "%s: GStreamer's base plugins are not installed.", name);
    return FALSE;
  }
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  g_autoptr (GstElement) decoder = gst_bin_get_by_name (GST_BIN (self->pipeline), "decoder");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  self->convert = gst_bin_get_by_name (GST_BIN (self->pipeline), "convert");
  g_object_set (source, "location", path, NULL);
  g_signal_connect (decoder, "autoplug-continue", G_CALLBACK (wants_decoding_cb), NULL);
  g_signal_connect (decoder, "pad-added", G_CALLBACK (add_stream_cb), self);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, pass_sound_cb, self, NULL);
  return TRUE;
}

static BsWaveform *
spread (const Reading *self, gsize n_columns)
{
  BsWaveform *out = g_new0 (BsWaveform, 1);
  out->n = n_columns;
  out->low = g_new0 (float, n_columns);
  out->high = g_new0 (float, n_columns);
  out->duration_s = self->rate > 0 ? (double) self->n_samples / self->rate : 0;
  gsize n_blocks = self->blocks->len;
  for (gsize i = 0; i < n_columns && n_blocks > 0; i++) {
    gsize from = i * n_blocks / n_columns, to = MAX ((i + 1) * n_blocks / n_columns, from + 1);
    Extremes extremes = g_array_index (self->blocks, Extremes, from);
    for (gsize j = from + 1; j < to; j++) {
      const Extremes *block = &g_array_index (self->blocks, Extremes, j);
      extremes.low = MIN (extremes.low, block->low);
      extremes.high = MAX (extremes.high, block->high);
    }
    out->low[i] = extremes.low;
    out->high[i] = extremes.high;
  }
  return out;
}

static gboolean
read_sound (Reading *self, const char *path, GCancellable *cancellable, GError **error)
{
  if (!build (self, path, error))
    return FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  gboolean ok = bs_media_wait (self->pipeline, path, GST_MESSAGE_EOS, cancellable, error);
  g_clear_object (&self->convert);
  bs_media_stop (self->pipeline);
  if (ok && self->n_open > 0)
    g_array_append_val (self->blocks, self->open);
  if (ok && !self->has_sound) {
    g_autofree char *name = bs_media_file_name (path);
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_MISSING, "%s has no sound.", name);
    return FALSE;
  }
  return ok;
}

/**
 * bs_waveform_new:
 * @path: a clip
 * @n_columns: how many columns are wanted
 * @cancellable: (nullable): ends the reading early
 * @error: set to a #BsMediaError, %BS_MEDIA_ERROR_MISSING where the clip has no sound
 *
 * Decodes the clip's sound. Blocks: worker threads only.
 *
 * Returns: (transfer full) (nullable): its outline
 */
BsWaveform *
bs_waveform_new (const char *path, gsize n_columns, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL && n_columns > 0, NULL);
  bs_media_start ();
  if (!bs_media_file_check (path, error))
    return NULL;
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Extremes));
  Reading reading = { .blocks = blocks };
  if (!read_sound (&reading, path, cancellable, error))
    return NULL;
  return spread (&reading, n_columns);
}

/**
 * bs_waveform_free:
 * @self: (transfer full) (nullable): a waveform
 */
void
bs_waveform_free (BsWaveform *self)
{
  if (self == NULL)
    return;
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}
