/* SPDX-License-Identifier: MIT */
/* Grids of trainings from the Runs view: queued, shown in one table, stopped and gone on with; and
 * runs put side by side. */
#include <adwaita.h>
#include <math.h>

#include "tests/support/bs-test-training.h"
#include "ui/chart/bs-table-view-private.h"
#include "ui/runs/bs-comparison-view-private.h"
#include "ui/runs/bs-run-row.h"

enum { LR, SMOOTHING, TUNED, SCORE, PRESENCE, SALIENCE, N_COLUMNS };

static BsComparisonView *
view (void)
{
  return bs_test_part (bs_test_training.runs, BS_TYPE_COMPARISON_VIEW);
}

static const BsTable *
table (void)
{
  return bs_table_view_get_table (bs_test_part (view (), BS_TYPE_TABLE_VIEW));
}

static GtkWidget *
button (const char *label)
{
  for (GtkWidget *b = bs_test_of_class (GTK_WIDGET (view ()), "small-button"); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (b)), label) == 0 ||
        g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (b)), label) == 0)
      return b;
  g_assert_not_reached ();
}

static GPtrArray *
runs (void)
{
  return bs_run_library_get_runs (bs_workspace_get_library (bs_test_training.workspace));
}

static gboolean
is_scored (void)
{
  const BsTable *t = table ();
  for (gsize row = 0; row < bs_table_n_rows (t); row++)
    if (isnan (bs_table_number (t, row, bs_table_n_columns (t) - (N_COLUMNS - SCORE))))
      return FALSE;
  return bs_table_n_rows (t) > 0;
}

static void
press_train (const char *label)
{
  GtkWidget *train = bs_test_train_button ();
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (train)), ==, label);
  g_assert_true (gtk_widget_is_sensitive (train));
  g_signal_emit_by_name (train, "clicked");
}

static void
choose_linear (const char *lr, const char *smoothing, int n_epochs)
{
  bs_test_choose_encoders (1);
  bs_test_choose_model ("linear");
  bs_test_type ("lr", lr);
  bs_test_type ("smoothing", smoothing);
  gtk_spin_button_set_value (bs_test_named (bs_test_form (), GTK_TYPE_SPIN_BUTTON, "Epochs"),
                             n_epochs);
}

static void
assert_text (gsize row, gsize column, const char *text)
{
  g_autofree char *there = bs_table_dup_text (table (), row, column);
  g_assert_cmpstr (there, ==, text);
}

static void
test_lists_of_values_make_a_grid (void)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (view ())));
  choose_linear ("1e-3, 1e-2", "0,0.1,", 4);
  g_assert_cmpstr (bs_option_row_get_problem (bs_test_option ("smoothing")), ==,
                   "smoothing: \"\" is no number of at least 0 and at most 0.5");
  bs_test_type ("smoothing", "0,0.1,0");
  g_assert_cmpstr (bs_option_row_get_problem (bs_test_option ("smoothing")), ==,
                   "smoothing: the value 0 is given twice");
  bs_test_type ("smoothing", "0,0.1");
  g_assert_null (bs_option_row_get_problem (bs_test_option ("smoothing")));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (bs_test_train_button ())), ==,
                   "_Train 4 Runs");
  GtkDropDown *features = bs_test_part (bs_test_option ("features"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (features, 2);
  g_autofree char *each = bs_option_row_dup_several (bs_test_option ("features"));
  g_assert_cmpstr (each, ==, "aggregate,subsample");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (bs_test_train_button ())), ==,
                   "_Train 8 Runs");
  bs_option_row_reset (bs_test_option ("features"));
}

/* One of the combinations is impossible: nothing is queued, and the form says why. */
static void
test_an_impossible_combination_is_told_before (void)
{
  bs_test_choose_model ("attention-pool");
  bs_test_type ("heads", "4,3");
  bs_test_type ("width", "16");
  g_assert_false (gtk_widget_is_sensitive (bs_test_train_button ()));
  g_assert_true (bs_test_has_label (bs_test_form (), "heads: 3 do not divide the width 16"));
  bs_test_type ("seed", "1,2,3,4,5,6,7,8,9,10,11");
  bs_test_type ("dropout", "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9");
  bs_test_type ("length", "1,2,3,4,5,6,7,8,9,10");
  g_assert_true (bs_test_has_label (bs_test_form (), "More than 200 runs"));
  bs_test_choose_model ("linear");
}

static void
test_several_values_are_kept_with_their_model (void)
{
  choose_linear ("1e-3,1e-2", "0,0.1", 4);
  bs_test_choose_model ("stat");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (bs_test_train_button ())), ==, "_Train");
  bs_test_choose_model ("linear");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (bs_test_train_button ())), ==,
                   "_Train 4 Runs");
  bs_option_row_reset (bs_test_option ("lr"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (bs_test_train_button ())), ==,
                   "_Train 2 Runs");
}

