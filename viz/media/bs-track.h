/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/*
 * BsPacket:
 * @pts_ns: when it is shown or heard as the container says, -1 where it does not say
 * @dts_ns: when it is decoded, -1 likewise
 * @duration_ns: how long it lasts, -1 likewise
 * @is_key: whether decoding can begin here
 * @is_header: whether it holds what a decoder must know before all else, and no picture or sound
 * @is_hidden: whether it is only referred to, and never shown
 * @is_open: whether it cannot be decoded without what lies before the last key frame, if it is
 *   shown before that
 * @offset: where its bytes are in the file they were moved to
 * @size: how many bytes
 *
 * What a decoder gets at once: one picture, or some sound.
 */
typedef struct {
  gint64 pts_ns;
  gint64 dts_ns;
  gint64 duration_ns;
  gboolean is_key;
  gboolean is_header;
  gboolean is_hidden;
  gboolean is_open;
  guint64 offset;
  gsize size;
  /*< private >*/
  GstBuffer *buffer;
} BsPacket;

/*
 * BsTrack:
 * @caps: the format, for a decoder
 * @stream_id: its name in the container
 * @orientation: how the picture is to be turned, as its tags say
 * @packets: in decoding order
 *
 * A stream of a clip as it was read from its beginning to its end, undecoded. Filled by one thread,
 * then immutable. Reference counted.
 */
typedef struct {
  GstCaps *caps;
  char *stream_id;
  GstVideoOrientationMethod orientation;
  GArray *packets;
  /*< private >*/
  guint64 n_bytes;
  int spool;
} BsTrack;

BsTrack *bs_track_new (void);
BsTrack *bs_track_ref (BsTrack *self);
void bs_track_unref (BsTrack *self);
gboolean bs_track_add (BsTrack *self, GstBuffer *buffer, BsPacket packet);
const BsPacket *bs_track_packet (const BsTrack *self, guint i);
GstBuffer *bs_track_dup_buffer (const BsTrack *self, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrack, bs_track_unref)

G_END_DECLS
