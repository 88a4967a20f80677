/* SPDX-License-Identifier: MIT */
/* Beards, which go along with jaw and lips. */
#include "data/demo/face/bs-demo-head.h"

/* The part of the jaw that a beard covers, and the lips it leaves free. */
static void
beard_path (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoPoint rim[BS_DEMO_HEAD_RIM_POINTS];
  bs_demo_head_rim_points (self, rim);
  double d = self->drop;
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, rim + 4, 8, FALSE);
  BsDemoPoint inside[] = { bs_demo_head_at (self, -0.86, 0.35, 0),
                           bs_demo_head_at (self, -0.70, 0.72 + 0.4 * d, 0),
                           bs_demo_head_at (self, -0.40, 0.66, 0.02),
                           bs_demo_head_at (self, -0.12, 0.64, 0.08),
                           bs_demo_head_at (self, 0.12, 0.64, 0.08),
                           bs_demo_head_at (self, 0.40, 0.66, 0.02),
                           bs_demo_head_at (self, 0.70, 0.72 + 0.4 * d, 0),
                           bs_demo_head_at (self, 0.86, 0.35, 0) };
  bs_demo_path_smooth (cr, inside, G_N_ELEMENTS (inside), FALSE);
  cairo_close_path (cr);
}

static void
draw_moustache (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour hair = bs_demo_colour_scale (self->look->hair, 0.8);
  double up = 0.05 * self->move->au[BS_DEMO_AU10] + 0.03 * self->move->au[BS_DEMO_AU12];
  double u = self->unit;
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint corner = bs_demo_mouth_corner (self, side);
    BsDemoPoint half[] = { bs_demo_head_at (self, side * 0.02, 0.68 - up, 0.13),
                           bs_demo_head_at (self, side * 0.20, 0.70 - up, 0.07),
                           { corner.x + side * 0.03 * u, corner.y - 0.05 * u } };
    bs_demo_stroke_taper (cr, half, (double[]){ u * 0.09, u * 0.13, u * 0.03 }, 3, hair, 0.9);
    for (int i = 0; i < 6; i++) {
      BsDemoPoint root = bs_demo_point_mix (half[0], half[1], i / 6.0);
      BsDemoPoint strand[] = { { root.x, root.y - 0.05 * u },
                               { root.x + side * 0.06 * u, root.y + 0.075 * u } };
      bs_demo_stroke_taper (cr, strand, (double[]){ 1.6, 0.5 }, 2,
                            bs_demo_colour_scale (hair, i % 2 ? 1.6 : 0.6), 0.5);
    }
  }
}

static void
draw_full (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour hair = bs_demo_colour_scale (self->look->hair, 0.85);
  beard_path (self, cr);
  bs_demo_set_colour (cr, hair, 0.80);
  cairo_fill (cr);
  for (int i = 0; i < 40; i++) {
    double x = -0.62 + 1.24 * bs_demo_scatter (i);
    double y = 0.98 + 0.28 * bs_demo_scatter (i + 50) - 0.25 * x * x;
    BsDemoPoint root = bs_demo_head_at (self, x, y + self->drop, 0.05);
    BsDemoPoint strand[] = { root, { root.x + x * 4, root.y + 7 } };
    bs_demo_stroke_taper (cr, strand, (double[]){ 1.7, 0.4 }, 2,
                          bs_demo_colour_scale (hair, i % 2 ? 1.7 : 0.5), 0.45);
  }
}

/* Hair cut to the skin has no edge: a shade on chin, jaw and upper lip. */
static void
draw_stubble (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoColour shade = bs_demo_colour_scale (self->look->hair, 0.4);
  double u = self->unit, d = self->drop;
  BsDemoPoint rim[BS_DEMO_HEAD_RIM_POINTS];
  bs_demo_head_rim_points (self, rim);
  cairo_save (cr);
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, rim, BS_DEMO_HEAD_RIM_POINTS, TRUE);
  cairo_clip (cr);
  bs_demo_glow (cr, bs_demo_head_at (self, 0, 1.15 + d, 0.05), 0.62 * u, 0.36 * u, 0, shade, 0.34);
  bs_demo_glow (cr, bs_demo_head_at (self, 0, 0.70, 0.08), 0.36 * u, 0.12 * u, 0, shade, 0.26);
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint jaw = bs_demo_head_at (self, side * 0.68, 0.88 + 0.6 * d, 0);
    bs_demo_glow (cr, jaw, 0.30 * u, 0.46 * u, side * 0.5, shade, 0.30);
  }
  cairo_restore (cr);
}

/**
 * bs_demo_beard_draw:
 * @self: a head
 * @cr: a context
 *
 * Paints the beard where the person has one.
 */
void
bs_demo_beard_draw (const BsDemoHead *self, cairo_t *cr)
{
  BsDemoBeard beard = self->look->beard;
  switch (beard) {
  case BS_DEMO_BEARD_STUBBLE:
    draw_stubble (self, cr);
    break;
  case BS_DEMO_BEARD_FULL:
    draw_full (self, cr);
    draw_moustache (self, cr);
    break;
  case BS_DEMO_BEARD_MOUSTACHE:
    draw_moustache (self, cr);
    break;
  case BS_DEMO_BEARD_NONE:
  default:
    break;
  }
}
