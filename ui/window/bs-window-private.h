/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/runs/bs-runs-view.h"
#include "ui/window/bs-inspect-page.h"
#include "ui/window/bs-job-indicator.h"
#include "ui/window/bs-window-state.h"
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
  BsWindowState *state;
  GPtrArray *shown_toasts; /* (nullable): that were not dismissed yet */
  char *folder; /* (nullable): of the corpus that they speak of */

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkMenuButton *open_button;
  GtkLabel *corpus_title;
  GtkWidget *list_button;
  GtkWidget *layouts;
  BsJobIndicator *pill;
  GtkStack *pages;
  GtkSpinner *opening_spinner;
  AdwStatusPage *welcome;
  AdwViewStack *tasks;
  BsInspectPage *inspect;
  BsRunsView *models;
};

void bs_window_add_actions (BsWindow *self);
void bs_window_add_view_actions (BsWindow *self);
void bs_window_show_header (BsWindow *self);
gboolean bs_window_show_task (BsWindow *self, const char *name);
void bs_window_restore (BsWindow *self);
void bs_window_remember (BsWindow *self);
BsReopenOffer *bs_reopen_offer_new (BsWindow *window);
void bs_reopen_offer_free (BsReopenOffer *self);

G_END_DECLS
