/* SPDX-License-Identifier: MIT */
/* Follows the workspace at every change, on show or not: what that costs are a few numbers;
 * drawing waits until the view is seen. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "model/decision/bs-score-grid.h"
#include "ui/analysis/bs-fold-table.h"
#include "ui/analysis/bs-thresholds-view-private.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/chart/bs-score-map-view.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-save.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/session/bs-label-text.h"
#include "ui/common/bs-tuned-text.h"

struct _BsThresholdsView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsEvaluationSet *cases; /* (nullable): whose folds are offered */
  BsTuning *tuning; /* whose arrays the map shows */
  GArray *regions; /* of BsMapRegion */
  GArray *optima; /* of BsMapOptimum */
  int shown_fold; /* whose map is drawn, -1 for the mean */
  gboolean stale; /* the table is to be filled when the view is seen */
  guint64 serial;

  GtkStack *stack;
  BsFoldTable *table;
  GtkLabel *tuned;
  GtkLabel *subtitle;
  BsChartMenu *menu;
  BsScoreMapView *map;
  GtkLabel *caption;
  GtkLabel *handle;
};

G_DEFINE_FINAL_TYPE (BsThresholdsView, bs_thresholds_view, GTK_TYPE_WIDGET)

static void
clear_optimum (gpointer optimum)
{
  g_free ((char *) ((BsMapOptimum *) optimum)->name);
}

static void
collect_marks (BsThresholdsView *self, const BsEvaluationSet *cases)
{
  g_array_set_size (self->regions, 0);
  g_array_set_size (self->optima, 0);
  gsize n_folds = cases != NULL ? cases->n_folds : 0;
  for (gsize fold = 0; self->tuning != NULL && fold < n_folds; fold++) {
    const BsOptimum *exact = &self->tuning->exact[fold];
    BsThresholdPair best = self->tuning->official[fold].pair;
    if (isnan (self->tuning->official[fold].score))
      continue;
    BsMapOptimum optimum = { best.alpha, best.beta, (int) fold,
                             bs_evaluation_set_dup_fold_name (cases, (int) fold) };
    g_array_append_val (self->optima, optimum);
    for (guint i = 0; exact->regions != NULL && i < exact->regions->len; i++) {
      const BsRegion *from = &g_array_index (exact->regions, BsRegion, i);
      BsMapRegion region = { from->alpha_from, from->alpha_to, from->beta_from, from->beta_to,
                             (int) fold };
      g_array_append_val (self->regions, region);
    }
  }
}

static const BsScoreGrid *
grid_of (BsThresholdsView *self)
{
  if (self->tuning == NULL)
    return NULL;
  return self->shown_fold >= 0 ? self->tuning->fold_grids[self->shown_fold] : self->tuning->surface;
}

static void
show_subtitle (BsThresholdsView *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  gboolean is_one = cases != NULL && self->shown_fold >= 0;
  g_autofree char *name = is_one ? bs_evaluation_set_dup_fold_name (cases, self->shown_fold) : NULL;
  g_autofree char *one =
    is_one ? g_strdup_printf (_ ("fold %s · circles: each fold's best"), name) : NULL;
  if (cases != NULL && cases->fixed != NULL) {
    bs_gtk48_compat_set_label (self->subtitle, _ ("none: alpha and beta have no say"));
    return;
  }
  bs_gtk48_compat_set_label (self->subtitle, self->tuning == NULL ? _ ("being worked out…")
                                             : is_one
                                               ? one
                                               : _ ("mean of folds · circles: each fold's best"));
}

