/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_DECISION_BAR (bs_decision_bar_get_type ())
/**
 * BsDecisionBar:
 *
 * The only place of the thresholds, of what chooses them, and of the figures that they give: one
 * row that folds together where it is narrow. Property:
 * - workspace (BsWorkspace): set once
 */
G_DECLARE_FINAL_TYPE (BsDecisionBar, bs_decision_bar, BS, DECISION_BAR, GtkWidget)

G_END_DECLS
