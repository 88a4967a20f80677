/* SPDX-License-Identifier: MIT */
/* Scatter, lines, bars and histograms. */
#include "tests/support/bs-test-chart.h"

#include "viz/chart/bs-bar-chart.h"
#include "viz/chart/bs-histogram-private.h"
#include "viz/chart/bs-line-chart-private.h"
#include "viz/chart/bs-scatter-private.h"

#define W 440.0
#define H 330.0

static const float xs[] = { 0, 10, 5, 5, NAN };
static const float ys[] = { 0, 10, 5, 9, 2 };
static const guint16 groups_of[] = { 0, 1, 0, 1, 0 };

static BsScatter
some_scatter (BsScatterGroup groups[2])
{
  BsScatter scatter;

  groups[0] = (BsScatterGroup){ "hap", { .9, .6, 0 }, BS_MARKER_SQUARE, FALSE };
  groups[1] = (BsScatterGroup){ "sad", { 0, .4, .7 }, BS_MARKER_DISC, FALSE };
  bs_scatter_init (&scatter);
  scatter.n = 5;
  scatter.x = xs;
  scatter.y = ys;
  scatter.group = groups_of;
  scatter.n_groups = 2;
  scatter.groups = groups;
  scatter.x_title = "PC1 (23 %)";
  bs_scatter_fit (&scatter);
  return scatter;
}

static void
points_are_drawn_where_they_are_hit (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);

  bs_scatter_draw (&scatter, cr, W, H, theme);
  cairo_destroy (cr);
  for (gsize i = 0; i < 4; i++) {
    double x, y;

    bs_scatter_point (&scatter, W, H, theme, i, &x, &y);
    g_assert_cmpint (bs_scatter_hit (&scatter, W, H, theme, x + 5, y - 5), ==, (int) i);
    /* Points are a little transparent. */
    g_assert_cmpfloat (fabs (picture_at (picture, x, y).b - groups[groups_of[i]].color.b), <, .2);
    g_assert_cmpfloat (fabs (picture_at (picture, x, y).r - groups[groups_of[i]].color.r), <, .2);
  }
  g_assert_cmpint (bs_scatter_hit (&scatter, W, H, theme, W / 2, H - 70), ==, -1);
  cairo_surface_destroy (picture);
}

static void
hidden_and_dimmed_points_give_way (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  guint8 dimmed[] = { 0, 0, 1, 0, 0 };
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  double x, y;

  groups[1].hidden = TRUE;
  bs_scatter_point (&scatter, W, H, theme, 1, &x, &y);
  g_assert_cmpint (bs_scatter_hit (&scatter, W, H, theme, x, y), ==, -1);
  groups[1].hidden = FALSE;
  g_assert_cmpint (bs_scatter_hit (&scatter, W, H, theme, x, y), ==, 1);
  scatter.dimmed = dimmed;
  bs_scatter_point (&scatter, W, H, theme, 2, &x, &y);
  g_assert_cmpint (bs_scatter_hit (&scatter, W, H, theme, x, y), ==, 2);
}

static gboolean
encloses (const double (*path)[2], gsize n, double x, double y)
{
  static const guint16 group[] = { 0 };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const BsScatterGroup groups[] = { { .name = "a" } };
  const float at[2] = { .5f, .5f };
  BsScatter scatter;
  double px, py;

  bs_scatter_init (&scatter);
  scatter.n = 1;
  scatter.x = &at[0];
  scatter.y = &at[1];
  scatter.group = group;
  scatter.groups = groups;
  scatter.n_groups = 1;
  scatter.x_to = scatter.y_to = 1;
  bs_scatter_point (&scatter, W, H, theme, 0, &px, &py);
  g_autofree double *moved = g_new (double, 2 * n);
  for (gsize i = 0; i < n; i++) {
    moved[2 * i] = path[i][0] - x + px;
    moved[2 * i + 1] = path[i][1] - y + py;
  }
  g_autoptr (GArray) outline = bs_scatter_outline ((const double (*)[2]) (gpointer) moved, n);
  g_autoptr (GArray) found = bs_scatter_lasso (
    &scatter, W, H, theme, (const double (*)[2]) (gpointer) outline->data, outline->len);
  return found->len == 1;
}

