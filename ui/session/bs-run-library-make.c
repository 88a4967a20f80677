/* SPDX-License-Identifier: MIT */
/* Runs that are made without a training: of predictions from elsewhere, and of other runs. Where a
 * file does not tell what its numbers are, somebody is asked. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/session/bs-run-library.h"

#define SEED 42

/* What a run is made of: a file, or other runs. */
typedef struct {
  BsCorpus *corpus;
  char *parent; /* the folder of its runs */
  char *path; /* (nullable) */
  BsPredictionsKind kind; /* of what @path has */
  GPtrArray *runs; /* (nullable): of BsRun */
  BsFusionProtocol protocol; /* for @runs */
  BsJob *job; /* on the lane's thread, while it runs */
} Input;

/* A run, or the numbers of which somebody has to say what they are. */
typedef struct {
  BsCorpus *corpus;
  char *path;
  BsRun *run;
  BsPredictions *unclear;
} Made;

static void
input_free (gpointer data)
{
  Input *input = data;
  bs_corpus_unref (input->corpus);
  g_free (input->parent);
  g_free (input->path);
  g_clear_pointer (&input->runs, g_ptr_array_unref);
  g_free (input);
}

static void
made_free (gpointer data)
{
  Made *made = data;
  bs_corpus_unref (made->corpus);
  g_free (made->path);
  g_clear_pointer (&made->run, bs_run_unref);
  g_clear_pointer (&made->unclear, bs_predictions_unref);
  g_free (made);
}

static Input *
input_new (BsRunLibrary *self)
{
  Input *input = g_new0 (Input, 1);
  input->corpus = bs_corpus_ref (bs_run_library_get_corpus (self));
  input->parent = bs_run_library_dup_folder (self);
  return input;
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
import (const Input *input, BsPredictions **unclear, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);
  g_autoptr (GError) problem = NULL;
  g_autoptr (BsPredictions) predictions = bs_predictions_load (input->path, input->kind, &problem);
  if (g_error_matches (problem, BS_ERROR, BS_ERROR_UNCLEAR)) {
    *unclear = bs_predictions_load (input->path, BS_PREDICTIONS_RAW, error);
    return NULL;
  }
  if (predictions == NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (!note_alignment (predictions, metadata, error))
    return NULL;
  g_autofree char *title = g_path_get_basename (input->path);
  return bs_run_from_predictions (predictions, title, metadata);
}

static void
on_progress (double fraction, const char *message, gpointer user_data)
{
  Input *input = user_data;
  bs_job_report (input->job, fraction, message);
}

static BsRun *
fuse (Input *input, GCancellable *cancellable, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);
  const BsFusionConfig config = { .protocol = input->protocol, .seed = SEED };
  g_autofree BsFusionMember *members = g_new (BsFusionMember, input->runs->len);
  for (guint m = 0; m < input->runs->len; m++) {
    const BsRun *run = g_ptr_array_index (input->runs, m);
    members[m] = (BsFusionMember){ run->title, run->predictions, bs_run_chosen (run) };
  }
  g_autoptr (BsLateFusion) fusion = bs_late_fusion_new (
    metadata, members, input->runs->len, &config, on_progress, input, cancellable, error);
  return fusion != NULL ? bs_late_fusion_make_run (fusion, metadata) : NULL;
}

static gpointer
make_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  BsPredictions *unclear = NULL;
  input->job = job;
  g_autoptr (BsRun) run =
    input->runs != NULL ? fuse (input, cancellable, error) : import (input, &unclear, error);
  if (unclear == NULL && (run == NULL || !bs_run_library_save (run, input->parent, error)))
    return NULL;
  Made *made = g_new (Made, 1);
  *made = (Made){ bs_corpus_ref (input->corpus), g_strdup (input->path), g_steal_pointer (&run),
                  unclear };
  return made;
}

static void
make_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsRunLibrary *self = user_data;
  Made *made = result;
  if (made == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_job_queue_say (bs_run_library_get_jobs (self), "%s", error->message);
    return;
  }
  if (!bs_run_library_is_of (self, made->corpus))
    return; /* it lies with the corpus that was open before, and is found there */
  if (made->unclear != NULL) {
    g_signal_emit_by_name (self, "import-unclear", made->path, made->unclear);
    return;
  }
  g_autofree char *note = bs_predictions_dup_note (made->run->predictions);
  if (note != NULL)
    bs_job_queue_say (bs_run_library_get_jobs (self), "%s", note);
  bs_run_library_add (self, made->run, TRUE);
}

static void
start (BsRunLibrary *self, Input *input, BsLane lane, const char *title)
{
  bs_job_queue_start (bs_run_library_get_jobs (self), self,
                      &(BsJobSpec){
                        .lane = lane,
                        .title = title,
                        .func = make_job,
                        .input = input,
                        .input_free = input_free,
                        .result_free = made_free,
                        .done = make_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}

/**
 * bs_run_library_import_as:
 * @self: a library with a corpus
 * @path: CSV, NPZ or the challenge's JSON
 * @kind: what somebody says the file holds, or auto
 *
 * Makes a run of predictions from elsewhere, which is to be opened. How the file was read is said
 * in a message and kept with the run. Where that is unclear nothing is made: "import-unclear" is
 * emitted, with the path and the file's own numbers as #BsPredictions, and whoever is asked calls
 * this again.
 */
void
bs_run_library_import_as (BsRunLibrary *self, const char *path, BsPredictionsKind kind)
{
  g_return_if_fail (bs_run_library_get_corpus (self) != NULL);
  Input *input = input_new (self);
  input->path = g_strdup (path);
  input->kind = kind;
  start (self, input, BS_LANE_SHORT, _ ("Importing predictions"));
}

/**
 * bs_run_library_import:
 * @self: a library with a corpus
 * @path: CSV, NPZ or the challenge's JSON
 *
 * bs_run_library_import_as() of a file of which nobody says what it holds.
 */
void
bs_run_library_import (BsRunLibrary *self, const char *path)
{
  bs_run_library_import_as (self, path, BS_PREDICTIONS_AUTO);
}

/**
 * bs_run_library_fuse:
 * @self: a library with a corpus
 * @runs: (element-type BsRun): at least two of its runs, with probabilities
 * @protocol: whose clips choose the weights
 *
 * Fuses in the long lane; the result is saved as a run, which is to be opened.
 */
void
bs_run_library_fuse (BsRunLibrary *self, GPtrArray *runs, BsFusionProtocol protocol)
{
  g_return_if_fail (bs_run_library_get_corpus (self) != NULL && runs->len >= 2);
  Input *input = input_new (self);
  input->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (guint m = 0; m < runs->len; m++)
    g_ptr_array_add (input->runs, bs_run_ref (g_ptr_array_index (runs, m)));
  input->protocol = protocol;
  g_autofree char *title =
    g_strdup_printf (ngettext ("Fusing %u run", "Fusing %u runs", runs->len), runs->len);
  start (self, input, BS_LANE_LONG, title);
}
