/* SPDX-License-Identifier: MIT */
/* The mouth: lips, teeth and tongue. The upper teeth belong to the skull, the lower ones and
 * the tongue to the jaw. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

#define CORNER_LIFT (-0.02)
#define LIP_LIFT 0.08

/* Heights on the face's middle line and how the lips are shaped there, in head units. */
typedef struct {
  BsDemoPoint corner[2]; /* in the picture */
  double corner_x[2], corner_y[2];
  double upper_edge, lower_edge; /* where the lips meet the opening */
  double upper_top, lower_bottom; /* where they meet the skin */
  double square; /* how far the opening is pulled to a square */
  double round; /* lips pushed forward */
} Mouth;

static void
place_corner (const BsDemoHead *self, int side, double *x, double *y)
{
  const BsDemoMovement *m = self->move;
  double pull = bs_demo_head_au (self, BS_DEMO_AU12, side);
  double down = bs_demo_head_au (self, BS_DEMO_AU15, side);
  double stretch = bs_demo_head_au (self, BS_DEMO_AU20, side);
  double dimple = bs_demo_head_au (self, BS_DEMO_AU14, side);
  double both = fmin (pull + 0.8 * stretch, 1.1);
  *x = 0.345 * self->look->mouth_width + 0.115 * both + 0.03 * dimple + 0.015 * down -
       0.09 * m->au[BS_DEMO_AU22] - 0.03 * m->au[BS_DEMO_AU23] - 0.10 * self->drop;
  *y = 0.865 - 0.150 * pull + 0.135 * down + 0.035 * stretch - 0.035 * m->au[BS_DEMO_AU10] -
       0.02 * m->au[BS_DEMO_AU9] + 0.36 * self->drop - 0.015 * m->au[BS_DEMO_AU17];
}

/**
 * bs_demo_mouth_corner:
 * @self: a head
 * @side: -1 the viewer's left, 1 the right
 *
 * Returns: where the corner of the mouth is seen, in pixels
 */
BsDemoPoint
bs_demo_mouth_corner (const BsDemoHead *self, int side)
{
  double x, y;
  place_corner (self, side, &x, &y);
  return bs_demo_head_at (self, side * x, y, CORNER_LIFT);
}

static Mouth
measure_mouth (const BsDemoHead *self)
{
  const BsDemoMovement *m = self->move;
  const float *au = m->au;
  Mouth o;
  for (int i = 0; i < 2; i++) {
    int side = i == 0 ? -1 : 1;
    place_corner (self, side, &o.corner_x[i], &o.corner_y[i]);
    o.corner[i] = bs_demo_mouth_corner (self, side);
  }
  double thin = bs_demo_clamp01 (0.75 * au[BS_DEMO_AU24] + 0.6 * au[BS_DEMO_AU23]) *
                (1 - 0.5 * au[BS_DEMO_AU25]);
  double spread = fmin (0.35 * au[BS_DEMO_AU12] + 0.32 * au[BS_DEMO_AU20], 0.45);
  double full =
    self->look->lip_fullness * (1 - thin * 0.8) * (1 - spread) * (1 + 0.25 * au[BS_DEMO_AU22]);
  double seam = 0.865 - 0.02 * au[BS_DEMO_AU17] - 0.015 * au[BS_DEMO_AU12];
  double part = au[BS_DEMO_AU25];
  double top_raise = 0.085 * au[BS_DEMO_AU10] + 0.022 * au[BS_DEMO_AU9] + 0.045 * au[BS_DEMO_AU12] +
                     0.02 * part + 0.05 * self->drop;
  o.upper_edge = seam - top_raise * (0.35 + 0.65 * fmax (part, au[BS_DEMO_AU10] * 0.7));
  double low =
    0.028 * part + 0.085 * au[BS_DEMO_AU16] * (0.3 + 0.7 * part) - 0.06 * au[BS_DEMO_AU17];
  o.lower_edge = seam + fmax (low + 1.02 * self->drop, -0.05);
  if (part < 0.04 && self->drop < 0.02 && au[BS_DEMO_AU10] < 0.4)
    o.upper_edge = o.lower_edge = seam - 0.4 * top_raise - 0.03 * au[BS_DEMO_AU17];
  if (o.lower_edge < o.upper_edge)
    o.lower_edge = o.upper_edge;
  o.upper_top = o.upper_edge - (0.092 * full + 0.012);
  o.lower_bottom = o.lower_edge + 0.118 * full + 0.012;
  o.square = bs_demo_clamp01 (0.75 * au[BS_DEMO_AU10] + 0.55 * au[BS_DEMO_AU16] +
                              0.45 * au[BS_DEMO_AU20] + 0.3 * au[BS_DEMO_AU22]);
  o.round = au[BS_DEMO_AU22];
  return o;
}

