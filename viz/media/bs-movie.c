/* SPDX-License-Identifier: MIT */
/* The index of a QuickTime or MP4 file (ISO/IEC 14496-12): what tracks there are, how they are
 * turned, when their samples are shown and what of them the edit lists keep.
 *
 * GStreamer 1.22 carries edit lists out wrongly: it compares times of the track with the length of
 * the edited movie and so loses the end. Hence they are hidden from it, with all lengths raised to
 * the true end, and carried out by whoever plays the samples. */
#include "viz/media/bs-movie.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "data/base/bs-box.h"

/* An index of a clip of hours has some megabytes. */
#define MAX_TABLE_BYTES (64 * 1024 * 1024)
#define MAX_SAMPLES (16 * 1024 * 1024)

/* The demuxer leaves out a track whose length is stated to be more than five times that of its
 * samples. */
#define MAX_RAISE 4

typedef struct {
  guint64 at;
  guint8 n;
  guint8 bytes[8];
} Patch;

/* Where a header keeps its length. */
typedef struct {
  guint64 at;
  guint8 n;
  guint32 scale;
} LengthField;

typedef struct {
  int fd;
  BsMovie *movie;
  double matrix[4];
  LengthField movie_length;
  GArray *track_lengths;
} Reading;

static gint32
signed_number (const guint8 *bytes)
{
  return (gint32) (guint32) bs_box_number (bytes, 4);
}

/* The contents of a box of a table: version, flags, count, entries. */
static guint8 *
read_table (int fd, const BsBox *within, const char *type, gsize entry, gsize *n)
{
  BsBox box;
  *n = 0;
  if (!bs_box_find (fd, within, type, &box) || box.end - box.start < 8 ||
      box.end - box.start > MAX_TABLE_BYTES)
    return NULL;
  gsize size = (gsize) (box.end - box.start);
  g_autofree guint8 *bytes = g_malloc (size);
  if (!bs_box_read (fd, box.start, bytes, size))
    return NULL;
  *n = MIN (bs_box_number (bytes + 4, 4), (size - 8) / entry);
  return g_steal_pointer (&bytes);
}

/* Headers ********************************************************************/

static gboolean
read_length_field (int fd, const BsBox *box, LengthField *field)
{
  guint8 bytes[24];
  if (box->end - box->start < 24 || !bs_box_read (fd, box->start, bytes, 24))
    return FALSE;
  gboolean wide = bytes[0] == 1;
  if (wide && box->end - box->start < 32)
    return FALSE;
  field->scale = (guint32) bs_box_number (bytes + (wide ? 20 : 12), 4);
  field->at = box->start + (wide ? 24 : 16);
  field->n = wide ? 8 : 4;
  return field->scale > 0;
}

/* The part of a matrix that turns, 16.16 fixed: a and b are where one to the right goes, c and d
 * where one down goes. */
static void
read_matrix (int fd, const BsBox *box, gsize narrow, gsize wide, double matrix[4])
{
  guint8 version, bytes[20];
  matrix[0] = matrix[3] = 1;
  matrix[1] = matrix[2] = 0;
  if (!bs_box_read (fd, box->start, &version, 1))
    return;
  gsize offset = version == 1 ? wide : narrow;
  if (box->end - box->start < offset + 20 || !bs_box_read (fd, box->start + offset, bytes, 20))
    return;
  matrix[0] = signed_number (bytes);
  matrix[1] = signed_number (bytes + 4);
  matrix[2] = signed_number (bytes + 12);
  matrix[3] = signed_number (bytes + 16);
}

static GstVideoOrientationMethod
orientation_of (const double track[4], const double movie[4])
{
  double a = track[0] * movie[0] + track[1] * movie[2];
  double b = track[0] * movie[1] + track[1] * movie[3];
  double c = track[2] * movie[0] + track[3] * movie[2];
  double d = track[2] * movie[1] + track[3] * movie[3];
  if (ABS (a) + ABS (d) >= ABS (b) + ABS (c)) {
    if (a < 0)
      return d < 0 ? GST_VIDEO_ORIENTATION_180 : GST_VIDEO_ORIENTATION_HORIZ;
    return d < 0 ? GST_VIDEO_ORIENTATION_VERT : GST_VIDEO_ORIENTATION_IDENTITY;
  }
  if (b > 0)
    return c < 0 ? GST_VIDEO_ORIENTATION_90R : GST_VIDEO_ORIENTATION_UL_LR;
  return c < 0 ? GST_VIDEO_ORIENTATION_UR_LL : GST_VIDEO_ORIENTATION_90L;
}

