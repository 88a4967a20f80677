/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_JOB_INDICATOR (bs_job_indicator_get_type ())
/**
 * BsJobIndicator:
 *
 * What runs in the background, in the header bar: title, progress, cancel.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsJobIndicator, bs_job_indicator, BS, JOB_INDICATOR, GtkWidget)

G_END_DECLS
