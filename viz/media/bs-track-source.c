/* SPDX-License-Identifier: MIT */
/* Where a player's pictures and sound come from: packets that were read before, given to a decoder
 * from the place on that a seek needs. It behaves as a demuxer with one stream would, but is exact
 * whatever the container.
 *
 * Between two pieces the decoder is drained: what comes next begins with a key frame of its own. On
 * the wire all times are later by a constant, as some are before the clip's beginning. */
#include "viz/media/bs-track-source.h"

#define WIRE_OFFSET_NS (1000 * 3600 * (gint64) GST_SECOND)

struct _BsTrackSource {
  GstElement parent;
  GstPad *pad;
  BsProgram *program;
  gint64 duration_ns;

  /* Guarded by the pad's stream lock, as is all below. */
  double rate;
  gint64 stop_ns; /* -1 for the end */
  gboolean in_segment;
  guint32 seqnum;
  /* Where playing is: the piece and the entry that come next, and where the piece is entered. */
  guint piece, entry;
  gint64 start_ns;
  gboolean nothing;
  /* What is told downstream before the next entry. */
  gboolean begin_stream, begin_piece;
  gboolean sent_headers, sent_any;
  /* Running time of a place of the clip that is reached by it. */
  gint64 base_ns;
  gint64 from_ns;
};

G_DEFINE_FINAL_TYPE (BsTrackSource, bs_track_source, GST_TYPE_ELEMENT)

static GstStaticPadTemplate pad_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

/* Which packet a decoded picture came of *****************************************/

static GstCaps *
packet_caps (void)
{
  static GstStaticCaps caps = GST_STATIC_CAPS ("timestamp/x-blendscope-packet");
  return gst_static_caps_get (&caps);
}

/**
 * bs_track_source_packet_of:
 * @decoded: a buffer that a decoder made of what this element gave it
 *
 * Decoders that put pictures in order hand on what a packet carries with the picture it became.
 *
 * Returns: the number of the packet, -1 where the decoder does not say
 */
gint64
bs_track_source_packet_of (GstBuffer *decoded)
{
  g_autoptr (GstCaps) caps = packet_caps ();
  GstReferenceTimestampMeta *meta = gst_buffer_get_reference_timestamp_meta (decoded, caps);
  return meta ? (gint64) meta->timestamp : -1;
}

/* What is pushed ***************************************************************/

static GstBuffer *
make_buffer (BsTrackSource *self, const BsProgramEntry *entry)
{
  GstBuffer *buffer = bs_track_dup_buffer (self->program->track, entry->packet);
  if (!buffer)
    return NULL;
  g_autoptr (GstCaps) caps = packet_caps ();
  GST_BUFFER_PTS (buffer) = (GstClockTime) (entry->time_ns + WIRE_OFFSET_NS);
  GST_BUFFER_DURATION (buffer) = (GstClockTime) entry->duration_ns;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT | GST_BUFFER_FLAG_DECODE_ONLY);
  if (bs_track_packet (self->program->track, entry->packet)->is_key)
    GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  gst_buffer_add_reference_timestamp_meta (buffer, caps, entry->packet, GST_CLOCK_TIME_NONE);
  return buffer;
}

static void
push_stream (BsTrackSource *self)
{
  g_autofree char *id = gst_pad_create_stream_id (self->pad, GST_ELEMENT (self),
                                                  self->program->is_picture ? "picture" : "sound");
  GstEvent *event = gst_event_new_stream_start (id);
  gst_event_set_group_id (event, 1);
  gst_pad_push_event (self->pad, event);
  gst_pad_push_event (self->pad, gst_event_new_caps (self->program->track->caps));
}