static void
fill_map (BsThresholdsView *self)
{
  BsScoreMap *map = bs_score_map_view_get_map (self->map);
  const BsScoreGrid *surface = grid_of (self);
  map->score = surface != NULL ? surface->score : NULL;
  map->n_alpha = surface != NULL ? surface->n_alpha : 0;
  map->n_beta = surface != NULL ? surface->n_beta : 0;
  map->alpha_to = surface != NULL ? surface->alpha_to : BS_SCORE_GRID_ALPHA_TO;
  map->beta_to = surface != NULL ? surface->beta_to : BS_SCORE_GRID_BETA_TO;
  map->largest_p2 = surface != NULL ? surface->largest_p2 : NAN;
  map->largest_d = surface != NULL ? surface->largest_d : NAN;
  map->regions = (const BsMapRegion *) (gpointer) self->regions->data;
  map->n_regions = self->regions->len;
  map->optima = (const BsMapOptimum *) (gpointer) self->optima->data;
  map->n_optima = self->optima->len;
  bs_score_map_view_raster_changed (self->map);
}

typedef struct {
  double from, to;
} Span;

static Span
span_of (const GArray *optima, gboolean of_beta)
{
  Span span = { INFINITY, -INFINITY };
  for (guint i = 0; i < optima->len; i++) {
    const BsMapOptimum *best = &g_array_index (optima, BsMapOptimum, i);
    double value = of_beta ? best->beta : best->alpha;
    span.from = MIN (span.from, value);
    span.to = MAX (span.to, value);
  }
  return span;
}

static void
show_caption (BsThresholdsView *self)
{
  Span alpha = span_of (self->optima, FALSE), beta = span_of (self->optima, TRUE);
  g_autofree char *spans = NULL, *caption = NULL;
  if (self->optima->len < 2) {
    bs_gtk48_compat_set_label (self->caption,
                               _ ("Hatched: thresholds that can no longer change a decision."));
    return;
  }
  if (beta.to - beta.from >= alpha.to - alpha.from)
    spans = g_strdup_printf (
      _ ("The folds' own best β run from %.2f to %.2f, while best α stays within %.2f to %.2f."),
      beta.from, beta.to, alpha.from, alpha.to);
  else
    spans = g_strdup_printf (
      _ ("The folds' own best α run from %.2f to %.2f, while best β stays within %.2f to %.2f."),
      alpha.from, alpha.to, beta.from, beta.to);
  caption = g_strdup_printf ("%s %s", spans,
                             _ ("Hatched: thresholds that can no longer change a decision."));
  bs_gtk48_compat_set_label (self->caption, caption);
}

static void
show_tuned (BsThresholdsView *self)
{
  g_autofree char *sentence = bs_tuned_text_sentence (self->thresholds);
  bs_gtk48_compat_set_label (self->tuned, sentence);
}

/* Under a pair for each fold the map's figure at the handle, which is of one pair for all clips, is
 * not the mean above it: both are said. */
static void
show_handle (BsThresholdsView *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  const BsMetrics *metrics = bs_threshold_state_get_metrics (self->thresholds);
  gboolean differ =
    cases != NULL && cases->fixed == NULL && self->shown_fold < 0 &&
    bs_thresholds_differ (bs_threshold_state_get_thresholds (self->thresholds), cases);
  gtk_widget_set_visible (GTK_WIDGET (self->handle), differ);
  if (!differ)
    return;
  char own[BS_LABEL_TEXT_FIGURE], one[BS_LABEL_TEXT_FIGURE];
  BsThresholds all;
  g_autoptr (BsMetrics) at_handle = bs_metrics_new (cases);
  bs_thresholds_set_all (&all, bs_threshold_state_get_pair (self->thresholds));
  bs_metrics_compute (at_handle, cases, &all);
  /* Translators: two scores */
  g_autofree char *text = g_strdup_printf (
    _ ("At the handle, one pair for all folds: score %s. Above, each fold's own pair: %s."),
    bs_label_text_figure (one, at_handle->mean_score),
    bs_label_text_figure (own, metrics->mean_score));
  bs_gtk48_compat_set_label (self->handle, text);
}

/* What is costly and seen only while the view is. */
static void
fill (BsThresholdsView *self)
{
  self->stale = FALSE;
  bs_fold_table_show (self->table, bs_threshold_state_get_cases (self->thresholds),
                      bs_threshold_state_get_metrics (self->thresholds), self->tuning,
                      bs_threshold_state_get_edited_fold (self->thresholds));
  show_tuned (self);
  show_handle (self);
}

