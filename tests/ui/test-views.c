/* SPDX-License-Identifier: MIT */
/* The analysis views on a small corpus with a run: what they show, and what the pointer and the
 * keyboard do there. */
#include <adwaita.h>
#include <math.h>

#include "data/base/bs-random.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/analysis/bs-actor-row.h"
#include "ui/analysis/bs-actors-view-private.h"
#include "ui/analysis/bs-confusion-view-private.h"
#include "ui/analysis/bs-fold-table.h"
#include "ui/analysis/bs-projection-view-private.h"
#include "ui/analysis/bs-thresholds-view-private.h"
#include "ui/chart/bs-matrix-view.h"
#include "ui/chart/bs-scatter-view.h"
#include "ui/chart/bs-score-map-view.h"
#include "ui/chart/bs-table-model.h"
#include "ui/chart/bs-table-window.h"
#include "ui/decision/bs-decision-bar-private.h"
#include "ui/runs/bs-member-table-private.h"
#include "ui/runs/bs-run-row.h"
#include "ui/runs/bs-runs-view.h"
#include "ui/session/bs-label-text.h"
#include "viz/chart/bs-score-map-private.h"

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  GtkWidget *window;
  GtkStack *stack;
  BsDecisionBar *bar;
  BsThresholdsView *thresholds;
  BsConfusionView *confusion;
  BsProjectionView *projection;
  BsActorsView *actors;
  BsRunsView *runs;
} Desk;

static Desk desk;

static void
show_view (const char *name)
{
  gtk_stack_set_visible_child_name (desk.stack, name);
  bs_test_paint_once (desk.window);
}

static gboolean
type_key (gpointer chart, guint keyval, GdkModifierType modifiers)
{
  return BS_CHART_VIEW_GET_CLASS (chart)->key (BS_CHART_VIEW (chart), keyval, modifiers);
}

static void
clear_filter (void)
{
  BsFilter filter;
  bs_filter_init (&filter);
  bs_clip_selection_set_filter (bs_workspace_get_selection (desk.workspace), &filter);
}

static guint
n_accepted (void)
{
  gsize n = bs_metadata_n_clips (bs_workspace_get_metadata (desk.workspace));
  guint accepted = 0;
  for (gsize clip = 0; clip < n; clip++)
    accepted +=
      bs_clip_selection_accepts (bs_workspace_get_selection (desk.workspace), clip, NULL) != 0;
  return accepted;
}

static void
assert_all_carry_the_state (void)
{
  guint64 serial = bs_threshold_state_get_serial (bs_workspace_get_thresholds (desk.workspace));
  g_assert_cmpuint (bs_decision_bar_get_serial (desk.bar), ==, serial);
  g_assert_cmpuint (bs_thresholds_view_get_serial (desk.thresholds), ==, serial);
  g_assert_cmpuint (bs_confusion_view_get_serial (desk.confusion), ==, serial);
  g_assert_cmpuint (bs_projection_view_get_serial (desk.projection), ==, serial);
  g_assert_cmpuint (bs_actors_view_get_serial (desk.actors), ==, serial);
}

static void
assert_fold_table_is_the_figures (void)
{
  const BsMetrics *metrics =
    bs_threshold_state_get_metrics (bs_workspace_get_thresholds (desk.workspace));
  g_autoptr (BsTable) table =
    bs_fold_table_make_table (bs_test_part (desk.thresholds, BS_TYPE_FOLD_TABLE));
  g_assert_cmpuint (bs_table_n_rows (table), ==, MADE_N_FOLDS + 2);
  for (gsize fold = 0; fold < MADE_N_FOLDS; fold++)
    g_assert_cmpfloat (bs_table_number (table, fold, 1), ==,
                       bs_counts_presence (&metrics->fold[fold]));
  g_assert_cmpfloat (bs_table_number (table, MADE_N_FOLDS, 3), ==, metrics->mean_score);
  g_assert_cmpfloat (bs_table_number (table, MADE_N_FOLDS + 1, 2), ==,
                     bs_counts_salience (&metrics->pooled));
}

static void
assert_matrix_is_the_figures (void)
{
  guint counts[BS_N_CLASSES][BS_N_CLASSES];
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  bs_metrics_confusion16 (
    bs_threshold_state_get_metrics (bs_workspace_get_thresholds (desk.workspace)), counts);
  for (int row = 0; row < BS_N_CLASSES; row++)
    for (int column = 0; column < BS_N_CLASSES; column++)
      g_assert_cmpuint (bs_matrix_view_count (matrix, (BsCellRef){ row, column }), ==,
                        counts[row][column]);
}

