/* SPDX-License-Identifier: MIT */
/* Eyes, lids and brows. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

/* One eye as this frame has it, in head units relative to its middle. */
typedef struct {
  int side;
  double x, y; /* middle */
  double half; /* half its width */
  double up; /* height of the upper lid's arch above the middle */
  double down; /* depth of the lower lid's below it */
  double closed; /* 0 to 1 */
} Eye;

static Eye
measure_eye (const BsDemoHead *self, int side)
{
  const BsDemoLook *k = self->look;
  double wide = bs_demo_head_au (self, BS_DEMO_AU5, side);
  double tight = bs_demo_head_au (self, BS_DEMO_AU7, side);
  double cheek = bs_demo_head_au (self, BS_DEMO_AU6, side);
  double wrinkle = bs_demo_head_au (self, BS_DEMO_AU9, side);
  double lowered = bs_demo_head_au (self, BS_DEMO_AU4, side);
  Eye e = { .side = side, .x = side * 0.43 * k->eye_gap, .y = 0, .half = 0.235 * k->eye_size };
  double gaze = self->move->gaze_pitch;
  e.up = 0.120 + 0.085 * wide - 0.035 * tight - 0.022 * cheek - 0.025 * wrinkle - 0.012 * lowered +
         0.10 * CLAMP (gaze, -0.5, 0.3);
  e.down = 0.078 + 0.014 * wide - 0.034 * tight - 0.048 * cheek - 0.030 * wrinkle -
           0.03 * CLAMP (gaze, -0.5, 0.5);
  e.up = fmax (e.up, 0.02) * k->eye_size;
  e.down = fmax (e.down, 0.004) * k->eye_size;
  e.closed = bs_demo_clamp01 (self->move->au[BS_DEMO_AU43]);
  double shut_at = -0.030 + 0.04 * cheek;
  e.up += (shut_at - e.up) * e.closed;
  e.down += (-shut_at + 0.004 - e.down) * e.closed;
  return e;
}

static BsDemoPoint
eye_point (const BsDemoHead *self, const Eye *e, double across, double y)
{
  double tilt = self->look->eye_tilt * across - 0.012 * across;
  return bs_demo_head_at (self, e->x + e->side * across * e->half, e->y + y - tilt, -0.03);
}

static void
add_upper_lid (const BsDemoHead *self, cairo_t *cr, const Eye *e, double above)
{
  double c = (e->up + above) / 0.75;
  bs_demo_path_cubic (cr, eye_point (self, e, -0.62, -c), eye_point (self, e, 0.50, -c * 1.02),
                      eye_point (self, e, 1, -above * 0.4));
}

static void
add_lower_lid_back (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  double c = e->down / 0.75;
  bs_demo_path_cubic (cr, eye_point (self, e, 0.62, c * 1.05), eye_point (self, e, -0.45, c),
                      eye_point (self, e, -1, 0.022));
}

static void
opening_path (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  BsDemoPoint inner = eye_point (self, e, -1, 0.022);
  cairo_new_path (cr);
  cairo_move_to (cr, inner.x, inner.y);
  add_upper_lid (self, cr, e, 0);
  add_lower_lid_back (self, cr, e);
  cairo_close_path (cr);
}

static void
draw_iris (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  double u = self->unit * (1 + self->move->lean);
  double r = 0.108 * u * (0.6 + 0.4 * self->look->eye_size);
  BsDemoPoint c = bs_demo_head_at (self, e->x + 0.24 * sin (self->move->gaze_yaw),
                                   e->y - 0.018 - 0.20 * sin (self->move->gaze_pitch), 0);
  double rx = r * (0.86 + 0.14 * self->cos_yaw);
  cairo_pattern_t *p = cairo_pattern_create_radial (c.x, c.y + 0.3 * r, 0, c.x, c.y, r);
  BsDemoColour light = bs_demo_colour_scale (self->look->iris, 1.5), mid = self->look->iris;
  BsDemoColour rim = bs_demo_colour_scale (self->look->iris, 0.3);
  cairo_pattern_add_color_stop_rgb (p, 0.3, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (p, 0.75, mid.r, mid.g, mid.b);
  cairo_pattern_add_color_stop_rgb (p, 1, rim.r, rim.g, rim.b);
  bs_demo_ellipse (cr, c, rx, r, 0);
  cairo_set_source (cr, p);
  cairo_fill (cr);
  cairo_pattern_destroy (p);
  bs_demo_ellipse (cr, c, rx * 0.46, r * 0.46, 0);
  cairo_set_source_rgb (cr, 0.03, 0.03, 0.04);
  cairo_fill (cr);
  bs_demo_ellipse (cr, (BsDemoPoint){ c.x - 0.32 * r, c.y - 0.38 * r }, 0.26 * r, 0.24 * r, 0);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.92);
  cairo_fill (cr);
  bs_demo_ellipse (cr, (BsDemoPoint){ c.x + 0.38 * r, c.y + 0.42 * r }, 0.16 * r, 0.13 * r, 0);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.28 + 0.5 * self->move->tears);
  cairo_fill (cr);
}

