/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsBox:
 * @type: four letters and a nought
 * @at: where it begins in the file
 * @start: where its contents begin
 * @end: where they end
 *
 * A box of a QuickTime or MP4 file, or a range of the file that holds boxes.
 */
typedef struct {
  char type[5];
  guint64 at;
  guint64 start;
  guint64 end;
} BsBox;

/**
 * BsBoxStatus:
 * @BS_BOX_FOUND: there is a box
 * @BS_BOX_END: there is none any more
 * @BS_BOX_CUT: there is one, but it reaches beyond what holds it
 * @BS_BOX_BAD: these bytes are no box
 */
typedef enum { BS_BOX_FOUND, BS_BOX_END, BS_BOX_CUT, BS_BOX_BAD } BsBoxStatus;

BsBox bs_box_of_file (int fd);
BsBoxStatus bs_box_next (int fd, const BsBox *within, guint64 *at, BsBox *box);
gboolean bs_box_find (int fd, const BsBox *within, const char *type, BsBox *box);
gboolean bs_box_read (int fd, guint64 offset, void *out, gsize n);
guint64 bs_box_number (const guint8 *bytes, gsize n);

G_END_DECLS