static void
test_after_one_paint_every_view_carries_the_same_state (void)
{
  static const char *const views[] = { "thresholds", "confusion", "projection", "actors" };
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++) {
    show_view (views[i]);
    bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                                 (BsThresholdPair){ .11 + .01 * (double) i, .2 });
    bs_test_paint_once (desk.window);
    assert_all_carry_the_state ();
  }
  show_view ("thresholds");
  assert_fold_table_is_the_figures ();
  show_view ("confusion");
  assert_matrix_is_the_figures ();
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ .3, .05 });
  bs_test_paint_once (desk.window);
  assert_matrix_is_the_figures ();
  show_view ("thresholds");
  assert_fold_table_is_the_figures ();
}

static void
test_the_map_sets_the_pair_by_keys_and_pointer (void)
{
  BsScoreMapView *view = bs_test_part (desk.thresholds, BS_TYPE_SCORE_MAP_VIEW);
  BsChartView *chart = BS_CHART_VIEW (view);
  double x, y;
  show_view ("thresholds");
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ .2, .3 });
  g_assert_true (type_key (view, GDK_KEY_Right, 0));
  g_assert_true (type_key (view, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_false (type_key (view, GDK_KEY_a, 0));
  BsThresholdPair pair = bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace));
  g_assert_cmpfloat_with_epsilon (pair.alpha, .205, 1e-9);
  g_assert_cmpfloat_with_epsilon (pair.beta, .25, 1e-9);
  bs_score_map_point (bs_score_map_view_get_map (view), bs_chart_view_width (chart),
                      bs_chart_view_height (chart), bs_chart_view_get_theme (chart), .4, .1, &x,
                      &y);
  bs_test_click_chart (chart, x, y, 1);
  pair = bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace));
  g_assert_cmpfloat_with_epsilon (pair.alpha, .4, .002);
  g_assert_cmpfloat_with_epsilon (pair.beta, .1, .002);
  g_assert_cmpfloat (bs_score_map_view_get_map (view)->alpha, ==, pair.alpha);
}

static void
test_undo_goes_back_before_the_last_gesture (void)
{
  bs_threshold_state_apply_protocol (bs_workspace_get_thresholds (desk.workspace),
                                     BS_PROTOCOL_OFFICIAL);
  BsThresholdPair before =
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace));
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ .9, .9 });
  bs_threshold_state_undo (bs_workspace_get_thresholds (desk.workspace));
  g_assert_cmpfloat (
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace)).alpha, ==,
    before.alpha);
  assert_all_carry_the_state ();
}

/* What the thresholds view says of the numbers: of the pair at the handle beside the folds' own,
 * and where they come from, which undo brings back with them. */
static void
test_the_label_and_the_handle_say_what_the_numbers_are (void)
{
  BsThresholdState *state = bs_workspace_get_thresholds (desk.workspace);
  GtkWidget *root = GTK_WIDGET (desk.window);
  const char by_hand[] = "thresholds set by hand", at_handle[] = "At the handle, one pair";
  show_view ("thresholds");
  bs_threshold_state_apply_protocol (state, BS_PROTOCOL_OFFICIAL);
  bs_test_paint_once (desk.window);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (state);
  g_autoptr (BsMetrics) one = bs_metrics_new (cases);
  BsThresholds all;
  bs_thresholds_set_all (&all, bs_threshold_state_get_pair (state));
  bs_metrics_compute (one, cases, &all);
  char figure[BS_LABEL_TEXT_FIGURE];
  g_autofree char *sentence = g_strdup_printf ("%s for all folds: score %s.", at_handle,
                                               bs_label_text_figure (figure, one->mean_score));
  g_assert_true (bs_test_has_label (root, sentence));
  g_assert_false (bs_test_has_label (root, by_hand));
  bs_threshold_state_set_pair (state, (BsThresholdPair){ .33, .21 });
  bs_test_paint_once (desk.window);
  g_assert_false (bs_test_has_label (root, at_handle));
  g_assert_true (bs_test_has_label (root, by_hand));
  bs_threshold_state_undo (state);
  bs_test_paint_once (desk.window);
  g_assert_true (bs_test_has_label (root, sentence));
  g_assert_false (bs_test_has_label (root, by_hand));
}

