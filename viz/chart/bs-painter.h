/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-palette.h"

G_BEGIN_DECLS

/**
 * BsRect:
 *
 * A rectangle in pixels.
 */
typedef struct {
  double x, y, width, height;
} BsRect;

static inline gboolean
bs_rect_contains (const BsRect *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}

/**
 * BsFont:
 * @size_px: height
 * @bold: heavier
 *
 * Digits always have the same width.
 */
typedef struct {
  double size_px;
  gboolean bold;
} BsFont;

/**
 * BsPainter:
 * @cr: what is drawn on
 * @theme: its surroundings
 *
 * A cairo context with a theme and a cache of laid out texts, for the time of one drawing.
 */
typedef struct {
  cairo_t *cr;
  const BsChartTheme *theme;
  /*< private >*/
  gpointer context;
  GHashTable *layouts;
} BsPainter;

BsPainter *bs_painter_new (cairo_t *cr, const BsChartTheme *theme);
void bs_painter_free (BsPainter *self);

BsFont bs_painter_font (const BsPainter *self, double scale, gboolean bold);
void bs_painter_text (BsPainter *self, BsFont font, BsColor color, double x, double y,
                      double x_align, double y_align, const char *text);
void bs_painter_text_rotated (BsPainter *self, BsFont font, BsColor color, double x, double y,
                              double x_align, double y_align, double degrees, const char *text);
double bs_text_estimate (double size_px, const char *const *texts, gsize n);
double bs_painter_text_width (BsPainter *self, BsFont font, const char *text);

void bs_painter_round_rect (BsPainter *self, const BsRect *rect, double radius);
void bs_painter_hatch (BsPainter *self, const BsRect *bounds, double spacing, BsColor color,
                       double alpha);
void bs_painter_marker (BsPainter *self, BsMarker marker, double x, double y, double radius);
void bs_painter_bubble (BsPainter *self, double width, double height, double x, double y,
                        const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPainter, bs_painter_free)

G_END_DECLS
