/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bs_template_init (gpointer widget);
void bs_template_name_inner (GtkWidget *widget);
void bs_template_name_button (gpointer widget, const char *name);
void bs_template_dispose (gpointer widget, GType type);

G_END_DECLS
