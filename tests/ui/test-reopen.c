/* SPDX-License-Identifier: MIT */
/* A file of the open corpus that another program changes: the window says which, and opens the
 * corpus again where that is wanted. */
#include <gst/gst.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/window/bs-window.h"

static TestFolder *folder;
static BsWindow *window;

static BsCorpus *
corpus (void)
{
  return bs_workspace_get_corpus (bs_window_get_workspace (window));
}

static gboolean
is_open (void)
{
  return corpus () != NULL && !bs_workspace_is_opening (bs_window_get_workspace (window));
}

static GtkWidget *
find_button (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "Open Again") == 0)
    return root;
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

static gboolean
is_offered (void)
{
  return find_button (GTK_WIDGET (window)) != NULL;
}

static gboolean
is_not_offered (void)
{
  return is_open () && !is_offered ();
}

/* The same bytes again: what counts is that they were written. */
static void
rewrite (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n;
  g_file_get_contents (test_folder_path (folder, name), &bytes, &n, &error);
  g_assert_no_error (error);
  test_folder_write_bytes (folder, name, bytes, n);
}

static void
test_a_changed_file_is_named_and_opened_again (void)
{
  static const char *const names[] = { MADE_VECTORS ".npz", "train_metadata.csv" };
  bs_workspace_open_folder (bs_window_get_workspace (window), folder->path);
  bs_test_wait_for (is_open, "the corpus");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_false (is_offered ());
    g_autofree char *sentence =
      g_strdup_printf ("%s has changed on disk; what is shown here is older.", names[i]);
    g_autoptr (BsCorpus) before = bs_corpus_ref (corpus ());
    rewrite (names[i]);
    bs_test_wait_for (is_offered, "the offer");
    g_assert_true (bs_test_has_label (GTK_WIDGET (window), sentence));
    g_assert_true (corpus () == before);
    g_signal_emit_by_name (find_button (GTK_WIDGET (window)), "clicked");
    bs_test_wait_for (is_not_offered, "the corpus, opened again");
    g_assert_true (corpus () != before);
    g_autofree char *changed = bs_corpus_dup_changed_file (corpus ());
    g_assert_null (changed);
  }
}

static gboolean
run_cb (gpointer status)
{
  *(int *) status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, gpointer status)
{
  window = bs_window_new (application);
  gtk_window_present (GTK_WINDOW (window));
  g_idle_add (run_cb, status);
}

int
main (int argc, char **argv)
{
  int status = 1;
  gst_init (NULL, NULL);
  gtk_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (AdwApplication) application =
    adw_application_new ("org.blendscope.Test", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/blendscope/Blendscope");
  g_test_add_func ("/reopen/changed", test_a_changed_file_is_named_and_opened_again);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &status);
  g_application_run (G_APPLICATION (application), 0, NULL);
  test_folder_free (folder);
  return status;
}
