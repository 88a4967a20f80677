/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_PROJECTION_VIEW (bs_projection_view_get_type ())
/**
 * BsProjectionView:
 *
 * The clips as points: the first two principal components of an encoder's features. Worked out
 * when the view is looked at.
 */
G_DECLARE_FINAL_TYPE (BsProjectionView, bs_projection_view, BS, PROJECTION_VIEW, GtkWidget)

void bs_projection_view_set_workspace (BsProjectionView *self, BsWorkspace *workspace);

G_END_DECLS
