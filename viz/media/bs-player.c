/* SPDX-License-Identifier: MIT */
/* The player as others see it: a clip, its state, its frame on show. What it asks of the pipeline,
 * and when, is in bs-player-seek.c. */
#include "viz/media/bs-player-private.h"

#include <math.h>

#include "viz/media/bs-frame-private.h"
#include "viz/media/bs-media-file.h"

#define MIN_RATE 0.25
#define MAX_RATE 2.0

/* How long a clip that could not be indexed may still take to show its first frame. */
#define PATIENCE_MS 1000

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

static void
take_problem (BsPlayer *self, char *problem)
{
  g_free (self->problem);
  self->problem = problem;
}

/* The making of an index. Belongs to its task, which may outlive the player; the player is
 * forgotten when it no longer wants the index. */
typedef struct _BsIndexing {
  BsPlayer *player;
  GCancellable *cancellable;
  char *path;
} BsIndexing;

static void
free_indexing (gpointer data)
{
  BsIndexing *indexing = data;
  g_object_unref (indexing->cancellable);
  g_free (indexing->path);
  g_free (indexing);
}

static void
stop_indexing (BsPlayer *self)
{
  if (self->indexing) {
    g_cancellable_cancel (self->indexing->cancellable);
    self->indexing->player = NULL;
    self->indexing = NULL;
  }
  g_clear_handle_id (&self->patience, g_source_remove);
}

static void
fail (BsPlayer *self, const char *problem)
{
  bs_pipeline_close (self->pipeline);
  stop_indexing (self);
  bs_player_reset_requests (self);
  take_problem (self, g_strdup (problem));
  self->opened = FALSE;
  self->failed = TRUE;
  bs_player_set_state (self);
}

/* Both the first frame and the index are awaited; which comes first is chance. */
static void
tell_loaded (BsPlayer *self)
{
  if (!self->opened || self->indexing || self->loaded_told)
    return;
  self->loaded_told = TRUE;
  if (!self->frame) {
    g_autofree char *name = bs_media_file_name (self->path);
    gboolean has_stream = self->index && bs_frame_index_get_info (self->index)->has_picture;
    take_problem (self, g_strdup_printf (has_stream ? "%s: the picture cannot be decoded."
                                                    : "%s: the clip has no picture.",
                                         name));
  }
  g_signal_emit (self, signals[SIGNAL_CLIP_LOADED], 0);
}

/* The index *******************************************************************/

