/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

#define BS_TYPE_TABLE_WINDOW (bs_table_window_get_type ())
/**
 * BsTableWindow:
 *
 * A chart's figures as a table that can be sorted; follows the chart.
 */
G_DECLARE_FINAL_TYPE (BsTableWindow, bs_table_window, BS, TABLE_WINDOW, AdwWindow)

GtkWidget *bs_table_window_new (BsChartView *chart);

G_END_DECLS
