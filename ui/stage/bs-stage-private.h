/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-menu.h"
#include "ui/common/bs-adaptive-bin.h"
#include "ui/common/bs-label-glyph.h"
#include "ui/stage/bs-stage.h"

G_BEGIN_DECLS

/* Shared by the stage's files alone: what follows what (bs-stage.c), work (-jobs.c), actions
 * (-actions.c) and keys (-keys.c). */
struct _BsStage {
  GtkWidget parent_instance;

  BsAdaptiveBin *room;
  GtkWidget *box;
  GtkOrientable *title_texts;
  BsLabelGlyph *label_glyph;
  GtkLabel *clip_name;
  GtkLabel *clip_origin;
  GtkLabel *clip_label;
  GtkScrolledWindow *rows; /* the panels, where there is no room over the picture */
  GtkWidget *time_card;
  GtkWidget *picture;
  GtkPopover *menu;
  GtkLabel *remark; /* what is wrong with a clip that plays all the same */
  BsVideoView *video;
  BsOverlay *overlay;
  BsTransport *transport;
  BsTimelineView *timeline;
  BsChartMenu *timeline_menu;
  GMenu *metrics_section; /* of the picture's menu */
  GSimpleActionGroup *probability_actions;

  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsClipSelection *selection; /* likewise */
  BsPlayer *player;
  GtkWidget *window; /* that has the actions; a weak pointer, as it holds the stage */
  char *path; /* of the clip that is open */

  gboolean is_compact;
  gboolean looping;
  gint64 loop_from_ns; /* -1: the clip's start */
  gint64 loop_to_ns; /* -1: the clip's end */
};

void bs_stage_open_path (BsStage *self, const char *path);
void bs_stage_clip_drawn (BsStage *self, const GError *error);
void bs_stage_follow_playhead (BsStage *self);

void bs_stage_draw_clip (BsStage *self);
void bs_stage_fetch_waveform (BsStage *self);
void bs_stage_fetch_track (BsStage *self);
void bs_stage_fetch_attention (BsStage *self);
void bs_stage_fetch_ablation (BsStage *self);
void bs_stage_draw_neighbours (BsStage *self);
void bs_stage_drop_jobs (BsStage *self);

void bs_stage_reshape (BsStage *self);
void bs_stage_show_title (BsStage *self, const BsClip *clip);
void bs_stage_remove_actions (BsStage *self);
void bs_stage_update_actions (BsStage *self);
void bs_stage_apply_loop (BsStage *self);
void bs_stage_forget_loop (BsStage *self);

/* For tests. */
BsPlayer *bs_stage_get_player (BsStage *self);
BsVideoView *bs_stage_get_video (BsStage *self);
BsOverlay *bs_stage_get_overlay (BsStage *self);
BsTimelineView *bs_stage_get_timeline (BsStage *self);

G_END_DECLS