static void
straight_drags_are_rectangles_and_others_lassos (void)
{
  const double diagonal[][2] = { { 0, 0 }, { 20, 22 }, { 60, 60 } };
  const double flat[][2] = { { 0, 0 }, { 60, 0 } };
  const double hook[][2] = { { 0, 0 }, { 60, 0 }, { 60, 60 }, { 30, 60 } };

  g_assert_true (encloses (diagonal, G_N_ELEMENTS (diagonal), 50, 10));
  g_assert_true (encloses (diagonal, G_N_ELEMENTS (diagonal), 10, 50));
  g_assert_false (encloses (diagonal, G_N_ELEMENTS (diagonal), 70, 30));
  /* A line finds what lies beside it. */
  g_assert_true (encloses (flat, G_N_ELEMENTS (flat), 30, 6));
  g_assert_true (encloses (flat, G_N_ELEMENTS (flat), 30, -6));
  g_assert_false (encloses (flat, G_N_ELEMENTS (flat), 30, 12));
  /* The hook's outline leaves the corner of its rectangle out. */
  g_assert_true (encloses (hook, G_N_ELEMENTS (hook), 50, 50));
  g_assert_false (encloses (hook, G_N_ELEMENTS (hook), 5, 50));
  g_assert_false (encloses (flat, 1, 0, 0));
}

static void
points_of_emotions_are_the_discs_of_lists (void)
{
  static const float at[] = { .5f };
  static const guint16 group[] = { 0 };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const BsScatterGroup groups[] = {
    { .name = "ang-sad", .disc = TRUE, .first = 0, .second = 4, .first_share = .5 },
  };
  cairo_surface_t *picture = picture_new (W, H, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsScatter scatter;
  double x, y;

  bs_scatter_init (&scatter);
  scatter.n = 1;
  scatter.x = scatter.y = at;
  scatter.group = group;
  scatter.groups = groups;
  scatter.n_groups = 1;
  scatter.x_to = scatter.y_to = 1;
  bs_scatter_draw (&scatter, cr, W, H, theme);
  cairo_destroy (cr);
  bs_scatter_point (&scatter, W, H, theme, 0, &x, &y);
  for (int side = -1; side <= 1; side += 2) {
    BsColor color = picture_at (picture, x + side * 2.5, y), expected;

    /* Points let some of what is behind them through. */
    expected = bs_color_mix (bs_emotion_color (side < 0 ? 0 : 4, theme), theme->background, .12);
    g_assert_cmpfloat_with_epsilon (color.r, expected.r, .03);
    g_assert_cmpfloat_with_epsilon (color.g, expected.g, .03);
    g_assert_cmpfloat_with_epsilon (color.b, expected.b, .03);
  }
  cairo_surface_destroy (picture);
}

static void
lasso_finds_what_it_encloses (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  double corners[5][2], x, y;
  g_autoptr (GArray) found = NULL, none = NULL;

  /* A notched outline: the centre lies in the notch. */
  bs_scatter_point (&scatter, W, H, theme, 2, &x, &y);
  memcpy (corners, (double[5][2]){ { 0, 0 }, { W, 0 }, { W, H }, { x, y - 4 }, { 0, y - 4 } },
          sizeof corners);
  found = bs_scatter_lasso (&scatter, W, H, theme, corners, 5);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (g_array_index (found, guint, 0), ==, 1);
  g_assert_cmpuint (g_array_index (found, guint, 1), ==, 3);
  none = bs_scatter_lasso (&scatter, W, H, theme, corners, 2);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
zoom_keeps_the_point_under_the_pointer (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  double x, y, x_after, y_after;

  bs_scatter_point (&scatter, W, H, theme, 3, &x, &y);
  bs_scatter_zoom (&scatter, W, H, theme, 2.5, x, y);
  bs_scatter_point (&scatter, W, H, theme, 3, &x_after, &y_after);
  g_assert_cmpfloat_with_epsilon (x, x_after, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, y_after, 1e-6);
  bs_scatter_pan (&scatter, W, H, theme, 30, -20);
  bs_scatter_point (&scatter, W, H, theme, 3, &x_after, &y_after);
  g_assert_cmpfloat_with_epsilon (x + 30, x_after, 1e-6);
  g_assert_cmpfloat_with_epsilon (y - 20, y_after, 1e-6);
  for (int i = 0; i < 200; i++)
    bs_scatter_zoom (&scatter, W, H, theme, 3, x, y);
  g_assert_cmpfloat (scatter.x_to - scatter.x_from, >, 0);
  bs_scatter_fit (&scatter);
  g_assert_cmpfloat (scatter.x_from, <, 0);
  g_assert_cmpfloat (scatter.x_to, >, 10);
}

static void
legend_is_hit_where_it_stands (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);

  for (gsize i = 0; i < 2; i++) {
    BsRect entry = bs_scatter_legend_entry (&scatter, W, theme, i);

    g_assert_cmpint (bs_scatter_hit_legend (&scatter, W, H, theme, entry.x + 5, entry.y + 5), ==,
                     (int) i);
  }
  g_assert_cmpint (bs_scatter_hit_legend (&scatter, W, H, theme, W / 2, H / 2), ==, -1);
}

static void
many_points_are_all_drawn_and_clipped (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const gsize n = 30000;
  g_autofree float *x = g_new (float, n), *y = g_new (float, n);
  g_autofree guint16 *group = g_new0 (guint16, n);
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  BsRect plot;

  for (gsize i = 0; i < n; i++) {
    x[i] = (float) (i % 200);
    y[i] = (float) (i / 200);
  }
  scatter.n = n;
  scatter.x = x;
  scatter.y = y;
  scatter.group = group;
  scatter.x_from = 50;
  scatter.x_to = 100;
  scatter.y_from = 50;
  scatter.y_to = 100;
  bs_scatter_draw (&scatter, cr, W, H, theme);
  cairo_destroy (cr);
  plot = bs_scatter_plot (&scatter, W, H, theme);
  g_assert_true (color_is (picture_at (picture, W - 2, H / 2), theme->background));
  for (int row = 1; row < 10; row++)
    g_assert_true (
      picture_at (picture, plot.x + plot.width / 2, plot.y + plot.height * row / 10).b < .9);
  cairo_surface_destroy (picture);
}

static void
scatter_table_names_every_point (void)
{
  static const char *const names[] = { "one", "two", "three", "four", "five" };
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  g_autoptr (BsTable) table = NULL;
  g_autofree char *name = NULL, *group = NULL;

  scatter.names = names;
  table = bs_scatter_table (&scatter);
  name = bs_table_dup_text (table, 3, 0);
  group = bs_table_dup_text (table, 3, 3);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 5);
  g_assert_cmpstr (bs_table_header (table, 1), ==, "PC1 (23 %)");
  g_assert_cmpstr (name, ==, "four");
  g_assert_cmpstr (group, ==, "sad");
  g_assert_cmpfloat (bs_table_number (table, 3, 2), ==, 9);
}

