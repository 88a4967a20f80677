/* SPDX-License-Identifier: MIT */
/* Lines over a common axis: learning curves above all. */
#include "viz/chart/bs-line-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEGEND_COLUMN_EM 10.0
#define LINE_WIDTH 1.75

static const double dashes[] = { 4, 3 };

/**
 * bs_line_chart_init:
 * @self: (out caller-allocates): a chart without lines
 */
void
bs_line_chart_init (BsLineChart *self)
{
  *self = (BsLineChart){ .x_from = NAN, .x_to = NAN, .hover_x = NAN };
}

static BsRect
plot_of (const BsLineChart *self, double width, double height, const BsChartTheme *theme)
{
  double legend = bs_legend_height (self->n_series, LEGEND_COLUMN_EM, width, theme);
  double left = theme->size_px * 4.2;

  return (BsRect){ left, legend + 8, MAX (1, width - left - 12),
                   MAX (1, height - legend - 8 - theme->size_px * 3) };
}

static void
widen (double value, double *from, double *to)
{
  if (!isfinite (value))
    return;
  if (!(*from <= value))
    *from = value;
  if (!(*to >= value))
    *to = value;
}

static void
scales_of (const BsLineChart *self, const BsRect *plot, BsScale *across, BsScale *up)
{
  double x_from = NAN, x_to = NAN, y_from = NAN, y_to = NAN, margin;

  widen (self->x_from, &x_from, &x_to);
  widen (self->x_to, &x_from, &x_to);
  if (self->y_from_zero)
    widen (0, &y_from, &y_to);
  for (gsize s = 0; s < self->n_series; s++)
    for (gsize i = 0; i < self->series[s].n; i++) {
      widen (self->series[s].x[i], &x_from, &x_to);
      widen (self->series[s].y[i], &y_from, &y_to);
    }
  if (isnan (x_from))
    x_from = x_to = 0;
  if (isnan (y_from))
    y_from = y_to = 0;
  if (x_to == x_from)
    x_to = x_from + 1;
  if (y_to == y_from)
    y_to = y_from + 1;
  margin = (y_to - y_from) * .05;
  *across = (BsScale){ x_from, x_to, plot->x, plot->x + plot->width };
  *up = (BsScale){ self->y_from_zero && y_from == 0 ? 0 : y_from - margin, y_to + margin,
                   plot->y + plot->height, plot->y };
}

/**
 * bs_line_chart_point:
 * @self: a chart
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @at_x: value across
 * @at_y: value up
 * @x: (out): where it lies
 * @y: (out): likewise
 */
void
bs_line_chart_point (const BsLineChart *self, double width, double height,
                     const BsChartTheme *theme, double at_x, double at_y, double *x, double *y)
{
  BsRect plot = plot_of (self, width, height, theme);
  BsScale across, up;

  scales_of (self, &plot, &across, &up);
  *x = bs_scale_px (&across, at_x);
  *y = bs_scale_px (&up, at_y);
}

/**
 * bs_line_chart_hit:
 * @self: a chart
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: the value across of the nearest data, for @hover_x; NaN outside the plot
 */
double
bs_line_chart_hit (const BsLineChart *self, double width, double height, const BsChartTheme *theme,
                   double x, double y)
{
  BsRect plot = plot_of (self, width, height, theme);
  BsScale across, up;
  double value, best = NAN;

  if (!bs_rect_contains (&plot, x, y))
    return NAN;
  scales_of (self, &plot, &across, &up);
  value = bs_scale_value (&across, x);
  for (gsize s = 0; s < self->n_series; s++)
    for (gsize i = 0; i < self->series[s].n; i++)
      if (!(fabs (self->series[s].x[i] - value) >= fabs (best - value)))
        best = self->series[s].x[i];
  return best;
}

static void
set_dash (cairo_t *cr, gboolean dashed)
{
  cairo_set_dash (cr, dashed ? dashes : NULL, dashed ? 2 : 0, 0);
}

