/* SPDX-License-Identifier: MIT */
/* What the player does next. One request is under way at a time and the newest wish waits behind
 * it, so that a slider dragged faster than the decoder follows never queues up seeks; when a
 * request is done, bs_player_advance() compares what is wanted with what stands. */
#include "viz/media/bs-player-private.h"

/* Stepping decodes every frame between, seeking all of them from the key frame before. */
#define MAX_FRAMES_STEPPED 8

/* A decoder may show a neighbour of the frame aimed at; so often is it corrected before the frame
 * counts as one that cannot be decoded. */
#define MAX_MISSES 4

/* How often the sound's place is asked for where no picture tells the time. */
#define TICK_MS 40

static gboolean
has_target (BsPlayer *self)
{
  return self->target != BS_TARGET_NONE || self->target_steps != 0 || self->redraw;
}

static void
clear_target (BsPlayer *self)
{
  self->target = BS_TARGET_NONE;
  self->target_steps = 0;
  self->redraw = FALSE;
}

static gboolean
is_indexed (BsPlayer *self)
{
  return self->index && bs_frame_index_get_n_frames (self->index) > 0;
}

static int
frame_on_show (BsPlayer *self)
{
  return self->frame ? self->frame->index : -1;
}

static gint64
end_of_picture (BsPlayer *self)
{
  return bs_frame_index_get_end (self->index, bs_frame_index_get_n_frames (self->index) - 1);
}

/* Requests to the pipeline *****************************************************/

static void
leave_end (BsPlayer *self)
{
  self->at_end = self->end_untold = FALSE;
}

static void
begin_request (BsPlayer *self)
{
  self->busy = TRUE;
  self->frame_came = FALSE;
}

/* Where no frame will tell the time the place sought is the position. */
static void
note_landing (BsPlayer *self, gint64 time_ns)
{
  gboolean without_frame = !self->frame || (is_indexed (self) && time_ns >= end_of_picture (self));
  self->land_ns = without_frame ? time_ns : -1;
}

static void
seek_standing (BsPlayer *self, gint64 time_ns)
{
  BsPipelineSeek seek = { .start_ns = time_ns, .stop_ns = -1, .rate = self->rate, .flush = TRUE };
  begin_request (self);
  self->playing = FALSE;
  self->aligned = !self->loop;
  self->in_round = FALSE;
  note_landing (self, time_ns);
  bs_pipeline_seek (self->pipeline, &seek);
}

static BsPipelineSeek
playing_seek (BsPlayer *self, gint64 time_ns)
{
  return (BsPipelineSeek){ .start_ns = time_ns,
                           .stop_ns = self->loop ? self->loop_to_ns : -1,
                           .rate = self->rate,
                           .segment = self->loop,
                           .play = TRUE };
}

static void
seek_playing (BsPlayer *self, gint64 time_ns)
{
  if (self->loop && (time_ns < self->loop_from_ns || time_ns >= self->loop_to_ns))
    time_ns = self->loop_from_ns;
  BsPipelineSeek seek = playing_seek (self, time_ns);
  seek.flush = TRUE;
  begin_request (self);
  self->playing = TRUE;
  self->aligned = TRUE;
  self->in_round = self->loop;
  leave_end (self);
  note_landing (self, time_ns);
  bs_pipeline_seek (self->pipeline, &seek);
}

static void
step_standing (BsPlayer *self, int n_frames)
{
  begin_request (self);
  self->aligned = FALSE;
  bs_pipeline_step (self->pipeline, n_frames);
}

/* Targets *********************************************************************/

static int
last_frame (BsPlayer *self)
{
  return bs_frame_index_get_n_frames (self->index) - 1;
}

/* The frame that steps are counted from. */
static int
base_frame (BsPlayer *self)
{
  int frame = MAX (frame_on_show (self), 0);
  if (self->target == BS_TARGET_FRAME)
    frame = self->target_frame;
  else if (self->target == BS_TARGET_TIME)
    frame = bs_frame_index_find (self->index, self->target_ns);
  return CLAMP (frame, 0, last_frame (self));
}

static int
resolve_frame (BsPlayer *self)
{
  gint64 wanted = (gint64) base_frame (self) + self->target_steps;
  return CLAMP (wanted, 0, last_frame (self));
}

/**
 * bs_player_add_steps:
 * @self: a player
 * @n_frames: how many frames on, or back where negative
 *
 * Adds to the frame that is wanted, as far as the clip goes.
 */
