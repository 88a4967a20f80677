/* SPDX-License-Identifier: MIT */
/* The few strokes that the faces are painted with: smooth outlines, tapering lines, soft light
 * and shade. Cairo has neither blur nor brushes of changing width. */
#include "data/demo/face/bs-demo-brush.h"

#include <math.h>

#define MAX_STROKE_POINTS 8
#define STEPS_PER_SEGMENT 6

/**
 * bs_demo_colour_mix:
 * @a: a colour
 * @b: another
 * @share: how much of @b, 0 to 1
 *
 * Returns: the mixture
 */
BsDemoColour
bs_demo_colour_mix (BsDemoColour a, BsDemoColour b, double share)
{
  float t = (float) share;
  return (BsDemoColour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

/**
 * bs_demo_colour_scale:
 * @colour: a colour
 * @factor: 1 leaves it, less darkens
 *
 * Darkening keeps some red back, as skin does where light comes through it.
 *
 * Returns: the lighter or darker colour
 */
BsDemoColour
bs_demo_colour_scale (BsDemoColour colour, double factor)
{
  float red = (float) (factor < 1 ? pow (factor, 0.82) : factor);
  float rest = (float) factor;
  return (BsDemoColour){ fminf (colour.r * red, 1), fminf (colour.g * rest, 1),
                         fminf (colour.b * rest, 1) };
}

/**
 * bs_demo_set_colour:
 * @cr: a context
 * @colour: what to paint with
 * @alpha: opacity
 */
void
bs_demo_set_colour (cairo_t *cr, BsDemoColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

/**
 * bs_demo_point_mix:
 * @a: a point
 * @b: another
 * @share: 0 is @a, 1 is @b
 *
 * Returns: the point between them
 */
BsDemoPoint
bs_demo_point_mix (BsDemoPoint a, BsDemoPoint b, double share)
{
  return (BsDemoPoint){ a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share };
}

static BsDemoPoint
neighbour (const BsDemoPoint *points, int n, int i, gboolean closed)
{
  if (closed)
    return points[(i + n) % n];
  return points[CLAMP (i, 0, n - 1)];
}

/* Catmull and Rom's spline through the points, segment i as Bezier control points. */
static void
segment_controls (const BsDemoPoint *points, int n, int i, gboolean closed, BsDemoPoint out[4])
{
  BsDemoPoint before = neighbour (points, n, i - 1, closed);
  BsDemoPoint after = neighbour (points, n, i + 2, closed);
  out[0] = neighbour (points, n, i, closed);
  out[3] = neighbour (points, n, i + 1, closed);
  out[1] =
    (BsDemoPoint){ out[0].x + (out[3].x - before.x) / 6, out[0].y + (out[3].y - before.y) / 6 };
  out[2] =
    (BsDemoPoint){ out[3].x - (after.x - out[0].x) / 6, out[3].y - (after.y - out[0].y) / 6 };
}

/**
 * bs_demo_path_smooth:
 * @cr: a context
 * @points: (array length=n): points the curve passes through
 * @n: at least 2
 * @closed: whether it ends where it starts
 *
 * Adds a smooth curve to the path: a new subpath where there is no current point or where it
 * is closed, else joined to the current point by a line.
 */
void
bs_demo_path_smooth (cairo_t *cr, const BsDemoPoint *points, int n, gboolean closed)
{
  if (closed || !cairo_has_current_point (cr))
    cairo_move_to (cr, points[0].x, points[0].y);
  else
    cairo_line_to (cr, points[0].x, points[0].y);
  for (int i = 0; i < (closed ? n : n - 1); i++) {
    BsDemoPoint c[4];
    segment_controls (points, n, i, closed, c);
    cairo_curve_to (cr, c[1].x, c[1].y, c[2].x, c[2].y, c[3].x, c[3].y);
  }
  if (closed)
    cairo_close_path (cr);
}

/**
 * bs_demo_path_cubic:
 * @cr: a context with a current point
 * @a: first control point
 * @b: second
 * @c: where the curve ends
 */
void
bs_demo_path_cubic (cairo_t *cr, BsDemoPoint a, BsDemoPoint b, BsDemoPoint c)
{
  cairo_curve_to (cr, a.x, a.y, b.x, b.y, c.x, c.y);
}

static BsDemoPoint
cubic_at (const BsDemoPoint c[4], double t)
{
  double s = 1 - t;
  double w[4] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };
  BsDemoPoint p = { 0, 0 };
  for (int i = 0; i < 4; i++) {
    p.x += w[i] * c[i].x;
    p.y += w[i] * c[i].y;
  }
  return p;
}

/**
 * bs_demo_stroke_taper:
 * @cr: a context
 * @points: (array length=n): what the line passes through
 * @widths: (array length=n): its width at each, in pixels
 * @n: 2 to 8
 * @colour: what it is painted with
 * @alpha: opacity
 *
 * Paints a line whose width changes along it.
 */
void
bs_demo_stroke_taper (cairo_t *cr, const BsDemoPoint *points, const double *widths, int n,
                      BsDemoColour colour, double alpha)
{
  g_return_if_fail (n >= 2 && n <= MAX_STROKE_POINTS);
  if (alpha < 0.01)
    return;
  BsDemoPoint line[(MAX_STROKE_POINTS - 1) * STEPS_PER_SEGMENT + 1];
  double half[G_N_ELEMENTS (line)];
  int m = 0;
  for (int i = 0; i < n - 1; i++) {
    BsDemoPoint c[4];
    segment_controls (points, n, i, FALSE, c);
    for (int k = i == 0 ? 0 : 1; k <= STEPS_PER_SEGMENT; k++, m++) {
      double t = (double) k / STEPS_PER_SEGMENT;
      line[m] = cubic_at (c, t);
      half[m] = 0.5 * (widths[i] + (widths[i + 1] - widths[i]) * t);
    }
  }
  BsDemoPoint normal[G_N_ELEMENTS (line)];
  for (int i = 0; i < m; i++) {
    double dx = line[MIN (i + 1, m - 1)].x - line[MAX (i - 1, 0)].x;
    double dy = line[MIN (i + 1, m - 1)].y - line[MAX (i - 1, 0)].y;
    double length = fmax (hypot (dx, dy), 1e-6);
    normal[i] = (BsDemoPoint){ -dy / length * half[i], dx / length * half[i] };
  }
  cairo_new_path (cr);
  for (int i = 0; i < m; i++)
    cairo_line_to (cr, line[i].x + normal[i].x, line[i].y + normal[i].y);
  for (int i = m - 1; i >= 0; i--)
    cairo_line_to (cr, line[i].x - normal[i].x, line[i].y - normal[i].y);
  cairo_close_path (cr);
  bs_demo_set_colour (cr, colour, fmin (alpha, 1));
  cairo_fill (cr);
}

/**
 * bs_demo_glow:
 * @cr: a context
 * @centre: middle
 * @rx: radius along @angle, in pixels
 * @ry: the other radius
 * @angle: in radians
 * @colour: of light or shade
 * @alpha: opacity in the middle; it falls smoothly to nothing at the rim
 */
void
bs_demo_glow (cairo_t *cr, BsDemoPoint centre, double rx, double ry, double angle,
              BsDemoColour colour, double alpha)
{
  if (alpha < 0.01 || rx <= 0 || ry <= 0)
    return;
  alpha = fmin (alpha, 1);
  cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);
  static const double stops[][2] = {
    { 0, 1 }, { 0.25, 0.84 }, { 0.5, 0.5 }, { 0.75, 0.16 }, { 1, 0 }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    cairo_pattern_add_color_stop_rgba (pattern, stops[i][0], colour.r, colour.g, colour.b,
                                       alpha * stops[i][1]);
  cairo_save (cr);
  cairo_translate (cr, centre.x, centre.y);
  cairo_rotate (cr, angle);
  cairo_scale (cr, rx, ry);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, -1, -1, 2, 2);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

/**
 * bs_demo_ellipse:
 * @cr: a context
 * @centre: middle
 * @rx: radius along @angle, in pixels
 * @ry: the other radius
 * @angle: in radians
 *
 * Adds a closed ellipse to the path.
 */
void
bs_demo_ellipse (cairo_t *cr, BsDemoPoint centre, double rx, double ry, double angle)
{
  cairo_save (cr);
  cairo_translate (cr, centre.x, centre.y);
  cairo_rotate (cr, angle);
  cairo_scale (cr, fmax (rx, 1e-3), fmax (ry, 1e-3));
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

/**
 * bs_demo_scatter:
 * @index: of a curl or strand
 *
 * Even, but not regular, and the same in every frame.
 *
 * Returns: a fixed number in [0, 1) for each @index
 */
double
bs_demo_scatter (int index)
{
  double x = sin (index * 12.9898 + 4.1) * 43758.5453;
  return x - floor (x);
}
