/* SPDX-License-Identifier: MIT */
/* What the tests of views have in common: waiting for the main loop, and finding widgets. */
#pragma once

#include <gtk/gtk.h>

typedef gboolean (*BsTestQuestion) (void);

void bs_test_load_style (void);
void bs_test_wait_for (BsTestQuestion condition, const char *what);
void bs_test_paint_once (GtkWidget *window);
GtkWidget *bs_test_find (gpointer root, GType type);
gpointer bs_test_part (gpointer view, GType type);
gpointer bs_test_named (gpointer view, GType type, const char *label);
GtkWidget *bs_test_of_class (GtkWidget *root, const char *css_class);
gboolean bs_test_has_label (GtkWidget *root, const char *text);
