/* SPDX-License-Identifier: MIT */
/* Hair. A style is a hairline on the face, an outline around the skull, and what
 * hangs behind or beside the neck. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

#define LINE_POINTS 9
#define OUTLINE_POINTS 9

typedef enum { FALL_NONE, FALL_BOB, FALL_LONG } Fall;

typedef struct {
  /* From the viewer's left to the right: where hair ends and the face begins. */
  double x[LINE_POINTS];
  double y[LINE_POINTS];
  double volume; /* how far the outline stands off the skull */
  double side_end; /* how far down it reaches beside the face */
  double part; /* x of the place that strands come from */
  Fall fall;
  gboolean curly;
  gboolean bun;
} Style;

static const Style styles[BS_DEMO_N_HAIRS] = {
  [BS_DEMO_HAIR_CROP] = { .x = { -0.95, -0.93, -0.84, -0.50, 0, 0.50, 0.84, 0.93, 0.95 },
                          .y = { 0.02, -0.30, -0.66, -0.93, -0.97, -0.93, -0.66, -0.30, 0.02 },
                          .volume = 0.02,
                          .side_end = 0.05 },
  [BS_DEMO_HAIR_SIDE_PART] = { .x = { -0.95, -0.92, -0.80, -0.52, -0.10, 0.38, 0.80, 0.93, 0.95 },
                               .y = { 0.05, -0.32, -0.70, -1.00, -0.80, -0.68, -0.60, -0.28, 0.05 },
                               .volume = 0.12,
                               .side_end = 0.08,
                               .part = -0.55 },
  [BS_DEMO_HAIR_SWEPT_BACK] = { .x = { -0.95, -0.93, -0.82, -0.46, 0, 0.46, 0.82, 0.93, 0.95 },
                                .y = { 0.05, -0.34, -0.74, -1.02, -1.05, -1.02, -0.74, -0.34,
                                       0.05 },
                                .volume = 0.12,
                                .side_end = 0.08 },
  [BS_DEMO_HAIR_RECEDING] = { .x = { -0.96, -0.96, -0.90, -0.62, 0, 0.62, 0.90, 0.96, 0.96 },
                              .y = { 0.05, -0.40, -0.86, -1.20, -1.08, -1.20, -0.86, -0.40, 0.05 },
                              .volume = 0.01,
                              .side_end = 0.05 },
  [BS_DEMO_HAIR_CURLS] = { .x = { -0.95, -0.92, -0.82, -0.50, 0, 0.50, 0.82, 0.92, 0.95 },
                           .y = { 0.05, -0.32, -0.64, -0.84, -0.82, -0.86, -0.64, -0.32, 0.05 },
                           .volume = 0.14,
                           .side_end = 0.05,
                           .curly = TRUE },
  [BS_DEMO_HAIR_BOB] = { .x = { -0.90, -0.93, -0.86, -0.48, -0.30, 0.25, 0.78, 0.92, 0.88 },
                         .y = { 0.95, 0.10, -0.50, -0.98, -1.05, -0.80, -0.42, 0.15, 0.95 },
                         .volume = 0.18,
                         .side_end = 1.05,
                         .part = -0.3,
                         .fall = FALL_BOB },
  [BS_DEMO_HAIR_LONG] = { .x = { -1.00, -0.93, -0.88, -0.52, 0, 0.52, 0.88, 0.93, 1.00 },
                          .y = { 1.25, 0.20, -0.38, -0.80, -1.10, -0.80, -0.38, 0.20, 1.25 },
                          .volume = 0.16,
                          .side_end = 1.3,
                          .fall = FALL_LONG },
  [BS_DEMO_HAIR_FRINGE] = { .x = { -1.00, -0.93, -0.88, -0.50, 0, 0.50, 0.88, 0.93, 1.00 },
                            .y = { 1.25, 0.15, -0.42, -0.55, -0.53, -0.57, -0.42, 0.15, 1.25 },
                            .volume = 0.15,
                            .side_end = 1.3,
                            .fall = FALL_LONG },
  [BS_DEMO_HAIR_BUN] = { .x = { -0.96, -0.93, -0.83, -0.46, 0, 0.46, 0.83, 0.93, 0.96 },
                         .y = { 0.02, -0.32, -0.70, -0.98, -1.02, -0.98, -0.70, -0.32, 0.02 },
                         .volume = 0.05,
                         .side_end = 0.04,
                         .bun = TRUE },
  [BS_DEMO_HAIR_LONG_CURLS] = { .x = { -1.02, -0.95, -0.88, -0.55, 0.15, 0.58, 0.88, 0.95, 1.02 },
                                .y = { 1.10, 0.15, -0.40, -0.78, -1.00, -0.72, -0.38, 0.15, 1.10 },
                                .volume = 0.22,
                                .side_end = 1.15,
                                .part = 0.15,
                                .fall = FALL_LONG,
                                .curly = TRUE },
};

