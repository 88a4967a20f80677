/* SPDX-License-Identifier: MIT */
/* Score map and confusion matrix: what is drawn where it must be, what lies under a point. */
#include "tests/support/bs-test-chart.h"

#include "viz/chart/bs-matrix-chart-private.h"
#include "viz/chart/bs-score-map-private.h"

#define W 440.0
#define H 300.0

static const double raster[] = { .1, .2, .3, .4, .5, NAN };

static BsScoreMap
some_map (void)
{
  static const BsMapOptimum optima[] = { { .2, .1, 0 }, { .2, .1, 1 }, { .4, .3, 2 } };
  BsScoreMap map;

  bs_score_map_init (&map);
  map.n_alpha = 3;
  map.n_beta = 2;
  map.score = raster;
  map.alpha_to = .6;
  map.beta_to = .4;
  map.n_optima = 3;
  map.optima = optima;
  map.alpha = .145;
  map.beta = .11;
  return map;
}

static cairo_surface_t *
draw_map (BsScoreMap *map, const BsChartTheme *theme)
{
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);

  bs_score_map_draw (map, cr, W, H, theme);
  bs_score_map_draw_marks (map, cr, W, H, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return picture;
}

static void
cells_have_their_scores_colours (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScoreMap map = some_map ();
  cairo_surface_t *picture = draw_map (&map, theme);
  BsRect plot = bs_score_map_plot (&map, W, H, theme);

  g_assert_true (color_is (picture_at (picture, plot.x + 4, plot.y + plot.height - 4),
                           bs_color_map (BS_COLOR_MAP_VIRIDIS, 0)));
  g_assert_true (color_is (picture_at (picture, plot.x + 4, plot.y + plot.height * .2),
                           bs_color_map (BS_COLOR_MAP_VIRIDIS, .75)));
  g_assert_cmpfloat (bs_score_map_value (&map, 0, .4), ==, .4);
  g_assert_cmpfloat (bs_score_map_value (&map, .31, .39), ==, .5);
  g_assert_true (isnan (bs_score_map_value (&map, .6, .4)));
  g_assert_true (isnan (bs_score_map_value (&map, .3, .41)));
  g_assert_true (isnan (bs_score_map_value (&map, -.2, .4)));
  g_assert_true (isnan (bs_score_map_value (&map, NAN, .4)));
  cairo_surface_destroy (picture);
  bs_score_map_clear (&map);
}

static void
another_raster_is_drawn_when_it_is_said_to_be_one (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  double other[] = { .5, .2, .3, .4, .1, .1 };
  BsScoreMap map = some_map ();
  BsRect plot = bs_score_map_plot (&map, W, H, theme);

  cairo_surface_destroy (draw_map (&map, theme));
  map.score = other;
  bs_score_map_raster_changed (&map);
  cairo_surface_t *picture = draw_map (&map, theme);
  g_assert_true (color_is (picture_at (picture, plot.x + 4, plot.y + plot.height - 4),
                           bs_color_map (BS_COLOR_MAP_VIRIDIS, 1)));
  cairo_surface_destroy (picture);
  bs_score_map_clear (&map);
}

static void
handle_lies_at_its_pair_and_the_pair_is_read_back (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScoreMap map = some_map ();
  cairo_surface_t *picture = draw_map (&map, theme);
  double x, y, alpha, beta;

  bs_score_map_point (&map, W, H, theme, .145, .11, &x, &y);
  g_assert_true (picture_has (picture, (BsRect){ x - 14, y - 14, 28, 28 }, theme->accent));
  g_assert_false (picture_has (picture, (BsRect){ x + 60, y - 100, 28, 28 }, theme->accent));
  g_assert_true (bs_score_map_hit (&map, W, H, theme, x, y, &alpha, &beta));
  g_assert_cmpfloat_with_epsilon (alpha, .145, 1e-9);
  g_assert_cmpfloat_with_epsilon (beta, .11, 1e-9);
  g_assert_false (bs_score_map_hit (&map, W, H, theme, 2, 2, &alpha, &beta));
  g_assert_cmpfloat (alpha, ==, 0);
  g_assert_cmpfloat (beta, ==, .4);
  cairo_surface_destroy (picture);
  bs_score_map_clear (&map);
}

