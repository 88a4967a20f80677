/* SPDX-License-Identifier: MIT */
/* The confusion matrix. Selection and cursor are drawn apart from the cells, so that moving
 * them does not lay out hundreds of numbers again. */
#include "viz/chart/bs-matrix-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define SINGLES_GAP_PX 7.0
#define GROUP_GAP_PX 2.0
#define CELL_GAP_PX 1.0
#define LABEL_GAP_PX 6.0
#define LEAST_NUMBER_PX 6.0
#define UPRIGHT_FROM 20 /* classes from which column names stand upright */
#define SLANT_DEGREES -50.0

/* Where everything is. */
typedef struct {
  double left, top, cell;
  double name_px;
} Grid;

static double
gaps_before (const BsMatrixChart *self, gsize index)
{
  double gaps = 0;

  if (index >= self->n_singles && self->n_singles > 0 && self->n_singles < self->n)
    gaps += SINGLES_GAP_PX;
  if (index > self->n_singles && self->group > 1)
    gaps += GROUP_GAP_PX * (double) ((index - self->n_singles) / self->group);
  return gaps;
}

static double
name_px (const BsMatrixChart *self, const BsChartTheme *theme, double cell)
{
  return CLAMP (cell * .72, 6, theme->size_px * .92);
}

static double
header_height (const BsMatrixChart *self, double name_size)
{
  double slant = self->n >= UPRIGHT_FROM ? 90 : -SLANT_DEGREES;

  return bs_text_estimate (name_size, self->names, self->n) * sin (slant * G_PI / 180) +
         LABEL_GAP_PX + name_size;
}

/* Totals take the place of one and a half cells, or of four digits where cells are small. */
static double
totals_px (const BsChartTheme *theme, double cell)
{
  return MAX (cell * 1.5, theme->size_px * 2.6);
}

static Grid
lay_out (const BsMatrixChart *self, double width, double height, const BsChartTheme *theme)
{
  double gaps = gaps_before (self, self->n ? self->n - 1 : 0) + SINGLES_GAP_PX;
  Grid grid = { .cell = 30 };

  /* Names shrink with cells and cells with names: the second round is exact to a pixel. */
  for (int round = 0; round < 4; round++) {
    double across, down;

    grid.name_px = name_px (self, theme, grid.cell);
    grid.left =
      bs_text_estimate (grid.name_px, self->names, self->n) + LABEL_GAP_PX + theme->size_px * 1.5;
    grid.top = header_height (self, grid.name_px);
    across = (width - grid.left - gaps - totals_px (theme, grid.cell)) / MAX (1, (double) self->n);
    down = (height - grid.top - gaps - theme->size_px * 3.4) / MAX (1, (double) self->n);
    grid.cell = MAX (2, floor (MIN (across, down)));
  }
  return grid;
}

/**
 * bs_matrix_chart_best_height:
 * @self: a matrix
 * @width: of the drawing
 * @theme: a theme
 *
 * Returns: the height at which the cells are as large as @width allows and nothing is empty
 */
double
bs_matrix_chart_best_height (const BsMatrixChart *self, double width, const BsChartTheme *theme)
{
  Grid grid = lay_out (self, width, 1e6, theme);

  return ceil (grid.top + grid.cell * (double) self->n +
               gaps_before (self, self->n ? self->n - 1 : 0) + SINGLES_GAP_PX +
               theme->size_px * 3.4);
}

static double
offset (const BsMatrixChart *self, const Grid *grid, gsize index)
{
  return grid->cell * (double) index + gaps_before (self, index);
}

static BsRect
cell_rect (const BsMatrixChart *self, const Grid *grid, int row, int column)
{
  return (BsRect){ grid->left + offset (self, grid, (gsize) column),
                   grid->top + offset (self, grid, (gsize) row), grid->cell - CELL_GAP_PX,
                   grid->cell - CELL_GAP_PX };
}

/**
 * bs_matrix_chart_cell:
 * @self: a matrix
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @row: true class
 * @column: predicted class
 *
 * Returns: where the cell lies
 */
BsRect
bs_matrix_chart_cell (const BsMatrixChart *self, double width, double height,
                      const BsChartTheme *theme, int row, int column)
{
  Grid grid = lay_out (self, width, height, theme);

  return cell_rect (self, &grid, row, column);
}

static int
class_at (const BsMatrixChart *self, const Grid *grid, double at)
{
  for (gsize i = 0; i < self->n; i++) {
    double from = offset (self, grid, i);

    if (at >= from && at < from + grid->cell)
      return (int) i;
  }
  return -1;
}

/**
 * bs_matrix_chart_hit:
 * @self: a matrix
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: the cell there; a row left of the cells (its name), a column above them
 */
