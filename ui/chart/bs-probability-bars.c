/* SPDX-License-Identifier: MIT */
/* The probabilities of the clip over the picture, as a widget. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/chart/bs-probability-bars.h"
#include "ui/session/bs-label-text.h"
#include "viz/chart/bs-probability-chart.h"

#define WIDTH_PX 256
#define LEAST_WIDTH_PX 220 /* beside a picture, where the place has its own width */
#define HEIGHT_PX 124

struct _BsProbabilityBars {
  BsChartView parent_instance;

  gboolean is_beside; /* the picture, and not over it */
  gboolean known;
  gboolean moving;
  double clip[BS_N_EMOTIONS];
  double now[BS_N_EMOTIONS];
  BsThresholdPair pair;
};

G_DEFINE_FINAL_TYPE (BsProbabilityBars, bs_probability_bars, BS_TYPE_CHART_VIEW)

static void
bs_probability_bars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : HEIGHT_PX;
  if (orientation == GTK_ORIENTATION_HORIZONTAL && BS_PROBABILITY_BARS (widget)->is_beside)
    *minimum = LEAST_WIDTH_PX;
}

static BsProbabilityChart
make_bars (BsProbabilityBars *self, const char *names[BS_N_EMOTIONS])
{
  BsProbabilityChart bars = { .names = names, .alpha = NAN, .beta = NAN };

  for (int e = 0; e < BS_N_EMOTIONS; e++)
    names[e] = bs_label_text_emotion ((BsEmotion) e);
  if (self->known) {
    bars.alpha = self->pair.alpha;
    bars.beta = self->pair.beta;
  }
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    bars.p[e] = self->moving ? self->now[e] : self->known ? self->clip[e] : NAN;
  if (self->moving && self->known)
    bars.ticks = self->clip;
  return bars;
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  const char *names[BS_N_EMOTIONS];
  BsProbabilityChart bars = make_bars (BS_PROBABILITY_BARS (view), names);

  bs_probability_chart_draw (&bars, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  const char *names[BS_N_EMOTIONS];
  BsProbabilityChart bars = make_bars (BS_PROBABILITY_BARS (view), names);

  return bs_probability_chart_table (&bars);
}

/* Over a picture the colours are those of the dark theme at all times, and the bars move with it:
 * a picture of them is not worth keeping. */
static void
bs_probability_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  if (BS_PROBABILITY_BARS (widget)->is_beside) {
    GTK_WIDGET_CLASS (bs_probability_bars_parent_class)->snapshot (widget, snapshot);
    return;
  }
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  BsChartTheme theme = *bs_chart_theme_get (TRUE);

  theme.decimal_point = bs_label_text_decimal_point ();
  draw (BS_CHART_VIEW (widget), cr, width, height, &theme);
  cairo_destroy (cr);
}

static void
bs_probability_bars_class_init (BsProbabilityBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = bs_probability_bars_measure;
  widget_class->snapshot = bs_probability_bars_snapshot;
  BS_CHART_VIEW_CLASS (klass)->draw = draw;
  BS_CHART_VIEW_CLASS (klass)->make_table = make_table;
}

/* Said of the clip, not of the playhead: a description that changed with every picture would
 * drown everything else a screen reader has to say. */
static void
describe (BsProbabilityBars *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int e = 0; self->known && e < BS_N_EMOTIONS; e++) {
    if (e > 0)
      /* Translators: between the parts of a list such as "anger 48 %, fear 12 %" */
      g_string_append (text, _ (", "));
    /* Translators: emotion, probability in per cent */
    g_string_append_printf (text, _ ("%s %.0f %%"), bs_label_text_emotion ((BsEmotion) e),
                            self->clip[e] * 100);
  }
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Probabilities of the run"),
                           self->known ? text->str : _ ("No run judges this clip."));
}

/* The panel around it has the focus. */
static void
bs_probability_bars_init (BsProbabilityBars *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  describe (self);
}

/**
 * bs_probability_bars_set_clip:
 * @self: a meter
 * @p: (nullable) (array fixed-size=6): probabilities of the whole clip
 * @pair: the thresholds that apply to it; NaN where the model decides itself
 */
void
bs_probability_bars_set_clip (BsProbabilityBars *self, const double *p, BsThresholdPair pair)
{
  g_return_if_fail (BS_IS_PROBABILITY_BARS (self));
  self->known = p != NULL;
  if (p)
    memcpy (self->clip, p, sizeof self->clip);
  self->pair = pair;
  describe (self);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_probability_bars_set_over_picture:
 * @self: a meter
 * @over_picture: whether it stands over a picture, and so on dark ground; it does at first
 */
void
bs_probability_bars_set_over_picture (BsProbabilityBars *self, gboolean over_picture)
{
  g_return_if_fail (BS_IS_PROBABILITY_BARS (self));
  self->is_beside = !over_picture;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * bs_probability_bars_set_now:
 * @self: a meter
 * @p: (nullable) (array fixed-size=6): probabilities under the playhead; %NULL where the model
 *   speaks once
 */
void
bs_probability_bars_set_now (BsProbabilityBars *self, const double *p)
{
  g_return_if_fail (BS_IS_PROBABILITY_BARS (self));
  if (!p && !self->moving)
    return;
  if (p && self->moving && memcmp (p, self->now, sizeof self->now) == 0)
    return;
  self->moving = p != NULL;
  if (p)
    memcpy (self->now, p, sizeof self->now);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}