/* The numbers beside the sliders: the first is alpha's. */
static void
test_numbers_are_read_with_either_sign_and_not_rounded_by_looking (void)
{
  GtkSpinButton *number = bs_test_part (desk.bar, GTK_TYPE_SPIN_BUTTON);
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ 0.14473684210526316, .2 });
  gtk_spin_button_update (number);
  g_assert_cmpfloat (
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace)).alpha, ==,
    0.14473684210526316);
  gtk_editable_set_text (GTK_EDITABLE (number), "0,25");
  gtk_spin_button_update (number);
  g_assert_cmpfloat (
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace)).alpha, ==, .25);
  gtk_editable_set_text (GTK_EDITABLE (number), ".375");
  gtk_spin_button_update (number);
  g_assert_cmpfloat (
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace)).alpha, ==, .375);
  gtk_editable_set_text (GTK_EDITABLE (number), "much");
  gtk_spin_button_update (number);
  g_assert_cmpfloat (
    bs_threshold_state_get_pair (bs_workspace_get_thresholds (desk.workspace)).alpha, ==, .375);
}

static void
test_one_fold_can_be_set_alone (void)
{
  BsThresholds before;
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ .2, .2 });
  before = *bs_threshold_state_get_thresholds (bs_workspace_get_thresholds (desk.workspace));
  bs_threshold_state_set_edited_fold (bs_workspace_get_thresholds (desk.workspace), 2);
  show_view ("thresholds");
  g_assert_cmpuint (gtk_drop_down_get_selected (bs_test_part (desk.bar, GTK_TYPE_DROP_DOWN)), ==,
                    3);
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.workspace),
                               (BsThresholdPair){ .4, .1 });
  const BsThresholds *after =
    bs_threshold_state_get_thresholds (bs_workspace_get_thresholds (desk.workspace));
  g_assert_cmpfloat (after->fold[2].alpha, ==, .4);
  g_assert_cmpfloat (after->fold[1].alpha, ==, before.fold[1].alpha);
  gtk_drop_down_set_selected (bs_test_part (desk.bar, GTK_TYPE_DROP_DOWN), 0);
  g_assert_cmpint (
    bs_threshold_state_get_edited_fold (bs_workspace_get_thresholds (desk.workspace)), ==, -1);
}

/* The largest cell off the diagonal. */
static BsCellRef
largest_error (BsMatrixView *matrix)
{
  BsCellRef best = { 0, 1 };
  for (int row = 0; row < BS_N_CLASSES; row++)
    for (int column = 0; column < BS_N_CLASSES; column++)
      if (row != column && bs_matrix_view_count (matrix, (BsCellRef){ row, column }) >
                             bs_matrix_view_count (matrix, best))
        best = (BsCellRef){ row, column };
  return best;
}

static void
test_a_click_on_a_cell_filters_its_clips_and_a_second_takes_it_back (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  clear_filter ();
  show_view ("confusion");
  BsCellRef cell = largest_error (matrix);
  BsRect rect = bs_matrix_view_place (matrix, cell);
  guint n = (guint) bs_matrix_view_count (matrix, cell);
  g_assert_cmpuint (n, >, 0);
  bs_test_click_chart (BS_CHART_VIEW (matrix), rect.x + rect.width / 2, rect.y + rect.height / 2,
                       1);
  g_assert_cmpuint (
    bs_clip_selection_get_filter (bs_workspace_get_selection (desk.workspace))->truth, ==,
    bs_filter_class_mask (cell.row));
  g_assert_cmpuint (n_accepted (), ==, n);
  bs_test_click_chart (BS_CHART_VIEW (matrix), rect.x + rect.width / 2, rect.y + rect.height / 2,
                       1);
  g_assert_true (bs_filter_is_empty (
    bs_clip_selection_get_filter (bs_workspace_get_selection (desk.workspace))));
  /* The class' name stands for the whole row. */
  bs_test_click_chart (BS_CHART_VIEW (matrix), 30, rect.y + rect.height / 2, 1);
  g_assert_cmpuint (n_accepted (), ==, bs_matrix_view_count (matrix, (BsCellRef){ cell.row, -1 }));
  clear_filter ();
}

static gboolean
has_clip (void)
{
  return bs_clip_selection_get_clip (bs_workspace_get_selection (desk.workspace)) >= 0;
}

