/* SPDX-License-Identifier: MIT */
/* What can be asked of a player at any time. */
#include "viz/media/bs-player-private.h"

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
 * bs_player_get_n_missing:
 * @self: a player
 *
 * Returns: how many more frames the clip would have if its file did not break off; 0 before
 *   "clip-loaded" and for a whole file
 */
int
bs_player_get_n_missing (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 0);
  return self->index ? bs_frame_index_get_n_missing (self->index) : 0;
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
  return self->index && bs_frame_index_get_info (self->index)->has_sound;
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
 * bs_player_get_volume:
 * @self: a player
 *
 * Returns: loudness, 0 to 1
 */
double
bs_player_get_volume (BsPlayer *self)
{
  g_return_val_if_fail (BS_IS_PLAYER (self), 1.0);
  return self->volume;
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
