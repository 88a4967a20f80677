/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/clips/bs-clip-list.h"
#include "ui/decision/bs-decision-bar.h"
#include "ui/stage/bs-stage.h"
#include "ui/window/bs-job-indicator.h"
#include "ui/window/bs-window.h"

G_BEGIN_DECLS

/**
 * BsReopenOffer:
 *
 * Watches the files of the open corpus for its window. Main thread.
 */
typedef struct _BsReopenOffer BsReopenOffer;

struct _BsWindow {
  AdwApplicationWindow parent_instance;
  BsWorkspace *workspace;
  GSettings *settings; /* NULL where the schema is not installed */
  GtkFileChooserNative *chooser; /* while one is open */
  BsReopenOffer *reopen;
  GPtrArray *shown_toasts; /* (nullable): that were not dismissed yet */
  char *folder; /* (nullable): of the corpus that they speak of */
  gboolean show_clips;
  gboolean show_analysis;

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  BsJobIndicator *pill;
  BsDecisionBar *bar;
  GtkStack *pages;
  GtkSpinner *opening_spinner;
  AdwStatusPage *welcome;
  BsClipList *clips;
  BsStage *stage;
  GtkWidget *analysis;
  GtkWidget *tabs;
  GtkStack *views;
};

void bs_window_add_actions (BsWindow *self);
void bs_window_apply_panels (BsWindow *self);
void bs_window_add_view (BsWindow *self, const char *name, const char *title, GtkWidget *view);
void bs_window_restore (BsWindow *self);
void bs_window_remember (BsWindow *self);
BsReopenOffer *bs_reopen_offer_new (BsWindow *window);
void bs_reopen_offer_free (BsReopenOffer *self);
gboolean bs_window_show_view (BsWindow *self, const char *name);

G_END_DECLS
