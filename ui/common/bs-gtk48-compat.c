/* SPDX-License-Identifier: MIT */
#include "ui/common/bs-gtk48-compat.h"

/**
 * bs_gtk48_compat_name_inner:
 * @widget: a widget
 *
 * Gives the buttons inside drop-downs, from @widget down, the names of these: it is the button that
 * takes the focus, and GTK 4.8 has a screen reader say its class.
 */
void
bs_gtk48_compat_name_inner (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  if (child != NULL && GTK_IS_DROP_DOWN (widget))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    widget, NULL, -1);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    bs_gtk48_compat_name_inner (child);
}

/**
 * bs_gtk48_compat_name_button:
 * @widget: (type GtkWidget): a #GtkMenuButton or #GtkScaleButton
 * @name: for a screen reader
 *
 * Names the button inside, which takes the focus, where GTK 4.8 does not: one with a child of its
 * own, and one whose icon changes.
 */
void
bs_gtk48_compat_name_button (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (widget)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * bs_gtk48_compat_set_label:
 * @label: a label
 * @text: what it shows
 *
 * Sets the text where it is another one: gtk_label_set_label() of GTK 4.8 lays the label's
 * column out again even where the text stays the same.
 */
void
bs_gtk48_compat_set_label (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_label (label), text))
    gtk_label_set_label (label, text);
}

/**
 * bs_gtk48_compat_init:
 * @widget: (type GtkWidget): a widget, in its init
 *
 * Makes the template's children, as gtk_widget_init_template() does, with
 * bs_gtk48_compat_name_inner().
 */
void
bs_gtk48_compat_init (gpointer widget)
{
  gtk_widget_init_template (widget);
  bs_gtk48_compat_name_inner (widget);
}

/**
 * bs_gtk48_compat_dispose:
 * @widget: (type GtkWidget): a widget that derives from #GtkWidget itself, in its dispose
 * @type: its type
 *
 * Lets go of the template's children. GTK 4.8 unparents only those that are bound to a field;
 * the others would keep the widget's place after its end.
 */
void
bs_gtk48_compat_dispose (gpointer widget, GType type)
{
  GtkWidget *child;
  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