/* A cubic from corner to corner whose middle lies at @y; @flat widens it. */
static void
add_arc (const BsDemoHead *self, cairo_t *cr, const Mouth *o, double y, double flat, double lift,
         gboolean to_right)
{
  int from = to_right ? 0 : 1, to = 1 - from;
  double mean = 0.5 * (o->corner_y[0] + o->corner_y[1]);
  double c = (y - 0.25 * mean) / 0.75;
  double share = 0.48 + 0.42 * flat;
  BsDemoPoint a = bs_demo_head_at (self, (from == 0 ? -1 : 1) * o->corner_x[from] * share, c, lift);
  BsDemoPoint b = bs_demo_head_at (self, (to == 0 ? -1 : 1) * o->corner_x[to] * share, c, lift);
  bs_demo_path_cubic (cr, a, b, o->corner[to]);
}

static void
opening_path (const BsDemoHead *self, cairo_t *cr, const Mouth *o)
{
  cairo_new_path (cr);
  cairo_move_to (cr, o->corner[0].x, o->corner[0].y);
  add_arc (self, cr, o, o->upper_edge, o->square, LIP_LIFT, TRUE);
  add_arc (self, cr, o, o->lower_edge, o->square * 0.8, LIP_LIFT, FALSE);
  cairo_close_path (cr);
}

static void
draw_teeth (const BsDemoHead *self, cairo_t *cr, const Mouth *o)
{
  static const BsDemoColour gap = { 0.45f, 0.36f, 0.33f };
  static const BsDemoColour enamel = { 0.93f, 0.915f, 0.875f };
  double reach = 0.40;
  double upper_end = 0.935 + 0.03 * self->move->au[BS_DEMO_AU12];
  upper_end = fmin (upper_end, o->upper_edge + 0.135);
  for (int row = 0; row < 2; row++) {
    double from = row == 0 ? 0.70 : 0.945 + 0.95 * self->drop + 0.03;
    double to = row == 0 ? upper_end : 1.25 + self->drop;
    double edge = row == 0 ? to : from;
    double curve = row == 0 ? 0.03 : -0.015;
    BsDemoPoint line[] = { bs_demo_head_at (self, -reach, edge - curve, 0.0),
                           bs_demo_head_at (self, -reach * 0.5, edge, 0.03),
                           bs_demo_head_at (self, 0, edge + curve * 0.2, 0.04),
                           bs_demo_head_at (self, reach * 0.5, edge, 0.03),
                           bs_demo_head_at (self, reach, edge - curve, 0.0) };
    double away = row == 0 ? from : to;
    BsDemoPoint back_right = bs_demo_head_at (self, reach, away, 0);
    BsDemoPoint back_left = bs_demo_head_at (self, -reach, away, 0);
    cairo_new_path (cr);
    bs_demo_path_smooth (cr, line, 5, FALSE);
    cairo_line_to (cr, back_right.x, back_right.y);
    cairo_line_to (cr, back_left.x, back_left.y);
    cairo_close_path (cr);
    bs_demo_set_colour (cr, bs_demo_colour_scale (enamel, row == 0 ? 1.0 : 0.86), 1);
    cairo_fill (cr);
    for (int i = -3; i <= 3; i++) {
      double x = (i == 0 ? 0 : i * 0.082 - (i > 0 ? 0.002 : -0.002) * i * i);
      BsDemoPoint slit[] = { bs_demo_head_at (self, x, edge, 0.03),
                             bs_demo_head_at (self, x, edge + (row == 0 ? -0.13 : 0.1), 0.03) };
      bs_demo_stroke_taper (cr, slit, (double[]){ 1.3, 0.6 }, 2, gap, 0.32);
    }
  }
}

