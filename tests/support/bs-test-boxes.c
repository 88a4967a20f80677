/* SPDX-License-Identifier: MIT */
/* Changes the index of a QuickTime or MP4 file that has it at its end, where its size is nobody
 * else's concern. Independent of how the program reads boxes. */
#include "tests/support/bs-test-boxes.h"

#include <string.h>

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 value;
  memcpy (&value, bytes, 4);
  return GUINT32_FROM_BE (value);
}

static void
put_u32 (GByteArray *out, guint32 value)
{
  guint32 wire = GUINT32_TO_BE (value);
  g_byte_array_append (out, (guint8 *) &wire, 4);
}

static void
put_u64 (GByteArray *out, guint64 value)
{
  put_u32 (out, value >> 32);
  put_u32 (out, (guint32) value);
}

/* Begins a box; end_box() fills in its size. */
static guint
begin_box (GByteArray *out, const char *type)
{
  guint at = out->len;
  put_u32 (out, 0);
  g_byte_array_append (out, (const guint8 *) type, 4);
  return at;
}

static void
end_box (GByteArray *out, guint at)
{
  guint32 wire = GUINT32_TO_BE (out->len - at);
  memcpy (out->data + at, &wire, 4);
}

/* The first box of a type in a range, its header included; NULL without one. */
static const guint8 *
find (const guint8 *from, const guint8 *to, const char *type)
{
  while (from + 8 <= to) {
    if (memcmp (from + 4, type, 4) == 0)
      return from;
    g_assert_cmpuint (get_u32 (from), >=, 8);
    from += get_u32 (from);
  }
  return NULL;
}

static const guint8 *
find_inside (const guint8 *box, const char *type)
{
  return find (box + 8, box + get_u32 (box), type);
}

static guint32
scale_in (const guint8 *header)
{
  return get_u32 (header + (header[8] == 1 ? 28 : 20));
}

/* Where the muxer's own list begins: behind what its encoder needs to get going. */
static guint32
own_start (const guint8 *trak)
{
  const guint8 *edts = find_inside (trak, "edts");
  const guint8 *elst = edts ? find_inside (edts, "elst") : NULL;
  guint32 start = 0;
  for (guint i = 0; elst && elst[8] == 0 && i < get_u32 (elst + 12); i++)
    if (get_u32 (elst + 20 + i * 12) != G_MAXUINT32)
      start = get_u32 (elst + 20 + i * 12);
  return start;
}

static void
put_edits (GByteArray *out, const TestEdit *edits, guint n, gboolean wide, guint32 movie_scale,
           guint32 track_scale, guint32 start)
{
  guint edts = begin_box (out, "edts"), elst = begin_box (out, "elst");
  put_u32 (out, wide ? 1u << 24 : 0);
  put_u32 (out, n);
  for (guint i = 0; i < n; i++) {
    guint64 length = (guint64) (edits[i].length_s * movie_scale + 0.5);
    gint64 from = edits[i].from_s < 0 ? -1 : (gint64) (edits[i].from_s * track_scale + 0.5) + start;
    if (wide) {
      put_u64 (out, length);
      put_u64 (out, (guint64) from);
    } else {
      put_u32 (out, (guint32) length);
      put_u32 (out, (guint32) from);
    }
    put_u32 (out, (guint32) (edits[i].rate * 65536));
  }
  end_box (out, elst);
  end_box (out, edts);
}

typedef struct {
  const char *kind;
  const TestEdit *edits;
  guint n_edits;
  gboolean wide;
  const int *matrix;
  guint32 movie_scale;
} Change;