static void
equal_optima_do_not_hide_each_other (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScoreMap map = some_map ();
  gboolean found[3] = { FALSE };
  double x, y;

  for (int py = 0; py < (int) H; py++)
    for (int px = 0; px < (int) W; px++) {
      int at = bs_score_map_hit_optimum (&map, W, H, theme, px, py);

      if (at >= 0)
        found[at] = TRUE;
    }
  g_assert_true (found[0] && found[1] && found[2]);
  bs_score_map_point (&map, W, H, theme, .4, .3, &x, &y);
  g_assert_cmpint (bs_score_map_hit_optimum (&map, W, H, theme, x, y), ==, 2);
}

static void
what_changes_nothing_is_hatched (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const double flat[] = { .2, .2, .2, .2 };
  BsScoreMap map = some_map ();
  BsColor plain;
  double x, y;
  cairo_surface_t *picture;

  map.n_alpha = map.n_beta = 2;
  map.score = flat;
  map.n_optima = 0;
  map.alpha = NAN;
  map.largest_d = .2;
  picture = draw_map (&map, theme);
  plain = bs_color_map (BS_COLOR_MAP_VIRIDIS, .5);
  bs_score_map_point (&map, W, H, theme, .1, .1, &x, &y);
  g_assert_true (color_is (picture_at (picture, x, y), plain));
  bs_score_map_point (&map, W, H, theme, .55, .1, &x, &y); /* alpha above one half */
  g_assert_false (color_is (picture_at (picture, x, y), plain));
  bs_score_map_point (&map, W, H, theme, .1, .3, &x, &y); /* beta above every difference */
  g_assert_false (color_is (picture_at (picture, x, y), plain));
  bs_score_map_point (&map, W, H, theme, .47, .15, &x, &y); /* beta above 1 - 2 alpha */
  g_assert_false (color_is (picture_at (picture, x, y), plain));
  cairo_surface_destroy (picture);
  bs_score_map_clear (&map);
}

static void
map_table_has_every_value (void)
{
  BsScoreMap map = some_map ();
  g_autoptr (BsTable) table = bs_score_map_table (&map);

  g_assert_cmpuint (bs_table_n_rows (table), ==, 6);
  g_assert_cmpfloat_with_epsilon (bs_table_number (table, 4, 0), .3, 1e-12);
  g_assert_cmpfloat_with_epsilon (bs_table_number (table, 4, 1), .3, 1e-12);
  g_assert_cmpfloat (bs_table_number (table, 4, 2), ==, .5);
}

static const char *const names[] = { "a", "b", "a-b" };
static const guint counts[] = { 6, 2, 2, 0, 0, 0, 1, 3, 4 };

static BsMatrixChart
some_matrix (BsMatrixUnit unit)
{
  return (BsMatrixChart){ .n = 3,
                          .counts = counts,
                          .names = names,
                          .n_singles = 2,
                          .group = 1,
                          .unit = unit,
                          .selected = BS_CELL_NONE,
                          .cursor = BS_CELL_NONE };
}

static void
cells_say_counts_or_shares (void)
{
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);

  g_assert_cmpfloat (bs_matrix_chart_value (&matrix, 0, 1), ==, 2);
  matrix.unit = BS_MATRIX_ROW;
  g_assert_cmpfloat_with_epsilon (bs_matrix_chart_value (&matrix, 0, 1), .2, 1e-12);
  g_assert_true (isnan (bs_matrix_chart_value (&matrix, 1, 1)));
  matrix.unit = BS_MATRIX_COLUMN;
  g_assert_cmpfloat_with_epsilon (bs_matrix_chart_value (&matrix, 0, 1), .4, 1e-12);
  matrix.unit = BS_MATRIX_ALL;
  g_assert_cmpfloat_with_epsilon (bs_matrix_chart_value (&matrix, 0, 1), 2 / 18.0, 1e-12);
}

