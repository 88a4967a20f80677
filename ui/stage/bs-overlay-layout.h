/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsCorner:
 *
 * Where a panel stands.
 */
typedef enum {
  BS_CORNER_TOP_LEFT,
  BS_CORNER_TOP_RIGHT,
  BS_CORNER_BOTTOM_LEFT,
  BS_CORNER_BOTTOM_RIGHT,
  BS_N_CORNERS,
} BsCorner;

/**
 * BsOverlayBox:
 * @width: natural, at scale 1
 * @height: likewise
 * @corner: where it stands
 * @wanted: whether it is to be shown
 * @shown: (out): whether there is room for it
 * @x: (out): left edge
 * @y: (out): top edge
 *
 * One panel over a picture.
 */
typedef struct {
  int width;
  int height;
  BsCorner corner;
  gboolean wanted;
  gboolean shown;
  double x;
  double y;
} BsOverlayBox;

double bs_overlay_layout (BsOverlayBox *boxes, gsize n, double width, double height);
BsCorner bs_overlay_corner_near (double x, double y, double width, double height);
BsCorner bs_corner_moved (BsCorner corner, int across, int down);

static inline gboolean
bs_corner_is_right (BsCorner corner)
{
  return corner == BS_CORNER_TOP_RIGHT || corner == BS_CORNER_BOTTOM_RIGHT;
}

static inline gboolean
bs_corner_is_bottom (BsCorner corner)
{
  return corner == BS_CORNER_BOTTOM_LEFT || corner == BS_CORNER_BOTTOM_RIGHT;
}

G_END_DECLS
