/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bs_gtk48_compat_init (gpointer widget);
void bs_gtk48_compat_name_inner (GtkWidget *widget);
void bs_gtk48_compat_name_button (gpointer widget, const char *name);
void bs_gtk48_compat_set_label (GtkLabel *label, const char *text);
void bs_gtk48_compat_dispose (gpointer widget, GType type);

G_END_DECLS