static void
test_the_matrix_is_used_by_keyboard_alone (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  clear_filter ();
  bs_clip_selection_set_clip (bs_workspace_get_selection (desk.workspace), -1);
  show_view ("confusion");
  BsCellRef cell = largest_error (matrix);
  g_assert_true (type_key (matrix, GDK_KEY_Right, 0));
  g_assert_true (type_key (matrix, GDK_KEY_Home, 0));
  for (int i = 0; i < BS_N_CLASSES; i++)
    type_key (matrix, GDK_KEY_Up, 0);
  for (int i = 0; i < cell.row; i++)
    type_key (matrix, GDK_KEY_Down, 0);
  for (int i = 0; i < cell.column; i++)
    type_key (matrix, GDK_KEY_Right, 0);
  g_assert_true (type_key (matrix, GDK_KEY_Return, 0));
  g_assert_cmpuint (n_accepted (), ==, bs_matrix_view_count (matrix, cell));
  bs_test_wait_for (has_clip, "the first clip of the cell");
  int clip = bs_clip_selection_get_clip (bs_workspace_get_selection (desk.workspace));
  g_assert_cmpint (clip, >=, 0);
  g_assert_true (
    bs_clip_selection_accepts (bs_workspace_get_selection (desk.workspace), (gsize) clip, NULL));
  clear_filter ();
}

static void
test_36_classes_hold_the_same_clips (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  GtkWidget *unit = bs_test_part (desk.confusion, GTK_TYPE_DROP_DOWN);
  GtkDropDown *classes = GTK_DROP_DOWN (gtk_widget_get_next_sibling (unit));
  guint64 n = bs_matrix_view_count (matrix, BS_CELL_NONE);
  show_view ("confusion");
  gtk_drop_down_set_selected (classes, 1);
  bs_test_paint_once (desk.window);
  g_autoptr (BsTable) table = bs_chart_view_make_table (BS_CHART_VIEW (matrix));
  g_assert_cmpuint (bs_table_n_rows (table), ==, BS_N_SALIENCE_CLASSES);
  g_assert_cmpuint (bs_matrix_view_count (matrix, BS_CELL_NONE), ==, n);
  gtk_drop_down_set_selected (classes, 0);
  bs_test_paint_once (desk.window);
}

/* Names of 36 classes do not fit with legible cells: the widget scrolls, and the picture of the
 * whole is larger than the widget. */
static void
test_the_matrix_scrolls_zooms_and_exports_all (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  GtkWidget *unit = bs_test_part (desk.confusion, GTK_TYPE_DROP_DOWN);
  GtkDropDown *classes = GTK_DROP_DOWN (gtk_widget_get_next_sibling (unit));
  BsCellRef first = { 0, 0 }, last = { BS_N_SALIENCE_CLASSES - 1, BS_N_SALIENCE_CLASSES - 1 };
  show_view ("confusion");
  gtk_drop_down_set_selected (classes, 1);
  bs_test_paint_once (desk.window);
  double width = bs_chart_view_width (BS_CHART_VIEW (matrix));
  double height = bs_chart_view_height (BS_CHART_VIEW (matrix));
  double size_px = bs_chart_view_get_theme (BS_CHART_VIEW (matrix))->size_px;
  BsRect cell = bs_matrix_view_place (matrix, first), end = bs_matrix_view_place (matrix, last);
  g_assert_cmpfloat (cell.width, >=, 1.4 * size_px - 1);
  g_assert_cmpfloat (end.y + end.height, >, height);

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = bs_chart_view_export (BS_CHART_VIEW (matrix), BS_CHART_SVG, &error);
  g_assert_no_error (error);
  const char *text = strstr (g_bytes_get_data (svg, NULL), "width=\"");
  g_assert_nonnull (text);
  g_assert_cmpfloat (g_ascii_strtod (text + strlen ("width=\""), NULL), >=, end.x + end.width);

  /* The cursor takes the view with it. */
  type_key (matrix, GDK_KEY_Home, 0);
  for (int i = 0; i < BS_N_SALIENCE_CLASSES; i++)
    type_key (matrix, GDK_KEY_Down, 0);
  type_key (matrix, GDK_KEY_End, 0);
  BsRect seen = bs_matrix_view_place (matrix, last);
  g_assert_cmpfloat (seen.x + seen.width, <=, width);
  g_assert_cmpfloat (seen.y + seen.height, <=, height);
  type_key (matrix, GDK_KEY_Home, 0);
  g_assert_cmpfloat (bs_matrix_view_place (matrix, (BsCellRef){ last.row, 0 }).x, ==, cell.x);

  g_assert_true (type_key (matrix, GDK_KEY_plus, 0));
  g_assert_cmpfloat (bs_matrix_view_place (matrix, first).width, >, cell.width);
  for (int i = 0; i < 20; i++)
    type_key (matrix, GDK_KEY_minus, 0);
  end = bs_matrix_view_place (matrix, last);
  g_assert_cmpfloat (end.x + end.width, <=, width);
  g_assert_cmpfloat (end.y + end.height, <=, height);
  g_assert_true (type_key (matrix, GDK_KEY_0, 0));
  g_assert_cmpfloat (bs_matrix_view_place (matrix, first).width, ==, cell.width);
  gtk_drop_down_set_selected (classes, 0);
  bs_test_paint_once (desk.window);
}

