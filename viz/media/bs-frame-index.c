/* SPDX-License-Identifier: MIT */
/* When each frame of a clip begins. Steps and overlays go by these times, never by a nominal rate:
 * clips of variable rate and with edit lists have none that holds. */
#include "viz/media/bs-frame-index.h"

struct _BsFrameIndex {
  int n;
  gint64 *times_ns;
  gint64 end_ns;
};

/**
 * bs_frame_index_new:
 * @times_ns: (array length=n): when each frame begins, every one later than the one before
 * @n: how many frames, 0 for a clip without picture
 * @end_ns: when the last one ends
 *
 * Returns: (transfer full): the index, immutable, for any thread
 */
BsFrameIndex *
bs_frame_index_new (const gint64 *times_ns, int n, gint64 end_ns)
{
  BsFrameIndex *self = g_atomic_rc_box_new0 (BsFrameIndex);
  self->n = n;
  self->times_ns = g_memdup2 (times_ns, (gsize) n * sizeof *times_ns);
  self->end_ns = end_ns;
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
