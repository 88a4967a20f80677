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
#define SELECTED_RGB 0xffe14d /* between dark lines: seen on every cell, and no emotion's */
#define OUTLINE_PX 3.0
#define UPRIGHT_FROM 20 /* classes from which column names stand upright */
#define SLANT_DEGREES -50.0

/* Where everything is. The view is where cells and totals are seen, the rest of the drawing is
 * names and titles. */
typedef struct {
  double left, top, cell;
  double name_px;
  double view_width, view_height;
  double scroll_x, scroll_y;
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

/* Below the view: the title of the columns. */
static double
title_px (const BsChartTheme *theme)
{
  return theme->size_px * 1.4;
}

/* Cells and totals along one side. */
static double
content_px (const BsMatrixChart *self, double cell, double totals)
{
  double gaps = gaps_before (self, self->n ? self->n - 1 : 0) + SINGLES_GAP_PX;

  return gaps + cell * (double) self->n + totals;
}

static double
totals_height (const BsChartTheme *theme)
{
  return theme->size_px * 2;
}

static void
set_cell (const BsMatrixChart *self, Grid *grid, double cell, const BsChartTheme *theme)
{
  grid->cell = cell;
  grid->name_px = name_px (self, theme, cell);
  grid->left =
    bs_text_estimate (grid->name_px, self->names, self->n) + LABEL_GAP_PX + theme->size_px * 1.5;
  grid->top = header_height (self, grid->name_px);
}

/**
 * bs_matrix_chart_fit:
 * @self: a matrix
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 *
 * Returns: the largest whole number of pixels of a cell's side at which everything is in view, at
 *   least 2
 */
double
bs_matrix_chart_fit (const BsMatrixChart *self, double width, double height,
                     const BsChartTheme *theme)
{
  double gaps = content_px (self, 0, 0);
  Grid grid = { .cell = 30 };

  /* Names shrink with cells and cells with names: the second round is exact to a pixel. */
  for (int round = 0; round < 4; round++) {
    set_cell (self, &grid, grid.cell, theme);
    double across = width - grid.left - gaps - totals_px (theme, grid.cell);
    double down = height - grid.top - gaps - totals_height (theme) - title_px (theme);
    grid.cell = MAX (2, floor (MIN (across, down) / MAX (1, (double) self->n)));
  }
  return grid.cell;
}

static Grid
lay_out (const BsMatrixChart *self, double width, double height, const BsChartTheme *theme)
{
  double cell =
    self->cell_px > 0 ? self->cell_px : bs_matrix_chart_fit (self, width, height, theme);
  Grid grid = { 0 };

  set_cell (self, &grid, cell, theme);
  double across = content_px (self, cell, totals_px (theme, cell));
  double down = content_px (self, cell, totals_height (theme));
  grid.view_width = CLAMP (width - grid.left, 0, across);
  grid.view_height = CLAMP (height - grid.top - title_px (theme), 0, down);
  /* What fits is not moved, whatever the rounding of cells. */
  if (self->cell_px > 0) {
    grid.scroll_x = CLAMP (self->scroll_x, 0, across - grid.view_width);
    grid.scroll_y = CLAMP (self->scroll_y, 0, down - grid.view_height);
  }
  return grid;
}

/**
 * bs_matrix_chart_extent:
 * @self: a matrix
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 *
 * Returns: how large cells and totals are, and where in the drawing they are seen
 */
BsMatrixExtent
bs_matrix_chart_extent (const BsMatrixChart *self, double width, double height,
                        const BsChartTheme *theme)
{
  Grid grid = lay_out (self, width, height, theme);

  return (BsMatrixExtent){
    { grid.left, grid.top, grid.view_width, grid.view_height },
    content_px (self, grid.cell, totals_px (theme, grid.cell)),
    content_px (self, grid.cell, totals_height (theme)),
  };
}

/**
 * bs_matrix_chart_best_height:
 * @self: a matrix
 * @width: of the drawing
 * @theme: a theme
 *
 * Returns: the height at which the cells are as large as @width allows, or as they are told to be,
 *   and nothing is empty
 */
double
bs_matrix_chart_best_height (const BsMatrixChart *self, double width, const BsChartTheme *theme)
{
  Grid grid = lay_out (self, width, 1e6, theme);

  return ceil (grid.top + grid.view_height + title_px (theme));
}

static double
offset (const BsMatrixChart *self, const Grid *grid, gsize index)
{
  return grid->cell * (double) index + gaps_before (self, index);
}

static BsRect
cell_rect (const BsMatrixChart *self, const Grid *grid, int row, int column)
{
  return (BsRect){ grid->left + offset (self, grid, (gsize) column) - grid->scroll_x,
                   grid->top + offset (self, grid, (gsize) row) - grid->scroll_y,
                   grid->cell - CELL_GAP_PX, grid->cell - CELL_GAP_PX };
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
  double across = x - grid.left + grid.scroll_x, down = y - grid.top + grid.scroll_y;
  gboolean in_rows = y >= grid.top && y < grid.top + grid.view_height;
  gboolean in_columns = x >= grid.left && x < grid.left + grid.view_width;
  BsCellRef at = { in_rows ? class_at (self, &grid, down) : -1,
                   in_columns ? class_at (self, &grid, across) : -1 };
  double end = offset (self, &grid, self->n ? self->n - 1 : 0) + grid.cell;

  if (x < 0 || y < 0 || x > width || y > height)
    return BS_CELL_NONE;
  if (at.row >= 0 && at.column >= 0)
    return at;
  if (at.row >= 0 && (x < grid.left || across > end))
    return (BsCellRef){ at.row, -1 };
  if (at.column >= 0 && (y < grid.top || down > end))
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

/* Names whose cells are in view, at the place of their cells. */
static void
draw_names (const BsMatrixChart *self, BsPainter *painter, const Grid *grid)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = { grid->name_px, FALSE };
  double slant = self->n >= UPRIGHT_FROM ? -90 : SLANT_DEGREES;

  for (gsize i = 0; i < self->n; i++) {
    double middle = offset (self, grid, i) + (grid->cell - CELL_GAP_PX) / 2;
    double across = middle - grid->scroll_x, down = middle - grid->scroll_y;

    if (down >= 0 && down <= grid->view_height)
      bs_painter_text (painter, font, theme->text, grid->left - LABEL_GAP_PX, grid->top + down, 1,
                       .5, self->names[i]);
    if (across >= 0 && across <= grid->view_width)
      bs_painter_text_rotated (painter, font, theme->text, grid->left + across,
                               grid->top - LABEL_GAP_PX / 2, 0, .5, slant, self->names[i]);
  }
}

static void
draw_totals (const BsMatrixChart *self, BsPainter *painter, const Grid *grid)
{
  const BsChartTheme *theme = painter->theme;
  double end = offset (self, grid, self->n - 1) + grid->cell + SINGLES_GAP_PX - CELL_GAP_PX;
  double left = grid->left - grid->scroll_x, top = grid->top - grid->scroll_y;
  BsFont font = { MIN (grid->name_px, grid->cell * .5), FALSE };
  char text[BS_NUMBER_SIZE];

  if (font.size_px < LEAST_NUMBER_PX / 1.2)
    return;
  for (gsize i = 0; i < self->n; i++) {
    double middle = offset (self, grid, i) + (grid->cell - CELL_GAP_PX) / 2;

    bs_number_fixed (text, (double) sum (self, (int) i, -1), 0);
    bs_painter_text (painter, font, theme->dim, left + end, top + middle, 0, .5, text);
    bs_number_fixed (text, (double) sum (self, -1, (int) i), 0);
    bs_painter_text (painter, font, theme->dim, left + middle, top + end, .5, 0, text);
  }
  bs_number_fixed (text, (double) sum (self, -1, -1), 0);
  font.bold = TRUE;
  bs_painter_text (painter, font, theme->dim, left + end, top + end, 0, 0, text);
}

static gboolean
is_in_view (const Grid *grid, const BsRect *rect)
{
  return rect->x + rect->width > grid->left && rect->x < grid->left + grid->view_width &&
         rect->y + rect->height > grid->top && rect->y < grid->top + grid->view_height;
}

/* With the reach of outlines, or none. */
static void
clip_to_view (cairo_t *cr, const Grid *grid, double reach)
{
  cairo_rectangle (cr, grid->left - reach, grid->top - reach, grid->view_width + 2 * reach,
                   grid->view_height + 2 * reach);
  cairo_clip (cr);
}

static void
draw_content (const BsMatrixChart *self, BsPainter *painter, const Grid *grid)
{
  g_autofree double *values = g_new (double, self->n * self->n + 1);
  double largest = all_values (self, values);

  cairo_save (painter->cr);
  clip_to_view (painter->cr, grid, 0);
  for (gsize i = 0; i < self->n * self->n; i++) {
    BsRect rect = cell_rect (self, grid, (int) (i / self->n), (int) (i % self->n));

    if (is_in_view (grid, &rect))
      draw_cell (self, painter, grid, i, values[i], largest);
  }
  draw_totals (self, painter, grid);
  cairo_restore (painter->cr);
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
  BsFont font = bs_painter_font (painter, .88, FALSE);

  if (!self->counts || self->n == 0)
    return;
  draw_content (self, painter, &grid);
  draw_names (self, painter, &grid);
  double extent = offset (self, &grid, self->n - 1) + grid.cell;
  bs_painter_text_rotated (painter, font, theme->dim, font.size_px,
                           grid.top + MIN (extent, grid.view_height) / 2, .5, 1, -90,
                           bs_chart_theme_text (theme, N_ ("true")));
  bs_painter_text (painter, font, theme->dim, grid.left + MIN (extent, grid.view_width) / 2,
                   grid.top + grid.view_height + 1, .5, 0,
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

  cairo_save (cr);
  clip_to_view (cr, &grid, OUTLINE_PX);
  outline (self, cr, &grid, self->cursor, theme->text, 1.5);
  outline (self, cr, &grid, self->selected, theme->dark ? theme->background : theme->text, 5);
  outline (self, cr, &grid, self->selected, bs_color_rgb (SELECTED_RGB), 2.5);
  cairo_restore (cr);
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
