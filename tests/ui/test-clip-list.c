/* SPDX-License-Identifier: MIT */
/* The list of clips beside the views that filter it: whatever is typed, chosen, sorted or clicked,
 * every row that is painted is that of the clip that belongs there. */
#include <adwaita.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-many-clips.h"
#include "tests/support/bs-test-clip-list.h"
#include "tests/support/bs-test-stage.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/analysis/bs-actors-view.h"
#include "ui/analysis/bs-confusion-view.h"
#include "ui/analysis/bs-corpus-view.h"
#include "ui/analysis/bs-projection-view.h"
#include "ui/chart/bs-count-chart.h"
#include "ui/chart/bs-scatter-view.h"

#define N_ACTORS 10
#define N_PER_ACTOR 54
#define N_CLIPS (N_ACTORS * N_PER_ACTOR)
#define N_LONG 20000
#define N_OPERATIONS 500
#define N_LONG_OPERATIONS 60
#define SEED 9

typedef struct {
  BsTestClipList base;
  TestFolder *folder;
  GtkStack *stack;
  GtkWidget *confusion, *projection, *actors, *corpus;
  GRand *random;
} Desk;

static Desk desk;

static int
below (int n)
{
  return g_rand_int_range (desk.random, 0, n);
}

static void
check (void)
{
  bs_test_clip_list_check (&desk.base);
}

static void
set_filter (const BsFilter *filter)
{
  bs_clip_selection_set_filter (bs_workspace_get_selection (desk.base.workspace), filter);
}

static void
clear_filter (void)
{
  BsFilter filter;
  bs_filter_init (&filter);
  set_filter (&filter);
}

static void
begin_afresh (int clip)
{
  clear_filter ();
  bs_test_clip_list_set_sort (&desk.base, BS_CLIP_SORT_FILE, FALSE);
  bs_clip_selection_set_clip (bs_workspace_get_selection (desk.base.workspace), clip);
  check ();
}

static void
type (const char *text)
{
  GtkEditable *search = bs_test_clip_list_search (&desk.base);
  for (const char *c = text; *c != '\0'; c++) {
    int position = -1;
    gtk_editable_insert_text (search, c, 1, &position);
    check ();
  }
}

static void
delete_letter (void)
{
  GtkEditable *search = bs_test_clip_list_search (&desk.base);
  int length = (int) strlen (gtk_editable_get_text (search));
  gtk_editable_delete_text (search, length - 1, length);
  check ();
}

static void
delete_all (void)
{
  while (*gtk_editable_get_text (bs_test_clip_list_search (&desk.base)) != '\0')
    delete_letter ();
}

static void
show_view (GtkWidget *view)
{
  gtk_stack_set_visible_child (desk.stack, view);
  bs_test_paint_once (desk.base.window);
}

static void
click_cell (BsCellRef cell)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  show_view (desk.confusion);
  BsRect rect = bs_matrix_view_place (matrix, cell);
  bs_test_click_chart (BS_CHART_VIEW (matrix), rect.x + rect.width / 2, rect.y + rect.height / 2,
                       1);
}

/* A row far down is chosen, and another search follows on one that was taken back. */
static void
test_a_second_search_shows_its_own_clips (void)
{
  begin_afresh (500);
  type ("A910");
  delete_all ();
  type ("A903");
  g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
  g_assert_cmpuint (clips->len, ==, N_PER_ACTOR);
  clear_filter ();
  check ();
  click_cell ((BsCellRef){ bs_label_class ((BsLabel){ BS_EMOTION_ANG, BS_EMOTION_SAD, 50 }), 1 });
  check ();
}

static void
search_at_random (void)
{
  static const char *const texts[] = { "A910", "A903",   "a90",    "A9",  "ang",
                                       "_hap", "A905_s", "nobody", "_01", "disg-" };
  delete_all ();
  type (texts[below (G_N_ELEMENTS (texts))]);
  for (int i = below (6); i > 0 && *gtk_editable_get_text (bs_test_clip_list_search (&desk.base));
       i--)
    delete_letter ();
}