/* How a single hair is painted: its width along the way, and how bright it is beside the others. */
typedef struct {
  double widths[5];
  int n_points;
  double brightness[3]; /* taken in turn */
  int n_brightness;
  double alpha;
} HairStroke;

static const HairStroke lock_strand = { { 0.5, 1.8, 2.2, 1.8, 0.5 }, 5, { 0.5, 1.5 }, 2, 0.32 };
static const HairStroke skull_strand = { { 0.4, 1.6, 0.5 }, 3, { 1.65, 0.55, 1.2 }, 3, 0.34 };
static const HairStroke curl_light = { { 0.5, 2.4, 0.5 }, 3, { 0.5, 1.7 }, 2, 0.5 };

static void
draw_hair (const BsDemoHead *self, cairo_t *cr, const HairStroke *stroke, const BsDemoPoint *points,
           int i)
{
  BsDemoColour colour =
    bs_demo_colour_scale (self->look->hair, stroke->brightness[i % stroke->n_brightness]);
  bs_demo_stroke_taper (cr, points, stroke->widths, stroke->n_points, colour, stroke->alpha);
}

static void
outline_points (const BsDemoHead *self, const Style *s, BsDemoPoint p[OUTLINE_POINTS])
{
  double v = s->volume, end = s->side_end;
  double low_x = end > 0.5 ? 1.10 : 1.0;
  const double half[5][2] = { { low_x + (end > 0.5 ? v : 0), end },
                              { 1.03 + v, -0.32 },
                              { 1.02 + v, -0.82 },
                              { 0.68 + 0.5 * v, -1.36 - 0.7 * v },
                              { 0, -1.52 - v } };
  for (int i = 0; i < 5; i++) {
    double z = i == 0 ? -0.05 : -0.1;
    p[i] = bs_demo_head_rim (self, -half[i][0], half[i][1], z);
    p[OUTLINE_POINTS - 1 - i] = bs_demo_head_rim (self, half[i][0], half[i][1], z);
  }
}

static void
line_points (const BsDemoHead *self, const Style *s, BsDemoPoint p[LINE_POINTS])
{
  for (int i = 0; i < LINE_POINTS; i++) {
    double x = s->x[i], y = s->y[i];
    p[i] =
      fabs (x) > 0.9 ? bs_demo_head_rim (self, x, y, 0.05) : bs_demo_head_at (self, x, y, 0.02);
  }
}

static void
set_hair_source (const BsDemoHead *self, cairo_t *cr, double top, double bottom, double factor)
{
  BsDemoPoint a = bs_demo_head_rim (self, -0.5, top, 0),
              b = bs_demo_head_rim (self, 0.5, bottom, 0);
  cairo_pattern_t *p = cairo_pattern_create_linear (a.x, a.y, b.x, b.y);
  static const double shades[][2] = { { 0, 1.05 }, { 0.22, 1.38 }, { 0.45, 1.0 }, { 1, 0.62 } };
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++) {
    BsDemoColour c = bs_demo_colour_scale (self->look->hair, shades[i][1] * factor);
    cairo_pattern_add_color_stop_rgb (p, shades[i][0], c.r, c.g, c.b);
  }
  cairo_set_source (cr, p);
  cairo_pattern_destroy (p);
}

static void
add_curls (cairo_t *cr, const BsDemoPoint *along, int n, double radius, int seed)
{
  for (int i = 0; i < n - 1; i++)
    for (int k = 0; k < 4; k++) {
      int id = seed + i * 4 + k;
      BsDemoPoint c =
        bs_demo_point_mix (along[i], along[i + 1], (k + 0.6 * bs_demo_scatter (id)) / 4);
      bs_demo_ellipse (cr, c, radius * (0.75 + 0.5 * bs_demo_scatter (id + 91)),
                       radius * (0.75 + 0.5 * bs_demo_scatter (id + 37)), 0);
    }
}