BsCellRef
bs_matrix_chart_hit (const BsMatrixChart *self, double width, double height,
                     const BsChartTheme *theme, double x, double y)
{
  Grid grid = lay_out (self, width, height, theme);
  BsCellRef at = { class_at (self, &grid, y - grid.top), class_at (self, &grid, x - grid.left) };
  double end = offset (self, &grid, self->n ? self->n - 1 : 0) + grid.cell;

  if (x < 0 || y < 0 || x > width || y > height)
    return BS_CELL_NONE;
  if (at.row >= 0 && at.column >= 0)
    return at;
  if (at.row >= 0 && (x < grid.left || x > grid.left + end))
    return (BsCellRef){ at.row, -1 };
  if (at.column >= 0 && (y < grid.top || y > grid.top + end))
    return (BsCellRef){ -1, at.column };
  return BS_CELL_NONE;
}

static guint64
sum (const BsMatrixChart *self, int row, int column)
{
  guint64 total = 0;

  for (gsize r = 0; r < self->n; r++)
    for (gsize c = 0; c < self->n; c++)
      if ((row < 0 || r == (gsize) row) && (column < 0 || c == (gsize) column))
        total += self->counts[r * self->n + c];
  return total;
}

/* All cells' values with one pass over the sums. Returns the largest. */
static double
all_values (const BsMatrixChart *self, double *values)
{
  gsize n = self->n;
  g_autofree double *rows = g_new0 (double, n + 1), *columns = g_new0 (double, n + 1);
  double all = 0, largest = 0;

  for (gsize i = 0; i < n * n; i++) {
    rows[i / n] += self->counts[i];
    columns[i % n] += self->counts[i];
    all += self->counts[i];
  }
  for (gsize i = 0; i < n * n; i++) {
    double of[] = {
      [BS_MATRIX_COUNTS] = 1,
      [BS_MATRIX_ROW] = rows[i / n],
      [BS_MATRIX_COLUMN] = columns[i % n],
      [BS_MATRIX_ALL] = all,
    };

    values[i] = of[self->unit] > 0 ? self->counts[i] / of[self->unit] : NAN;
    if (values[i] > largest)
      largest = values[i];
  }
  return largest;
}

/**
 * bs_matrix_chart_value:
 * @self: a matrix
 * @row: true class
 * @column: predicted class
 *
 * Returns: the cell's clips, or its share (0 to 1) where the unit is one; NaN of nothing
 */
double
bs_matrix_chart_value (const BsMatrixChart *self, int row, int column)
{
  g_autofree double *values = g_new (double, self->n * self->n + 1);

  if (!self->counts)
    return NAN;
  all_values (self, values);
  return values[(gsize) row * self->n + (gsize) column];
}

static BsColor
color_of (const BsChartTheme *theme, double value, double largest)
{
  return bs_color_map (bs_color_map_blues (theme), largest > 0 ? value / largest : 0);
}

/**
 * bs_matrix_chart_color:
 * @self: a matrix
 * @theme: a theme
 * @row: true class
 * @column: predicted class
 *
 * Returns: the cell's colour
 */
BsColor
bs_matrix_chart_color (const BsMatrixChart *self, const BsChartTheme *theme, int row, int column)
{
  g_autofree double *values = g_new0 (double, self->n * self->n + 1);
  double largest = self->counts ? all_values (self, values) : 0;

  return color_of (theme, values[(gsize) row * self->n + (gsize) column], largest);
}

static void
draw_cell (const BsMatrixChart *self, BsPainter *painter, const Grid *grid, gsize index,
           double value, double largest)
{
  int row = (int) (index / self->n), column = (int) (index % self->n);
  BsRect rect = cell_rect (self, grid, row, column);
  BsColor color = color_of (painter->theme, value, largest);
  BsFont font = { MIN (painter->theme->size_px * .88, grid->cell * .5), FALSE };
  char text[BS_NUMBER_SIZE];

  cairo_rectangle (painter->cr, rect.x, rect.y, rect.width, rect.height);
  bs_color_set (painter->cr, color);
  cairo_fill (painter->cr);
  if (row == column && grid->cell >= 8) {
    cairo_rectangle (painter->cr, rect.x + .5, rect.y + .5, rect.width - 1, rect.height - 1);
    bs_color_set_alpha (painter->cr, painter->theme->text, .45);
    cairo_set_line_width (painter->cr, 1);
    cairo_stroke (painter->cr);
  }
  if (self->counts[index] == 0 || font.size_px < LEAST_NUMBER_PX / 1.2)
    return;
  bs_number_fixed (text, self->unit == BS_MATRIX_COUNTS ? value : value * 100, 0);
  font.bold = row == column;
  bs_painter_text (painter, font, bs_color_text_on (color), rect.x + rect.width / 2,
                   rect.y + rect.height / 2, .5, .5, text);
}

static void
draw_names (const BsMatrixChart *self, BsPainter *painter, const Grid *grid)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = { grid->name_px, FALSE };

  for (gsize i = 0; i < self->n; i++) {
    double middle = offset (self, grid, i) + (grid->cell - CELL_GAP_PX) / 2;
    double slant = self->n >= UPRIGHT_FROM ? -90 : SLANT_DEGREES;

    bs_painter_text (painter, font, theme->text, grid->left - LABEL_GAP_PX, grid->top + middle, 1,
                     .5, self->names[i]);
    bs_painter_text_rotated (painter, font, theme->text, grid->left + middle,
                             grid->top - LABEL_GAP_PX / 2, 0, .5, slant, self->names[i]);
  }
}

