/* SPDX-License-Identifier: MIT */
/* A clip as it is played: its streams, read from end to end, what its edit lists keep of them, and
 * what must be said about it. */
#include "viz/media/bs-media-clip.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viz/media/bs-decode-order.h"
#include "viz/media/bs-decoder.h"
#include "viz/media/bs-file-end.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-media-file.h"
#include "viz/media/bs-media-reader.h"
#include "viz/media/bs-movie.h"
#include "viz/media/bs-stream-colours.h"

/* Differences of this size between what is promised and what is there are rounding. */
#define SLACK_NS (100 * (gint64) GST_MSECOND)

typedef struct {
  const char *path;
  BsMediaClip *clip;
  const BsMovie *movie;
  BsMediaStreams streams;
  const BsMovieTrack *picture_track, *sound_track;
  /* The first time that is stated of either stream. */
  gint64 origin_ns;
} Loading;

static void
add_notice (BsMediaClip *self, char *sentence)
{
  g_ptr_array_add (self->notices, sentence);
}

/* Cuts ************************************************************************/

static gint64
to_ns (gint64 units, guint32 scale)
{
  return units < 0 ? -(gint64) gst_util_uint64_scale ((guint64) -units, GST_SECOND, scale)
                   : (gint64) gst_util_uint64_scale ((guint64) units, GST_SECOND, scale);
}

static GArray *
cuts_of_edits (const BsMovieTrack *track, guint32 movie_scale)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (BsCut));
  gint64 shift = to_ns (track->shift, track->scale);
  guint64 units = 0;
  for (guint i = 0; i < track->edits->len; i++) {
    const BsMovieEdit *edit = &g_array_index (track->edits, BsMovieEdit, i);
    if (edit->length > G_MAXINT64 / 4 - units)
      break;
    BsCut cut = { .start_ns = to_ns ((gint64) units, movie_scale),
                  .media_ns = to_ns (edit->media_time, track->scale) + shift };
    units += edit->length;
    cut.length_ns = edit->length > 0 ? to_ns ((gint64) units, movie_scale) - cut.start_ns : -1;
    if (edit->media_time >= 0)
      g_array_append_val (cuts, cut);
    if (edit->media_time >= 0 && edit->length == 0)
      break;
  }
  return cuts;
}

static gint64
first_time (const BsTrack *track)
{
  gint64 first = G_MAXINT64;
  for (guint i = 0; track && i < track->packets->len; i++) {
    const BsPacket *packet = bs_track_packet (track, i);
    if (!packet->is_header && packet->pts_ns >= 0)
      first = MIN (first, packet->pts_ns);
  }
  return first;
}

static void
find_origin (Loading *self)
{
  gint64 first = MIN (first_time (self->streams.picture), first_time (self->streams.sound));
  self->origin_ns = first == G_MAXINT64 ? 0 : first;
}

static BsProgram *
make_program (Loading *self, BsTrack *track, const BsMovieTrack *in_movie)
{
  if (!track || !track->caps)
    return NULL;
  gboolean is_picture = track == self->streams.picture;
  if (in_movie && in_movie->edits->len > 0) {
    g_autoptr (GArray) cuts = cuts_of_edits (in_movie, self->movie->scale);
    return bs_program_new (track, is_picture, (const BsCut *) cuts->data, cuts->len);
  }
  BsCut all = { .length_ns = -1, .media_ns = self->origin_ns };
  if (in_movie)
    all.media_ns = to_ns (in_movie->shift, in_movie->scale);
  return bs_program_new (track, is_picture, &all, 1);
}

/* Time in which there is neither picture nor sound yet is left out. */
static void
drop_common_beginning (BsMediaClip *self)
{
  gint64 start = G_MAXINT64;
  if (self->picture && self->picture->pieces->len > 0)
    start = bs_program_start (self->picture);
  if (self->sound && self->sound->pieces->len > 0)
    start = MIN (start, bs_program_start (self->sound));
  if (start == G_MAXINT64)
    return;
  if (self->picture)
    bs_program_move (self->picture, -start);
  if (self->sound)
    bs_program_move (self->sound, -start);
}

/* The index *******************************************************************/

