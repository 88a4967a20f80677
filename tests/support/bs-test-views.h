/* SPDX-License-Identifier: MIT */
/* What is done to charts and runs in more than one test of the window. */
#pragma once

#include "ui/chart/bs-matrix-view.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

void bs_test_click_chart (BsChartView *chart, double x, double y, int n_press);
void bs_test_write_predictions (BsWorkspace *workspace, const char *path, guint64 seed);

G_END_DECLS
