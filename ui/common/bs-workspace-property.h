/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/**
 * BsTakeWorkspaceFunc:
 * @widget: an instance
 * @workspace: what it follows from now on
 *
 * Called once, when the property is set.
 */
typedef void (*BsTakeWorkspaceFunc) (gpointer widget, BsWorkspace *workspace);

void bs_workspace_property_install (GObjectClass *klass, BsTakeWorkspaceFunc take);

G_END_DECLS
