/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/corpus/bs-fold-names.h"
#include "model/decision/bs-evaluation-set.h"
#include "ui/chart/bs-learning-chart.h"
#include "ui/session/bs-label-text.h"
#include "viz/chart/bs-line-chart.h"

#define RATE_DECIMALS 7
#define MAX_SERIES (2 * BS_MAX_FOLDS)

/* Beyond this number of epochs, the curves are drawn from the extremes of blocks: a block is far
 * less than a pixel by then, and what takes a while is done thirty times a second. */
#define MOST_DRAWN 65536
#define BLOCK 64

/* A number of each epoch. */
typedef enum {
  COLUMN_SCORE,
  COLUMN_TRAIN_LOSS,
  COLUMN_KL,
  COLUMN_BCE,
  COLUMN_RANK,
  COLUMN_RATE,
  COLUMN_VALIDATION_LOSS,
  N_COLUMNS,
} Column;

typedef struct {
  char *name;
  char *validation_name;
  GArray *epochs; /* of double */
  GArray *columns[N_COLUMNS]; /* of double */
  GArray *block_epochs; /* of double: twice the last epoch of each block that is complete */
  GArray *blocks[N_COLUMNS]; /* of double: its least and its greatest number */
} Fold;

struct _BsLearningChart {
  BsChartView parent_instance;
  Fold folds[BS_MAX_FOLDS];
  BsLearningMeasure measure;
  guint measures; /* bit m set: there are numbers for the measure m */
  double hover_x;
};

G_DEFINE_FINAL_TYPE (BsLearningChart, bs_learning_chart, BS_TYPE_CHART_VIEW)

static guint measures_signal;

static const char *const names[BS_LEARNING_N_MEASURES] = {
  [BS_LEARNING_SCORE] = N_ ("score"),  [BS_LEARNING_LOSS] = N_ ("loss"),
  [BS_LEARNING_KL] = N_ ("KL"),        [BS_LEARNING_BCE] = N_ ("BCE"),
  [BS_LEARNING_RANK] = N_ ("ranking"), [BS_LEARNING_RATE] = N_ ("learning rate"),
};

typedef enum {
  EVERY_EPOCH,
  FOR_THE_EYE,
} Detail;

static void
add_series (BsLineChart *chart, BsLineSeries series[MAX_SERIES], const Fold *fold, Column column,
            BsColor color, Detail detail)
{
  gboolean is_validation = column == COLUMN_VALIDATION_LOSS;
  gboolean by_blocks = detail == FOR_THE_EYE && fold->epochs->len > MOST_DRAWN;
  const GArray *x = by_blocks ? fold->block_epochs : fold->epochs;
  const GArray *y = by_blocks ? fold->blocks[column] : fold->columns[column];
  series[chart->n_series++] = (BsLineSeries){
    .name = is_validation ? fold->validation_name : fold->name,
    .color = color,
    .dashed = is_validation,
    .n = x->len,
    .x = (const double *) x->data,
    .y = (const double *) y->data,
  };
}

/* The series point into the folds' arrays, which may move: the chart is put together when used. */
static void
assemble (BsLearningChart *self, Detail detail, BsLineChart *chart, BsLineSeries series[MAX_SERIES])
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  bs_line_chart_init (chart);
  for (guint i = 0; i < BS_MAX_FOLDS; i++) {
    const Fold *fold = &self->folds[i];
    BsColor color = bs_fold_color (i, theme);
    if (fold->epochs->len == 0)
      continue;
    add_series (chart, series, fold, (Column) self->measure, color, detail);
    if (self->measure == BS_LEARNING_LOSS)
      add_series (chart, series, fold, COLUMN_VALIDATION_LOSS, color, detail);
  }
  chart->series = series;
  chart->x_title = _ ("epoch");
  chart->y_title = _ (names[self->measure]);
  chart->hover_x = self->hover_x;
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsLineChart chart;
  BsLineSeries series[MAX_SERIES];
  assemble (BS_LEARNING_CHART (view), FOR_THE_EYE, &chart, series);
  bs_line_chart_draw (&chart, cr, width, height, theme);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsLineChart chart;
  BsLineSeries series[MAX_SERIES];
  if (!isfinite (BS_LEARNING_CHART (view)->hover_x))
    return;
  assemble (BS_LEARNING_CHART (view), EVERY_EPOCH, &chart, series);
  bs_line_chart_draw_hover (&chart, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  BsLineChart chart;
  BsLineSeries series[MAX_SERIES];
  assemble (BS_LEARNING_CHART (view), EVERY_EPOCH, &chart, series);
  return bs_line_chart_table (&chart);
}

