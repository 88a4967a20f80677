/* SPDX-License-Identifier: MIT */
/* Training from the window: the form's words and settings, the curves while a training runs, and
 * what the views make of models that decide themselves. */
#include <adwaita.h>
#include <math.h>

#include "tests/support/bs-test-training.h"
#include "ui/analysis/bs-thresholds-view.h"
#include "ui/chart/bs-learning-chart.h"
#include "ui/decision/bs-decision-bar.h"
#include "ui/runs/bs-run-row.h"
#include "ui/session/bs-why.h"

#define MOST_TABS 40

static struct {
  BsDecisionBar *bar;
  BsThresholdsView *thresholds;
} desk;

static void
assert_reason (const char *words)
{
  GtkWidget *reason = bs_test_of_class (bs_test_form (), "warning");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (reason)), ==, words);
  g_assert_true (gtk_widget_get_visible (reason) == (*words != '\0'));
  g_assert_true (gtk_widget_is_sensitive (bs_test_train_button ()) == (*words == '\0'));
}

static void
test_train_is_offered_where_model_and_encoders_fit (void)
{
  bs_test_choose_encoders (3);
  bs_test_choose_model ("mlp-512");
  assert_reason ("");
  bs_test_choose_model ("bilstm");
  assert_reason ("Bidirectional LSTM learns from one encoder: choose one.");
  bs_test_choose_encoders (2);
  assert_reason ("");
  bs_test_choose_model ("mixed");
  assert_reason ("Mixed fuses encoders: choose two or more.");
  bs_test_choose_encoders (0);
  bs_test_choose_model ("linear");
  assert_reason ("Choose an encoder to learn from.");
  bs_test_choose_encoders (3);
  assert_reason ("");
  GtkDropDown *features = bs_test_part (bs_test_option ("features"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (features, BS_FEATURES_SUBSAMPLE);
  assert_reason ("Every row a sample: the rows are of one encoder, so choose one.");
  bs_option_row_reset (bs_test_option ("features"));
  assert_reason ("");
}

static void
test_every_model_is_listed_with_its_own_settings (void)
{
  gsize n_models = 0;
  const BsModelInfo *models = bs_model_infos (&n_models);
  GtkDropDown *drop_down = bs_test_named (bs_test_form (), GTK_TYPE_DROP_DOWN, "Model");
  GListModel *listed = gtk_drop_down_get_model (drop_down);
  g_assert_cmpuint (g_list_model_get_n_items (listed), ==, n_models);
  for (guint m = 0; m < n_models; m++) {
    g_autoptr (GArray) options = bs_train_options (models[m].name);
    guint n = 0;
    bs_test_choose_model (models[m].name);
    g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (listed), m), ==, models[m].title);
    g_assert_true (bs_test_has_label (bs_test_form (), models[m].text));
    for (guint i = 0; i < options->len; i++)
      n += bs_test_option (g_array_index (options, BsTrainOption, i).key) != NULL;
    /* The epochs and the network of all clips stand outside the list. */
    g_assert_cmpuint (n, ==, options->len - 2);
  }
}

static void
test_a_setting_is_changed_refused_and_reset (void)
{
  bs_test_choose_encoders (1);
  bs_test_choose_model ("bilstm");
  BsOptionRow *row = bs_test_option ("lr");
  GtkEditable *entry = bs_test_part (row, GTK_TYPE_ENTRY);
  GtkWidget *settings = bs_test_part (bs_test_form (), GTK_TYPE_MENU_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "0.0003");
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (settings)), ==, "_Settings…");
  gtk_editable_set_text (entry, "1e-3");
  g_assert_true (bs_option_row_is_changed (row));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (settings)), ==, "_Settings (1)…");
  gtk_editable_set_text (entry, "fast");
  g_assert_cmpstr (bs_option_row_get_problem (row), ==,
                   "lr: \"fast\" is no number above 0 and at most 10");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  assert_reason ("A setting is refused. lr: \"fast\" is no number above 0 and at most 10");
  bs_option_row_reset (row);
  g_assert_null (bs_option_row_get_problem (row));
  g_assert_false (bs_option_row_is_changed (row));
  assert_reason ("");
}

static void
test_a_model_keeps_what_was_set_for_it (void)
{
  bs_test_choose_encoders (1);
  bs_test_choose_model ("bilstm");
  bs_test_type ("width", "16");
  bs_test_choose_model ("stat");
  g_assert_null (bs_test_option ("width"));
  bs_test_choose_model ("bilstm");
  g_assert_cmpstr (gtk_editable_get_text (bs_test_part (bs_test_option ("width"), GTK_TYPE_ENTRY)),
                   ==, "16");
  g_assert_true (bs_option_row_is_changed (bs_test_option ("width")));
}

/* By Tab from the window's first widget on, as someone does who has no pointer. */
static void
go_by_tab (GtkWidget *to)
{
  gtk_window_set_focus (GTK_WINDOW (bs_test_training.window), NULL);
  for (int i = 0; i < MOST_TABS && !gtk_widget_has_focus (to); i++)
    gtk_widget_child_focus (bs_test_training.window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_has_focus (to));
}

