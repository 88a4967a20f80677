/* SPDX-License-Identifier: MIT */
/* Each control of the decision bar is moved as a person does it, and what must follow outside the
 * bar is compared with figures worked out beside it. */
#include <adwaita.h>
#include <math.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/analysis/bs-fold-table.h"
#include "ui/analysis/bs-thresholds-view.h"
#include "ui/decision/bs-decision-bar.h"
#include "ui/decision/bs-fold-chooser.h"
#include "ui/decision/bs-protocol-button.h"
#include "ui/decision/bs-run-chooser.h"
#include "ui/decision/bs-tuned-tag.h"
#include "ui/session/bs-label-text.h"

#define COLUMN_SCORE 3

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  BsThresholdState *state;
  GtkWidget *window;
  GtkWidget *bar;
  BsThresholdsView *view;
} Desk;

static Desk desk;

static gboolean
has_run (void)
{
  return bs_threshold_state_get_tuning (desk.state) != NULL;
}

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (desk.workspace) != NULL;
}

static guint
n_runs (void)
{
  return bs_run_library_get_runs (bs_workspace_get_library (desk.workspace))->len;
}

static gboolean
has_two_runs (void)
{
  return n_runs () == 2 && has_run ();
}

/* Of the fold table, which is no part of the bar; of a fold, or of the mean behind them. */
static double
score_in_table (gsize row)
{
  g_autoptr (BsTable) table =
    bs_fold_table_make_table (bs_test_part (desk.view, BS_TYPE_FOLD_TABLE));
  bs_test_paint_once (desk.window);
  return bs_table_number (table, row, COLUMN_SCORE);
}

static double
score_at (BsThresholdPair pair, int fold)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (desk.state);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  BsThresholds all;
  bs_thresholds_set_all (&all, pair);
  bs_metrics_compute (metrics, cases, &all);
  return fold < 0 ? metrics->mean_score : bs_counts_score (&metrics->fold[fold]);
}

static void
set_scales (double alpha, double beta)
{
  gtk_range_set_value (bs_test_named (desk.bar, GTK_TYPE_SCALE, "Alpha"), alpha);
  gtk_range_set_value (bs_test_named (desk.bar, GTK_TYPE_SCALE, "Beta"), beta);
}

static void
test_the_sliders_set_all_folds (void)
{
  set_scales (.31, .22);
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), ==,
                     score_at ((BsThresholdPair){ .31, .22 }, -1));
  set_scales (.12, .05);
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), ==,
                     score_at ((BsThresholdPair){ .12, .05 }, -1));
}

static gboolean
press (gpointer number, guint keyval)
{
  GListModel *controllers = gtk_widget_observe_controllers (number);
  gboolean taken = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
    g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);
    if (GTK_IS_EVENT_CONTROLLER_KEY (keys) &&
        gtk_event_controller_get_propagation_phase (keys) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (keys, "key-pressed", keyval, 0, 0, &taken);
  }
  g_object_unref (controllers);
  return taken;
}

static guint
n_changed (BsLabel *before)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (desk.state);
  guint n = 0;
  for (gsize i = 0; i < cases->n; i++) {
    BsLabel now = bs_threshold_state_get_metrics (desk.state)->decisions[i].label;
    n += !bs_label_equal (now, before[i]);
    before[i] = now;
  }
  return n;
}

static void
test_up_and_down_go_to_the_next_decision (void)
{
  const char *const names[] = { "Alpha, as a number", "Beta, as a number" };
  g_autofree BsLabel *labels = g_new0 (BsLabel, bs_threshold_state_get_cases (desk.state)->n);
  set_scales (.2, .2);
  n_changed (labels);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GtkWidget *number = bs_test_named (desk.bar, GTK_TYPE_SPIN_BUTTON, names[i]);
    double before = gtk_spin_button_get_value (GTK_SPIN_BUTTON (number));
    g_assert_true (press (number, GDK_KEY_Up));
    g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (number)), >, before);
    g_assert_cmpuint (n_changed (labels), >, 0);
    g_assert_true (press (number, GDK_KEY_Down));
    g_assert_cmpuint (n_changed (labels), >, 0);
    g_assert_false (press (number, GDK_KEY_Left));
    g_assert_cmpuint (n_changed (labels), ==, 0);
  }
}

