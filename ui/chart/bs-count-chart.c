/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/corpus/bs-metadata.h"
#include "ui/chart/bs-count-chart.h"
#include "viz/chart/bs-bar-chart.h"

#define BAR_PX 20
#define MAX_PARTS BS_MAX_FOLDS

struct _BsCountChart {
  BsChartView parent_instance;
  char **names;
  char **part_names;
  double *values;
  int cursor;
};

G_DEFINE_FINAL_TYPE (BsCountChart, bs_count_chart, BS_TYPE_CHART_VIEW)

static guint picked_signal;

static void
assemble (BsCountChart *self, BsBarChart *chart, BsBarPart parts[MAX_PARTS])
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  gsize n_parts = self->part_names != NULL ? g_strv_length (self->part_names) : 0;
  for (gsize i = 0; i < n_parts; i++)
    parts[i] = (BsBarPart){ self->part_names[i], bs_series_color ((guint) i, theme) };
  *chart = (BsBarChart){
    .n = self->names != NULL ? g_strv_length (self->names) : 0,
    .names = (const char *const *) self->names,
    .n_parts = n_parts,
    .parts = parts,
    .values = self->values,
    .cursor = self->cursor,
  };
}

static void
draw_counts (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsBarChart chart;
  BsBarPart parts[MAX_PARTS];
  assemble (BS_COUNT_CHART (view), &chart, parts);
  bs_bar_chart_draw (&chart, cr, width, height, theme);
}

static BsTable *
count_table (BsChartView *view)
{
  BsBarChart chart;
  BsBarPart parts[MAX_PARTS];
  assemble (BS_COUNT_CHART (view), &chart, parts);
  return bs_bar_chart_table (&chart);
}

static double
count_height (BsChartView *view, double width)
{
  BsCountChart *self = BS_COUNT_CHART (view);
  gsize n = self->names != NULL ? g_strv_length (self->names) : 0;
  return BAR_PX * ((double) n + 2);
}

static int
bar_at (BsCountChart *self, double x, double y)
{
  BsBarChart chart;
  BsBarPart parts[MAX_PARTS];
  BsChartView *view = BS_CHART_VIEW (self);
  assemble (self, &chart, parts);
  return bs_bar_chart_hit (&chart, bs_chart_view_width (view), bs_chart_view_height (view),
                           bs_chart_view_get_theme (view), x, y);
}

/* Says which bar is meant, beside a place. */
static void
say_bar (BsCountChart *self, int bar, double x, double y)
{
  double sum = 0;
  gsize n = self->names != NULL ? g_strv_length (self->names) : 0;
  gsize n_parts = self->part_names != NULL ? g_strv_length (self->part_names) : 0;
  for (gsize part = 0; bar >= 0 && part < n_parts; part++)
    sum += self->values[(gsize) bar * n_parts + part];
  g_autofree char *words =
    bar >= 0 && (gsize) bar < n
      ? g_strdup_printf (ngettext ("%s\n%u clip", "%s\n%u clips", (guint) sum), self->names[bar],
                         (guint) sum)
      : NULL;
  bs_chart_view_set_bubble (BS_CHART_VIEW (self), x, y, words);
}

static void
point_count (BsChartView *view, double x, double y)
{
  BsCountChart *self = BS_COUNT_CHART (view);
  say_bar (self, isfinite (x) ? bar_at (self, x, y) : -1, x, y);
}

static void
move_to_bar (BsCountChart *self, int bar)
{
  BsBarChart chart;
  BsBarPart parts[MAX_PARTS];
  BsChartView *view = BS_CHART_VIEW (self);
  self->cursor = bar;
  assemble (self, &chart, parts);
  BsRect rect = bs_bar_chart_bar (&chart, bs_chart_view_width (view), bs_chart_view_height (view),
                                  bs_chart_view_get_theme (view), (gsize) bar);
  say_bar (self, bar, rect.x + rect.width / 2, rect.y + rect.height / 2);
  bs_chart_view_changed (view);
}

static void
press_count (BsChartView *view, const BsChartPress *press)
{
  int bar =
    press->phase == BS_CHART_DRAG_CLICK ? bar_at (BS_COUNT_CHART (view), press->x, press->y) : -1;
  if (bar >= 0)
    g_signal_emit (view, picked_signal, 0, bar);
}

static gboolean
key_count (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsCountChart *self = BS_COUNT_CHART (view);
  int n = self->names != NULL ? (int) g_strv_length (self->names) : 0;
  if (n == 0 || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    move_to_bar (self, CLAMP (self->cursor + (keyval == GDK_KEY_Down ? 1 : -1), 0, n - 1));
  else if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && self->cursor >= 0)
    g_signal_emit (self, picked_signal, 0, self->cursor);
  else
    return FALSE;
  return TRUE;
}

static void
bs_count_chart_finalize (GObject *object)
{
  BsCountChart *self = BS_COUNT_CHART (object);
  g_strfreev (self->names);
  g_strfreev (self->part_names);
  g_free (self->values);
  G_OBJECT_CLASS (bs_count_chart_parent_class)->finalize (object);
}

static void
bs_count_chart_class_init (BsCountChartClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_count_chart_finalize;
  chart_class->draw = draw_counts;
  chart_class->make_table = count_table;
  chart_class->height_for_width = count_height;
  chart_class->point = point_count;
  chart_class->press = press_count;
  chart_class->key = key_count;
  picked_signal = g_signal_new ("picked", BS_TYPE_COUNT_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
bs_count_chart_init (BsCountChart *self)
{
  self->cursor = -1;
}

/**
 * bs_count_chart_set:
 * @self: a chart
 * @names: (array zero-terminated=1): of the bars, from top to bottom
 * @values: (array): bars x parts counts
 * @part_names: (array zero-terminated=1): of the parts of each bar; at most %BS_MAX_FOLDS
 *
 * Copies what it is given.
 */
void
bs_count_chart_set (BsCountChart *self, const char *const *names, const double *values,
                    const char *const *part_names)
{
  gsize n = g_strv_length ((char **) names), n_parts = g_strv_length ((char **) part_names);
  g_return_if_fail (n_parts <= MAX_PARTS);
  g_strfreev (self->names);
  g_strfreev (self->part_names);
  g_free (self->values);
  self->names = g_strdupv ((char **) names);
  self->part_names = g_strdupv ((char **) part_names);
  self->values = g_memdup2 (values, n * n_parts * sizeof *values);
  self->cursor = -1;
  say_bar (self, -1, 0, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  bs_chart_view_changed (BS_CHART_VIEW (self));
}
