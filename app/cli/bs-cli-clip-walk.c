/* SPDX-License-Identifier: MIT */
/* Drives the player from frame to frame, as a person does in the window, and waits for what comes,
 * as long as something does: a decoder that hangs is a sentence, not a program that hangs. Opening
 * a clip has limits of its own. */
#include "app/cli/bs-cli-clip.h"

#include <glib/gi18n.h>

#include "viz/media/bs-media-error.h"
#include "viz/media/bs-patience.h"

/* Without any progress; longer than the player's own limit for a frame. */
#define WAIT_LIMIT_US (60 * G_TIME_SPAN_SECOND)

#define WAKE_MS 20

typedef struct {
  BsPlayer *player;
  gboolean loaded;
  gboolean was_late;
} Walk;

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
loaded_cb (BsPlayer *player, gpointer data)
{
  ((Walk *) data)->loaded = TRUE;
}

static gboolean
is_loaded (const Walk *self, int index)
{
  return self->loaded;
}

static gboolean
stands_on (const Walk *self, int index)
{
  return bs_player_get_frame_index (self->player) == index;
}

/* Ends without success where the player has failed, stands elsewhere for good, or is late. */
static gboolean
wait_until (Walk *self, gboolean (*condition) (const Walk *self, int index), int index)
{
  BsPatience patience;
  bs_patience_begin (&patience, WAIT_LIMIT_US, WAKE_MS * G_TIME_SPAN_MILLISECOND);
  guint wake = g_timeout_add (WAKE_MS, wake_cb, NULL);
  gboolean met;
  while (!(met = condition (self, index)) && !self->was_late &&
         bs_player_get_state (self->player) != BS_PLAYER_FAILED &&
         !(self->loaded && bs_player_is_settled (self->player))) {
    g_main_context_iteration (NULL, TRUE);
    self->was_late = bs_player_get_state (self->player) != BS_PLAYER_LOADING &&
                     bs_patience_is_over (&patience, bs_player_get_progress (self->player));
  }
  g_source_remove (wake);
  return met;
}

/**
 * bs_cli_clip_open:
 * @player: a player
 * @path: a clip
 * @error: where to put a BS_MEDIA_ERROR
 *
 * Opens a clip and waits until its frames are counted.
 */
gboolean
bs_cli_clip_open (BsPlayer *player, const char *path, GError **error)
{
  Walk walk = { .player = player };
  gulong handler = g_signal_connect (player, "clip-loaded", G_CALLBACK (loaded_cb), &walk);
  bs_player_open (player, path);
  gboolean loaded = wait_until (&walk, is_loaded, 0);
  g_signal_handler_disconnect (player, handler);
  if (loaded && bs_player_get_state (player) != BS_PLAYER_FAILED)
    return TRUE;
  const char *problem = bs_player_get_problem (player);
  g_autofree char *name = g_filename_display_basename (path);
  if (problem != NULL)
    g_set_error_literal (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED, problem);
  else
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED, _ ("%s: opening it takes too long."),
                 name);
  return FALSE;
}

static gboolean
go_by_steps (Walk *walk, int from, int to)
{
  int step = from < to ? 1 : -1;
  for (int i = from; i != to; i += step) {
    bs_player_step (walk->player, step);
    if (!wait_until (walk, stands_on, i + step))
      return FALSE;
  }
  return TRUE;
}

static gboolean
go_by_seek (Walk *walk, int index)
{
  bs_player_seek_frame (walk->player, index);
  return wait_until (walk, stands_on, index);
}

/**
 * bs_cli_clip_go:
 * @player: a player with an open clip that stands on its first frame
 * @index: a frame of the clip
 * @way: how to reach it
 * @error: where to put a BS_MEDIA_ERROR
 *
 * Goes to a frame and waits until it is on show.
 */
gboolean
bs_cli_clip_go (BsPlayer *player, int index, BsCliWay way, GError **error)
{
  Walk walk = { .player = player, .loaded = TRUE };
  int last = bs_player_get_n_frames (player) - 1;
  gboolean there = FALSE;
  switch (way) {
  case BS_CLI_WAY_SEEK:
    there = go_by_seek (&walk, index);
    break;
  case BS_CLI_WAY_FORWARD:
    there = go_by_steps (&walk, 0, index);
    break;
  case BS_CLI_WAY_BACK:
    there = go_by_seek (&walk, last) && go_by_steps (&walk, last, index);
    break;
  }
  if (!there) {
    const char *problem = bs_player_get_problem (player);
    if (problem != NULL)
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED,
                   _ ("frame %d cannot be reached: %s"), index, problem);
    else if (walk.was_late)
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED,
                   _ ("going to frame %d takes too long."), index);
    else
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED, _ ("frame %d cannot be reached."),
                   index);
  }
  return there;
}