static void
push_segment (BsTrackSource *self, gint64 start_ns, gint64 stop_ns)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = self->rate;
  segment.start = segment.position = (guint64) (start_ns + WIRE_OFFSET_NS);
  segment.stop = (guint64) (MAX (stop_ns, start_ns + 1) + WIRE_OFFSET_NS);
  segment.time = (guint64) start_ns;
  segment.base =
    (guint64) (self->base_ns + (gint64) ((double) (start_ns - self->from_ns) / self->rate));
  segment.duration = (guint64) self->duration_ns;
  GstEvent *event = gst_event_new_segment (&segment);
  if (self->seqnum)
    gst_event_set_seqnum (event, self->seqnum);
  gst_pad_push_event (self->pad, event);
}

/* A gap makes a decoder give out all it holds; whoever draws must not hear of it. */
static void
enter_piece (BsTrackSource *self)
{
  const BsProgramPiece *piece = bs_program_piece (self->program, self->piece);
  gint64 stop = self->stop_ns >= 0 ? MIN (piece->stop_ns, self->stop_ns) : piece->stop_ns;
  if (self->sent_any)
    gst_pad_push_event (self->pad,
                        gst_event_new_gap ((GstClockTime) (piece->start_ns + WIRE_OFFSET_NS), 0));
  push_segment (self, self->start_ns, stop);
}

/* Once for a stream: what some decoders must know is in packets of its own. */
static GstFlowReturn
push_headers (BsTrackSource *self)
{
  GstFlowReturn flow = GST_FLOW_OK;
  const BsTrack *track = self->program->track;
  for (guint i = 0; i < track->packets->len && flow == GST_FLOW_OK; i++) {
    if (!bs_track_packet (track, i)->is_header)
      continue;
    GstBuffer *buffer = bs_track_dup_buffer (track, i);
    flow = buffer ? gst_pad_push (self->pad, buffer) : GST_FLOW_ERROR;
  }
  self->sent_headers = flow == GST_FLOW_OK;
  return flow;
}

/* The end **********************************************************************/

static gint64
end_of_round (BsTrackSource *self)
{
  return self->stop_ns >= 0 ? self->stop_ns : self->duration_ns;
}

static void
finish (BsTrackSource *self)
{
  gint64 end = end_of_round (self);
  gst_pad_pause_task (self->pad);
  if (!self->in_segment) {
    GstEvent *eos = gst_event_new_eos ();
    if (self->seqnum)
      gst_event_set_seqnum (eos, self->seqnum);
    gst_pad_push_event (self->pad, eos);
    return;
  }
  GstEvent *event = gst_event_new_segment_done (GST_FORMAT_TIME, end);
  GstMessage *message = gst_message_new_segment_done (GST_OBJECT (self), GST_FORMAT_TIME, end);
  gst_event_set_seqnum (event, self->seqnum);
  gst_message_set_seqnum (message, self->seqnum);
  /* The decoder gives out what it holds before it is told that this was all. */
  gst_pad_push_event (self->pad, event);
  gst_element_post_message (GST_ELEMENT (self), message);
}

static void
next_piece (BsTrackSource *self)
{
  self->piece++;
  self->nothing = self->piece >= self->program->pieces->len;
  if (self->nothing)
    return;
  const BsProgramPiece *piece = bs_program_piece (self->program, self->piece);
  self->entry = piece->first;
  self->start_ns = piece->start_ns;
  self->begin_piece = TRUE;
  if (self->stop_ns >= 0 && piece->start_ns >= self->stop_ns)
    self->nothing = TRUE;
}

/* The task *********************************************************************/

static void
stop_for (BsTrackSource *self, GstFlowReturn flow)
{
  gst_pad_pause_task (self->pad);
  if (flow == GST_FLOW_FLUSHING)
    return;
  if (flow == GST_FLOW_NOT_LINKED || flow < GST_FLOW_EOS)
    GST_ELEMENT_FLOW_ERROR (self, flow);
  gst_pad_push_event (self->pad, gst_event_new_eos ());
}