static void
remove_chip (void)
{
  g_autoptr (GPtrArray) chips = bs_test_clip_list_chips (&desk.base);
  if (chips->len > 0)
    g_signal_emit_by_name (g_ptr_array_index (chips, below ((int) chips->len)), "clicked");
}

static void
add_condition (void)
{
  BsFilter filter;
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (desk.base.workspace)),
                  &filter);
  switch (below (5)) {
  case 0:
    filter.folds = 1u << (1 + below (5));
    break;
  case 1:
    filter.outcome = (BsOutcome) below (BS_OUTCOME_NONE + 1);
    break;
  case 2:
    filter.gender = below (2) ? 'f' : 'm';
    break;
  case 3:
    filter.margin_to = 0.02 * below (10);
    break;
  default:
    filter.actor = below (N_ACTORS);
    break;
  }
  set_filter (&filter);
  bs_filter_clear (&filter);
}

static void
sort_at_random (void)
{
  bs_test_clip_list_set_sort (&desk.base, (BsClipSort) below (BS_N_CLIP_SORTS), below (2) != 0);
}

/* As a click on a row does, and the keys for the next clip and the one before. */
static void
choose_clip (void)
{
  g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
  if (below (3) == 0 || clips->len == 0) {
    bs_clip_selection_move (bs_workspace_get_selection (desk.base.workspace), below (2) ? 1 : -1);
    return;
  }
  guint position = (guint) below ((int) clips->len);
  gtk_widget_activate_action (bs_test_clip_list_rows (&desk.base), "list.select-item", "(ubb)",
                              position, below (2), below (2));
  g_assert_cmpint (bs_clip_selection_get_clip (bs_workspace_get_selection (desk.base.workspace)),
                   ==, g_array_index (clips, int, position));
}

static void
scroll_at_random (void)
{
  GtkAdjustment *adjustment = bs_test_clip_list_adjustment (&desk.base);
  if (gtk_widget_get_mapped (bs_test_clip_list_rows (&desk.base)))
    gtk_adjustment_set_value (adjustment, g_rand_double (desk.random) *
                                            (gtk_adjustment_get_upper (adjustment) -
                                             gtk_adjustment_get_page_size (adjustment)));
}

static void
click_any_cell (void)
{
  click_cell ((BsCellRef){ below (BS_N_CLASSES), below (BS_N_CLASSES) });
}

static void
click_actor (void)
{
  show_view (desk.actors);
  g_signal_emit_by_name (bs_test_part (desk.actors, GTK_TYPE_COLUMN_VIEW), "activate",
                         (guint) below (N_ACTORS));
}

static void
click_chart (GtkWidget *view, GType type)
{
  BsChartView *chart = bs_test_part (view, type);
  show_view (view);
  bs_test_click_chart (chart, g_rand_double (desk.random) * bs_chart_view_width (chart),
                       g_rand_double (desk.random) * bs_chart_view_height (chart), 1);
}

static void
click_bar (void)
{
  click_chart (desk.corpus, BS_TYPE_COUNT_CHART);
}

static void
click_point (void)
{
  BsChartView *plane = bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW);
  click_chart (desk.projection, BS_TYPE_SCATTER_VIEW);
  BS_CHART_VIEW_GET_CLASS (plane)->key (plane, GDK_KEY_Right, 0);
  BS_CHART_VIEW_GET_CLASS (plane)->key (plane, GDK_KEY_Return, 0);
}

static void
draw_lasso (void)
{
  BsChartView *plane = bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW);
  show_view (desk.projection);
  double w = bs_chart_view_width (plane), h = bs_chart_view_height (plane);
  double x = g_rand_double (desk.random) * w, y = g_rand_double (desk.random) * h;
  const double corners[][2] = { { x, y }, { w - 1, y }, { w - 1, h - 1 }, { x, h - 1 } };
  BsChartPress press = { BS_CHART_DRAG_BEGIN, x, y, x, y, 1, GDK_SHIFT_MASK };
  BS_CHART_VIEW_GET_CLASS (plane)->press (plane, &press);
  press.phase = BS_CHART_DRAG_UPDATE;
  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++) {
    press.x = corners[i][0];
    press.y = corners[i][1];
    BS_CHART_VIEW_GET_CLASS (plane)->press (plane, &press);
  }
  press.phase = BS_CHART_DRAG_END;
  BS_CHART_VIEW_GET_CLASS (plane)->press (plane, &press);
}

