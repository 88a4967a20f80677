/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "model/bs-cases.h"
#include "ui/bs-learning-chart.h"
#include "viz/chart/bs-line-chart.h"

typedef struct {
  char *name;
  GArray *epochs; /* of double */
  GArray *scores; /* of double */
} Fold;

struct _BsLearningChart {
  BsChartView parent_instance;
  Fold folds[BS_MAX_FOLDS];
  double hover_x;
};

G_DEFINE_FINAL_TYPE (BsLearningChart, bs_learning_chart, BS_TYPE_CHART_VIEW)

/* The series point into the folds' arrays, which may move: the chart is put together when used. */
static void
assemble (BsLearningChart *self, BsLineChart *chart, BsLineSeries series[BS_MAX_FOLDS])
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  bs_line_chart_init (chart);
  for (guint i = 0; i < BS_MAX_FOLDS; i++) {
    const Fold *fold = &self->folds[i];
    if (fold->epochs->len == 0)
      continue;
    series[chart->n_series++] = (BsLineSeries){
      .name = fold->name,
      .color = bs_series_color (i, theme),
      .n = fold->epochs->len,
      .x = (const double *) fold->epochs->data,
      .y = (const double *) fold->scores->data,
    };
  }
  chart->series = series;
  chart->x_title = _ ("epoch");
  chart->y_title = _ ("score");
  chart->hover_x = self->hover_x;
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsLineChart chart;
  BsLineSeries series[BS_MAX_FOLDS];
  assemble (BS_LEARNING_CHART (view), &chart, series);
  bs_line_chart_draw (&chart, cr, width, height, theme);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsLineChart chart;
  BsLineSeries series[BS_MAX_FOLDS];
  assemble (BS_LEARNING_CHART (view), &chart, series);
  bs_line_chart_draw_hover (&chart, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  BsLineChart chart;
  BsLineSeries series[BS_MAX_FOLDS];
  assemble (BS_LEARNING_CHART (view), &chart, series);
  return bs_line_chart_table (&chart);
}

static void
point (BsChartView *view, double x, double y)
{
  BsLearningChart *self = BS_LEARNING_CHART (view);
  BsLineChart chart;
  BsLineSeries series[BS_MAX_FOLDS];
  assemble (self, &chart, series);
  self->hover_x = isfinite (x) ? bs_line_chart_hit (&chart, bs_chart_view_width (view),
                                                    bs_chart_view_height (view),
                                                    bs_chart_view_get_theme (view), x, y)
                               : NAN;
  bs_chart_view_marks_changed (view);
}

static double
height_for_width (BsChartView *view, double width)
{
  return CLAMP (width * 0.45, 140, 260);
}

static void
append (BsLearningChart *self, const BsEpoch *epoch)
{
  if (epoch->fold < 0 || epoch->fold >= BS_MAX_FOLDS)
    return;
  Fold *fold = &self->folds[epoch->fold];
  double x = epoch->epoch, y = (epoch->acc_presence + epoch->acc_salience) / 2;
  g_array_append_val (fold->epochs, x);
  g_array_append_val (fold->scores, y);
}

static void
empty (BsLearningChart *self)
{
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    g_array_set_size (self->folds[i].epochs, 0);
    g_array_set_size (self->folds[i].scores, 0);
  }
}

/**
 * bs_learning_chart_clear:
 * @self: a chart
 *
 * Forgets the epochs, before another training.
 */
void
bs_learning_chart_clear (BsLearningChart *self)
{
  empty (self);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_learning_chart_add:
 * @self: a chart
 * @epoch: what a training just finished
 */
void
bs_learning_chart_add (BsLearningChart *self, const BsEpoch *epoch)
{
  append (self, epoch);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_learning_chart_show_history:
 * @self: a chart
 * @history: (nullable) (element-type BsEpoch): what a run has kept
 */
void
bs_learning_chart_show_history (BsLearningChart *self, const GArray *history)
{
  empty (self);
  for (guint i = 0; history != NULL && i < history->len; i++)
    append (self, &g_array_index (history, BsEpoch, i));
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

static void
bs_learning_chart_finalize (GObject *object)
{
  BsLearningChart *self = BS_LEARNING_CHART (object);
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    g_free (self->folds[i].name);
    g_array_unref (self->folds[i].epochs);
    g_array_unref (self->folds[i].scores);
  }
  G_OBJECT_CLASS (bs_learning_chart_parent_class)->finalize (object);
}

static void
bs_learning_chart_class_init (BsLearningChartClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_learning_chart_finalize;
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->point = point;
  chart_class->height_for_width = height_for_width;
}

static void
bs_learning_chart_init (BsLearningChart *self)
{
  self->hover_x = NAN;
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    self->folds[i].name = g_strdup_printf (_ ("fold %d"), i);
    self->folds[i].epochs = g_array_new (FALSE, FALSE, sizeof (double));
    self->folds[i].scores = g_array_new (FALSE, FALSE, sizeof (double));
  }
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Learning curves"),
                           _ ("Score of each fold over the epochs of a training."));
}