static void
draw_totals (const BsMatrixChart *self, BsPainter *painter, const Grid *grid)
{
  const BsChartTheme *theme = painter->theme;
  double end = offset (self, grid, self->n - 1) + grid->cell + SINGLES_GAP_PX - CELL_GAP_PX;
  BsFont font = { MIN (grid->name_px, grid->cell * .5), FALSE };
  char text[BS_NUMBER_SIZE];

  if (font.size_px < LEAST_NUMBER_PX / 1.2)
    return;
  for (gsize i = 0; i < self->n; i++) {
    double middle = offset (self, grid, i) + (grid->cell - CELL_GAP_PX) / 2;

    bs_number_fixed (text, (double) sum (self, (int) i, -1), 0);
    bs_painter_text (painter, font, theme->dim, grid->left + end, grid->top + middle, 0, .5, text);
    bs_number_fixed (text, (double) sum (self, -1, (int) i), 0);
    bs_painter_text (painter, font, theme->dim, grid->left + middle, grid->top + end, .5, 0, text);
  }
  bs_number_fixed (text, (double) sum (self, -1, -1), 0);
  font.bold = TRUE;
  bs_painter_text (painter, font, theme->dim, grid->left + end, grid->top + end, 0, 0, text);
}

/**
 * bs_matrix_chart_draw:
 * @self: a matrix
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws all but selection and cursor.
 */
void
bs_matrix_chart_draw (const BsMatrixChart *self, cairo_t *cr, double width, double height,
                      const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  Grid grid = lay_out (self, width, height, theme);
  g_autofree double *values = g_new (double, self->n * self->n + 1);
  BsFont font = bs_painter_font (painter, .88, FALSE);
  double largest, extent;

  if (!self->counts || self->n == 0)
    return;
  largest = all_values (self, values);
  for (gsize i = 0; i < self->n * self->n; i++)
    draw_cell (self, painter, &grid, i, values[i], largest);
  draw_names (self, painter, &grid);
  draw_totals (self, painter, &grid);
  extent = offset (self, &grid, self->n - 1) + grid.cell;
  bs_painter_text_rotated (painter, font, theme->dim, font.size_px, grid.top + extent / 2, .5, 1,
                           -90, bs_chart_theme_text (theme, N_ ("true")));
  bs_painter_text (painter, font, theme->dim, grid.left + extent / 2,
                   grid.top + extent + SINGLES_GAP_PX + grid.name_px + 5, .5, 0,
                   bs_chart_theme_text (theme, N_ ("predicted")));
}

static void
outline (const BsMatrixChart *self, cairo_t *cr, const Grid *grid, BsCellRef at, BsColor color,
         double line_width)
{
  BsRect from, to;
  int last = (int) self->n - 1;

  if ((at.row < 0 && at.column < 0) || at.row > last || at.column > last)
    return;
  from = cell_rect (self, grid, MAX (at.row, 0), MAX (at.column, 0));
  to = cell_rect (self, grid, at.row < 0 ? last : at.row, at.column < 0 ? last : at.column);
  cairo_rectangle (cr, from.x - .5, from.y - .5, to.x + to.width - from.x + 1,
                   to.y + to.height - from.y + 1);
  bs_color_set (cr, color);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/**
 * bs_matrix_chart_draw_marks:
 * @self: a matrix
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Outlines what is selected and where the cursor is.
 */
void
bs_matrix_chart_draw_marks (const BsMatrixChart *self, cairo_t *cr, double width, double height,
                            const BsChartTheme *theme)
{
  Grid grid = lay_out (self, width, height, theme);

  outline (self, cr, &grid, self->cursor, theme->text, 1.5);
  outline (self, cr, &grid, self->selected, bs_color_rgb (theme->dark ? 0xffe14d : 0xd55e00), 2.5);
}

/**
 * bs_matrix_chart_table:
 * @self: a matrix
 *
 * Returns: (transfer full): one row for each true class: its cells in the unit, its clips
 */
BsTable *
bs_matrix_chart_table (const BsMatrixChart *self)
{
  BsTable *table = bs_table_new ();
  g_autofree double *values = g_new (double, self->n * self->n + 1);
  int decimals = self->unit == BS_MATRIX_COUNTS ? 0 : 3;

  bs_table_add_column (table, N_ ("true"), 0);
  for (gsize i = 0; i < self->n; i++)
    bs_table_add_column (table, self->names[i], decimals);
  bs_table_add_column (table, N_ ("clips"), 0);
  if (self->counts)
    all_values (self, values);
  for (gsize row = 0; self->counts && row < self->n; row++) {
    bs_table_add_text (table, self->names[row]);
    for (gsize i = 0; i < self->n; i++)
      bs_table_add_number (table, values[row * self->n + i]);
    bs_table_add_number (table, (double) sum (self, (int) row, -1));
  }
  return table;
}
