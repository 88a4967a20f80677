/* SPDX-License-Identifier: MIT */
/* A file that does not say whether it holds probabilities or logits is asked about. */
#include <adwaita.h>

#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-stage.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/runs/bs-import-dialog.h"
#include "ui/runs/bs-run-row.h"

#define HEADER "filename;ang;disg;fea;hap;sad;neu\n"
#define LOW HEADER "clips/A1_ang_int1_ver1.npy;0,90;0,05;0,01;0;0;0\n"
#define HIGH HEADER "A1_ang_int1_ver1;2,5;1;0;0;0;0\n"
#define PER_CENT HEADER "A1_ang_int1_ver1;90;10;0;0;0;0\n"

typedef struct {
  BsTestStage *stage;
  BsImportDialog *dialog;
  int n_asked;
} Test;

static void
unclear_cb (Test *self, const char *path, BsPredictions *unclear)
{
  GtkWidget *dialog =
    bs_import_dialog_new (self->stage->window, self->stage->workspace, path, unclear);
  gtk_window_present (GTK_WINDOW (dialog));
  self->dialog = BS_IMPORT_DIALOG (dialog);
  self->n_asked++;
}

static gboolean
is_asked (gpointer data)
{
  return ((Test *) data)->dialog != NULL;
}

static gboolean
has_run (gpointer workspace)
{
  return bs_run_library_get_runs (bs_workspace_get_library (workspace))->len > 0;
}

static void
ask (Test *self, const char *text)
{
  self->dialog = NULL;
  bs_run_library_import (bs_workspace_get_library (self->stage->workspace),
                         test_folder_write (self->stage->folder, "u.csv", text));
  bs_test_wait (is_asked, self, "the question");
}

static void
answer (Test *self, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (self->dialog), response);
}

static gboolean
has_tooltip (GtkWidget *root, const char *text)
{
  const char *tooltip = gtk_widget_get_tooltip_text (root);
  gboolean found = tooltip != NULL && strstr (tooltip, text) != NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = has_tooltip (child, text);
  return found;
}

static void
test_the_first_rows_are_shown_and_the_answer_is_kept (void)
{
  g_autoptr (BsTestStage) stage = bs_test_stage_new ();
  Test test = { .stage = stage };
  g_signal_connect_swapped (bs_workspace_get_library (stage->workspace), "import-unclear",
                            G_CALLBACK (unclear_cb), &test);
  ask (&test, LOW);
  g_assert_false (has_run (stage->workspace));
  static const char *const shown[] = { "A1_ang_int1_ver1", "0.05", "0.96", "sum", "neu" };
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    g_assert_true (bs_test_has_label (GTK_WIDGET (test.dialog), shown[i]));
  g_assert_true (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (test.dialog), "probabilities"));
  answer (&test, "probabilities");
  bs_test_wait (has_run, stage->workspace, "the import");
  BsRun *run =
    g_ptr_array_index (bs_run_library_get_runs (bs_workspace_get_library (stage->workspace)), 0);
  g_assert_cmpfloat (run->predictions->probabilities[0][0], ==, 0.9);
  g_autoptr (BsRun) back = bs_run_load (run->folder, NULL);
  g_autofree char *note = bs_predictions_dup_note (back->predictions);
  g_assert_nonnull (strstr (note, "as probabilities, as you said"));
  g_assert_nonnull (strstr (note, "semicolons between fields and decimal commas"));
  GtkWidget *row = g_object_ref_sink (bs_run_row_new (back));
  g_assert_true (has_tooltip (row, "as probabilities, as you said"));
  g_assert_true (has_tooltip (row, "'clips/A1_ang_int1_ver1.npy' to 'A1_ang_int1_ver1'"));
  g_object_unref (row);
  g_assert_cmpint (test.n_asked, ==, 1);
}

static void
test_what_cannot_be_is_not_offered (void)
{
  g_autoptr (BsTestStage) stage = bs_test_stage_new ();
  Test test = { .stage = stage };
  g_signal_connect_swapped (bs_workspace_get_library (stage->workspace), "import-unclear",
                            G_CALLBACK (unclear_cb), &test);
  ask (&test, PER_CENT);
  g_assert_false (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (test.dialog), "probabilities"));
  g_assert_true (bs_test_has_label (GTK_WIDGET (test.dialog), "100"));
  answer (&test, "cancel");
  ask (&test, HIGH); /* nothing was remembered */
  g_assert_false (has_run (stage->workspace));
  answer (&test, "logits");
  bs_test_wait (has_run, stage->workspace, "the import");
  BsRun *run =
    g_ptr_array_index (bs_run_library_get_runs (bs_workspace_get_library (stage->workspace)), 0);
  g_assert_cmpint (run->predictions->kind, ==, BS_PREDICTIONS_LOGITS);
  g_assert_cmpint (test.n_asked, ==, 2);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/import/asked", test_the_first_rows_are_shown_and_the_answer_is_kept);
  g_test_add_func ("/import/offered", test_what_cannot_be_is_not_offered);
  return g_test_run ();
}
