/* SPDX-License-Identifier: MIT */
#include "ui/bs-template.h"

/**
 * bs_template_dispose:
 * @widget: (type GtkWidget): a widget that derives from #GtkWidget itself, in its dispose
 * @type: its type
 *
 * Lets go of the template's children. GTK 4.8 unparents only those that are bound to a field;
 * the others would keep the widget's place after its end.
 */
void
bs_template_dispose (gpointer widget, GType type)
{
  GtkWidget *child;
  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
