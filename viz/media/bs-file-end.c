/* SPDX-License-Identifier: MIT */
/* Whether a clip's file breaks off. GStreamer takes the missing rest for the end and says nothing;
 * most containers state how long their parts are, so that the last one tells. */
#include "viz/media/bs-file-end.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "data/base/bs-box.h"

/* Beginnings of parts, read one after the other; no clip has more. */
#define MAX_PARTS (8 * 1024 * 1024)

/* Little-endian numbers of AVI and ASF. */
static guint64
little_number (const guint8 *bytes, gsize n)
{
  guint64 value = 0;
  for (gsize i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* QuickTime and MP4 *************************************************************/

static gboolean
boxes_are_cut (int fd, guint64 size)
{
  BsBox file = { .end = size }, box;
  guint64 at = 0;
  BsBoxStatus status = BS_BOX_FOUND;
  for (int i = 0; i < MAX_PARTS && status == BS_BOX_FOUND; i++)
    status = bs_box_next (fd, &file, &at, &box);
  /* What is left is too short for a box. */
  return status == BS_BOX_CUT || (status == BS_BOX_BAD && size - at < 16);
}

/* Matroska and WebM *************************************************************/

/* RFC 8794: an identifier keeps its marking bit, a size does not. All ones is not known. */
static gboolean
read_vint (int fd, guint64 at, gboolean is_size, guint64 *value, gsize *length)
{
  guint8 bytes[8];
  if (!bs_box_read (fd, at, bytes, 1) || bytes[0] == 0)
    return FALSE;
  *length = 1;
  while (!(bytes[0] & (0x80 >> (*length - 1))))
    (*length)++;
  if (*length > 1 && !bs_box_read (fd, at, bytes, *length))
    return FALSE;
  *value = bs_box_number (bytes, *length);
  guint64 ones = ((guint64) 1 << (7 * *length)) - 1;
  if (is_size)
    *value = (*value & ones) == ones ? G_MAXUINT64 : *value & ones;
  return TRUE;
}

enum { EBML_SEGMENT = 0x18538067, EBML_CLUSTER = 0x1f43b675 };

/* Segments and clusters of unknown size are entered, all else is passed over. */
static gboolean
elements_are_cut (int fd, guint64 size)
{
  guint64 at = 0, id, length;
  gsize n_id, n_length;
  for (int i = 0; i < MAX_PARTS && at < size; i++) {
    if (!read_vint (fd, at, FALSE, &id, &n_id) ||
        !read_vint (fd, at + n_id, TRUE, &length, &n_length))
      return TRUE;
    guint64 contents = at + n_id + n_length;
    if (length != G_MAXUINT64 && length > size - MIN (contents, size))
      return TRUE;
    gboolean enter = id == EBML_SEGMENT || (id == EBML_CLUSTER && length == G_MAXUINT64);
    if (!enter && length == G_MAXUINT64)
      return FALSE;
    at = enter ? contents : contents + length;
  }
  return FALSE;
}

/* Others ***********************************************************************/

static gboolean
riff_is_cut (int fd, guint64 size)
{
  guint8 head[12];
  guint64 at = 0;
  while (at < size) {
    if (!bs_box_read (fd, at, head, sizeof head) || memcmp (head, "RIFF", 4) != 0)
      return FALSE;
    guint64 length = little_number (head + 4, 4);
    if (length > size - at - 8)
      return TRUE;
    at += 8 + length + (length & 1);
  }
  return FALSE;
}

/* RFC 3533: the last page of a stream is marked. */
static gboolean
pages_are_cut (int fd, guint64 size)
{
  guint8 tail[65536];
  gsize n = MIN (size, sizeof tail);
  if (!bs_box_read (fd, size - n, tail, n))
    return FALSE;
  for (gsize i = n; i >= 6; i--)
    if (memcmp (tail + i - 6, "OggS", 4) == 0)
      return !(tail[i - 1] & 4);
  return TRUE;
}

/* The file's size stands in its header, 16 bytes of identity and 8 of size into the properties. */
static gboolean
asf_is_cut (int fd, guint64 size)
{
  static const guint8 properties[] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                       0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  guint8 head[8192];
  gsize n = MIN (size, sizeof head);
  if (!bs_box_read (fd, 0, head, n))
    return FALSE;
  for (gsize i = 0; i + 48 <= n; i++)
    if (memcmp (head + i, properties, sizeof properties) == 0)
      return little_number (head + i + 40, 8) > size;
  return FALSE;
}

/* Packets of 188 bytes, or of 192 on Blu-ray discs. */
static gboolean
packets_are_cut (int fd, guint64 size)
{
  guint8 head[193];
  if (!bs_box_read (fd, 0, head, sizeof head))
    return FALSE;
  if (head[0] == 0x47 && head[188] == 0x47)
    return size % 188 != 0;
  return head[4] == 0x47 && size % 192 != 0;
}

/* ISO/IEC 13818-1, 2.5.3: packs have a length of their own, all else says it. */
static gboolean
packs_are_cut (int fd, guint64 size)
{
  guint64 at = 0;
  for (int i = 0; i < MAX_PARTS && at < size; i++) {
    guint8 head[14] = { 0 };
    gsize n = MIN (size - at, sizeof head);
    if (!bs_box_read (fd, at, head, n) || head[0] || head[1] || head[2] != 1)
      return i > 0 && n < 4;
    if (head[3] == 0xb9)
      return FALSE;
    if (head[3] == 0xba)
      at += head[4] & 0x40 ? 14u + (head[13] & 7) : 12;
    else
      at += 6 + bs_box_number (head + 4, 2);
  }
  return at > size;
}

typedef struct {
  const char *container;
  gboolean (*is_cut) (int fd, guint64 size);
} Kind;

static const Kind kinds[] = {
  { "video/quicktime", boxes_are_cut },     { "application/x-3gp", boxes_are_cut },
  { "audio/x-m4a", boxes_are_cut },         { "video/x-matroska", elements_are_cut },
  { "audio/x-matroska", elements_are_cut }, { "video/webm", elements_are_cut },
  { "audio/webm", elements_are_cut },       { "video/x-msvideo", riff_is_cut },
  { "application/ogg", pages_are_cut },     { "video/ogg", pages_are_cut },
  { "video/x-ms-asf", asf_is_cut },         { "video/mpegts", packets_are_cut },
  { "video/mpeg", packs_are_cut },
};

/**
 * bs_file_end_is_cut:
 * @path: a clip
 * @container: its container's type, as GStreamer names it
 *
 * Reads the beginnings of a file's parts. Blocks as long as the file system does.
 *
 * Returns: whether the file ends before it should, as far as its container can tell
 */
gboolean
bs_file_end_is_cut (const char *path, const char *container)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean cut = FALSE;
  if (fd < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (container, kinds[i].container) == 0)
      cut = kinds[i].is_cut (fd, bs_box_of_file (fd).end);
  close (fd);
  return cut;
}
