/* SPDX-License-Identifier: MIT */
/* What charts with axes share: the map between values and pixels, round tick values, axes, where
 * the entries of a legend stand. */
#include "viz/chart/bs-chart.h"

#include <math.h>

#define TICK_PX 4
#define GAP_PX 4

/**
 * bs_scale_px:
 * @self: a scale
 * @value: a value
 *
 * Returns: its pixel; the middle where the scale is empty
 */
double
bs_scale_px (const BsScale *self, double value)
{
  double span = self->to - self->from;

  if (span == 0)
    return (self->from_px + self->to_px) / 2;
  return self->from_px + (value - self->from) / span * (self->to_px - self->from_px);
}

/**
 * bs_scale_value:
 * @self: a scale
 * @px: a pixel
 *
 * Returns: its value
 */
double
bs_scale_value (const BsScale *self, double px)
{
  double span = self->to_px - self->from_px;

  if (span == 0)
    return self->from;
  return self->from + (px - self->from_px) / span * (self->to - self->from);
}

/**
 * bs_ticks_nice:
 * @from: lower end
 * @to: upper end
 * @n_most: how many ticks have room
 *
 * Steps of 1, 2 or 5 times a power of ten (Heckbert, Graphics Gems, "Nice numbers for graph
 * labels", 1990).
 *
 * Returns: ticks within [@from, @to]; none for an empty or endless range
 */
BsTicks
bs_ticks_nice (double from, double to, int n_most)
{
  static const double factors[] = { 1, 2, 5, 10 };
  double rough = (to - from) / MAX (n_most, 1), power, slack;
  BsTicks ticks = { 0 };

  if (!(rough > 0) || !isfinite (rough) || !isfinite (from))
    return ticks;
  power = pow (10, floor (log10 (rough)));
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
    ticks.step = factors[i] * power;
    if (ticks.step >= rough * (1 - 1e-9))
      break;
  }
  slack = ticks.step * 1e-9;
  ticks.first = ceil ((from - slack) / ticks.step) * ticks.step;
  ticks.n = (int) floor ((to + slack - ticks.first) / ticks.step) + 1;
  ticks.decimals = MAX (0, (int) -floor (log10 (ticks.step) + 1e-9));
  return ticks;
}

static void
tick_text (char text[BS_NUMBER_SIZE], const BsTicks *ticks, double value, gboolean as_percent,
           const BsChartTheme *theme)
{
  if (as_percent)
    bs_number_for (text, value * 100, MAX (0, ticks->decimals - 2), theme->decimal_point);
  else
    bs_number_for (text, value, ticks->decimals, theme->decimal_point);
}

static void
draw_line (BsPainter *painter, double x0, double y0, double x1, double y1, BsColor color)
{
  cairo_move_to (painter->cr, x0, y0);
  cairo_line_to (painter->cr, x1, y1);
  cairo_set_line_width (painter->cr, 1);
  bs_color_set (painter->cr, color);
  cairo_stroke (painter->cr);
}

/**
 * bs_axis_draw_x:
 * @painter: a painter
 * @plot: where the data is drawn
 * @scale: values across
 * @axis: title and ticks
 *
 * Draws below the plot.
 */
void
bs_axis_draw_x (BsPainter *painter, const BsRect *plot, const BsScale *scale, const BsAxis *axis)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = bs_painter_font (painter, 0.9, FALSE);
  BsTicks ticks =
    bs_ticks_nice (MIN (scale->from, scale->to), MAX (scale->from, scale->to), axis->n_ticks);
  double bottom = plot->y + plot->height;
  char text[BS_NUMBER_SIZE];

  for (int i = 0; i < ticks.n; i++) {
    double value = ticks.first + i * ticks.step, x = bs_scale_px (scale, value);

    if (axis->grid)
      draw_line (painter, floor (x) + .5, plot->y, floor (x) + .5, bottom, theme->grid);
    draw_line (painter, floor (x) + .5, bottom, floor (x) + .5, bottom + TICK_PX, theme->dim);
    tick_text (text, &ticks, value, axis->as_percent, theme);
    bs_painter_text (painter, font, theme->dim, x, bottom + TICK_PX + GAP_PX, .5, 0, text);
  }
  bs_painter_text (painter, font, theme->dim, plot->x + plot->width / 2,
                   bottom + TICK_PX + 2 * GAP_PX + font.size_px, .5, 0, axis->title);
}

/**
 * bs_axis_draw_y:
 * @painter: a painter
 * @plot: where the data is drawn
 * @scale: values, upwards
 * @axis: title and ticks
 *
 * Draws left of the plot.
 */
void
bs_axis_draw_y (BsPainter *painter, const BsRect *plot, const BsScale *scale, const BsAxis *axis)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = bs_painter_font (painter, 0.9, FALSE);
  BsTicks ticks =
    bs_ticks_nice (MIN (scale->from, scale->to), MAX (scale->from, scale->to), axis->n_ticks);
  double right = plot->x + plot->width, widest = 0;
  char text[BS_NUMBER_SIZE];

  for (int i = 0; i < ticks.n; i++) {
    double value = ticks.first + i * ticks.step, y = bs_scale_px (scale, value);

    if (axis->grid)
      draw_line (painter, plot->x, floor (y) + .5, right, floor (y) + .5, theme->grid);
    draw_line (painter, plot->x - TICK_PX, floor (y) + .5, plot->x, floor (y) + .5, theme->dim);
    tick_text (text, &ticks, value, axis->as_percent, theme);
    bs_painter_text (painter, font, theme->dim, plot->x - TICK_PX - GAP_PX, y, 1, .5, text);
    widest = MAX (widest, bs_painter_text_width (painter, font, text));
  }
  bs_painter_text_rotated (painter, font, theme->dim,
                           plot->x - TICK_PX - 2 * GAP_PX - widest - font.size_px * .1,
                           plot->y + plot->height / 2, .5, 1, -90, axis->title);
}

static gsize
legend_columns (double column_em, double width, const BsChartTheme *theme)
{
  return MAX (1, (gsize) (width / (theme->size_px * column_em)));
}

/**
 * bs_legend_height:
 * @n: entries
 * @column_em: least width of an entry, in heights of normal text
 * @width: of the drawing
 * @theme: a theme
 *
 * Returns: the height of a legend above a chart
 */
double
bs_legend_height (gsize n, double column_em, double width, const BsChartTheme *theme)
{
  gsize columns = legend_columns (column_em, width, theme);

  return (double) ((n + columns - 1) / columns) * theme->size_px * BS_LEGEND_ROW_EM;
}

/**
 * bs_legend_entry:
 * @index: number of the entry
 * @column_em: least width of an entry, in heights of normal text
 * @width: of the drawing
 * @theme: a theme
 *
 * Entries stand in columns, so that where they are can be said without measuring text.
 *
 * Returns: where the entry stands, from the legend's upper left corner
 */
BsRect
bs_legend_entry (gsize index, double column_em, double width, const BsChartTheme *theme)
{
  gsize columns = legend_columns (column_em, width, theme);
  double column = width / (double) columns, row = theme->size_px * BS_LEGEND_ROW_EM;

  return (BsRect){ column * (double) (index % columns), row * (double) (index / columns), column,
                   row };
}