/* As the run's own thresholds have it, which were tuned on each fold. */
static void
assert_figures (gsize row, BsRun *run)
{
  BsThresholds thresholds;
  BsMetadata *metadata = bs_workspace_get_metadata (bs_test_training.workspace);
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (metadata, run->predictions, NULL);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_thresholds_take_run (&thresholds, run, cases);
  bs_metrics_compute (metrics, cases, &thresholds);
  g_autofree char *presence =
    g_strdup_printf ("%.3f ±%.3f", metrics->mean_presence, metrics->std_presence);
  g_autofree char *salience =
    g_strdup_printf ("%.3f ±%.3f", metrics->mean_salience, metrics->std_salience);
  g_assert_cmpfloat (bs_table_number (table (), row, SCORE), ==, metrics->mean_score);
  assert_text (row, PRESENCE, presence);
  assert_text (row, SALIENCE, salience);
}

static void
assert_grid (void)
{
  static const char *const lr[] = { "0.001", "0.001", "0.01", "0.01" };
  static const char *const smoothing[] = { "0", "0.1", "0", "0.1" };
  g_assert_cmpuint (bs_table_n_columns (table ()), ==, N_COLUMNS);
  g_assert_cmpstr (bs_table_header (table (), LR), ==, "lr");
  g_assert_cmpstr (bs_table_header (table (), SMOOTHING), ==, "smoothing");
  g_assert_cmpuint (bs_table_n_rows (table ()), ==, G_N_ELEMENTS (lr));
  const BsComparison *grid =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (bs_test_training.workspace));
  for (gsize row = 0; row < G_N_ELEMENTS (lr); row++) {
    const BsCompared *entry = g_ptr_array_index (grid->entries, row);
    assert_text (row, LR, lr[row]);
    assert_text (row, SMOOTHING, smoothing[row]);
    assert_text (row, TUNED, "here");
    g_assert_cmpstr (g_hash_table_lookup (entry->run->settings, "lr"), ==, lr[row]);
    g_assert_cmpstr (g_hash_table_lookup (entry->run->settings, "smoothing"), ==, smoothing[row]);
    assert_figures (row, entry->run);
  }
}

static void
test_a_grid_is_trained_and_shown_in_one_table (void)
{
  choose_linear ("1e-3,1e-2", "0,0.1", 4);
  press_train ("_Train 4 Runs");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (view ())));
  g_assert_true (gtk_widget_get_visible (button ("_Stop All")));
  g_assert_false (gtk_widget_get_visible (button ("window-close-symbolic")));
  bs_test_wait_for (bs_test_is_idle, "the grid");
  bs_test_wait_for (is_scored, "the scores");
  assert_grid ();
  g_assert_true (bs_test_has_label (GTK_WIDGET (view ()), "Grid of lr, smoothing: 4 of 4 runs"));
  g_assert_true (bs_test_has_label (GTK_WIDGET (view ()), "Best score "));
  g_assert_false (gtk_widget_get_visible (button ("_Stop All")));
  g_assert_cmpuint (runs ()->len, ==, 4);
  /* The first opened itself, as nothing was open; the others left it alone. */
  g_assert_true (bs_workspace_get_run (bs_test_training.workspace) ==
                 g_ptr_array_index (runs (), 3));
  GtkWidget *row = bs_test_part (bs_test_training.runs, BS_TYPE_RUN_ROW);
  g_assert_true (bs_test_has_label (row, "lr 0.01 · smoothing 0.1 · "));
  bs_test_paint_once (bs_test_training.window);
}

static void
test_the_table_is_saved_with_all_digits (void)
{
  g_autoptr (BsTable) file = bs_comparison_view_make_table (view ());
  const BsComparison *grid =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (bs_test_training.workspace));
  g_assert_cmpuint (bs_table_n_rows (file), ==, 4);
  g_assert_cmpuint (bs_table_n_columns (file), ==, 12);
  g_assert_cmpstr (bs_table_header (file, 1), ==, "lr");
  g_assert_cmpstr (bs_table_header (file, 3), ==, "acc_presence");
  g_assert_cmpstr (bs_table_header (file, 7), ==, "score");
  for (gsize row = 0; row < 4; row++) {
    const BsCompared *entry = g_ptr_array_index (grid->entries, row);
    g_autofree char *folder = g_path_get_basename (entry->run->folder);
    g_autofree char *name = bs_table_dup_text (file, row, 0);
    g_autofree char *tuned = bs_table_dup_text (file, row, 9);
    g_assert_cmpstr (name, ==, folder);
    g_assert_cmpfloat (bs_table_number (file, row, 7), ==, bs_table_number (table (), row, SCORE));
    g_assert_cmpstr (tuned, ==, "here");
    g_assert_cmpfloat (bs_table_number (file, row, 10), ==, MADE_N_FOLDS);
  }
}