static void
test_a_typed_number_counts_before_a_step (void)
{
  GtkWidget *number = bs_test_named (desk.bar, GTK_TYPE_SPIN_BUTTON, "Alpha, as a number");
  gtk_editable_set_text (GTK_EDITABLE (number), "0.3");
  g_assert_true (press (number, GDK_KEY_Up));
  g_assert_cmpfloat (bs_threshold_state_get_pair (desk.state).alpha, >, .3);
  g_assert_cmpfloat (bs_threshold_state_get_pair (desk.state).alpha, <, .4);
}

static void
test_a_protocol_is_taken_from_its_list (void)
{
  GtkWidget *button = bs_test_part (desk.bar, BS_TYPE_PROTOCOL_BUTTON);
  GtkListBox *list = bs_test_part (button, GTK_TYPE_LIST_BOX);
  const BsTuning *tuning = bs_threshold_state_get_tuning (desk.state);
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (list, BS_PROTOCOL_BEST_FOLD));
  g_assert_cmpint (bs_threshold_state_get_protocol (desk.state), ==, BS_PROTOCOL_BEST_FOLD);
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), ==,
                     tuning->protocols[BS_PROTOCOL_BEST_FOLD].mean_score);
}

static void
test_one_fold_is_set_alone (void)
{
  GtkDropDown *folds =
    bs_test_part (bs_test_part (desk.bar, BS_TYPE_FOLD_CHOOSER), GTK_TYPE_DROP_DOWN);
  set_scales (.2, .2);
  double other = score_in_table (0);
  gtk_drop_down_set_selected (folds, 3);
  set_scales (.45, .01);
  g_assert_cmpfloat (score_in_table (2), ==, score_at ((BsThresholdPair){ .45, .01 }, 2));
  g_assert_cmpfloat (score_in_table (0), ==, other);
  gtk_drop_down_set_selected (folds, 0);
}

static void
click (const char *name)
{
  GtkWidget *button = bs_test_named (desk.bar, GTK_TYPE_BUTTON, name);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_undo_and_redo (void)
{
  bs_threshold_state_apply_protocol (desk.state, BS_PROTOCOL_OFFICIAL);
  double before = score_in_table (MADE_N_FOLDS);
  set_scales (.5, .5);
  double after = score_in_table (MADE_N_FOLDS);
  g_assert_cmpfloat (before, !=, after);
  click ("Undo the change of thresholds");
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), ==, before);
  click ("Redo the change of thresholds");
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), ==, after);
  g_assert_false (gtk_widget_is_sensitive (
    bs_test_named (desk.bar, GTK_TYPE_BUTTON, "Redo the change of thresholds")));
}

static void
assert_figure (gsize index, double value)
{
  char text[BS_LABEL_TEXT_FIGURE];
  for (GtkWidget *child = gtk_widget_get_first_child (desk.bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "bs-figure") && index-- == 0) {
      g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (child)), ==,
                       bs_label_text_figure (text, value));
      return;
    }
  g_assert_not_reached ();
}

static void
test_the_figures_are_the_means_of_the_folds (void)
{
  set_scales (.21, .13);
  const BsMetrics *metrics = bs_threshold_state_get_metrics (desk.state);
  assert_figure (0, metrics->mean_presence);
  assert_figure (1, metrics->mean_salience);
  assert_figure (2, metrics->mean_score);
}

static void
test_the_tag_says_where (void)
{
  GtkWidget *tag = bs_test_part (desk.bar, BS_TYPE_TUNED_TAG);
  gtk_test_accessible_assert_property (tag, GTK_ACCESSIBLE_PROPERTY_LABEL, "tuned here");
  g_assert_true (gtk_widget_has_css_class (tag, "here"));
  bs_threshold_state_apply_protocol (desk.state, BS_PROTOCOL_TRAIN);
  /* A bare file does not say on which clips its network was chosen. */
  gtk_test_accessible_assert_property (tag, GTK_ACCESSIBLE_PROPERTY_LABEL, "not known");
  g_assert_true (gtk_widget_has_css_class (tag, "not-known"));
  g_assert_false (gtk_widget_has_css_class (tag, "here"));
}

