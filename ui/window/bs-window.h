/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_WINDOW (bs_window_get_type ())
/**
 * BsWindow:
 *
 * The window: clips left, the clip in the middle, analysis right, one workspace behind them.
 */
G_DECLARE_FINAL_TYPE (BsWindow, bs_window, BS, WINDOW, AdwApplicationWindow)

BsWindow *bs_window_new (GtkApplication *application);
BsWorkspace *bs_window_get_workspace (BsWindow *self);

G_END_DECLS