static void
test_a_row_of_the_table_opens_its_run (void)
{
  const BsComparison *grid =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (bs_test_training.workspace));
  const BsCompared *entry = g_ptr_array_index (grid->entries, 2);
  GtkColumnView *columns = bs_test_part (view (), GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) score =
    g_list_model_get_item (gtk_column_view_get_columns (columns), LR);
  /* Sorted by the rate, largest first: the third of the grid is the first. */
  gtk_column_view_sort_by_column (columns, score, GTK_SORT_DESCENDING);
  g_signal_emit_by_name (columns, "activate", 0u);
  g_assert_true (bs_workspace_get_run (bs_test_training.workspace) == entry->run);
  gtk_column_view_sort_by_column (columns, NULL, GTK_SORT_ASCENDING);
}

static void
test_the_same_grid_again_takes_what_is_there (void)
{
  choose_linear ("1e-3,1e-2,2e-2", "0,0.1", 4);
  press_train ("_Train 6 Runs");
  bs_test_wait_for (bs_test_is_idle, "the rest of the grid");
  bs_test_wait_for (is_scored, "the scores");
  g_assert_cmpuint (bs_table_n_rows (table ()), ==, 6);
  g_assert_cmpuint (runs ()->len, ==, 6);
}

/* As the table has it. */
static gboolean
is_begun (void)
{
  g_autofree char *state = bs_table_dup_text (table (), 0, TUNED);
  return g_str_equal (state, "at work");
}

static void
test_a_grid_is_stopped (void)
{
  choose_linear ("1e-3,1e-2", "0.2,0.3", 1000000);
  press_train ("_Train 4 Runs");
  bs_test_wait_for (is_begun, "the first training");
  assert_text (3, TUNED, "waits");
  g_signal_emit_by_name (button ("_Stop All"), "clicked");
  bs_test_wait_for (bs_test_is_idle, "the end of all");
  for (gsize row = 0; row < 4; row++)
    assert_text (row, TUNED, "stopped");
  g_assert_cmpuint (runs ()->len, ==, 6);
  g_signal_emit_by_name (button ("window-close-symbolic"), "clicked");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (view ())));
}

static void
choose_rows (guint n)
{
  GtkWidget *row = bs_test_part (bs_test_training.runs, BS_TYPE_RUN_ROW);
  for (guint i = 0; i < n; i++, row = gtk_widget_get_next_sibling (row))
    gtk_check_button_set_active (bs_test_part (row, GTK_TYPE_CHECK_BUTTON), TRUE);
}

static GtkWidget *
compare_button (void)
{
  GtkWidget *fuse =
    bs_test_named (bs_test_training.runs, GTK_TYPE_DROP_DOWN, "Whose clips choose the weights");
  return gtk_widget_get_next_sibling (fuse);
}

static void
test_chosen_runs_are_put_side_by_side (void)
{
  choose_rows (1);
  g_assert_false (gtk_widget_is_sensitive (compare_button ()));
  choose_rows (2);
  g_assert_true (gtk_widget_is_sensitive (compare_button ()));
  g_signal_emit_by_name (compare_button (), "clicked");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (view ())));
  g_assert_cmpuint (bs_table_n_rows (table ()), ==, 2);
  g_assert_cmpstr (bs_table_header (table (), 0), ==, "smoothing");
  g_assert_true (is_scored ());
  bs_run_library_delete (bs_workspace_get_library (bs_test_training.workspace),
                         g_ptr_array_index (runs (), 0));
  g_assert_cmpuint (bs_table_n_rows (table ()), ==, 1);
  g_signal_emit_by_name (button ("window-close-symbolic"), "clicked");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  bs_test_training_begin ();
  bs_test_training_show ();
  g_test_add_func ("/comparison/lists of values make a grid", test_lists_of_values_make_a_grid);
  g_test_add_func ("/comparison/an impossible combination is told before",
                   test_an_impossible_combination_is_told_before);
  g_test_add_func ("/comparison/several values are kept with their model",
                   test_several_values_are_kept_with_their_model);
  g_test_add_func ("/comparison/a grid is trained and shown in one table",
                   test_a_grid_is_trained_and_shown_in_one_table);
  g_test_add_func ("/comparison/the table is saved with all digits",
                   test_the_table_is_saved_with_all_digits);
  g_test_add_func ("/comparison/a row of the table opens its run",
                   test_a_row_of_the_table_opens_its_run);
  g_test_add_func ("/comparison/the same grid again takes what is there",
                   test_the_same_grid_again_takes_what_is_there);
  g_test_add_func ("/comparison/a grid is stopped", test_a_grid_is_stopped);
  g_test_add_func ("/comparison/chosen runs are put side by side",
                   test_chosen_runs_are_put_side_by_side);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (bs_test_training.window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  bs_test_training_end ();
  return status;
}
