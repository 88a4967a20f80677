/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/chart/bs-matrix-view.h"

/* Sides of cells, in sizes of the font: the smallest with a legible number, the largest that a
 * wide window is filled with, and the largest there is. */
#define LEAST_CELL 1.45
#define MOST_CELL 5.0
#define LARGEST_CELL 8.0
#define NATURAL_CELL 2.2
#define LEAST_SIDE 14.0 /* of the widget, likewise */
#define ZOOM_STEP 1.2

struct _BsMatrixView {
  BsChartView parent_instance;
  BsMatrixChart chart;
  guint *counts;
  double zoom_px; /* side of a cell that was asked for; 0 for what suits the widget */
  double pointer_x, pointer_y;
  gboolean moving; /* by keys or zoom: the cursor is not the pointer's */
  GtkAdjustment *adjustments[2]; /* across and down */
  GtkScrollablePolicy policies[2];
};

static void bs_matrix_view_scrollable_init (GtkScrollableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BsMatrixView, bs_matrix_view, BS_TYPE_CHART_VIEW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE,
                                                      bs_matrix_view_scrollable_init))

enum { ACROSS, DOWN };
enum { PROP_0, PROP_HADJUSTMENT, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

static guint chosen_signal;

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  bs_matrix_chart_draw (&BS_MATRIX_VIEW (view)->chart, cr, width, height, theme);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  bs_matrix_chart_draw_marks (&BS_MATRIX_VIEW (view)->chart, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  return bs_matrix_chart_table (&BS_MATRIX_VIEW (view)->chart);
}

static double
cell_for (BsMatrixView *self, double width, double height)
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  double fit = bs_matrix_chart_fit (&self->chart, width, height, theme);
  double least = ceil (LEAST_CELL * theme->size_px), most = floor (MOST_CELL * theme->size_px);
  if (self->zoom_px > 0)
    return CLAMP (self->zoom_px, MIN (fit, least), MAX (fit, LARGEST_CELL * theme->size_px));
  return CLAMP (fit, least, most);
}

/* At the size of the cells on show, names and title included. */
static void
whole_size (BsChartView *view, double *width, double *height)
{
  BsMatrixView *self = BS_MATRIX_VIEW (view);
  const BsChartTheme *theme = bs_chart_view_get_theme (view);
  BsMatrixChart chart = self->chart;
  chart.cell_px = cell_for (self, *width, *height);
  BsMatrixExtent extent = bs_matrix_chart_extent (&chart, 1e6, 1e6, theme);
  *width = MAX (*width, ceil (extent.view.x + extent.width));
  *height = MAX (*height, bs_matrix_chart_best_height (&chart, 1e6, theme));
}

static double *
scroll_of (BsMatrixView *self, int side)
{
  return side == ACROSS ? &self->chart.scroll_x : &self->chart.scroll_y;
}

static void
configure (BsMatrixView *self, int side, double page, double all)
{
  GtkAdjustment *adjustment = self->adjustments[side];
  double value = CLAMP (*scroll_of (self, side), 0, MAX (0, all - page));
  *scroll_of (self, side) = value;
  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, value, 0, MAX (all, page), self->chart.cell_px, page * .9,
                              page);
}

/* Gives cells their side and tells the scroll bars what there is. */
static void
arrange (BsMatrixView *self)
{
  BsChartView *view = BS_CHART_VIEW (self);
  double width = bs_chart_view_width (view), height = bs_chart_view_height (view);
  if (width < 1 || height < 1)
    return;
  self->chart.cell_px = cell_for (self, width, height);
  BsMatrixExtent extent =
    bs_matrix_chart_extent (&self->chart, width, height, bs_chart_view_get_theme (view));
  self->moving = TRUE;
  configure (self, ACROSS, extent.view.width, extent.width);
  configure (self, DOWN, extent.view.height, extent.height);
  self->moving = FALSE;
  bs_chart_view_redraw (view);
}

