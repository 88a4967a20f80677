/* SPDX-License-Identifier: MIT */
/* First the metadata, so that the list is there; then the features and a first run; then the clips
 * that nobody asked for yet, one job each, so that a training never waits for all of them. */
#include "config.h"

#include "app/demo/bs-demo-filler.h"

#include <glib/gi18n.h>

#include "app/demo/bs-demo-clips.h"

#define DEMO_SEED 1
#define DRAW_ALL_LIMIT 1000 /* clips */

struct _BsDemoFiller {
  GObject parent_instance;
  BsWorkspace *workspace;
  BsDemoClips *clips; /* (nullable): of the corpus that is filled */
  char *folder; /* (nullable): of the last synthetic corpus */
  gboolean has_begun; /* features, or the first run of a corpus that has them */
  int next_clip; /* those before it are drawn */
  BsJob *drawing; /* (nullable): of a clip of the open corpus */
  gboolean is_stopped; /* the drawing of @folder's clips, by the person or by a full disk */
};

G_DEFINE_FINAL_TYPE (BsDemoFiller, bs_demo_filler, G_TYPE_OBJECT)

static void
say (BsDemoFiller *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bs_job_queue_say (bs_workspace_get_jobs (self->workspace), "%s", error->message);
}

typedef struct {
  BsDemoClips *clips;
  BsCorpus *corpus;
  BsJob *job; /* on the lane's thread, while it runs */
} Input;

static Input *
input_new (BsDemoFiller *self)
{
  Input *input = g_new0 (Input, 1);
  input->clips = g_object_ref (self->clips);
  input->corpus = bs_corpus_ref (bs_workspace_get_corpus (self->workspace));
  return input;
}

static void
input_free (gpointer data)
{
  Input *input = data;
  g_object_unref (input->clips);
  bs_corpus_unref (input->corpus);
  g_free (input);
}

static void
on_features_progress (double fraction, const char *message, gpointer user_data)
{
  Input *input = user_data;
  bs_job_report (input->job, fraction, message);
}

static gpointer
features_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  input->job = job;
  gboolean done =
    bs_demo_write_features (bs_demo_clips_get_demo (input->clips), bs_corpus_folder (input->corpus),
                            on_features_progress, input, cancellable, error);
  return done ? bs_corpus_ref (input->corpus) : NULL;
}

/* The corpus is read again, with its features; what is lacking then is begun when it is there. */
static void
features_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsDemoFiller *self = user_data;
  if (result == NULL)
    say (self, error);
  else if (bs_run_library_is_of (bs_workspace_get_library (self->workspace), result) &&
           !bs_workspace_is_opening (self->workspace))
    bs_workspace_open_folder (self->workspace, bs_corpus_folder (result));
}

static void
write_features (BsDemoFiller *self)
{
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_LONG,
                        .key = "features",
                        .title = _ ("Computing synthetic features"),
                        .func = features_job,
                        .input = input_new (self),
                        .input_free = input_free,
                        .result_free = (GDestroyNotify) bs_corpus_unref,
                        .done = features_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}

static void
train_first_run (BsDemoFiller *self)
{
  g_autoptr (BsTrainConfig) config =
    bs_train_config_new_demo (bs_workspace_get_corpus (self->workspace));
  bs_training_queue_train (bs_workspace_get_training_queue (self->workspace), config);
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
set_stopped (BsDemoFiller *self, gboolean is_stopped)
{
  self->is_stopped = is_stopped;
  bs_demo_clips_set_stopped (self->clips, is_stopped);
}

static void draw_remaining (BsDemoFiller *self);

static void
draw_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsDemoFiller *self = user_data;
  if (job != self->drawing)
    return; /* of the corpus before */
  g_clear_pointer (&self->drawing, bs_job_unref);
  if (result == NULL) {
    set_stopped (self, TRUE);
    say (self, error);
    return;
  }
  bs_job_steal_result (job);
  self->next_clip = GPOINTER_TO_INT (result) - 1;
  draw_remaining (self);
}

/* Queues the next clip of a small corpus that has not been drawn, behind whatever else waits in the
 * long lane. Clips of a large one are drawn when they are opened. */
