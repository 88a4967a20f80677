/* SPDX-License-Identifier: MIT */
/* The stage's work in the background: drawing a synthetic clip that is waited for, its waveform,
 * the belief over its time, and drawing its neighbours ahead. Each kind has a key, so that going
 * on to another clip ends what the last one asked for. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/bs-stage-private.h"

#define WAVEFORM_COLUMNS 1200

static const char key_clip[] = "clip";
static const char key_waveform[] = "waveform";
static const char key_belief[] = "belief";
static const char key_neighbours[] = "neighbours";

typedef struct {
  BsDemo *demo;
  BsCorpus *corpus;
  int clips[2]; /* to be drawn, -1 for none */
} DrawInput;

static void
draw_input_free (gpointer data)
{
  DrawInput *input = data;

  bs_demo_unref (input->demo);
  bs_corpus_unref (input->corpus);
  g_free (input);
}

static gpointer
draw_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  DrawInput *input = data;
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);

  for (guint i = 0; i < G_N_ELEMENTS (input->clips); i++) {
    g_autofree char *path = NULL;

    if (input->clips[i] < 0)
      continue;
    path = bs_corpus_dup_clip_path (input->corpus, (gsize) input->clips[i]);
    if (!path &&
        !bs_demo_render_clip (input->demo, bs_corpus_folder (input->corpus),
                              bs_metadata_clip (metadata, (gsize) input->clips[i])->filename,
                              cancellable, error))
      return NULL;
  }
  return GINT_TO_POINTER (TRUE);
}

static void
clip_drawn_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bs_stage_clip_drawn (user_data, error);
}

static DrawInput *
draw_input_new (BsStage *self, int first, int second)
{
  DrawInput *input = g_new0 (DrawInput, 1);

  input->demo = bs_demo_ref (bs_workspace_get_demo (self->workspace));
  input->corpus = bs_corpus_ref (bs_workspace_get_corpus (self->workspace));
  input->clips[0] = first;
  input->clips[1] = second;
  return input;
}

/**
 * bs_stage_draw_clip:
 * @self: a stage whose clip is synthetic and has no file
 *
 * Draws the clip; bs_stage_clip_drawn() follows.
 */
void
bs_stage_draw_clip (BsStage *self)
{
  bs_workspace_start_for (
    self->workspace, self,
    &(BsJobSpec){
      .lane = BS_LANE_SHORT,
      .key = key_clip,
      .title = _ ("Drawing a synthetic clip"),
      .func = draw_job,
      .input = draw_input_new (self, bs_workspace_get_clip (self->workspace), -1),
      .input_free = draw_input_free,
      .done = clip_drawn_cb,
      .user_data = self,
    });
}

/**
 * bs_stage_draw_neighbours:
 * @self: a stage whose clip is synthetic
 *
 * Draws the list's next and previous clip ahead, behind whatever long work there is: nobody
 * waits for them.
 */
void
bs_stage_draw_neighbours (BsStage *self)
{
  if (!bs_workspace_get_demo (self->workspace))
    return;
  bs_workspace_start_for (
    self->workspace, self,
    &(BsJobSpec){
      .lane = BS_LANE_LONG,
      .key = key_neighbours,
      .title = _ ("Drawing the next clips"),
      .func = draw_job,
      .input = draw_input_new (self, bs_workspace_get_neighbour (self->workspace, 1),
                               bs_workspace_get_neighbour (self->workspace, -1)),
      .input_free = draw_input_free,
    });
}

static gpointer
waveform_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return bs_waveform_new (data, WAVEFORM_COLUMNS, cancellable, error);
}

static void
waveform_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  /* A clip whose sound cannot be read has no waveform; the player says what is wrong with it. */
  if (result)
    bs_timeline_view_take_waveform (BS_STAGE (user_data)->timeline, bs_job_steal_result (job));
}

/**
 * bs_stage_fetch_waveform:
 * @self: a stage with an open clip
 *
 * Reads the clip's sound for the timeline.
 */
void
bs_stage_fetch_waveform (BsStage *self)
{
  bs_workspace_start_for (self->workspace, self,
                          &(BsJobSpec){
                            .lane = BS_LANE_SHORT,
                            .key = key_waveform,
                            .title = _ ("Reading the sound"),
                            .func = waveform_job,
                            .input = g_strdup (self->path),
                            .input_free = g_free,
                            .result_free = (GDestroyNotify) bs_waveform_free,
                            .done = waveform_done_cb,
                            .user_data = self,
                          });
}

typedef struct {
  BsCorpus *corpus;
  BsRun *run;
  gsize clip;
  double duration_s;
} BeliefInput;

static void
belief_input_free (gpointer data)
{
  BeliefInput *input = data;

  bs_corpus_unref (input->corpus);
  bs_run_unref (input->run);
  g_free (input);
}

static gpointer
belief_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  BeliefInput *input = data;

  return bs_belief_new (input->corpus, input->run, input->clip, input->duration_s, cancellable,
                        error);
}

static void
belief_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsStage *self = user_data;
  g_autofree char *note = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!result) {
    /* An imported run has no network to be asked about parts of a clip. */
    bs_timeline_view_set_note (self->timeline, _ ("once per clip"));
    return;
  }
  /* Translators: the belief is worked out over windows of that many seconds; a narrow place */
  note = g_strdup_printf (_ ("%g s windows"), BS_BELIEF_WINDOW_S);
  bs_timeline_view_set_note (self->timeline, note);
  bs_timeline_view_take_belief (self->timeline, bs_job_steal_result (job));
  bs_stage_follow_playhead (self);
}

/**
 * bs_stage_fetch_belief:
 * @self: a stage
 *
 * Runs the open run's network over the time of the clip, where there are both.
 */
void
bs_stage_fetch_belief (BsStage *self)
{
  BsRun *run = bs_workspace_get_run (self->workspace);
  int clip = bs_workspace_get_clip (self->workspace);
  gint64 duration_ns = bs_player_get_duration_ns (self->player);
  BeliefInput *input;

  bs_timeline_view_take_belief (self->timeline, NULL);
  bs_timeline_view_set_note (self->timeline, NULL);
  bs_stage_follow_playhead (self);
  if (!run || clip < 0 || duration_ns <= 0)
    return;
  input = g_new0 (BeliefInput, 1);
  input->corpus = bs_corpus_ref (bs_workspace_get_corpus (self->workspace));
  input->run = bs_run_ref (run);
  input->clip = (gsize) clip;
  input->duration_s = (double) duration_ns / 1e9;
  bs_timeline_view_set_note (self->timeline, _ ("working it out…"));
  bs_workspace_start_for (self->workspace, self,
                          &(BsJobSpec){
                            .lane = BS_LANE_SHORT,
                            .key = key_belief,
                            .title = _ ("Belief over time"),
                            .func = belief_job,
                            .input = input,
                            .input_free = belief_input_free,
                            .result_free = (GDestroyNotify) bs_belief_free,
                            .done = belief_done_cb,
                            .user_data = self,
                          });
}

/**
 * bs_stage_drop_jobs:
 * @self: a stage
 *
 * Ends what the clip before asked for.
 */
void
bs_stage_drop_jobs (BsStage *self)
{
  const char *const keys[] = { key_clip, key_waveform, key_belief, key_neighbours };
  BsWorker *worker = bs_workspace_get_worker (self->workspace);

  for (guint i = 0; worker && i < G_N_ELEMENTS (keys); i++)
    bs_worker_cancel_key (worker, keys[i]);
}