static void
draw_ball (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  static const BsDemoColour shade = { 0.25f, 0.16f, 0.15f };
  static const BsDemoColour red = { 0.85f, 0.40f, 0.38f };
  double u = self->unit;
  opening_path (self, cr, e);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_set_source_rgb (cr, 0.93, 0.92, 0.905);
  cairo_fill (cr);
  bs_demo_glow (cr, eye_point (self, e, -1, 0), u * 0.12, u * 0.10, 0, red,
                0.55 + 0.3 * self->move->tears);
  bs_demo_glow (cr, eye_point (self, e, 1, 0), u * 0.14, u * 0.12, 0, shade, 0.45);
  draw_iris (self, cr, e);
  bs_demo_glow (cr, eye_point (self, e, 0, -e->up - 0.01), u * e->half * 1.3, u * 0.085, 0, shade,
                0.75);
  if (self->move->tears > 0.02)
    bs_demo_glow (cr, eye_point (self, e, -0.1, e->down), u * e->half, u * 0.035, 0,
                  (BsDemoColour){ 1, 1, 1 }, 0.9 * self->move->tears);
  cairo_restore (cr);
}

static void
draw_lids (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  const BsDemoLook *k = self->look;
  double u = self->unit;
  BsDemoColour lash = bs_demo_colour_mix ((BsDemoColour){ 0.07f, 0.05f, 0.05f }, k->hair, 0.15);
  BsDemoColour fold = bs_demo_head_skin (self, 0.40);
  double y_up = -e->up;
  /* Lid between the lashes and the crease. */
  double crease = 0.055 + 0.02 * e->closed - 0.02 * self->move->au[BS_DEMO_AU5];
  BsDemoPoint upper[] = { eye_point (self, e, -1.02, 0.022),
                          eye_point (self, e, -0.55, y_up * 0.80), eye_point (self, e, 0.0, y_up),
                          eye_point (self, e, 0.55, y_up * 0.82),
                          eye_point (self, e, 1.06, -0.012) };
  BsDemoPoint above[] = { eye_point (self, e, -0.92, -0.03 - crease * 0.4),
                          eye_point (self, e, -0.5, y_up * 0.8 - crease),
                          eye_point (self, e, 0.05, y_up - crease * 1.1),
                          eye_point (self, e, 0.62, y_up * 0.82 - crease),
                          eye_point (self, e, 1.12, -0.03 - crease * 0.6) };
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, upper, 5, FALSE);
  for (int i = 4; i >= 0; i--)
    cairo_line_to (cr, above[i].x, above[i].y);
  cairo_close_path (cr);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, 0.80), 0.75);
  cairo_fill (cr);
  bs_demo_stroke_taper (cr, above, (double[]){ 0.6, 1.5, 1.8, 1.7, 0.5 }, 5, fold, 0.75);
  double thick = 0.034 + 0.014 * k->feminine;
  bs_demo_stroke_taper (
    cr, upper, (double[]){ u * 0.010, u * thick * 0.75, u * thick, u * thick * 1.1, u * 0.012 }, 5,
    lash, 0.95);
  if (k->feminine > 0.5) {
    BsDemoPoint wing[] = { upper[4], eye_point (self, e, 1.24, -0.055 + 0.03 * e->closed) };
    bs_demo_stroke_taper (cr, wing, (double[]){ u * 0.022, 0.4 }, 2, lash, 0.8);
  }
  BsDemoPoint lower[] = { eye_point (self, e, -0.9, 0.03),
                          eye_point (self, e, -0.3, e->down * 0.95),
                          eye_point (self, e, 0.35, e->down * 1.0),
                          eye_point (self, e, 1.0, -0.005) };
  bs_demo_stroke_taper (cr, lower, (double[]){ 0.5, 1.2, 1.5, 1.2 }, 4,
                        bs_demo_colour_mix (fold, lash, 0.4), 0.75);
}

