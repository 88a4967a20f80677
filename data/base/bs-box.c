/* SPDX-License-Identifier: MIT */
/* The boxes of QuickTime and MP4 files (ISO/IEC 14496-12, 4.2), found by small reads from a file
 * that may be of any size, cut, or no such file at all. */
#include "data/base/bs-box.h"

#include <string.h>
#include <unistd.h>

#define MAX_BOXES 4096

/**
 * bs_box_read:
 * @fd: a file
 * @offset: where in it
 * @out: (out): room for @n bytes
 * @n: how many
 *
 * Any thread; the file's own position stays.
 *
 * Returns: whether all were there
 */
gboolean
bs_box_read (int fd, guint64 offset, void *out, gsize n)
{
  return offset <= G_MAXINT64 && pread (fd, out, n, (off_t) offset) == (gssize) n;
}

/**
 * bs_box_number:
 * @bytes: the first byte is the highest
 * @n: how many, up to 8
 *
 * Returns: the number they stand for
 */
guint64
bs_box_number (const guint8 *bytes, gsize n)
{
  guint64 value = 0;
  for (gsize i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

/**
 * bs_box_of_file:
 * @fd: a file
 *
 * Returns: the whole file, as what holds its outermost boxes
 */
BsBox
bs_box_of_file (int fd)
{
  off_t size = lseek (fd, 0, SEEK_END);
  return (BsBox){ .end = size > 0 ? (guint64) size : 0 };
}

/**
 * bs_box_next:
 * @fd: a file
 * @within: what is read
 * @at: (inout): where the box begins; afterwards, where the next one does
 * @box: (out): the box; one that is cut ends where @within does
 *
 * A size of 1 stands for one of 64 bits behind the type, 0 for all that is left.
 *
 * Returns: what there is
 */
BsBoxStatus
bs_box_next (int fd, const BsBox *within, guint64 *at, BsBox *box)
{
  guint8 head[16];
  gsize head_size = 8;
  if (*at >= within->end)
    return BS_BOX_END;
  guint64 left = within->end - *at;
  if (left < 8 || !bs_box_read (fd, *at, head, 8))
    return BS_BOX_BAD;
  guint64 size = bs_box_number (head, 4);
  if (size == 1) {
    head_size = 16;
    if (left < 16 || !bs_box_read (fd, *at, head, 16))
      return BS_BOX_BAD;
    size = bs_box_number (head + 8, 8);
  } else if (size == 0) {
    size = left;
  }
  if (size < head_size)
    return BS_BOX_BAD;
  *box = (BsBox){ .at = *at, .start = *at + head_size, .end = *at + MIN (size, left) };
  memcpy (box->type, head + 4, 4);
  *at = box->end;
  return size > left ? BS_BOX_CUT : BS_BOX_FOUND;
}

/**
 * bs_box_find:
 * @fd: a file
 * @within: what is searched, not what its boxes hold in turn
 * @type: four letters
 * @box: (out): the first box of that type
 *
 * Returns: whether there is one that is whole
 */
gboolean
bs_box_find (int fd, const BsBox *within, const char *type, BsBox *box)
{
  guint64 at = within->start;
  for (int i = 0; i < MAX_BOXES && bs_box_next (fd, within, &at, box) == BS_BOX_FOUND; i++)
    if (strcmp (box->type, type) == 0)
      return TRUE;
  return FALSE;
}