static void
assert_curves (guint n_epochs)
{
  BsLearningChart *chart = bs_test_part (bs_test_training.runs, BS_TYPE_LEARNING_CHART);
  const char *const names[] = { "score", "loss", "KL", "BCE", "ranking", "learning rate" };
  GtkDropDown *measure =
    bs_test_named (bs_test_training.runs, GTK_TYPE_DROP_DOWN, "What the curves show");
  GListModel *offered = gtk_drop_down_get_model (measure);
  g_assert_cmpuint (g_list_model_get_n_items (offered), ==, BS_LEARNING_N_MEASURES);
  for (guint m = 0; m < BS_LEARNING_N_MEASURES; m++) {
    gtk_drop_down_set_selected (measure, m);
    g_autoptr (BsTable) table = bs_chart_view_make_table (BS_CHART_VIEW (chart));
    g_autoptr (GtkStringObject) name = g_list_model_get_item (offered, m);
    g_assert_cmpstr (gtk_string_object_get_string (name), ==, names[m]);
    /* A curve a fold; of the losses two. */
    guint n_curves = m == BS_LEARNING_LOSS ? 2 * MADE_N_FOLDS : MADE_N_FOLDS;
    g_assert_cmpuint (bs_table_n_rows (table), ==, n_curves * n_epochs);
    for (gsize row = 0; row < bs_table_n_rows (table); row++)
      g_assert_true (isfinite (bs_table_number (table, row, bs_table_n_columns (table) - 1)));
  }
  gtk_drop_down_set_selected (measure, 0);
}

static void
test_an_lstm_is_trained_by_keyboard_with_its_curves (void)
{
  guint before =
    bs_run_library_get_runs (bs_workspace_get_library (bs_test_training.workspace))->len;
  bs_test_choose_encoders (1);
  bs_test_choose_model ("bilstm");
  bs_test_type ("width", "16");
  bs_test_type ("hidden", "8");
  gtk_spin_button_set_value (bs_test_named (bs_test_form (), GTK_TYPE_SPIN_BUTTON, "Epochs"), 3);
  gtk_switch_set_active (bs_test_part (bs_test_form (), GTK_TYPE_SWITCH), TRUE);
  go_by_tab (bs_test_train_button ());
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (bs_test_training.window))));
  bs_test_wait_for (bs_test_is_training, "the button");
  g_assert_cmpstr (
    bs_training_queue_get_current (bs_workspace_get_training_queue (bs_test_training.workspace))
      ->model,
    ==, "bilstm");
  bs_test_wait_for (bs_test_is_idle, "the training");
  g_assert_cmpuint (
    bs_run_library_get_runs (bs_workspace_get_library (bs_test_training.workspace))->len, ==,
    before + 1);
  BsRun *run = bs_workspace_get_run (bs_test_training.workspace);
  g_assert_cmpstr (run->model, ==, "bilstm");
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "width"), ==, "16");
  g_assert_nonnull (run->all);
  bs_test_paint_once (bs_test_training.window);
  assert_curves (3);
  gtk_switch_set_active (bs_test_part (bs_test_form (), GTK_TYPE_SWITCH), FALSE);
}

static void
test_a_row_says_how_its_run_was_made (void)
{
  GtkWidget *row = bs_test_part (bs_test_training.runs, BS_TYPE_RUN_ROW);
  BsRun *run = bs_run_row_get_run (BS_RUN_ROW (row));
  g_assert_cmpstr (run->model, ==, "bilstm");
  GtkWidget *badge = bs_test_of_class (row, "ratio");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (badge)), ==, "transductive");
  g_assert_false (gtk_widget_get_visible (badge));
  badge = gtk_widget_get_next_sibling (badge);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (badge)), ==, "test network");
  g_assert_true (gtk_widget_get_visible (badge));
  GtkWidget *subtitle = gtk_widget_get_next_sibling (gtk_widget_get_parent (badge));
  const char *details = gtk_widget_get_tooltip_text (subtitle);
  g_assert_nonnull (strstr (details, "\nwidth 16 (preset: 256)"));
  g_assert_nonnull (strstr (details, "\nepochs 3 (preset: 500)"));
  g_assert_null (strstr (details, "\nlr "));
}

/* Two trainings wait for each other; the curves are those of the one at work. */
static void
test_curves_begin_anew_with_the_next_training (void)
{
  for (int i = 0; i < 2; i++) {
    g_autoptr (BsTrainConfig) config = bs_train_config_new ();
    bs_train_config_set (config, "model", "linear", NULL);
    bs_train_config_set (config, "encoders", "Voice", NULL);
    bs_train_config_set (config, "epochs", i == 0 ? "4" : "2", NULL);
    bs_training_queue_train (bs_workspace_get_training_queue (bs_test_training.workspace), config);
  }
  bs_test_wait_for (bs_test_is_idle, "two trainings");
  g_autoptr (BsTable) table =
    bs_chart_view_make_table (bs_test_part (bs_test_training.runs, BS_TYPE_LEARNING_CHART));
  g_assert_cmpuint (bs_table_n_rows (table), ==, 2 * MADE_N_FOLDS);
}

