/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/chart/bs-scatter-view.h"

#define KEY_ZOOM 1.3
#define WHEEL_ZOOM 1.15
#define KEY_PAN_PX 40

struct _BsScatterView {
  BsChartView parent_instance;
  BsScatter scatter;
  float *x, *y;
  guint16 *group;
  guint8 *dimmed;
  char **names;
  char *x_title, *y_title;
  BsScatterGroup *groups;
  BsScatterLook *looks;
  GArray *lasso; /* of double[2], while one is drawn */
  double dragged_x, dragged_y; /* how far the drag under way has moved the points */
};

G_DEFINE_FINAL_TYPE (BsScatterView, bs_scatter_view, BS_TYPE_CHART_VIEW)

static guint hovered_signal, activated_signal, lasso_signal;

/* Width, height and theme, as the functions of viz/ want them. */
#define SIZE(self)                                                                         \
  bs_chart_view_width (BS_CHART_VIEW (self)), bs_chart_view_height (BS_CHART_VIEW (self)), \
    bs_chart_view_get_theme (BS_CHART_VIEW (self))

static BsColor
color_of (const BsScatterLook *look, const BsChartTheme *theme)
{
  switch (look->palette) {
  case BS_SCATTER_FOLDS:
    return bs_fold_color (look->index, theme);
  case BS_SCATTER_ACTORS:
    return bs_actor_color (look->index, theme);
  case BS_SCATTER_PAIR:
    return bs_error_color (BS_ERROR_FAMILY_PAIR, look->index, theme);
  case BS_SCATTER_NOT_PAIR:
    return bs_error_color (BS_ERROR_FAMILY_NOT_PAIR, look->index, theme);
  case BS_SCATTER_REST:
    return bs_error_color (BS_ERROR_FAMILY_REST, look->index, theme);
  case BS_SCATTER_EMOTIONS:
  default:
    return bs_emotion_color (look->first, theme);
  }
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  for (gsize i = 0; i < self->scatter.n_groups; i++)
    self->groups[i].color = color_of (&self->looks[i], theme);
  bs_scatter_draw (&self->scatter, cr, width, height, theme);
}

/* What the drag under way encloses. */
static GArray *
outline_of (BsScatterView *self)
{
  return bs_scatter_outline ((const double (*)[2]) (gpointer) self->lasso->data, self->lasso->len);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  bs_scatter_draw_marks (&self->scatter, cr, width, height, theme);
  if (self->lasso == NULL)
    return;
  g_autoptr (GArray) outline = outline_of (self);
  bs_scatter_draw_lasso (cr, theme, (const double (*)[2]) (gpointer) outline->data, outline->len);
}

static BsTable *
make_table (BsChartView *view)
{
  return bs_scatter_table (&BS_SCATTER_VIEW (view)->scatter);
}

static void
hover (BsScatterView *self, int index)
{
  if (index == self->scatter.hover)
    return;
  self->scatter.hover = index;
  bs_chart_view_set_bubble (BS_CHART_VIEW (self), 0, 0, NULL);
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
  g_signal_emit (self, hovered_signal, 0, index);
}

static void
point (BsChartView *view, double x, double y)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  hover (self, isfinite (x) ? bs_scatter_hit (&self->scatter, SIZE (self), x, y) : -1);
}

