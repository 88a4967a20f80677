/* SPDX-License-Identifier: MIT */
/* A label as a small disc: one emotion's colour with its letter, or two colours whose areas are
 * the saliences. */
#include "viz/chart/bs-glyph-private.h"

#include <math.h>

/**
 * bs_glyph_chord:
 * @share: part of the disc's area, 0 to 1
 *
 * The upright chord of a unit disc that has @share of its area on the left lies at
 * -cos (theta / 2), where theta - sin (theta) = 2 pi share; the root is bracketed in [0, 2 pi]
 * and halved.
 *
 * Returns: the chord's place, -1 to 1
 */
double
bs_glyph_chord (double share)
{
  double low = 0, high = 2 * G_PI;

  for (int i = 0; i < 40; i++) {
    double middle = (low + high) / 2;

    if (middle - sin (middle) < 2 * G_PI * share)
      low = middle;
    else
      high = middle;
  }
  return -cos (low / 2);
}

static void
draw_unknown (BsPainter *painter, double x, double y, double radius)
{
  double dash = radius / 2;

  cairo_new_path (painter->cr);
  cairo_arc (painter->cr, x, y, radius - .75, 0, 2 * G_PI);
  cairo_set_dash (painter->cr, &dash, 1, 0);
  cairo_set_line_width (painter->cr, 1.5);
  bs_color_set (painter->cr, painter->theme->dim);
  cairo_stroke (painter->cr);
  cairo_set_dash (painter->cr, NULL, 0, 0);
}

/**
 * bs_glyph_draw:
 * @painter: a painter
 * @x: centre
 * @y: centre
 * @radius: of the disc
 * @first: emotion in official order; -1 for a label that is not known
 * @second: the other emotion of a blend, -1 for a single
 * @first_share: salience of @first, 0 to 1; its part of the disc, on the left
 */
void
bs_glyph_draw (BsPainter *painter, double x, double y, double radius, int first, int second,
               double first_share)
{
  cairo_t *cr = painter->cr;
  const BsChartTheme *theme = painter->theme;
  BsColor color = bs_emotion_color (first, theme);

  if (first < 0) {
    draw_unknown (painter, x, y, radius);
    return;
  }
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  bs_color_set (cr, color);
  cairo_fill (cr);
  if (second < 0) {
    BsFont font = { radius * 1.25, TRUE };

    bs_painter_text (painter, font, bs_color_text_on (color), x, y, .5, .5,
                     bs_emotion_letter (first));
    return;
  }
  /* An arc from the chord's upper end over the right to its lower end. */
  double angle = acos (CLAMP (bs_glyph_chord (first_share), -1, 1));

  cairo_arc (cr, x, y, radius, -angle, angle);
  cairo_close_path (cr);
  bs_color_set (cr, bs_emotion_color (second, theme));
  cairo_fill (cr);
}