static void
make_index (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BsIndexing *indexing = data;
  GError *error = NULL;
  BsFrameIndex *index = bs_frame_index_new (indexing->path, cancellable, &error);
  if (index)
    g_task_return_pointer (task, index, (GDestroyNotify) bs_frame_index_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
patience_over_cb (gpointer data)
{
  BsPlayer *self = data;
  g_autofree char *problem = g_strdup (self->problem);
  self->patience = 0;
  fail (self, problem);
  return G_SOURCE_REMOVE;
}

/* Without an index a clip may still play. Where it does not, the pipeline says so, but not always:
 * while it starts a demuxer it may swallow that demuxer's errors (see bs-media-reader.c). */
static void
go_without_index (BsPlayer *self, const char *problem)
{
  if (self->opened)
    return;
  take_problem (self, g_strdup (problem));
  self->patience = g_timeout_add (PATIENCE_MS, patience_over_cb, self);
}

static void
take_index (BsPlayer *self, BsFrameIndex *index)
{
  self->index = index;
  self->duration_ns = MAX (self->duration_ns, bs_frame_index_get_info (index)->duration_ns);
  bs_pipeline_set_index (self->pipeline, index);
  if (self->frame) {
    g_autoptr (BsFrame) frame = bs_frame_ref (self->frame);
    show_frame (self, frame);
  }
}

static void
index_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BsIndexing *indexing = g_task_get_task_data (G_TASK (result));
  BsPlayer *self = indexing->player;
  g_autoptr (GError) error = NULL;
  g_autoptr (BsFrameIndex) index = g_task_propagate_pointer (G_TASK (result), &error);
  if (!self)
    return;
  self->indexing = NULL;
  if (index)
    take_index (self, g_steal_pointer (&index));
  else
    go_without_index (self, error->message);
  tell_loaded (self);
  bs_player_advance (self);
}

static void
start_indexing (BsPlayer *self)
{
  BsIndexing *indexing = g_new0 (BsIndexing, 1);
  indexing->player = self;
  indexing->cancellable = g_cancellable_new ();
  indexing->path = g_strdup (self->path);
  self->indexing = indexing;
  g_autoptr (GTask) task = g_task_new (NULL, indexing->cancellable, index_made_cb, NULL);
  g_task_set_source_tag (task, start_indexing);
  g_task_set_task_data (task, indexing, free_indexing);
  g_task_run_in_thread (task, make_index);
}

/* What the pipeline tells *****************************************************/

static void
opened_cb (gpointer data, gint64 duration_ns)
{
  BsPlayer *self = data;
  self->opened = TRUE;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer (&self->problem, g_free);
  self->aligned = self->rate == 1.0 && !self->loop;
  self->can_step = self->frame != NULL;
  self->duration_ns = MAX (self->duration_ns, duration_ns);
  bs_player_set_state (self);
  tell_loaded (self);
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
  fail (data, problem);
}

static void
open_streams (BsPlayer *self)
{
  if (!bs_pipeline_open (self->pipeline, self->path))
    fail (self, "GStreamer's base plugins are not installed.");
}

static void
open_again (BsPlayer *self)
{
  gboolean playing = self->want_playing;
  bs_player_reset_requests (self);
  self->want_playing = playing;
  self->target = BS_TARGET_TIME;
  self->target_ns = self->position_ns;
  self->opened = FALSE;
  open_streams (self);
  if (!self->failed)
    bs_pipeline_set_index (self->pipeline, self->index);
}

static void
no_device_cb (gpointer data)
{
  BsPlayer *self = data;
  bs_pipeline_drop_sound_device (self->pipeline);
  open_again (self);
  bs_player_set_state (self);
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
forget_clip (BsPlayer *self)
{
  stop_indexing (self);
  bs_player_reset_requests (self);
  g_clear_pointer (&self->frame, bs_frame_unref);
  g_clear_pointer (&self->index, bs_frame_index_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->problem, g_free);
  self->opened = self->failed = self->loaded_told = FALSE;
  self->duration_ns = 0;
}

static void
bs_player_dispose (GObject *object)
{
  BsPlayer *self = BS_PLAYER (object);
  forget_clip (self);
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

/* Clips ***********************************************************************/

/**
 * bs_player_open:
 * @self: a player
 * @path: a clip
 *
 * Leaves the clip that is open and opens another, paused on its first frame, or playing where
 * bs_player_play() comes before it is there. Speed, volume and size stay, the loop does not. The
 * state is BS_PLAYER_LOADING until the first frame stands; "clip-loaded" comes when the frames are
 * counted as well. Whatever is wrong with the clip is told by state and problem.
 */
void
bs_player_open (BsPlayer *self, const char *path)
{
  g_return_if_fail (BS_IS_PLAYER (self) && path != NULL);
  g_autofree char *kept = g_strdup (path);
  forget_clip (self);
  bs_player_clear_loop (self);
  bs_player_set_position (self, 0);
  self->path = g_steal_pointer (&kept);
  open_streams (self);
  if (!self->failed)
    start_indexing (self);
  bs_player_set_state (self);
}

/**
 * bs_player_close:
 * @self: a player
 *
 * Leaves the clip that is open; the state is BS_PLAYER_EMPTY.
 */
void
bs_player_close (BsPlayer *self)
{
  g_return_if_fail (BS_IS_PLAYER (self));
  bs_pipeline_close (self->pipeline);
  forget_clip (self);
  bs_player_clear_loop (self);
  bs_player_set_position (self, 0);
  bs_player_set_state (self);
}

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

/* Transport *******************************************************************/

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
