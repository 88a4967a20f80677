/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/window/bs-window.h"

G_BEGIN_DECLS

/**
 * BsWindowState:
 *
 * Keeps how the window was left with a corpus, and brings it back with it: page, layout, dividers,
 * list, views, run, clip. It lies in the user's state folder, never in the corpus. Main thread;
 * files are read and written asynchronously.
 */
typedef struct _BsWindowState BsWindowState;

BsWindowState *bs_window_state_new (BsWindow *window);
void bs_window_state_leave (BsWindowState *self);
void bs_window_state_free (BsWindowState *self);

G_END_DECLS
