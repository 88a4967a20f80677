/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_RUNS_VIEW (bs_runs_view_get_type ())
/**
 * BsRunsView:
 *
 * Train, watch, import, compare and delete runs.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsRunsView, bs_runs_view, BS, RUNS_VIEW, GtkWidget)

G_END_DECLS
