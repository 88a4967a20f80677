/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

GSimpleActionGroup *bs_chart_actions_new (BsChartView *chart, BsWorkspace *workspace);
void bs_chart_actions_set_enabled (GSimpleActionGroup *actions, gboolean enabled);
GMenuModel *bs_chart_actions_menu (void);

G_END_DECLS
