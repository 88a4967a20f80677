/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"
#include "ui/stage/bs-overlay.h"
#include "ui/stage/bs-timeline-view.h"
#include "ui/stage/bs-transport.h"
#include "ui/stage/bs-video-view.h"

G_BEGIN_DECLS

#define BS_TYPE_STAGE (bs_stage_get_type ())
/**
 * BsStage:
 *
 * The middle of the window: the workspace's clip with its overlay, the transport bar and the
 * timeline. Draws a synthetic clip that has no file yet, plays it, and lets everything follow
 * the picture on show and the thresholds.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsStage, bs_stage, BS, STAGE, GtkWidget)

GtkWidget *bs_stage_new (void);
void bs_stage_bind_settings (BsStage *self, GSettings *settings);
void bs_stage_add_actions (BsStage *self, GtkApplicationWindow *window);
void bs_stage_add_keys (GtkWidget *window);

G_END_DECLS