/* Edits ***********************************************************************/

static void
read_edit (BsMovieTrack *track, const guint8 *entry, gboolean wide)
{
  BsMovieEdit edit;
  if (wide) {
    edit.length = bs_box_number (entry, 8);
    edit.media_time = (gint64) bs_box_number (entry + 8, 8);
  } else {
    edit.length = bs_box_number (entry, 4);
    edit.media_time = signed_number (entry + 4);
  }
  double rate = signed_number (entry + (wide ? 16 : 8)) / 65536.0;
  if (edit.media_time >= 0 && rate != 1 && !track->refusal)
    track->refusal =
      /* Translators: a speed, 1 is the usual one */
      g_strdup_printf (_ ("the edit list plays a part at speed %g, which is not supported"), rate);
  g_array_append_val (track->edits, edit);
}

static void
read_edits (Reading *self, const BsBox *trak, BsMovieTrack *track)
{
  BsBox edts;
  gsize n;
  if (!bs_box_find (self->fd, trak, "edts", &edts))
    return;
  g_autofree guint8 *narrow = read_table (self->fd, &edts, "elst", 12, &n);
  if (!narrow)
    return;
  gboolean wide = narrow[0] == 1;
  g_autofree guint8 *table =
    wide ? read_table (self->fd, &edts, "elst", 20, &n) : g_steal_pointer (&narrow);
  for (gsize i = 0; table && i < n; i++)
    read_edit (track, table + 8 + i * (wide ? 20 : 12), wide);
  Patch patch = { .at = edts.at + 4, .n = 4, .bytes = "free" };
  g_array_append_val (self->movie->patches, patch);
}

/* Samples *********************************************************************/

/* When samples are decoded. */
static void
read_decoding_times (Reading *self, const BsBox *stbl, BsMovieTrack *track)
{
  gsize n;
  g_autofree guint8 *table = read_table (self->fd, stbl, "stts", 8, &n);
  gint64 time = 0;
  for (gsize i = 0; table && i < n; i++) {
    guint64 count = bs_box_number (table + 8 + i * 8, 4);
    gint64 step = (gint64) bs_box_number (table + 12 + i * 8, 4);
    if (count > MAX_SAMPLES - track->times->len)
      break;
    for (guint64 k = 0; k < count; k++, time += step)
      g_array_append_val (track->times, time);
  }
  track->length = (guint64) time;
}

/* By how much later they are shown. The demuxer takes all offsets for signed ones. */
static void
add_composition_offsets (Reading *self, const BsBox *stbl, BsMovieTrack *track)
{
  gsize n;
  g_autofree guint8 *table = read_table (self->fd, stbl, "ctts", 8, &n);
  gint64 *times = (gint64 *) track->times->data;
  guint at = 0;
  gint32 least = 0;
  for (gsize i = 0; table && i < n; i++) {
    guint64 count = bs_box_number (table + 8 + i * 8, 4);
    gint32 offset = signed_number (table + 12 + i * 8);
    least = MIN (least, offset);
    for (; count > 0 && at < track->times->len; count--)
      times[at++] += offset;
  }
  if (!table)
    return;
  BsBox cslg;
  guint8 bytes[8];
  if (bs_box_find (self->fd, stbl, "cslg", &cslg) && cslg.end - cslg.start >= 8 &&
      bs_box_read (self->fd, cslg.start, bytes, 8))
    track->shift = (gint64) bs_box_number (bytes + 4, 4);
  else
    track->shift = -(gint64) least;
}

static void
read_samples (Reading *self, const BsBox *mdia, BsMovieTrack *track)
{
  BsBox minf, stbl;
  if (!bs_box_find (self->fd, mdia, "minf", &minf) || !bs_box_find (self->fd, &minf, "stbl", &stbl))
    return;
  read_decoding_times (self, &stbl, track);
  add_composition_offsets (self, &stbl, track);
}

