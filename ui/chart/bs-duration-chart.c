/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/chart/bs-duration-chart.h"
#include "viz/chart/bs-bar-chart.h"
#include "viz/chart/bs-histogram.h"

struct _BsDurationChart {
  BsChartView parent_instance;
  double bin_s;
  gsize n_bins;
  double *counts;
};

G_DEFINE_FINAL_TYPE (BsDurationChart, bs_duration_chart, BS_TYPE_CHART_VIEW)

static void
assemble_durations (BsDurationChart *self, BsHistogram *histogram, BsBarPart series[2])
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  series[0] = (BsBarPart){ _ ("single emotions"), bs_series_color (0, theme) };
  series[1] = (BsBarPart){ _ ("blends"), bs_series_color (1, theme) };
  *histogram = (BsHistogram){
    .from = 0,
    .to = MAX (self->bin_s * (double) self->n_bins, 1),
    .n_bins = MAX (self->n_bins, 1),
    .n_series = 2,
    .series = series,
    .counts = self->counts,
    .x_title = _ ("seconds"),
    .y_title = _ ("clips"),
  };
}

static void
draw_durations (BsChartView *view, cairo_t *cr, double width, double height,
                const BsChartTheme *theme)
{
  BsHistogram histogram;
  BsBarPart series[2];
  assemble_durations (BS_DURATION_CHART (view), &histogram, series);
  bs_histogram_draw (&histogram, cr, width, height, theme);
}

static BsTable *
duration_table (BsChartView *view)
{
  BsHistogram histogram;
  BsBarPart series[2];
  assemble_durations (BS_DURATION_CHART (view), &histogram, series);
  return bs_histogram_table (&histogram);
}

static double
duration_height (BsChartView *view, double width)
{
  return CLAMP (width * 0.45, 140, 240);
}

static void
bs_duration_chart_finalize (GObject *object)
{
  g_free (BS_DURATION_CHART (object)->counts);
  G_OBJECT_CLASS (bs_duration_chart_parent_class)->finalize (object);
}

static void
bs_duration_chart_class_init (BsDurationChartClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_duration_chart_finalize;
  chart_class->draw = draw_durations;
  chart_class->make_table = duration_table;
  chart_class->height_for_width = duration_height;
}

static void
bs_duration_chart_init (BsDurationChart *self)
{
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Durations of the clips"),
                           _ ("How many singles and blends last how long."));
}

/**
 * bs_duration_chart_set:
 * @self: a chart
 * @bin_s: width of a bin, seconds
 * @n_bins: bins from 0 s on
 * @counts: (array): 2 x n_bins: singles, then blends; copied
 */
void
bs_duration_chart_set (BsDurationChart *self, double bin_s, gsize n_bins, const double *counts)
{
  g_free (self->counts);
  self->bin_s = bin_s;
  self->n_bins = n_bins;
  self->counts = g_memdup2 (counts, 2 * n_bins * sizeof *counts);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}