static void
move_thresholds (void)
{
  for (int i = 0; i < 3; i++) {
    bs_threshold_state_set_pair (bs_workspace_get_thresholds (desk.base.workspace),
                                 (BsThresholdPair){ 0.05 * below (10), 0.05 * below (10) });
    check ();
  }
}

typedef struct {
  const char *what;
  void (*func) (void);
  int weight;
} Operation;

static const Operation operations[] = {
  { "search", search_at_random, 6 },
  { "remove a chip", remove_chip, 8 },
  { "add a condition", add_condition, 2 },
  { "sort", sort_at_random, 3 },
  { "choose a clip", choose_clip, 4 },
  { "scroll", scroll_at_random, 2 },
  { "click a cell of the matrix", click_any_cell, 3 },
  { "click an actor", click_actor, 2 },
  { "click a bar", click_bar, 1 },
  { "click a point", click_point, 1 },
  { "draw a lasso", draw_lasso, 1 },
  { "move the thresholds", move_thresholds, 2 },
  { "show all clips", clear_filter, 6 },
};

static const Operation *
random_operation (void)
{
  int n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    n += operations[i].weight;
  int at = below (n);
  const Operation *operation = operations;
  while (at >= operation->weight)
    at -= operation++->weight;
  return operation;
}

static void
test_after_500_operations_every_row_is_what_it_says (void)
{
  guint n_before = desk.base.n_rows, n_narrowed = 0;
  begin_afresh (300);
  for (int i = 0; i < N_OPERATIONS; i++) {
    const Operation *operation = random_operation ();
    g_test_message ("%d: %s", i, operation->what);
    operation->func ();
    check ();
    g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
    n_narrowed += clips->len > 0 && clips->len < N_CLIPS;
  }
  g_test_message ("%u rows were compared", desk.base.n_rows - n_before);
  g_assert_cmpuint (desk.base.n_rows - n_before, >, 8 * N_OPERATIONS);
  g_assert_cmpuint (n_narrowed, >, N_OPERATIONS / 4);
}

static double
scrolled (void)
{
  return gtk_adjustment_get_value (bs_test_clip_list_adjustment (&desk.base));
}

static guint
position_of (int clip)
{
  g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
  for (guint i = 0; i < clips->len; i++)
    if (g_array_index (clips, int, i) == clip)
      return i;
  return G_MAXUINT;
}

static void
test_a_narrowed_list_shows_its_top_or_the_clip_on_show (void)
{
  begin_afresh (500);
  g_assert_true (bs_test_clip_list_shows (&desk.base, 500));
  g_assert_cmpfloat (scrolled (), >, 0);
  type ("A903"); /* hides the clip */
  g_assert_cmpfloat (scrolled (), ==, 0);
  delete_all (); /* it is back, far down */
  g_assert_true (bs_test_clip_list_shows (&desk.base, 500));
  type ("A910"); /* keeps it, too far down for the first page */
  g_assert_cmpuint (position_of (500), >, 10);
  g_assert_true (bs_test_clip_list_shows (&desk.base, position_of (500)));
  begin_afresh (2);
  gtk_adjustment_set_value (bs_test_clip_list_adjustment (&desk.base), 4000);
  check ();
  type ("A90"); /* keeps it, on the first page */
  g_assert_cmpfloat (scrolled (), ==, 0);
  begin_afresh (2);
  gtk_adjustment_set_value (bs_test_clip_list_adjustment (&desk.base), 4000);
  bs_test_clip_list_set_sort (&desk.base, BS_CLIP_SORT_NAME, TRUE);
  check ();
  g_assert_true (bs_test_clip_list_shows (&desk.base, position_of (2)));
}

