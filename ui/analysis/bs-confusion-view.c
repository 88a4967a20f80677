/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/analysis/bs-confusion-view-private.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/chart/bs-error-strip.h"
#include "ui/chart/bs-matrix-view.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"

struct _BsConfusionView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  gboolean with_salience;
  gboolean stale; /* the matrix is to be filled when the view is seen */
  guint64 serial;
  guint showing; /* source that shows the first clip of a cell */

  GtkStack *stack;
  GtkDropDown *unit;
  GtkDropDown *classes;
  BsChartMenu *menu;
  BsMatrixView *matrix;
  GtkLabel *total;
  BsErrorStrip *errors;
  BsChartMenu *errors_menu;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (BsConfusionView, bs_confusion_view, GTK_TYPE_WIDGET)

static const char *const *
class_names (gboolean with_salience)
{
  static const char *names16[BS_N_CLASSES], *names36[BS_N_SALIENCE_CLASSES];
  for (int i = 0; i < BS_N_CLASSES; i++)
    names16[i] = bs_class_name (i);
  for (int i = 0; i < BS_N_SALIENCE_CLASSES; i++)
    names36[i] = bs_salience_class_name (i);
  return with_salience ? names36 : names16;
}

static int
n_classes (BsConfusionView *self)
{
  return self->with_salience ? BS_N_SALIENCE_CLASSES : BS_N_CLASSES;
}

static guint64
mask_of (BsConfusionView *self, int index)
{
  if (index < 0)
    return 0;
  return self->with_salience ? G_GUINT64_CONSTANT (1) << index : bs_filter_class_mask (index);
}

static int
class_of_mask (BsConfusionView *self, guint64 mask)
{
  for (int i = 0; mask != 0 && i < n_classes (self); i++)
    if (mask_of (self, i) == mask)
      return i;
  return -1;
}

static void
show_caption (BsConfusionView *self, BsCellRef cell)
{
  const char *const *names = class_names (self->with_salience);
  guint n = (guint) bs_matrix_view_count (self->matrix, cell);
  g_autofree char *clips = g_strdup_printf (ngettext ("%u clip", "%u clips", n), n);
  g_autofree char *text = NULL;
  if (cell.row < 0 && cell.column < 0)
    text = g_strdup (_ ("Click a cell, a name or a total to see its clips in the list; with the "
                        "keyboard, arrow keys and Enter."));
  else if (cell.row < 0)
    text = g_strdup_printf (_ ("Selected: what was judged %s, %s."), names[cell.column], clips);
  else if (cell.column < 0)
    text = g_strdup_printf (_ ("Selected: what truly is %s, %s."), names[cell.row], clips);
  else if (cell.row == cell.column)
    text = g_strdup_printf (_ ("Selected: %s judged so, %s. Enter shows the first of them."),
                            names[cell.row], clips);
  else
    text = g_strdup_printf (_ ("Selected: %s taken for %s, %s. Enter shows the first of them."),
                            names[cell.row], names[cell.column], clips);
  bs_gtk48_compat_set_label (self->caption, text);
}

static void
filter_changed_cb (BsConfusionView *self)
{
  const BsFilter *filter =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  BsCellRef cell = { class_of_mask (self, filter->truth), class_of_mask (self, filter->decision) };
  /* Part of a filter that is no class of this matrix cannot be shown as a cell. */
  if ((filter->truth != 0) != (cell.row >= 0) || (filter->decision != 0) != (cell.column >= 0))
    cell = BS_CELL_NONE;
  bs_matrix_view_set_selected (self->matrix, cell);
  show_caption (self, cell);
}

static void
show_total (BsConfusionView *self, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u clip", "%u clips", n), n);
  bs_gtk48_compat_set_label (self->total, text);
}

static void
fill (BsConfusionView *self)
{
  const BsMetrics *metrics = bs_threshold_state_get_metrics (self->thresholds);
  const char *const *names = class_names (self->with_salience);
  guint counts[BS_N_CLASSES][BS_N_CLASSES];
  self->stale = FALSE;
  if (metrics != NULL)
    bs_metrics_confusion16 (metrics, counts);
  if (metrics == NULL)
    bs_matrix_view_set_counts (self->matrix, NULL, 0, names, 0, 1);
  else if (self->with_salience)
    bs_matrix_view_set_counts (self->matrix, &metrics->confusion[0][0], BS_N_SALIENCE_CLASSES,
                               names, BS_N_EMOTIONS, 3);
  else
    bs_matrix_view_set_counts (self->matrix, &counts[0][0], BS_N_CLASSES, names, BS_N_EMOTIONS, 1);
  bs_error_strip_set_metrics (self->errors, metrics);
  show_total (self, metrics != NULL ? (guint) metrics->n : 0);
  filter_changed_cb (self);
}