static void
lines_go_through_their_points_and_break_at_gaps (void)
{
  static const double x[] = { 1, 2, 3, 4, 5 }, y[] = { .5, .5, NAN, .5, .5 };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsLineSeries series = { "loss", { 1, 0, 1 }, FALSE, 5, x, y };
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsLineChart chart;
  double px, py;
  g_autoptr (BsTable) table = NULL;

  bs_line_chart_init (&chart);
  chart.n_series = 1;
  chart.series = &series;
  chart.y_from_zero = TRUE;
  chart.x_to = 10;
  chart.hover_x = 4;
  bs_line_chart_draw (&chart, cr, W, H, theme);
  cairo_destroy (cr);
  bs_line_chart_point (&chart, W, H, theme, 1.5, .5, &px, &py);
  g_assert_true (picture_has (picture, (BsRect){ px, py - 2, 1, 4 }, series.color));
  bs_line_chart_point (&chart, W, H, theme, 3, .5, &px, &py);
  g_assert_false (picture_has (picture, (BsRect){ px, py - 2, 1, 4 }, series.color));
  g_assert_cmpfloat (bs_line_chart_hit (&chart, W, H, theme, px + 4, py), ==, 3);
  g_assert_true (isnan (bs_line_chart_hit (&chart, W, H, theme, -1, py)));
  bs_line_chart_point (&chart, W, H, theme, 10, 0, &px, &py);
  g_assert_cmpfloat (px, <, W); /* all ten epochs have room from the start */
  table = bs_line_chart_table (&chart);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 5);
  cairo_surface_destroy (picture);
}

