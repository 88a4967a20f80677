/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *bs_word_stack_new (const char *const *words, gsize n);
void bs_word_stack_show (GtkWidget *stack, gsize word);

G_END_DECLS
