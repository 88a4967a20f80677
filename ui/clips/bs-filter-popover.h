/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_FILTER_POPOVER (bs_filter_popover_get_type ())
/**
 * BsFilterPopover:
 *
 * Sets the conditions of the clip list.
 */
G_DECLARE_FINAL_TYPE (BsFilterPopover, bs_filter_popover, BS, FILTER_POPOVER, GtkPopover)

BsFilterPopover *bs_filter_popover_new (BsWorkspace *workspace);

G_END_DECLS