static void
draw_tongue (const BsDemoHead *self, cairo_t *cr, const Mouth *o)
{
  static const BsDemoColour flesh = { 0.74f, 0.33f, 0.34f };
  double out = self->move->au[BS_DEMO_AU19];
  if (self->drop < 0.06 && out < 0.05)
    return;
  double u = self->unit;
  double y = o->lower_edge + 0.05 - 0.16 * out - 0.02 * self->drop;
  BsDemoPoint c = bs_demo_head_at (self, 0, y + 0.03, 0.02);
  bs_demo_ellipse (cr, c, u * (0.235 + 0.01 * out), u * (0.115 + 0.07 * out),
                   bs_demo_head_angle (self));
  bs_demo_set_colour (cr, bs_demo_colour_scale (flesh, 0.78 + 0.22 * out), 1);
  cairo_fill (cr);
  bs_demo_glow (cr, (BsDemoPoint){ c.x - 0.05 * u, c.y - 0.03 * u }, u * 0.13, u * 0.06, 0,
                (BsDemoColour){ 1, 0.72f, 0.70f }, 0.4);
  BsDemoPoint groove[] = { bs_demo_head_at (self, 0, y - 0.06, 0.02),
                           bs_demo_head_at (self, 0, y + 0.08, 0.04) };
  bs_demo_stroke_taper (cr, groove, (double[]){ 0.5, 2 }, 2, bs_demo_colour_scale (flesh, 0.5),
                        0.5);
}

static void
draw_cavity (const BsDemoHead *self, cairo_t *cr, const Mouth *o)
{
  if (o->lower_edge - o->upper_edge < 0.006)
    return;
  static const BsDemoColour dark = { 0.13f, 0.035f, 0.04f };
  opening_path (self, cr, o);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  bs_demo_set_colour (cr, dark, 1);
  cairo_fill (cr);
  draw_tongue (self, cr, o);
  draw_teeth (self, cr, o);
  /* The upper lip's shadow on the teeth, and the depth at the corners. */
  double u = self->unit;
  BsDemoPoint top = bs_demo_head_at (self, 0, o->upper_edge - 0.01, LIP_LIFT);
  bs_demo_glow (cr, top, u * 0.42, u * 0.055, bs_demo_head_angle (self), dark, 0.75);
  for (int i = 0; i < 2; i++)
    bs_demo_glow (cr, o->corner[i], u * 0.17, u * 0.14, 0, dark, 0.85);
  cairo_restore (cr);
}

static void
draw_upper_lip (const BsDemoHead *self, cairo_t *cr, const Mouth *o, BsDemoColour colour)
{
  double mean_x = 0.5 * (o->corner_x[0] + o->corner_x[1]);
  double bow = 0.105 * mean_x / 0.36, dip = 0.018 * (1 - self->move->au[BS_DEMO_AU20]);
  double shoulder = o->upper_top + 0.30 * (0.5 * (o->corner_y[0] + o->corner_y[1]) - o->upper_top);
  BsDemoPoint outer[] = {
    o->corner[0],
    bs_demo_head_at (self, -o->corner_x[0] * 0.62, shoulder - 0.05 * o->square, 0.03),
    bs_demo_head_at (self, -bow, o->upper_top, LIP_LIFT),
    bs_demo_head_at (self, 0, o->upper_top + dip, LIP_LIFT),
    bs_demo_head_at (self, bow, o->upper_top, LIP_LIFT),
    bs_demo_head_at (self, o->corner_x[1] * 0.62, shoulder - 0.05 * o->square, 0.03),
    o->corner[1],
  };
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, outer, G_N_ELEMENTS (outer), FALSE);
  add_arc (self, cr, o, o->upper_edge, o->square, LIP_LIFT, FALSE);
  cairo_close_path (cr);
  bs_demo_set_colour (cr, bs_demo_colour_scale (colour, 0.82), 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  bs_demo_glow (cr, bs_demo_head_at (self, -0.06, o->upper_top, LIP_LIFT), self->unit * 0.3,
                self->unit * 0.07, 0, bs_demo_colour_scale (colour, 1.12), 0.5);
  cairo_restore (cr);
}

