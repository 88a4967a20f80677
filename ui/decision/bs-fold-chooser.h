/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_FOLD_CHOOSER (bs_fold_chooser_get_type ())
/**
 * BsFoldChooser:
 *
 * Whose pair the sliders show and set: all folds' or one fold's. Property:
 * - workspace (BsWorkspace): set once
 */
G_DECLARE_FINAL_TYPE (BsFoldChooser, bs_fold_chooser, BS, FOLD_CHOOSER, GtkWidget)

G_END_DECLS
