/* SPDX-License-Identifier: MIT */
/* Head, ears and neck, and the light on them: it comes from the upper left. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

static void
draw_ear (const BsDemoHead *self, cairo_t *cr, int side)
{
  double size = self->look->ear_size;
  double turn = side * self->sin_yaw;
  BsDemoPoint centre = bs_demo_head_rim (self, side * (1.02 - 0.05 * turn), 0.10, -0.25);
  double rx = self->unit * 0.15 * size * (1 - 0.9 * fmin (turn, 0.8));
  double ry = self->unit * 0.31 * size;
  double angle = bs_demo_head_angle (self) + side * 0.16;
  bs_demo_ellipse (cr, centre, rx, ry, angle);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, side < 0 ? 0.90 : 0.72), 1);
  cairo_fill (cr);
  bs_demo_ellipse (cr, (BsDemoPoint){ centre.x + side * rx * 0.1, centre.y + ry * 0.05 }, rx * 0.6,
                   ry * 0.62, angle);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, 0.58), 0.45);
  cairo_fill (cr);
}

/**
 * bs_demo_skin_draw_neck:
 * @self: a head
 * @cr: a context
 *
 * Paints the neck with the shadow that the jaw throws on it.
 */
void
bs_demo_skin_draw_neck (const BsDemoHead *self, cairo_t *cr)
{
  double w = 0.50 * self->look->neck_width;
  BsDemoPoint jaw_left = bs_demo_head_rim (self, -w * 1.02, 0.75, -0.1);
  BsDemoPoint jaw_right = bs_demo_head_rim (self, w * 1.02, 0.75, -0.1);
  BsDemoPoint outline[] = {
    jaw_left,
    bs_demo_body_at (self, -w, 1.45),
    bs_demo_body_at (self, -w * 1.25, 1.78),
    bs_demo_body_at (self, -w * 1.7, 2.2),
    bs_demo_body_at (self, w * 1.7, 2.2),
    bs_demo_body_at (self, w * 1.25, 1.78),
    bs_demo_body_at (self, w, 1.45),
    jaw_right,
  };
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, outline, G_N_ELEMENTS (outline), TRUE);
  cairo_pattern_t *across = cairo_pattern_create_linear (outline[1].x, 0, outline[6].x, 0);
  static const double shades[][2] = { { 0, 0.72 }, { 0.3, 0.86 }, { 0.65, 0.70 }, { 1, 0.52 } };
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++) {
    BsDemoColour c = bs_demo_head_skin (self, shades[i][1]);
    cairo_pattern_add_color_stop_rgb (across, shades[i][0], c.r, c.g, c.b);
  }
  cairo_set_source (cr, across);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (across);
  cairo_save (cr);
  cairo_clip (cr);
  BsDemoPoint chin = bs_demo_head_rim (self, 0.1, 1.22 + self->drop, 0.3);
  bs_demo_glow (cr, chin, self->unit * 0.95, self->unit * 0.52, 0, bs_demo_head_skin (self, 0.26),
                0.72);
  /* The two cords that run from behind the ears to the throat. */
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint cord[] = { bs_demo_body_at (self, side * w * 0.92, 1.35),
                           bs_demo_body_at (self, side * w * 0.55, 1.75),
                           bs_demo_body_at (self, side * w * 0.18, 2.1) };
    double strain =
      0.10 + 0.35 * self->move->au[BS_DEMO_AU20] + 0.25 * self->move->au[BS_DEMO_AU27];
    bs_demo_stroke_taper (cr, cord, (double[]){ 2, 4, 2 }, 3, bs_demo_head_skin (self, 0.4),
                          strain);
  }
  cairo_restore (cr);
}

static void
fill_head (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoPoint light = bs_demo_head_at (self, -0.42, -0.45, 0);
  double reach = 2.05 * self->unit * (1 + self->move->lean);
  cairo_pattern_t *volume =
    cairo_pattern_create_radial (light.x, light.y, 0.1 * reach, light.x, light.y, reach);
  static const double shades[][2] = {
    { 0, 1.07 }, { 0.30, 1.0 }, { 0.55, 0.92 }, { 0.78, 0.76 }, { 1.0, 0.55 }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++) {
    BsDemoColour c = bs_demo_head_skin (self, shades[i][1]);
    cairo_pattern_add_color_stop_rgb (volume, shades[i][0], c.r, c.g, c.b);
  }
  cairo_set_source (cr, volume);
  cairo_fill (cr);
  cairo_pattern_destroy (volume);
}