static void
metrics_changed_cb (BsConfusionView *self)
{
  gboolean has_run = bs_threshold_state_get_metrics (self->thresholds) != NULL;
  gtk_stack_set_visible_child_name (self->stack, has_run ? "matrix" : "empty");
  self->serial = bs_threshold_state_get_serial (self->thresholds);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
unit_selected_cb (BsConfusionView *self)
{
  bs_matrix_view_set_unit (self->matrix, (BsMatrixUnit) gtk_drop_down_get_selected (self->unit));
}

static void
classes_selected_cb (BsConfusionView *self)
{
  self->with_salience = gtk_drop_down_get_selected (self->classes) == 1;
  if (self->workspace != NULL)
    fill (self);
}

/* A name stands for clips without a decision too, which the matrix does not count. */
static gboolean
is_of_cell (BsConfusionView *self, int clip)
{
  return bs_threshold_state_get_decision (self->thresholds, clip) != NULL &&
         bs_clip_selection_accepts (bs_workspace_get_selection (self->workspace), (gsize) clip,
                                    NULL);
}

/* The list's first, or the file's where no list has them. */
static int
first_clip (BsConfusionView *self)
{
  gsize n_order;
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  const guint32 *order =
    bs_clip_selection_get_order (bs_workspace_get_selection (self->workspace), &n_order);
  for (gsize i = 0; i < n_order; i++)
    if (is_of_cell (self, (int) order[i]))
      return (int) order[i];
  int n_clips = metadata != NULL ? (int) bs_metadata_n_clips (metadata) : 0;
  for (int clip = 0; clip < n_clips; clip++)
    if (is_of_cell (self, clip))
      return clip;
  return -1;
}

static gboolean
show_first_clip_cb (gpointer user_data)
{
  BsConfusionView *self = user_data;
  self->showing = 0;
  int clip = first_clip (self);
  if (clip >= 0)
    bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace), clip);
  return G_SOURCE_REMOVE;
}

/* The list has its order at G_PRIORITY_HIGH_IDLE, which comes before this. */
static void
queue_first_clip (BsConfusionView *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_first_clip_cb, self);
}

static void
chosen_cb (BsConfusionView *self, int row, int column, gboolean activated)
{
  const BsFilter *present =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  guint64 truth = mask_of (self, row), decision = mask_of (self, column);
  gboolean again = present->truth == truth && present->decision == decision;
  BsFilter filter;
  bs_filter_copy (present, &filter);
  /* A second click takes the choice back; an activation keeps it. */
  filter.truth = again && !activated ? 0 : truth;
  filter.decision = again && !activated ? 0 : decision;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
  if (activated)
    queue_first_clip (self);
}

static void
bs_confusion_view_map (GtkWidget *widget)
{
  BsConfusionView *self = BS_CONFUSION_VIEW (widget);
  if (self->stale && self->workspace != NULL)
    fill (self);
  GTK_WIDGET_CLASS (bs_confusion_view_parent_class)->map (widget);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsConfusionView *self = BS_CONFUSION_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  bs_chart_menu_set_chart (self->menu, BS_CHART_VIEW (self->matrix), workspace);
  bs_chart_menu_set_chart (self->errors_menu, BS_CHART_VIEW (self->errors), workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_selection (workspace), "notify::filter",
                           G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  metrics_changed_cb (self);
}

/**
 * bs_confusion_view_get_serial:
 * @self: the view
 *
 * Returns: the workspace's serial whose state the view carries
 */
guint64
bs_confusion_view_get_serial (BsConfusionView *self)
{
  return self->serial;
}

static void
bs_confusion_view_dispose (GObject *object)
{
  BsConfusionView *self = BS_CONFUSION_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_CONFUSION_VIEW);
  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_confusion_view_parent_class)->dispose (object);
}

static void
bs_confusion_view_class_init (BsConfusionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_confusion_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  widget_class->map = bs_confusion_view_map;
  g_type_ensure (BS_TYPE_CHART_MENU);
  g_type_ensure (BS_TYPE_ERROR_STRIP);
  g_type_ensure (BS_TYPE_MATRIX_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-confusion-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, stack);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, unit);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, classes);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, menu);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, matrix);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, total);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, errors);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, errors_menu);
  gtk_widget_class_bind_template_child (widget_class, BsConfusionView, caption);
  gtk_widget_class_bind_template_callback (widget_class, unit_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, classes_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
bs_confusion_view_init (BsConfusionView *self)
{
  bs_gtk48_compat_init (self);
  unit_selected_cb (self);
}
