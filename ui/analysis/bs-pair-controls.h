/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_PAIR_CONTROLS (bs_pair_controls_get_type ())
/**
 * BsPairControls:
 *
 * Alpha and beta: two sliders with numbers that can be typed. In sight in every view.
 */
G_DECLARE_FINAL_TYPE (BsPairControls, bs_pair_controls, BS, PAIR_CONTROLS, GtkWidget)

void bs_pair_controls_set_workspace (BsPairControls *self, BsWorkspace *workspace);

G_END_DECLS