static void
lines_of_more_points_than_pixels_show_every_extreme (void)
{
  const gsize n = 20000;
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  BsLineSeries series = { "loss", { 1, 0, 1 }, FALSE, n, x, y };
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsLineChart chart;
  double px, py;

  for (gsize i = 0; i < n; i++) {
    x[i] = (double) i;
    y[i] = i == 7001 ? .9 : i >= 12000 && i < 13000 ? NAN : i < 10000 ? .5 : .1;
  }
  bs_line_chart_init (&chart);
  chart.n_series = 1;
  chart.series = &series;
  chart.y_from_zero = TRUE;
  bs_line_chart_draw (&chart, cr, W, H, theme);
  cairo_destroy (cr);
  bs_line_chart_point (&chart, W, H, theme, 3500, .5, &px, &py);
  g_assert_true (picture_has (picture, (BsRect){ px, py - 2, 1, 4 }, series.color));
  g_assert_false (picture_has (picture, (BsRect){ px, py + 4, 1, 4 }, series.color));
  bs_line_chart_point (&chart, W, H, theme, 7001, .8, &px, &py);
  g_assert_true (picture_has (picture, (BsRect){ px - 1, py - 2, 3, 4 }, series.color));
  /* A jump is a stroke upright; a gap is one. */
  bs_line_chart_point (&chart, W, H, theme, 10000, .3, &px, &py);
  g_assert_true (picture_has (picture, (BsRect){ px - 1, py - 2, 3, 4 }, series.color));
  bs_line_chart_point (&chart, W, H, theme, 12500, .1, &px, &py);
  g_assert_false (picture_has (picture, (BsRect){ px, py - 2, 1, 4 }, series.color));
  cairo_surface_destroy (picture);
}

static void
bars_are_as_long_as_their_sums (void)
{
  static const char *const names[] = { "ang", "disg" };
  static const double values[] = { 10, 30, 20, NAN };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsBarPart parts[] = { { "30/70", { 1, 0, 0 } }, { "50/50", { 0, 0, 1 } } };
  BsBarChart chart = {
    .n = 2, .names = names, .n_parts = 2, .parts = parts, .values = values, .cursor = -1
  };
  BsRect first = bs_bar_chart_bar (&chart, W, H, theme, 0);
  BsRect second = bs_bar_chart_bar (&chart, W, H, theme, 1);
  cairo_surface_t *picture = picture_new ((int) W, (int) H, theme->background);
  cairo_t *cr = cairo_create (picture);
  g_autoptr (BsTable) table = bs_bar_chart_table (&chart);

  g_assert_cmpfloat_with_epsilon (first.width, 2 * second.width, 1e-9);
  bs_bar_chart_draw (&chart, cr, W, H, theme);
  cairo_destroy (cr);
  g_assert_true (
    color_is (picture_at (picture, first.x + first.width * .2, first.y + 3), parts[0].color));
  g_assert_true (
    color_is (picture_at (picture, first.x + first.width * .3, first.y + 3), parts[1].color));
  g_assert_cmpint (bs_bar_chart_hit (&chart, W, H, theme, second.x, second.y), ==, 1);
  g_assert_cmpint (bs_bar_chart_hit (&chart, W, H, theme, second.x, -1), ==, -1);
  g_assert_cmpfloat (bs_table_number (table, 0, 3), ==, 40);
  g_assert_cmpfloat (bs_table_number (table, 1, 2), ==, 0);
  cairo_surface_destroy (picture);
}

static void
every_value_falls_into_one_bin (void)
{
  static const double values[] = { 0, .99, 1, 5, 9.99, 10, 14, -3, NAN };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsBarPart series = { "singles", { 0, 0, 1 } };
  double counts[10];
  BsHistogram histogram = {
    .from = 0, .to = 10, .n_bins = 10, .n_series = 1, .series = &series, .counts = counts
  };
  g_autoptr (BsTable) table = NULL;

  bs_histogram_count (values, G_N_ELEMENTS (values), 0, 10, 10, counts);
  g_assert_cmpfloat (counts[0], ==, 3);
  g_assert_cmpfloat (counts[1], ==, 1);
  g_assert_cmpfloat (counts[9], ==, 3);
  table = bs_histogram_table (&histogram);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 10);
  g_assert_cmpfloat (bs_table_number (table, 9, 1), ==, 10);
  g_assert_cmpint (bs_histogram_hit (&histogram, W, H, theme, W - 12, H / 2), ==, 9);
  g_assert_cmpint (bs_histogram_hit (&histogram, W, H, theme, 0, H / 2), ==, -1);
}