void
bs_player_add_steps (BsPlayer *self, int n_frames)
{
  if (self->target == BS_TARGET_NONE && self->target_steps == 0 && self->aim >= 0) {
    self->target = BS_TARGET_FRAME;
    self->target_frame = self->aim;
  }
  gint64 steps = (gint64) self->target_steps + n_frames;
  if (is_indexed (self)) {
    int base = base_frame (self);
    self->target_steps = (int) CLAMP (steps, -base, last_frame (self) - base);
  } else {
    self->target_steps = (int) CLAMP (steps, G_MININT / 2, G_MAXINT / 2);
  }
}

/* Where the sound outlasts the picture the last frame stands while the sound goes on: the place
 * in it is sought after the frame is there, for beyond its end the picture cannot be sought. */
static gint64
resolve_tail (BsPlayer *self)
{
  gint64 last_moment = self->duration_ns - 1;
  if (self->target != BS_TARGET_TIME || self->target_steps != 0 ||
      self->target_ns < end_of_picture (self) || last_moment < end_of_picture (self))
    return -1;
  return MIN (self->target_ns, last_moment);
}

static void
go_to_frame (BsPlayer *self, int frame)
{
  int ahead = frame - frame_on_show (self);
  self->aim = frame;
  self->misses = 0;
  gboolean can_step = self->can_step && frame_on_show (self) >= 0 && !self->playing &&
                      !self->at_end && !self->in_round;
  if (can_step && ahead > 0 && ahead <= MAX_FRAMES_STEPPED)
    step_standing (self, ahead);
  else
    seek_standing (self, bs_frame_index_get_middle (self->index, frame));
}

static void
take_frame_target (BsPlayer *self)
{
  int frame = resolve_frame (self);
  gint64 tail = resolve_tail (self);
  gboolean redraw = self->redraw, was_at_end = self->at_end;
  if (self->target != BS_TARGET_NONE || self->target_steps != 0)
    leave_end (self);
  clear_target (self);
  if (self->want_playing && tail < 0) {
    seek_playing (self, bs_frame_index_get_middle (self->index, frame));
    return;
  }
  self->tail_ns = tail;
  if (redraw) {
    self->aim = frame;
    self->misses = 0;
    seek_standing (self, bs_frame_index_get_middle (self->index, frame));
  } else if (frame != frame_on_show (self)) {
    go_to_frame (self, frame);
  } else if (tail >= 0) {
    bs_player_request_done (self, TRUE);
  } else if (was_at_end || self->position_ns != self->frame->time_ns) {
    self->aligned = FALSE;
    bs_player_set_position (self, self->frame->time_ns);
  }
}

static void
take_time_target (BsPlayer *self)
{
  gint64 time = self->target == BS_TARGET_TIME ? self->target_ns : self->position_ns;
  if (self->target == BS_TARGET_TIME)
    leave_end (self);
  clear_target (self);
  if (self->duration_ns > 0)
    time = MIN (time, self->duration_ns - 1);
  if (self->want_playing)
    seek_playing (self, time);
  else
    seek_standing (self, time);
}

/* In a clip without picture wishes for frames have no meaning. */
static void
take_target (BsPlayer *self)
{
  gboolean for_frame = self->target == BS_TARGET_FRAME || self->target_steps != 0;
  if (is_indexed (self))
    take_frame_target (self);
  else if (!for_frame)
    take_time_target (self);
  else
    clear_target (self);
}

/* Playing **********************************************************************/

static gint64
place_to_play_from (BsPlayer *self)
{
  if (self->at_end)
    return self->loop ? self->loop_from_ns : 0;
  if (is_indexed (self) && frame_on_show (self) >= 0 && self->position_ns < end_of_picture (self))
    return bs_frame_index_get_middle (self->index, frame_on_show (self));
  return self->position_ns;
}

static gboolean
is_on_last_frame (BsPlayer *self)
{
  return is_indexed (self) && frame_on_show (self) == last_frame (self);
}

static gboolean
tick_cb (gpointer data)
{
  BsPlayer *self = data;
  if ((!self->frame || is_on_last_frame (self)) && !self->busy)
    bs_pipeline_ask_position (self->pipeline);
  return G_SOURCE_CONTINUE;
}

static void
run_ticker (BsPlayer *self)
{
  if (self->playing && !self->ticker)
    self->ticker = g_timeout_add (TICK_MS, tick_cb, self);
  else if (!self->playing)
    g_clear_handle_id (&self->ticker, g_source_remove);
}

static void
start_playing (BsPlayer *self)
{
  if (!self->aligned || self->at_end) {
    seek_playing (self, place_to_play_from (self));
  } else if (!self->playing) {
    self->playing = TRUE;
    bs_pipeline_play (self->pipeline);
  }
}

static void
stop_playing (BsPlayer *self)
{
  self->playing = FALSE;
  if (self->in_round) {
    seek_standing (self, place_to_play_from (self));
    return;
  }
  begin_request (self);
  bs_pipeline_pause (self->pipeline, !is_on_last_frame (self));
}