static void
bs_matrix_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (BS_MATRIX_VIEW (widget));
}

static void
bs_matrix_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  BsMatrixChart chart = BS_MATRIX_VIEW (widget)->chart;
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (widget));
  chart.cell_px = NATURAL_CELL * theme->size_px;
  BsMatrixExtent extent = bs_matrix_chart_extent (&chart, 1e6, 1e6, theme);
  *minimum = (int) ceil (LEAST_SIDE * theme->size_px);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL
               ? (int) ceil (extent.view.x + extent.width)
               : (int) bs_matrix_chart_best_height (&chart, 1e6, theme);
  *natural = MAX (*minimum, *natural);
}

static BsCellRef
cell_at (BsMatrixView *self, double x, double y)
{
  BsChartView *view = BS_CHART_VIEW (self);
  return bs_matrix_chart_hit (&self->chart, bs_chart_view_width (view), bs_chart_view_height (view),
                              bs_chart_view_get_theme (view), x, y);
}

static char *
words_of (BsMatrixView *self, BsCellRef cell)
{
  const BsMatrixChart *chart = &self->chart;
  guint n = (guint) bs_matrix_view_count (self, cell);
  guint of = (guint) bs_matrix_view_count (self, (BsCellRef){ cell.row, -1 });
  g_autofree char *clips = g_strdup_printf (ngettext ("%u clip", "%u clips", n), n);
  if (cell.row < 0)
    /* Translators: a class and how many clips were judged to be of it */
    return g_strdup_printf (_ ("judged %s\n%s"), chart->names[cell.column], clips);
  if (cell.column < 0)
    return g_strdup_printf (_ ("true %s\n%s"), chart->names[cell.row], clips);
  if (cell.row == cell.column)
    return g_strdup_printf (_ ("%s, judged so\n%s, %.0f %% of %u"), chart->names[cell.row], clips,
                            of > 0 ? 100.0 * n / of : 0, of);
  return g_strdup_printf (_ ("%s taken for %s\n%s, %.0f %% of %u"), chart->names[cell.row],
                          chart->names[cell.column], clips, of > 0 ? 100.0 * n / of : 0, of);
}

static void
set_cursor (BsMatrixView *self, BsCellRef cell, double x, double y)
{
  gboolean none = self->chart.counts == NULL || (cell.row < 0 && cell.column < 0);
  g_autofree char *words = none ? NULL : words_of (self, cell);
  self->chart.cursor = none ? BS_CELL_NONE : cell;
  bs_chart_view_set_bubble (BS_CHART_VIEW (self), x, y, words);
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}

static void
point (BsChartView *view, double x, double y)
{
  BsMatrixView *self = BS_MATRIX_VIEW (view);
  self->pointer_x = x;
  self->pointer_y = y;
  set_cursor (self, isfinite (x) ? cell_at (self, x, y) : BS_CELL_NONE, x, y);
}

static void
choose (BsMatrixView *self, BsCellRef cell, gboolean activated)
{
  if (cell.row >= 0 || cell.column >= 0)
    g_signal_emit (self, chosen_signal, 0, cell.row, cell.column, activated);
}

static void
press (BsChartView *view, const BsChartPress *press)
{
  BsMatrixView *self = BS_MATRIX_VIEW (view);
  if (press->phase == BS_CHART_DRAG_CLICK)
    choose (self, cell_at (self, press->x, press->y), press->n_press > 1);
}

static void
scroll_to (BsMatrixView *self, int side, double value)
{
  self->moving = TRUE;
  if (self->adjustments[side] != NULL)
    gtk_adjustment_set_value (self->adjustments[side], value);
  self->moving = FALSE;
}

/* Brings a stretch of the drawing into the view by moving as little as needed. */
static void
reveal (BsMatrixView *self, int side, double from, double to, double view_from, double view_size)
{
  double scroll = *scroll_of (self, side);
  if (to > view_from + view_size)
    scroll_to (self, side, scroll + to - view_from - view_size);
  if (from < view_from)
    scroll_to (self, side, scroll - view_from + from);
}