static void
stroke_series (const BsLineSeries *series, cairo_t *cr, const BsScale *across, const BsScale *up)
{
  gboolean drawing = FALSE;

  for (gsize i = 0; i < series->n; i++) {
    double x = bs_scale_px (across, series->x[i]), y = bs_scale_px (up, series->y[i]);

    if (!isfinite (x) || !isfinite (y)) {
      drawing = FALSE;
      continue;
    }
    if (drawing)
      cairo_line_to (cr, x, y);
    else
      cairo_move_to (cr, x, y);
    drawing = TRUE;
    /* The first epoch alone is no line yet: show it as a point. */
    if (series->n == 1)
      cairo_arc (cr, x, y, 2, 0, 2 * G_PI);
  }
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_dash (cr, series->dashed);
  cairo_stroke (cr);
  set_dash (cr, FALSE);
}

/* What of a line lies over one column of pixels. */
typedef struct {
  gboolean is_open;
  double column;
  double low, high;
  double y; /* where the line is at its end */
} Column;

/* @end is where the next one begins. */
static void
add_column (const Column *column, cairo_t *cr, gboolean dashed, double end)
{
  if (column->is_open && !(dashed && fmod (column->column, dashes[0] + dashes[1]) >= dashes[0]))
    cairo_rectangle (cr, column->column, column->low - LINE_WIDTH / 2, end - column->column,
                     column->high - column->low + LINE_WIDTH);
}

/* Where there are more points than pixels, cairo's stroke takes longer than a frame and shows no
 * more than how far the line goes up and down over each column. */
static void
fill_series (const BsLineSeries *series, cairo_t *cr, const BsScale *across, const BsScale *up)
{
  Column column = { 0 };

  for (gsize i = 0; i < series->n; i++) {
    double x = floor (bs_scale_px (across, series->x[i])), y = bs_scale_px (up, series->y[i]);

    if (!isfinite (x) || !isfinite (y)) {
      add_column (&column, cr, series->dashed, column.column + 1);
      column.is_open = FALSE;
      continue;
    }
    if (!column.is_open) {
      column = (Column){ TRUE, x, y, y, y };
    } else if (x != column.column) {
      add_column (&column, cr, series->dashed, x);
      column = (Column){ TRUE, x, column.y, column.y, y };
    }
    column.low = MIN (column.low, y);
    column.high = MAX (column.high, y);
    column.y = y;
  }
  add_column (&column, cr, series->dashed, column.column + 1);
  cairo_fill (cr);
}

static void
draw_series (const BsLineSeries *series, cairo_t *cr, const BsScale *across, const BsScale *up)
{
  cairo_new_path (cr);
  bs_color_set (cr, series->color);
  if ((double) series->n > across->to_px - across->from_px)
    fill_series (series, cr, across, up);
  else
    stroke_series (series, cr, across, up);
}

static void
draw_legend (const BsLineChart *self, BsPainter *painter, double width)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = bs_painter_font (painter, .92, FALSE);

  for (gsize i = 0; i < self->n_series; i++) {
    BsRect entry = bs_legend_entry (i, LEGEND_COLUMN_EM, width, theme);
    double x = entry.x, y = entry.y + entry.height / 2;

    cairo_move_to (painter->cr, x + 2, y);
    cairo_line_to (painter->cr, x + 20, y);
    bs_color_set (painter->cr, self->series[i].color);
    cairo_set_line_width (painter->cr, 2);
    set_dash (painter->cr, self->series[i].dashed);
    cairo_stroke (painter->cr);
    set_dash (painter->cr, FALSE);
    bs_painter_text (painter, font, theme->text, x + 26, y, 0, .5, self->series[i].name);
  }
}

/**
 * bs_line_chart_draw:
 * @self: a chart
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws all but the read-out.
 */
