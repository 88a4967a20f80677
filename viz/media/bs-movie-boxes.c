/* SPDX-License-Identifier: MIT */
/* Whether a QuickTime or MP4 file breaks off, and how many frames it should have. A file with its
 * index in front plays without a word as far as it goes: GStreamer takes the missing rest for the
 * end. Both say it by their boxes, ISO/IEC 14496-12, 4.2: one of them reaches beyond the file. */
#include "viz/media/bs-movie-boxes.h"

#define BOX(a, b, c, d) ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (d))

/* An index of a clip of hours has some megabytes. */
#define MAX_INDEX_BYTES (64 * 1024 * 1024)

typedef struct {
  const guint8 *data;
  gsize size;
} Span;

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* The length of a box whose first bytes are given, header and all: 0 where it reaches to the end
 * of what it is in, 1 where it is none. */
static guint64
read_header (const guint8 *data, gsize size, guint32 *type, gsize *header)
{
  guint64 length = size >= 8 ? read_u32 (data) : 1;
  *header = 8;
  *type = size >= 8 ? read_u32 (data + 4) : 0;
  if (length == 1 && size >= 16) {
    *header = 16;
    length = (guint64) read_u32 (data + 8) << 32 | read_u32 (data + 12);
  }
  return length == 0 || length >= *header ? length : 1;
}

/* Takes the next box of a span. */
static gboolean
take_box (Span *rest, guint32 *type, Span *body)
{
  gsize header;
  guint64 length = read_header (rest->data, rest->size, type, &header);
  if (length == 0)
    length = rest->size;
  if (length == 1 || length > rest->size)
    return FALSE;
  *body = (Span){ rest->data + header, (gsize) length - header };
  *rest = (Span){ rest->data + length, rest->size - (gsize) length };
  return TRUE;
}

static Span
find_box (Span inside, guint32 wanted)
{
  guint32 type;
  Span body;
  while (take_box (&inside, &type, &body))
    if (type == wanted)
      return body;
  return (Span){ NULL, 0 };
}

/* The samples of a track, 0 where it is not a picture's. */
static guint
count_samples (Span track)
{
  Span media = find_box (track, BOX ('m', 'd', 'i', 'a'));
  Span handler = find_box (media, BOX ('h', 'd', 'l', 'r'));
  Span information = find_box (media, BOX ('m', 'i', 'n', 'f'));
  Span table = find_box (information, BOX ('s', 't', 'b', 'l'));
  Span sizes = find_box (table, BOX ('s', 't', 's', 'z'));
  if (handler.size < 12 || read_u32 (handler.data + 8) != BOX ('v', 'i', 'd', 'e') ||
      sizes.size < 12)
    return 0;
  return read_u32 (sizes.data + 8);
}

/* The first track with a picture is the one that is played. */
static guint
count_frames (Span movie)
{
  guint32 type;
  Span body;
  guint n = 0;
  while (n == 0 && take_box (&movie, &type, &body))
    if (type == BOX ('t', 'r', 'a', 'k'))
      n = count_samples (body);
  return n;
}

static gsize
read_at (GFileInputStream *stream, guint64 offset, void *buffer, gsize size,
         GCancellable *cancellable)
{
  gsize n_read = 0;
  if (g_seekable_seek (G_SEEKABLE (stream), (goffset) offset, G_SEEK_SET, cancellable, NULL))
    g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, size, &n_read, cancellable, NULL);
  return n_read;
}

static guint
read_movie (GFileInputStream *stream, guint64 offset, gsize size, GCancellable *cancellable)
{
  g_autofree guint8 *data = g_try_malloc (MAX (size, 1));
  if (!data || read_at (stream, offset, data, size, cancellable) != size)
    return 0;
  return count_frames ((Span){ data, size });
}

/**
 * bs_movie_boxes_count_if_cut:
 * @path: a clip
 * @cancellable: (nullable): ends it early
 *
 * Reads the outermost boxes of a file and the index among them, no frames. Blocks as long as the
 * file system does.
 *
 * Returns: how many frames the index of a QuickTime or MP4 file speaks of, where the file ends
 *   before it should; 0 for a whole file, another format, or an index that is missing itself
 */
guint
bs_movie_boxes_count_if_cut (const char *path, GCancellable *cancellable)
{
  g_return_val_if_fail (path != NULL, 0);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autoptr (GFileInfo) info =
    stream
      ? g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL)
      : NULL;
  guint64 size = info ? (guint64) g_file_info_get_size (info) : 0, offset = 0;
  guint n_frames = 0;
  while (offset < size) {
    guint8 start[16];
    guint32 type;
    gsize header;
    gsize n_read = read_at (stream, offset, start, sizeof start, cancellable);
    guint64 length = read_header (start, n_read, &type, &header);
    if (length < header)
      return 0;
    if (length > size - offset)
      return n_frames;
    if (type == BOX ('m', 'o', 'o', 'v') && length <= MAX_INDEX_BYTES)
      n_frames = read_movie (stream, offset + header, (gsize) length - header, cancellable);
    offset += length;
  }
  return 0;
}
