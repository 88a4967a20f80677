/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "viz/media/bs-frame.h"

G_BEGIN_DECLS

/**
 * BsPlayerState:
 * @BS_PLAYER_EMPTY: no clip
 * @BS_PLAYER_LOADING: a clip is being opened
 * @BS_PLAYER_PAUSED: a frame stands
 * @BS_PLAYER_PLAYING: it runs
 * @BS_PLAYER_FAILED: the clip cannot be played; bs_player_get_problem() says why
 */
typedef enum {
  BS_PLAYER_EMPTY,
  BS_PLAYER_LOADING,
  BS_PLAYER_PAUSED,
  BS_PLAYER_PLAYING,
  BS_PLAYER_FAILED,
} BsPlayerState;

#define BS_TYPE_PLAYER (bs_player_get_type ())
/**
 * BsPlayer:
 *
 * Plays one clip and shows its frames exactly. No toolkit. Lives on the main thread and never
 * waits there: every call returns at once, and what comes of it is told by signals on the
 * main context.
 *
 * Signals: "frame" (BsFrame, boxed; a new picture stands), "clip-loaded" (the first frame stands,
 * and everything is known of the clip),
 * "ended" (the end was reached and playing stopped), "notify".
 * Properties: state (int, BsPlayerState), position-ns (stream time of the picture on show, or of
 * the sound where the picture has ended or there is none), loop (whether there is one); rate,
 * volume and muted can be set as well.
 */
G_DECLARE_FINAL_TYPE (BsPlayer, bs_player, BS, PLAYER, GObject)

BsPlayer *bs_player_new (void);
void bs_player_set_max_size (BsPlayer *self, int width_px, int height_px);
void bs_player_open (BsPlayer *self, const char *path);
void bs_player_close (BsPlayer *self);
void bs_player_play (BsPlayer *self);
void bs_player_pause (BsPlayer *self);
void bs_player_step (BsPlayer *self, int n_frames);
void bs_player_seek (BsPlayer *self, gint64 time_ns);
void bs_player_seek_frame (BsPlayer *self, int index);
void bs_player_set_rate (BsPlayer *self, double rate);
void bs_player_set_loop (BsPlayer *self, gint64 from_ns, gint64 to_ns);
void bs_player_clear_loop (BsPlayer *self);
void bs_player_set_volume (BsPlayer *self, double volume);
void bs_player_set_muted (BsPlayer *self, gboolean muted);

BsPlayerState bs_player_get_state (BsPlayer *self);
gboolean bs_player_is_settled (BsPlayer *self);
guint bs_player_get_progress (BsPlayer *self);
const char *bs_player_get_problem (BsPlayer *self);
BsFrame *bs_player_get_frame (BsPlayer *self);
gint64 bs_player_get_position_ns (BsPlayer *self);
gint64 bs_player_get_duration_ns (BsPlayer *self);
int bs_player_get_n_frames (BsPlayer *self);
int bs_player_get_frame_index (BsPlayer *self);
int bs_player_find_frame (BsPlayer *self, gint64 time_ns);
gint64 bs_player_get_frame_time_ns (BsPlayer *self, int index);
const GPtrArray *bs_player_get_notices (BsPlayer *self);
int bs_player_get_orientation (BsPlayer *self, gboolean *mirrored);
gboolean bs_player_has_picture (BsPlayer *self);
gboolean bs_player_has_sound (BsPlayer *self);
double bs_player_get_rate (BsPlayer *self);
gboolean bs_player_get_muted (BsPlayer *self);
gboolean bs_player_get_loop (BsPlayer *self, gint64 *from_ns, gint64 *to_ns);

G_END_DECLS