static GtkWidget *
focused_row (void)
{
  return gtk_widget_get_focus_child (bs_test_clip_list_rows (&desk.base));
}

static void
test_the_focus_stays_in_the_list (void)
{
  GtkWidget *rows = bs_test_clip_list_rows (&desk.base);
  BsFilter filter;
  begin_afresh (0);
  GtkWidget *row = gtk_widget_get_first_child (rows);
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (focused_row () == row);
  bs_filter_init (&filter);
  filter.actor = 0;
  set_filter (&filter); /* the row stays, and is the same */
  check ();
  g_assert_true (focused_row () == row);
  filter.actor = 4;
  bs_clip_selection_set_clip (bs_workspace_get_selection (desk.base.workspace),
                              4 * N_PER_ACTOR + 3);
  set_filter (&filter);
  check ();
  g_assert_nonnull (focused_row ());
  g_assert_true (gtk_widget_get_state_flags (focused_row ()) & GTK_STATE_FLAG_SELECTED);
  filter.actor = 5;
  set_filter (&filter);
  check ();
  g_assert_nonnull (focused_row ());
  clear_filter ();
}

static gboolean
is_clip (gpointer clip)
{
  return bs_clip_selection_get_clip (bs_workspace_get_selection (desk.base.workspace)) ==
         GPOINTER_TO_INT (clip);
}

static void
press (const char *key, int clip)
{
  bs_test_press_key (key);
  bs_test_wait (is_clip, GINT_TO_POINTER (clip), key);
  check ();
  g_assert_nonnull (focused_row ());
  g_assert_true (bs_test_clip_list_shows (&desk.base, position_of (clip)));
}

/* The last of the file is the first of a list that is sorted the other way round. */
static void
test_a_cell_leads_to_the_first_clip_of_the_list (void)
{
  BsMatrixView *matrix = bs_test_part (desk.confusion, BS_TYPE_MATRIX_VIEW);
  begin_afresh (300);
  bs_test_clip_list_set_sort (&desk.base, BS_CLIP_SORT_FILE, TRUE);
  check ();
  show_view (desk.confusion);
  g_assert_cmpuint (bs_matrix_view_count (matrix, (BsCellRef){ 0, 0 }), >, 1);
  BsRect rect = bs_matrix_view_place (matrix, (BsCellRef){ 0, 0 });
  bs_test_click_chart (BS_CHART_VIEW (matrix), rect.x + rect.width / 2, rect.y + rect.height / 2,
                       2);
  g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
  g_assert_cmpuint (clips->len, ==, bs_matrix_view_count (matrix, (BsCellRef){ 0, 0 }));
  int first = g_array_index (clips, int, 0);
  g_assert_cmpint (first, >, g_array_index (clips, int, clips->len - 1));
  bs_test_wait (is_clip, GINT_TO_POINTER (first), "the list's first clip of the cell");
  check ();
  g_assert_true (bs_test_clip_list_shows (&desk.base, 0));
}

static gboolean
has_left_the_rows (void)
{
  return focused_row () == NULL;
}

static void
test_keys_go_from_clip_to_clip (void)
{
  begin_afresh (0);
  type ("A9");
  g_assert_true (
    gtk_widget_grab_focus (gtk_widget_get_first_child (bs_test_clip_list_rows (&desk.base))));
  bs_test_take_keyboard (GTK_WINDOW (desk.base.window));
  press ("Down", 1);
  press ("Down", 2);
  press ("Up", 1);
  press ("End", N_CLIPS - 1);
  press ("Up", N_CLIPS - 2);
  press ("Home", 0);
  press ("ctrl+space", 0); /* the clip on show stays chosen */
  press ("shift+Down", 1);
  bs_test_press_key ("Tab");
  bs_test_wait_for (has_left_the_rows, "the focus to leave the rows");
  check ();
}

