/* SPDX-License-Identifier: MIT */
/* Training from the window: the form's words and settings, the curves while a training runs, and
 * what the views make of models that decide themselves. */
#include <adwaita.h>
#include <math.h>

#include "tests/ui/bs-test-widgets.h"
#include "tests/unit/model/made-corpus.h"
#include "ui/bs-learning-chart.h"
#include "ui/bs-option-row.h"
#include "ui/bs-pair-controls.h"
#include "ui/bs-run-row.h"
#include "ui/bs-runs-view.h"
#include "ui/bs-thresholds-view.h"
#include "ui/bs-train-form.h"
#include "ui/bs-why.h"

#define MOST_TABS 40

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  GtkWidget *window;
  BsPairControls *controls;
  BsThresholdsView *thresholds;
  BsRunsView *runs;
} Desk;

static Desk desk;

static gpointer
form (void)
{
  return bs_test_part (desk.runs, BS_TYPE_TRAIN_FORM);
}

static GtkWidget *
find_of_class (GtkWidget *root, const char *css_class)
{
  if (gtk_widget_has_css_class (root, css_class))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_of_class (child, css_class);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
train_button (void)
{
  return find_of_class (form (), "suggested-action");
}

static void
assert_reason (const char *words)
{
  GtkWidget *reason = find_of_class (form (), "warning");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (reason)), ==, words);
  g_assert_true (gtk_widget_get_visible (reason) == (*words != '\0'));
  g_assert_true (gtk_widget_is_sensitive (train_button ()) == (*words == '\0'));
}

static void
choose_model (const char *name)
{
  const char *const *models = bs_train_models ();
  guint i = 0;
  while (!g_str_equal (models[i], name))
    i++;
  gtk_drop_down_set_selected (bs_test_named (form (), GTK_TYPE_DROP_DOWN, "Model"), i);
}

static void
choose_encoders (guint which)
{
  GtkWidget *flow = bs_test_part (form (), GTK_TYPE_FLOW_BOX);
  guint i = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (flow); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    gtk_check_button_set_active (bs_test_part (child, GTK_TYPE_CHECK_BUTTON), (which >> i) & 1);
}

static BsOptionRow *
find_row (const char *key)
{
  GtkWidget *row = bs_test_find (form (), BS_TYPE_OPTION_ROW);
  while (row != NULL && !g_str_equal (bs_option_row_get_key (BS_OPTION_ROW (row)), key))
    row = gtk_widget_get_next_sibling (row);
  return row != NULL ? BS_OPTION_ROW (row) : NULL;
}

static void
test_train_is_offered_where_model_and_encoders_fit (void)
{
  choose_encoders (3);
  choose_model ("mlp-512");
  assert_reason ("");
  choose_model ("bilstm");
  assert_reason ("Bidirectional LSTM learns from one encoder: choose one.");
  choose_encoders (2);
  assert_reason ("");
  choose_model ("mixed");
  assert_reason ("Mixed fuses encoders: choose two or more.");
  choose_encoders (0);
  choose_model ("linear");
  assert_reason ("Choose an encoder to learn from.");
  choose_encoders (3);
  assert_reason ("");
  GtkDropDown *features = bs_test_part (find_row ("features"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (features, BS_FEATURES_SUBSAMPLE);
  assert_reason ("Every row a sample: the rows are of one encoder, so choose one.");
  bs_option_row_reset (find_row ("features"));
  assert_reason ("");
}

static void
test_every_model_has_its_own_settings (void)
{
  for (guint m = 0; bs_train_models ()[m] != NULL; m++) {
    g_autoptr (GArray) options = bs_train_options (bs_train_models ()[m]);
    guint n = 0;
    choose_model (bs_train_models ()[m]);
    for (guint i = 0; i < options->len; i++)
      n += find_row (g_array_index (options, BsTrainOption, i).key) != NULL;
    /* The epochs and the network of all clips stand outside the list. */
    g_assert_cmpuint (n, ==, options->len - 2);
  }
}

static void
test_a_setting_is_changed_refused_and_reset (void)
{
  choose_encoders (1);
  choose_model ("bilstm");
  BsOptionRow *row = find_row ("lr");
  GtkEditable *entry = bs_test_part (row, GTK_TYPE_ENTRY);
  GtkWidget *settings = bs_test_part (form (), GTK_TYPE_MENU_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "0.0003");
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (settings)), ==, "_Settings…");
  gtk_editable_set_text (entry, "1e-3");
  g_assert_true (bs_option_row_is_changed (row));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (settings)), ==,
                   "_Settings (1 changed)…");
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
  choose_encoders (1);
  choose_model ("bilstm");
  gtk_editable_set_text (bs_test_part (find_row ("width"), GTK_TYPE_ENTRY), "16");
  choose_model ("stat");
  g_assert_null (find_row ("width"));
  choose_model ("bilstm");
  g_assert_cmpstr (gtk_editable_get_text (bs_test_part (find_row ("width"), GTK_TYPE_ENTRY)), ==,
                   "16");
  g_assert_true (bs_option_row_is_changed (find_row ("width")));
}

