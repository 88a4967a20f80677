/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/panes/bs-view-panes.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

void bs_view_catalogue_fill (BsViewPanes *panes, BsWorkspace *workspace);
GVariant *bs_view_catalogue_default_state (void);

G_END_DECLS
