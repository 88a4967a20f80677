/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/decision/bs-word-stack.h"

/**
 * bs_word_stack_new:
 * @words: (array length=n): words, untranslated
 * @n: how many
 *
 * A label that says one of @words and is as wide as the widest of them, in any font and language: a
 * bar that held it would else jump under a slider that is being dragged.
 *
 * Returns: (transfer floating): a stack of labels, with the first on show
 */
GtkWidget *
bs_word_stack_new (const char *const *words, gsize n)
{
  GtkWidget *stack = gtk_stack_new ();
  for (gsize i = 0; i < n; i++)
    gtk_stack_add_child (GTK_STACK (stack), gtk_label_new (_ (words[i])));
  return stack;
}

/**
 * bs_word_stack_show:
 * @stack: as bs_word_stack_new() returns it
 * @word: which of its words, from 0
 */
void
bs_word_stack_show (GtkWidget *stack, gsize word)
{
  GtkWidget *label = gtk_widget_get_first_child (stack);
  for (; word > 0 && label != NULL; word--)
    label = gtk_widget_get_next_sibling (label);
  g_return_if_fail (label != NULL);
  gtk_stack_set_visible_child (GTK_STACK (stack), label);
}
