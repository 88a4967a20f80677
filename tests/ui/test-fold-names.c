/* SPDX-License-Identifier: MIT */
/* Folds that are called by words are called so in every view, and what cannot be seen in a name is
 * written as its number. */
#include <adwaita.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/analysis/bs-thresholds-view.h"
#include "ui/chart/bs-learning-chart.h"
#include "ui/decision/bs-fold-chooser.h"

#define FOLD 3
#define SEEN "nor\\u202eth"

/* In the order of their ranks. */
static const char *const names[MADE_N_FOLDS + 1] = { "a b",     "fold 2",
                                                     "fold 10", "nor\xe2\x80\xaeth",
                                                     "south",   NULL };
static const char *const seen[MADE_N_FOLDS] = { "a b", "fold 2", "fold 10", SEEN, "south" };

static TestFolder *folder;
static BsWorkspace *workspace;
static GtkWidget *window;

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (workspace) != NULL;
}

static gboolean
has_run (void)
{
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (workspace)) != NULL;
}

static void
open_window (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  workspace = bs_workspace_new ();
  gtk_box_append (GTK_BOX (box), g_object_new (BS_TYPE_FOLD_CHOOSER, "workspace", workspace, NULL));
  gtk_box_append (GTK_BOX (box),
                  g_object_new (BS_TYPE_THRESHOLDS_VIEW, "workspace", workspace, NULL));
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 760);
  gtk_window_present (GTK_WINDOW (window));
  bs_workspace_open_folder (workspace, folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  const char *path = test_folder_path (folder, "predictions.csv");
  bs_test_write_predictions (workspace, path, 5);
  bs_run_library_import (bs_workspace_get_library (workspace), path);
  bs_test_wait_for (has_run, "the run");
  bs_test_paint_once (window);
}

/* What the table of folds and the labels say, a line each. */
static void
collect (GtkWidget *root, GString *texts)
{
  if (GTK_IS_LABEL (root))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (root)));
  if (GTK_IS_INSCRIPTION (root) && gtk_inscription_get_text (GTK_INSCRIPTION (root)) != NULL)
    g_string_append_printf (texts, "%s\n", gtk_inscription_get_text (GTK_INSCRIPTION (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, texts);
}

static void
assert_line (const GString *texts, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\n%s\n", line);
  if (strstr (texts->str, whole) == NULL)
    g_error ("'%s' is not in:%s", line, texts->str);
}

static void
test_thresholds_name_them (void)
{
  bs_threshold_state_set_edited_fold (bs_workspace_get_thresholds (workspace), FOLD);
  bs_test_paint_once (window);
  g_autoptr (GString) texts = g_string_new ("\n");
  collect (window, texts);
  assert_line (texts, "fold " SEEN);
  assert_line (texts, "fold " SEEN " · circles: each fold's best");
  for (int k = 0; k < MADE_N_FOLDS; k++)
    assert_line (texts, seen[k]);
  g_assert_null (strstr (texts->str, "fold 3"));
  g_assert_null (strstr (texts->str, "\xe2\x80\xae"));
}

static void
test_a_filter_names_them (void)
{
  BsFilter filter;
  bs_filter_init (&filter);
  filter.folds = 1u << (FOLD + 1) | 1u << 1;
  g_autofree char *chip =
    bs_filter_describe (&filter, BS_FACET_FOLD, bs_workspace_get_metadata (workspace));
  g_assert_cmpstr (chip, ==, "fold a b, " SEEN);
  bs_filter_clear (&filter);
}

static void
test_learning_curves_name_them (void)
{
  g_autoptr (GArray) history = g_array_new (FALSE, TRUE, sizeof (BsEpoch));
  BsLearningChart *chart = g_object_ref_sink (g_object_new (BS_TYPE_LEARNING_CHART, NULL));
  for (int k = 0; k < MADE_N_FOLDS; k++) {
    BsEpoch epoch = { .fold = k, .epoch = 1, .acc_presence = .5, .acc_salience = .5 };
    g_array_append_val (history, epoch);
  }
  bs_learning_chart_show_history (chart, history, names);
  g_autoptr (BsTable) table = bs_chart_view_make_table (BS_CHART_VIEW (chart));
  g_autoptr (GBytes) csv = bs_table_to_csv (table);
  g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  for (int k = 0; k < MADE_N_FOLDS; k++) {
    g_autofree char *series = g_strdup_printf ("fold %s", seen[k]);
    g_assert_nonnull (strstr (text, series));
  }
  g_object_unref (chart);
}

int
main (int argc, char **argv)
{
  const MadeCorpus made = { -1, -1, 0, -1, names };
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  folder = made_corpus_write (&made);
  open_window ();
  g_test_add_func ("/fold-names/thresholds", test_thresholds_name_them);
  g_test_add_func ("/fold-names/filter", test_a_filter_names_them);
  g_test_add_func ("/fold-names/learning", test_learning_curves_name_them);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (workspace);
  test_folder_free (folder);
  return status;
}
