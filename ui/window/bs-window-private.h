/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/clips/bs-clip-list.h"
#include "ui/stage/bs-stage.h"
#include "ui/window/bs-job-indicator.h"
#include "ui/window/bs-window.h"

G_BEGIN_DECLS

struct _BsWindow {
  AdwApplicationWindow parent_instance;
  BsWorkspace *workspace;
  GSettings *settings; /* NULL where the schema is not installed */
  GtkFileChooserNative *chooser; /* while one is open */
  gboolean show_clips;
  gboolean show_analysis;

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  BsJobIndicator *pill;
  GtkStack *pages;
  GtkSpinner *opening_spinner;
  AdwStatusPage *welcome;
  BsClipList *clips;
  BsStage *stage;
  GtkWidget *analysis;
  GtkWidget *tabs;
  AdwBin *controls;
  GtkStack *views;
};

void bs_window_add_actions (BsWindow *self);
void bs_window_apply_panels (BsWindow *self);
void bs_window_add_view (BsWindow *self, const char *name, const char *title, GtkWidget *view);
void bs_window_restore (BsWindow *self);
void bs_window_remember (BsWindow *self);
gboolean bs_window_show_view (BsWindow *self, const char *name);

G_END_DECLS
