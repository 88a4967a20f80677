/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_JOB_PILL (bs_job_pill_get_type ())
/**
 * BsJobPill:
 *
 * What runs in the background, in the header bar: title, progress, cancel.
 */
G_DECLARE_FINAL_TYPE (BsJobPill, bs_job_pill, BS, JOB_PILL, GtkWidget)

void bs_job_pill_set_workspace (BsJobPill *self, BsWorkspace *workspace);

G_END_DECLS