static void
click_legend (BsScatterView *self, int group, gboolean alone)
{
  for (gsize i = 0; i < self->scatter.n_groups; i++) {
    if (alone)
      self->groups[i].hidden = (int) i != group;
    else if ((int) i == group)
      self->groups[i].hidden = !self->groups[i].hidden;
  }
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

static void
click (BsScatterView *self, const BsChartPress *press)
{
  int group = bs_scatter_hit_legend (&self->scatter, SIZE (self), press->x, press->y);
  int index = bs_scatter_hit (&self->scatter, SIZE (self), press->x, press->y);
  if (group >= 0)
    click_legend (self, group, press->n_press > 1);
  else if (index >= 0)
    g_signal_emit (self, activated_signal, 0, index);
  else if (press->n_press > 1)
    bs_scatter_view_fit (self);
}

static void
end_lasso (BsScatterView *self, gboolean add)
{
  g_autoptr (GArray) outline = outline_of (self);
  g_autoptr (GArray) found = bs_scatter_lasso (
    &self->scatter, SIZE (self), (const double (*)[2]) (gpointer) outline->data, outline->len);
  g_clear_pointer (&self->lasso, g_array_unref);
  if (found->len > 0)
    g_signal_emit (self, lasso_signal, 0, found, add);
}

static void
drag_lasso (BsScatterView *self, const BsChartPress *press)
{
  const double corner[2] = { press->x, press->y };
  const double start[2] = { press->start_x, press->start_y };
  switch (press->phase) {
  case BS_CHART_DRAG_BEGIN:
    g_clear_pointer (&self->lasso, g_array_unref);
    self->lasso = g_array_new (FALSE, FALSE, sizeof corner);
    g_array_append_val (self->lasso, start);
    break;
  case BS_CHART_DRAG_UPDATE:
    g_array_append_val (self->lasso, corner);
    break;
  case BS_CHART_DRAG_END:
    g_array_append_val (self->lasso, corner);
    end_lasso (self, (press->modifiers & GDK_CONTROL_MASK) != 0);
    break;
  case BS_CHART_DRAG_CLICK:
    g_clear_pointer (&self->lasso, g_array_unref);
    break;
  }
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}

static void
drag_view (BsScatterView *self, const BsChartPress *press)
{
  double dx = press->x - press->start_x, dy = press->y - press->start_y;
  if (press->phase == BS_CHART_DRAG_BEGIN) {
    self->dragged_x = self->dragged_y = 0;
    return;
  }
  bs_scatter_pan (&self->scatter, SIZE (self), dx - self->dragged_x, dy - self->dragged_y);
  self->dragged_x = dx;
  self->dragged_y = dy;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

static void
press (BsChartView *view, const BsChartPress *press)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  gboolean with_shift = (press->modifiers & GDK_SHIFT_MASK) != 0;
  if (self->scatter.n == 0)
    return;
  if (with_shift && (press->phase == BS_CHART_DRAG_BEGIN || self->lasso != NULL))
    drag_lasso (self, press);
  else if (press->phase == BS_CHART_DRAG_CLICK)
    click (self, press);
  else
    drag_view (self, press);
}

static gboolean
scroll (BsChartView *view, double x, double y, double dy, GdkModifierType modifiers)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  bs_scatter_zoom (&self->scatter, SIZE (self), pow (WHEEL_ZOOM, -dy), x, y);
  bs_chart_view_changed (view);
  point (view, x, y);
  return TRUE;
}

/* The nearest shown point in a direction: what is aside counts double, so that the cursor goes
 * where the key points. */
static void
step (BsScatterView *self, int right, int down)
{
  const BsScatter *scatter = &self->scatter;
  double x0, y0, best = INFINITY;
  int from = scatter->hover >= 0 ? scatter->hover : scatter->chosen, found = -1;
  BsRect plot = bs_scatter_plot (scatter, SIZE (self));
  if (from >= 0)
    bs_scatter_point (scatter, SIZE (self), (gsize) from, &x0, &y0);
  else {
    x0 = plot.x + plot.width / 2;
    y0 = plot.y + plot.height / 2;
  }
  for (gsize i = 0; i < scatter->n; i++) {
    double x, y;
    if ((int) i == from || scatter->group[i] >= scatter->n_groups ||
        self->groups[scatter->group[i]].hidden)
      continue;
    bs_scatter_point (scatter, SIZE (self), i, &x, &y);
    double along = (x - x0) * right + (y - y0) * down, aside = (x - x0) * down - (y - y0) * right;
    double distance = along + 2 * fabs (aside);
    if (bs_rect_contains (&plot, x, y) && along > 0 && distance < best) {
      best = distance;
      found = (int) i;
    }
  }
  if (found >= 0)
    hover (self, found);
}

