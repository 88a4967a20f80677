/* SPDX-License-Identifier: MIT */
/* How long a clip is, from its container alone (ISO/IEC 14496-12 and QuickTime: the box mvhd in
 * moov). A corpus of thousands is measured by a few reads a file, without a decoder. */
#include "data/corpus/bs-duration.h"

#include <fcntl.h>
#include <unistd.h>

#include "data/base/bs-box.h"

static gboolean
read_header (int fd, const BsBox *mvhd, double *seconds)
{
  guint8 bytes[32];
  if (mvhd->end - mvhd->start < 20 || !bs_box_read (fd, mvhd->start, bytes, 20))
    return FALSE;
  gboolean wide = bytes[0] == 1;
  if (wide && (mvhd->end - mvhd->start < 32 || !bs_box_read (fd, mvhd->start, bytes, 32)))
    return FALSE;
  guint64 scale = bs_box_number (bytes + (wide ? 20 : 12), 4);
  guint64 length = wide ? bs_box_number (bytes + 24, 8) : bs_box_number (bytes + 16, 4);
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
  BsBox file = bs_box_of_file (fd), moov, mvhd;
  gboolean known = bs_box_find (fd, &file, "moov", &moov) &&
                   bs_box_find (fd, &moov, "mvhd", &mvhd) && read_header (fd, &mvhd, seconds);
  close (fd);
  return known;
}