static void
put_track (GByteArray *out, const guint8 *trak, const Change *change)
{
  const guint8 *mdia = find_inside (trak, "mdia");
  gboolean meant = memcmp (find_inside (mdia, "hdlr") + 16, change->kind, 4) == 0;
  guint at = begin_box (out, "trak");
  for (const guint8 *box = trak + 8; box < trak + get_u32 (trak); box += get_u32 (box)) {
    if (meant && change->edits && memcmp (box + 4, "edts", 4) == 0)
      continue;
    guint copy = out->len;
    g_byte_array_append (out, box, get_u32 (box));
    if (memcmp (box + 4, "tkhd", 4) != 0 || !meant)
      continue;
    static const guint places[] = { 0, 4, 12, 16 };
    for (guint i = 0; change->matrix && i < 4; i++) {
      guint32 wire = GUINT32_TO_BE ((guint32) (change->matrix[i] * 65536));
      memcpy (out->data + copy + (box[8] == 1 ? 60 : 48) + places[i], &wire, 4);
    }
    if (change->edits)
      put_edits (out, change->edits, change->n_edits, change->wide, change->movie_scale,
                 scale_in (find_inside (mdia, "mdhd")), own_start (trak));
  }
  end_box (out, at);
}

static void
change_file (const char *path, Change change)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  const guint8 *file = (const guint8 *) bytes;
  const guint8 *moov = find (file, file + size, "moov");
  g_assert_nonnull (moov);
  g_assert_true (moov + get_u32 (moov) == file + size);
  change.movie_scale = scale_in (find_inside (moov, "mvhd"));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_byte_array_append (out, file, (guint) (moov - file));
  guint at = begin_box (out, "moov");
  for (const guint8 *box = moov + 8; box < file + size; box += get_u32 (box)) {
    if (memcmp (box + 4, "trak", 4) == 0)
      put_track (out, box, &change);
    else
      g_byte_array_append (out, box, get_u32 (box));
  }
  end_box (out, at);
  g_assert_true (g_file_set_contents (path, (char *) out->data, out->len, NULL));
}

/**
 * bs_test_boxes_set_edits:
 * @path: a file with its index at its end
 * @kind: "vide" or "soun"
 * @edits: (array length=n): what its edit list shall say
 * @n: how many
 * @wide: whether in 64 bits
 */
void
bs_test_boxes_set_edits (const char *path, const char *kind, const TestEdit *edits, guint n,
                         gboolean wide)
{
  change_file (path, (Change){ .kind = kind, .edits = edits, .n_edits = n, .wide = wide });
}

/**
 * bs_test_boxes_set_matrix:
 * @path: a file with its index at its end
 * @a: where one to the right goes, to the right
 * @b: and down
 * @c: where one down goes, to the right
 * @d: and down
 *
 * Turns the picture.
 */
void
bs_test_boxes_set_matrix (const char *path, int a, int b, int c, int d)
{
  const int matrix[] = { a, b, c, d };
  change_file (path, (Change){ .kind = "vide", .matrix = matrix });
}

/* The only place of some bytes; %NULL without one. */
static guint8 *
find_only (guint8 *bytes, gsize size, const char *wanted)
{
  gsize length = strlen (wanted);
  guint8 *found = NULL;
  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (bytes + i, wanted, length) == 0) {
      g_assert_null (found);
      found = bytes + i;
    }
  return found;
}

/**
 * bs_test_boxes_hide_colours:
 * @path: a QuickTime, MP4 or Matroska file
 *
 * Makes what the container says of the colours into a place that is free, so that the stream alone
 * says it.
 */
void
bs_test_boxes_hide_colours (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  guint8 *box = find_only ((guint8 *) bytes, size, "colrnclx");
  if (box == NULL)
    box = find_only ((guint8 *) bytes, size, "colrnclc");
  if (box != NULL) {
    memcpy (box, "free", 4);
  } else {
    /* Colour is 55 B0, its size takes the eight bytes that 01 begins; Void is EC, which is one byte
     * shorter. */
    guint8 *element = find_only ((guint8 *) bytes, size, "\x55\xb0\x01");
    g_assert_nonnull (element);
    element[0] = 0xec;
    memmove (element + 1, element + 2, 8);
    element[8]++;
  }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}