static void
train (const char *model)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", model, NULL);
  bs_train_config_set (config, "encoders", "Face", NULL);
  bs_train_config_set (config, "epochs", "2", NULL);
  bs_train_config_set (config, "normalise", "actor", NULL);
  bs_training_queue_train (bs_workspace_get_training_queue (bs_test_training.workspace), config);
  bs_test_wait_for (bs_test_is_idle, model);
  bs_test_paint_once (bs_test_training.window);
}

/* What is said over the picture, beside the sliders and under the folds' figures. */
static void
assert_decides_itself (const char *words)
{
  int clip =
    (int) bs_threshold_state_get_cases (bs_workspace_get_thresholds (bs_test_training.workspace))
      ->clip[0];
  const double *marginals = bs_threshold_state_get_probabilities (
    bs_workspace_get_thresholds (bs_test_training.workspace), clip);
  double sum = 0;
  g_assert_nonnull (marginals);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    sum += marginals[e];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
  g_assert_false (gtk_widget_is_sensitive (bs_test_part (desk.bar, GTK_TYPE_SCALE)));
  GtkWidget *given = bs_test_of_class (GTK_WIDGET (desk.bar), "bs-given");
  g_assert_true (gtk_widget_get_visible (given));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (given), words));
  g_assert_nonnull (
    strstr (gtk_widget_get_tooltip_text (given), "There is nothing for alpha and beta to decide."));
  g_assert_true (bs_test_has_label (GTK_WIDGET (desk.thresholds), words));
  g_assert_true (
    bs_test_has_label (GTK_WIDGET (desk.thresholds), "none: alpha and beta have no say"));
}

static void
test_the_36_labels_leave_nothing_to_alpha_and_beta (void)
{
  train ("direct-36");
  assert_decides_itself ("The model itself chooses one of the 36 labels.");
}

static void
test_a_regressed_share_has_a_cut_of_its_own (void)
{
  train ("salience-regression");
  BsRun *run = bs_workspace_get_run (bs_test_training.workspace);
  const BsFoldResult *fold = bs_run_fold (run, 0);
  g_autofree char *cut = g_strdup_printf ("at most %.3f (its own cut)", fold->cut);
  g_autofree char *sentence = bs_why_given (run, 0);
  assert_decides_itself ("The model itself chooses the emotions; a blend is 50/50");
  g_assert_nonnull (strstr (sentence, cut));
  GtkWidget *badge =
    bs_test_of_class (bs_test_part (bs_test_training.runs, BS_TYPE_RUN_ROW), "ratio");
  g_assert_true (gtk_widget_get_visible (badge));
}

static void
open_desk (void)
{
  bs_test_training_begin ();
  desk.bar = g_object_new (BS_TYPE_DECISION_BAR, "workspace", bs_test_training.workspace, NULL);
  desk.thresholds = g_object_new (BS_TYPE_THRESHOLDS_VIEW, NULL);
  g_object_set (desk.thresholds, "workspace", bs_test_training.workspace, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (desk.thresholds), 440, -1);
  gtk_box_append (GTK_BOX (bs_test_training.box), GTK_WIDGET (desk.thresholds));
  gtk_box_append (GTK_BOX (bs_test_training.box), GTK_WIDGET (desk.bar));
  bs_test_training_show ();
}

static void
test_the_form_ends_with_its_window (void)
{
  GtkWidget *gone = bs_test_form ();
  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *) &gone);
  gtk_window_destroy (GTK_WINDOW (bs_test_training.window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  int status;
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  open_desk ();
  g_test_add_func ("/training/train is offered where model and encoders fit",
                   test_train_is_offered_where_model_and_encoders_fit);
  g_test_add_func ("/training/every model has its own settings",
                   test_every_model_is_listed_with_its_own_settings);
  g_test_add_func ("/training/a setting is changed, refused and reset",
                   test_a_setting_is_changed_refused_and_reset);
  g_test_add_func ("/training/a model keeps what was set for it",
                   test_a_model_keeps_what_was_set_for_it);
  g_test_add_func ("/training/an lstm is trained by keyboard, with its curves",
                   test_an_lstm_is_trained_by_keyboard_with_its_curves);
  g_test_add_func ("/training/a row says how its run was made",
                   test_a_row_says_how_its_run_was_made);
  g_test_add_func ("/training/curves begin anew with the next training",
                   test_curves_begin_anew_with_the_next_training);
  g_test_add_func ("/training/the 36 labels leave nothing to alpha and beta",
                   test_the_36_labels_leave_nothing_to_alpha_and_beta);
  g_test_add_func ("/training/a regressed share has a cut of its own",
                   test_a_regressed_share_has_a_cut_of_its_own);
  g_test_add_func ("/training/the form ends with its window", test_the_form_ends_with_its_window);
  status = g_test_run ();
  bs_test_training_end ();
  return status;
}
