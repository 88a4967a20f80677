/* SPDX-License-Identifier: MIT */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  float r;
  float g;
  float b;
} BsDemoColour;

typedef struct {
  double x;
  double y;
} BsDemoPoint;

static inline double
bs_demo_clamp01 (double x)
{
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

BsDemoColour bs_demo_colour_mix (BsDemoColour a, BsDemoColour b, double share);
BsDemoColour bs_demo_colour_scale (BsDemoColour colour, double factor);
void bs_demo_set_colour (cairo_t *cr, BsDemoColour colour, double alpha);
BsDemoPoint bs_demo_point_mix (BsDemoPoint a, BsDemoPoint b, double share);

void bs_demo_path_smooth (cairo_t *cr, const BsDemoPoint *points, int n, gboolean closed);
void bs_demo_path_cubic (cairo_t *cr, BsDemoPoint a, BsDemoPoint b, BsDemoPoint c);
void bs_demo_stroke_taper (cairo_t *cr, const BsDemoPoint *points, const double *widths, int n,
                           BsDemoColour colour, double alpha);
void bs_demo_glow (cairo_t *cr, BsDemoPoint centre, double rx, double ry, double angle,
                   BsDemoColour colour, double alpha);
double bs_demo_scatter (int index);
void bs_demo_ellipse (cairo_t *cr, BsDemoPoint centre, double rx, double ry, double angle);

G_END_DECLS
