/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

void bs_save_bytes (GtkWidget *widget, BsWorkspace *workspace, const char *name, GBytes *bytes);

G_END_DECLS
