/* SPDX-License-Identifier: MIT */
/* The clip of a player: how it is opened, what is known of it, what cannot be had of it. It is read
 * whole before anything is played, on a thread of its own. */
#include "viz/media/bs-player-private.h"

#include "viz/media/bs-media-file.h"

static void
take_problem (BsPlayer *self, char *problem)
{
  g_free (self->problem);
  self->problem = problem;
}

/* The reading of a clip. Belongs to its task, which may outlive the player; the player is forgotten
 * when it no longer wants the clip. */
typedef struct _BsLoading {
  BsPlayer *player;
  GCancellable *cancellable;
  char *path;
} BsLoading;

static void
free_loading (gpointer data)
{
  BsLoading *loading = data;
  g_object_unref (loading->cancellable);
  g_free (loading->path);
  g_free (loading);
}

static void
stop_loading (BsPlayer *self)
{
  if (!self->loading)
    return;
  g_cancellable_cancel (self->loading->cancellable);
  self->loading->player = NULL;
  self->loading = NULL;
}

/**
 * bs_player_fail:
 * @self: a player
 * @problem: why its clip cannot be played (any further), one sentence
 *
 * Leaves the clip and tells so.
 */
void
bs_player_fail (BsPlayer *self, const char *problem)
{
  g_autofree char *kept = g_strdup (problem);
  bs_pipeline_close (self->pipeline);
  stop_loading (self);
  bs_player_reset_requests (self);
  take_problem (self, g_steal_pointer (&kept));
  self->opened = FALSE;
  self->failed = TRUE;
  bs_player_set_state (self);
}

static char *
describe_lack (BsPlayer *self, const char *notice, const char *otherwise)
{
  g_autofree char *name = bs_media_file_name (self->path);
  return g_strdup_printf ("%s: %s", name, notice ? notice : otherwise);
}

/**
 * bs_player_tell_loaded:
 * @self: a player whose first frame stands
 *
 * Tells that everything is known of the clip, once.
 */
void
bs_player_tell_loaded (BsPlayer *self)
{
  if (self->loaded_told)
    return;
  self->loaded_told = TRUE;
  if (!self->frame)
    take_problem (self,
                  describe_lack (self, self->clip->no_picture,
                                 self->clip->info.has_picture ? "the picture cannot be decoded."
                                                              : "the clip has no picture."));
  g_signal_emit_by_name (self, "clip-loaded");
}

static void
open_streams (BsPlayer *self)
{
  const BsMediaClip *clip = self->clip;
  if (bs_pipeline_open (self->pipeline, self->path, self->clip))
    return;
  g_autofree char *problem =
    describe_lack (self, clip->no_picture ? clip->no_picture : clip->no_sound,
                   clip->info.has_picture ? "there is nothing in it that can be played."
                                          : "the clip has no picture.");
  bs_player_fail (self, problem);
}

/**
 * bs_player_open_again:
 * @self: a player whose sound output failed
 *
 * Opens the same clip at the same place.
 */
void
bs_player_open_again (BsPlayer *self)
{
  gboolean playing = self->want_playing;
  bs_player_reset_requests (self);
  self->want_playing = playing;
  self->target = BS_TARGET_TIME;
  self->target_ns = self->position_ns;
  self->opened = FALSE;
  open_streams (self);
  bs_player_set_state (self);
}

static void
read_clip (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BsLoading *loading = data;
  GError *error = NULL;
  BsMediaClip *clip = bs_media_clip_new (loading->path, cancellable, &error);
  if (clip)
    g_task_return_pointer (task, clip, (GDestroyNotify) bs_media_clip_unref);
  else
    g_task_return_error (task, error);
}

static void
clip_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BsLoading *loading = g_task_get_task_data (G_TASK (result));
  BsPlayer *self = loading->player;
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMediaClip) clip = g_task_propagate_pointer (G_TASK (result), &error);
  if (!self)
    return;
  self->loading = NULL;
  if (!clip) {
    bs_player_fail (self, error->message);
    return;
  }
  self->clip = g_steal_pointer (&clip);
  self->index = self->clip->index;
  self->duration_ns = self->clip->info.duration_ns;
  open_streams (self);
}

static void
start_loading (BsPlayer *self)
{
  BsLoading *loading = g_new0 (BsLoading, 1);
  loading->player = self;
  loading->cancellable = g_cancellable_new ();
  loading->path = g_strdup (self->path);
  self->loading = loading;
  g_autoptr (GTask) task = g_task_new (NULL, loading->cancellable, clip_read_cb, NULL);
  g_task_set_source_tag (task, start_loading);
  g_task_set_task_data (task, loading, free_loading);
  g_task_run_in_thread (task, read_clip);
}

/**
 * bs_player_forget_clip:
 * @self: a player
 *
 * Lets go of all that is known of the clip.
 */
void
bs_player_forget_clip (BsPlayer *self)
{
  stop_loading (self);
  bs_player_reset_requests (self);
  g_clear_pointer (&self->frame, bs_frame_unref);
  self->index = NULL;
  g_clear_pointer (&self->clip, bs_media_clip_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->problem, g_free);
  self->opened = self->failed = self->loaded_told = FALSE;
  self->duration_ns = 0;
}