/* A machine that does not keep up drops frames, and the last may be among them. */
static void
finish_end (BsPlayer *self)
{
  if (is_indexed (self) && !is_on_last_frame (self) && !self->end_sought) {
    gint64 position = self->position_ns;
    self->end_sought = TRUE;
    self->aim = last_frame (self);
    self->misses = 0;
    seek_standing (self, bs_frame_index_get_middle (self->index, self->aim));
    if (position >= end_of_picture (self))
      self->land_ns = position;
    return;
  }
  self->end_untold = FALSE;
  g_signal_emit_by_name (self, "ended");
}

/**
 * bs_player_advance:
 * @self: a player
 *
 * Brings what stands nearer to what is wanted, by one request to the pipeline; nothing where one
 * is under way.
 */
void
bs_player_advance (BsPlayer *self)
{
  if (!self->opened || self->busy)
    return;
  if (self->playing && !self->want_playing)
    stop_playing (self);
  else if (has_target (self))
    take_target (self);
  if (self->want_playing && !self->busy)
    start_playing (self);
  if (self->end_untold && !self->busy)
    finish_end (self);
  run_ticker (self);
}

/**
 * bs_player_is_settled:
 * @self: a player
 *
 * Returns: whether a clip is open, stands, and stays where it is: whatever was wanted is done, or
 *   cannot be
 */
gboolean
bs_player_is_settled (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), FALSE);
  return self->opened && !self->busy && !has_target (self) && !self->want_playing;
}

/**
 * bs_player_get_progress:
 * @self: a player
 *
 * Returns: a count that grows while a frame is being decoded, for whoever waits for one
 */
guint
bs_player_get_progress (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  return bs_pipeline_get_progress (self->pipeline);
}

/**
 * bs_player_reset_requests:
 * @self: a player
 *
 * Forgets what was wanted of a clip and what the pipeline was doing with it.
 */
void
bs_player_reset_requests (BsPlayer *self)
{
  clear_target (self);
  self->want_playing = self->playing = self->busy = FALSE;
  leave_end (self);
  self->in_round = FALSE;
  self->aim = -1;
  self->tail_ns = self->land_ns = -1;
  run_ticker (self);
}

/* Answers **********************************************************************/

static gboolean
correct_aim (BsPlayer *self)
{
  int shown = frame_on_show (self);
  if (self->aim < 0 || shown < 0 || shown == self->aim || has_target (self) ||
      ++self->misses > MAX_MISSES)
    return FALSE;
  if (self->can_step && shown < self->aim && self->aim - shown <= MAX_FRAMES_STEPPED)
    step_standing (self, self->aim - shown);
  else
    seek_standing (self,
                   bs_frame_index_get_middle (self->index, MAX (self->aim - self->misses, 0)));
  return TRUE;
}

/**
 * bs_player_request_done:
 * @self: a player
 * @ok: whether the pipeline could do it
 *
 * What the pipeline was asked for is done and its frame is shown.
 */
void
bs_player_request_done (BsPlayer *self, gboolean ok)
{
  self->busy = FALSE;
  self->can_step = self->frame_came;
  if (!ok)
    self->aligned = FALSE;
  if (correct_aim (self))
    return;
  self->aim = -1;
  if (self->land_ns >= 0) {
    bs_player_set_position (self, self->land_ns);
    self->land_ns = -1;
  }
  if (self->tail_ns >= 0) {
    gint64 tail = self->tail_ns;
    self->tail_ns = -1;
    if (self->want_playing)
      seek_playing (self, tail);
    else
      seek_standing (self, tail);
    return;
  }
  bs_player_advance (self);
}

/**
 * bs_player_reached_end:
 * @self: a player
 *
 * What plays has come to its end. Where there is a loop its segment ended without being told,
 * as with files that are read by another way than the usual: it is begun anew by a seek.
 */
void
bs_player_reached_end (BsPlayer *self)
{
  if (!self->playing)
    return;
  self->at_end = TRUE;
  if (!self->loop) {
    self->want_playing = FALSE;
    if (!self->frame || (is_indexed (self) && self->duration_ns > end_of_picture (self)))
      bs_player_set_position (self, self->duration_ns);
    self->end_untold = TRUE;
    self->end_sought = FALSE;
    bs_player_set_state (self);
  }
  bs_player_advance (self);
}

/**
 * bs_player_segment_read:
 * @self: a player
 *
 * A loop's segment is read to its end: the next round is queued behind it, without a gap.
 */
void
bs_player_segment_read (BsPlayer *self)
{
  if (!self->playing || !self->want_playing || !self->loop)
    return;
  BsPipelineSeek seek = playing_seek (self, self->loop_from_ns);
  bs_pipeline_seek (self->pipeline, &seek);
}
