/* SPDX-License-Identifier: MIT */
/* What is around the face: the studio's backdrop, shoulders and clothes. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

/**
 * bs_demo_body_draw_backdrop:
 * @self: a head
 * @cr: a context
 * @width: of the picture, in pixels
 * @height: likewise
 *
 * Paints the backdrop: cloth in even colour with a pool of light behind the person.
 */
void
bs_demo_body_draw_backdrop (const BsDemoHead *self, cairo_t *cr, int width, int height)
{
  BsDemoColour base = self->look->backdrop;
  double x = 0.44 * width, y = 0.40 * height;
  cairo_pattern_t *pool = cairo_pattern_create_radial (x, y, 0.05 * width, x, y, 0.68 * width);
  static const double shades[][2] = { { 0, 1.55 }, { 0.35, 1.2 }, { 0.7, 0.8 }, { 1, 0.52 } };
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++) {
    double s = shades[i][1];
    cairo_pattern_add_color_stop_rgb (pool, shades[i][0], fmin (base.r * s, 1),
                                      fmin (base.g * s, 1), fmin (base.b * s, 1));
  }
  cairo_set_source (cr, pool);
  cairo_paint (cr);
  cairo_pattern_destroy (pool);
}

static void
shoulder_path (const BsDemoHead *self, cairo_t *cr)
{
  double w = self->look->neck_width, broad = 1.12 - 0.16 * self->look->feminine;
  const double half[7][2] = { { 0.50 * w, 1.72 },     { 0.72 * w, 1.86 },
                              { 1.15 * broad, 2.02 }, { 1.70 * broad, 2.17 },
                              { 2.05 * broad, 2.45 }, { 2.20 * broad, 3.0 },
                              { 2.25 * broad, 3.6 } };
  BsDemoPoint p[14];
  for (int i = 0; i < 7; i++) {
    p[6 - i] = bs_demo_body_at (self, -half[i][0], half[i][1]);
    p[7 + i] = bs_demo_body_at (self, half[i][0], half[i][1]);
  }
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, p, 14, FALSE);
  cairo_close_path (cr);
}

static void
fill_cloth (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour cloth = self->look->garment;
  BsDemoPoint left = bs_demo_body_at (self, -2.1, 2), right = bs_demo_body_at (self, 2.1, 3.2);
  cairo_pattern_t *p = cairo_pattern_create_linear (left.x, left.y, right.x, right.y);
  static const double shades[][2] = { { 0, 0.80 }, { 0.25, 1.12 }, { 0.55, 0.92 }, { 1, 0.5 } };
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++) {
    BsDemoColour c = bs_demo_colour_mix ((BsDemoColour){ 0, 0, 0 }, cloth, fmin (shades[i][1], 1));
    if (shades[i][1] > 1)
      c = bs_demo_colour_mix (cloth, (BsDemoColour){ 1, 1, 1 }, shades[i][1] - 1);
    cairo_pattern_add_color_stop_rgb (p, shades[i][0], c.r, c.g, c.b);
  }
  cairo_set_source (cr, p);
  cairo_fill (cr);
  cairo_pattern_destroy (p);
}

static void
draw_crew (const BsDemoHead *self, cairo_t *cr, double depth, double width)
{
  BsDemoPoint line[] = { bs_demo_body_at (self, -width, 1.76),
                         bs_demo_body_at (self, -width * 0.72, 1.76 + 0.62 * depth),
                         bs_demo_body_at (self, 0, 1.76 + depth),
                         bs_demo_body_at (self, width * 0.72, 1.76 + 0.62 * depth),
                         bs_demo_body_at (self, width, 1.76) };
  BsDemoColour cloth = self->look->garment;
  bs_demo_stroke_taper (cr, line, (double[]){ 7, 8, 8, 8, 7 }, 5,
                        bs_demo_colour_scale (cloth, 0.72), 1);
  for (int i = 0; i < 5; i++)
    line[i].y += 4;
  bs_demo_stroke_taper (cr, line, (double[]){ 1, 1.5, 1.5, 1.5, 1 }, 5,
                        bs_demo_colour_scale (cloth, 0.4), 0.8);
}

/* Skin that the neckline leaves free. */
static void
fill_throat (const BsDemoHead *self, cairo_t *cr, double depth, double width)
{
  BsDemoPoint p[] = { bs_demo_body_at (self, -width, 1.74), bs_demo_body_at (self, 0, 1.76 + depth),
                      bs_demo_body_at (self, width, 1.74) };
  cairo_new_path (cr);
  cairo_move_to (cr, p[0].x, p[0].y);
  if (self->look->neckline == BS_DEMO_NECKLINE_CREW) {
    BsDemoPoint a = bs_demo_body_at (self, -width * 0.7, 1.76 + depth * 1.1);
    BsDemoPoint b = bs_demo_body_at (self, width * 0.7, 1.76 + depth * 1.1);
    bs_demo_path_cubic (cr, a, b, p[2]);
  } else {
    cairo_line_to (cr, p[1].x, p[1].y);
    cairo_line_to (cr, p[2].x, p[2].y);
  }
  cairo_close_path (cr);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, 0.70), 1);
  cairo_fill (cr);
}

