/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_TUNED_TAG (bs_tuned_tag_get_type ())
/**
 * BsTunedTag:
 *
 * Where the figures on show were tuned: here, elsewhere, or not known; in a word, with the whole
 * sentence as its tooltip. Property:
 * - workspace (BsWorkspace): set once
 */
G_DECLARE_FINAL_TYPE (BsTunedTag, bs_tuned_tag, BS, TUNED_TAG, GtkWidget)

G_END_DECLS