/* What the box beside the line shows. */
static char *
words_of (BsLearningChart *self, double epoch)
{
  BsLineChart chart;
  BsLineSeries series[MAX_SERIES];
  int decimals = self->measure == BS_LEARNING_RATE ? RATE_DECIMALS : 3;
  GString *words = g_string_new (NULL);
  g_string_append_printf (words, _ ("epoch %.0f"), epoch);
  assemble (self, EVERY_EPOCH, &chart, series);
  for (gsize i = 0; i < chart.n_series; i++)
    for (gsize e = 0; e < series[i].n; e++) {
      char number[BS_NUMBER_SIZE];
      if (series[i].x[e] == epoch && isfinite (series[i].y[e]))
        g_string_append_printf (
          words, "\n%s: %s", series[i].name,
          bs_number_for (number, series[i].y[e], decimals, bs_label_text_decimal_point ()));
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
  BsLineSeries series[MAX_SERIES];
  assemble (self, EVERY_EPOCH, &chart, series);
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

/* Both extremes lie at the block's end. NaN where no number of the block is finite. */
static void
add_block (Fold *fold)
{
  double epoch = g_array_index (fold->epochs, double, fold->epochs->len - 1);
  g_array_append_val (fold->block_epochs, epoch);
  g_array_append_val (fold->block_epochs, epoch);
  for (int c = 0; c < N_COLUMNS; c++) {
    const GArray *column = fold->columns[c];
    double extremes[2] = { NAN, NAN };
    for (guint i = column->len - BLOCK; i < column->len; i++) {
      double value = g_array_index (column, double, i);
      if (!isfinite (value))
        continue;
      extremes[0] = fmin (extremes[0], value);
      extremes[1] = fmax (extremes[1], value);
    }
    g_array_append_vals (fold->blocks[c], extremes, 2);
  }
}

static void
append (BsLearningChart *self, const BsEpoch *epoch)
{
  if (epoch->fold < 0 || epoch->fold >= BS_MAX_FOLDS)
    return;
  Fold *fold = &self->folds[epoch->fold];
  const double x = epoch->epoch;
  const double values[N_COLUMNS] = {
    [COLUMN_SCORE] = (epoch->acc_presence + epoch->acc_salience) / 2,
    [COLUMN_TRAIN_LOSS] = epoch->train_loss,
    [COLUMN_KL] = epoch->loss_kl,
    [COLUMN_BCE] = epoch->loss_bce,
    [COLUMN_RANK] = epoch->loss_rank,
    [COLUMN_RATE] = epoch->learning_rate,
    [COLUMN_VALIDATION_LOSS] = epoch->validation_loss,
  };
  g_array_append_val (fold->epochs, x);
  for (int c = 0; c < N_COLUMNS; c++) {
    g_array_append_val (fold->columns[c], values[c]);
    if (c < BS_LEARNING_N_MEASURES && isfinite (values[c]))
      self->measures |= 1u << c;
  }
  if (fold->epochs->len % BLOCK == 0)
    add_block (fold);
}

static void
empty (BsLearningChart *self)
{
  set_hover (self, NAN);
  self->measures = 0;
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    g_array_set_size (self->folds[i].epochs, 0);
    g_array_set_size (self->folds[i].block_epochs, 0);
    for (int c = 0; c < N_COLUMNS; c++) {
      g_array_set_size (self->folds[i].columns[c], 0);
      g_array_set_size (self->folds[i].blocks[c], 0);
    }
  }
}

static void
name_folds (BsLearningChart *self, const char *const *fold_names)
{
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    Fold *fold = &self->folds[i];
    g_autofree char *name = bs_fold_name_dup_visible (fold_names, i);
    g_free (fold->name);
    g_free (fold->validation_name);
    fold->name = g_strdup_printf (_ ("fold %s"), name);
    /* Translators: a fold's loss on the clips held out */
    fold->validation_name = g_strdup_printf (_ ("fold %s, held out"), name);
  }
}

