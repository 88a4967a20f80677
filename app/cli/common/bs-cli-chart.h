/* SPDX-License-Identifier: MIT */
#pragma once

#include "app/cli/common/bs-cli.h"
#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

gboolean bs_cli_chart_format (const char *path, BsChartFormat *format);
BsCliStatus bs_cli_write_bytes (const char *path, GBytes *bytes);
BsCliStatus bs_cli_write_chart (const char *path, BsChartDrawFunc draw, gpointer user_data,
                                double width, double height);

G_END_DECLS
