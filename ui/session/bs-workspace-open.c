/* SPDX-License-Identifier: MIT */
/* Opening a corpus, and making the synthetic one while the window is already of use: first the
 * metadata, so that the list is there; then the features and a first run; then the clips that
 * nobody asked for yet, one job each, so that a training never waits for all of them. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/run/bs-run.h"
#include "ui/session/bs-clip-drawing.h"
#include "ui/session/bs-workspace-private.h"

#define DEMO_SEED 1
#define DRAW_ALL_LIMIT 1000 /* clips */

typedef struct {
  char *folder;
  gboolean make_demo;
} OpenInput;

typedef struct {
  BsCorpus *corpus;
  BsDemo *demo;
  gboolean has_features; /* of a demo corpus */
} Opened;

static void
open_input_free (gpointer data)
{
  OpenInput *input = data;
  g_free (input->folder);
  g_free (input);
}

static void
opened_free (gpointer data)
{
  Opened *opened = data;
  g_clear_pointer (&opened->corpus, bs_corpus_unref);
  g_clear_pointer (&opened->demo, bs_demo_unref);
  g_free (opened);
}

static gboolean
make_demo (const char *folder, GError **error)
{
  g_autofree char *metadata = g_build_filename (folder, "train_metadata.csv", NULL);
  if (g_file_test (metadata, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, DEMO_SEED);
  return bs_demo_write_metadata (demo, folder, error);
}

static gpointer
open_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  OpenInput *input = data;
  if (input->make_demo && !make_demo (input->folder, error))
    return NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (input->folder, cancellable, error);
  if (corpus == NULL)
    return NULL;
  Opened *opened = g_new0 (Opened, 1);
  if (bs_corpus_is_demo (corpus))
    opened->demo = bs_demo_open (input->folder, NULL);
  if (opened->demo != NULL)
    opened->has_features = bs_demo_has_features (opened->demo, input->folder);
  opened->corpus = g_steal_pointer (&corpus);
  return opened;
}

static int
find_again (BsMetadata *metadata, const char *filename)
{
  return metadata != NULL && filename != NULL ? bs_metadata_find (metadata, filename) : -1;
}

/**
 * bs_workspace_has_open:
 * @self: the workspace
 * @corpus: (transfer none): a corpus, as of a job that took a while
 *
 * Returns: whether the open corpus lies in the same folder, perhaps read again since
 */
gboolean
bs_workspace_has_open (BsWorkspace *self, BsCorpus *corpus)
{
  return self->corpus != NULL &&
         g_strcmp0 (bs_corpus_folder (self->corpus), bs_corpus_folder (corpus)) == 0;
}

/**
 * bs_workspace_take_corpus:
 * @self: the workspace
 * @corpus: (transfer none): what was opened
 *
 * Puts @corpus in the place of the open one. The run is closed; the chosen clip stays chosen
 * where the new corpus has it.
 */
void
bs_workspace_take_corpus (BsWorkspace *self, BsCorpus *corpus)
{
  BsMetadata *old = bs_workspace_get_metadata (self);
  g_autofree char *chosen =
    self->clip >= 0 ? g_strdup (bs_metadata_clip (old, (gsize) self->clip)->filename) : NULL;
  gboolean same_folder = bs_workspace_has_open (self, corpus);
  bs_workspace_open_run (self, NULL);
  g_ptr_array_set_size (self->runs, 0);
  bs_corpus_ref (corpus);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  self->corpus = corpus;
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  int clip = find_again (metadata, chosen);
  if (clip < 0 && bs_metadata_n_clips (metadata) > 0)
    clip = 0;
  gboolean moved = clip != self->clip || !same_folder;
  self->clip = clip;
  if (!same_folder) {
    bs_filter_clear (&self->filter);
    bs_workspace_close_comparison (self);
  }
  bs_workspace_emit (self, BS_WORKSPACE_CORPUS_CHANGED);
  bs_workspace_emit (self, BS_WORKSPACE_FILTER_CHANGED);
  if (moved)
    bs_workspace_emit (self, BS_WORKSPACE_CLIP_CHANGED);
}

static void
stop_drawing (BsWorkspace *self)
{
  if (self->drawing == NULL)
    return;
  g_autoptr (BsJob) job = g_steal_pointer (&self->drawing);
  bs_job_cancel (job);
}

static void
open_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  self->n_opening--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    bs_workspace_emit (self, BS_WORKSPACE_CORPUS_CHANGED);
    return;
  }
  Opened *opened = result;
  if (opened == NULL) {
    bs_workspace_set_problem (self, error->message);
    return;
  }
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->demo, bs_demo_unref);
  self->demo = g_steal_pointer (&opened->demo);
  self->demo_has_features = opened->has_features;
  stop_drawing (self);
  self->next_clip_to_draw = 0;
  /* What a person has stopped is not begun anew because the same corpus is read again. */
  self->drawing_stopped = self->drawing_stopped && bs_workspace_has_open (self, opened->corpus);
  bs_workspace_take_corpus (self, opened->corpus);
  bs_workspace_load_runs (self);
}

