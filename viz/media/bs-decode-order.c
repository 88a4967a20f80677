/* SPDX-License-Identifier: MIT */
/* When pictures are shown, found by decoding them: for containers that do not say it, such as AVI
 * and MPEG program streams. Their decoder puts the pictures in order and says which packet each
 * came of; those that give no picture are known then as well. Slow. */
#include "viz/media/bs-decode-order.h"

#include <glib/gi18n.h>

#include "viz/media/bs-decoder.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"
#include "viz/media/bs-patience.h"
#include "viz/media/bs-track-source.h"

#define POLL_US (20 * G_TIME_SPAN_MILLISECOND)
#define IDLE_LIMIT_US (20 * G_TIME_SPAN_SECOND)

/* Times that no decoder could take for wrong. */
#define STEP_NS (40 * (gint64) GST_MSECOND)

typedef struct {
  GMutex lock;
  GArray *order; /* of packets, as their pictures come */
} Hearing;

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;
  return (x > y) - (x < y);
}

/* Of two pictures at one time either may come first: where pictures are reordered their order in
 * the file is not that in which they are shown. */
static gboolean
has_pairs (const BsTrack *track)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean found = FALSE;
  for (guint i = 0; i < track->packets->len; i++) {
    const BsPacket *packet = bs_track_packet (track, i);
    if (!packet->is_header && !packet->is_hidden)
      g_array_append_val (times, packet->pts_ns);
  }
  g_array_sort (times, compare_times);
  for (guint i = 1; i < times->len; i++)
    found |= g_array_index (times, gint64, i) == g_array_index (times, gint64, i - 1);
  return found;
}

/**
 * bs_decode_order_needed:
 * @track: a track of pictures that was read
 * @has_whole_frames: whether its container hands out whole pictures with their times
 *
 * Returns: whether the times cannot be trusted as they are
 */
gboolean
bs_decode_order_needed (const BsTrack *track, gboolean has_whole_frames)
{
  gboolean all_keys = TRUE;
  for (guint i = 0; i < track->packets->len; i++) {
    const BsPacket *packet = bs_track_packet (track, i);
    if (!packet->is_header && !packet->is_hidden && packet->pts_ns < 0)
      return TRUE;
    all_keys &= packet->is_key;
  }
  return (!has_whole_frames && !all_keys) || has_pairs (track);
}

static GstPadProbeReturn
note_picture_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Hearing *self = data;
  gint64 packet = bs_track_source_packet_of (GST_PAD_PROBE_INFO_BUFFER (probe));
  g_mutex_lock (&self->lock);
  guint number = packet >= 0 ? (guint) packet : G_MAXUINT;
  g_array_append_val (self->order, number);
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_DROP;
}

/* Every packet one after the other, as if none were reordered. */
static BsProgram *
linear_program (BsTrack *track)
{
  BsCut none = { 0 };
  BsProgram *self = bs_program_new (track, TRUE, &none, 0);
  gint64 time = 0;
  for (guint i = 0; i < track->packets->len; i++) {
    if (bs_track_packet (track, i)->is_header)
      continue;
    BsProgramEntry entry = { .packet = i, .time_ns = time, .duration_ns = STEP_NS };
    guint place = self->entries->len;
    g_array_append_val (self->entries, entry);
    g_array_append_val (self->shown, place);
    time += STEP_NS;
  }
  BsProgramPiece piece = { .stop_ns = time + STEP_NS, .end = self->entries->len };
  g_array_append_val (self->pieces, piece);
  return self;
}

static guint
n_heard (Hearing *self)
{
  g_mutex_lock (&self->lock);
  guint n = self->order->len;
  g_mutex_unlock (&self->lock);
  return n;
}

static gboolean
wait_for_end (GstElement *pipeline, Hearing *hearing, const char *path, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  BsPatience patience;
  bs_patience_begin (&patience, IDLE_LIMIT_US, POLL_US);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, POLL_US * GST_USECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    /* What was decoded before an error is kept. */
    if (message)
      return TRUE;
    /* But what comes late is not what does not come: the frames would be told wrongly. */
    if (bs_patience_is_over (&patience, n_heard (hearing))) {
      g_autofree char *name = bs_media_file_name (path);
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED,
                   _ ("%s: decoding it takes too long."), name);
      return FALSE;
    }
  }
  return FALSE;
}

