/* SPDX-License-Identifier: MIT */
/* Predictions from elsewhere become a run. Where a file does not tell what its numbers are, somebody is
 * asked. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/session/bs-workspace-private.h"

typedef struct {
  BsCorpus *corpus;
  char *path;
  BsPredictionsKind kind;
  char *parent;
} ImportInput;

/* A run, or the numbers of which somebody has to say what they are. */
typedef struct {
  BsCorpus *corpus;
  char *path;
  BsRun *run;
  BsPredictions *unclear;
} Imported;

static void
import_input_free (gpointer data)
{
  ImportInput *input = data;
  bs_corpus_unref (input->corpus);
  g_free (input->path);
  g_free (input->parent);
  g_free (input);
}

static void
imported_free (gpointer data)
{
  Imported *imported = data;
  bs_corpus_unref (imported->corpus);
  g_free (imported->path);
  g_clear_pointer (&imported->run, bs_run_unref);
  g_clear_pointer (&imported->unclear, bs_predictions_unref);
  g_free (imported);
}

/* What had to be assumed or left out to put @predictions beside the clips. */
static gboolean
note_alignment (BsPredictions *predictions, const BsMetadata *metadata, GError **error)
{
  g_autoptr (BsAlignment) alignment = bs_predictions_align (predictions, metadata, error);
  if (alignment == NULL)
    return FALSE;
  predictions->read_as.folds = alignment->folds;
  predictions->read_as.n_without_prediction = alignment->n_without_prediction;
  predictions->read_as.n_without_metadata = alignment->n_without_metadata;
  return TRUE;
}

static BsRun *
make_run (const ImportInput *input, BsPredictions *predictions, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);
  if (!note_alignment (predictions, metadata, error))
    return NULL;
  g_autofree char *title = g_path_get_basename (input->path);
  g_autoptr (BsRun) run = bs_run_from_predictions (predictions, title, metadata);
  if (!bs_workspace_save_run (run, input->parent, error))
    return NULL;
  return g_steal_pointer (&run);
}

static gpointer
import_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const ImportInput *input = data;
  g_autoptr (GError) unclear = NULL;
  BsRun *run = NULL;
  g_autoptr (BsPredictions) predictions = bs_predictions_load (input->path, input->kind, &unclear);
  if (predictions != NULL) {
    run = make_run (input, predictions, error);
    if (run == NULL)
      return NULL;
  } else if (!g_error_matches (unclear, BS_ERROR, BS_ERROR_UNCLEAR)) {
    g_propagate_error (error, g_steal_pointer (&unclear));
    return NULL;
  } else {
    predictions = bs_predictions_load (input->path, BS_PREDICTIONS_RAW, error);
    if (predictions == NULL)
      return NULL;
  }
  Imported *imported = g_new0 (Imported, 1);
  *imported = (Imported){ bs_corpus_ref (input->corpus), g_strdup (input->path), run,
                          run == NULL ? g_steal_pointer (&predictions) : NULL };
  return imported;
}

static void
import_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  Imported *imported = result;
  if (imported == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_job_queue_say (self->jobs, "%s", error->message);
    return;
  }
  if (!bs_workspace_has_open (self, imported->corpus))
    return; /* it lies with the corpus that was open before, and is found there */
  if (imported->unclear != NULL) {
    bs_workspace_emit_unclear (self, imported->path, imported->unclear);
    return;
  }
  g_autofree char *note = bs_predictions_dup_note (imported->run->predictions);
  if (note != NULL)
    bs_job_queue_say (self->jobs, "%s", note);
  bs_workspace_add_run (self, imported->run, TRUE);
}

/**
 * bs_workspace_import_predictions_as:
 * @self: the workspace, with a corpus open
 * @path: CSV, NPZ or the challenge's JSON
 * @kind: what somebody says the file holds, or auto
 *
 * Makes a run of predictions from elsewhere and opens it. How the file was read is said in a message and
 * kept with the run. Where that is unclear nothing is made: "import-unclear" is emitted, with the path
 * and the file's own numbers as #BsPredictions, and whoever is asked calls this again.
 */
void
bs_workspace_import_predictions_as (BsWorkspace *self, const char *path, BsPredictionsKind kind)
{
  g_return_if_fail (bs_workspace_get_corpus (self) != NULL);
  ImportInput *input = g_new0 (ImportInput, 1);
  input->corpus = bs_corpus_ref (bs_workspace_get_corpus (self));
  input->path = g_strdup (path);
  input->kind = kind;
  input->parent = bs_workspace_dup_runs_folder (self);
  bs_job_queue_start (self->jobs, self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .title = _ ("Importing predictions"),
                        .func = import_job,
                        .input = input,
                        .input_free = import_input_free,
                        .result_free = imported_free,
                        .done = import_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}

/**
 * bs_workspace_import_predictions:
 * @self: the workspace, with a corpus open
 * @path: CSV, NPZ or the challenge's JSON
 *
 * bs_workspace_import_predictions_as() of a file of which nobody says what it holds.
 */
void
bs_workspace_import_predictions (BsWorkspace *self, const char *path)
{
  bs_workspace_import_predictions_as (self, path, BS_PREDICTIONS_AUTO);
}