static void
cells_are_drawn_where_they_are_hit (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart matrix = some_matrix (BS_MATRIX_ROW);
  cairo_surface_t *picture = picture_new (300, 300, theme->background);
  cairo_t *cr = cairo_create (picture);

  bs_matrix_chart_draw (&matrix, cr, 300, 300, theme);
  cairo_destroy (cr);
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 3; column++) {
      BsRect cell = bs_matrix_chart_cell (&matrix, 300, 300, theme, row, column);
      BsCellRef at = bs_matrix_chart_hit (&matrix, 300, 300, theme, cell.x + cell.width / 2,
                                          cell.y + cell.height / 2);

      g_assert_cmpint (at.row, ==, row);
      g_assert_cmpint (at.column, ==, column);
      g_assert_true (color_is (picture_at (picture, cell.x + 3, cell.y + 3),
                               bs_matrix_chart_color (&matrix, theme, row, column)));
    }
  g_assert_false (color_is (bs_matrix_chart_color (&matrix, theme, 0, 0),
                            bs_matrix_chart_color (&matrix, theme, 0, 1)));
  cairo_surface_destroy (picture);
}

static void
names_and_totals_stand_for_rows_and_columns (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);
  BsRect cell = bs_matrix_chart_cell (&matrix, 300, 300, theme, 2, 1);
  BsCellRef at = bs_matrix_chart_hit (&matrix, 300, 300, theme, 8, cell.y + 3);

  g_assert_cmpint (at.row, ==, 2);
  g_assert_cmpint (at.column, ==, -1);
  at = bs_matrix_chart_hit (&matrix, 300, 300, theme, cell.x + 3, 2);
  g_assert_cmpint (at.row, ==, -1);
  g_assert_cmpint (at.column, ==, 1);
  at = bs_matrix_chart_hit (&matrix, 300, 300, theme, -5, -5);
  g_assert_true (at.row == -1 && at.column == -1);
}

static void
singles_stand_apart_from_blends (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);
  BsRect first = bs_matrix_chart_cell (&matrix, 300, 300, theme, 0, 0);
  BsRect second = bs_matrix_chart_cell (&matrix, 300, 300, theme, 1, 1);
  BsRect third = bs_matrix_chart_cell (&matrix, 300, 300, theme, 2, 2);

  g_assert_cmpfloat (third.x - second.x, >, second.x - first.x + 3);
  g_assert_cmpfloat (third.y - second.y, >, second.y - first.y + 3);
}

static void
selection_and_cursor_are_outlined (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (TRUE);
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);
  cairo_surface_t *picture = picture_new (300, 300, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsRect cell = bs_matrix_chart_cell (&matrix, 300, 300, theme, 1, 2);

  matrix.selected = (BsCellRef){ 1, 2 };
  matrix.cursor = (BsCellRef){ 7, 7 }; /* of a larger matrix: not drawn, no crash */
  bs_matrix_chart_draw_marks (&matrix, cr, 300, 300, theme);
  cairo_destroy (cr);
  g_assert_true (
    picture_has (picture, (BsRect){ cell.x - 3, cell.y - 3, 6, 6 }, bs_color_rgb (0xffe14d)));
  cairo_surface_destroy (picture);
}

static void
every_cell_of_36_classes_has_a_legible_number (void)
{
  const char *many[36];
  guint all[36 * 36];

  for (int i = 0; i < 36; i++)
    many[i] = "disg-hap 30/70";
  for (int i = 0; i < 36 * 36; i++)
    all[i] = (guint) (i % 97);
  for (int dark = 0; dark < 2; dark++) {
    const BsChartTheme *theme = bs_chart_theme_get (dark);
    BsMatrixChart matrix = { .n = 36,
                             .counts = all,
                             .names = many,
                             .n_singles = 6,
                             .group = 3,
                             .selected = BS_CELL_NONE,
                             .cursor = BS_CELL_NONE };
    cairo_surface_t *picture = picture_new (720, 700, theme->background);
    cairo_t *cr = cairo_create (picture);

    bs_matrix_chart_draw (&matrix, cr, 720, 700, theme);
    cairo_destroy (cr);
    for (int i = 1; i < 36; i++) {
      BsRect cell = bs_matrix_chart_cell (&matrix, 720, 700, theme, i, i - 1);
      BsColor color = bs_matrix_chart_color (&matrix, theme, i, i - 1);
      double best = 1;

      if (all[i * 36 + i - 1] == 0)
        continue;
      for (int y = (int) cell.y + 1; y < (int) (cell.y + cell.height); y++)
        for (int x = (int) cell.x + 1; x < (int) (cell.x + cell.width); x++)
          best = MAX (best, bs_color_contrast (picture_at (picture, x, y), color));
      g_assert_cmpfloat (bs_color_contrast (bs_color_text_on (color), color), >=, 4.5);
      g_assert_cmpfloat (best, >, 2); /* thin strokes are mixed with what is behind them */
    }
    cairo_surface_destroy (picture);
  }
}

