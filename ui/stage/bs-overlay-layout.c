/* SPDX-License-Identifier: MIT */
/* Where the panels over a picture stand, and how large: they grow with the picture, because on a
 * projector they are read from afar, shrink rather than lie on one another, and below what can
 * still be read the less important ones give way. */
#include "ui/stage/bs-overlay-layout.h"

#define MARGIN 12.0
#define GAP 8.0
/* The height at which panels have their natural size. */
#define USUAL_HEIGHT 400.0
/* What of the picture's growth the panels take part in: it is the picture that is looked at. */
#define GROWTH 0.6
#define LARGEST 1.75
#define SMALLEST 0.62
#define STEP 0.02

static void
place (BsOverlayBox *boxes, gsize n, double width, double height, double scale)
{
  double taken[BS_N_CORNERS] = { 0 };

  for (gsize i = 0; i < n; i++) {
    BsOverlayBox *box = &boxes[i];
    double w = box->width * scale, h = box->height * scale, edge = MARGIN * scale;
    double *offset = &taken[box->corner];

    if (!box->shown)
      continue;
    box->x = bs_corner_is_right (box->corner) ? width - edge - w : edge;
    box->y = bs_corner_is_bottom (box->corner) ? height - edge - *offset - h : edge + *offset;
    *offset += h + GAP * scale;
  }
}

static gboolean
clash (const BsOverlayBox *a, const BsOverlayBox *b, double scale)
{
  double gap = GAP * scale;

  return a->x < b->x + b->width * scale + gap && b->x < a->x + a->width * scale + gap &&
         a->y < b->y + b->height * scale + gap && b->y < a->y + a->height * scale + gap;
}

static gboolean
fits (const BsOverlayBox *boxes, gsize n, double width, double height, double scale)
{
  for (gsize i = 0; i < n; i++) {
    const BsOverlayBox *box = &boxes[i];

    if (!box->shown)
      continue;
    if (box->x < 0 || box->y < 0 || box->x + box->width * scale > width ||
        box->y + box->height * scale > height)
      return FALSE;
    for (gsize j = 0; j < i; j++)
      /* Panels of one corner stand a gap apart by themselves. */
      if (boxes[j].shown && boxes[j].corner != box->corner && clash (box, &boxes[j], scale))
        return FALSE;
  }
  return TRUE;
}

/* The last one shown gives way; the first stays whatever comes. */
static gboolean
give_way (BsOverlayBox *boxes, gsize n)
{
  for (gsize i = n; i-- > 1;)
    if (boxes[i].shown) {
      boxes[i].shown = FALSE;
      return TRUE;
    }
  return FALSE;
}

/**
 * bs_overlay_layout:
 * @boxes: (array length=n) (inout): panels, the most important first
 * @n: how many
 * @width: of the picture
 * @height: of the picture
 *
 * Puts every panel into its corner, those of one corner one after the other from the edge
 * inwards, none on another.
 *
 * Returns: the scale of all panels
 */
double
bs_overlay_layout (BsOverlayBox *boxes, gsize n, double width, double height)
{
  double grown = height / USUAL_HEIGHT;
  double largest = CLAMP (grown > 1 ? 1 + (grown - 1) * GROWTH : grown, SMALLEST, LARGEST);

  for (gsize i = 0; i < n; i++)
    boxes[i].shown = boxes[i].wanted;
  do {
    for (double scale = largest; scale > SMALLEST - STEP; scale -= STEP) {
      place (boxes, n, width, height, scale);
      if (fits (boxes, n, width, height, scale))
        return scale;
    }
  } while (give_way (boxes, n));
  return SMALLEST;
}

/**
 * bs_overlay_corner_near:
 * @x: a point
 * @y: a point
 * @width: of the picture
 * @height: of the picture
 *
 * Returns: the corner in whose quarter the point lies
 */
BsCorner
bs_overlay_corner_near (double x, double y, double width, double height)
{
  if (y < height / 2)
    return x < width / 2 ? BS_CORNER_TOP_LEFT : BS_CORNER_TOP_RIGHT;
  return x < width / 2 ? BS_CORNER_BOTTOM_LEFT : BS_CORNER_BOTTOM_RIGHT;
}

/**
 * bs_corner_moved:
 * @corner: where a panel stands
 * @across: below 0 to the left, above 0 to the right
 * @down: below 0 up, above 0 down
 *
 * Returns: the corner on that side, which may be the same
 */
BsCorner
bs_corner_moved (BsCorner corner, int across, int down)
{
  gboolean right = across != 0 ? across > 0 : bs_corner_is_right (corner);
  gboolean bottom = down != 0 ? down > 0 : bs_corner_is_bottom (corner);

  if (bottom)
    return right ? BS_CORNER_BOTTOM_RIGHT : BS_CORNER_BOTTOM_LEFT;
  return right ? BS_CORNER_TOP_RIGHT : BS_CORNER_TOP_LEFT;
}
