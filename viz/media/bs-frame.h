/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BsFrame:
 * @width_px: pixels across, as decoded
 * @height_px: pixels down
 * @stride: bytes from row to row
 * @par_n: pixel aspect ratio, numerator
 * @par_d: pixel aspect ratio, denominator
 * @pixels: BGRx bytes (cairo's RGB24 on little-endian machines)
 * @time_ns: stream time of the frame's start, from the clip's index where there is one
 * @index: number of the frame in the clip, from 0; -1 where unknown
 *
 * One decoded picture. Reference counted, immutable; any thread may read it.
 */
typedef struct {
  int width_px;
  int height_px;
  int stride;
  int par_n;
  int par_d;
  const guint8 *pixels;
  gint64 time_ns;
  int index;
  /*< private >*/
  gpointer mapped;
  GDestroyNotify unmap;
} BsFrame;

#define BS_TYPE_FRAME (bs_frame_get_type ())

GType bs_frame_get_type (void);
BsFrame *bs_frame_ref (BsFrame *self);
void bs_frame_unref (BsFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFrame, bs_frame_unref)

G_END_DECLS
