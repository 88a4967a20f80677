/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_THRESHOLDS_VIEW (bs_thresholds_view_get_type ())
/**
 * BsThresholdsView:
 *
 * What the two thresholds do: protocol, figures of the folds, the map of the score.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsThresholdsView, bs_thresholds_view, BS, THRESHOLDS_VIEW, GtkWidget)

G_END_DECLS
