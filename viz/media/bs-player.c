/* SPDX-License-Identifier: MIT */
/* The player as others see it: its state, its frame on show, what it is asked to do. What is known
 * of its clip is in bs-player-clip.c; what it asks of the pipeline, and when, in
 * bs-player-seek.c. */
#include "viz/media/bs-player-private.h"

#include <math.h>

#include "viz/media/bs-frame-private.h"

#define MIN_RATE 0.25
#define MAX_RATE 2.0

G_DEFINE_FINAL_TYPE (BsPlayer, bs_player, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_POSITION_NS,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_LOOP,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum { SIGNAL_FRAME, SIGNAL_CLIP_LOADED, SIGNAL_ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* State ***********************************************************************/

/**
 * bs_player_set_state:
 * @self: a player
 *
 * Works out the state others see and tells them where it changed.
 */
void
bs_player_set_state (BsPlayer *self)
{
  BsPlayerState state = self->want_playing ? BS_PLAYER_PLAYING : BS_PLAYER_PAUSED;
  if (!self->path)
    state = BS_PLAYER_EMPTY;
  else if (self->failed)
    state = BS_PLAYER_FAILED;
  else if (!self->opened)
    state = BS_PLAYER_LOADING;
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/**
 * bs_player_set_position:
 * @self: a player
 * @position_ns: stream time of what is seen or heard
 */
void
bs_player_set_position (BsPlayer *self, gint64 position_ns)
{
  if (self->position_ns == position_ns)
    return;
  self->position_ns = position_ns;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION_NS]);
}

static BsFrame *
place_frame (BsPlayer *self, BsFrame *frame)
{
  int index = self->index ? bs_frame_index_find (self->index, frame->time_ns) : -1;
  if (index < 0)
    return bs_frame_ref (frame);
  return bs_frame_new_placed (frame, bs_frame_index_get_time (self->index, index), index);
}

static void
show_frame (BsPlayer *self, BsFrame *frame)
{
  BsFrame *placed = place_frame (self, frame);
  g_clear_pointer (&self->frame, bs_frame_unref);
  self->frame = placed;
  self->frame_came = TRUE;
  bs_player_set_position (self, placed->time_ns);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, placed);
}

/**
 * bs_player_get_state:
 * @self: a player
 *
 * Returns: what it is about
 */
BsPlayerState
bs_player_get_state (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), BS_PLAYER_EMPTY);
  return self->state;
}

/**
 * bs_player_get_frame:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the frame on show
 */
BsFrame *
bs_player_get_frame (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), NULL);
  return self->frame;
}

/**
 * bs_player_get_position_ns:
 * @self: a player
 *
 * Returns: the stream time at which the frame on show begins; that of the sound where there is no
 *   picture or where the picture has ended before it
 */
gint64
bs_player_get_position_ns (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  return self->position_ns;
}

/**
 * bs_player_get_frame_index:
 * @self: a player
 *
 * Returns: the number of the frame on show, from 0; -1 where unknown
 */
int
bs_player_get_frame_index (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), -1);
  return self->frame ? self->frame->index : -1;
}

/* What the pipeline tells *****************************************************/

static void
opened_cb (gpointer data)
{
  BsPlayer *self = data;
  self->opened = TRUE;
  self->aligned = self->rate == 1.0 && !self->loop;
  self->can_step = self->frame != NULL;
  bs_player_set_state (self);
  bs_player_tell_loaded (self);
  bs_player_advance (self);
}

static void
done_cb (gpointer data, gboolean ok)
{
  bs_player_request_done (data, ok);
}

static void
frame_cb (gpointer data, BsFrame *frame)
{
  show_frame (data, frame);
}

static void
ended_cb (gpointer data)
{
  bs_player_reached_end (data);
}

static void
segment_done_cb (gpointer data)
{
  bs_player_segment_read (data);
}

static void
position_cb (gpointer data, gint64 position_ns)
{
  BsPlayer *self = data;
  if (self->playing && !self->busy && position_ns > self->position_ns)
    bs_player_set_position (self, MIN (position_ns, self->duration_ns));
}

static void
failed_cb (gpointer data, const char *problem)
{
  bs_player_fail (data, problem);
}

static void
no_device_cb (gpointer data)
{
  BsPlayer *self = data;
  bs_pipeline_drop_sound_device (self->pipeline);
  bs_player_open_again (self);
}