static void
fall_points (const BsDemoHead *self, const Style *s, int side, double outward, BsDemoPoint p[5])
{
  double v = s->volume, end = s->fall == FALL_BOB ? 1.15 : 3.0;
  double lean = s->fall == FALL_BOB ? -0.10 : 0.06;
  p[0] = bs_demo_head_rim (self, side * (0.98 + v * outward), -0.5, -0.2);
  p[1] = bs_demo_head_rim (self, side * (1.06 + v * outward), 0.2, -0.15);
  p[2] = bs_demo_head_rim (self, side * (1.04 + 0.12 * outward + v * outward), 0.85, -0.15);
  if (s->fall == FALL_BOB) {
    p[3] = bs_demo_head_rim (self, side * (0.95 + lean + v * outward), end, -0.1);
    p[4] = bs_demo_head_rim (self, side * (0.55), end + 0.08, -0.1);
  } else {
    p[3] = bs_demo_body_at (self, side * (0.98 + 0.14 * outward + v * outward), 1.6);
    p[4] = bs_demo_body_at (self, side * (0.90 + lean + 0.15 * outward), end);
  }
}

/**
 * bs_demo_hair_covers_ears:
 * @self: a head
 *
 * Returns: whether the ears are behind the hair
 */
gboolean
bs_demo_hair_covers_ears (const BsDemoHead *self)
{
  return styles[self->look->hair_style].fall != FALL_NONE;
}

/**
 * bs_demo_hair_draw_back:
 * @self: a head
 * @cr: a context
 *
 * Paints what lies behind neck and shoulders.
 */
void
bs_demo_hair_draw_back (const BsDemoHead *self, cairo_t *cr)
{
  const Style *s = &styles[self->look->hair_style];
  if (s->bun) {
    BsDemoPoint c = bs_demo_head_rim (self, 0.10, -1.62, -0.5);
    bs_demo_ellipse (cr, c, 0.42 * self->unit, 0.36 * self->unit, 0.2);
    bs_demo_set_colour (cr, bs_demo_colour_scale (self->look->hair, 0.95), 1);
    cairo_fill (cr);
    bs_demo_glow (cr, (BsDemoPoint){ c.x - 10, c.y - 9 }, 0.22 * self->unit, 0.14 * self->unit,
                  -0.5, bs_demo_colour_scale (self->look->hair, 1.9), 0.5);
  }
  if (s->fall == FALL_NONE)
    return;
  BsDemoPoint left[5], right[5];
  fall_points (self, s, -1, 0.9, left);
  fall_points (self, s, 1, 0.9, right);
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, left, 5, FALSE);
  for (int i = 4; i >= 0; i--)
    cairo_line_to (cr, right[i].x, right[i].y);
  cairo_close_path (cr);
  bs_demo_set_colour (cr, bs_demo_colour_scale (self->look->hair, 0.45), 1);
  cairo_fill (cr);
}

/**
 * bs_demo_hair_draw_locks:
 * @self: a head
 * @cr: a context
 *
 * Paints what falls over the shoulders beside the neck.
 */
void
bs_demo_hair_draw_locks (const BsDemoHead *self, cairo_t *cr)
{
  const Style *s = &styles[self->look->hair_style];
  if (s->fall == FALL_NONE)
    return;
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint outer[5], inner[5];
    fall_points (self, s, side, 1.0, outer);
    fall_points (self, s, side, 0.0, inner);
    for (int i = 0; i < 5; i++)
      inner[i].x -= side * self->unit * (i < 3 ? 0.30 : i == 3 ? 0.36 : 0.25);
    cairo_new_path (cr);
    bs_demo_path_smooth (cr, outer, 5, FALSE);
    for (int i = 4; i >= 0; i--)
      cairo_line_to (cr, inner[i].x, inner[i].y);
    cairo_close_path (cr);
    set_hair_source (self, cr, -0.8, 2.4, side < 0 ? 0.92 : 0.74);
    cairo_fill (cr);
    if (s->curly) {
      set_hair_source (self, cr, -0.8, 2.4, side < 0 ? 0.92 : 0.74);
      add_curls (cr, outer, 5, 0.17 * self->unit, side < 0 ? 3 : 53);
      cairo_fill (cr);
    }
    for (int i = 1; i < 7; i++) {
      BsDemoPoint strand[5];
      for (int k = 0; k < 5; k++)
        strand[k] = bs_demo_point_mix (
          inner[k], outer[k], i / 7.0 + (s->curly ? 0.16 * bs_demo_scatter (i * 5 + k) : 0));
      draw_hair (self, cr, &lock_strand, strand, i);
    }
  }
}