static void
changed (BsLearningChart *self, guint measures_before)
{
  bs_chart_view_changed (BS_CHART_VIEW (self));
  if (self->measures != measures_before)
    g_signal_emit (self, measures_signal, 0);
}

/**
 * bs_learning_chart_add:
 * @self: a chart
 * @epoch: what a training just finished
 */
void
bs_learning_chart_add (BsLearningChart *self, const BsEpoch *epoch)
{
  guint before = self->measures;
  append (self, epoch);
  changed (self, before);
}

/**
 * bs_learning_chart_show_history:
 * @self: a chart
 * @history: (nullable) (element-type BsEpoch): what a run has kept
 * @fold_names: (nullable): what its folds are called, as bs_fold_names_assign() gives them, and
 *   those of the epochs to come
 */
void
bs_learning_chart_show_history (BsLearningChart *self, const GArray *history,
                                const char *const *fold_names)
{
  guint before = self->measures;
  empty (self);
  name_folds (self, fold_names);
  for (guint i = 0; history != NULL && i < history->len; i++)
    append (self, &g_array_index (history, BsEpoch, i));
  changed (self, before);
}

/**
 * bs_learning_chart_get_measures:
 * @self: a chart
 *
 * Returns: bit m set: there are numbers for the #BsLearningMeasure m
 */
guint
bs_learning_chart_get_measures (BsLearningChart *self)
{
  return self->measures;
}

/**
 * bs_learning_chart_set_measure:
 * @self: a chart
 * @measure: what the curves are to show
 */
void
bs_learning_chart_set_measure (BsLearningChart *self, BsLearningMeasure measure)
{
  g_return_if_fail (measure < BS_LEARNING_N_MEASURES);
  if (self->measure == measure)
    return;
  set_hover (self, NAN);
  self->measure = measure;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_learning_chart_measure_name:
 * @measure: a measure
 *
 * Returns: (transfer none): its name, translated
 */
const char *
bs_learning_chart_measure_name (BsLearningMeasure measure)
{
  return _ (names[measure]);
}

static void
bs_learning_chart_finalize (GObject *object)
{
  BsLearningChart *self = BS_LEARNING_CHART (object);
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    g_free (self->folds[i].name);
    g_free (self->folds[i].validation_name);
    g_array_unref (self->folds[i].epochs);
    g_array_unref (self->folds[i].block_epochs);
    for (int c = 0; c < N_COLUMNS; c++) {
      g_array_unref (self->folds[i].columns[c]);
      g_array_unref (self->folds[i].blocks[c]);
    }
  }
  G_OBJECT_CLASS (bs_learning_chart_parent_class)->finalize (object);
}

static void
bs_learning_chart_class_init (BsLearningChartClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_learning_chart_finalize;
  measures_signal = g_signal_new ("measures-changed", BS_TYPE_LEARNING_CHART, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  name_folds (self, NULL);
  for (int i = 0; i < BS_MAX_FOLDS; i++) {
    self->folds[i].epochs = g_array_new (FALSE, FALSE, sizeof (double));
    self->folds[i].block_epochs = g_array_new (FALSE, FALSE, sizeof (double));
    for (int c = 0; c < N_COLUMNS; c++) {
      self->folds[i].columns[c] = g_array_new (FALSE, FALSE, sizeof (double));
      self->folds[i].blocks[c] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  }
  bs_chart_view_set_words (
    BS_CHART_VIEW (self), _ ("Learning curves"),
    _ ("Score, losses or rate of each fold over the epochs of a training. Left "
       "and Right go from epoch to epoch."));
}
