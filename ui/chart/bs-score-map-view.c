/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/chart/bs-score-map-view.h"

#define STEP 0.005
#define LARGE_STEP 0.05

struct _BsScoreMapView {
  BsChartView parent_instance;
  BsScoreMap map;
};

G_DEFINE_FINAL_TYPE (BsScoreMapView, bs_score_map_view, BS_TYPE_CHART_VIEW)

static guint pair_signal;

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  bs_score_map_draw (&BS_SCORE_MAP_VIEW (view)->map, cr, width, height, theme);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  bs_score_map_draw_marks (&BS_SCORE_MAP_VIEW (view)->map, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  return bs_score_map_table (&BS_SCORE_MAP_VIEW (view)->map);
}

static gboolean
pair_at (BsScoreMapView *self, double x, double y, double *alpha, double *beta)
{
  BsChartView *view = BS_CHART_VIEW (self);
  return bs_score_map_hit (&self->map, bs_chart_view_width (view), bs_chart_view_height (view),
                           bs_chart_view_get_theme (view), x, y, alpha, beta);
}

static char *
words_at (BsScoreMapView *self, double x, double y)
{
  BsChartView *view = BS_CHART_VIEW (self);
  double alpha, beta, score;
  int optimum =
    bs_score_map_hit_optimum (&self->map, bs_chart_view_width (view), bs_chart_view_height (view),
                              bs_chart_view_get_theme (view), x, y);
  if (optimum >= 0) {
    const BsMapOptimum *best = &self->map.optima[optimum];
    g_autofree char *number = g_strdup_printf ("%d", best->fold);
    return g_strdup_printf (_ ("Fold %s\nbest at α %.3f, β %.3f"),
                            best->name != NULL ? best->name : number, best->alpha, best->beta);
  }
  if (!pair_at (self, x, y, &alpha, &beta))
    return NULL;
  score = bs_score_map_value (&self->map, alpha, beta);
  if (isnan (score))
    return NULL;
  return g_strdup_printf (_ ("score %.3f\nα %.3f, β %.3f"), score, alpha, beta);
}

static void
point (BsChartView *view, double x, double y)
{
  g_autofree char *words = isfinite (x) ? words_at (BS_SCORE_MAP_VIEW (view), x, y) : NULL;
  bs_chart_view_set_bubble (view, x, y, words);
}

/* Three decimals are what the numbers beside the sliders show. */
static void
emit_pair (BsScoreMapView *self, double alpha, double beta)
{
  alpha = CLAMP (round (alpha * 1000) / 1000, 0, 1);
  beta = CLAMP (round (beta * 1000) / 1000, 0, 1);
  g_signal_emit (self, pair_signal, 0, alpha, beta);
}

static void
press (BsChartView *view, const BsChartPress *press)
{
  BsScoreMapView *self = BS_SCORE_MAP_VIEW (view);
  double alpha, beta;
  if (!pair_at (self, press->start_x, press->start_y, &alpha, &beta))
    return;
  bs_chart_view_set_bubble (view, 0, 0, NULL);
  pair_at (self, press->x, press->y, &alpha, &beta);
  emit_pair (self, alpha, beta);
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsScoreMapView *self = BS_SCORE_MAP_VIEW (view);
  double step = modifiers & GDK_SHIFT_MASK ? LARGE_STEP : STEP;
  double alpha = self->map.alpha, beta = self->map.beta;
  if (!isfinite (alpha) || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    alpha -= step;
    break;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    alpha += step;
    break;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    beta -= step;
    break;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    beta += step;
    break;
  default:
    return FALSE;
  }
  emit_pair (self, alpha, beta);
  return TRUE;
}

static void
bs_score_map_view_finalize (GObject *object)
{
  bs_score_map_clear (&BS_SCORE_MAP_VIEW (object)->map);
  G_OBJECT_CLASS (bs_score_map_view_parent_class)->finalize (object);
}

static void
bs_score_map_view_class_init (BsScoreMapViewClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_score_map_view_finalize;
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->point = point;
  chart_class->press = press;
  chart_class->key = key;
  pair_signal = g_signal_new ("pair", BS_TYPE_SCORE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
bs_score_map_view_init (BsScoreMapView *self)
{
  bs_score_map_init (&self->map);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Score over alpha and beta"),
                           _ ("Alpha across, beta up; brighter is better. Arrow keys move the "
                              "pair in use, with Shift by larger steps."));
}

/**
 * bs_score_map_view_get_map:
 * @self: a map
 *
 * Returns: (transfer none): what is drawn; after a change of more than the pair call
 *   bs_score_map_view_raster_changed()
 */
BsScoreMap *
bs_score_map_view_get_map (BsScoreMapView *self)
{
  return &self->map;
}

/**
 * bs_score_map_view_raster_changed:
 * @self: a map
 */
void
bs_score_map_view_raster_changed (BsScoreMapView *self)
{
  bs_score_map_raster_changed (&self->map);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_score_map_view_set_pair:
 * @self: a map
 * @alpha: where the handle is; NaN for none
 * @beta: likewise
 */
void
bs_score_map_view_set_pair (BsScoreMapView *self, double alpha, double beta)
{
  self->map.alpha = alpha;
  self->map.beta = beta;
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}