static gboolean
has_other_folder (void)
{
  return !bs_workspace_is_opening (desk.base.workspace);
}

/* The search before the index of its names is there, and rows of clips that are no more. */
static void
test_another_corpus_leaves_no_row_of_the_one_before (void)
{
  const char *other = test_folder_path (desk.folder, "other");
  test_folder_write (desk.folder, "other/train_metadata.csv",
                     "filename,video_id,mix,emotion_1,fold\nB1_ang_0,B1,0,ang,0\n"
                     "B1_hap_1,B1,0,hap,1\nB2_sad_2,B2,0,sad,2\n");
  begin_afresh (400);
  type ("A909");
  bs_workspace_open_folder (desk.base.workspace, other);
  bs_test_wait_for (has_other_folder, "the other corpus");
  check ();
  g_autoptr (GArray) clips = bs_test_clip_list_expect (&desk.base);
  g_assert_cmpuint (clips->len, ==, 3);
}

static gboolean
is_searched_long (void)
{
  return bs_test_has_label (desk.base.list, "20 of");
}

/* Far more rows than GTK has widgets of, in steps that it does not look through. */
static void
test_a_long_list_is_what_it_says (void)
{
  static void (*const funcs[]) (void) = { search_at_random, sort_at_random, choose_clip,
                                          scroll_at_random, remove_chip,    clear_filter };
  g_autofree char *text = many_clips_table (N_LONG);
  test_folder_write (desk.folder, "long/train_metadata.csv", text);
  clear_filter ();
  bs_workspace_open_folder (desk.base.workspace, test_folder_path (desk.folder, "long"));
  bs_test_wait_for (has_other_folder, "the long list");
  gtk_editable_set_text (bs_test_clip_list_search (&desk.base), "A017");
  bs_test_wait_for (is_searched_long, "a search of the long list");
  begin_afresh (15000);
  for (int i = 0; i < N_LONG_OPERATIONS; i++) {
    funcs[below (G_N_ELEMENTS (funcs))]();
    check ();
  }
}

static void
write_corpus (void)
{
  BsRandom random;
  bs_random_init (&random, SEED);
  g_autoptr (GString) csv =
    g_string_new ("filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,"
                  "emotion_2,emotion_1_salience,emotion_2_salience,fold\n");
  for (int i = 0; i < N_CLIPS; i++) {
    int actor = i / N_PER_ACTOR;
    BsLabel label = made_label ((gsize) (i % N_PER_ACTOR));
    float truth[BS_N_EMOTIONS];
    g_autofree char *name =
      g_strdup_printf ("A9%02d_%s_%02d", actor + 1, bs_class_name (bs_label_class (label)),
                       N_PER_ACTOR - i % N_PER_ACTOR);
    g_string_append_printf (csv, "%s,A9%02d,%c,%d,%s,1,,,", name, actor + 1, actor % 2 ? 'f' : 'm',
                            bs_label_is_blend (label), bs_emotion_code ((BsEmotion) label.first));
    if (bs_label_is_blend (label))
      g_string_append_printf (csv, "%s,%d,%d,%d\n", bs_emotion_code ((BsEmotion) label.second),
                              label.first_percent, 100 - label.first_percent, actor % 5);
    else
      g_string_append_printf (csv, ",,,%d\n", actor % 5);
    bs_label_distribution (label, truth);
    made_features (desk.folder, "Face_train", name, truth, 3, BS_N_EMOTIONS, 0, &random);
  }
  test_folder_write (desk.folder, "train_metadata.csv", csv->str);
}