static BsFrameIndex *
make_index (const BsProgram *picture)
{
  guint n = picture ? picture->shown->len : 0;
  g_autofree gint64 *times = g_new (gint64, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    times[i] = bs_program_entry (picture, g_array_index (picture->shown, guint, i))->time_ns;
  return bs_frame_index_new (times, (int) n, picture ? bs_program_end (picture) : 0);
}

/* How many pictures the file's own tables speak of within its edits. */
static guint
count_promised (const BsMovieTrack *track, guint32 movie_scale)
{
  g_autoptr (GArray) cuts = cuts_of_edits (track, movie_scale);
  guint n = 0;
  if (track->edits->len == 0)
    return track->times->len;
  for (guint c = 0; c < cuts->len; c++) {
    const BsCut *cut = &g_array_index (cuts, BsCut, c);
    for (guint i = 0; i < track->times->len; i++) {
      gint64 time = to_ns (g_array_index (track->times, gint64, i) + track->shift, track->scale);
      n += bs_cut_has (cut, time);
    }
  }
  return n;
}

/* Notices *********************************************************************/

static gboolean
can_decode (BsTrack *track)
{
  GstElement *decoder = bs_decoder_new (track->caps);
  if (!decoder)
    return FALSE;
  gst_object_ref_sink (decoder);
  gst_element_set_state (decoder, GST_STATE_NULL);
  gst_object_unref (decoder);
  return TRUE;
}

static const char *
note_missing_decoder (BsMediaClip *self, BsTrack *track, gboolean is_picture)
{
  if (!track || !track->caps || can_decode (track))
    return NULL;
  g_autofree char *missing = bs_decoder_describe_missing (track->caps);
  char *sentence = is_picture
                     /* Translators: why, "no decoder for ... is installed" */
                     ? g_strdup_printf (_ ("The picture cannot be shown: %s."), missing)
                     /* Translators: why, "no decoder for ... is installed" */
                     : g_strdup_printf (_ ("The sound cannot be heard: %s."), missing);
  add_notice (self, sentence);
  return sentence;
}

static void
note_colours (BsMediaClip *self, const BsTrack *track)
{
  GstVideoTransferFunction transfer = bs_stream_colours_get_transfer (track);
  const char *kind = NULL;
  if (transfer == GST_VIDEO_TRANSFER_SMPTE2084)
    kind = "PQ";
  else if (transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67)
    kind = "HLG";
  if (kind != NULL)
    add_notice (self, g_strdup_printf (
                        /* Translators: name of a transfer function, PQ or HLG */
                        _ ("The picture is made for bright screens (HDR, %s): it is shown without "
                           "tone mapping, and its colours and brightness are not true."),
                        kind));
}

/* Pictures that refer to what was before the first key frame. */
static void
note_torn (Loading *self)
{
  guint n = self->clip->picture ? self->clip->picture->n_torn : 0;
  if (n > 0)
    add_notice (self->clip,
                g_strdup_printf (ngettext ("%u picture is left out: what it was coded from is not "
                                           "in the file.",
                                           "%u pictures are left out: what they were coded from is "
                                           "not in the file.",
                                           n),
                                 n));
}

static gint64
end_of_clip (const BsMediaClip *self)
{
  return MAX (self->picture ? bs_program_end (self->picture) : 0,
              self->sound ? bs_program_end (self->sound) : 0);
}

/* Containers whose stated length is more than a guess. */
static gboolean
states_length (const Loading *self)
{
  const char *name = self->streams.container;
  return !self->movie && name &&
         (strstr (name, "matroska") || strstr (name, "webm") || strstr (name, "msvideo"));
}

static void
note_end (Loading *self)
{
  BsMediaClip *clip = self->clip;
  int n = bs_frame_index_get_n_frames (clip->index);
  guint promised = 0;
  if (self->picture_track && !self->movie->in_fragments)
    promised = count_promised (self->picture_track, self->movie->scale);
  if (clip->picture)
    promised -= MIN (promised, clip->picture->n_torn);
  gint64 stated = self->streams.duration_ns - self->origin_ns, end = end_of_clip (clip);
  if (promised > (guint) n)
    /* Translators: number of frames that can be played, number that there should be */
    add_notice (clip, g_strdup_printf (_ ("The file is incomplete: %d of %d frames are there."), n,
                                       (int) promised));
  else if (states_length (self) && stated > end + SLACK_NS * 4)
    add_notice (clip,
                /* Translators: two lengths in seconds */
                g_strdup_printf (_ ("The file is incomplete: %.1f of %.1f seconds are there."),
                                 (double) end / 1e9, (double) stated / 1e9));
  else if (bs_file_end_is_cut (self->path, self->streams.container))
    add_notice (clip, g_strdup (_ ("The file is incomplete: it breaks off before its end.")));
  else if (self->streams.broke_off)
    add_notice (clip, g_strdup (self->streams.broke_off));
}

/* An edit list may speak of what the track does not hold. */
static void
note_edits (Loading *self, const BsProgram *program, const BsMovieTrack *track)
{
  gint64 wanted = 0, there = 0;
  if (!track || !program)
    return;
  g_autoptr (GArray) cuts = cuts_of_edits (track, self->movie->scale);
  for (guint i = 0; i < cuts->len; i++)
    wanted += MAX (g_array_index (cuts, BsCut, i).length_ns, 0);
  for (guint i = 0; i < program->pieces->len; i++)
    there += bs_program_piece (program, i)->stop_ns - bs_program_piece (program, i)->start_ns;
  if (wanted > there + SLACK_NS && self->clip->notices->len == 0)
    add_notice (self->clip, g_strdup_printf (
                              program->is_picture
                                /* Translators: two lengths in seconds */
                                ? _ ("The edit list promises %.2f s of picture, %.2f s are there.")
                                : _ ("The edit list promises %.2f s of sound, %.2f s are there."),
                              (double) wanted / 1e9, (double) there / 1e9));
}

static void
add_notices (Loading *self)
{
  BsMediaClip *clip = self->clip;
  clip->no_picture = note_missing_decoder (clip, self->streams.picture, TRUE);
  clip->no_sound = note_missing_decoder (clip, self->streams.sound, FALSE);
  if (clip->picture)
    note_colours (clip, self->streams.picture);
  note_end (self);
  note_torn (self);
  note_edits (self, clip->picture, self->picture_track);
  note_edits (self, clip->sound, self->sound_track);
}

/* Loading *********************************************************************/

static gboolean
check_edits (const Loading *self, const BsMovieTrack *track, GError **error)
{
  if (!track || !track->refusal)
    return TRUE;
  g_autofree char *name = bs_media_file_name (self->path);
  g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_UNSUPPORTED, "%s: %s.", name, track->refusal);
  return FALSE;
}

