/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/inference/bs-attention-trace.h"
#include "model/inference/bs-prediction-track.h"
#include "ui/chart/bs-chart-view.h"
#include "viz/media/bs-player.h"
#include "viz/media/bs-waveform.h"

G_BEGIN_DECLS

#define BS_TYPE_TIMELINE_VIEW (bs_timeline_view_get_type ())
/**
 * BsTimelineView:
 *
 * A clip's sound, track and attention over time, with the playhead. A click or a drag goes to a
 * time; the handles of the loop can be dragged; with the focus the arrow keys step frames. To
 * assistive tools it is a slider whose value is the time.
 */
G_DECLARE_FINAL_TYPE (BsTimelineView, bs_timeline_view, BS, TIMELINE_VIEW, BsChartView)

void bs_timeline_view_set_player (BsTimelineView *self, BsPlayer *player);
void bs_timeline_view_take_waveform (BsTimelineView *self, BsWaveform *waveform);
void bs_timeline_view_take_track (BsTimelineView *self, BsPredictionTrack *track);
void bs_timeline_view_take_attention (BsTimelineView *self, BsAttentionTrace *attention);
void bs_timeline_view_blank_attention (BsTimelineView *self);
const BsPredictionTrack *bs_timeline_view_get_track (BsTimelineView *self);
void bs_timeline_view_set_alpha (BsTimelineView *self, double alpha);
void bs_timeline_view_set_note (BsTimelineView *self, const char *note);

G_END_DECLS