static void
reveal_cell (BsMatrixView *self, BsCellRef cell)
{
  BsChartView *view = BS_CHART_VIEW (self);
  BsMatrixExtent extent =
    bs_matrix_chart_extent (&self->chart, bs_chart_view_width (view), bs_chart_view_height (view),
                            bs_chart_view_get_theme (view));
  BsRect rect = bs_matrix_view_place (self, cell);
  reveal (self, ACROSS, rect.x, rect.x + rect.width, extent.view.x, extent.view.width);
  reveal (self, DOWN, rect.y, rect.y + rect.height, extent.view.y, extent.view.height);
}

/* The cursor starts at the selected cell, or at the first one. */
static void
move_cursor (BsMatrixView *self, int down, int right)
{
  BsCellRef cell = self->chart.cursor;
  int last = (int) self->chart.n - 1;
  gboolean started = cell.row >= 0 && cell.column >= 0;
  if (!started)
    cell = self->chart.selected.row >= 0 && self->chart.selected.column >= 0 ? self->chart.selected
                                                                             : (BsCellRef){ 0, 0 };
  else
    cell = (BsCellRef){ CLAMP (cell.row + down, 0, last), CLAMP (cell.column + right, 0, last) };
  reveal_cell (self, cell);
  BsRect rect = bs_matrix_view_place (self, cell);
  set_cursor (self, cell, rect.x + rect.width / 2, rect.y + rect.height / 2);
}

/* What lies at x and y stays there. */
static void
zoom (BsMatrixView *self, double factor, double x, double y)
{
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (self));
  double before = self->chart.cell_px, width = bs_chart_view_width (BS_CHART_VIEW (self));
  double height = bs_chart_view_height (BS_CHART_VIEW (self));
  if (!(before > 0))
    return;
  self->zoom_px = factor > 0 ? before * factor : 0;
  double after = self->zoom_px > 0 ? round (cell_for (self, width, height)) : 0;
  self->zoom_px = after;
  BsMatrixExtent extent = bs_matrix_chart_extent (&self->chart, width, height, theme);
  double ratio = (after > 0 ? after : cell_for (self, width, height)) / before;
  double across = MAX (0, x - extent.view.x), down = MAX (0, y - extent.view.y);
  self->chart.scroll_x = (self->chart.scroll_x + across) * ratio - across;
  self->chart.scroll_y = (self->chart.scroll_y + down) * ratio - down;
  set_cursor (self, BS_CELL_NONE, 0, 0);
  arrange (self);
}

/* About the cursor, which stays where it is. */
static void
zoom_by_key (BsMatrixView *self, double factor)
{
  BsCellRef cell = self->chart.cursor;
  BsRect rect = bs_matrix_view_place (self, (BsCellRef){ MAX (0, cell.row), MAX (0, cell.column) });
  zoom (self, factor, rect.x + rect.width / 2, rect.y + rect.height / 2);
  self->chart.cursor = cell;
  if (cell.row >= 0 && cell.column >= 0)
    move_cursor (self, 0, 0);
}