static const BsPipelineListener listener = {
  .opened = opened_cb,
  .done = done_cb,
  .frame = frame_cb,
  .ended = ended_cb,
  .segment_done = segment_done_cb,
  .position = position_cb,
  .failed = failed_cb,
  .no_device = no_device_cb,
};

/* The object ******************************************************************/

static void
bs_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsPlayer *self = BS_PLAYER (object);
  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_POSITION_NS:
    g_value_set_int64 (value, self->position_ns);
    break;
  case PROP_RATE:
    g_value_set_double (value, self->rate);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_LOOP:
    g_value_set_boolean (value, self->loop);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsPlayer *self = BS_PLAYER (object);
  switch (id) {
  case PROP_RATE:
    bs_player_set_rate (self, g_value_get_double (value));
    break;
  case PROP_VOLUME:
    bs_player_set_volume (self, g_value_get_double (value));
    break;
  case PROP_MUTED:
    bs_player_set_muted (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_player_dispose (GObject *object)
{
  BsPlayer *self = BS_PLAYER (object);
  bs_player_forget_clip (self);
  g_clear_pointer (&self->pipeline, bs_pipeline_free);
  G_OBJECT_CLASS (bs_player_parent_class)->dispose (object);
}

static void
bs_player_class_init (BsPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = bs_player_get_property;
  object_class->set_property = bs_player_set_property;
  object_class->dispose = bs_player_dispose;

  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, BS_PLAYER_EMPTY, BS_PLAYER_FAILED,
                                        BS_PLAYER_EMPTY, readable);
  props[PROP_POSITION_NS] =
    g_param_spec_int64 ("position-ns", NULL, NULL, 0, G_MAXINT64, 0, readable);
  props[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, MIN_RATE, MAX_RATE, 1.0, writable);
  props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, writable);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, props);

  GType type = G_TYPE_FROM_CLASS (klass);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, BS_TYPE_FRAME);
  signals[SIGNAL_CLIP_LOADED] =
    g_signal_new ("clip-loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] =
    g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bs_player_init (BsPlayer *self)
{
  self->rate = 1.0;
  self->volume = 1.0;
  self->pipeline = bs_pipeline_new (&listener, self);
  bs_player_reset_requests (self);
}

/**
 * bs_player_new:
 *
 * Main thread, like everything here. Its signals come on the main context that is the thread's own
 * now. Freeing it never waits: streams are stopped on a thread of their own.
 *
 * Returns: (transfer full): a player without clip
 */
BsPlayer *
bs_player_new (void)
{
  return g_object_new (BS_TYPE_PLAYER, NULL);
}

/* Transport *******************************************************************/

/**
 * bs_player_set_max_size:
 * @self: a player
 * @width_px: pixels that are to be painted across, 0 for the clip's own size
 * @height_px: pixels down
 *
 * Frames are made no larger than this, keeping their aspect, which is cheaper than scaling them
 * when painting; they are never made larger than the clip's own. A frame that stands is made anew.
 */
void
bs_player_set_max_size (BsPlayer *self, int width_px, int height_px)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (self->max_width_px == width_px && self->max_height_px == height_px)
    return;
  self->max_width_px = width_px;
  self->max_height_px = height_px;
  bs_pipeline_set_max_size (self->pipeline, width_px, height_px);
  if (self->frame && !self->want_playing) {
    self->redraw = TRUE;
    bs_player_advance (self);
  }
}

static gboolean
can_go (BsPlayer *self)
{
  return self->path && !self->failed;
}

/**
 * bs_player_play:
 * @self: a player
 *
 * Plays on, from the start where the end was reached, from the loop's start where what stands lies
 * outside of it. Nothing without a clip.
 */
void
bs_player_play (BsPlayer *self)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!can_go (self) || self->want_playing)
    return;
  self->want_playing = TRUE;
  bs_player_set_state (self);
  bs_player_advance (self);
}

/**
 * bs_player_pause:
 * @self: a player
 *
 * Halts on the frame that is next due.
 */
void
bs_player_pause (BsPlayer *self)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!self->want_playing)
    return;
  self->want_playing = FALSE;
  bs_player_set_state (self);
  bs_player_advance (self);
}

/**
 * bs_player_step:
 * @self: a player
 * @n_frames: how many frames on, or back where negative
 *
 * Halts and goes on by frames, not beyond the first or the last: a step on from the last is none,
 * and the next one back leads to the last but one. Steps add up with each other and with a seek
 * that is under way. Waits for the index.
 */
void
bs_player_step (BsPlayer *self, int n_frames)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!can_go (self))
    return;
  bs_player_pause (self);
  bs_player_add_steps (self, n_frames);
  bs_player_advance (self);
}

