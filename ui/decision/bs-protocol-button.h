/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_PROTOCOL_BUTTON (bs_protocol_button_get_type ())
/**
 * BsProtocolButton:
 *
 * Says how the thresholds were chosen; opens a comparison of all ways, of which one can be
 * taken. Property:
 * - workspace (BsWorkspace): set once
 */
G_DECLARE_FINAL_TYPE (BsProtocolButton, bs_protocol_button, BS, PROTOCOL_BUTTON, GtkWidget)

G_END_DECLS