/**
 * bs_workspace_set_problem:
 * @self: the workspace
 * @problem: one sentence
 *
 * Says why nothing could be opened; what was open before stays open.
 */
void
bs_workspace_set_problem (BsWorkspace *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (self->corpus != NULL)
    bs_job_queue_say (self->jobs, "%s", problem);
  bs_workspace_emit (self, BS_WORKSPACE_CORPUS_CHANGED);
}

static void
open_in_worker (BsWorkspace *self, const char *folder, gboolean make)
{
  OpenInput *input = g_new0 (OpenInput, 1);
  input->folder = g_strdup (folder);
  input->make_demo = make;
  self->n_opening++;
  bs_job_queue_start (self->jobs, self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "corpus",
                        .title = _ ("Opening the corpus"),
                        .func = open_job,
                        .input = input,
                        .input_free = open_input_free,
                        .result_free = opened_free,
                        .done = open_done_cb,
                        .user_data = self,
                      },
                      TRUE);
  bs_workspace_emit (self, BS_WORKSPACE_CORPUS_CHANGED);
}

/**
 * bs_workspace_open_folder:
 * @self: the workspace
 * @folder: a corpus folder
 *
 * Opens a corpus in the worker; corpus-changed follows, or a problem.
 */
void
bs_workspace_open_folder (BsWorkspace *self, const char *folder)
{
  open_in_worker (self, folder, FALSE);
}

/**
 * bs_workspace_open_demo:
 * @self: the workspace
 * @folder: (nullable): where the demo corpus lies or is to be made; by default a folder of the
 *   user's data
 *
 * Opens the synthetic corpus, and makes what it lacks in the background.
 */
void
bs_workspace_open_demo (BsWorkspace *self, const char *folder)
{
  g_autofree char *usual =
    g_build_filename (g_get_user_data_dir (), "blendscope", "demo-corpus", NULL);
  open_in_worker (self, folder != NULL ? folder : usual, TRUE);
}

/* Draws the first clip without a file; the result is where to go on, plus 1. */
static gpointer
draw_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const BsClipDrawing *drawing = data;
  int n = (int) bs_metadata_n_clips (bs_corpus_metadata (drawing->corpus));
  int clip = drawing->clips[0];
  while (clip < n && bs_clip_drawing_has_file (drawing, clip))
    clip++;
  if (clip == n)
    return GINT_TO_POINTER (n + 1);
  g_autofree char *message = g_strdup_printf (
    ngettext ("%u of %u clip", "%u of %u clips", (gulong) n), (guint) clip, (guint) n);
  bs_job_report (job, (double) clip / n, message);
  if (!bs_clip_drawing_run (drawing, clip, cancellable, error))
    return NULL;
  return GINT_TO_POINTER (clip + 2);
}

static void
draw_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  if (job != self->drawing)
    return; /* of the corpus before */
  g_clear_pointer (&self->drawing, bs_job_unref);
  if (result == NULL) {
    self->drawing_stopped = TRUE;
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_job_queue_say (self->jobs, "%s", error->message);
    return;
  }
  bs_job_steal_result (job);
  self->next_clip_to_draw = GPOINTER_TO_INT (result) - 1;
  bs_workspace_draw_remaining (self);
}

/**
 * bs_workspace_is_drawing_stopped:
 * @self: the workspace
 *
 * Returns: whether clips that nobody waits for are not to be drawn, because a person has said so or
 *   because it failed
 */
gboolean
bs_workspace_is_drawing_stopped (BsWorkspace *self)
{
  return self->drawing_stopped;
}

/**
 * bs_workspace_draw_remaining:
 * @self: the workspace
 *
 * Queues the next clip of a small synthetic corpus that has not been drawn, behind whatever else
 * waits in the long lane. Clips of a large one are drawn when they are opened.
 */
void
bs_workspace_draw_remaining (BsWorkspace *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self);
  if (self->demo == NULL || metadata == NULL || self->drawing != NULL || self->drawing_stopped ||
      bs_metadata_n_clips (metadata) > DRAW_ALL_LIMIT ||
      self->next_clip_to_draw >= (int) bs_metadata_n_clips (metadata))
    return;
  self->drawing = bs_job_queue_submit (
    self->jobs, self,
    &(BsJobSpec){
      .lane = BS_LANE_LONG,
      .title = _ ("Drawing synthetic clips"),
      .func = draw_job,
      .input = bs_clip_drawing_new (self->demo, self->corpus, self->next_clip_to_draw, -1),
      .input_free = bs_clip_drawing_free,
      .done = draw_done_cb,
      .user_data = self,
    },
    TRUE);
}