static void
draw_strands (const BsDemoHead *self, cairo_t *cr, const Style *s, const BsDemoPoint *line,
              const BsDemoPoint *outline)
{
  BsDemoPoint crown = bs_demo_head_rim (self, s->part, -1.40 - 0.4 * s->volume, 0.1);
  for (int i = 0; i < 26; i++) {
    double t = (i + 0.5 * bs_demo_scatter (i)) / 26.0 * (LINE_POINTS - 1);
    int k = MIN ((int) t, LINE_POINTS - 2);
    BsDemoPoint tip = bs_demo_point_mix (line[k], line[k + 1], t - k);
    BsDemoPoint out = bs_demo_point_mix (outline[k], outline[k + 1], t - k);
    double away = s->part == 0 && s->side_end < 0.5 ? 0.55 : 0.42;
    BsDemoPoint root = bs_demo_point_mix (crown, out, 0.25 + 0.5 * bs_demo_scatter (i + 60));
    BsDemoPoint middle = bs_demo_point_mix (bs_demo_point_mix (root, tip, 0.5), out, away * 0.5);
    BsDemoPoint strand[] = { root, middle, tip };
    HairStroke stroke = skull_strand;
    stroke.widths[1] += 1.4 * bs_demo_scatter (i + 9);
    draw_hair (self, cr, &stroke, strand, i);
  }
}

static void
draw_curl_lights (const BsDemoHead *self, cairo_t *cr, const BsDemoPoint *line,
                  const BsDemoPoint *outline)
{
  for (int i = 0; i < 42; i++) {
    double t = bs_demo_scatter (i) * (LINE_POINTS - 1);
    int k = MIN ((int) t, LINE_POINTS - 2);
    BsDemoPoint a = bs_demo_point_mix (line[k], line[k + 1], t - k);
    BsDemoPoint b = bs_demo_point_mix (outline[k], outline[k + 1], t - k);
    BsDemoPoint c = bs_demo_point_mix (a, b, bs_demo_scatter (i + 200));
    double r = self->unit * (0.05 + 0.05 * bs_demo_scatter (i + 100)),
           turn = 6.28 * bs_demo_scatter (i + 300);
    BsDemoPoint arc[] = { { c.x + r * cos (turn), c.y + r * sin (turn) },
                          { c.x + r * cos (turn + 1.2), c.y + r * sin (turn + 1.2) },
                          { c.x + r * cos (turn + 2.4), c.y + r * sin (turn + 2.4) } };
    draw_hair (self, cr, &curl_light, arc, i);
  }
}

/* The hair's own shadow on the skin, softer the farther it reaches. */
static void
draw_shadow (const BsDemoHead *self, cairo_t *cr, const BsDemoPoint *line)
{
  BsDemoPoint rim[BS_DEMO_HEAD_RIM_POINTS];
  bs_demo_head_rim_points (self, rim);
  cairo_save (cr);
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, rim, BS_DEMO_HEAD_RIM_POINTS, TRUE);
  cairo_clip (cr);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, 0.32), 0.085);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 1; i <= 4; i++) {
    BsDemoPoint shifted[LINE_POINTS];
    for (int k = 0; k < LINE_POINTS; k++)
      shifted[k] = (BsDemoPoint){ line[k].x + i, line[k].y + 1.5 * i };
    cairo_new_path (cr);
    bs_demo_path_smooth (cr, shifted, LINE_POINTS, FALSE);
    cairo_set_line_width (cr, 0.06 * self->unit * i);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

/**
 * bs_demo_hair_draw_front:
 * @self: a head
 * @cr: a context
 *
 * Paints what lies on and around the skull.
 */
void
bs_demo_hair_draw_front (const BsDemoHead *self, cairo_t *cr)
{
  const Style *s = &styles[self->look->hair_style];
  BsDemoPoint line[LINE_POINTS], outline[OUTLINE_POINTS], back[LINE_POINTS];
  line_points (self, s, line);
  outline_points (self, s, outline);
  for (int i = 0; i < LINE_POINTS; i++)
    back[i] = line[LINE_POINTS - 1 - i];
  draw_shadow (self, cr, line);
  cairo_new_path (cr);
  bs_demo_path_smooth (cr, outline, OUTLINE_POINTS, FALSE);
  bs_demo_path_smooth (cr, back, LINE_POINTS, FALSE);
  cairo_close_path (cr);
  set_hair_source (self, cr, -1.6, fmax (0.2, s->side_end), 1);
  cairo_fill_preserve (cr);
  if (s->curly) {
    add_curls (cr, outline + 1, OUTLINE_POINTS - 2, 0.16 * self->unit, 7);
    add_curls (cr, line + 1, LINE_POINTS - 2, 0.10 * self->unit, 31);
    cairo_fill (cr);
    draw_curl_lights (self, cr, line, outline);
    return;
  }
  cairo_save (cr);
  cairo_clip (cr);
  draw_strands (self, cr, s, line, outline);
  cairo_restore (cr);
}
