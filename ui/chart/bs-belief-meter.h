/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-rule.h"
#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_BELIEF_METER (bs_belief_meter_get_type ())
/**
 * BsBeliefMeter:
 *
 * Six probabilities as bars, with the thresholds where they apply. With a belief over time the
 * bars are the window's under the playhead and a tick on each is the clip's.
 */
G_DECLARE_FINAL_TYPE (BsBeliefMeter, bs_belief_meter, BS, BELIEF_METER, BsChartView)

GtkWidget *bs_belief_meter_new (void);
void bs_belief_meter_set_clip (BsBeliefMeter *self, const double *p, BsPair pair);
void bs_belief_meter_set_now (BsBeliefMeter *self, const double *p);

G_END_DECLS
