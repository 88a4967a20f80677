/* SPDX-License-Identifier: MIT */
/* What of a track is shown and when: edit lists are carried out here, as arithmetic.
 *
 * Every piece is decoded from a key frame on, and nothing of another piece is needed for it. Where
 * decoding begins anew after a seek is known for every picture: at the last key frame, or, for one
 * that is shown before that key frame though it comes after it (a leading picture of an open
 * group), at the key frame before. Decoders do not tell that such a picture is torn. */
#include "viz/media/bs-program.h"

/* Times of a track and of a movie are rounded apart, each to a nanosecond. */
#define ROUNDING_NS 4

/* Sound needs some of what was before it: frames overlap, some refer back. */
#define LEAD_NS (100 * GST_MSECOND)
#define MIN_LEAD_PACKETS 2

/* What a picture lasts where nothing says so. */
#define DEFAULT_DURATION_NS (GST_SECOND / 25)

#define NONE G_MAXUINT

typedef struct {
  BsProgram *program;
  /* For each packet: where decoding must begin, NONE where it cannot be decoded. */
  guint *restarts;
  /* For each packet: its entry in the piece that is being built. */
  guint *places;
} Builder;

static const BsPacket *
packet_at (const BsProgram *self, guint i)
{
  return bs_track_packet (self->track, i);
}

static guint
n_packets (const BsProgram *self)
{
  return self->track->packets->len;
}

/* Restarts ********************************************************************/

static gboolean
has_key (const BsProgram *self)
{
  for (guint i = 0; i < n_packets (self); i++)
    if (packet_at (self, i)->is_key && !packet_at (self, i)->is_header)
      return TRUE;
  return FALSE;
}

static void
find_picture_restarts (Builder *self)
{
  guint key = NONE, key_before = NONE;
  gboolean any_key = has_key (self->program);
  for (guint i = 0; i < n_packets (self->program); i++) {
    const BsPacket *packet = packet_at (self->program, i);
    self->restarts[i] = NONE;
    if (packet->is_header)
      continue;
    if (packet->is_key || (!any_key && key == NONE)) {
      key_before = key;
      key = i;
    }
    gboolean leads = key != NONE && packet->pts_ns < packet_at (self->program, key)->pts_ns;
    self->restarts[i] = leads && packet->is_open ? key_before : key;
  }
}

static void
find_sound_restarts (Builder *self)
{
  guint lead = 0;
  for (guint i = 0; i < n_packets (self->program); i++) {
    gint64 wanted = packet_at (self->program, i)->pts_ns - (gint64) LEAD_NS;
    while (lead + MIN_LEAD_PACKETS < i && packet_at (self->program, lead + 1)->pts_ns <= wanted)
      lead++;
    self->restarts[i] = packet_at (self->program, i)->is_header ? NONE : lead;
  }
}

/* Pieces **********************************************************************/

static gint64
duration_of (const BsProgram *self, guint i)
{
  gint64 duration = packet_at (self, i)->duration_ns;
  if (duration > 0 || self->is_picture)
    return MAX (duration, 0);
  return i + 1 < n_packets (self)
           ? MAX (packet_at (self, i + 1)->pts_ns - packet_at (self, i)->pts_ns, 0)
           : 0;
}

/**
 * bs_cut_has:
 * @cut: a cut
 * @media_ns: a time of its track
 *
 * Returns: whether what begins then is shown: a picture counts if it begins within the cut
 */
gboolean
bs_cut_has (const BsCut *cut, gint64 media_ns)
{
  return media_ns >= cut->media_ns - ROUNDING_NS &&
         (cut->length_ns < 0 || media_ns < cut->media_ns + cut->length_ns - ROUNDING_NS);
}

