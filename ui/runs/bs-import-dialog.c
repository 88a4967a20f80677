/* SPDX-License-Identifier: MIT */
/* Asks what the numbers of a file of predictions are, where the numbers do not tell: the first rows
 * and their sums are shown, and nothing is remembered beyond this file. */
#include "config.h"

#include "ui/runs/bs-import-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_ROWS_SHOWN 5

struct _BsImportDialog {
  AdwMessageDialog parent_instance;
  BsWorkspace *workspace;
  BsCorpus *corpus;
  char *path;

  GtkGrid *rows;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (BsImportDialog, bs_import_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* An answer given after another corpus was opened is for none of its clips. */
static void
bs_import_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BsImportDialog *self = BS_IMPORT_DIALOG (dialog);
  gboolean logits = g_str_equal (response, "logits");
  if (bs_workspace_get_corpus (self->workspace) != self->corpus ||
      (!logits && !g_str_equal (response, "probabilities")))
    return;
  bs_run_library_import_as (bs_workspace_get_library (self->workspace), self->path,
                            logits ? BS_PREDICTIONS_LOGITS : BS_PREDICTIONS_PROBABILITIES);
}

static void
bs_import_dialog_finalize (GObject *object)
{
  BsImportDialog *self = BS_IMPORT_DIALOG (object);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_free (self->path);
  G_OBJECT_CLASS (bs_import_dialog_parent_class)->finalize (object);
}

static void
bs_import_dialog_class_init (BsImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_import_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = bs_import_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BsImportDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, BsImportDialog, hint);
}

static void
bs_import_dialog_init (BsImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
put (BsImportDialog *self, int column, int row, const char *text, gboolean is_header)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, is_header ? "heading" : "numeric");
  gtk_grid_attach (self->rows, label, column, row, 1, 1);
}

static void
put_number (BsImportDialog *self, int column, int row, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  put (self, column, row, g_ascii_formatd (text, sizeof text, "%.4g", value), FALSE);
}

static double
sum_of_row (const BsPredictions *unclear, gsize row)
{
  double sum = 0;
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    sum += unclear->probabilities[row][k];
  return sum;
}

static void
show_rows (BsImportDialog *self, const BsPredictions *unclear)
{
  put (self, 0, 0, _ ("clip"), TRUE);
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    put (self, 1 + k, 0, bs_emotion_code ((BsEmotion) k), TRUE);
  put (self, 1 + BS_N_EMOTIONS, 0, _ ("sum"), TRUE);
  for (gsize row = 0; row < MIN (unclear->n, N_ROWS_SHOWN); row++) {
    g_autofree char *name = bs_error_excerpt (unclear->filenames[row]);
    put (self, 0, (int) row + 1, name, FALSE);
    for (int k = 0; k < BS_N_EMOTIONS; k++)
      put_number (self, 1 + k, (int) row + 1, unclear->probabilities[row][k]);
    put_number (self, 1 + BS_N_EMOTIONS, (int) row + 1, sum_of_row (unclear, row));
  }
}

static gboolean
are_in_range (const BsPredictions *unclear)
{
  for (gsize row = 0; row < unclear->n; row++)
    for (int k = 0; k < BS_N_EMOTIONS; k++)
      if (unclear->probabilities[row][k] < 0 || unclear->probabilities[row][k] > 1)
        return FALSE;
  return TRUE;
}

static void
show_hint (BsImportDialog *self, const BsPredictions *unclear)
{
  gboolean can_be_probabilities = are_in_range (unclear);
  const char *hint =
    fabs (sum_of_row (unclear, 0) - 100) <= 5
      ? _ ("A sum of 100 looks like per cent, which neither is: cancel, and divide the values by "
           "100.")
    : can_be_probabilities
      ? _ ("As probabilities they stay as they are; of logits the softmax is taken.")
      : _ ("Values above 1 are no probabilities; of logits the softmax is taken.");
  gtk_label_set_text (self->hint, hint);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "probabilities",
                                           can_be_probabilities);
}

/**
 * bs_import_dialog_new:
 * @parent: the window that asks
 * @workspace: the workspace, with a corpus open
 * @path: a file of predictions
 * @unclear: its numbers, as "import-unclear" gives them
 *
 * Imports the file as what is answered, by bs_run_library_import_as().
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
GtkWidget *
bs_import_dialog_new (GtkWindow *parent, BsWorkspace *workspace, const char *path,
                      const BsPredictions *unclear)
{
  BsImportDialog *self =
    g_object_new (BS_TYPE_IMPORT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autofree char *name = g_filename_display_basename (path);
  self->workspace = g_object_ref (workspace);
  self->corpus = bs_corpus_ref (bs_workspace_get_corpus (workspace));
  self->path = g_strdup (path);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self),
                                  _ ("The rows of “%s” do not sum to 1 and no value is negative, "
                                     "so the file does not say what its "
                                     "values are."),
                                  name);
  show_rows (self, unclear);
  show_hint (self, unclear);
  return GTK_WIDGET (self);
}
