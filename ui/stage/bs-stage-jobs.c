/* SPDX-License-Identifier: MIT */
/* The stage's work in the background: drawing a synthetic clip that is waited for, its waveform,
 * what the run says over its time and of its encoders, and drawing its neighbours ahead. Each kind
 * has a key, so that going on to another clip ends what the last one asked for. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/stage/bs-stage-private.h"

#define WAVEFORM_COLUMNS 1200

static const char key_clip[] = "clip";
static const char key_waveform[] = "waveform";
static const char key_track[] = "track";
static const char key_attention[] = "attention";
static const char key_ablation[] = "ablation";
static const char key_neighbours[] = "neighbours";

static gpointer
draw_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const BsClipDrawing *drawing = data;

  for (guint i = 0; i < G_N_ELEMENTS (drawing->clips); i++)
    if (drawing->clips[i] >= 0 && !bs_clip_drawing_has_file (drawing, drawing->clips[i]) &&
        !bs_clip_drawing_run (drawing, drawing->clips[i], cancellable, error))
      return NULL;
  return GINT_TO_POINTER (TRUE);
}

static void
clip_drawn_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bs_stage_clip_drawn (user_data, error);
}

static BsClipDrawing *
draw_input_new (BsStage *self, int first, int second)
{
  return bs_clip_drawing_new (bs_workspace_get_clip_maker (self->workspace),
                              bs_workspace_get_corpus (self->workspace), first, second);
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
  bs_job_queue_start (
    bs_workspace_get_jobs (self->workspace), self,
    &(BsJobSpec){
      .lane = BS_LANE_SHORT,
      .key = key_clip,
      .title = _ ("Drawing a synthetic clip"),
      .func = draw_job,
      .input = draw_input_new (self, bs_clip_selection_get_clip (self->selection), -1),
      .input_free = bs_clip_drawing_free,
      .done = clip_drawn_cb,
      .user_data = self,
    },
    FALSE);
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
  BsClipMaker *maker = bs_workspace_get_clip_maker (self->workspace);

  if (!maker || !bs_clip_maker_works_ahead (maker))
    return;
  bs_job_queue_start (
    bs_workspace_get_jobs (self->workspace), self,
    &(BsJobSpec){
      .lane = BS_LANE_LONG,
      .key = key_neighbours,
      .title = _ ("Drawing the next clips"),
      .func = draw_job,
      .input = draw_input_new (self, bs_clip_selection_get_neighbour (self->selection, 1),
                               bs_clip_selection_get_neighbour (self->selection, -1)),
      .input_free = bs_clip_drawing_free,
    },
    FALSE);
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
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
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
                      },
                      FALSE);
}

/* What a run is asked about. */
typedef struct {
  BsCorpus *corpus;
  BsRun *run;
  gsize clip;
  double duration_s; /* 0 where it does not matter */
} AskInput;

static AskInput *
ask_input_new (BsStage *self)
{
  AskInput *input = g_new0 (AskInput, 1);

  input->corpus = bs_corpus_ref (bs_workspace_get_corpus (self->workspace));
  input->run = bs_run_ref (bs_workspace_get_run (self->workspace));
  input->clip = (gsize) bs_clip_selection_get_clip (self->selection);
  input->duration_s = (double) bs_player_get_duration_ns (self->player) / 1e9;
  return input;
}

static void
ask_input_free (gpointer data)
{
  AskInput *input = data;

  bs_corpus_unref (input->corpus);
  bs_run_unref (input->run);
  g_free (input);
}

static gboolean
can_ask (BsStage *self)
{
  return bs_workspace_get_run (self->workspace) &&
         bs_clip_selection_get_clip (self->selection) >= 0;
}

static gpointer
track_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  AskInput *input = data;

  return bs_prediction_track_new (input->corpus, input->run, input->clip, input->duration_s,
                                  cancellable, error);
}

static char *
probability_note (const BsPredictionTrack *track)
{
  if (track->kind == BS_PREDICTION_TRACK_ROWS)
    /* Translators: probabilities for every row of the features; a narrow place */
    return g_strdup (_ ("every row"));
  /* Translators: probabilities over windows of that many seconds; a narrow place */
  return g_strdup_printf (_ ("%g s windows"), BS_PREDICTION_TRACK_WINDOW_S);
}

static void
track_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
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
  note = probability_note (result);
  bs_timeline_view_set_note (self->timeline, note);
  bs_timeline_view_take_track (self->timeline, bs_job_steal_result (job));
  bs_stage_follow_playhead (self);
}