/* Sound counts as far as it lies in the cut. */
static gboolean
is_within (const BsProgram *self, guint i, const BsCut *cut)
{
  const BsPacket *packet = packet_at (self, i);
  if (packet->pts_ns < 0 || packet->is_hidden || packet->is_header)
    return FALSE;
  if (self->is_picture)
    return bs_cut_has (cut, packet->pts_ns);
  gint64 end = packet->pts_ns + duration_of (self, i);
  return end > cut->media_ns + ROUNDING_NS &&
         (cut->length_ns < 0 || packet->pts_ns < cut->media_ns + cut->length_ns - ROUNDING_NS);
}

static gint64
place_of (const BsProgram *self, guint i, const BsCut *cut)
{
  return packet_at (self, i)->pts_ns - cut->media_ns + cut->start_ns;
}

/* Which packets a piece is made of. */
static gboolean
find_range (const Builder *self, const BsCut *cut, guint *first, guint *last)
{
  gboolean any = FALSE;
  *first = NONE;
  for (guint i = 0; i < n_packets (self->program); i++) {
    if (!is_within (self->program, i, cut))
      continue;
    if (self->restarts[i] == NONE) {
      self->program->n_torn++;
      continue;
    }
    *first = MIN (*first, self->restarts[i]);
    *last = i;
    any = TRUE;
  }
  return any;
}

static void
add_entries (Builder *self, const BsCut *cut, guint first, guint last, GArray *shown)
{
  BsProgram *program = self->program;
  for (guint i = first; i <= last; i++) {
    if (self->restarts[i] == NONE)
      continue;
    guint place = self->places[i] = program->entries->len;
    BsProgramEntry entry = { .packet = i,
                             .time_ns = place_of (program, i, cut),
                             .duration_ns = program->is_picture ? 1 : duration_of (program, i) };
    /* What only lies in between may itself need more than is there; nobody aims at it. */
    guint restart = MAX (self->restarts[i], first);
    entry.restart = restart == i ? place : self->places[restart];
    g_array_append_val (program->entries, entry);
    if (is_within (program, i, cut))
      g_array_append_val (shown, place);
  }
}

static int
compare_shown (gconstpointer a, gconstpointer b, gpointer data)
{
  const BsProgram *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gint64 s = bs_program_entry (self, x)->time_ns, t = bs_program_entry (self, y)->time_ns;
  return s != t ? (s > t) - (s < t) : (x > y) - (x < y);
}

static BsProgramEntry *
entry_at (BsProgram *self, guint i)
{
  return &g_array_index (self->entries, BsProgramEntry, i);
}

/* Two pictures at one time keep their order: each begins at least a nanosecond after the one
 * before it, and so has a time of its own. */
static void
order_pictures (BsProgram *self, GArray *shown, const BsCut *cut, BsProgramPiece *piece)
{
  g_array_sort_with_data (shown, compare_shown, self);
  BsProgramEntry *before = NULL;
  for (guint i = 0; i < shown->len; i++) {
    BsProgramEntry *entry = entry_at (self, g_array_index (shown, guint, i));
    if (before) {
      entry->time_ns = MAX (entry->time_ns, before->time_ns + 1);
      before->duration_ns = entry->time_ns - before->time_ns;
    }
    before = entry;
  }
  gint64 mean = shown->len > 1
                  ? (before->time_ns - entry_at (self, g_array_index (shown, guint, 0))->time_ns) /
                      (shown->len - 1)
                  : (gint64) DEFAULT_DURATION_NS;
  /* Parsers make up impossible ones where a stream of variable rate states none. */
  gint64 stated = packet_at (self, before->packet)->duration_ns;
  before->duration_ns = stated >= (gint64) GST_MSECOND ? stated : MAX (mean, 1);
  piece->start_ns = entry_at (self, g_array_index (shown, guint, 0))->time_ns;
  piece->stop_ns = before->time_ns + before->duration_ns;
  if (cut->length_ns >= 0)
    piece->stop_ns =
      MAX (MIN (piece->stop_ns, cut->start_ns + cut->length_ns), before->time_ns + 1);
  before->duration_ns = piece->stop_ns - before->time_ns;
  g_array_append_vals (self->shown, shown->data, shown->len);
}