static gboolean
decode (BsTrack *track, Hearing *hearing, const char *path, GCancellable *cancellable,
        GError **error)
{
  GstElement *decoder = bs_decoder_new (track->caps);
  if (!decoder)
    return TRUE;
  g_autoptr (BsProgram) program = linear_program (track);
  GstElement *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *source = bs_track_source_new (program, 0);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, decoder, sink, NULL);
  gst_element_link_many (source, decoder, sink, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (decoder, "src");
  if (pad)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_picture_cb, hearing, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gboolean ended = wait_for_end (pipeline, hearing, path, cancellable, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return ended;
}

/* The stamps that are there, in order and each by itself; the missing ones go on by the rate. */
static GArray *
sorted_stamps (const BsTrack *track, const GArray *order)
{
  GArray *stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 step = STEP_NS, last = -1;
  int fps_n = 0, fps_d = 0;
  if (gst_structure_get_fraction (gst_caps_get_structure (track->caps, 0), "framerate", &fps_n,
                                  &fps_d) &&
      fps_n > 0 && fps_d > 0)
    step = (gint64) gst_util_uint64_scale (GST_SECOND, (guint64) fps_d, (guint64) fps_n);
  g_autofree gboolean *shown = g_new0 (gboolean, track->packets->len + 1);
  for (guint i = 0; i < order->len; i++)
    shown[g_array_index (order, guint, i)] = TRUE;
  for (guint i = 0; i < track->packets->len; i++) {
    const BsPacket *packet = bs_track_packet (track, i);
    gint64 stamp = packet->pts_ns >= 0 ? packet->pts_ns : packet->dts_ns;
    if (stamp < 0)
      stamp = last + step;
    last = MAX (last, stamp);
    if (shown[i])
      g_array_append_val (stamps, stamp);
  }
  g_array_sort (stamps, compare_times);
  for (guint i = 1; i < stamps->len; i++) {
    gint64 *stamp = &g_array_index (stamps, gint64, i);
    *stamp = MAX (*stamp, g_array_index (stamps, gint64, i - 1) + 1);
  }
  return stamps;
}

static void
take_order (BsTrack *track, const GArray *order)
{
  g_autoptr (GArray) stamps = sorted_stamps (track, order);
  for (guint i = 0; i < track->packets->len; i++) {
    BsPacket *packet = &g_array_index (track->packets, BsPacket, i);
    packet->is_hidden = !packet->is_header;
  }
  for (guint i = 0; i < order->len; i++) {
    BsPacket *packet = &g_array_index (track->packets, BsPacket, g_array_index (order, guint, i));
    packet->is_hidden = FALSE;
    packet->pts_ns = g_array_index (stamps, gint64, i);
  }
}

/* Each picture's packet once; one that the decoder does not name is the next in order. */
static GArray *
clean_order (const BsTrack *track, const GArray *heard)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *seen = g_new0 (gboolean, track->packets->len + 1);
  guint next = 0;
  for (guint i = 0; i < heard->len; i++) {
    guint packet = g_array_index (heard, guint, i);
    if (packet == G_MAXUINT)
      packet = next;
    if (packet >= track->packets->len || seen[packet] || bs_track_packet (track, packet)->is_header)
      continue;
    seen[packet] = TRUE;
    next = packet + 1;
    g_array_append_val (order, packet);
  }
  return order;
}

/**
 * bs_decode_order_mend:
 * @track: a track of pictures that was read
 * @path: the clip, for an error
 * @cancellable: (nullable): ends it early
 * @error: where to put a BS_MEDIA_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Decodes the whole track and gives every packet the time at which it is shown, or marks it as
 * one that is not. Without a decoder nothing changes. Blocks; worker threads only.
 */
gboolean
bs_decode_order_mend (BsTrack *track, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (guint));
  Hearing hearing = { .order = heard };
  g_mutex_init (&hearing.lock);
  gboolean decoded = decode (track, &hearing, path, cancellable, error);
  g_mutex_clear (&hearing.lock);
  if (!decoded)
    return FALSE;
  g_autoptr (GArray) order = clean_order (track, heard);
  if (order->len > 0)
    take_order (track, order);
  return TRUE;
}
