/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/chart/bs-matrix-view.h"

struct _BsMatrixView {
  BsChartView parent_instance;
  BsMatrixChart chart;
  guint *counts;
};

G_DEFINE_FINAL_TYPE (BsMatrixView, bs_matrix_view, BS_TYPE_CHART_VIEW)

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
height_for_width (BsChartView *view, double width)
{
  return bs_matrix_chart_best_height (&BS_MATRIX_VIEW (view)->chart, width,
                                      bs_chart_view_get_theme (view));
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

/* The cursor starts at the selected cell, or at the first one. */
static void
move_cursor (BsMatrixView *self, int down, int right)
{
  BsChartView *view = BS_CHART_VIEW (self);
  BsCellRef cell = self->chart.cursor;
  int last = (int) self->chart.n - 1;
  gboolean started = cell.row >= 0 && cell.column >= 0;
  if (!started)
    cell = self->chart.selected.row >= 0 && self->chart.selected.column >= 0 ? self->chart.selected
                                                                             : (BsCellRef){ 0, 0 };
  else
    cell = (BsCellRef){ CLAMP (cell.row + down, 0, last), CLAMP (cell.column + right, 0, last) };
  BsRect rect =
    bs_matrix_chart_cell (&self->chart, bs_chart_view_width (view), bs_chart_view_height (view),
                          bs_chart_view_get_theme (view), cell.row, cell.column);
  set_cursor (self, cell, rect.x + rect.width / 2, rect.y + rect.height / 2);
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
bs_matrix_view_finalize (GObject *object)
{
  g_free (BS_MATRIX_VIEW (object)->counts);
  G_OBJECT_CLASS (bs_matrix_view_parent_class)->finalize (object);
}

static void
bs_matrix_view_class_init (BsMatrixViewClass *klass)
{
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_matrix_view_finalize;
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->height_for_width = height_for_width;
  chart_class->point = point;
  chart_class->press = press;
  chart_class->key = key;
  chosen_signal = g_signal_new ("chosen", BS_TYPE_MATRIX_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
bs_matrix_view_init (BsMatrixView *self)
{
  self->chart = (BsMatrixChart){ .group = 1, .selected = BS_CELL_NONE, .cursor = BS_CELL_NONE };
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Confusion matrix"),
                           _ ("Rows are the true classes, columns the decisions. Arrow keys move "
                              "over the cells, Space selects a cell's clips, Enter shows the "
                              "first of them."));
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
