/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "data/corpus/bs-fold-names.h"
#include "model/config/bs-model-catalogue.h"
#include "model/config/bs-run-differences.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/chart/bs-learning-chart.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/runs/bs-comparison-view.h"
#include "ui/runs/bs-member-table.h"
#include "ui/runs/bs-run-row.h"
#include "ui/runs/bs-runs-view.h"
#include "ui/runs/bs-train-form.h"
#include "ui/session/bs-run-scores.h"

struct _BsRunsView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;

  BsTrainForm *form;
  GtkWidget *curves_box;
  GtkLabel *status;
  BsChartMenu *curves_menu;
  BsLearningChart *curves;
  GtkDropDown *measure;
  GArray *measures; /* of BsLearningMeasure, as the drop-down has them */
  GtkLabel *progress;
  BsEpoch told; /* the last one of @watched; its epoch is 0 where the status says so already */
  const BsTrainConfig *watched; /* (unowned) (nullable): the training that the curves grow with */
  GtkWidget *members_box;
  GtkLabel *members_title;
  BsMemberTable *members;
  GtkWidget *fuse_box;
  GtkDropDown *fuse_protocol;
  GtkButton *fuse;
  GtkWidget *compare;
  BsComparisonView *comparison;
  GtkListBox *list;
  BsRunScores *scores;
};

G_DEFINE_FINAL_TYPE (BsRunsView, bs_runs_view, GTK_TYPE_WIDGET)

static const BsFusionProtocol fusions[] = { BS_FUSION_OFFICIAL, BS_FUSION_MEAN, BS_FUSION_HONEST };

static void
delete_response_cb (AdwMessageDialog *dialog, const char *response, BsRunRow *row)
{
  BsRunsView *self = BS_RUNS_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (row), BS_TYPE_RUNS_VIEW));
  if (self != NULL && g_str_equal (response, "delete"))
    bs_run_library_delete (bs_workspace_get_library (self->workspace), bs_run_row_get_run (row));
}

static void
delete_cb (BsRunRow *row, BsRunsView *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = adw_message_dialog_new (window, _ ("Move Run to the Trash?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _ ("“%s” with its predictions, weights and history."),
                                  bs_run_row_get_run (row)->title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Move to Trash"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), row, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_activated_cb (BsRunsView *self, BsRunRow *row)
{
  BsRun *run = bs_run_row_get_run (row);
  if (run != bs_workspace_get_run (self->workspace))
    bs_workspace_open_run (self->workspace, run);
}

static void
mark_open_run (BsRunsView *self)
{
  BsRun *run = bs_workspace_get_run (self->workspace);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (BS_IS_RUN_ROW (row))
      bs_run_row_set_open (BS_RUN_ROW (row), bs_run_row_get_run (BS_RUN_ROW (row)) == run);
}

static GPtrArray *
dup_chosen (BsRunsView *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (BS_IS_RUN_ROW (row) && bs_run_row_get_chosen (BS_RUN_ROW (row)))
      g_ptr_array_add (chosen, bs_run_ref (bs_run_row_get_run (BS_RUN_ROW (row))));
  return chosen;
}

static gboolean
is_grid_at_work (BsRunsView *self)
{
  const BsComparison *comparison =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (self->workspace));
  return comparison != NULL && bs_comparison_is_at_work (comparison);
}

/* Decisions without probabilities cannot be weighted. */
static gboolean
can_fuse (const GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++) {
    const BsRun *run = g_ptr_array_index (runs, i);
    if (run->predictions->kind == BS_PREDICTIONS_DECISIONS)
      return FALSE;
  }
  return TRUE;
}

static void
choose_cb (BsRunsView *self)
{
  g_autoptr (GPtrArray) chosen = dup_chosen (self);
  guint n = chosen->len;
  g_autofree char *label = g_strdup_printf (ngettext ("_Fuse %u Run", "_Fuse %u Runs", n), n);
  gtk_widget_set_visible (self->fuse_box, n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fuse), n >= 2 && can_fuse (chosen));
  gtk_widget_set_sensitive (self->compare, n >= 2 && !is_grid_at_work (self));
  gtk_button_set_label (self->fuse, label);
}

static void
choose_none (BsRunsView *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (BS_IS_RUN_ROW (row))
      bs_run_row_set_chosen (BS_RUN_ROW (row), FALSE);
}

static void
fuse_cb (BsRunsView *self)
{
  g_autoptr (GPtrArray) chosen = dup_chosen (self);
  bs_run_library_fuse (bs_workspace_get_library (self->workspace), chosen,
                       fusions[gtk_drop_down_get_selected (self->fuse_protocol)]);
  choose_none (self);
}

static void
compare_cb (BsRunsView *self)
{
  g_autoptr (GPtrArray) chosen = dup_chosen (self);
  bs_training_queue_compare (bs_workspace_get_training_queue (self->workspace), chosen);
  choose_none (self);
}

static void
scores_changed_cb (BsRunsView *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (BS_IS_RUN_ROW (row))
      bs_run_row_set_score (
        BS_RUN_ROW (row), bs_run_scores_get (self->scores, bs_run_row_get_run (BS_RUN_ROW (row))));
}

