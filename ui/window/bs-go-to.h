/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/panes/bs-view-panes.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_GO_TO (bs_go_to_get_type ())
/**
 * BsGoTo:
 *
 * Leads to any clip, view, run or action by typing a part of its name.
 */
G_DECLARE_FINAL_TYPE (BsGoTo, bs_go_to, BS, GO_TO, AdwWindow)

GtkWidget *bs_go_to_new (GtkWindow *window, BsWorkspace *workspace, BsViewPanes *panes);

G_END_DECLS