static void
draw_collar (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour cloth = self->look->garment;
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint flap[] = { bs_demo_body_at (self, side * 0.60, 1.60),
                           bs_demo_body_at (self, side * 0.02, 2.12),
                           bs_demo_body_at (self, side * 0.34, 2.34),
                           bs_demo_body_at (self, side * 0.84, 1.90) };
    cairo_new_path (cr);
    for (int i = 0; i < 4; i++)
      cairo_line_to (cr, flap[i].x, flap[i].y);
    cairo_close_path (cr);
    bs_demo_set_colour (cr, bs_demo_colour_scale (cloth, side < 0 ? 1.12 : 0.86), 1);
    cairo_fill_preserve (cr);
    bs_demo_set_colour (cr, bs_demo_colour_scale (cloth, 0.5), 0.8);
    cairo_set_line_width (cr, 1.2);
    cairo_stroke (cr);
  }
}

static void
draw_neckline (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour cloth = self->look->garment;
  double w = 0.62 * self->look->neck_width;
  switch (self->look->neckline) {
  case BS_DEMO_NECKLINE_V:
    for (int side = -1; side <= 1; side += 2) {
      BsDemoPoint edge[] = { bs_demo_body_at (self, side * w * 1.08, 1.72),
                             bs_demo_body_at (self, side * w * 0.55, 2.02),
                             bs_demo_body_at (self, 0, 2.36) };
      bs_demo_stroke_taper (cr, edge, (double[]){ 6, 7, 6 }, 3, bs_demo_colour_scale (cloth, 0.72),
                            1);
    }
    break;
  case BS_DEMO_NECKLINE_SHIRT:
    draw_collar (self, cr);
    break;
  case BS_DEMO_NECKLINE_ROLL: {
    BsDemoPoint roll[] = { bs_demo_body_at (self, -w * 0.98, 1.55),
                           bs_demo_body_at (self, -w * 0.6, 1.70), bs_demo_body_at (self, 0, 1.75),
                           bs_demo_body_at (self, w * 0.6, 1.70),
                           bs_demo_body_at (self, w * 0.98, 1.55) };
    bs_demo_stroke_taper (cr, roll, (double[]){ 22, 26, 27, 26, 22 }, 5,
                          bs_demo_colour_scale (cloth, 0.86), 1);
    for (int i = 0; i < 5; i++)
      roll[i].y += 10;
    bs_demo_stroke_taper (cr, roll, (double[]){ 1, 3, 3, 3, 1 }, 5,
                          bs_demo_colour_scale (cloth, 0.45), 0.6);
    break;
  }
  case BS_DEMO_NECKLINE_CREW:
  default:
    draw_crew (self, cr, 0.30, w * 1.06);
    break;
  }
}

/**
 * bs_demo_body_draw:
 * @self: a head
 * @cr: a context
 *
 * Paints shoulders, clothes and neck.
 */
void
bs_demo_body_draw (const BsDemoHead *self, cairo_t *cr)
{
  shoulder_path (self, cr);
  fill_cloth (self, cr);
  bs_demo_skin_draw_neck (self, cr);
  /* The neck's lower end disappears below the cloth again. */
  double w = 0.62 * self->look->neck_width;
  cairo_save (cr);
  BsDemoPoint below = bs_demo_body_at (self, 0, 1.74);
  cairo_rectangle (cr, 0, below.y, 4 * self->origin_x, 10 * self->unit);
  cairo_clip (cr);
  shoulder_path (self, cr);
  fill_cloth (self, cr);
  cairo_restore (cr);
  double depth = self->look->neckline == BS_DEMO_NECKLINE_V       ? 0.60
                 : self->look->neckline == BS_DEMO_NECKLINE_SHIRT ? 0.42
                                                                  : 0.30;
  if (self->look->neckline != BS_DEMO_NECKLINE_ROLL)
    fill_throat (self, cr, depth, w * 1.06);
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint crease[] = { bs_demo_body_at (self, side * 1.25, 2.2),
                             bs_demo_body_at (self, side * 1.0, 2.5),
                             bs_demo_body_at (self, side * 0.9, 2.9) };
    bs_demo_stroke_taper (cr, crease, (double[]){ 1, 6, 2 }, 3,
                          bs_demo_colour_scale (self->look->garment, 0.55), 0.35);
  }
  draw_neckline (self, cr);
}
