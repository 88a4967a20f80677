/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_RUN_CHOOSER (bs_run_chooser_get_type ())
/**
 * BsRunChooser:
 *
 * The open run's name; opens a list of the corpus' runs, of which one can be opened. Property:
 * - workspace (BsWorkspace): set once
 */
G_DECLARE_FINAL_TYPE (BsRunChooser, bs_run_chooser, BS, RUN_CHOOSER, GtkWidget)

G_END_DECLS