static gboolean
has_points (void)
{
  g_autoptr (BsTable) table =
    bs_chart_view_make_table (bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW));
  return bs_table_n_rows (table) == MADE_N_FOLDS * MADE_PER_FOLD;
}

static gboolean
has_points_of_a_pair (void)
{
  g_autoptr (BsTable) table =
    bs_chart_view_make_table (bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW));
  gsize n = bs_table_n_rows (table);
  return n > 2 && n < MADE_N_FOLDS * MADE_PER_FOLD;
}

static void
test_the_projection_is_worked_out_when_it_is_looked_at (void)
{
  GtkWidget *encoder = bs_test_part (desk.projection, GTK_TYPE_DROP_DOWN);
  GtkDropDown *pair = GTK_DROP_DOWN (gtk_widget_get_next_sibling (encoder));
  show_view ("projection");
  bs_test_wait_for (has_points, "the projection of all clips");
  gtk_drop_down_set_selected (pair, BS_N_PAIRS);
  bs_test_wait_for (has_points_of_a_pair, "the projection of a pair");
  gtk_drop_down_set_selected (pair, 0);
  bs_test_wait_for (has_points, "the projection of all clips again");
}

static void
test_points_are_found_by_keyboard_and_lasso (void)
{
  BsScatterView *plane = bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW);
  double w = bs_chart_view_width (BS_CHART_VIEW (plane));
  double h = bs_chart_view_height (BS_CHART_VIEW (plane));
  const double corners[][2] = { { 1, 1 }, { w - 1, 1 }, { w - 1, h - 1 }, { 1, h - 1 } };
  show_view ("projection");
  bs_test_wait_for (has_points, "the projection");
  bs_clip_selection_set_clip (bs_workspace_get_selection (desk.workspace), -1);
  g_assert_true (type_key (plane, GDK_KEY_Right, 0));
  g_assert_true (type_key (plane, GDK_KEY_plus, 0));
  g_assert_true (type_key (plane, GDK_KEY_Home, 0));
  g_assert_true (type_key (plane, GDK_KEY_Return, 0));
  g_assert_cmpint (bs_clip_selection_get_clip (bs_workspace_get_selection (desk.workspace)), >=, 0);
  clear_filter ();
  BsChartPress press = { BS_CHART_DRAG_BEGIN, 1, 1, 1, 1, 1, GDK_SHIFT_MASK };
  BS_CHART_VIEW_GET_CLASS (plane)->press (BS_CHART_VIEW (plane), &press);
  press.phase = BS_CHART_DRAG_UPDATE;
  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++) {
    press.x = corners[i][0];
    press.y = corners[i][1];
    BS_CHART_VIEW_GET_CLASS (plane)->press (BS_CHART_VIEW (plane), &press);
  }
  press.phase = BS_CHART_DRAG_END;
  BS_CHART_VIEW_GET_CLASS (plane)->press (BS_CHART_VIEW (plane), &press);
  g_assert_true (bs_filter_has (
    bs_clip_selection_get_filter (bs_workspace_get_selection (desk.workspace)), BS_FACET_CLIPS));
  g_assert_cmpuint (n_accepted (), ==, MADE_N_FOLDS * MADE_PER_FOLD);
  clear_filter ();
}

static void
test_actors_add_up_and_lead_to_their_clips (void)
{
  GtkColumnView *view = bs_test_part (desk.actors, GTK_TYPE_COLUMN_VIEW);
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (view));
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GtkColumnViewColumn) presence = g_list_model_get_item (columns, BS_ACTOR_PRESENCE);
  double n = 0, before = INFINITY;
  clear_filter ();
  show_view ("actors");
  gtk_column_view_sort_by_column (view, presence, GTK_SORT_DESCENDING);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2 * MADE_N_FOLDS);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (BsActorRow) row = g_list_model_get_item (rows, i);
    double value = bs_actor_row_get_value (row, BS_ACTOR_PRESENCE);
    g_assert_cmpfloat (value, <=, before);
    before = value;
    n += bs_actor_row_get_value (row, BS_ACTOR_CLIPS);
  }
  g_assert_cmpfloat (n, ==, MADE_N_FOLDS * MADE_PER_FOLD);
  g_signal_emit_by_name (view, "activate", 0u);
  g_autoptr (BsActorRow) first = g_list_model_get_item (rows, 0);
  g_assert_cmpint (
    bs_clip_selection_get_filter (bs_workspace_get_selection (desk.workspace))->actor, ==,
    bs_actor_row_get_actor (first));
  g_assert_cmpuint (n_accepted (), ==, (guint) bs_actor_row_get_value (first, BS_ACTOR_CLIPS));
  clear_filter ();
}

