/* SPDX-License-Identifier: MIT */
/* When each frame of a clip begins, found without decoding. Steps and overlays go by these times,
 * never by a nominal rate: clips of variable rate and with edit lists have none that holds. */
#include "viz/media/bs-frame-index.h"

#include "viz/media/bs-media-reader.h"
#include "viz/media/bs-movie-boxes.h"

struct _BsFrameIndex {
  BsMediaInfo info;
  int n;
  gint64 *times_ns;
  gint64 end_ns;
  int n_missing;
};

typedef struct {
  gint64 time_ns;
  gint64 duration_ns;
} Entry;

typedef struct {
  GArray *entries;
  gboolean cannot_tell;
} Collection;

/* A VP8 stream may hold frames that are only referred to, never shown: RFC 6386, 9.1, the bit
 * show_frame. The decoder gives no picture for them. */
static gboolean
is_shown (GstBuffer *buffer, GstCaps *caps)
{
  guint8 tag;
  if (!gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-vp8"))
    return TRUE;
  return gst_buffer_extract (buffer, 0, &tag, 1) != 1 || (tag & 0x10);
}

static void
collect_frame (Collection *found, GstBuffer *buffer, const GstSegment *segment, GstCaps *caps)
{
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DECODE_ONLY) || !is_shown (buffer, caps))
    return;
  if (!GST_BUFFER_PTS_IS_VALID (buffer) || segment->format != GST_FORMAT_TIME) {
    found->cannot_tell = TRUE;
    return;
  }

  guint64 start = GST_BUFFER_PTS (buffer), stop = GST_CLOCK_TIME_NONE;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    stop = start + GST_BUFFER_DURATION (buffer);
  /* Frames an edit list cuts away are decoded and then dropped at the segment's edges. */
  if (!gst_segment_clip (segment, GST_FORMAT_TIME, start, stop, &start, &stop))
    return;
  Entry entry = { gst_segment_to_stream_time (segment, GST_FORMAT_TIME, start), -1 };
  if (GST_CLOCK_TIME_IS_VALID (stop))
    entry.duration_ns = stop - start;
  g_array_append_val (found->entries, entry);
}

static GstPadProbeReturn
pass_frame (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  if (event && caps) {
    const GstSegment *segment;
    gst_event_parse_segment (event, &segment);
    collect_frame (data, GST_PAD_PROBE_INFO_BUFFER (probe), segment, caps);
  }
  return GST_PAD_PROBE_OK;
}

static gboolean
collect (Collection *found, const char *path, gboolean decode, BsMediaInfo *info,
         GCancellable *cancellable, GError **error)
{
  g_autoptr (GstElement) sink = NULL;
  GstElement *chain = bs_media_chain_new (
    decode ? "decodebin name=bs-first ! fakesink name=bs-sink sync=false async=false"
           : "identity name=bs-first ! fakesink name=bs-sink sync=false async=false",
    &sink);
  if (sink) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, pass_frame, found, NULL);
  }
  g_autoptr (BsMediaReader) reader = bs_media_reader_new (path, BS_MEDIA_PICTURE, chain, error);
  if (!reader || !bs_media_reader_start (reader, cancellable, error))
    return FALSE;
  bs_media_reader_get_info (reader, info);
  if (!info->has_picture)
    return TRUE;
  if (!decode && !bs_media_reader_has_whole_frames (reader)) {
    found->cannot_tell = TRUE;
    return TRUE;
  }
  return bs_media_reader_run (reader, cancellable, error);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  return (x->time_ns > y->time_ns) - (x->time_ns < y->time_ns);
}

/* The last frame has no successor to end it: its own duration, or else the mean of the others.
 * Parsers make up impossible ones where a stream of variable rate states none. */
static gint64
end_of_last (const Entry *entries, guint n)
{
  const Entry *last = &entries[n - 1];
  if (last->duration_ns >= GST_MSECOND)
    return last->time_ns + last->duration_ns;
  if (n > 1)
    return last->time_ns + (last->time_ns - entries[0].time_ns) / (n - 1);
  return last->time_ns + GST_SECOND / 25;
}

static void
take_entries (BsFrameIndex *self, GArray *entries)
{
  g_array_sort (entries, compare_entries);
  self->times_ns = g_new (gint64, MAX (entries->len, 1));
  for (guint i = 0; i < entries->len; i++) {
    gint64 time = g_array_index (entries, Entry, i).time_ns;
    if (self->n == 0 || time > self->times_ns[self->n - 1])
      self->times_ns[self->n++] = time;
  }
  if (entries->len > 0)
    self->end_ns = end_of_last ((const Entry *) entries->data, entries->len);
}