/* An epoch of a small network takes less than setting a label does, so that of those that come at
 * one time the last one is shown. */
static void
show_told (BsRunsView *self)
{
  const BsEpoch *epoch = &self->told;
  if (epoch->epoch == 0)
    return;
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_autofree char *name = bs_fold_name_dup_visible (
    metadata != NULL ? bs_metadata_fold_names (metadata) : NULL, epoch->fold);
  g_autofree char *text =
    g_strdup_printf (_ ("fold %s · epoch %d · loss %.4f · P %.3f · S %.3f"), name, epoch->epoch,
                     epoch->train_loss, epoch->acc_presence, epoch->acc_salience);
  gtk_label_set_text (self->status, text);
  self->told.epoch = 0;
}

static void
show_progress (BsRunsView *self)
{
  BsTrainingQueue *queue = bs_workspace_get_training_queue (self->workspace);
  g_autofree char *message = bs_training_queue_dup_message (queue);
  show_told (self);
  gtk_label_set_text (self->progress, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), message != NULL);
}

/* The curves are those of the training that runs, else of the open run. */
static void
show_curves (BsRunsView *self)
{
  BsTrainingQueue *queue = bs_workspace_get_training_queue (self->workspace);
  BsRun *run = bs_workspace_get_run (self->workspace);
  const BsTrainConfig *training = bs_training_queue_get_current (queue);
  const GArray *epochs = bs_training_queue_get_epochs (queue);
  gboolean kept = run != NULL && run->history != NULL && run->history->len > 0;
  gtk_widget_set_visible (self->curves_box, training != NULL || kept);
  gboolean is_new = training != self->watched;
  self->watched = training;
  show_progress (self);
  if (training != NULL && !is_new)
    return;
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  gboolean is_kept = training == NULL && kept;
  bs_learning_chart_show_history (self->curves, is_kept ? run->history : NULL,
                                  is_kept ? (const char *const *) run->predictions->fold_names
                                  : metadata != NULL ? bs_metadata_fold_names (metadata)
                                                     : NULL);
  for (guint i = 0; training != NULL && i < epochs->len; i++)
    bs_learning_chart_add (self->curves, &g_array_index (epochs, BsEpoch, i));
  g_autofree char *text = NULL;
  if (training != NULL)
    /* Translators: a model */
    text = g_strdup_printf (_ ("%s is being trained"), bs_model_title (training->model));
  else if (kept)
    text = g_strdup_printf (_ ("Learning curves of “%s”"), run->title);
  gtk_label_set_text (self->status, text != NULL ? text : "");
}

/* Offers what the curves have numbers for, and keeps the choice where it can be kept. */
static void
measures_changed_cb (BsRunsView *self)
{
  guint measures = bs_learning_chart_get_measures (self->curves);
  guint selected = gtk_drop_down_get_selected (self->measure), kept = 0;
  BsLearningMeasure before = BS_LEARNING_SCORE;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  if (measures == 0)
    return; /* a training has begun: what it will have is not known yet */
  if (selected < self->measures->len)
    before = g_array_index (self->measures, BsLearningMeasure, selected);
  g_array_set_size (self->measures, 0);
  for (BsLearningMeasure m = 0; m < BS_LEARNING_N_MEASURES; m++) {
    if ((measures & 1u << m) == 0)
      continue;
    if (m == before)
      kept = self->measures->len;
    g_array_append_val (self->measures, m);
    gtk_string_list_append (names, bs_learning_chart_measure_name (m));
  }
  gtk_drop_down_set_model (self->measure, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->measure, kept);
}

static void
measure_selected_cb (BsRunsView *self)
{
  guint selected = gtk_drop_down_get_selected (self->measure);
  if (selected < self->measures->len)
    bs_learning_chart_set_measure (self->curves,
                                   g_array_index (self->measures, BsLearningMeasure, selected));
}

static void
show_members (BsRunsView *self)
{
  BsRun *run = bs_workspace_get_run (self->workspace);
  gboolean shown = bs_member_table_show (self->members, run);
  gtk_widget_set_visible (self->members_box, shown);
  g_autofree char *title =
    shown ? g_strdup_printf (_ ("Members of “%s”"), run->title) : g_strdup ("");
  gtk_label_set_text (self->members_title, title);
}

static void
epoch_cb (BsRunsView *self, const BsEpoch *epoch)
{
  bs_learning_chart_add (self->curves, epoch);
  self->told = *epoch;
}

typedef struct {
  GPtrArray *runs; /* of BsRun: of one model, on the same encoders, by the same protocol */
  GPtrArray *rows; /* of BsRunRow (unowned) */
} Kin;

static void
kin_free (gpointer data)
{
  Kin *kin = data;
  g_ptr_array_unref (kin->runs);
  g_ptr_array_unref (kin->rows);
  g_free (kin);
}