static void
check_chart (gpointer view, GType type, gsize least_rows)
{
  BsChartView *chart = bs_test_part (view, type);
  static const char *const heads[] = { "\x89PNG", "<?xml", "%PDF" };
  g_autoptr (BsTable) table = bs_chart_view_make_table (chart);
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       bs_chart_view_get_name (chart));
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (chart)));
  g_assert_cmpuint (bs_table_n_rows (table), >=, least_rows);
  for (BsChartFormat format = BS_CHART_PNG; format <= BS_CHART_PDF; format++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bs_chart_view_export (chart, format, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (bytes), >, 500);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (heads[format]), heads[format],
                     strlen (heads[format]));
  }
}

static void
test_every_chart_has_words_a_table_and_files (void)
{
  show_view ("projection");
  bs_test_wait_for (has_points, "the projection");
  check_chart (desk.thresholds, BS_TYPE_SCORE_MAP_VIEW, 1000);
  check_chart (desk.confusion, BS_TYPE_MATRIX_VIEW, BS_N_CLASSES);
  check_chart (desk.projection, BS_TYPE_SCATTER_VIEW, MADE_N_FOLDS * MADE_PER_FOLD);
}

static void
test_a_table_window_follows_its_chart_and_sorts (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  show_view ("confusion");
  GtkWidget *window = bs_table_window_new (BS_CHART_VIEW (matrix));
  gtk_window_present (GTK_WINDOW (window));
  bs_test_paint_once (desk.window);
  GtkColumnView *view = bs_test_part (window, GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (view);
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (view));
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, BS_N_CLASSES + 2);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, BS_N_CLASSES);
  g_autoptr (GtkColumnViewColumn) clips = g_list_model_get_item (columns, BS_N_CLASSES + 1);
  gtk_column_view_sort_by_column (view, clips, GTK_SORT_ASCENDING);
  double before = -1;
  for (guint i = 0; i < BS_N_CLASSES; i++) {
    g_autoptr (BsTableRow) row = g_list_model_get_item (rows, i);
    g_autofree char *text = bs_table_row_dup_text (row, BS_N_CLASSES + 1);
    g_assert_cmpfloat (g_ascii_strtod (text, NULL), >=, before);
    before = g_ascii_strtod (text, NULL);
  }
  g_assert_cmpfloat (before, >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_run (void)
{
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (desk.workspace)) != NULL;
}

static gboolean
has_decisions (void)
{
  BsEvaluationSet *cases =
    bs_threshold_state_get_cases (bs_workspace_get_thresholds (desk.workspace));
  return cases != NULL && cases->fixed != NULL;
}

static void
test_decisions_without_probabilities_leave_nothing_to_set (void)
{
  g_autoptr (GString) json = g_string_new ("{\"predictions\": {");
  g_autofree char *path = g_build_filename (desk.folder->path, "decisions.json", NULL);
  g_autoptr (BsRun) before = bs_run_ref (bs_workspace_get_run (desk.workspace));
  for (int i = 0; i < MADE_N_FOLDS * MADE_PER_FOLD; i++)
    g_string_append_printf (
      json, "%s\"clip_%03d.mov\": [{\"emotion\": \"hap\", \"salience\": 100}]", i ? ", " : "", i);
  g_string_append (json, "}}");
  g_assert_true (g_file_set_contents (path, json->str, -1, NULL));
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_decisions, "a run of decisions");
  show_view ("thresholds");
  GtkWidget *scale = bs_test_part (desk.bar, GTK_TYPE_SCALE);
  g_assert_false (gtk_widget_is_sensitive (scale));
  g_assert_true (isnan (
    bs_score_map_view_get_map (bs_test_part (desk.thresholds, BS_TYPE_SCORE_MAP_VIEW))->alpha));
  assert_all_carry_the_state ();
  bs_workspace_open_run (desk.workspace, before);
  bs_test_wait_for (has_run, "the run before");
  g_assert_true (gtk_widget_is_sensitive (scale));
}