static void
build_window (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  BsWorkspace *workspace = desk.base.workspace;
  desk.base.window = gtk_window_new ();
  desk.base.list = g_object_new (BS_TYPE_CLIP_LIST, NULL);
  desk.stack = GTK_STACK (gtk_stack_new ());
  desk.confusion = g_object_new (BS_TYPE_CONFUSION_VIEW, NULL);
  desk.projection = g_object_new (BS_TYPE_PROJECTION_VIEW, NULL);
  desk.actors = g_object_new (BS_TYPE_ACTORS_VIEW, NULL);
  desk.corpus = g_object_new (BS_TYPE_CORPUS_VIEW, NULL);
  g_object_set (desk.base.list, "workspace", workspace, NULL);
  g_object_set (desk.confusion, "workspace", workspace, NULL);
  g_object_set (desk.projection, "workspace", workspace, NULL);
  g_object_set (desk.actors, "workspace", workspace, NULL);
  g_object_set (desk.corpus, "workspace", workspace, NULL);
  gtk_stack_add_child (desk.stack, desk.confusion);
  gtk_stack_add_child (desk.stack, desk.projection);
  gtk_stack_add_child (desk.stack, desk.actors);
  gtk_stack_add_child (desk.stack, desk.corpus);
  gtk_widget_set_size_request (desk.base.list, 300, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (desk.stack), TRUE);
  gtk_box_append (GTK_BOX (box), desk.base.list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (desk.stack));
  gtk_window_set_child (GTK_WINDOW (desk.base.window), box);
  gtk_window_set_title (GTK_WINDOW (desk.base.window), "clip list");
  gtk_window_set_default_size (GTK_WINDOW (desk.base.window), 800, 700);
  gtk_window_present (GTK_WINDOW (desk.base.window));
}

static gboolean
has_run (void)
{
  return bs_workspace_get_run (desk.base.workspace) != NULL;
}

static gboolean
has_points (void)
{
  g_autoptr (BsTable) table =
    bs_chart_view_make_table (bs_test_part (desk.projection, BS_TYPE_SCATTER_VIEW));
  return bs_table_n_rows (table) == N_CLIPS;
}

/* The index of the names is there once a search shows something else. */
static gboolean
is_searched (void)
{
  return bs_test_has_label (desk.base.list, "54 of 540 clips");
}

static void
open_desk (void)
{
  desk.random = g_rand_new_with_seed (SEED);
  desk.folder = test_folder_new ();
  desk.base.workspace = bs_workspace_new ();
  write_corpus ();
  bs_test_load_style ();
  build_window ();
  bs_workspace_open_folder (desk.base.workspace, desk.folder->path);
  bs_test_wait_for (has_other_folder, "the corpus");
  const char *path = test_folder_path (desk.folder, "predictions.csv");
  bs_test_write_predictions (desk.base.workspace, path, SEED);
  bs_run_library_import (bs_workspace_get_library (desk.base.workspace), path);
  bs_test_wait_for (has_run, "the run");
  show_view (desk.projection);
  bs_test_wait_for (has_points, "the projection");
  gtk_editable_set_text (bs_test_clip_list_search (&desk.base), "A901");
  bs_test_wait_for (is_searched, "a first search");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  open_desk ();
  g_test_add_func ("/clip-list/a second search shows its own clips",
                   test_a_second_search_shows_its_own_clips);
  g_test_add_func ("/clip-list/a narrowed list shows its top or the clip on show",
                   test_a_narrowed_list_shows_its_top_or_the_clip_on_show);
  g_test_add_func ("/clip-list/the focus stays in the list", test_the_focus_stays_in_the_list);
  g_test_add_func ("/clip-list/keys go from clip to clip", test_keys_go_from_clip_to_clip);
  g_test_add_func ("/clip-list/a cell leads to the first clip of the list",
                   test_a_cell_leads_to_the_first_clip_of_the_list);
  g_test_add_func ("/clip-list/after 500 operations every row is what it says",
                   test_after_500_operations_every_row_is_what_it_says);
  g_test_add_func ("/clip-list/another corpus leaves no row of the one before",
                   test_another_corpus_leaves_no_row_of_the_one_before);
  g_test_add_func ("/clip-list/a long list is what it says", test_a_long_list_is_what_it_says);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (desk.base.window));
  g_object_run_dispose (G_OBJECT (desk.base.workspace));
  g_object_unref (desk.base.workspace);
  g_rand_free (desk.random);
  test_folder_free (desk.folder);
  return status;
}