static void
bound_sound (BsProgram *self, GArray *shown, const BsCut *cut, BsProgramPiece *piece)
{
  const BsProgramEntry *first = entry_at (self, g_array_index (shown, guint, 0));
  const BsProgramEntry *last = entry_at (self, g_array_index (shown, guint, shown->len - 1));
  piece->start_ns = MAX (first->time_ns, cut->start_ns);
  piece->stop_ns = last->time_ns + last->duration_ns;
  if (cut->length_ns >= 0)
    piece->stop_ns = MIN (piece->stop_ns, cut->start_ns + cut->length_ns);
}

static void
add_piece (Builder *self, const BsCut *cut)
{
  guint first, last;
  if (!find_range (self, cut, &first, &last))
    return;
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  BsProgramPiece piece = { .first = self->program->entries->len };
  add_entries (self, cut, first, last, shown);
  piece.end = self->program->entries->len;
  if (self->program->is_picture)
    order_pictures (self->program, shown, cut, &piece);
  else
    bound_sound (self->program, shown, cut, &piece);
  if (piece.stop_ns > piece.start_ns)
    g_array_append_val (self->program->pieces, piece);
}

/* In a gap between two pieces the last picture stands. */
static void
hold_pictures (BsProgram *self)
{
  for (guint i = 0; i + 1 < self->shown->len; i++) {
    BsProgramEntry *entry = entry_at (self, g_array_index (self->shown, guint, i));
    entry->duration_ns =
      entry_at (self, g_array_index (self->shown, guint, i + 1))->time_ns - entry->time_ns;
  }
  for (guint i = 0; i + 1 < self->pieces->len; i++)
    g_array_index (self->pieces, BsProgramPiece, i).stop_ns =
      bs_program_piece (self, i + 1)->start_ns;
}

/**
 * bs_program_new:
 * @track: a track that was read
 * @is_picture: whether it is one of pictures
 * @cuts: (array length=n_cuts): what of it is shown, in the clip's order
 * @n_cuts: how many
 *
 * Returns: (transfer full): what a decoder gets, and when
 */
BsProgram *
bs_program_new (BsTrack *track, gboolean is_picture, const BsCut *cuts, guint n_cuts)
{
  BsProgram *self = g_atomic_rc_box_new0 (BsProgram);
  self->track = bs_track_ref (track);
  self->is_picture = is_picture;
  self->entries = g_array_new (FALSE, FALSE, sizeof (BsProgramEntry));
  self->pieces = g_array_new (FALSE, FALSE, sizeof (BsProgramPiece));
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *restarts = g_new (guint, n_packets (self) + 1);
  g_autofree guint *places = g_new0 (guint, n_packets (self) + 1);
  Builder builder = { self, restarts, places };
  if (is_picture)
    find_picture_restarts (&builder);
  else
    find_sound_restarts (&builder);
  for (guint i = 0; i < n_cuts; i++)
    add_piece (&builder, &cuts[i]);
  if (is_picture)
    hold_pictures (self);
  return self;
}

/**
 * bs_program_ref:
 * @self: a program
 *
 * Returns: (transfer full): @self; any thread
 */