/**
 * bs_stage_fetch_track:
 * @self: a stage
 *
 * Runs the open run's network over the time of the clip, where there are both.
 */
void
bs_stage_fetch_track (BsStage *self)
{
  bs_timeline_view_take_track (self->timeline, NULL);
  bs_timeline_view_set_note (self->timeline, NULL);
  bs_stage_follow_playhead (self);
  if (!can_ask (self) || bs_player_get_duration_ns (self->player) <= 0)
    return;
  bs_timeline_view_set_note (self->timeline, _ ("working it out…"));
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = key_track,
                        .title = _ ("Probabilities over time"),
                        .func = track_job,
                        .input = ask_input_new (self),
                        .input_free = ask_input_free,
                        .result_free = (GDestroyNotify) bs_prediction_track_free,
                        .done = track_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static gpointer
attention_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  AskInput *input = data;

  return bs_attention_trace_new (input->corpus, input->run, input->clip, input->duration_s,
                                 cancellable, error);
}

static void
attention_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The lane of the probabilities says when there is no network to be run. */
  bs_timeline_view_take_attention (BS_STAGE (user_data)->timeline,
                                   result ? bs_job_steal_result (job) : NULL);
}

/**
 * bs_stage_fetch_attention:
 * @self: a stage
 *
 * Asks the open run's network where in the clip it looked.
 */
void
bs_stage_fetch_attention (BsStage *self)
{
  if (!can_ask (self)) {
    bs_timeline_view_take_attention (self->timeline, NULL);
    return;
  }
  bs_timeline_view_blank_attention (self->timeline);
  if (bs_player_get_duration_ns (self->player) <= 0)
    return;
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = key_attention,
                        .title = _ ("Attention over time"),
                        .func = attention_job,
                        .input = ask_input_new (self),
                        .input_free = ask_input_free,
                        .result_free = (GDestroyNotify) bs_attention_trace_free,
                        .done = attention_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static gpointer
ablation_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  AskInput *input = data;

  return bs_encoder_ablation_new (input->corpus, input->run, input->clip, cancellable, error);
}

static void
ablation_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsStage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  bs_overlay_take_ablation (self->overlay, result ? bs_job_steal_result (job) : NULL,
                            error ? error->message : NULL);
}

/* Why nothing can be asked, without trying. */
static char *
find_lack (BsStage *self)
{
  const BsRun *run = bs_workspace_get_run (self->workspace);
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  gsize clip = (gsize) bs_clip_selection_get_clip (self->selection);
  g_autoptr (GPtrArray) lacking = g_ptr_array_new ();
  g_autofree char *names = NULL;

  if (!run->encoders || run->folds->len == 0)
    return g_strdup (_ ("This run has no networks here that could be asked."));
  for (char **name = run->encoders; *name; name++) {
    BsEncoder *encoder = bs_corpus_find_encoder (corpus, *name);

    if (!encoder || !bs_encoder_has_clip (encoder, clip))
      g_ptr_array_add (lacking, *name);
  }
  if (lacking->len == 0)
    return NULL;
  g_ptr_array_add (lacking, NULL);
  names = g_strjoinv (", ", (char **) lacking->pdata);
  /* Translators: names of encoders */
  return g_strdup_printf (_ ("Features of this clip are missing: %s."), names);
}

/**
 * bs_stage_fetch_ablation:
 * @self: a stage
 *
 * Asks the open run what it makes of the clip with each encoder alone and with each left out,
 * where the panel for it is shown.
 */
void
bs_stage_fetch_ablation (BsStage *self)
{
  g_autofree char *lack = NULL;
  gboolean is_shown = FALSE;

  g_object_get (self->overlay, "ablation-shown", &is_shown, NULL);
  if (!self->workspace || !can_ask (self) || !is_shown) {
    bs_overlay_take_ablation (self->overlay, NULL, NULL);
    return;
  }
  lack = find_lack (self);
  if (lack) {
    bs_overlay_take_ablation (self->overlay, NULL, lack);
    return;
  }
  bs_overlay_await_ablation (self->overlay, _ ("working it out…"));
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = key_ablation,
                        .title = _ ("Encoders one by one"),
                        .func = ablation_job,
                        .input = ask_input_new (self),
                        .input_free = ask_input_free,
                        .result_free = (GDestroyNotify) bs_encoder_ablation_free,
                        .done = ablation_done_cb,
                        .user_data = self,
                      },
                      FALSE);
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
  const char *const keys[] = { key_clip,      key_waveform, key_track,
                               key_attention, key_ablation, key_neighbours };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    bs_job_queue_cancel_key (bs_workspace_get_jobs (self->workspace), keys[i]);
}
