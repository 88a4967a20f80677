/* SPDX-License-Identifier: MIT */
/* A stream's packets, kept as they came. Demuxers find their way from the beginning to the end of
 * any file, but few find every place in between: by an index that lacks, by edit lists, by the
 * first of fragments. So each clip is read once from end to end, and what plays it seeks here.
 *
 * Clips of a corpus have some megabytes. What is longer is moved to a file without name, so that
 * no clip needs more memory than that. */
#include "viz/media/bs-track.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAX_BYTES_IN_MEMORY (192 * 1024 * 1024)

static void
clear_packet (gpointer data)
{
  gst_clear_buffer (&((BsPacket *) data)->buffer);
}

/**
 * bs_track_new:
 *
 * Returns: (transfer full): a stream without packets
 */
BsTrack *
bs_track_new (void)
{
  BsTrack *self = g_atomic_rc_box_new0 (BsTrack);
  self->packets = g_array_new (FALSE, FALSE, sizeof (BsPacket));
  g_array_set_clear_func (self->packets, clear_packet);
  self->spool = -1;
  return self;
}

/**
 * bs_track_ref:
 * @self: a stream
 *
 * Returns: (transfer full): @self; any thread
 */
BsTrack *
bs_track_ref (BsTrack *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_track (gpointer data)
{
  BsTrack *self = data;
  g_array_unref (self->packets);
  gst_clear_caps (&self->caps);
  g_free (self->stream_id);
  if (self->spool >= 0)
    close (self->spool);
}

/**
 * bs_track_unref:
 * @self: (transfer full): a stream
 *
 * Any thread.
 */
void
bs_track_unref (BsTrack *self)
{
  g_atomic_rc_box_release_full (self, clear_track);
}

static gboolean
open_spool (BsTrack *self)
{
  g_autofree char *name = NULL;
  self->spool = g_file_open_tmp ("blendscope-XXXXXX", &name, NULL);
  if (self->spool >= 0)
    g_unlink (name);
  return self->spool >= 0;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size, guint64 offset)
{
  while (size > 0) {
    gssize n = pwrite (fd, data, size, (off_t) offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    data += n;
    size -= (gsize) n;
    offset += (guint64) n;
  }
  return TRUE;
}

static gboolean
move_to_spool (BsTrack *self, GstBuffer *buffer)
{
  GstMapInfo map;
  if ((self->spool < 0 && !open_spool (self)) || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  gboolean moved = write_all (self->spool, map.data, map.size, self->n_bytes);
  gst_buffer_unmap (buffer, &map);
  return moved;
}

/**
 * bs_track_add:
 * @self: a stream that is being filled
 * @buffer: (transfer none): the packet's bytes
 * @packet: what else is known of it
 *
 * Returns: whether there was room
 */
gboolean
bs_track_add (BsTrack *self, GstBuffer *buffer, BsPacket packet)
{
  packet.size = gst_buffer_get_size (buffer);
  packet.offset = self->n_bytes;
  packet.buffer = NULL;
  if (self->n_bytes + packet.size <= MAX_BYTES_IN_MEMORY)
    packet.buffer = gst_buffer_ref (buffer);
  else if (!move_to_spool (self, buffer))
    return FALSE;
  self->n_bytes += packet.size;
  g_array_append_val (self->packets, packet);
  return TRUE;
}

/**
 * bs_track_packet:
 * @self: a stream
 * @i: a packet, in decoding order
 *
 * Returns: what is known of it
 */
const BsPacket *
bs_track_packet (const BsTrack *self, guint i)
{
  return &g_array_index (self->packets, BsPacket, i);
}

/**
 * bs_track_dup_buffer:
 * @self: a stream that is filled
 * @i: a packet
 *
 * Returns: (transfer full) (nullable): a buffer of its own over the packet's bytes, with the flags
 *   and extras it came with, but without times; %NULL where it cannot be read. Any thread
 */
GstBuffer *
bs_track_dup_buffer (const BsTrack *self, guint i)
{
  const BsPacket *packet = bs_track_packet (self, i);
  if (packet->buffer) {
    GstBuffer *copy = gst_buffer_copy (packet->buffer);
    GST_BUFFER_PTS (copy) = GST_BUFFER_DTS (copy) = GST_BUFFER_DURATION (copy) =
      GST_CLOCK_TIME_NONE;
    GST_BUFFER_OFFSET (copy) = GST_BUFFER_OFFSET_END (copy) = GST_BUFFER_OFFSET_NONE;
    return copy;
  }
  g_autofree guint8 *data = g_try_malloc (MAX (packet->size, 1));
  if (!data ||
      pread (self->spool, data, packet->size, (off_t) packet->offset) != (gssize) packet->size)
    return NULL;
  GstBuffer *buffer = gst_buffer_new_wrapped (g_steal_pointer (&data), packet->size);
  if (!packet->is_key)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  return buffer;
}
