/* SPDX-License-Identifier: MIT */
/* What the tests of charts share: a picture to draw on whose pixels can be read. */
#pragma once

#include <locale.h>
#include <math.h>
#include <string.h>

#include "viz/chart/bs-chart.h"

static inline cairo_surface_t *
picture_new (int width, int height, BsColor background)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  bs_color_set (cr, background);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

static inline BsColor
picture_at (cairo_surface_t *surface, double x, double y)
{
  const guint8 *data;
  guint32 pixel;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  g_assert_cmpint ((int) x, >=, 0);
  g_assert_cmpint ((int) x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpint ((int) y, >=, 0);
  g_assert_cmpint ((int) y, <, cairo_image_surface_get_height (surface));
  memcpy (&pixel, data + (int) y * cairo_image_surface_get_stride (surface) + (int) x * 4, 4);
  return bs_color_rgb (pixel & 0xffffff);
}

static inline gboolean
color_is (BsColor a, BsColor b)
{
  return fabs (a.r - b.r) < .02 && fabs (a.g - b.g) < .02 && fabs (a.b - b.b) < .02;
}

/* Whether any pixel of the rectangle has the colour. */
static inline gboolean
picture_has (cairo_surface_t *surface, BsRect rect, BsColor color)
{
  for (int y = (int) rect.y; y < (int) (rect.y + rect.height); y++)
    for (int x = (int) rect.x; x < (int) (rect.x + rect.width); x++)
      if (color_is (picture_at (surface, x, y), color))
        return TRUE;
  return FALSE;
}

/* The comma locale where it is installed; FALSE, said aloud, where it is not. */
static inline gboolean
use_comma_locale (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8"))
    return TRUE;
  g_test_skip ("de_DE.UTF-8 is not installed");
  return FALSE;
}