/* A wet trail down the cheek with the drop at its end. */
static void
draw_tear (const BsDemoHead *self, cairo_t *cr, const Eye *e, double run)
{
  static const BsDemoColour water = { 0.93f, 0.97f, 1 };
  double u = self->unit, end = e->down + 0.10 + 0.48 * run;
  BsDemoPoint trail[] = { eye_point (self, e, 0.15, e->down + 0.01),
                          eye_point (self, e, 0.24, e->down + 0.08 + 0.2 * run),
                          eye_point (self, e, 0.20, end) };
  bs_demo_stroke_taper (cr, trail, (double[]){ 1.5, 2.6, 3.2 }, 3, water, 0.30);
  for (int i = 0; i < 3; i++)
    trail[i].x -= 0.7;
  bs_demo_stroke_taper (cr, trail, (double[]){ 0.5, 0.9, 1.2 }, 3, (BsDemoColour){ 1, 1, 1 }, 0.55);
  bs_demo_ellipse (cr, trail[2], 0.030 * u, 0.042 * u, 0);
  bs_demo_set_colour (cr, water, 0.55);
  cairo_fill (cr);
  bs_demo_ellipse (cr, (BsDemoPoint){ trail[2].x - 0.008 * u, trail[2].y - 0.012 * u }, 0.011 * u,
                   0.014 * u, 0);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_fill (cr);
}

/* The skin below the eye: bags with age, a bulging lid as the cheek comes up, tears. */
static void
draw_below (const BsDemoHead *self, cairo_t *cr, const Eye *e)
{
  double cheek = bs_demo_head_au (self, BS_DEMO_AU6, e->side);
  double tight = bs_demo_head_au (self, BS_DEMO_AU7, e->side);
  double depth = 0.10 + 0.35 * self->look->age + 0.50 * cheek + 0.38 * tight;
  double y = e->down + 0.085 - 0.025 * cheek;
  BsDemoPoint bag[] = { eye_point (self, e, -1.0, 0.075), eye_point (self, e, -0.4, y),
                        eye_point (self, e, 0.4, y + 0.005), eye_point (self, e, 1.1, 0.05) };
  bs_demo_stroke_taper (cr, bag, (double[]){ 1, 2.6, 2.4, 0.6 }, 4, bs_demo_head_skin (self, 0.48),
                        0.6 * depth);
  for (int i = 0; i < 4; i++)
    bag[i].y -= 0.035 * self->unit;
  bs_demo_stroke_taper (cr, bag, (double[]){ 0.5, 2.4, 2.2, 0.5 }, 4, bs_demo_head_skin (self, 1.2),
                        0.45 * depth);
  double crows = 0.20 * self->look->age + 0.75 * cheek;
  for (int i = -1; i <= 1; i++) {
    BsDemoPoint foot[] = { eye_point (self, e, 1.22, 0.0 + 0.05 * i),
                           eye_point (self, e, 1.50, -0.01 + 0.085 * i),
                           eye_point (self, e, 1.75, 0.01 + 0.12 * i) };
    bs_demo_stroke_taper (cr, foot, (double[]){ 0.8, 1.8, 0.4 }, 3, bs_demo_head_skin (self, 0.45),
                          crows * 0.8);
  }
  if (self->move->tears > 0.35)
    draw_tear (self, cr, e, bs_demo_clamp01 ((self->move->tears - 0.35) / 0.5));
}

/**
 * bs_demo_eyes_draw:
 * @self: a head
 * @cr: a context
 */
void
bs_demo_eyes_draw (const BsDemoHead *self, cairo_t *cr)
{
  for (int side = -1; side <= 1; side += 2) {
    Eye eye = measure_eye (self, side);
    draw_below (self, cr, &eye);
    if (eye.up + eye.down > 0.008)
      draw_ball (self, cr, &eye);
    draw_lids (self, cr, &eye);
  }
}