/**
 * bs_player_open:
 * @self: a player
 * @path: a clip
 *
 * Leaves the clip that is open and opens another, paused on its first frame, or playing where
 * bs_player_play() comes before it is there. Speed, volume and size stay, the loop does not. The
 * state is BS_PLAYER_LOADING until the first frame stands; then comes "clip-loaded". Whatever is
 * wrong with the clip is told by state, problem and notices.
 */
void
bs_player_open (BsPlayer *self, const char *path)
{
  g_return_if_fail (BS_IS_PLAYER (self) && path != NULL);
  g_autofree char *kept = g_strdup (path);
  bs_pipeline_close (self->pipeline);
  bs_player_forget_clip (self);
  bs_player_clear_loop (self);
  bs_player_set_position (self, 0);
  self->path = g_steal_pointer (&kept);
  start_loading (self);
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
  bs_player_forget_clip (self);
  bs_player_clear_loop (self);
  bs_player_set_position (self, 0);
  bs_player_set_state (self);
}

/* What is known of it **********************************************************/

/**
 * bs_player_get_problem:
 * @self: a player
 *
 * Returns: (nullable): what is wrong with the clip, one sentence: why it cannot be played where
 *   the state is BS_PLAYER_FAILED, why there is no picture otherwise
 */
const char *
bs_player_get_problem (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), NULL);
  return self->problem;
}

/**
 * bs_player_get_duration_ns:
 * @self: a player
 *
 * Returns: length of the clip, the longer of picture and sound; 0 where not known yet
 */
gint64
bs_player_get_duration_ns (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  return self->duration_ns;
}

/**
 * bs_player_get_n_frames:
 * @self: a player
 *
 * Returns: how many frames the clip has; 0 before "clip-loaded" and without picture
 */
int
bs_player_get_n_frames (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  return self->index ? bs_frame_index_get_n_frames (self->index) : 0;
}

/**
 * bs_player_get_frame_time_ns:
 * @self: a player
 * @index: a frame, from 0; the number of frames means the end of the last
 *
 * Returns: the stream time at which a frame begins, -1 where there is no such frame
 */
gint64
bs_player_get_frame_time_ns (BsPlayer *self, int index)
{
  int n = bs_player_get_n_frames (self);
  if (n == 0 || index < 0 || index > n)
    return -1;
  return index < n ? bs_frame_index_get_time (self->index, index)
                   : bs_frame_index_get_end (self->index, n - 1);
}

/**
 * bs_player_find_frame:
 * @self: a player
 * @time_ns: a stream time
 *
 * Returns: the number of the frame on show at a time, -1 where unknown
 */
int
bs_player_find_frame (BsPlayer *self, gint64 time_ns)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), -1);
  return self->index ? bs_frame_index_find (self->index, time_ns) : -1;
}

/**
 * bs_player_has_picture:
 * @self: a player
 *
 * Returns: whether there is anything to see in the clip
 */
gboolean
bs_player_has_picture (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), FALSE);
  return self->frame != NULL;
}

/**
 * bs_player_has_sound:
 * @self: a player
 *
 * Returns: whether there is anything to hear in the clip; known from "clip-loaded" on
 */
gboolean
bs_player_has_sound (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), FALSE);
  return self->clip && self->clip->info.has_sound;
}

/**
 * bs_player_get_notices:
 * @self: a player
 *
 * Returns: (transfer none) (nullable) (element-type utf8): what cannot be had of the clip that is
 *   open, sentences; %NULL before "clip-loaded"
 */
const GPtrArray *
bs_player_get_notices (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), NULL);
  return self->clip ? self->clip->notices : NULL;
}

/**
 * bs_player_get_orientation:
 * @self: a player
 * @mirrored: (out) (optional): whether the picture is mirrored, left to right, before it is turned
 *
 * Returns: by how many degrees the picture is turned clockwise before it is shown: 0, 90, 180 or
 *   270; what is shown is upright
 */
int
bs_player_get_orientation (BsPlayer *self, gboolean *mirrored)
{
  static const struct {
    int degrees;
    gboolean mirrored;
  } turns[] = {
    [GST_VIDEO_ORIENTATION_IDENTITY] = { 0, FALSE }, [GST_VIDEO_ORIENTATION_90R] = { 90, FALSE },
    [GST_VIDEO_ORIENTATION_180] = { 180, FALSE },    [GST_VIDEO_ORIENTATION_90L] = { 270, FALSE },
    [GST_VIDEO_ORIENTATION_HORIZ] = { 0, TRUE },     [GST_VIDEO_ORIENTATION_VERT] = { 180, TRUE },
    [GST_VIDEO_ORIENTATION_UL_LR] = { 270, TRUE },   [GST_VIDEO_ORIENTATION_UR_LL] = { 90, TRUE },
  };
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  guint orientation = self->clip ? self->clip->info.orientation : GST_VIDEO_ORIENTATION_IDENTITY;
  if (orientation >= G_N_ELEMENTS (turns))
    orientation = GST_VIDEO_ORIENTATION_IDENTITY;
  if (mirrored)
    *mirrored = turns[orientation].mirrored;
  return turns[orientation].degrees;
}