/* Tracks **********************************************************************/

static void
free_track (gpointer data)
{
  BsMovieTrack *track = data;
  g_array_unref (track->edits);
  g_array_unref (track->times);
  g_free (track->refusal);
  g_free (track);
}

static gboolean
read_kind (int fd, const BsBox *mdia, BsMovieTrack *track)
{
  BsBox hdlr;
  guint8 bytes[12];
  if (!bs_box_find (fd, mdia, "hdlr", &hdlr) || hdlr.end - hdlr.start < 12 ||
      !bs_box_read (fd, hdlr.start, bytes, 12))
    return FALSE;
  track->is_picture = memcmp (bytes + 8, "vide", 4) == 0;
  return track->is_picture || memcmp (bytes + 8, "soun", 4) == 0;
}

static void
read_track (Reading *self, const BsBox *trak)
{
  BsBox tkhd, mdia, mdhd;
  guint8 bytes[24];
  LengthField field;
  double matrix[4];
  BsMovieTrack *track = g_new0 (BsMovieTrack, 1);
  track->edits = g_array_new (FALSE, FALSE, sizeof (BsMovieEdit));
  track->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!bs_box_find (self->fd, trak, "tkhd", &tkhd) || tkhd.end - tkhd.start < 24 ||
      !bs_box_read (self->fd, tkhd.start, bytes, 24) ||
      !bs_box_find (self->fd, trak, "mdia", &mdia) ||
      !bs_box_find (self->fd, &mdia, "mdhd", &mdhd) ||
      !read_length_field (self->fd, &mdhd, &field) || !read_kind (self->fd, &mdia, track)) {
    free_track (track);
    return;
  }
  track->id = (guint32) bs_box_number (bytes + (bytes[0] == 1 ? 20 : 12), 4);
  track->scale = field.scale;
  read_matrix (self->fd, &tkhd, 40, 52, matrix);
  track->orientation = orientation_of (matrix, self->matrix);
  read_edits (self, trak, track);
  read_samples (self, &mdia, track);
  g_array_append_val (self->track_lengths, field);
  g_ptr_array_add (self->movie->tracks, track);
}

/* Lengths *********************************************************************/

static double
end_of_track (const BsMovieTrack *track)
{
  gint64 end = (gint64) track->length;
  for (guint i = 0; i < track->times->len; i++)
    end = MAX (end, g_array_index (track->times, gint64, i) + track->shift);
  /* The sample shown last lasts as well; how long is all the same here. */
  return (double) end / track->scale +
         (double) track->length / track->scale / MAX (track->times->len, 1);
}

static void
raise_length (Reading *self, const LengthField *field, double seconds)
{
  Patch patch = { .at = field->at, .n = field->n };
  double limit = field->n == 4 ? (double) G_MAXUINT32 - 1 : (double) G_MAXINT64;
  guint64 length = (guint64) MIN (seconds * field->scale + 1, limit);
  for (int i = field->n - 1; i >= 0; i--, length >>= 8)
    patch.bytes[i] = length & 0xff;
  g_array_append_val (self->movie->patches, patch);
}

static void
raise_lengths (Reading *self)
{
  double end = 0;
  for (guint i = 0; i < self->movie->tracks->len; i++)
    end = MAX (end, end_of_track (g_ptr_array_index (self->movie->tracks, i)));
  if (self->movie->in_fragments || end <= 0)
    return;
  raise_length (self, &self->movie_length, end);
  for (guint i = 0; i < self->movie->tracks->len; i++) {
    const BsMovieTrack *track = g_ptr_array_index (self->movie->tracks, i);
    double own = (double) track->length / track->scale;
    raise_length (self, &g_array_index (self->track_lengths, LengthField, i),
                  MAX (MIN (end, own * MAX_RAISE), end_of_track (track)));
  }
}