static void
test_without_a_run_the_views_say_what_to_do (void)
{
  g_autoptr (BsRun) run = bs_run_ref (bs_workspace_get_run (desk.workspace));
  bs_workspace_open_run (desk.workspace, NULL);
  bs_test_paint_once (desk.window);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (bs_test_part (desk.confusion, GTK_TYPE_STACK)),
                   ==, "empty");
  g_assert_cmpstr (
    gtk_stack_get_visible_child_name (bs_test_part (desk.thresholds, GTK_TYPE_STACK)), ==, "empty");
  bs_workspace_open_run (desk.workspace, run);
  g_assert_cmpstr (
    gtk_stack_get_visible_child_name (bs_test_part (desk.thresholds, GTK_TYPE_STACK)), ==,
    "figures");
  bs_test_wait_for (has_run, "the run's optima");
}

static gboolean
has_two_runs (void)
{
  return bs_run_library_get_runs (bs_workspace_get_library (desk.workspace))->len == 2 &&
         has_run ();
}

static gboolean
has_fusion (void)
{
  BsRun *run = bs_workspace_get_run (desk.workspace);
  return run != NULL && bs_run_is_late_fusion (run) && has_run ();
}

static GtkWidget *
fuse_button (void)
{
  GtkWidget *list = bs_test_part (desk.runs, GTK_TYPE_LIST_BOX);
  return gtk_widget_get_last_child (gtk_widget_get_prev_sibling (list));
}

static void
test_chosen_runs_are_fused_and_their_worth_is_shown (void)
{
  g_autofree char *path = g_build_filename (desk.folder->path, "second.csv", NULL);
  g_autoptr (BsRun) before = bs_run_ref (bs_workspace_get_run (desk.workspace));
  bs_test_write_predictions (desk.workspace, path, 6);
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_two_runs, "a second run");
  show_view ("runs");
  GtkListBox *list = bs_test_part (desk.runs, GTK_TYPE_LIST_BOX);
  BsMemberTable *members = bs_test_part (desk.runs, BS_TYPE_MEMBER_TABLE);
  g_assert_false (gtk_widget_get_mapped (fuse_button ()));
  for (int i = 0; i < 2; i++) {
    g_assert_false (gtk_widget_is_sensitive (fuse_button ()));
    BsRunRow *row = BS_RUN_ROW (gtk_list_box_get_row_at_index (list, i));
    g_autofree char *name = g_strdup_printf ("Choose run %s", bs_run_row_get_run (row)->title);
    gtk_test_accessible_assert_property (bs_test_part (row, GTK_TYPE_CHECK_BUTTON),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, name);
    bs_run_row_set_chosen (row, TRUE);
  }
  g_assert_true (gtk_widget_is_sensitive (fuse_button ()));
  g_signal_emit_by_name (fuse_button (), "clicked");
  g_assert_cmpuint (bs_job_queue_get_jobs (bs_workspace_get_jobs (desk.workspace))->len, ==, 1);
  bs_test_wait_for (has_fusion, "the fusion");
  bs_test_paint_once (desk.window);
  g_autoptr (GArray) worth = bs_late_fusion_worth_of_run (bs_workspace_get_run (desk.workspace));
  g_assert_cmpuint (worth->len, ==, 2);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (members)));
  for (int m = 0; m < 2; m++)
    g_assert_cmpstr (bs_member_table_get_text (members, 0, m + 1), ==,
                     g_array_index (worth, BsFusionWorth, m).name);
  g_assert_false (gtk_widget_get_mapped (fuse_button ()));
  bs_workspace_open_run (desk.workspace, before);
  bs_test_wait_for (has_run, "the run before");
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (members))));
}

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (desk.workspace) != NULL;
}

static void
build_window (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  desk.window = gtk_window_new ();
  desk.stack = GTK_STACK (gtk_stack_new ());
  desk.bar = g_object_new (BS_TYPE_DECISION_BAR, "workspace", desk.workspace, NULL);
  desk.thresholds = g_object_new (BS_TYPE_THRESHOLDS_VIEW, NULL);
  desk.confusion = g_object_new (BS_TYPE_CONFUSION_VIEW, NULL);
  desk.projection = g_object_new (BS_TYPE_PROJECTION_VIEW, NULL);
  desk.actors = g_object_new (BS_TYPE_ACTORS_VIEW, NULL);
  desk.runs = g_object_new (BS_TYPE_RUNS_VIEW, NULL);
  g_object_set (desk.runs, "workspace", desk.workspace, NULL);
  g_object_set (desk.thresholds, "workspace", desk.workspace, NULL);
  g_object_set (desk.confusion, "workspace", desk.workspace, NULL);
  g_object_set (desk.projection, "workspace", desk.workspace, NULL);
  g_object_set (desk.actors, "workspace", desk.workspace, NULL);
  gtk_stack_add_named (desk.stack, GTK_WIDGET (desk.thresholds), "thresholds");
  gtk_stack_add_named (desk.stack, GTK_WIDGET (desk.confusion), "confusion");
  gtk_stack_add_named (desk.stack, GTK_WIDGET (desk.projection), "projection");
  gtk_stack_add_named (desk.stack, GTK_WIDGET (desk.actors), "actors");
  gtk_stack_add_named (desk.stack, GTK_WIDGET (desk.runs), "runs");
  gtk_widget_set_vexpand (GTK_WIDGET (desk.stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.stack));
  gtk_window_set_child (GTK_WINDOW (desk.window), box);
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 440, 760);
  gtk_window_present (GTK_WINDOW (desk.window));
}