static GstFlowReturn
push_next (BsTrackSource *self)
{
  if (self->begin_stream) {
    push_stream (self);
    self->begin_stream = FALSE;
  }
  if (self->begin_piece) {
    enter_piece (self);
    self->begin_piece = FALSE;
  }
  if (!self->sent_headers) {
    GstFlowReturn flow = push_headers (self);
    if (flow != GST_FLOW_OK)
      return flow;
  }
  GstBuffer *buffer = make_buffer (self, bs_program_entry (self->program, self->entry++));
  self->sent_any = TRUE;
  return buffer ? gst_pad_push (self->pad, buffer) : GST_FLOW_ERROR;
}

static void
loop (gpointer data)
{
  BsTrackSource *self = BS_TRACK_SOURCE (GST_PAD_PARENT (data));
  if (!self->nothing &&
      self->entry >= bs_program_end_before (self->program, self->piece, self->stop_ns))
    next_piece (self);
  if (self->nothing) {
    if (self->begin_stream)
      push_stream (self);
    if (self->begin_stream || self->begin_piece)
      push_segment (self, MIN (self->from_ns, self->duration_ns), end_of_round (self));
    self->begin_stream = self->begin_piece = FALSE;
    finish (self);
    return;
  }
  GstFlowReturn flow = push_next (self);
  /* All of the piece is shown. */
  if (flow == GST_FLOW_EOS)
    self->entry = G_MAXUINT;
  else if (flow != GST_FLOW_OK)
    stop_for (self, flow);
}

/* Seeking **********************************************************************/

static void
go_to (BsTrackSource *self, gint64 time_ns)
{
  self->from_ns = time_ns;
  self->begin_piece = TRUE;
  self->nothing =
    !bs_program_find (self->program, time_ns, &self->piece, &self->entry, &self->start_ns);
  if (!self->nothing && self->stop_ns >= 0 && self->start_ns >= self->stop_ns)
    self->nothing = TRUE;
}

static void
take_seek (BsTrackSource *self, GstEvent *event)
{
  GstSeekFlags flags;
  GstSeekType start_type, stop_type;
  gint64 start, stop;
  double rate;
  gint64 round_ns = end_of_round (self) - self->from_ns;
  gst_event_parse_seek (event, &rate, NULL, &flags, &start_type, &start, &stop_type, &stop);
  self->base_ns = flags & GST_SEEK_FLAG_FLUSH
                    ? 0
                    : self->base_ns + (gint64) ((double) MAX (round_ns, 0) / self->rate);
  self->rate = rate;
  self->stop_ns = stop_type == GST_SEEK_TYPE_SET && stop >= 0 ? MIN (stop, self->duration_ns) : -1;
  self->in_segment = (flags & GST_SEEK_FLAG_SEGMENT) != 0;
  self->seqnum = gst_event_get_seqnum (event);
  if (flags & GST_SEEK_FLAG_FLUSH)
    self->sent_any = FALSE;
  go_to (self, start_type == GST_SEEK_TYPE_SET ? MAX (start, 0) : 0);
  if (self->in_segment) {
    GstMessage *message =
      gst_message_new_segment_start (GST_OBJECT (self), GST_FORMAT_TIME, self->from_ns);
    gst_message_set_seqnum (message, self->seqnum);
    gst_element_post_message (GST_ELEMENT (self), message);
  }
}

static GstEvent *
with_seqnum (GstEvent *event, guint32 seqnum)
{
  gst_event_set_seqnum (event, seqnum);
  return event;
}

static gboolean
seek (BsTrackSource *self, GstEvent *event)
{
  GstSeekFlags flags;
  GstFormat format;
  double rate;
  guint32 seqnum = gst_event_get_seqnum (event);
  gst_event_parse_seek (event, &rate, &format, &flags, NULL, NULL, NULL, NULL);
  if (format != GST_FORMAT_TIME || rate <= 0)
    return FALSE;
  gboolean flush = (flags & GST_SEEK_FLAG_FLUSH) != 0;
  if (flush)
    gst_pad_push_event (self->pad, with_seqnum (gst_event_new_flush_start (), seqnum));
  else
    gst_pad_pause_task (self->pad);
  GST_PAD_STREAM_LOCK (self->pad);
  if (flush)
    gst_pad_push_event (self->pad, with_seqnum (gst_event_new_flush_stop (TRUE), seqnum));
  take_seek (self, event);
  gst_pad_start_task (self->pad, loop, self->pad, NULL);
  GST_PAD_STREAM_UNLOCK (self->pad);
  return TRUE;
}