static void
draw_lower_lip (const BsDemoHead *self, cairo_t *cr, const Mouth *o, BsDemoColour colour)
{
  cairo_new_path (cr);
  cairo_move_to (cr, o->corner[0].x, o->corner[0].y);
  add_arc (self, cr, o, o->lower_edge, o->square * 0.8, LIP_LIFT, TRUE);
  add_arc (self, cr, o, o->lower_bottom, 0.15 + o->square * 0.5, LIP_LIFT, FALSE);
  cairo_close_path (cr);
  bs_demo_set_colour (cr, colour, 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  double middle = 0.5 * (o->lower_edge + o->lower_bottom);
  double u = self->unit, thick = o->lower_bottom - o->lower_edge;
  bs_demo_glow (cr, bs_demo_head_at (self, 0, o->lower_bottom + 0.02, LIP_LIFT), u * 0.36,
                u * thick, 0, bs_demo_colour_scale (colour, 0.62), 0.6);
  bs_demo_glow (cr, bs_demo_head_at (self, -0.07, middle - 0.01, LIP_LIFT), u * 0.15,
                u * thick * 0.35, 0,
                bs_demo_colour_mix (colour, (BsDemoColour){ 1, 0.93f, 0.9f }, 0.6), 0.65);
  cairo_restore (cr);
}

static void
draw_seam (const BsDemoHead *self, cairo_t *cr, const Mouth *o, BsDemoColour colour)
{
  double u = self->unit;
  BsDemoColour dark = bs_demo_colour_scale (colour, 0.30);
  double press = fmax (self->move->au[BS_DEMO_AU24], self->move->au[BS_DEMO_AU23]);
  if (o->lower_edge - o->upper_edge < 0.012) {
    double mean = 0.5 * (o->corner_y[0] + o->corner_y[1]);
    double third = mean + (o->upper_edge - mean) * 0.80;
    BsDemoPoint line[] = { o->corner[0],
                           bs_demo_head_at (self, -o->corner_x[0] * 0.5, third + 0.012, LIP_LIFT),
                           bs_demo_head_at (self, 0, o->upper_edge + 0.004, LIP_LIFT),
                           bs_demo_head_at (self, o->corner_x[1] * 0.5, third + 0.012, LIP_LIFT),
                           o->corner[1] };
    double w = 2.0 + 1.2 * press;
    bs_demo_stroke_taper (cr, line, (double[]){ 1.4, w, w, w, 1.4 }, 5, dark, 0.9);
  }
  for (int i = 0; i < 2; i++)
    bs_demo_glow (cr, o->corner[i], u * 0.06, u * 0.055, 0, dark, 0.65);
}

/**
 * bs_demo_mouth_draw:
 * @self: a head
 * @cr: a context
 */
void
bs_demo_mouth_draw (const BsDemoHead *self, cairo_t *cr)
{
  Mouth o = measure_mouth (self);
  BsDemoColour colour = bs_demo_colour_mix (self->look->lips, bs_demo_head_skin (self, 0.9), 0.12);
  colour = bs_demo_colour_mix (colour, bs_demo_head_skin (self, 1),
                               0.35 * bs_demo_clamp01 (self->move->au[BS_DEMO_AU24]));
  double u = self->unit;
  /* The groove from nose to lip. */
  double top = 0.60 - 0.06 * self->move->au[BS_DEMO_AU9];
  BsDemoPoint groove[] = { bs_demo_head_at (self, 0.015, top, 0.12),
                           bs_demo_head_at (self, 0.02, o.upper_top - 0.01, LIP_LIFT) };
  bs_demo_stroke_taper (cr, groove, (double[]){ u * 0.05, u * 0.085 }, 2,
                        bs_demo_head_skin (self, 0.6), 0.26);
  draw_cavity (self, cr, &o);
  draw_lower_lip (self, cr, &o, colour);
  draw_upper_lip (self, cr, &o, colour);
  draw_seam (self, cr, &o, colour);
}
