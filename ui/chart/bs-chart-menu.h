/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_CHART_MENU (bs_chart_menu_get_type ())
/**
 * BsChartMenu:
 *
 * The button beside a chart: show it as a table, save it as PNG, SVG, PDF or CSV.
 *
 * Properties: icon-name (string; where there is no room for words).
 */
G_DECLARE_FINAL_TYPE (BsChartMenu, bs_chart_menu, BS, CHART_MENU, GtkWidget)

void bs_chart_menu_set_chart (BsChartMenu *self, BsChartView *chart, BsWorkspace *workspace);

G_END_DECLS