/* What was moved by keys takes the words beside the point with it. */
static void
moved_by_key (BsScatterView *self)
{
  BsRect plot = bs_scatter_plot (&self->scatter, SIZE (self));
  double x, y;
  bs_chart_view_changed (BS_CHART_VIEW (self));
  if (self->scatter.hover < 0)
    return;
  bs_scatter_point (&self->scatter, SIZE (self), (gsize) self->scatter.hover, &x, &y);
  if (bs_rect_contains (&plot, x, y))
    g_signal_emit (self, hovered_signal, 0, self->scatter.hover);
  else
    bs_chart_view_set_bubble (BS_CHART_VIEW (self), 0, 0, NULL);
}

static void
zoom_by_key (BsScatterView *self, double factor)
{
  BsRect plot = bs_scatter_plot (&self->scatter, SIZE (self));
  bs_scatter_zoom (&self->scatter, SIZE (self), factor, plot.x + plot.width / 2,
                   plot.y + plot.height / 2);
  moved_by_key (self);
}

static void
move_by_key (BsScatterView *self, int right, int down, gboolean pan)
{
  if (!pan) {
    step (self, right, down);
    return;
  }
  bs_scatter_pan (&self->scatter, SIZE (self), -KEY_PAN_PX * right, -KEY_PAN_PX * down);
  moved_by_key (self);
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsScatterView *self = BS_SCATTER_VIEW (view);
  gboolean pan = (modifiers & GDK_SHIFT_MASK) != 0;
  if (self->scatter.n == 0 || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (keyval) {
  case GDK_KEY_Left:
    move_by_key (self, -1, 0, pan);
    return TRUE;
  case GDK_KEY_Right:
    move_by_key (self, 1, 0, pan);
    return TRUE;
  case GDK_KEY_Up:
    move_by_key (self, 0, -1, pan);
    return TRUE;
  case GDK_KEY_Down:
    move_by_key (self, 0, 1, pan);
    return TRUE;
  case GDK_KEY_plus:
  case GDK_KEY_KP_Add:
  case GDK_KEY_equal:
    zoom_by_key (self, KEY_ZOOM);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    zoom_by_key (self, 1 / KEY_ZOOM);
    return TRUE;
  case GDK_KEY_Home:
    bs_scatter_view_fit (self);
    moved_by_key (self);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (self->scatter.hover >= 0)
      g_signal_emit (self, activated_signal, 0, self->scatter.hover);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
clear_looks (BsScatterView *self)
{
  for (gsize i = 0; i < self->scatter.n_groups; i++)
    g_free (self->looks[i].name);
  g_clear_pointer (&self->looks, g_free);
  g_clear_pointer (&self->groups, g_free);
  g_clear_pointer (&self->group, g_free);
  self->scatter.groups = NULL;
  self->scatter.group = NULL;
  self->scatter.n_groups = 0;
}

static void
clear_points (BsScatterView *self)
{
  clear_looks (self);
  g_clear_pointer (&self->x, g_free);
  g_clear_pointer (&self->y, g_free);
  g_clear_pointer (&self->dimmed, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->x_title, g_free);
  g_clear_pointer (&self->y_title, g_free);
  bs_scatter_init (&self->scatter);
}

static void
bs_scatter_view_finalize (GObject *object)
{
  BsScatterView *self = BS_SCATTER_VIEW (object);
  clear_points (self);
  g_clear_pointer (&self->lasso, g_array_unref);
  G_OBJECT_CLASS (bs_scatter_view_parent_class)->finalize (object);
}

static void
bs_scatter_view_class_init (BsScatterViewClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_scatter_view_finalize;
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->point = point;
  chart_class->press = press;
  chart_class->scroll = scroll;
  chart_class->key = key;
  hovered_signal = g_signal_new ("hovered", BS_TYPE_SCATTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  activated_signal = g_signal_new ("activated", BS_TYPE_SCATTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  lasso_signal = g_signal_new ("lasso", BS_TYPE_SCATTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
}

static void
bs_scatter_view_init (BsScatterView *self)
{
  bs_scatter_init (&self->scatter);
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Projection"),
                           _ ("Clips as points. Arrow keys go from point to point and Enter plays "
                              "the clip; plus and minus zoom, Shift and arrows move, Home shows "
                              "all."));
}

/**
 * bs_scatter_view_set_points:
 * @self: a plane
 * @n: points
 * @xy: (array): n x 2; copied
 * @names: (array length=n): for the table; copied
 * @x_title: of the axis across
 * @y_title: of the axis up
 *
 * Shows other points, all of them in view. They are not seen before
 * bs_scatter_view_set_groups().
 */
void
bs_scatter_view_set_points (BsScatterView *self, gsize n, const float *xy, const char *const *names,
                            const char *x_title, const char *y_title)
{
  clear_points (self);
  hover (self, -1);
  self->x = g_new (float, n + 1);
  self->y = g_new (float, n + 1);
  self->names = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++) {
    self->x[i] = xy[2 * i];
    self->y[i] = xy[2 * i + 1];
    self->names[i] = g_strdup (names[i]);
  }
  self->x_title = g_strdup (x_title);
  self->y_title = g_strdup (y_title);
  self->scatter.n = n;
  self->scatter.x = self->x;
  self->scatter.y = self->y;
  self->scatter.names = (const char *const *) self->names;
  self->scatter.x_title = self->x_title;
  self->scatter.y_title = self->y_title;
  bs_scatter_view_fit (self);
}

/**
 * bs_scatter_view_set_groups:
 * @self: a plane
 * @group: (array): for each point its group; copied
 * @looks: (array length=n_looks): copied
 * @n_looks: groups
 *
 * Groups of the same names as before stay hidden where they were.
 */
void
bs_scatter_view_set_groups (BsScatterView *self, const guint16 *group, const BsScatterLook *looks,
                            gsize n_looks)
{
  BsScatterGroup *groups = g_new0 (BsScatterGroup, n_looks + 1);
  BsScatterLook *copy = g_memdup2 (looks, (n_looks + 1) * sizeof *looks);
  for (gsize i = 0; i < n_looks; i++) {
    copy[i].name = g_strdup (looks[i].name);
    groups[i].name = copy[i].name;
    groups[i].marker = looks[i].marker;
    groups[i].disc = looks[i].palette == BS_SCATTER_EMOTIONS;
    groups[i].first = looks[i].first;
    groups[i].second = looks[i].second;
    groups[i].first_share = looks[i].first_share;
    groups[i].hidden = i < self->scatter.n_groups && self->groups[i].hidden &&
                       g_strcmp0 (self->looks[i].name, looks[i].name) == 0;
  }
  clear_looks (self);
  self->group = g_memdup2 (group, (self->scatter.n + 1) * sizeof *group);
  self->looks = copy;
  self->groups = groups;
  self->scatter.group = self->group;
  self->scatter.groups = self->groups;
  self->scatter.n_groups = n_looks;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_scatter_view_set_dimmed:
 * @self: a plane
 * @dimmed: (nullable) (array): for each point whether it is only hinted at; copied
 */
void
bs_scatter_view_set_dimmed (BsScatterView *self, const guint8 *dimmed)
{
  g_free (self->dimmed);
  self->dimmed = dimmed != NULL ? g_memdup2 (dimmed, self->scatter.n) : NULL;
  self->scatter.dimmed = self->dimmed;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_scatter_view_set_chosen:
 * @self: a plane
 * @index: point with a ring, or -1
 */
void
bs_scatter_view_set_chosen (BsScatterView *self, int index)
{
  self->scatter.chosen = index;
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}

/**
 * bs_scatter_view_set_hover_words:
 * @self: a plane
 * @words: what is said of the point under the pointer
 */
void
bs_scatter_view_set_hover_words (BsScatterView *self, const char *words)
{
  double x, y;
  if (self->scatter.hover < 0)
    return;
  bs_scatter_point (&self->scatter, SIZE (self), (gsize) self->scatter.hover, &x, &y);
  bs_chart_view_set_bubble (BS_CHART_VIEW (self), x, y, words);
}

/**
 * bs_scatter_view_fit:
 * @self: a plane
 *
 * Brings all points into view.
 */
void
bs_scatter_view_fit (BsScatterView *self)
{
  bs_scatter_fit (&self->scatter);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}
