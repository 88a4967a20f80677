/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_ACTORS_VIEW (bs_actors_view_get_type ())
/**
 * BsActorsView:
 *
 * The figures of each actor, to be sorted; a row leads to the actor's clips.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsActorsView, bs_actors_view, BS, ACTORS_VIEW, GtkWidget)

G_END_DECLS