static void
draw_cheeks (const BsDemoHead *self, cairo_t *cr)
{
  static const BsDemoColour rose = { 0.86f, 0.36f, 0.32f };
  for (int side = -1; side <= 1; side += 2) {
    double raised = bs_demo_head_au (self, BS_DEMO_AU6, side);
    double smile = bs_demo_head_au (self, BS_DEMO_AU12, side);
    double full = fmin (0.6 * raised + 0.6 * smile, 1.2);
    double y = 0.42 - 0.07 * raised - 0.03 * smile;
    BsDemoPoint apple = bs_demo_head_at (self, side * 0.60, y, 0.03);
    double flush = 0.15 + 0.10 * self->look->feminine + 0.35 * fmax (self->move->flush, 0);
    bs_demo_glow (cr, apple, self->unit * 0.40, self->unit * 0.30, 0, rose, flush + 0.06 * full);
    BsDemoPoint shine = bs_demo_head_at (self, side * 0.56 - 0.08, y - 0.09, 0.05);
    bs_demo_glow (cr, shine, self->unit * 0.22, self->unit * 0.13, side * -0.35,
                  bs_demo_head_skin (self, 1.3), (side < 0 ? 0.30 : 0.14) + 0.32 * full);
    /* Below the apple the cheek falls away; the hollow deepens as the jaw drops. */
    BsDemoPoint hollow = bs_demo_head_at (self, side * 0.74, 0.78 + 0.3 * self->drop, 0);
    bs_demo_glow (cr, hollow, self->unit * 0.30, self->unit * 0.42, side * 0.3,
                  bs_demo_head_skin (self, 0.5), 0.14 + 0.5 * self->drop + 0.12 * full);
  }
}

static void
draw_planes (const BsDemoHead *self, cairo_t *cr)
{
  double u = self->unit;
  bs_demo_glow (cr, bs_demo_head_at (self, -0.22, -0.72, 0), u * 0.55, u * 0.32, 0,
                bs_demo_head_skin (self, 1.25), 0.38);
  for (int side = -1; side <= 1; side += 2) {
    bs_demo_glow (cr, bs_demo_head_at (self, side * 0.40, -0.12, -0.05), u * 0.36, u * 0.24,
                  side * 0.1, bs_demo_head_skin (self, 0.42), side < 0 ? 0.36 : 0.44);
    bs_demo_glow (cr, bs_demo_head_at (self, side * 0.88, -0.35, 0), u * 0.22, u * 0.42, 0,
                  bs_demo_head_skin (self, 0.55), side < 0 ? 0.12 : 0.28);
  }
  BsDemoPoint chin = bs_demo_head_at (self, -0.05, 1.14 + self->drop, 0.1);
  bs_demo_glow (cr, chin, u * 0.26, u * 0.15, 0, bs_demo_head_skin (self, 1.22), 0.34);
  BsDemoPoint under = bs_demo_head_at (self, 0.02, 1.03 + 0.95 * self->drop, 0.1);
  bs_demo_glow (cr, under, u * 0.30, u * 0.09, 0, bs_demo_head_skin (self, 0.45), 0.36);
}

/**
 * bs_demo_skin_draw:
 * @self: a head
 * @cr: a context
 *
 * Paints ears and head with their light and shade, without features.
 */
void
bs_demo_skin_draw (const BsDemoHead *self, cairo_t *cr)
{
  if (!bs_demo_hair_covers_ears (self))
    for (int side = -1; side <= 1; side += 2)
      draw_ear (self, cr, side);
  BsDemoPoint rim[BS_DEMO_HEAD_RIM_POINTS];
  bs_demo_head_rim_points (self, rim);
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, rim, BS_DEMO_HEAD_RIM_POINTS, TRUE);
  cairo_path_t *outline = cairo_copy_path (cr);
  fill_head (self, cr);
  cairo_save (cr);
  cairo_append_path (cr, outline);
  cairo_clip (cr);
  draw_planes (self, cr);
  draw_cheeks (self, cr);
  cairo_restore (cr);
  cairo_path_destroy (outline);
}
