/* SPDX-License-Identifier: MIT */
/* Asks where to, and has the worker write: what a chart or a table is saved with. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/format/bs-file.h"
#include "ui/common/bs-save.h"

typedef struct {
  BsWorkspace *workspace;
  GBytes *bytes;
} Saving;

typedef struct {
  char *path;
  GBytes *bytes;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;
  g_free (writing->path);
  g_bytes_unref (writing->bytes);
  g_free (writing);
}

static gpointer
write_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Writing *writing = input;
  gsize size;
  const void *data = g_bytes_get_data (writing->bytes, &size);
  if (!bs_file_write (writing->path, data, size, error))
    return NULL;
  return g_path_get_basename (writing->path);
}

static void
written_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsJobQueue *jobs = user_data;
  if (error != NULL)
    bs_job_queue_say (jobs, "%s", error->message);
  else
    /* Translators: a file's name */
    bs_job_queue_say (jobs, _ ("Saved %s"), (const char *) result);
}

static void
write_file (BsJobQueue *jobs, const char *path, GBytes *bytes)
{
  Writing *writing = g_new0 (Writing, 1);
  writing->path = g_strdup (path);
  writing->bytes = g_bytes_ref (bytes);
  bs_job_queue_start (jobs, jobs,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .title = _ ("Saving a file"),
                        .func = write_job,
                        .input = writing,
                        .input_free = writing_free,
                        .result_free = g_free,
                        .done = written_cb,
                        .user_data = jobs,
                      },
                      FALSE);
}

static void
saving_free (gpointer data)
{
  Saving *saving = data;
  g_object_unref (saving->workspace);
  g_bytes_unref (saving->bytes);
  g_free (saving);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Saving *saving)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    if (path != NULL)
      write_file (bs_workspace_get_jobs (saving->workspace), path, saving->bytes);
  }
  g_object_unref (dialog);
}

/**
 * bs_save_bytes:
 * @widget: what is saved from
 * @workspace: whose worker writes
 * @name: suggested name; slashes become dashes
 * @bytes: the file
 *
 * Asks for a place and writes there; the workspace says how that went.
 */
void
bs_save_bytes (GtkWidget *widget, BsWorkspace *workspace, const char *name, GBytes *bytes)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  g_autofree char *clean = g_strdelimit (g_strdup (name), "/", '-');
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Save"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  Saving *saving = g_new0 (Saving, 1);
  saving->workspace = g_object_ref (workspace);
  saving->bytes = g_bytes_ref (bytes);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), clean);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data_full (G_OBJECT (chooser), "saving", saving, saving_free);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
