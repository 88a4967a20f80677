/* SPDX-License-Identifier: MIT */
/* What the view of a corpus says of files that are not as they should be. */
#include <adwaita.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/analysis/bs-corpus-view.h"

#define N_CUT 12

typedef struct {
  BsWorkspace *workspace;
  GtkStack *stack;
  GtkWidget *view;
} Desk;

static Desk desk;

static gboolean
says (const char *text)
{
  return bs_test_has_label (desk.view, text);
}

static gboolean
is_open (void)
{
  return bs_workspace_get_corpus (desk.workspace) != NULL &&
         !bs_workspace_is_opening (desk.workspace);
}

static gboolean
counts_the_cut_files (void)
{
  return says ("Face: features of 12 clips cannot be used");
}

static gboolean
counts_the_other_file (void)
{
  return says ("Voice: features of 1 clip cannot be used");
}

static void
test_features_that_cannot_be_used_are_named (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  for (int i = 0; i < N_CUT; i++) {
    g_autofree char *name = g_strdup_printf ("Face_train/clip_%03d.npy", 41 + i);
    test_folder_write (folder, name, "no array");
  }
  bs_workspace_open_folder (desk.workspace, folder->path);
  bs_test_wait_for (is_open, "the corpus");
  gtk_stack_set_visible_child (desk.stack, desk.view);
  bs_test_wait_for (counts_the_cut_files, "the count of cut files");
  g_assert_true (says ("\n• Face_train/clip_041.npy: "));
  g_assert_true (says ("\n• Face_train/clip_050.npy: "));
  g_assert_false (says ("clip_051"));
  g_assert_true (says ("\n• and 2 more"));
  g_assert_false (says ("Voice: features"));
  g_assert_false (says (folder->path));
}

/* While the view is on show; nothing stays of the corpus before. */
static void
test_another_corpus_is_read_anew (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  test_folder_write (folder, "Voice_train/clip_003.npy", "no array");
  bs_workspace_open_folder (desk.workspace, folder->path);
  bs_test_wait_for (counts_the_other_file, "the file of the other corpus");
  g_assert_true (says ("Voice_train/clip_003.npy: "));
  g_assert_false (says ("Face: features"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  desk.workspace = bs_workspace_new ();
  desk.stack = GTK_STACK (gtk_stack_new ());
  desk.view = g_object_new (BS_TYPE_CORPUS_VIEW, "workspace", desk.workspace, NULL);
  gtk_stack_add_child (desk.stack, gtk_label_new (NULL));
  gtk_stack_add_child (desk.stack, desk.view);
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (desk.stack));
  gtk_window_present (GTK_WINDOW (window));
  g_test_add_func ("/corpus-view/features that cannot be used are named",
                   test_features_that_cannot_be_used_are_named);
  g_test_add_func ("/corpus-view/another corpus is read anew", test_another_corpus_is_read_anew);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_run_dispose (G_OBJECT (desk.workspace));
  g_object_unref (desk.workspace);
  return status;
}