/* A matrix of ten classes of 40 pixels in a drawing of 300. */
static BsMatrixChart
matrix_of_large_cells (double scroll_x, double scroll_y)
{
  static const char *const ten[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };
  static guint hundred[100];

  for (guint i = 0; i < G_N_ELEMENTS (hundred); i++)
    hundred[i] = i + 1;
  return (BsMatrixChart){ .n = 10,
                          .counts = hundred,
                          .names = ten,
                          .group = 1,
                          .selected = BS_CELL_NONE,
                          .cursor = BS_CELL_NONE,
                          .cell_px = 40,
                          .scroll_x = scroll_x,
                          .scroll_y = scroll_y };
}

static gboolean
same_pixels (cairo_surface_t *a, cairo_surface_t *b, BsRect rect)
{
  for (int y = (int) rect.y; y < (int) (rect.y + rect.height); y++)
    for (int x = (int) rect.x; x < (int) (rect.x + rect.width); x++)
      if (!color_is (picture_at (a, x, y), picture_at (b, x, y)))
        return FALSE;
  return TRUE;
}

static cairo_surface_t *
drawn (const BsMatrixChart *matrix)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  cairo_surface_t *picture = picture_new (300, 300, theme->background);
  cairo_t *cr = cairo_create (picture);

  bs_matrix_chart_draw (matrix, cr, 300, 300, theme);
  bs_matrix_chart_draw_marks (matrix, cr, 300, 300, theme);
  cairo_destroy (cr);
  return picture;
}

static void
names_stay_where_cells_scroll (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart still = matrix_of_large_cells (0, 0), moved = matrix_of_large_cells (80, 0);
  BsMatrixExtent extent = bs_matrix_chart_extent (&still, 300, 300, theme);
  BsRect rows = { 0, 0, extent.view.x - 4, 300 };
  BsRect columns = { 0, 0, 300, extent.view.y - 4 };
  BsRect cell = bs_matrix_chart_cell (&moved, 300, 300, theme, 1, 3);

  g_assert_cmpfloat (extent.width, >, extent.view.width);
  g_assert_cmpfloat (extent.height, >, extent.view.height);
  g_assert_cmpfloat (cell.width, ==, 39);
  BsCellRef at = bs_matrix_chart_hit (&moved, 300, 300, theme, cell.x + 3, cell.y + 3);
  g_assert_cmpint (at.row, ==, 1);
  g_assert_cmpint (at.column, ==, 3);
  at = bs_matrix_chart_hit (&moved, 300, 300, theme, cell.x + 3, 2);
  g_assert_cmpint (at.column, ==, 3);

  cairo_surface_t *before = drawn (&still), *across = drawn (&moved);
  moved = matrix_of_large_cells (0, 80);
  cairo_surface_t *down = drawn (&moved);
  g_assert_true (same_pixels (before, across, rows));
  g_assert_false (same_pixels (before, across, columns));
  g_assert_true (same_pixels (before, down, columns));
  g_assert_false (same_pixels (before, down, rows));
  cairo_surface_destroy (before);
  cairo_surface_destroy (across);
  cairo_surface_destroy (down);
}

static void
cells_scroll_no_further_than_they_reach (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart far = matrix_of_large_cells (1e9, -1e9);
  BsMatrixExtent extent = bs_matrix_chart_extent (&far, 300, 300, theme);
  double end = extent.view.x + extent.view.width;
  BsRect last = bs_matrix_chart_cell (&far, 300, 300, theme, 0, 9);
  BsRect in_all = bs_matrix_chart_cell (&far, 2000, 2000, theme, 0, 0);

  g_assert_cmpfloat (last.x, >, extent.view.x);
  g_assert_cmpfloat (last.x + last.width, <, end);
  g_assert_cmpfloat (last.y, ==, extent.view.y);
  g_assert_cmpfloat (in_all.x, ==, extent.view.x);
}

