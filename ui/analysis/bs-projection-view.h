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
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsProjectionView, bs_projection_view, BS, PROJECTION_VIEW, GtkWidget)

G_END_DECLS