static void
open_desk (void)
{
  desk.folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  desk.workspace = bs_workspace_new ();
  build_window ();
  bs_workspace_open_folder (desk.workspace, desk.folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  g_autofree char *path = g_build_filename (desk.folder->path, "predictions.csv", NULL);
  bs_test_write_predictions (desk.workspace, path, 5);
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_run, "the run");
  bs_test_paint_once (desk.window);
}

static void
test_views_end_with_their_window (void)
{
  g_object_add_weak_pointer (G_OBJECT (desk.thresholds), (gpointer *) &desk.thresholds);
  g_object_add_weak_pointer (G_OBJECT (desk.confusion), (gpointer *) &desk.confusion);
  g_object_add_weak_pointer (G_OBJECT (desk.projection), (gpointer *) &desk.projection);
  g_object_add_weak_pointer (G_OBJECT (desk.actors), (gpointer *) &desk.actors);
  g_object_add_weak_pointer (G_OBJECT (desk.bar), (gpointer *) &desk.bar);
  gtk_window_destroy (GTK_WINDOW (desk.window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (desk.thresholds);
  g_assert_null (desk.confusion);
  g_assert_null (desk.projection);
  g_assert_null (desk.actors);
  g_assert_null (desk.bar);
}

int
main (int argc, char **argv)
{
  int status;
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  open_desk ();
  g_test_add_func ("/views/after one paint every view carries the same state",
                   test_after_one_paint_every_view_carries_the_same_state);
  g_test_add_func ("/views/the map sets the pair by keys and pointer",
                   test_the_map_sets_the_pair_by_keys_and_pointer);
  g_test_add_func ("/views/undo goes back before the last gesture",
                   test_undo_goes_back_before_the_last_gesture);
  g_test_add_func ("/views/the label and the handle say what the numbers are",
                   test_the_label_and_the_handle_say_what_the_numbers_are);
  g_test_add_func ("/views/numbers are read with either sign and not rounded by looking",
                   test_numbers_are_read_with_either_sign_and_not_rounded_by_looking);
  g_test_add_func ("/views/one fold can be set alone", test_one_fold_can_be_set_alone);
  g_test_add_func ("/views/a click on a cell filters its clips and a second takes it back",
                   test_a_click_on_a_cell_filters_its_clips_and_a_second_takes_it_back);
  g_test_add_func ("/views/the matrix is used by keyboard alone",
                   test_the_matrix_is_used_by_keyboard_alone);
  g_test_add_func ("/views/36 classes hold the same clips", test_36_classes_hold_the_same_clips);
  g_test_add_func ("/views/the matrix scrolls, zooms and exports all",
                   test_the_matrix_scrolls_zooms_and_exports_all);
  g_test_add_func ("/views/the projection is worked out when it is looked at",
                   test_the_projection_is_worked_out_when_it_is_looked_at);
  g_test_add_func ("/views/points are found by keyboard and lasso",
                   test_points_are_found_by_keyboard_and_lasso);
  g_test_add_func ("/views/actors add up and lead to their clips",
                   test_actors_add_up_and_lead_to_their_clips);
  g_test_add_func ("/views/every chart has words, a table and files",
                   test_every_chart_has_words_a_table_and_files);
  g_test_add_func ("/views/a table window follows its chart and sorts",
                   test_a_table_window_follows_its_chart_and_sorts);
  g_test_add_func ("/views/chosen runs are fused and their worth is shown",
                   test_chosen_runs_are_fused_and_their_worth_is_shown);
  g_test_add_func ("/views/decisions without probabilities leave nothing to set",
                   test_decisions_without_probabilities_leave_nothing_to_set);
  g_test_add_func ("/views/without a run the views say what to do",
                   test_without_a_run_the_views_say_what_to_do);
  g_test_add_func ("/views/the views end with their window", test_views_end_with_their_window);
  status = g_test_run ();
  g_object_run_dispose (G_OBJECT (desk.workspace));
  g_object_unref (desk.workspace);
  test_folder_free (desk.folder);
  return status;
}
