/* SPDX-License-Identifier: MIT */
/* Drawing of the charts that follow a dragged slider or a dragged plane, on image surfaces as the
 * window draws them. Limits: a frame of 60 a second, two for 100,000 points; their peer is cairo
 * itself, filling a rectangle for each. */
#include "tests/bench/bench.h"

#include <math.h>

#include "viz/chart/bs-line-chart.h"
#include "viz/chart/bs-matrix-chart.h"
#include "viz/chart/bs-scatter.h"
#include "viz/chart/bs-score-map.h"

#define FRAME_US 16667
#define MAP_STEPS 160
#define N_POINTS 100000
#define N_FOLDS 5

static cairo_t *cr;

static void
new_picture (int width, int height)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (picture);
  cairo_surface_destroy (picture);
}

static void
draw_map (gpointer data)
{
  bs_score_map_draw (data, cr, 416, 300, bs_chart_theme_get (TRUE));
}

static void
draw_map_marks (gpointer data)
{
  bs_score_map_draw_marks (data, cr, 416, 300, bs_chart_theme_get (TRUE));
}

static void
bench_map (void)
{
  g_autofree double *score = g_new (double, MAP_STEPS *MAP_STEPS);
  static const BsMapOptimum optima[] = {
    { .14, .1, 0 }, { .14, .14, 1 }, { .19, .1, 2 }, { .14, .47, 3 }, { .1, .19, 4 },
  };
  BsScoreMap map;
  for (int i = 0; i < MAP_STEPS * MAP_STEPS; i++)
    score[i] = sin (i % MAP_STEPS * .05) + cos (i / MAP_STEPS * .03);
  bs_score_map_init (&map);
  map.n_alpha = map.n_beta = MAP_STEPS;
  map.score = score;
  map.optima = optima;
  map.n_optima = G_N_ELEMENTS (optima);
  map.alpha = .145;
  map.beta = .11;
  new_picture (416, 300);
  bench_report ("score map, whole", bench_median_us (draw_map, &map, 50), FRAME_US);
  bench_report ("score map, handle and optima", bench_median_us (draw_map_marks, &map, 200),
                FRAME_US / 4.0);
  bs_score_map_clear (&map);
  cairo_destroy (cr);
}

static void
draw_matrix (gpointer data)
{
  const BsMatrixChart *matrix = data;
  bs_matrix_chart_draw (matrix, cr, matrix->n > 16 ? 700 : 416, matrix->n > 16 ? 720 : 380,
                        bs_chart_theme_get (TRUE));
}

static void
bench_matrix (gsize n, const char *what)
{
  g_autofree guint *counts = g_new (guint, n * n);
  g_autofree const char **names = g_new (const char *, n);
  for (gsize i = 0; i < n * n; i++)
    counts[i] = (guint) (i * 7919 % 61);
  for (gsize i = 0; i < n; i++)
    names[i] = "disg-hap 30/70";
  BsMatrixChart matrix = { .n = n,
                           .counts = counts,
                           .names = names,
                           .n_singles = 6,
                           .group = n > 16 ? 3 : 1,
                           .unit = BS_MATRIX_ROW,
                           .selected = BS_CELL_NONE,
                           .cursor = BS_CELL_NONE };
  new_picture (720, 720);
  bench_report (what, bench_median_us (draw_matrix, &matrix, 50), FRAME_US);
  cairo_destroy (cr);
}

static void
draw_scatter (gpointer data)
{
  bs_scatter_draw (data, cr, 900, 700, bs_chart_theme_get (TRUE));
}

static void
hit_scatter (gpointer data)
{
  bs_scatter_hit (data, 900, 700, bs_chart_theme_get (TRUE), 450, 350);
}

/* The peer: each point a rectangle of its own, filled by cairo, colour by colour. */
static void
draw_scatter_by_cairo (gpointer data)
{
  const BsScatter *scatter = data;
  for (gsize i = 0; i < scatter->n; i++) {
    double x, y;
    bs_scatter_point (scatter, 900, 700, bs_chart_theme_get (TRUE), i, &x, &y);
    cairo_rectangle (cr, x - 1.5, y - 1.5, 3, 3);
    bs_color_set_alpha (cr, scatter->groups[scatter->group[i]].color, .88);
    cairo_fill (cr);
  }
}

static void
bench_scatter (gsize n, const char *what, double limit_us)
{
  g_autofree float *x = g_new (float, n), *y = g_new (float, n);
  g_autofree guint16 *group = g_new (guint16, n);
  BsScatterGroup groups[5];
  BsScatter scatter;
  for (gsize i = 0; i < n; i++) {
    double angle = (double) i * 2.399963, radius = sqrt ((double) i / (double) n);
    x[i] = (float) (radius * cos (angle));
    y[i] = (float) (radius * sin (angle));
    group[i] = (guint16) (i % 5);
  }
  for (int i = 0; i < 5; i++)
    groups[i] = (BsScatterGroup){ "group", bs_series_color ((guint) i, bs_chart_theme_get (TRUE)),
                                  (BsMarker) i, FALSE };
  bs_scatter_init (&scatter);
  scatter.n = n;
  scatter.x = x;
  scatter.y = y;
  scatter.group = group;
  scatter.groups = groups;
  scatter.n_groups = 5;
  bs_scatter_fit (&scatter);
  new_picture (900, 700);
  bench_report (what, bench_median_us (draw_scatter, &scatter, 15), limit_us);
  if (n == N_POINTS) {
    bench_report ("  the same as rectangles by cairo",
                  bench_median_us (draw_scatter_by_cairo, &scatter, 5), 0);
    bench_report ("  point under the pointer", bench_median_us (hit_scatter, &scatter, 50),
                  FRAME_US / 4.0);
  }
  cairo_destroy (cr);
}

static void
draw_lines (gpointer data)
{
  bs_line_chart_draw (data, cr, 416, 190, bs_chart_theme_get (TRUE));
}

/* As a training's curves are, which are drawn anew up to thirty times a second. */
static void
bench_lines (gsize n, const char *what)
{
  g_autofree double *x = g_new (double, n), *y = g_new (double, n *N_FOLDS);
  BsLineSeries series[N_FOLDS];
  BsLineChart chart;
  for (gsize i = 0; i < n; i++)
    x[i] = (double) i + 1;
  for (gsize i = 0; i < n * N_FOLDS; i++)
    y[i] = 1 / (1 + (double) (i % n) / (double) n) + (double) (i * 7919 % 1009) / 4000;
  for (guint i = 0; i < N_FOLDS; i++)
    series[i] = (BsLineSeries){ "fold", bs_series_color (i, bs_chart_theme_get (TRUE)),
                                FALSE,  n,
                                x,      y + i * n };
  bs_line_chart_init (&chart);
  chart.series = series;
  chart.n_series = N_FOLDS;
  new_picture (416, 190);
  bench_report (what, bench_median_us (draw_lines, &chart, 15), FRAME_US);
  cairo_destroy (cr);
}

int
main (void)
{
  bench_map ();
  bench_matrix (16, "confusion matrix, 16 classes");
  bench_matrix (36, "confusion matrix, 36 classes");
  bench_lines (1000, "lines, 5 of 1,000 points");
  bench_lines (65536, "lines, 5 of 65,536 points");
  bench_scatter (2456, "scatter, 2,456 points", FRAME_US);
  bench_scatter (N_POINTS, "scatter, 100,000 points, all redrawn", 2 * FRAME_US);
  return 0;
}
