/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BS_TYPE_ADAPTIVE_BIN (bs_adaptive_bin_get_type ())
/**
 * BsAdaptiveBin:
 *
 * Holds one child that takes another shape when there is less room. It can be made smaller than
 * that child, down to its own size request, and tells its size outside of allocation, where shapes
 * may be changed.
 *
 * Properties: child (GtkWidget), size-serial (uint, read: notified when width or height are others
 * than before, never while widgets are given their sizes).
 */
G_DECLARE_FINAL_TYPE (BsAdaptiveBin, bs_adaptive_bin, BS, ADAPTIVE_BIN, GtkWidget)

void bs_adaptive_bin_set_child (BsAdaptiveBin *self, GtkWidget *child);
double bs_adaptive_bin_get_text_scale (BsAdaptiveBin *self);

G_END_DECLS