/**
 * bs_frame_index_new:
 * @path: the clip
 * @cancellable: (nullable): ends it early
 * @error: where to put a BS_MEDIA_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Reads through the whole clip and notes when each frame begins, as stream time, sorted. What
 * cannot be told from the container (transport streams, AVI with B-frames) is decoded, which is
 * slow. A clip without picture has an index of no frames. Blocks; worker threads only.
 *
 * Returns: (transfer full) (nullable): the index, immutable, for any thread
 */
BsFrameIndex *
bs_frame_index_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Collection found = { .entries = entries };
  BsMediaInfo info;
  if (!collect (&found, path, FALSE, &info, cancellable, error))
    return NULL;
  if (found.cannot_tell) {
    g_array_set_size (entries, 0);
    if (!collect (&found, path, TRUE, &info, cancellable, error))
      return NULL;
  }
  BsFrameIndex *self = g_atomic_rc_box_new0 (BsFrameIndex);
  self->info = info;
  take_entries (self, entries);
  self->info.duration_ns = MAX (self->info.duration_ns, self->end_ns);
  int n_stated = (int) MIN (bs_movie_boxes_count_if_cut (path, cancellable), G_MAXINT);
  self->n_missing = MAX (n_stated - self->n, 0);
  return self;
}

/**
 * bs_frame_index_ref:
 * @self: an index
 *
 * Returns: (transfer full): @self; any thread
 */
BsFrameIndex *
bs_frame_index_ref (BsFrameIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

static void
clear_index (gpointer data)
{
  BsFrameIndex *self = data;
  g_free (self->times_ns);
}

/**
 * bs_frame_index_unref:
 * @self: (transfer full): an index
 *
 * Any thread.
 */
void
bs_frame_index_unref (BsFrameIndex *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_rc_box_release_full (self, clear_index);
}

/**
 * bs_frame_index_get_info:
 * @self: an index
 *
 * Returns: what the clip says about itself
 */
const BsMediaInfo *
bs_frame_index_get_info (BsFrameIndex *self)
{
  return &self->info;
}

/**
 * bs_frame_index_get_n_frames:
 * @self: an index
 *
 * Returns: how many frames are shown, 0 without picture
 */
int
bs_frame_index_get_n_frames (BsFrameIndex *self)
{
  return self->n;
}

/**
 * bs_frame_index_get_n_missing:
 * @self: an index
 *
 * Returns: how many more frames the file speaks of, where it breaks off; 0 where it is whole, or
 *   where that cannot be told
 */
int
bs_frame_index_get_n_missing (BsFrameIndex *self)
{
  return self->n_missing;
}

/**
 * bs_frame_index_get_time:
 * @self: an index
 * @index: a frame, from 0
 *
 * Returns: the stream time at which it begins
 */
gint64
bs_frame_index_get_time (BsFrameIndex *self, int index)
{
  g_return_val_if_fail (index >= 0 && index < self->n, 0);
  return self->times_ns[index];
}

/**
 * bs_frame_index_get_end:
 * @self: an index
 * @index: a frame, from 0
 *
 * Returns: the stream time at which the next frame begins, or the last one ends
 */
gint64
bs_frame_index_get_end (BsFrameIndex *self, int index)
{
  g_return_val_if_fail (index >= 0 && index < self->n, 0);
  return index + 1 < self->n ? self->times_ns[index + 1] : self->end_ns;
}

/**
 * bs_frame_index_get_middle:
 * @self: an index
 * @index: a frame, from 0
 *
 * The middle of a frame's interval is what a seek must aim at: its edges are rounded differently
 * by container, demuxer and decoder, so that a seek to an edge lands on a neighbour.
 *
 * Returns: a stream time
 */
gint64
bs_frame_index_get_middle (BsFrameIndex *self, int index)
{
  g_return_val_if_fail (index >= 0 && index < self->n, 0);
  gint64 start = self->times_ns[index];
  return start + (bs_frame_index_get_end (self, index) - start) / 2;
}

/**
 * bs_frame_index_find:
 * @self: an index
 * @time_ns: a stream time
 *
 * Returns: the frame on show at that time: the first before its beginning, the last after its end;
 *   -1 without picture
 */
int
bs_frame_index_find (BsFrameIndex *self, gint64 time_ns)
{
  int low = 0, high = self->n;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (self->times_ns[middle] <= time_ns)
      low = middle + 1;
    else
      high = middle;
  }
  return self->n == 0 ? -1 : MAX (low - 1, 0);
}
