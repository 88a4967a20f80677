/* SPDX-License-Identifier: MIT */
/* A table whose numbers change while somebody reads it. */
#include <adwaita.h>

#include "tests/support/bs-test-widgets.h"
#include "ui/chart/bs-table-model.h"
#include "ui/chart/bs-table-view.h"

#define N_ROWS 60
#define LOW 40
#define N_LONG 600

static struct {
  GtkWidget *window;
  BsTableView *view;
} test;

/* Row i has the value i, but for one. */
static BsTable *
make_table (guint n_rows, guint changed, double value)
{
  BsTable *table = bs_table_new ();
  bs_table_add_column (table, "name", 0);
  bs_table_add_column (table, "value", 0);
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *name = g_strdup_printf ("row %u", i);
    bs_table_add_text (table, name);
    bs_table_add_number (table, i == changed ? value : i);
  }
  return table;
}

static void
test_a_list_keeps_the_rows_that_somebody_has (void)
{
  g_autoptr (BsTableModel) model = bs_table_model_new ();
  guint n_changed = 0, n_new = 0;
  g_assert_false (bs_table_model_take (model, make_table (3, 0, 0)));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (g_atomic_int_inc), &n_new);
  g_autoptr (BsTableRow) first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_autoptr (BsTableRow) second = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_autoptr (BsTableRow) again = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_true (again == second);
  g_signal_connect_swapped (first, "changed", G_CALLBACK (g_atomic_int_inc), &n_changed);
  g_assert_true (bs_table_model_take (model, make_table (3, 1, 7)));
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_true (bs_table_model_take (model, make_table (3, 0, -2)));
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_new, ==, 0);
  g_autofree char *text = bs_table_row_dup_text (first, 1);
  g_assert_cmpstr (text, ==, "-2");
  g_assert_cmpint (bs_table_row_compare (first, second, 1), <, 0);
  /* Rows that are in the new table no more keep what they were. */
  g_assert_false (bs_table_model_take (model, make_table (1, 0, 9)));
  g_assert_cmpuint (n_new, ==, 1);
  g_autofree char *kept = bs_table_row_dup_text (second, 1);
  g_assert_cmpstr (kept, ==, "1");
  g_autoptr (BsTableRow) other = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (other != first);
  g_assert_cmpint (bs_table_row_compare (second, other, 1), <, 0);
  g_clear_object (&model);
  g_assert_cmpuint (bs_table_row_get_index (other), ==, 0);
}

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, guint *told)
{
  told[0] = position;
  told[1] = n_removed;
  told[2] = n_added;
}

static BsTable *
make_letters (const char *letters)
{
  BsTable *table = bs_table_new ();
  bs_table_add_column (table, "letter", 0);
  for (const char *letter = letters; *letter != '\0'; letter++) {
    const char text[] = { *letter, '\0' };
    bs_table_add_text (table, text);
  }
  return table;
}

/* Tells of what is between the beginning and the end that both have; all else stays itself. */
static void
check_change (const char *before, const char *after, guint position, guint n_removed, guint n_added)
{
  g_autoptr (BsTableModel) model = bs_table_model_new ();
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  guint told[3] = { 99, 99, 99 };
  bs_table_model_take (model, make_letters (before));
  for (guint i = 0; before[i] != '\0'; i++)
    g_ptr_array_add (old, g_list_model_get_item (G_LIST_MODEL (model), i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), told);
  bs_table_model_take (model, make_letters (after));
  g_assert_cmpuint (told[0], ==, position);
  g_assert_cmpuint (told[1], ==, n_removed);
  g_assert_cmpuint (told[2], ==, n_added);
  for (guint i = 0; after[i] != '\0'; i++) {
    g_autoptr (BsTableRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);
    g_autofree char *text = bs_table_row_dup_text (row, 0);
    g_assert_cmpint (text[0], ==, after[i]);
    g_assert_cmpuint (bs_table_row_get_index (row), ==, i);
    if (i < position)
      g_assert_true (row == g_ptr_array_index (old, i));
    if (i >= position + n_added)
      g_assert_true (row == g_ptr_array_index (old, i + n_removed - n_added));
  }
}

static void
test_rows_come_and_go_where_they_are (void)
{
  check_change ("abcde", "abde", 2, 1, 0);
  check_change ("abcde", "bcde", 0, 1, 0);
  check_change ("abcde", "abcd", 4, 1, 0);
  check_change ("abde", "abcde", 2, 0, 1);
  check_change ("abcde", "axe", 1, 3, 1);
  check_change ("aaa", "aa", 2, 1, 0);
  check_change ("abc", "", 0, 3, 0);
  check_change ("", "ab", 0, 0, 2);
}

static GtkColumnView *
columns (void)
{
  return bs_test_part (test.view, GTK_TYPE_COLUMN_VIEW);
}

static gsize
row_at (guint position)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (columns ()));
  g_autoptr (BsTableRow) row = g_list_model_get_item (rows, position);
  return bs_table_row_get_index (row);
}