static gboolean
scroll (BsChartView *view, double x, double y, double dy, GdkModifierType modifiers)
{
  BsMatrixView *self = BS_MATRIX_VIEW (view);
  if (!(modifiers & GDK_CONTROL_MASK) || self->chart.counts == NULL)
    return FALSE;
  zoom (self, pow (ZOOM_STEP, -dy), x, y);
  return TRUE;
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType modifiers)
{
  BsMatrixView *self = BS_MATRIX_VIEW (view);
  int all = (int) self->chart.n;
  if (self->chart.counts == NULL || modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (keyval) {
  case GDK_KEY_Left:
    move_cursor (self, 0, -1);
    return TRUE;
  case GDK_KEY_Right:
    move_cursor (self, 0, 1);
    return TRUE;
  case GDK_KEY_Up:
    move_cursor (self, -1, 0);
    return TRUE;
  case GDK_KEY_Down:
    move_cursor (self, 1, 0);
    return TRUE;
  case GDK_KEY_Home:
    move_cursor (self, 0, -all);
    return TRUE;
  case GDK_KEY_End:
    move_cursor (self, 0, all);
    return TRUE;
  case GDK_KEY_plus:
  case GDK_KEY_KP_Add:
  case GDK_KEY_equal:
    zoom_by_key (self, ZOOM_STEP);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    zoom_by_key (self, 1 / ZOOM_STEP);
    return TRUE;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    zoom_by_key (self, 0);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    choose (self, self->chart.cursor, TRUE);
    return TRUE;
  case GDK_KEY_space:
    choose (self, self->chart.cursor, FALSE);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
scrolled_cb (BsMatrixView *self)
{
  for (int side = ACROSS; side <= DOWN; side++)
    if (self->adjustments[side] != NULL)
      *scroll_of (self, side) = gtk_adjustment_get_value (self->adjustments[side]);
  bs_chart_view_redraw (BS_CHART_VIEW (self));
  if (!self->moving && isfinite (self->pointer_x))
    point (BS_CHART_VIEW (self), self->pointer_x, self->pointer_y);
}

static void
set_adjustment (BsMatrixView *self, int side, GtkAdjustment *adjustment)
{
  if (adjustment != NULL && adjustment == self->adjustments[side])
    return;
  if (self->adjustments[side] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[side], self);
  g_clear_object (&self->adjustments[side]);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  self->adjustments[side] = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  arrange (self);
}

static void
bs_matrix_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsMatrixView *self = BS_MATRIX_VIEW (object);
  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, id == PROP_HADJUSTMENT ? ACROSS : DOWN, g_value_get_object (value));
  else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
    self->policies[id == PROP_HSCROLL_POLICY ? ACROSS : DOWN] = g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_matrix_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsMatrixView *self = BS_MATRIX_VIEW (object);
  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[id == PROP_HADJUSTMENT ? ACROSS : DOWN]);
  else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
    g_value_set_enum (value, self->policies[id == PROP_HSCROLL_POLICY ? ACROSS : DOWN]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The names of both sides stay, so that nothing is drawn over them where the end is reached. */
static gboolean
get_border (GtkScrollable *scrollable, GtkBorder *border)
{
  BsMatrixView *self = BS_MATRIX_VIEW (scrollable);
  BsChartView *view = BS_CHART_VIEW (self);
  BsMatrixExtent extent =
    bs_matrix_chart_extent (&self->chart, bs_chart_view_width (view), bs_chart_view_height (view),
                            bs_chart_view_get_theme (view));
  *border = (GtkBorder){ .left = (gint16) extent.view.x, .top = (gint16) extent.view.y };
  return TRUE;
}

static void
bs_matrix_view_scrollable_init (GtkScrollableInterface *iface)
{
  iface->get_border = get_border;
}

static void
bs_matrix_view_dispose (GObject *object)
{
  BsMatrixView *self = BS_MATRIX_VIEW (object);
  for (int side = ACROSS; side <= DOWN; side++) {
    if (self->adjustments[side] != NULL)
      g_signal_handlers_disconnect_by_data (self->adjustments[side], self);
    g_clear_object (&self->adjustments[side]);
  }
  G_OBJECT_CLASS (bs_matrix_view_parent_class)->dispose (object);
}

static void
bs_matrix_view_finalize (GObject *object)
{
  g_free (BS_MATRIX_VIEW (object)->counts);
  G_OBJECT_CLASS (bs_matrix_view_parent_class)->finalize (object);
}

static void
bs_matrix_view_class_init (BsMatrixViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  object_class->set_property = bs_matrix_view_set_property;
  object_class->get_property = bs_matrix_view_get_property;
  object_class->dispose = bs_matrix_view_dispose;
  object_class->finalize = bs_matrix_view_finalize;
  widget_class->measure = bs_matrix_view_measure;
  widget_class->size_allocate = bs_matrix_view_size_allocate;
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->whole_size = whole_size;
  chart_class->point = point;
  chart_class->press = press;
  chart_class->scroll = scroll;
  chart_class->key = key;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  chosen_signal = g_signal_new ("chosen", BS_TYPE_MATRIX_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
bs_matrix_view_init (BsMatrixView *self)
{
  self->chart = (BsMatrixChart){ .group = 1, .selected = BS_CELL_NONE, .cursor = BS_CELL_NONE };
  self->pointer_x = self->pointer_y = NAN;
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Confusion matrix"),
                           _ ("Rows are the true classes, columns the decisions. Arrow keys move "
                              "over the cells, Space selects a cell's clips, Enter shows the "
                              "first of them; plus and minus make cells larger and smaller, 0 "
                              "fits them to the window."));
}

/**
 * bs_matrix_view_set_counts:
 * @self: a matrix
 * @counts: (nullable) (array): n x n clips, true class by decision; copied
 * @n: classes
 * @names: (array length=n): names that outlive the widget
 * @n_singles: classes that are set apart, first in order
 * @group: how many of the rest belong together
 */
void
bs_matrix_view_set_counts (BsMatrixView *self, const guint *counts, gsize n,
                           const char *const *names, gsize n_singles, gsize group)
{
  BsMatrixChart *chart = &self->chart;
  gboolean resize = chart->n != n || (chart->counts == NULL) != (counts == NULL);
  if (resize) {
    self->zoom_px = 0;
    chart->scroll_x = chart->scroll_y = 0;
    chart->cursor = chart->selected = BS_CELL_NONE;
    bs_chart_view_set_bubble (BS_CHART_VIEW (self), 0, 0, NULL);
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  g_free (self->counts);
  self->counts = counts != NULL ? g_memdup2 (counts, n * n * sizeof *counts) : NULL;
  chart->counts = self->counts;
  chart->n = n;
  chart->names = names;
  chart->n_singles = n_singles;
  chart->group = group;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_matrix_view_set_unit:
 * @self: a matrix
 * @unit: what cells say
 */
void
bs_matrix_view_set_unit (BsMatrixView *self, BsMatrixUnit unit)
{
  self->chart.unit = unit;
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

/**
 * bs_matrix_view_set_selected:
 * @self: a matrix
 * @cell: what is outlined
 */
void
bs_matrix_view_set_selected (BsMatrixView *self, BsCellRef cell)
{
  self->chart.selected = cell;
  bs_chart_view_marks_changed (BS_CHART_VIEW (self));
}

/**
 * bs_matrix_view_place:
 * @self: a matrix
 * @cell: a cell
 *
 * Returns: where it is drawn in the widget, which may be outside of what is seen
 */
BsRect
bs_matrix_view_place (BsMatrixView *self, BsCellRef cell)
{
  BsChartView *view = BS_CHART_VIEW (self);
  return bs_matrix_chart_cell (&self->chart, bs_chart_view_width (view),
                               bs_chart_view_height (view), bs_chart_view_get_theme (view),
                               cell.row, cell.column);
}

/**
 * bs_matrix_view_count:
 * @self: a matrix
 * @cell: a cell, a row or a column
 *
 * Returns: its clips
 */
guint64
bs_matrix_view_count (BsMatrixView *self, BsCellRef cell)
{
  gsize n = self->chart.n;
  guint64 sum = 0;
  for (gsize i = 0; self->counts != NULL && i < n * n; i++)
    if ((cell.row < 0 || i / n == (gsize) cell.row) &&
        (cell.column < 0 || i % n == (gsize) cell.column))
      sum += self->counts[i];
  return sum;
}