static void
find_tracks (Loading *self)
{
  if (!self->movie)
    return;
  if (self->streams.picture)
    self->picture_track = bs_movie_find_track (self->movie, self->streams.picture->stream_id);
  if (self->streams.sound)
    self->sound_track = bs_movie_find_track (self->movie, self->streams.sound->stream_id);
}

static void
fill_info (Loading *self)
{
  BsMediaInfo *info = &self->clip->info;
  info->has_picture = self->streams.picture != NULL;
  info->has_sound = self->streams.sound != NULL;
  info->duration_ns = end_of_clip (self->clip);
  if (self->picture_track)
    info->orientation = self->picture_track->orientation;
  else if (self->streams.picture)
    info->orientation = self->streams.picture->orientation;
}

static gboolean
load (Loading *self, GCancellable *cancellable, GError **error)
{
  BsMediaStreams *streams = &self->streams;
  if (!bs_media_streams_read (streams, self->path, self->movie, cancellable, error))
    return FALSE;
  find_tracks (self);
  if (!check_edits (self, self->picture_track, error) ||
      !check_edits (self, self->sound_track, error))
    return FALSE;
  if (streams->picture && bs_decode_order_needed (streams->picture, streams->has_whole_frames) &&
      !bs_decode_order_mend (streams->picture, self->path, cancellable, error))
    return FALSE;
  find_origin (self);
  self->clip->picture = make_program (self, streams->picture, self->picture_track);
  self->clip->sound = make_program (self, streams->sound, self->sound_track);
  drop_common_beginning (self->clip);
  self->clip->index = make_index (self->clip->picture);
  fill_info (self);
  add_notices (self);
  return TRUE;
}

/**
 * bs_media_clip_new:
 * @path: the clip
 * @cancellable: (nullable): ends it early
 * @error: where to put a BS_MEDIA_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Reads a whole clip, and finds when each of its frames is shown. What cannot be told from the
 * container (AVI, MPEG program streams) is decoded, which is slow. Blocks; worker threads only.
 *
 * Returns: (transfer full) (nullable): the clip
 */
BsMediaClip *
bs_media_clip_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  bs_media_start ();
  g_autoptr (BsMovie) movie = bs_movie_read (path);
  g_autoptr (BsMediaClip) clip = g_atomic_rc_box_new0 (BsMediaClip);
  clip->notices = g_ptr_array_new_with_free_func (g_free);
  Loading loading = { .path = path, .clip = clip, .movie = movie };
  gboolean loaded = load (&loading, cancellable, error);
  bs_media_streams_clear (&loading.streams);
  return loaded ? g_steal_pointer (&clip) : NULL;
}

/**
 * bs_media_clip_ref:
 * @self: a clip
 *
 * Returns: (transfer full): @self; any thread
 */
BsMediaClip *
bs_media_clip_ref (BsMediaClip *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_clip (gpointer data)
{
  BsMediaClip *self = data;
  g_clear_pointer (&self->index, bs_frame_index_unref);
  g_clear_pointer (&self->picture, bs_program_unref);
  g_clear_pointer (&self->sound, bs_program_unref);
  g_ptr_array_unref (self->notices);
}

/**
 * bs_media_clip_unref:
 * @self: (transfer full): a clip
 *
 * Any thread.
 */
void
bs_media_clip_unref (BsMediaClip *self)
{
  g_atomic_rc_box_release_full (self, clear_clip);
}