static gboolean
read_movie (Reading *self, const BsBox *moov)
{
  BsBox mvhd, box;
  guint64 at = moov->start;
  if (!bs_box_find (self->fd, moov, "mvhd", &mvhd) ||
      !read_length_field (self->fd, &mvhd, &self->movie_length))
    return FALSE;
  self->movie->scale = self->movie_length.scale;
  self->movie->in_fragments = bs_box_find (self->fd, moov, "mvex", &box);
  read_matrix (self->fd, &mvhd, 36, 48, self->matrix);
  while (bs_box_next (self->fd, moov, &at, &box) == BS_BOX_FOUND)
    if (strcmp (box.type, "trak") == 0)
      read_track (self, &box);
  raise_lengths (self);
  return self->movie->tracks->len > 0;
}

/**
 * bs_movie_read:
 * @path: a clip
 *
 * Reads the index of a QuickTime or MP4 file, no samples. Blocks as long as the file system does.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL for other files, or without index
 */
BsMovie *
bs_movie_read (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return NULL;
  g_autoptr (BsMovie) movie = g_new0 (BsMovie, 1);
  movie->tracks = g_ptr_array_new_with_free_func (free_track);
  movie->patches = g_array_new (FALSE, FALSE, sizeof (Patch));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (LengthField));
  Reading reading = { .fd = fd, .movie = movie, .track_lengths = lengths };
  BsBox file = bs_box_of_file (fd), moov;
  gboolean read = bs_box_find (fd, &file, "moov", &moov) && read_movie (&reading, &moov);
  close (fd);
  return read ? g_steal_pointer (&movie) : NULL;
}

/**
 * bs_movie_free:
 * @self: (transfer full): an index
 */
void
bs_movie_free (BsMovie *self)
{
  g_ptr_array_unref (self->tracks);
  g_array_unref (self->patches);
  g_free (self);
}

/**
 * bs_movie_find_track:
 * @self: an index
 * @stream_id: (nullable): a stream's name as GStreamer's demuxer gives it, which ends in the
 *   track's number
 *
 * Returns: (nullable): the track
 */
const BsMovieTrack *
bs_movie_find_track (const BsMovie *self, const char *stream_id)
{
  const char *end = stream_id ? strrchr (stream_id, '/') : NULL;
  guint64 id = end ? g_ascii_strtoull (end + 1, NULL, 10) : 0;
  for (guint i = 0; i < self->tracks->len; i++) {
    const BsMovieTrack *track = g_ptr_array_index (self->tracks, i);
    if (track->id == id)
      return track;
  }
  return NULL;
}

/* Hiding **********************************************************************/

static void
patch_bytes (const Patch *patch, guint64 offset, guint8 *data, gsize size)
{
  for (guint i = 0; i < patch->n; i++)
    if (patch->at + i >= offset && patch->at + i - offset < size)
      data[patch->at + i - offset] = patch->bytes[i];
}

static gboolean
touches (const GArray *patches, guint64 offset, gsize size)
{
  for (guint i = 0; i < patches->len; i++) {
    const Patch *patch = &g_array_index (patches, Patch, i);
    if (patch->at < offset + size && patch->at + patch->n > offset)
      return TRUE;
  }
  return FALSE;
}

static GstPadProbeReturn
hide_cb (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  const GArray *patches = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (probe);
  GstMapInfo map;
  if (!buffer || !GST_BUFFER_OFFSET_IS_VALID (buffer) ||
      !touches (patches, GST_BUFFER_OFFSET (buffer), gst_buffer_get_size (buffer)))
    return GST_PAD_PROBE_OK;
  buffer = gst_buffer_make_writable (buffer);
  GST_PAD_PROBE_INFO_DATA (probe) = buffer;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return GST_PAD_PROBE_OK;
  for (guint i = 0; i < patches->len; i++)
    patch_bytes (&g_array_index (patches, Patch, i), GST_BUFFER_OFFSET (buffer), map.data,
                 map.size);
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

/**
 * bs_movie_hide_edits:
 * @self: an index
 * @source: what reads the file it was read from, at rest
 *
 * Whatever reads from @source sees a file without edit lists whose lengths are true.
 */
void
bs_movie_hide_edits (const BsMovie *self, GstElement *source)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_PULL | GST_PAD_PROBE_TYPE_BUFFER, hide_cb,
                     g_array_ref (self->patches), (GDestroyNotify) g_array_unref);
}