static void
draw_remaining (BsDemoFiller *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  int n = (int) bs_metadata_n_clips (bs_corpus_metadata (corpus));
  if (self->drawing != NULL || self->is_stopped || n > DRAW_ALL_LIMIT || self->next_clip >= n)
    return;
  self->drawing = bs_job_queue_submit (
    bs_workspace_get_jobs (self->workspace), self,
    &(BsJobSpec){
      .lane = BS_LANE_LONG,
      .title = _ ("Drawing synthetic clips"),
      .func = draw_job,
      .input = bs_clip_drawing_new (BS_CLIP_MAKER (self->clips), corpus, self->next_clip, -1),
      .input_free = bs_clip_drawing_free,
      .done = draw_done_cb,
      .user_data = self,
    },
    TRUE);
}

/* Once the runs are known: one step at a time, as each ends by reading the corpus again or by a
 * training less, which comes back here. */
static void
complete (BsDemoFiller *self)
{
  BsRunLibrary *library = bs_workspace_get_library (self->workspace);
  BsTrainingQueue *queue = bs_workspace_get_training_queue (self->workspace);
  if (self->clips == NULL || bs_run_library_is_loading (library))
    return;
  gboolean has_features = bs_demo_clips_has_features (self->clips);
  gboolean is_training = bs_training_queue_get_n_trainings (queue) > 0;
  gboolean has_run = has_features && bs_run_library_get_runs (library)->len > 0;
  gboolean was_begun = self->has_begun;
  self->has_begun = was_begun || !has_features || has_run || !is_training;
  if (!was_begun && !has_features)
    write_features (self);
  else if (!was_begun && !has_run && !is_training)
    train_first_run (self);
  draw_remaining (self);
}

static void
stop_drawing (BsDemoFiller *self)
{
  g_autoptr (BsJob) job = g_steal_pointer (&self->drawing);
  if (job != NULL)
    bs_job_cancel (job);
}

static void
corpus_changed_cb (BsDemoFiller *self)
{
  BsClipMaker *maker = bs_workspace_get_clip_maker (self->workspace);
  stop_drawing (self);
  g_clear_object (&self->clips);
  if (!BS_IS_DEMO_CLIPS (maker))
    return;
  const char *folder = bs_corpus_folder (bs_workspace_get_corpus (self->workspace));
  self->clips = g_object_ref (BS_DEMO_CLIPS (maker));
  self->has_begun = FALSE;
  self->next_clip = 0;
  /* What a person has stopped is not begun anew because the same corpus is read again. */
  set_stopped (self, self->is_stopped && g_strcmp0 (folder, self->folder) == 0);
  g_free (self->folder);
  self->folder = g_strdup (folder);
}

static void
bs_demo_filler_finalize (GObject *object)
{
  BsDemoFiller *self = BS_DEMO_FILLER (object);
  g_clear_pointer (&self->drawing, bs_job_unref);
  g_clear_object (&self->clips);
  g_clear_object (&self->workspace);
  g_free (self->folder);
  G_OBJECT_CLASS (bs_demo_filler_parent_class)->finalize (object);
}

static void
bs_demo_filler_class_init (BsDemoFillerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_demo_filler_finalize;
}

static void
bs_demo_filler_init (BsDemoFiller *self)
{
}

/**
 * bs_demo_filler_new:
 * @workspace: with nothing open
 *
 * Returns: (transfer full): what fills each synthetic corpus that is opened in @workspace
 */
BsDemoFiller *
bs_demo_filler_new (BsWorkspace *workspace)
{
  BsDemoFiller *self = g_object_new (BS_TYPE_DEMO_FILLER, NULL);
  self->workspace = g_object_ref (workspace);
  bs_workspace_set_clip_maker_func (workspace, bs_demo_clips_new_for);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_library (workspace), "notify::loading",
                           G_CALLBACK (complete), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_training_queue (workspace), "notify::n-trainings",
                           G_CALLBACK (complete), self, G_CONNECT_SWAPPED);
  return self;
}

static gboolean
write_metadata (const char *folder, GError **error)
{
  g_autofree char *metadata = g_build_filename (folder, "train_metadata.csv", NULL);
  if (g_file_test (metadata, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, DEMO_SEED);
  return bs_demo_write_metadata (demo, folder, error);
}

/**
 * bs_demo_filler_open:
 * @self: the filler
 * @folder: (nullable): where the demo corpus lies or is to be made; by default a folder of the
 *   user's data
 *
 * Opens the synthetic corpus in the workspace, and makes what it lacks in the background.
 */
void
bs_demo_filler_open (BsDemoFiller *self, const char *folder)
{
  g_autofree char *usual =
    g_build_filename (g_get_user_data_dir (), "blendscope", "demo-corpus", NULL);
  bs_workspace_open_prepared (self->workspace, folder != NULL ? folder : usual, write_metadata);
}
