/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-track.h"

G_BEGIN_DECLS

/*
 * BsCut:
 * @start_ns: where in the clip it is shown
 * @length_ns: how long, -1 for as long as there is anything
 * @media_ns: where in the track it begins, in the packets' times
 *
 * A stretch of a track and its place in the clip: what an edit list is made of.
 */
typedef struct {
  gint64 start_ns;
  gint64 length_ns;
  gint64 media_ns;
} BsCut;

/*
 * BsProgramEntry:
 * @packet: which of the track's
 * @time_ns: when it is shown in the clip; outside of its piece for what is only decoded
 * @duration_ns: how long
 * @restart: from which entry decoding must begin so that this one comes out whole
 */
typedef struct {
  guint packet;
  gint64 time_ns;
  gint64 duration_ns;
  guint restart;
} BsProgramEntry;

/*
 * BsProgramPiece:
 * @start_ns: when it begins in the clip
 * @stop_ns: when it ends
 * @first: its first entry
 * @end: the entry behind its last
 *
 * What is decoded in one go.
 */
typedef struct {
  gint64 start_ns;
  gint64 stop_ns;
  guint first;
  guint end;
} BsProgramPiece;

/*
 * BsProgram:
 * @track: whose packets these are
 * @is_picture: whether they are pictures
 * @entries: (element-type BsProgramEntry): what a decoder gets from the beginning to the end
 * @pieces: (element-type BsProgramPiece): in the clip's order
 * @shown: (element-type guint): of pictures, the entry of each one shown, in order
 * @n_torn: how many pictures are left out because what they need is not there
 *
 * What of a track is shown, and when. Filled by one thread, then immutable. Reference counted.
 */
typedef struct {
  BsTrack *track;
  gboolean is_picture;
  GArray *entries;
  GArray *pieces;
  GArray *shown;
  guint n_torn;
} BsProgram;

gboolean bs_cut_has (const BsCut *cut, gint64 media_ns);

BsProgram *bs_program_new (BsTrack *track, gboolean is_picture, const BsCut *cuts, guint n_cuts);
BsProgram *bs_program_ref (BsProgram *self);
void bs_program_unref (BsProgram *self);
void bs_program_move (BsProgram *self, gint64 by_ns);
gint64 bs_program_start (const BsProgram *self);
gint64 bs_program_end (const BsProgram *self);
const BsProgramEntry *bs_program_entry (const BsProgram *self, guint i);
const BsProgramPiece *bs_program_piece (const BsProgram *self, guint i);
gboolean bs_program_find (const BsProgram *self, gint64 time_ns, guint *piece, guint *entry,
                          gint64 *start_ns);
guint bs_program_end_before (const BsProgram *self, guint piece, gint64 stop_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsProgram, bs_program_unref)

G_END_DECLS