/**
 * bs_player_seek:
 * @self: a player
 * @time_ns: a stream time
 *
 * Shows the frame that is on show at a time, and plays on from there where it plays. Of seeks that
 * come faster than the decoder follows, the newest is carried out.
 */
void
bs_player_seek (BsPlayer *self, gint64 time_ns)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!can_go (self))
    return;
  self->target = BS_TARGET_TIME;
  self->target_ns = MAX (time_ns, 0);
  self->target_steps = 0;
  bs_player_advance (self);
}

/**
 * bs_player_seek_frame:
 * @self: a player
 * @index: a frame, from 0; beyond the last means the last
 *
 * Shows a frame, as bs_player_seek(). Waits for the index.
 */
void
bs_player_seek_frame (BsPlayer *self, int index)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!can_go (self))
    return;
  self->target = BS_TARGET_FRAME;
  self->target_frame = MAX (index, 0);
  self->target_steps = 0;
  bs_player_advance (self);
}

/**
 * bs_player_set_rate:
 * @self: a player
 * @rate: speed, 0.25 to 2; the voice keeps its pitch
 */
void
bs_player_set_rate (BsPlayer *self, double rate)
{
  g_return_if_fail (BS_IS_PLAYER (self) && isfinite (rate));
  rate = CLAMP (rate, MIN_RATE, MAX_RATE);
  if (self->rate == rate)
    return;
  self->rate = rate;
  self->aligned = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RATE]);
  bs_player_advance (self);
}

/**
 * bs_player_set_loop:
 * @self: a player
 * @from_ns: stream time at which each round begins
 * @to_ns: stream time at which it ends, after @from_ns
 *
 * Plays a stretch again and again, without a gap where the file's format allows it. Frames that
 * begin at @to_ns or later, or end before @from_ns, are not shown while it plays; standing still
 * every frame can be reached. Belongs to the clip that is open.
 */
void
bs_player_set_loop (BsPlayer *self, gint64 from_ns, gint64 to_ns)
{
  g_return_if_fail (BS_IS_PLAYER (self) && to_ns > from_ns);
  self->loop = TRUE;
  self->loop_from_ns = MAX (from_ns, 0);
  self->loop_to_ns = to_ns;
  self->aligned = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOP]);
  bs_player_advance (self);
}

/**
 * bs_player_clear_loop:
 * @self: a player
 *
 * Plays on to the end of the clip.
 */
void
bs_player_clear_loop (BsPlayer *self)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (!self->loop)
    return;
  self->loop = FALSE;
  self->aligned = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOP]);
  bs_player_advance (self);
}

static void
pass_volume (BsPlayer *self)
{
  bs_pipeline_set_volume (self->pipeline, self->volume, self->muted);
}

/**
 * bs_player_set_volume:
 * @self: a player
 * @volume: loudness as a factor of the amplitude, 0 to 1
 */
void
bs_player_set_volume (BsPlayer *self, double volume)
{
  g_return_if_fail (BS_IS_PLAYER (self) && isfinite (volume));
  volume = CLAMP (volume, 0.0, 1.0);
  if (self->volume == volume)
    return;
  self->volume = volume;
  pass_volume (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VOLUME]);
}

/**
 * bs_player_set_muted:
 * @self: a player
 * @muted: whether there is no sound, whatever the volume
 */
void
bs_player_set_muted (BsPlayer *self, gboolean muted)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  if (self->muted == !!muted)
    return;
  self->muted = !!muted;
  pass_volume (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MUTED]);
}

/**
 * bs_player_get_rate:
 * @self: a player
 *
 * Returns: speed
 */
double
bs_player_get_rate (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 1.0);
  return self->rate;
}

/**
 * bs_player_get_muted:
 * @self: a player
 *
 * Returns: whether there is no sound, whatever the volume
 */
gboolean
bs_player_get_muted (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), FALSE);
  return self->muted;
}

/**
 * bs_player_get_loop:
 * @self: a player
 * @from_ns: (out) (optional): where each round begins
 * @to_ns: (out) (optional): where it ends
 *
 * Returns: whether there is a loop
 */
gboolean
bs_player_get_loop (BsPlayer *self, gint64 *from_ns, gint64 *to_ns)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), FALSE);
  if (from_ns)
    *from_ns = self->loop_from_ns;
  if (to_ns)
    *to_ns = self->loop_to_ns;
  return self->loop;
}
