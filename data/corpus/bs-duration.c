/* SPDX-License-Identifier: MIT */
/* How long a clip is, from its container alone (ISO/IEC 14496-12 and QuickTime: the box mvhd in moov).
 * A corpus of thousands is measured by a few reads a file, without a decoder. */
#include "data/corpus/bs-duration.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAX_BOXES 4096

typedef struct {
  guint64 start; /* of its contents */
  guint64 end;
} Range;

static gboolean
read_at (int fd, guint64 offset, guint8 *out, gsize n)
{
  return offset <= G_MAXINT64 && pread (fd, out, n, (off_t) offset) == (gssize) n;
}

static guint64
big_endian (const guint8 *bytes, gsize n)
{
  guint64 value = 0;
  for (gsize i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

/* A size of 1 stands for one of 64 bits behind the type, 0 for all that is left. */
static gboolean
read_box (int fd, guint64 at, guint64 end, char type[4], Range *contents)
{
  guint8 head[16];
  gsize head_size = 8;
  if (end - at < 8 || !read_at (fd, at, head, 8))
    return FALSE;
  guint64 size = big_endian (head, 4);
  memcpy (type, head + 4, 4);
  if (size == 1) {
    head_size = 16;
    if (end - at < 16 || !read_at (fd, at, head, 16))
      return FALSE;
    size = big_endian (head + 8, 8);
  } else if (size == 0) {
    size = end - at;
  }
  if (size < head_size || size > end - at)
    return FALSE;
  *contents = (Range){ at + head_size, at + size };
  return TRUE;
}

static gboolean
find_box (int fd, Range within, const char *wanted, Range *found)
{
  char type[4];
  guint64 at = within.start;
  for (int i = 0; i < MAX_BOXES && at < within.end; i++, at = found->end) {
    if (!read_box (fd, at, within.end, type, found))
      return FALSE;
    if (memcmp (type, wanted, 4) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
read_header (int fd, Range mvhd, double *seconds)
{
  guint8 bytes[32];
  if (mvhd.end - mvhd.start < 20 || !read_at (fd, mvhd.start, bytes, 20))
    return FALSE;
  gboolean wide = bytes[0] == 1;
  if (wide && (mvhd.end - mvhd.start < 32 || !read_at (fd, mvhd.start, bytes, 32)))
    return FALSE;
  guint64 scale = big_endian (bytes + (wide ? 20 : 12), 4);
  guint64 length = wide ? big_endian (bytes + 24, 8) : big_endian (bytes + 16, 4);
  /* All ones is the format's word for not known; files in fragments have 0. */
  if (scale == 0 || length == 0 || length == (wide ? G_MAXUINT64 : G_MAXUINT32))
    return FALSE;
  *seconds = (double) length / (double) scale;
  return TRUE;
}

/**
 * bs_duration_read:
 * @path: a .mov or .mp4
 * @seconds: (out): how long it is
 *
 * Reads headers of boxes alone. Matroska and WebM are not read.
 *
 * Returns: whether the file says so
 */
gboolean
bs_duration_read (const char *path, double *seconds)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return FALSE;
  off_t size = lseek (fd, 0, SEEK_END);
  Range file = { 0, size > 0 ? (guint64) size : 0 }, moov, mvhd;
  gboolean known = find_box (fd, file, "moov", &moov) && find_box (fd, moov, "mvhd", &mvhd) &&
                   read_header (fd, mvhd, seconds);
  close (fd);
  return known;
}