static GtkAdjustment *
place (void)
{
  return gtk_scrolled_window_get_vadjustment (bs_test_part (test.view, GTK_TYPE_SCROLLED_WINDOW));
}

/* The widget of a row on show, which takes the focus. */
static GtkWidget *
row_of (GtkWidget *label)
{
  GtkWidget *row = label;
  while (!gtk_widget_get_focusable (row))
    row = gtk_widget_get_parent (row);
  return row;
}

static void
test_place_and_focus_stay (void)
{
  bs_table_view_take (test.view, make_table (N_ROWS, 0, 0));
  bs_test_paint_once (test.window);
  gtk_widget_activate_action (bs_test_part (columns (), GTK_TYPE_LIST_VIEW), "list.scroll-to-item",
                              "u", (guint) LOW);
  bs_test_paint_once (test.window);
  double before = gtk_adjustment_get_value (place ());
  g_assert_cmpfloat (before, >, 0);
  GtkLabel *name = bs_test_named (test.view, GTK_TYPE_LABEL, "row 40");
  GtkLabel *value = bs_test_named (test.view, GTK_TYPE_LABEL, "40");
  GtkWidget *row = row_of (GTK_WIDGET (name));
  g_assert_true (gtk_widget_grab_focus (row));
  bs_table_view_take (test.view, make_table (N_ROWS, LOW, 7));
  bs_test_paint_once (test.window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test.window)) == row);
  g_assert_cmpfloat (gtk_adjustment_get_value (place ()), ==, before);
  g_assert_cmpstr (gtk_label_get_text (value), ==, "7");
  g_assert_cmpstr (gtk_label_get_text (name), ==, "row 40");
}

static void
test_the_order_follows_the_numbers (void)
{
  g_autoptr (GtkColumnViewColumn) value =
    g_list_model_get_item (gtk_column_view_get_columns (columns ()), 1);
  gtk_column_view_sort_by_column (columns (), value, GTK_SORT_DESCENDING);
  bs_table_view_take (test.view, make_table (N_ROWS, 0, 0));
  g_assert_cmpuint (row_at (0), ==, N_ROWS - 1);
  bs_table_view_take (test.view, make_table (N_ROWS, 3, 1000));
  g_assert_cmpuint (row_at (0), ==, 3);
  g_assert_cmpuint (row_at (1), ==, N_ROWS - 1);
  bs_table_view_take (test.view, make_table (N_ROWS, 3, -1000));
  g_assert_cmpuint (row_at (0), ==, N_ROWS - 1);
  g_assert_cmpuint (row_at (N_ROWS - 1), ==, 3);
  bs_test_paint_once (test.window);
}

/* Scrolled to its end a long table has widgets of its last rows alone, and what goes begins before
 * those. */
static void
test_of_a_long_table_the_rows_that_stay_are_shown (void)
{
  gtk_column_view_sort_by_column (columns (), NULL, GTK_SORT_ASCENDING);
  bs_table_view_take (test.view, make_table (N_LONG, 0, 0));
  bs_test_paint_once (test.window);
  gtk_widget_activate_action (bs_test_part (columns (), GTK_TYPE_LIST_VIEW), "list.scroll-to-item",
                              "u", (guint) N_LONG - 1);
  bs_test_paint_once (test.window);
  bs_test_named (test.view, GTK_TYPE_LABEL, "row 599");
  bs_table_view_take (test.view, make_table (N_ROWS, 0, 0));
  bs_test_paint_once (test.window);
  g_assert_false (bs_test_has_label (GTK_WIDGET (test.view), "row 599"));
  g_assert_true (bs_test_has_label (GTK_WIDGET (test.view), "row 59"));
}

static void
test_other_rows_take_the_place_of_all (void)
{
  bs_table_view_take (test.view, make_table (2, 1, -1));
  bs_test_paint_once (test.window);
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (columns ()))), ==, 2);
  g_assert_cmpuint (row_at (0), ==, 0);
  bs_test_named (test.view, GTK_TYPE_LABEL, "-1");
  g_assert_false (bs_test_has_label (GTK_WIDGET (test.view), "row 40"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  test.view = g_object_new (BS_TYPE_TABLE_VIEW, NULL);
  test.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (test.window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (test.window), GTK_WIDGET (test.view));
  gtk_window_present (GTK_WINDOW (test.window));
  g_test_add_func ("/table/a list keeps the rows that somebody has",
                   test_a_list_keeps_the_rows_that_somebody_has);
  g_test_add_func ("/table/rows come and go where they are", test_rows_come_and_go_where_they_are);
  g_test_add_func ("/table/place and focus stay", test_place_and_focus_stay);
  g_test_add_func ("/table/the order follows the numbers", test_the_order_follows_the_numbers);
  g_test_add_func ("/table/of a long table the rows that stay are shown",
                   test_of_a_long_table_the_rows_that_stay_are_shown);
  g_test_add_func ("/table/other rows take the place of all",
                   test_other_rows_take_the_place_of_all);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (test.window));
  return status;
}