static void
tuning_changed_cb (BsThresholdsView *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  BsTuning *tuning = bs_threshold_state_get_tuning (self->thresholds);
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  self->tuning = tuning != NULL ? bs_tuning_ref (tuning) : NULL;
  collect_marks (self, cases);
  fill_map (self);
  show_caption (self);
  show_subtitle (self);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

/* Another run has other optima or none yet. */
static void
take_run (BsThresholdsView *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  self->cases = cases != NULL ? bs_evaluation_set_ref (cases) : NULL;
  tuning_changed_cb (self);
}

static void
follow (BsThresholdsView *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  if (cases != self->cases)
    take_run (self);
  gboolean has_rule = cases != NULL && cases->fixed == NULL;
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  int fold = bs_threshold_state_get_edited_fold (self->thresholds);
  gtk_stack_set_visible_child_name (self->stack, cases != NULL ? "figures" : "empty");
  bs_score_map_view_set_pair (self->map, has_rule ? pair.alpha : NAN, pair.beta);
  if (fold != self->shown_fold) {
    self->shown_fold = fold;
    fill_map (self);
    show_subtitle (self);
  }
  self->serial = bs_threshold_state_get_serial (self->thresholds);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
pair_cb (BsThresholdsView *self, double alpha, double beta)
{
  if (self->workspace != NULL)
    bs_threshold_state_set_pair (self->thresholds, (BsThresholdPair){ alpha, beta });
}

static void
save_cb (BsThresholdsView *self)
{
  g_autoptr (BsTable) table = bs_fold_table_make_table (self->table);
  g_autoptr (GBytes) csv = bs_table_to_csv (table);
  g_autofree char *name = g_strconcat (_ ("folds"), ".csv", NULL);
  bs_save_bytes (GTK_WIDGET (self), self->workspace, name, csv);
}

static void
bs_thresholds_view_map (GtkWidget *widget)
{
  BsThresholdsView *self = BS_THRESHOLDS_VIEW (widget);
  if (self->stale && self->workspace != NULL)
    fill (self);
  GTK_WIDGET_CLASS (bs_thresholds_view_parent_class)->map (widget);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsThresholdsView *self = BS_THRESHOLDS_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  bs_chart_menu_set_chart (self->menu, BS_CHART_VIEW (self->map), workspace);
  g_signal_connect_object (self->thresholds, "notify::tuning", G_CALLBACK (tuning_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::edited-fold", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::protocol", G_CALLBACK (show_tuned), self,
                           G_CONNECT_SWAPPED);
  take_run (self);
  follow (self);
}

/**
 * bs_thresholds_view_get_serial:
 * @self: the view
 *
 * Returns: the workspace's serial whose state the view carries
 */
guint64
bs_thresholds_view_get_serial (BsThresholdsView *self)
{
  return self->serial;
}

static void
bs_thresholds_view_dispose (GObject *object)
{
  BsThresholdsView *self = BS_THRESHOLDS_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_THRESHOLDS_VIEW);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  g_clear_pointer (&self->regions, g_array_unref);
  g_clear_pointer (&self->optima, g_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_thresholds_view_parent_class)->dispose (object);
}

static void
bs_thresholds_view_class_init (BsThresholdsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_thresholds_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  widget_class->map = bs_thresholds_view_map;
  g_type_ensure (BS_TYPE_FOLD_TABLE);
  g_type_ensure (BS_TYPE_CHART_MENU);
  g_type_ensure (BS_TYPE_SCORE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-thresholds-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, stack);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, table);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, tuned);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, handle);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, menu);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, map);
  gtk_widget_class_bind_template_child (widget_class, BsThresholdsView, caption);
  gtk_widget_class_bind_template_callback (widget_class, pair_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
bs_thresholds_view_init (BsThresholdsView *self)
{
  self->regions = g_array_new (FALSE, FALSE, sizeof (BsMapRegion));
  self->optima = g_array_new (FALSE, FALSE, sizeof (BsMapOptimum));
  g_array_set_clear_func (self->optima, clear_optimum);
  self->shown_fold = -1;
  bs_gtk48_compat_init (self);
}