BsProgram *
bs_program_ref (BsProgram *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_program (gpointer data)
{
  BsProgram *self = data;
  bs_track_unref (self->track);
  g_array_unref (self->entries);
  g_array_unref (self->pieces);
  g_array_unref (self->shown);
}

/**
 * bs_program_unref:
 * @self: (transfer full): a program
 *
 * Any thread.
 */
void
bs_program_unref (BsProgram *self)
{
  g_atomic_rc_box_release_full (self, clear_program);
}

/**
 * bs_program_move:
 * @self: a program that is not used yet
 * @by_ns: by how much it is shown later
 */
void
bs_program_move (BsProgram *self, gint64 by_ns)
{
  for (guint i = 0; i < self->entries->len; i++)
    entry_at (self, i)->time_ns += by_ns;
  for (guint i = 0; i < self->pieces->len; i++) {
    g_array_index (self->pieces, BsProgramPiece, i).start_ns += by_ns;
    g_array_index (self->pieces, BsProgramPiece, i).stop_ns += by_ns;
  }
}

/* Finding *********************************************************************/

/**
 * bs_program_start:
 * @self: a program
 *
 * Returns: when it begins, 0 where nothing is shown
 */
gint64
bs_program_start (const BsProgram *self)
{
  return self->pieces->len > 0 ? bs_program_piece (self, 0)->start_ns : 0;
}

/**
 * bs_program_end:
 * @self: a program
 *
 * Returns: when it ends, 0 where nothing is shown
 */
gint64
bs_program_end (const BsProgram *self)
{
  return self->pieces->len > 0 ? bs_program_piece (self, self->pieces->len - 1)->stop_ns : 0;
}

/**
 * bs_program_entry:
 * @self: a program
 * @i: an entry
 *
 * Returns: it
 */
const BsProgramEntry *
bs_program_entry (const BsProgram *self, guint i)
{
  return &g_array_index (self->entries, BsProgramEntry, i);
}

/**
 * bs_program_piece:
 * @self: a program
 * @i: a piece
 *
 * Returns: it
 */
const BsProgramPiece *
bs_program_piece (const BsProgram *self, guint i)
{
  return &g_array_index (self->pieces, BsProgramPiece, i);
}

/* The picture on show at a time. */
static guint
find_picture (const BsProgram *self, gint64 time_ns)
{
  guint low = 0, high = self->shown->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (bs_program_entry (self, g_array_index (self->shown, guint, middle))->time_ns <= time_ns)
      low = middle + 1;
    else
      high = middle;
  }
  return g_array_index (self->shown, guint, MAX (low, 1) - 1);
}

static guint
find_sound (const BsProgram *self, const BsProgramPiece *piece, gint64 time_ns)
{
  guint i = piece->first;
  while (i + 1 < piece->end &&
         bs_program_entry (self, i)->time_ns + bs_program_entry (self, i)->duration_ns <= time_ns)
    i++;
  return i;
}

/**
 * bs_program_find:
 * @self: a program
 * @time_ns: a time of the clip
 * @piece: (out): the piece that is shown then, or the next one
 * @entry: (out): where decoding must begin so that it comes out whole
 * @start_ns: (out): the first time that is shown
 *
 * Returns: whether anything is shown then or later
 */
gboolean
bs_program_find (const BsProgram *self, gint64 time_ns, guint *piece, guint *entry,
                 gint64 *start_ns)
{
  *piece = 0;
  while (*piece < self->pieces->len && bs_program_piece (self, *piece)->stop_ns <= time_ns)
    (*piece)++;
  if (*piece == self->pieces->len)
    return FALSE;
  const BsProgramPiece *found = bs_program_piece (self, *piece);
  *start_ns = MAX (time_ns, found->start_ns);
  guint target =
    self->is_picture ? find_picture (self, *start_ns) : find_sound (self, found, *start_ns);
  *entry = MAX (bs_program_entry (self, target)->restart, found->first);
  return TRUE;
}

/**
 * bs_program_end_before:
 * @self: a program
 * @piece: a piece
 * @stop_ns: a time, -1 for none
 *
 * Returns: the entry behind the last that is needed of a piece for what begins before that time
 */
guint
bs_program_end_before (const BsProgram *self, guint piece, gint64 stop_ns)
{
  const BsProgramPiece *found = bs_program_piece (self, piece);
  guint end = found->end;
  if (stop_ns < 0)
    return end;
  while (end > found->first && bs_program_entry (self, end - 1)->time_ns >= stop_ns)
    end--;
  return end;
}