static Kin *
find_kin (GHashTable *all, BsRun *run)
{
  g_autofree char *encoders = g_strjoinv (",", run->encoders);
  char *key = g_strjoin ("\n", run->model, encoders, run->protocol, NULL);
  Kin *kin = g_hash_table_lookup (all, key);
  if (kin != NULL) {
    g_free (key);
    return kin;
  }
  kin = g_new (Kin, 1);
  *kin = (Kin){ g_ptr_array_new (), g_ptr_array_new () };
  g_hash_table_insert (all, key, kin);
  return kin;
}

/* Runs that would look the same in the list say in which settings they differ. */
static void
show_differences (BsRunsView *self)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kin_free);
  GHashTableIter iter;
  gpointer value;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (BS_IS_RUN_ROW (row)) {
      Kin *kin = find_kin (all, bs_run_row_get_run (BS_RUN_ROW (row)));
      g_ptr_array_add (kin->runs, bs_run_row_get_run (BS_RUN_ROW (row)));
      g_ptr_array_add (kin->rows, row);
    }
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Kin *kin = value;
    g_auto (GStrv) keys = bs_runs_differing (kin->runs);
    for (guint i = 0; i < kin->rows->len; i++)
      bs_run_row_set_distinction (g_ptr_array_index (kin->rows, i), keys);
  }
}

static void
insert_row (BsRunsView *self, BsRun *run, int position)
{
  GtkWidget *row = bs_run_row_new (run);
  g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), self, 0);
  g_signal_connect_object (row, "choose", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (self->list, row, position);
}

/* Rows of runs that stay are kept: a grid has many, and adds one after the other. */
static void
fill_list (BsRunsView *self)
{
  GPtrArray *runs = bs_run_library_get_runs (bs_workspace_get_library (self->workspace));
  for (int i = 0;; i++) {
    BsRun *run = i < (int) runs->len ? g_ptr_array_index (runs, i) : NULL;
    GtkListBoxRow *row;
    while ((row = gtk_list_box_get_row_at_index (self->list, i)) != NULL &&
           (run == NULL || !g_ptr_array_find (runs, bs_run_row_get_run (BS_RUN_ROW (row)), NULL)))
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    if (run == NULL)
      return;
    if (row == NULL || bs_run_row_get_run (BS_RUN_ROW (row)) != run)
      insert_row (self, run, i);
  }
}

static void
runs_changed_cb (BsRunsView *self)
{
  fill_list (self);
  show_differences (self);
  scores_changed_cb (self);
  choose_cb (self);
  mark_open_run (self);
  show_curves (self);
}

static void
run_changed_cb (BsRunsView *self)
{
  mark_open_run (self);
  show_members (self);
  show_curves (self);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsRunsView *self = BS_RUNS_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  BsTrainingQueue *queue = bs_workspace_get_training_queue (workspace);
  g_signal_connect_object (bs_workspace_get_library (workspace), "notify::runs",
                           G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::current", G_CALLBACK (show_curves), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::run", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "epoch", G_CALLBACK (epoch_cb), self, G_CONNECT_SWAPPED);
  bs_chart_menu_set_chart (self->curves_menu, BS_CHART_VIEW (self->curves), workspace);
  g_signal_connect_object (bs_workspace_get_jobs (workspace), "changed", G_CALLBACK (show_progress),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::comparison", G_CALLBACK (choose_cb), self,
                           G_CONNECT_SWAPPED);
  self->scores = bs_run_scores_new (workspace);
  g_signal_connect_object (self->scores, "changed", G_CALLBACK (scores_changed_cb), self,
                           G_CONNECT_SWAPPED);
  bs_comparison_view_set_scores (self->comparison, self->scores);
  runs_changed_cb (self);
}

static void
bs_runs_view_dispose (GObject *object)
{
  BsRunsView *self = BS_RUNS_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_RUNS_VIEW);
  g_clear_object (&self->scores);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_runs_view_parent_class)->dispose (object);
}

static void
bs_runs_view_finalize (GObject *object)
{
  g_array_unref (BS_RUNS_VIEW (object)->measures);
  G_OBJECT_CLASS (bs_runs_view_parent_class)->finalize (object);
}

static void
bs_runs_view_class_init (BsRunsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_runs_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  G_OBJECT_CLASS (klass)->finalize = bs_runs_view_finalize;
  g_type_ensure (BS_TYPE_CHART_MENU);
  g_type_ensure (BS_TYPE_COMPARISON_VIEW);
  g_type_ensure (BS_TYPE_LEARNING_CHART);
  g_type_ensure (BS_TYPE_MEMBER_TABLE);
  g_type_ensure (BS_TYPE_TRAIN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-runs-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, form);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, curves_box);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, status);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, measure);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, progress);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, curves);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, curves_menu);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, compare);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, comparison);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, members_box);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, members_title);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, members);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, fuse_box);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, fuse_protocol);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, fuse);
  gtk_widget_class_bind_template_child (widget_class, BsRunsView, list);
  gtk_widget_class_bind_template_callback (widget_class, measure_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, fuse_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bs_runs_view_init (BsRunsView *self)
{
  self->measures = g_array_new (FALSE, FALSE, sizeof (BsLearningMeasure));
  bs_gtk48_compat_init (self);
  g_signal_connect_object (self->curves, "measures-changed", G_CALLBACK (measures_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
