/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "model/bs-cases.h"
#include "ui/bs-learning-chart.h"
#include "ui/bs-words.h"
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

/* What the box beside the line shows. */
static char *
words_of (BsLearningChart *self, double epoch)
{
  GString *words = g_string_new (NULL);
  g_string_append_printf (words, _ ("epoch %.0f"), epoch);
  for (guint i = 0; i < BS_MAX_FOLDS; i++) {
    const Fold *fold = &self->folds[i];
    char score[BS_WORDS_FIGURE];
    for (guint e = 0; e < fold->epochs->len; e++)
      if (g_array_index (fold->epochs, double, e) == epoch)
        g_string_append_printf (words, "\n%s: %s", fold->name,
                                bs_words_figure (score, g_array_index (fold->scores, double, e)));
  }
  return g_string_free (words, FALSE);
}

static void
set_hover (BsLearningChart *self, double epoch)
{
  gboolean same = self->hover_x == epoch || (isnan (self->hover_x) && isnan (epoch));
  g_autofree char *words = isfinite (epoch) ? words_of (self, epoch) : NULL;
  if (same)
    return;
  self->hover_x = epoch;
  bs_chart_view_describe (BS_CHART_VIEW (self), words);
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}

static void
point (BsChartView *view, double x, double y)
{
  BsLearningChart *self = BS_LEARNING_CHART (view);
  BsLineChart chart;
  BsLineSeries series[BS_MAX_FOLDS];
  assemble (self, &chart, series);
  set_hover (self, isfinite (x) ? bs_line_chart_hit (&chart, bs_chart_view_width (view),
                                                     bs_chart_view_height (view),
                                                     bs_chart_view_get_theme (view), x, y)
                                : NAN);
}

/* The first or last epoch of any fold, or the one after or before @from. */
static double
next_epoch (BsLearningChart *self, double from, gboolean forward)
{
  double next = NAN;
  for (guint i = 0; i < BS_MAX_FOLDS; i++)
    for (guint e = 0; e < self->folds[i].epochs->len; e++) {
      double epoch = g_array_index (self->folds[i].epochs, double, e);
      if (isfinite (from) && (forward ? epoch <= from : epoch >= from))
        continue;
      if (!isfinite (next) || (forward ? epoch < next : epoch > next))
        next = epoch;
    }
  return next;
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsLearningChart *self = BS_LEARNING_CHART (view);
  gboolean right = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right;
  gboolean left = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left;
  if ((!left && !right) || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  double epoch = next_epoch (self, self->hover_x, right);
  if (isfinite (epoch))
    set_hover (self, epoch);
  return TRUE;
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
  set_hover (self, NAN);
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
  chart_class->key = key;
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
                           _ ("Score of each fold over the epochs of a training. Left and Right "
                              "go from epoch to epoch."));
}
