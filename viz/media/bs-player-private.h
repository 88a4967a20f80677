/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-pipeline.h"
#include "viz/media/bs-player.h"

G_BEGIN_DECLS

/*
 * BsTarget:
 * @BS_TARGET_NONE: nowhere
 * @BS_TARGET_TIME: a time
 * @BS_TARGET_FRAME: a frame
 *
 * What was asked for and not yet carried out. Newer requests replace older ones.
 */
typedef enum {
  BS_TARGET_NONE,
  BS_TARGET_TIME,
  BS_TARGET_FRAME,
} BsTarget;

struct _BsPlayer {
  GObject parent;

  BsPipeline *pipeline;
  char *path;
  char *problem;
  BsPlayerState state;
  int max_width_px, max_height_px;
  double rate;
  double volume;
  gboolean muted;

  BsFrame *frame;
  gint64 position_ns;
  gint64 duration_ns;
  BsMediaClip *clip;
  /* The clip's own. */
  BsFrameIndex *index;
  struct _BsLoading *loading;
  gboolean opened;
  gboolean failed;
  gboolean loaded_told;

  /* What is wanted. */
  gboolean want_playing;
  BsTarget target;
  gint64 target_ns;
  int target_frame;
  int target_steps;
  gboolean redraw;
  gboolean loop;
  gint64 loop_from_ns, loop_to_ns;

  /* What the pipeline is doing. */
  gboolean busy;
  gboolean playing;
  /* Whether playing on from what stands is right: in step with the sound, speed and loop. */
  gboolean aligned;
  /* Whether what stands or plays is a round of a loop, at whose end no frame follows. */
  gboolean in_round;
  /* Whether the request under way has brought a frame, and whether the last one had: only then can
   * there be a step, for at the end of a stream it would wait for ever. */
  gboolean frame_came;
  gboolean can_step;
  /* Whether playing came to the end; whether that is still to be told, and a seek for the last
   * frame was tried. */
  gboolean at_end;
  gboolean end_untold;
  gboolean end_sought;
  /* The frame a seek under way must show, -1 for any; how often it was missed; the place in the
   * sound to be sought after it, -1 for none; and the position that holds when the seek is done,
   * -1 for that of the frame. */
  int aim;
  int misses;
  gint64 tail_ns;
  gint64 land_ns;
  guint ticker;
};

void bs_player_set_state (BsPlayer *self);
void bs_player_set_position (BsPlayer *self, gint64 position_ns);

void bs_player_fail (BsPlayer *self, const char *problem);
void bs_player_tell_loaded (BsPlayer *self);
void bs_player_open_again (BsPlayer *self);
void bs_player_forget_clip (BsPlayer *self);

void bs_player_reset_requests (BsPlayer *self);
void bs_player_add_steps (BsPlayer *self, int n_frames);
void bs_player_advance (BsPlayer *self);
void bs_player_request_done (BsPlayer *self, gboolean ok);
void bs_player_reached_end (BsPlayer *self);
void bs_player_segment_read (BsPlayer *self);

G_END_DECLS