static void
test_another_run_is_opened_from_its_list (void)
{
  const char *path = test_folder_path (desk.folder, "second.csv");
  bs_test_write_predictions (desk.workspace, path, 6);
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_two_runs, "a second run");
  double before = score_in_table (MADE_N_FOLDS);
  BsRun *open = bs_workspace_get_run (desk.workspace);
  GtkWidget *chooser = bs_test_part (desk.bar, BS_TYPE_RUN_CHOOSER);
  GtkMenuButton *button = bs_test_part (chooser, GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (button);
  GtkListBox *list = bs_test_part (chooser, GTK_TYPE_LIST_BOX);
  GPtrArray *runs = bs_run_library_get_runs (bs_workspace_get_library (desk.workspace));
  int other = g_ptr_array_index (runs, 0) == open ? 1 : 0;
  BsRun *expected = g_ptr_array_index (runs, (guint) other);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, other));
  g_assert_true (bs_workspace_get_run (desk.workspace) == expected);
  bs_test_wait_for (has_run, "its optima");
  g_assert_cmpfloat (score_in_table (MADE_N_FOLDS), !=, before);
  g_autofree char *expected_name = g_strdup_printf ("Run: %s", expected->title);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (button)), ==, expected_name);
}

static void
test_without_a_run_nothing_can_be_set (void)
{
  g_autoptr (BsRun) run = bs_run_ref (bs_workspace_get_run (desk.workspace));
  bs_workspace_open_run (desk.workspace, NULL);
  g_assert_false (gtk_widget_is_sensitive (bs_test_named (desk.bar, GTK_TYPE_SCALE, "Alpha")));
  assert_figure (2, NAN);
  bs_workspace_open_run (desk.workspace, run);
  bs_test_wait_for (has_run, "its optima");
  g_assert_true (gtk_widget_is_sensitive (bs_test_named (desk.bar, GTK_TYPE_SCALE, "Alpha")));
}

static void
open_desk (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  desk.folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  desk.workspace = bs_workspace_new ();
  desk.state = bs_workspace_get_thresholds (desk.workspace);
  desk.window = gtk_window_new ();
  desk.bar = g_object_new (BS_TYPE_DECISION_BAR, "workspace", desk.workspace, NULL);
  desk.view = g_object_new (BS_TYPE_THRESHOLDS_VIEW, "workspace", desk.workspace, NULL);
  gtk_box_append (GTK_BOX (box), desk.bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.view));
  gtk_window_set_child (GTK_WINDOW (desk.window), box);
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 1280, 700);
  gtk_window_present (GTK_WINDOW (desk.window));
  bs_workspace_open_folder (desk.workspace, desk.folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  const char *path = test_folder_path (desk.folder, "predictions.csv");
  bs_test_write_predictions (desk.workspace, path, 5);
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_run, "the run");
  bs_test_paint_once (desk.window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  bs_test_load_style ();
  open_desk ();
  g_test_add_func ("/bar/the sliders set all folds", test_the_sliders_set_all_folds);
  g_test_add_func ("/bar/up and down go to the next decision",
                   test_up_and_down_go_to_the_next_decision);
  g_test_add_func ("/bar/a typed number counts before a step",
                   test_a_typed_number_counts_before_a_step);
  g_test_add_func ("/bar/a protocol is taken from its list",
                   test_a_protocol_is_taken_from_its_list);
  g_test_add_func ("/bar/one fold is set alone", test_one_fold_is_set_alone);
  g_test_add_func ("/bar/undo and redo", test_undo_and_redo);
  g_test_add_func ("/bar/the figures are the means of the folds",
                   test_the_figures_are_the_means_of_the_folds);
  g_test_add_func ("/bar/the tag says where", test_the_tag_says_where);
  g_test_add_func ("/bar/another run is opened from its list",
                   test_another_run_is_opened_from_its_list);
  g_test_add_func ("/bar/without a run nothing can be set", test_without_a_run_nothing_can_be_set);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (desk.window));
  g_object_run_dispose (G_OBJECT (desk.workspace));
  g_object_unref (desk.workspace);
  test_folder_free (desk.folder);
  return status;
}