static gboolean
pad_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  gboolean done = TRUE;
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_SEEK:
    done = seek (BS_TRACK_SOURCE (parent), event);
    break;
  case GST_EVENT_QOS:
  case GST_EVENT_LATENCY:
  case GST_EVENT_NAVIGATION:
  case GST_EVENT_RECONFIGURE:
    break;
  default:
    return gst_pad_event_default (pad, parent, event);
  }
  gst_event_unref (event);
  return done;
}

static gboolean
pad_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  BsTrackSource *self = BS_TRACK_SOURCE (parent);
  GstFormat format;
  switch (GST_QUERY_TYPE (query)) {
  case GST_QUERY_DURATION:
    gst_query_parse_duration (query, &format, NULL);
    if (format != GST_FORMAT_TIME)
      return FALSE;
    gst_query_set_duration (query, format, self->duration_ns);
    return TRUE;
  case GST_QUERY_SEEKING:
    gst_query_parse_seeking (query, &format, NULL, NULL, NULL);
    gst_query_set_seeking (query, format, format == GST_FORMAT_TIME, 0, self->duration_ns);
    return TRUE;
  case GST_QUERY_LATENCY:
    gst_query_set_latency (query, FALSE, 0, GST_CLOCK_TIME_NONE);
    return TRUE;
  default:
    return gst_pad_query_default (pad, parent, query);
  }
}

static gboolean
activate (GstPad *pad, GstObject *parent, GstPadMode mode, gboolean active)
{
  BsTrackSource *self = BS_TRACK_SOURCE (parent);
  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;
  if (!active)
    return gst_pad_stop_task (pad);
  self->begin_stream = TRUE;
  self->sent_headers = self->sent_any = FALSE;
  self->stop_ns = -1;
  self->base_ns = 0;
  self->rate = 1;
  self->in_segment = FALSE;
  go_to (self, 0);
  return gst_pad_start_task (pad, loop, pad, NULL);
}

/* Life ************************************************************************/

static void
bs_track_source_dispose (GObject *object)
{
  g_clear_pointer (&BS_TRACK_SOURCE (object)->program, bs_program_unref);
  G_OBJECT_CLASS (bs_track_source_parent_class)->dispose (object);
}

static void
bs_track_source_class_init (BsTrackSourceClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_track_source_dispose;
  gst_element_class_add_static_pad_template (element_class, &pad_template);
  gst_element_class_set_static_metadata (element_class, "Packets of a clip", "Source",
                                         "Gives a decoder what was read before", "Blendscope");
}

static void
bs_track_source_init (BsTrackSource *self)
{
  self->pad = gst_pad_new_from_static_template (&pad_template, "src");
  gst_pad_set_event_function (self->pad, pad_event);
  gst_pad_set_query_function (self->pad, pad_query);
  gst_pad_set_activatemode_function (self->pad, activate);
  gst_element_add_pad (GST_ELEMENT (self), self->pad);
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
}

/**
 * bs_track_source_new:
 * @program: what is shown
 * @duration_ns: the length of the clip, of which the program may be a part
 *
 * Any thread.
 *
 * Returns: (transfer floating): an element at rest
 */
GstElement *
bs_track_source_new (BsProgram *program, gint64 duration_ns)
{
  BsTrackSource *self = g_object_new (BS_TYPE_TRACK_SOURCE, NULL);
  self->program = bs_program_ref (program);
  self->duration_ns = MAX (duration_ns, bs_program_end (program));
  return GST_ELEMENT (self);
}
