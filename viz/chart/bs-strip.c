/* SPDX-License-Identifier: MIT */
/* A whole and its parts as one bar. */
#include "viz/chart/bs-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#define BAR_EM 1.25
#define GAP_PX 8.0
#define PART_GAP_PX 2.0
#define LEGEND_COLUMN_EM 15.5

static double
value_of (const BsStrip *self, gsize index)
{
  double value = self->values ? self->values[index] : 0;

  return value > 0 && isfinite (value) ? value : 0;
}

static double
sum_before (const BsStrip *self, gsize end)
{
  double sum = 0;

  for (gsize i = 0; i < end; i++)
    sum += value_of (self, i);
  return sum;
}

/**
 * bs_strip_height:
 * @self: a strip
 * @width: of the drawing
 * @theme: a theme
 *
 * Returns: the height that it needs
 */
double
bs_strip_height (const BsStrip *self, double width, const BsChartTheme *theme)
{
  return theme->size_px * BAR_EM + GAP_PX +
         bs_legend_height (self->n, LEGEND_COLUMN_EM, width, theme);
}

/**
 * bs_strip_part:
 * @self: a strip
 * @width: of the drawing
 * @theme: a theme
 * @index: which part
 *
 * Returns: where the part lies in the bar
 */
BsRect
bs_strip_part (const BsStrip *self, double width, const BsChartTheme *theme, gsize index)
{
  double sum = sum_before (self, self->n), scale = sum > 0 ? width / sum : 0;
  double part = value_of (self, index) * scale;

  return (BsRect){ sum_before (self, index) * scale, 0, MAX (part - PART_GAP_PX, MIN (part, 1)),
                   theme->size_px * BAR_EM };
}

static BsRect
legend_entry (double width, const BsChartTheme *theme, gsize index)
{
  BsRect entry = bs_legend_entry (index, LEGEND_COLUMN_EM, width, theme);

  entry.y += theme->size_px * BAR_EM + GAP_PX;
  return entry;
}

/**
 * bs_strip_hit:
 * @self: a strip
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: the part whose piece of the bar or name lies there, or -1
 */
int
bs_strip_hit (const BsStrip *self, double width, double height, const BsChartTheme *theme, double x,
              double y)
{
  for (gsize i = 0; i < self->n; i++) {
    BsRect part = bs_strip_part (self, width, theme, i), entry = legend_entry (width, theme, i);

    if (bs_rect_contains (&part, x, y) || bs_rect_contains (&entry, x, y))
      return (int) i;
  }
  return -1;
}

static void
draw_entry (const BsStrip *self, BsPainter *painter, double width, gsize index, double sum)
{
  const BsChartTheme *theme = painter->theme;
  BsRect entry = legend_entry (width, theme, index);
  BsRect square = { entry.x, entry.y + entry.height / 2 - 4.5, 9, 9 };
  BsFont font = bs_painter_font (painter, .92, (int) index == self->cursor);
  char text[BS_NUMBER_SIZE];
  g_autofree char *words = NULL;

  bs_painter_round_rect (painter, &square, 2);
  bs_color_set (painter->cr, self->parts[index].color);
  cairo_fill (painter->cr);
  bs_number_for (text, sum > 0 ? 100 * value_of (self, index) / sum : 0, 1, theme->decimal_point);
  words = g_strdup_printf ("%s %s %%", self->parts[index].name, text);
  bs_painter_text (painter, font, theme->text, entry.x + 14, entry.y + entry.height / 2, 0, .5,
                   words);
}

/**
 * bs_strip_draw:
 * @self: a strip
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 */
void
bs_strip_draw (const BsStrip *self, cairo_t *cr, double width, double height,
               const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  double sum = sum_before (self, self->n);

  for (gsize i = 0; i < self->n; i++) {
    BsRect part = bs_strip_part (self, width, theme, i);

    bs_painter_round_rect (painter, &part, 2);
    bs_color_set (cr, self->parts[i].color);
    cairo_fill (cr);
    draw_entry (self, painter, width, i, sum);
  }
}

/**
 * bs_strip_table:
 * @self: a strip
 *
 * Returns: (transfer full): each part's name, value and share
 */
BsTable *
bs_strip_table (const BsStrip *self)
{
  BsTable *table = bs_table_new ();
  double sum = sum_before (self, self->n);

  bs_table_add_column (table, N_ ("name"), 0);
  bs_table_add_column (table, N_ ("clips"), 0);
  bs_table_add_column (table, N_ ("share"), 3);
  for (gsize i = 0; i < self->n; i++) {
    bs_table_add_text (table, self->parts[i].name);
    bs_table_add_number (table, value_of (self, i));
    bs_table_add_number (table, sum > 0 ? value_of (self, i) / sum : NAN);
  }
  return table;
}
