/* SPDX-License-Identifier: MIT */
/* The sixteen kinds of error (DEFINITIONS) put together to seven that can be taken in at a
 * glance. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "model/decision/bs-error-kind.h"
#include "ui/chart/bs-error-strip.h"
#include "viz/chart/bs-strip.h"

typedef enum {
  GROUP_EXACT,
  GROUP_RATIO,
  GROUP_ORDER,
  GROUP_ONE_OF_TWO,
  GROUP_SINGLE_FOR_BLEND,
  GROUP_BLEND_FOR_SINGLE,
  GROUP_OTHER,
  N_GROUPS,
} Group;

struct _BsErrorStrip {
  BsChartView parent_instance;
  BsStrip strip;
  BsBarPart parts[N_GROUPS];
  double values[N_GROUPS];
};

G_DEFINE_FINAL_TYPE (BsErrorStrip, bs_error_strip, BS_TYPE_CHART_VIEW)

static const struct {
  const char *name;
  BsErrorFamily family;
  guint step;
} groups[N_GROUPS] = {
  [GROUP_EXACT] = { N_ ("exact"), BS_ERROR_FAMILY_PAIR, 0 },
  [GROUP_RATIO] = { N_ ("right pair, wrong ratio"), BS_ERROR_FAMILY_PAIR, 1 },
  [GROUP_ORDER] = { N_ ("order swapped"), BS_ERROR_FAMILY_PAIR, 2 },
  [GROUP_ONE_OF_TWO] = { N_ ("one of two"), BS_ERROR_FAMILY_NOT_PAIR, 2 },
  [GROUP_SINGLE_FOR_BLEND] = { N_ ("single for a blend"), BS_ERROR_FAMILY_NOT_PAIR, 1 },
  [GROUP_BLEND_FOR_SINGLE] = { N_ ("blend for a single"), BS_ERROR_FAMILY_NOT_PAIR, 0 },
  [GROUP_OTHER] = { N_ ("other"), BS_ERROR_FAMILY_REST, 1 },
};

static Group
group_of (BsErrorKind kind)
{
  switch (kind) {
  case BS_ERROR_KIND_SINGLE_EXACT:
  case BS_ERROR_KIND_BLEND_EXACT:
    return GROUP_EXACT;
  case BS_ERROR_KIND_WRONG_RATIO:
    return GROUP_RATIO;
  case BS_ERROR_KIND_ORDER_SWAPPED:
    return GROUP_ORDER;
  case BS_ERROR_KIND_BLEND_ONE_RIGHT:
    return GROUP_ONE_OF_TWO;
  case BS_ERROR_KIND_STRONGER_ALONE:
  case BS_ERROR_KIND_WEAKER_ALONE:
  case BS_ERROR_KIND_EITHER_ALONE:
    return GROUP_SINGLE_FOR_BLEND;
  case BS_ERROR_KIND_FALSE_BLEND_CONTAINING:
  case BS_ERROR_KIND_FALSE_BLEND_WITHOUT:
    return GROUP_BLEND_FOR_SINGLE;
  default:
    return GROUP_OTHER;
  }
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsErrorStrip *self = BS_ERROR_STRIP (view);
  for (int i = 0; i < N_GROUPS; i++)
    self->parts[i].color = bs_error_color (groups[i].family, groups[i].step, theme);
  bs_strip_draw (&self->strip, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  return bs_strip_table (&BS_ERROR_STRIP (view)->strip);
}

static double
height_for_width (BsChartView *view, double width)
{
  return bs_strip_height (&BS_ERROR_STRIP (view)->strip, width, bs_chart_view_get_theme (view));
}

/* Says which part is meant, beside a place. */
static void
show_part (BsErrorStrip *self, int part, double x, double y)
{
  guint n = part >= 0 ? (guint) self->values[part] : 0;
  g_autofree char *words = part >= 0 ? g_strdup_printf (ngettext ("%s\n%u clip", "%s\n%u clips", n),
                                                        self->parts[part].name, n)
                                     : NULL;
  bs_chart_view_set_bubble (BS_CHART_VIEW (self), x, y, words);
  if (self->strip.cursor != part) {
    self->strip.cursor = part;
    bs_chart_view_changed (BS_CHART_VIEW (self));
  }
}

static void
point (BsChartView *view, double x, double y)
{
  BsErrorStrip *self = BS_ERROR_STRIP (view);
  int part = isfinite (x)
               ? bs_strip_hit (&self->strip, bs_chart_view_width (view),
                               bs_chart_view_height (view), bs_chart_view_get_theme (view), x, y)
               : -1;
  show_part (self, part, x, y);
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsErrorStrip *self = BS_ERROR_STRIP (view);
  gboolean right = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right;
  gboolean left = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left;
  if ((!left && !right) || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  int part = CLAMP (self->strip.cursor + (right ? 1 : -1), 0, N_GROUPS - 1);
  BsRect rect = bs_strip_part (&self->strip, bs_chart_view_width (view),
                               bs_chart_view_get_theme (view), (gsize) part);
  show_part (self, part, rect.x + rect.width / 2, rect.y + rect.height / 2);
  return TRUE;
}

static void
bs_error_strip_class_init (BsErrorStripClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  chart_class->draw = draw;
  chart_class->make_table = make_table;
  chart_class->height_for_width = height_for_width;
  chart_class->point = point;
  chart_class->key = key;
}

static void
bs_error_strip_init (BsErrorStrip *self)
{
  for (int i = 0; i < N_GROUPS; i++)
    self->parts[i].name = _ (groups[i].name);
  self->strip = (BsStrip){ N_GROUPS, self->parts, self->values, -1 };
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Kinds of error"),
                           _ ("The share of right decisions and of each kind of error. Left and "
                              "Right go from kind to kind."));
}

/**
 * bs_error_strip_set_metrics:
 * @self: a strip
 * @figures: (nullable): whose decisions
 */
void
bs_error_strip_set_metrics (BsErrorStrip *self, const BsMetrics *metrics)
{
  for (int i = 0; i < N_GROUPS; i++)
    self->values[i] = 0;
  for (int truth = 0; metrics != NULL && truth < BS_N_SALIENCE_CLASSES; truth++)
    for (int decision = 0; decision < BS_N_SALIENCE_CLASSES; decision++)
      if (metrics->confusion[truth][decision] > 0)
        self->values[group_of (bs_error_kind (bs_label_from_salience_class (truth),
                                              bs_label_from_salience_class (decision)))] +=
          metrics->confusion[truth][decision];
  bs_chart_view_changed (BS_CHART_VIEW (self));
}
