/* SPDX-License-Identifier: MIT */
/* Lying bars in parts. */
#include "viz/chart/bs-bar-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEGEND_COLUMN_EM 7.0

static double
value_of (const BsBarChart *self, gsize bar, gsize part)
{
  double value = self->values ? self->values[bar * self->n_parts + part] : 0;

  return value > 0 && isfinite (value) ? value : 0;
}

static double
sum_of (const BsBarChart *self, gsize bar)
{
  double sum = 0;

  for (gsize part = 0; part < self->n_parts; part++)
    sum += value_of (self, bar, part);
  return sum;
}

static double
largest_sum (const BsBarChart *self)
{
  double largest = 0;

  for (gsize bar = 0; bar < self->n; bar++)
    largest = MAX (largest, sum_of (self, bar));
  return largest;
}

static double
legend_height (const BsBarChart *self, double width, const BsChartTheme *theme)
{
  double title = self->title ? theme->size_px * BS_LEGEND_ROW_EM : 0;

  return title +
         (self->n_parts > 1 ? bs_legend_height (self->n_parts, LEGEND_COLUMN_EM, width, theme) : 0);
}

/**
 * bs_bar_chart_bar:
 * @self: a chart
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @index: which bar
 *
 * Returns: where the bar lies
 */
BsRect
bs_bar_chart_bar (const BsBarChart *self, double width, double height, const BsChartTheme *theme,
                  gsize index)
{
  double top = legend_height (self, width, theme),
         left = bs_text_estimate (theme->size_px * .92, self->names, self->n) + 8;
  double row = (height - top) / MAX (1, (double) self->n), largest = largest_sum (self);
  double full = MAX (1, width - left - theme->size_px * 3.2);
  double thickness = CLAMP (row * .72, 1, theme->size_px * 1.4);

  return (BsRect){ left, top + row * (double) index + (row - thickness) / 2,
                   largest > 0 ? full * sum_of (self, index) / largest : 0, thickness };
}

/**
 * bs_bar_chart_hit:
 * @self: a chart
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: the bar in whose row the point lies, or -1
 */
int
bs_bar_chart_hit (const BsBarChart *self, double width, double height, const BsChartTheme *theme,
                  double x, double y)
{
  double top = legend_height (self, width, theme);

  if (self->n == 0 || x < 0 || x >= width || y < top || y >= height)
    return -1;
  return MIN ((int) self->n - 1, (int) ((y - top) / (height - top) * (double) self->n));
}

static void
draw_legend (const BsBarChart *self, BsPainter *painter, double width)
{
  const BsChartTheme *theme = painter->theme;
  double row = theme->size_px * BS_LEGEND_ROW_EM, top = self->title ? row : 0;
  BsFont font = bs_painter_font (painter, .92, FALSE);

  bs_painter_text (painter, bs_painter_font (painter, 1, TRUE), theme->text, 0, row / 2, 0, .5,
                   self->title);
  for (gsize i = 0; i < self->n_parts && self->n_parts > 1; i++) {
    BsRect entry = bs_legend_entry (i, LEGEND_COLUMN_EM, width, theme);
    double y = top + entry.y + entry.height / 2;

    cairo_rectangle (painter->cr, entry.x, y - 5, 10, 10);
    bs_color_set (painter->cr, self->parts[i].color);
    cairo_fill (painter->cr);
    bs_painter_text (painter, font, theme->text, entry.x + 15, y, 0, .5, self->parts[i].name);
  }
}

static void
draw_bar (const BsBarChart *self, BsPainter *painter, double width, double height, gsize index)
{
  const BsChartTheme *theme = painter->theme;
  BsRect bar = bs_bar_chart_bar (self, width, height, theme, index);
  BsFont font = bs_painter_font (painter, .92, (int) index == self->cursor);
  double sum = sum_of (self, index), x = bar.x, middle = bar.y + bar.height / 2;
  char text[BS_NUMBER_SIZE];

  font.size_px = MIN (font.size_px, bar.height * 1.1);
  for (gsize part = 0; part < self->n_parts && sum > 0; part++) {
    double part_width = bar.width * value_of (self, index, part) / sum;

    cairo_rectangle (painter->cr, x, bar.y, part_width, bar.height);
    bs_color_set (painter->cr, self->parts[part].color);
    cairo_fill (painter->cr);
    x += part_width;
  }
  bs_painter_text (painter, font, theme->text, bar.x - 8, middle, 1, .5, self->names[index]);
  bs_number_for (text, sum, -1, theme->decimal_point);
  bs_painter_text (painter, font, theme->dim, bar.x + bar.width + 6, middle, 0, .5, text);
}

/**
 * bs_bar_chart_draw:
 * @self: a chart
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 */
void
bs_bar_chart_draw (const BsBarChart *self, cairo_t *cr, double width, double height,
                   const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);

  draw_legend (self, painter, width);
  for (gsize i = 0; i < self->n; i++)
    draw_bar (self, painter, width, height, i);
}

/**
 * bs_bar_chart_table:
 * @self: a chart
 *
 * Returns: (transfer full): one row for each bar: its name, its parts, their sum
 */
BsTable *
bs_bar_chart_table (const BsBarChart *self)
{
  BsTable *table = bs_table_new ();

  bs_table_add_column (table, N_ ("name"), 0);
  for (gsize part = 0; part < self->n_parts; part++)
    bs_table_add_column (table, self->parts[part].name, -1);
  if (self->n_parts != 1)
    bs_table_add_column (table, N_ ("sum"), -1);
  for (gsize i = 0; i < self->n; i++) {
    bs_table_add_text (table, self->names[i]);
    for (gsize part = 0; part < self->n_parts; part++)
      bs_table_add_number (table, value_of (self, i, part));
    if (self->n_parts != 1)
      bs_table_add_number (table, sum_of (self, i));
  }
  return table;
}
