/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_THRESHOLD_NUMBER (bs_threshold_number_get_type ())
/**
 * BsThresholdNumber:
 *
 * One threshold as a number that can be typed. Up and Down go to where the next decision changes.
 * Properties:
 * - workspace (BsWorkspace): set once
 * - axis (int): which threshold, a #BsThresholdAxis; set before the workspace
 */
G_DECLARE_FINAL_TYPE (BsThresholdNumber, bs_threshold_number, BS, THRESHOLD_NUMBER, GtkWidget)

G_END_DECLS
