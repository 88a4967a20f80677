/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_CONFUSION_VIEW (bs_confusion_view_get_type ())
/**
 * BsConfusionView:
 *
 * What is taken for what: the confusion matrix of the open run; choosing a cell filters the
 * clips, and the filter is shown in the matrix.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsConfusionView, bs_confusion_view, BS, CONFUSION_VIEW, GtkWidget)

G_END_DECLS