void
bs_line_chart_draw (const BsLineChart *self, cairo_t *cr, double width, double height,
                    const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = plot_of (self, width, height, theme);
  BsAxis axis_x = { .title = self->x_title, .n_ticks = MAX (2, (int) (plot.width / 60)) };
  BsAxis axis_y = { .title = self->y_title,
                    .n_ticks = MAX (2, (int) (plot.height / 28)),
                    .grid = TRUE };
  BsScale across, up;

  scales_of (self, &plot, &across, &up);
  bs_axis_draw_x (painter, &plot, &across, &axis_x);
  bs_axis_draw_y (painter, &plot, &up, &axis_y);
  for (gsize i = 0; i < self->n_series; i++)
    draw_series (&self->series[i], cr, &across, &up);
  draw_legend (self, painter, width);
}

static double
value_at (const BsLineSeries *series, double x)
{
  for (gsize i = 0; i < series->n; i++)
    if (series->x[i] == x)
      return series->y[i];
  return NAN;
}

static void
draw_read_out (const BsLineChart *self, BsPainter *painter, const BsRect *plot, double x)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = bs_painter_font (painter, .88, FALSE);
  double row = font.size_px * 1.45, width = 0;
  BsRect box = { 0, plot->y + 4, 0, row * ((double) self->n_series + 1) + 8 };
  char text[BS_NUMBER_SIZE];

  for (gsize i = 0; i < self->n_series; i++)
    width = MAX (width, bs_painter_text_width (painter, font, self->series[i].name));
  box.width = width + font.size_px * 6;
  box.x = x + 10 + box.width <= plot->x + plot->width ? x + 10 : MAX (0, x - 10 - box.width);
  bs_painter_round_rect (painter, &box, 5);
  bs_color_set_alpha (painter->cr, theme->panel, .94);
  cairo_fill (painter->cr);
  bs_number_for (text, self->hover_x, -1, theme->decimal_point);
  bs_painter_text (painter, font, theme->dim, box.x + 8, box.y + 4 + row / 2, 0, .5, text);
  for (gsize i = 0; i < self->n_series; i++) {
    double y = box.y + 4 + row * ((double) i + 1.5);
    double value = value_at (&self->series[i], self->hover_x);

    cairo_arc (painter->cr, box.x + 12, y, 3.5, 0, 2 * G_PI);
    bs_color_set (painter->cr, self->series[i].color);
    cairo_fill (painter->cr);
    bs_painter_text (painter, font, theme->text, box.x + 22, y, 0, .5, self->series[i].name);
    if (!isfinite (value))
      continue;
    bs_number_for (text, value, 3, theme->decimal_point);
    bs_painter_text (painter, font, theme->text, box.x + box.width - 8, y, 1, .5, text);
  }
}

/**
 * bs_line_chart_draw_hover:
 * @self: a chart
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws the upright line at @hover_x and what all series are there.
 */
void
bs_line_chart_draw_hover (const BsLineChart *self, cairo_t *cr, double width, double height,
                          const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = NULL;
  BsRect plot = plot_of (self, width, height, theme);
  double x, y;

  if (!isfinite (self->hover_x))
    return;
  painter = bs_painter_new (cr, theme);
  bs_line_chart_point (self, width, height, theme, self->hover_x, 0, &x, &y);
  cairo_move_to (cr, x, plot.y);
  cairo_line_to (cr, x, plot.y + plot.height);
  bs_color_set (cr, theme->dim);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  draw_read_out (self, painter, &plot, x);
}

/**
 * bs_line_chart_table:
 * @self: a chart
 *
 * Returns: (transfer full): series and both values of every point
 */
BsTable *
bs_line_chart_table (const BsLineChart *self)
{
  BsTable *table = bs_table_new ();

  bs_table_add_column (table, N_ ("series"), 0);
  bs_table_add_column (table, self->x_title ? self->x_title : "x", -1);
  bs_table_add_column (table, self->y_title ? self->y_title : "y", 4);
  for (gsize s = 0; s < self->n_series; s++)
    for (gsize i = 0; i < self->series[s].n; i++) {
      bs_table_add_text (table, self->series[s].name);
      bs_table_add_number (table, self->series[s].x[i]);
      bs_table_add_number (table, self->series[s].y[i]);
    }
  return table;
}
