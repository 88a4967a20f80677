/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "viz/chart/bs-score-map.h"

G_BEGIN_DECLS

#define BS_TYPE_SCORE_MAP_VIEW (bs_score_map_view_get_type ())
/**
 * BsScoreMapView:
 *
 * The score map as a widget. The handle follows the pointer and the arrow keys.
 *
 * Signals: "pair" (double alpha, double beta): the person moved the handle.
 */
G_DECLARE_FINAL_TYPE (BsScoreMapView, bs_score_map_view, BS, SCORE_MAP_VIEW, BsChartView)

BsScoreMap *bs_score_map_view_get_map (BsScoreMapView *self);
void bs_score_map_view_raster_changed (BsScoreMapView *self);
void bs_score_map_view_set_pair (BsScoreMapView *self, double alpha, double beta);

G_END_DECLS