static gboolean
is_idle (void)
{
  return !bs_workspace_is_training (desk.workspace);
}

static gboolean
is_at_work (void)
{
  return !is_idle ();
}

/* By Tab from the window's first widget on, as someone does who has no pointer. */
static void
go_by_tab (GtkWidget *to)
{
  gtk_window_set_focus (GTK_WINDOW (desk.window), NULL);
  for (int i = 0; i < MOST_TABS && !gtk_widget_has_focus (to); i++)
    gtk_widget_child_focus (desk.window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_has_focus (to));
}

static void
assert_curves (guint n_epochs)
{
  BsLearningChart *chart = bs_test_part (desk.runs, BS_TYPE_LEARNING_CHART);
  const char *const names[] = { "score", "loss", "KL", "BCE", "ranking", "learning rate" };
  GtkDropDown *measure = bs_test_named (desk.runs, GTK_TYPE_DROP_DOWN, "What the curves show");
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
  guint before = bs_workspace_get_runs (desk.workspace)->len;
  choose_encoders (1);
  choose_model ("bilstm");
  gtk_editable_set_text (bs_test_part (find_row ("width"), GTK_TYPE_ENTRY), "16");
  gtk_editable_set_text (bs_test_part (find_row ("hidden"), GTK_TYPE_ENTRY), "8");
  gtk_spin_button_set_value (bs_test_named (form (), GTK_TYPE_SPIN_BUTTON, "Epochs"), 3);
  gtk_switch_set_active (bs_test_part (form (), GTK_TYPE_SWITCH), TRUE);
  go_by_tab (train_button ());
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (desk.window))));
  bs_test_wait_for (is_at_work, "the button");
  g_assert_cmpstr (bs_workspace_get_training (desk.workspace, NULL)->model, ==, "bilstm");
  bs_test_wait_for (is_idle, "the training");
  g_assert_cmpuint (bs_workspace_get_runs (desk.workspace)->len, ==, before + 1);
  BsRun *run = bs_workspace_get_run (desk.workspace);
  g_assert_cmpstr (run->model, ==, "bilstm");
  g_assert_cmpstr (g_hash_table_lookup (run->settings, "width"), ==, "16");
  g_assert_nonnull (run->all);
  bs_test_paint_once (desk.window);
  assert_curves (3);
  gtk_switch_set_active (bs_test_part (form (), GTK_TYPE_SWITCH), FALSE);
}