static void
matrix_table_is_complete (void)
{
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);
  g_autoptr (BsTable) table = bs_matrix_chart_table (&matrix);
  g_autofree char *name = bs_table_dup_text (table, 2, 0);

  g_assert_cmpuint (bs_table_n_rows (table), ==, 3);
  g_assert_cmpuint (bs_table_n_columns (table), ==, 5);
  g_assert_cmpstr (name, ==, "a-b");
  g_assert_cmpfloat (bs_table_number (table, 2, 2), ==, 3);
  g_assert_cmpfloat (bs_table_number (table, 2, 4), ==, 8);
}

static void
best_height_wastes_nothing (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsMatrixChart matrix = some_matrix (BS_MATRIX_COUNTS);
  double height = bs_matrix_chart_best_height (&matrix, 300, theme);
  BsRect in_best = bs_matrix_chart_cell (&matrix, 300, height, theme, 0, 0);
  BsRect in_more = bs_matrix_chart_cell (&matrix, 300, height + 200, theme, 0, 0);
  BsRect in_less = bs_matrix_chart_cell (&matrix, 300, height - 60, theme, 0, 0);

  g_assert_cmpfloat (in_best.width, ==, in_more.width);
  g_assert_cmpfloat (in_best.width, >, in_less.width);
}

static void
empty_maps_are_drawn_without_a_crash (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const double nothing[] = { NAN, NAN, NAN, NAN };
  BsMatrixChart matrix = { .names = names, .selected = BS_CELL_NONE, .cursor = BS_CELL_NONE };
  cairo_surface_t *picture = picture_new (100, 100, theme->background);
  cairo_t *cr = cairo_create (picture);
  g_autoptr (BsTable) table = bs_matrix_chart_table (&matrix);
  BsScoreMap map;

  bs_score_map_init (&map);
  bs_score_map_draw (&map, cr, 100, 100, theme);
  bs_score_map_draw_marks (&map, cr, 100, 100, theme);
  map.n_alpha = map.n_beta = 2;
  map.score = nothing;
  for (int size = 0; size < 100; size += 9)
    bs_score_map_draw (&map, cr, size, size, theme);
  bs_score_map_clear (&map);
  map.n_alpha = map.n_beta = 1;
  bs_score_map_draw (&map, cr, 100, 100, theme);
  bs_score_map_clear (&map);
  bs_matrix_chart_draw (&matrix, cr, 100, 100, theme);
  bs_matrix_chart_draw_marks (&matrix, cr, 100, 100, theme);
  matrix = some_matrix (BS_MATRIX_ROW);
  for (int size = 0; size < 100; size += 9)
    bs_matrix_chart_draw (&matrix, cr, size, size, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score-map/cells have their scores' colours", cells_have_their_scores_colours);
  g_test_add_func ("/score-map/another raster is drawn when it is said to be one",
                   another_raster_is_drawn_when_it_is_said_to_be_one);
  g_test_add_func ("/score-map/the handle lies at its pair and the pair is read back",
                   handle_lies_at_its_pair_and_the_pair_is_read_back);
  g_test_add_func ("/score-map/equal optima do not hide each other",
                   equal_optima_do_not_hide_each_other);
  g_test_add_func ("/score-map/what changes nothing is hatched", what_changes_nothing_is_hatched);
  g_test_add_func ("/score-map/the table has every value", map_table_has_every_value);
  g_test_add_func ("/matrix/cells say counts or shares", cells_say_counts_or_shares);
  g_test_add_func ("/matrix/cells are drawn where they are hit",
                   cells_are_drawn_where_they_are_hit);
  g_test_add_func ("/matrix/names and totals stand for rows and columns",
                   names_and_totals_stand_for_rows_and_columns);
  g_test_add_func ("/matrix/singles stand apart from blends", singles_stand_apart_from_blends);
  g_test_add_func ("/matrix/selection and cursor are outlined", selection_and_cursor_are_outlined);
  g_test_add_func ("/matrix/every cell of 36 classes has a legible number",
                   every_cell_of_36_classes_has_a_legible_number);
  g_test_add_func ("/matrix/the table is complete", matrix_table_is_complete);
  g_test_add_func ("/matrix/the best height wastes nothing", best_height_wastes_nothing);
  g_test_add_func ("/matrix/names-stay", names_stay_where_cells_scroll);
  g_test_add_func ("/matrix/scroll-ends", cells_scroll_no_further_than_they_reach);
  g_test_add_func ("/maps/empty maps are drawn without a crash",
                   empty_maps_are_drawn_without_a_crash);
  return g_test_run ();
}