/* Where the four support points of a brow are: inner end, two on the arch, outer end. */
static void
brow_points (const BsDemoHead *self, int side, BsDemoPoint out[4])
{
  const BsDemoLook *k = self->look;
  double inner = bs_demo_head_au (self, BS_DEMO_AU1, side);
  double outer = bs_demo_head_au (self, BS_DEMO_AU2, side);
  double lowered = bs_demo_head_au (self, BS_DEMO_AU4, side);
  double wrinkle = bs_demo_head_au (self, BS_DEMO_AU9, side);
  double cheek = bs_demo_head_au (self, BS_DEMO_AU6, side);
  double arch = 0.025 * k->feminine;
  /* x, y at rest; then what AU 1, 2, 4, 9 and 6 add to y */
  const double table[4][7] = {
    { 0.185, -0.295, -0.20, -0.015, 0.135, 0.075, 0.00 },
    { 0.36, -0.355, -0.115, -0.07, 0.125, 0.055, 0.005 },
    { 0.57, -0.375 - arch, -0.02, -0.175, 0.075, 0.02, 0.02 },
    { 0.77, -0.275, 0.015, -0.155, 0.035, 0.00, 0.035 },
  };
  double knit = 0.065 * lowered * (1 - 0.25 * inner) + 0.02 * inner;
  for (int i = 0; i < 4; i++) {
    const double *t = table[i];
    double y = t[1] + t[2] * inner + t[3] * outer +
               t[4] * lowered * (1 - 0.55 * fmax (inner, 0.5 * outer)) + t[5] * wrinkle +
               t[6] * cheek;
    double x = t[0] - knit * (i == 0 ? 1 : i == 1 ? 0.8 : i == 2 ? 0.45 : 0.2);
    out[i] = bs_demo_head_at (self, side * x * (0.4 + 0.6 * k->eye_gap), y - k->brow_height, 0.03);
  }
}

/**
 * bs_demo_brows_draw:
 * @self: a head
 * @cr: a context
 */
void
bs_demo_brows_draw (const BsDemoHead *self, cairo_t *cr)
{
  const BsDemoLook *k = self->look;
  double t = self->unit * 0.098 * k->brow_thickness * (1 - 0.25 * k->feminine);
  BsDemoColour hair = bs_demo_colour_mix (bs_demo_colour_scale (k->hair, 0.62), k->skin, 0.06);
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint p[4];
    brow_points (self, side, p);
    bs_demo_stroke_taper (cr, p, (double[]){ t * 0.85, t, t * 0.8, t * 0.16 }, 4, hair, 0.88);
    /* A few hairs break the even edge. */
    for (int i = 0; i < 9; i++) {
      double at = i / 9.0 * 2.6;
      int seg = (int) at;
      BsDemoPoint root = bs_demo_point_mix (p[seg], p[seg + 1], at - seg);
      double up = t * (0.62 - 0.05 * i), along = side * t * (0.12 + 0.09 * i);
      BsDemoPoint strand[] = { { root.x, root.y + t * 0.42 }, { root.x + along, root.y - up } };
      bs_demo_stroke_taper (cr, strand, (double[]){ 1.7, 0.5 }, 2, hair, 0.55);
    }
  }
}

/**
 * bs_demo_glasses_draw:
 * @self: a head
 * @cr: a context
 *
 * Paints thin glasses where the person wears any.
 */
void
bs_demo_glasses_draw (const BsDemoHead *self, cairo_t *cr)
{
  if (!self->look->glasses)
    return;
  static const BsDemoColour metal = { 0.16f, 0.14f, 0.15f };
  double u = self->unit, gap = self->look->eye_gap;
  cairo_save (cr);
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint c = bs_demo_head_at (self, side * 0.44 * gap, 0.03, 0.10);
    bs_demo_ellipse (cr, c, 0.335 * u * (0.8 + 0.2 * self->cos_yaw), 0.275 * u,
                     bs_demo_head_angle (self));
    cairo_set_source_rgba (cr, 1, 1, 1, 0.05);
    cairo_fill_preserve (cr);
    bs_demo_set_colour (cr, metal, 0.9);
    cairo_set_line_width (cr, 1.7);
    cairo_stroke (cr);
    BsDemoPoint arm[] = { bs_demo_head_at (self, side * 0.76 * gap, 0.0, 0.08),
                          bs_demo_head_rim (self, side * 1.0, -0.04, -0.1) };
    bs_demo_stroke_taper (cr, arm, (double[]){ 1.8, 2.2 }, 2, metal, 0.9);
  }
  BsDemoPoint bridge[] = { bs_demo_head_at (self, -0.12, -0.01, 0.16),
                           bs_demo_head_at (self, 0, -0.05, 0.22),
                           bs_demo_head_at (self, 0.12, -0.01, 0.16) };
  bs_demo_stroke_taper (cr, bridge, (double[]){ 1.7, 1.7, 1.7 }, 3, metal, 0.9);
  cairo_restore (cr);
}