static void
test_a_row_says_how_its_run_was_made (void)
{
  GtkWidget *row = bs_test_part (desk.runs, BS_TYPE_RUN_ROW);
  BsRun *run = bs_run_row_get_run (BS_RUN_ROW (row));
  g_assert_cmpstr (run->model, ==, "bilstm");
  GtkWidget *badge = find_of_class (row, "ratio");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (badge)), ==, "transductive");
  g_assert_false (gtk_widget_get_visible (badge));
  badge = gtk_widget_get_next_sibling (badge);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (badge)), ==, "test network");
  g_assert_true (gtk_widget_get_visible (badge));
  GtkWidget *subtitle = gtk_widget_get_next_sibling (gtk_widget_get_parent (badge));
  const char *details = gtk_widget_get_tooltip_text (subtitle);
  g_assert_nonnull (strstr (details, "\nwidth 16 (usually 256)"));
  g_assert_nonnull (strstr (details, "\nepochs 3 (usually 500)"));
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
    bs_workspace_train (desk.workspace, config);
  }
  bs_test_wait_for (is_idle, "two trainings");
  g_autoptr (BsTable) table =
    bs_chart_view_make_table (bs_test_part (desk.runs, BS_TYPE_LEARNING_CHART));
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
  bs_workspace_train (desk.workspace, config);
  bs_test_wait_for (is_idle, model);
  bs_test_paint_once (desk.window);
}

static gboolean
has_label (GtkWidget *root, const char *text)
{
  gboolean found = GTK_IS_LABEL (root) && gtk_widget_is_visible (root) &&
                   strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = has_label (child, text);
  return found;
}

/* What is said over the picture, beside the sliders and under the folds' figures. */
static void
assert_decides_itself (const char *words)
{
  int clip = (int) bs_workspace_get_cases (desk.workspace)->clip[0];
  const double *marginals = bs_workspace_get_probabilities (desk.workspace, clip);
  double sum = 0;
  g_assert_nonnull (marginals);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    sum += marginals[e];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
  g_assert_false (gtk_widget_is_sensitive (bs_test_part (desk.controls, GTK_TYPE_SCALE)));
  g_assert_true (has_label (GTK_WIDGET (desk.controls), words));
  g_assert_true (
    has_label (GTK_WIDGET (desk.controls), "There is nothing for alpha and beta to decide."));
  g_assert_true (has_label (GTK_WIDGET (desk.thresholds), words));
  g_assert_true (has_label (GTK_WIDGET (desk.thresholds), "none: alpha and beta have no say"));
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
  BsRun *run = bs_workspace_get_run (desk.workspace);
  const BsFoldResult *fold = bs_run_fold (run, 0);
  g_autofree char *cut = g_strdup_printf ("at most %.3f (its own cut)", fold->cut);
  g_autofree char *sentence = bs_why_given (run, 0);
  assert_decides_itself ("The model itself chooses the emotions; a blend is 50/50");
  g_assert_nonnull (strstr (sentence, cut));
  GtkWidget *badge = find_of_class (bs_test_part (desk.runs, BS_TYPE_RUN_ROW), "ratio");
  g_assert_true (gtk_widget_get_visible (badge));
}

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (desk.workspace) != NULL;
}

static void
open_desk (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  desk.folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  desk.workspace = bs_workspace_new ();
  desk.window = gtk_window_new ();
  desk.controls = g_object_new (BS_TYPE_PAIR_CONTROLS, NULL);
  desk.thresholds = g_object_new (BS_TYPE_THRESHOLDS_VIEW, NULL);
  desk.runs = g_object_new (BS_TYPE_RUNS_VIEW, NULL);
  bs_pair_controls_set_workspace (desk.controls, desk.workspace);
  bs_thresholds_view_set_workspace (desk.thresholds, desk.workspace);
  bs_runs_view_set_workspace (desk.runs, desk.workspace);
  gtk_widget_set_size_request (GTK_WIDGET (desk.runs), 440, -1);
  gtk_widget_set_size_request (GTK_WIDGET (desk.thresholds), 440, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.runs));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.thresholds));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.controls));
  gtk_window_set_child (GTK_WINDOW (desk.window), box);
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 1280, 800);
  gtk_window_present (GTK_WINDOW (desk.window));
  bs_workspace_open_folder (desk.workspace, desk.folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  bs_test_paint_once (desk.window);
}

static void
test_the_form_ends_with_its_window (void)
{
  GtkWidget *gone = form ();
  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *) &gone);
  gtk_window_destroy (GTK_WINDOW (desk.window));
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
                   test_every_model_has_its_own_settings);
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
  g_object_run_dispose (G_OBJECT (desk.workspace));
  g_object_unref (desk.workspace);
  test_folder_free (desk.folder);
  return status;
}
