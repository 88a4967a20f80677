/* SPDX-License-Identifier: MIT */
/* Distributions as steps, several over one another. */
#include <glib/gi18n.h>
#include <math.h>

#include "viz/chart/bs-histogram-private.h"

/**
 * bs_histogram_count:
 * @values: (array length=n): measured values; those that are not finite are left out
 * @n: how many
 * @from: left end of the first bin
 * @to: right end of the last
 * @n_bins: bins of equal width
 * @counts: (array length=n_bins) (out caller-allocates): values in each; what lies outside is
 *   counted in the nearest
 */
void
bs_histogram_count (const double *values, gsize n, double from, double to, gsize n_bins,
                    double *counts)
{
  g_return_if_fail (n_bins > 0);
  for (gsize i = 0; i < n_bins; i++)
    counts[i] = 0;
  for (gsize i = 0; i < n; i++) {
    double at = (values[i] - from) / (to - from) * (double) n_bins;

    if (isfinite (at))
      counts[(gsize) CLAMP (at, 0, (double) n_bins - 1)]++;
  }
}

static BsRect
plot_of (double width, double height, const BsChartTheme *theme)
{
  double left = theme->size_px * 4, top = theme->size_px * 1.6;

  return (BsRect){ left, top, MAX (1, width - left - 8),
                   MAX (1, height - top - theme->size_px * 3) };
}

static double
largest_count (const BsHistogram *self)
{
  double largest = 1;

  for (gsize i = 0; self->counts && i < self->n_series * self->n_bins; i++)
    if (self->counts[i] > largest)
      largest = self->counts[i];
  return largest;
}

static void
draw_series (const BsHistogram *self, BsPainter *painter, const BsRect *plot, gsize series,
             const BsScale *up)
{
  cairo_t *cr = painter->cr;
  double bin = plot->width / (double) self->n_bins, bottom = plot->y + plot->height;

  cairo_new_path (cr);
  cairo_move_to (cr, plot->x, bottom);
  for (gsize i = 0; i < self->n_bins; i++) {
    double count = self->counts[series * self->n_bins + i];
    double y = bs_scale_px (up, count > 0 ? count : 0);

    cairo_line_to (cr, plot->x + bin * (double) i, y);
    cairo_line_to (cr, plot->x + bin * (double) (i + 1), y);
  }
  cairo_line_to (cr, plot->x + plot->width, bottom);
  bs_color_set_alpha (cr, self->series[series].color, .28);
  cairo_fill_preserve (cr);
  bs_color_set (cr, self->series[series].color);
  cairo_set_line_width (cr, 1.75);
  cairo_stroke (cr);
}

/**
 * bs_histogram_draw:
 * @self: a histogram
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 */
void
bs_histogram_draw (const BsHistogram *self, cairo_t *cr, double width, double height,
                   const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = plot_of (width, height, theme);
  BsScale across = { self->from, self->to, plot.x, plot.x + plot.width };
  BsScale up = { 0, largest_count (self) * 1.05, plot.y + plot.height, plot.y };
  BsAxis axis_x = { .title = self->x_title, .n_ticks = MAX (2, (int) (plot.width / 60)) };
  BsAxis axis_y = { .title = self->y_title,
                    .n_ticks = MAX (2, (int) (plot.height / 28)),
                    .grid = TRUE };
  BsFont font = bs_painter_font (painter, .92, FALSE);
  double x = plot.x;

  bs_axis_draw_x (painter, &plot, &across, &axis_x);
  bs_axis_draw_y (painter, &plot, &up, &axis_y);
  for (gsize i = 0; self->counts && self->n_bins > 0 && i < self->n_series; i++) {
    draw_series (self, painter, &plot, i, &up);
    cairo_rectangle (cr, x, plot.y - theme->size_px * 1.2, 10, 10);
    bs_color_set (cr, self->series[i].color);
    cairo_fill (cr);
    bs_painter_text (painter, font, theme->text, x + 15, plot.y - theme->size_px * 1.2 + 5, 0, .5,
                     self->series[i].name);
    x += bs_painter_text_width (painter, font, self->series[i].name) + 30;
  }
}

/**
 * bs_histogram_hit:
 * @self: a histogram
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: the bin there, or -1
 */
int
bs_histogram_hit (const BsHistogram *self, double width, double height, const BsChartTheme *theme,
                  double x, double y)
{
  BsRect plot = plot_of (width, height, theme);

  if (self->n_bins == 0 || !bs_rect_contains (&plot, x, y))
    return -1;
  return (int) ((x - plot.x) / plot.width * (double) self->n_bins);
}

/**
 * bs_histogram_table:
 * @self: a histogram
 *
 * Returns: (transfer full): both ends of every bin and each series' count
 */
BsTable *
bs_histogram_table (const BsHistogram *self)
{
  BsTable *table = bs_table_new ();
  double bin = self->n_bins ? (self->to - self->from) / (double) self->n_bins : 0;

  bs_table_add_column (table, N_ ("from"), 2);
  bs_table_add_column (table, N_ ("to"), 2);
  for (gsize s = 0; s < self->n_series; s++)
    bs_table_add_column (table, self->series[s].name, 0);
  for (gsize i = 0; self->counts && i < self->n_bins; i++) {
    bs_table_add_number (table, self->from + bin * (double) i);
    bs_table_add_number (table, self->from + bin * (double) (i + 1));
    for (gsize s = 0; s < self->n_series; s++)
      bs_table_add_number (table, self->counts[s * self->n_bins + i]);
  }
  return table;
}