static void
draw_scatter_cb (cairo_t *cr, double width, double height, gpointer user_data)
{
  bs_scatter_draw (user_data, cr, width, height, bs_chart_theme_get (FALSE));
}

static void
a_vector_file_has_a_shape_for_each_point (void)
{
  BsColor white = { 1, 1, 1 };
  BsScatterGroup groups[2];
  BsScatter scatter = some_scatter (groups);
  g_autoptr (GBytes) svg =
    bs_chart_export (draw_scatter_cb, &scatter, W, H, white, BS_CHART_SVG, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));

  g_assert_null (strstr (text, "<image"));
  g_assert_nonnull (strstr (text, "fill-opacity:0.88"));
}

static void
empty_plots_are_drawn_without_a_crash (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  const float nan_xs[] = { NAN, INFINITY };
  const guint16 wild[] = { 0, 900 };
  cairo_surface_t *picture = picture_new (100, 100, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsBarChart bars = { .cursor = -1 };
  BsHistogram histogram = { 0 };
  BsScatterGroup groups[2];
  BsScatter scatter;
  BsLineChart lines;

  bs_scatter_init (&scatter);
  bs_scatter_fit (&scatter);
  bs_scatter_draw (&scatter, cr, 100, 100, theme);
  bs_scatter_draw_marks (&scatter, cr, 100, 100, theme);
  scatter = some_scatter (groups);
  scatter.n = 2;
  scatter.x = nan_xs;
  scatter.group = wild;
  scatter.hover = 0;
  scatter.chosen = 77;
  bs_scatter_fit (&scatter);
  for (int size = 0; size < 100; size += 9) {
    bs_scatter_draw (&scatter, cr, size, size, theme);
    bs_scatter_draw_marks (&scatter, cr, size, size, theme);
  }
  bs_line_chart_init (&lines);
  bs_line_chart_draw (&lines, cr, 100, 100, theme);
  bs_line_chart_draw_hover (&lines, cr, 100, 100, theme);
  bs_bar_chart_draw (&bars, cr, 100, 100, theme);
  bs_histogram_draw (&histogram, cr, 100, 100, theme);
  g_assert_cmpint (bs_bar_chart_hit (&bars, 100, 100, theme, 5, 5), ==, -1);
  g_assert_cmpint (bs_histogram_hit (&histogram, 100, 100, theme, 60, 50), ==, -1);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scatter/points are drawn where they are hit",
                   points_are_drawn_where_they_are_hit);
  g_test_add_func ("/scatter/hidden and dimmed points give way", hidden_and_dimmed_points_give_way);
  g_test_add_func ("/scatter/straight drags are rectangles and others lassos",
                   straight_drags_are_rectangles_and_others_lassos);
  g_test_add_func ("/scatter/points of emotions are the discs of lists",
                   points_of_emotions_are_the_discs_of_lists);
  g_test_add_func ("/scatter/the lasso finds what it encloses", lasso_finds_what_it_encloses);
  g_test_add_func ("/scatter/zoom keeps the point under the pointer",
                   zoom_keeps_the_point_under_the_pointer);
  g_test_add_func ("/scatter/the legend is hit where it stands", legend_is_hit_where_it_stands);
  g_test_add_func ("/scatter/many points are all drawn and clipped",
                   many_points_are_all_drawn_and_clipped);
  g_test_add_func ("/scatter/the table names every point", scatter_table_names_every_point);
  g_test_add_func ("/scatter/a vector file has a shape for each point",
                   a_vector_file_has_a_shape_for_each_point);
  g_test_add_func ("/lines/go through their points and break at gaps",
                   lines_go_through_their_points_and_break_at_gaps);
  g_test_add_func ("/lines/of more points than pixels show every extreme",
                   lines_of_more_points_than_pixels_show_every_extreme);
  g_test_add_func ("/bars/are as long as their sums", bars_are_as_long_as_their_sums);
  g_test_add_func ("/histogram/every value falls into one bin", every_value_falls_into_one_bin);
  g_test_add_func ("/plots/empty plots are drawn without a crash",
                   empty_plots_are_drawn_without_a_crash);
  return g_test_run ();
}
