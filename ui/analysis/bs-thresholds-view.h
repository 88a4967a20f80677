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
 */
G_DECLARE_FINAL_TYPE (BsThresholdsView, bs_thresholds_view, BS, THRESHOLDS_VIEW, GtkWidget)

void bs_thresholds_view_set_workspace (BsThresholdsView *self, BsWorkspace *workspace);

G_END_DECLS
