/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/*
 * BsMovieEdit:
 * @length: how long it lasts, in the movie's units; to the end of the track where it is 0
 * @media_time: where in the track it begins, in the track's units; -1 for nothing
 *
 * One entry of an edit list.
 */
typedef struct {
  guint64 length;
  gint64 media_time;
} BsMovieEdit;

/*
 * BsMovieTrack:
 * @id: its number
 * @is_picture: whether it is one of pictures
 * @scale: units a second
 * @shift: what the demuxer adds to times so that none is negative, in units
 * @orientation: how the picture is to be turned
 * @edits: (element-type BsMovieEdit): empty where there is no list
 * @times: (element-type gint64): when each sample is shown, in units, without edits; empty for a
 *   file in fragments
 * @length: the sum of the samples' durations, in units
 * @refusal: (nullable): why the edits cannot be carried out, one sentence without the file's name
 */
typedef struct {
  guint32 id;
  gboolean is_picture;
  guint32 scale;
  gint64 shift;
  GstVideoOrientationMethod orientation;
  GArray *edits;
  GArray *times;
  guint64 length;
  char *refusal;
} BsMovieTrack;

/*
 * BsMovie:
 * @scale: units a second of the edits' lengths
 * @in_fragments: whether the samples are described all over the file
 * @tracks: (element-type BsMovieTrack): all of them
 * @patches: what is to be changed in the bytes before a demuxer sees them
 *
 * What the index of a QuickTime or MP4 file says. Immutable.
 */
typedef struct {
  guint32 scale;
  gboolean in_fragments;
  GPtrArray *tracks;
  GArray *patches;
} BsMovie;

BsMovie *bs_movie_read (const char *path);
void bs_movie_free (BsMovie *self);
const BsMovieTrack *bs_movie_find_track (const BsMovie *self, const char *stream_id);
void bs_movie_hide_edits (const BsMovie *self, GstElement *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMovie, bs_movie_free)

G_END_DECLS
