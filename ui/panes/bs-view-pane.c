/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/panes/bs-view-pane.h"

struct _BsViewPane {
  GtkWidget parent_instance;
  AdwTabBar *bar;
  AdwTabView *tabs;
  GtkStack *stack;
  GtkMenuButton *add;
};

G_DEFINE_FINAL_TYPE (BsViewPane, bs_view_pane, GTK_TYPE_WIDGET)

static void
n_pages_cb (BsViewPane *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    adw_tab_view_get_n_pages (self->tabs) > 0 ? "tabs" : "empty");
}

/**
 * bs_view_pane_get_tab_view:
 * @self: a pane
 *
 * Returns: (transfer none): its tabs
 */
AdwTabView *
bs_view_pane_get_tab_view (BsViewPane *self)
{
  return self->tabs;
}

/**
 * bs_view_pane_get_add_button:
 * @self: a pane
 *
 * Returns: (transfer none): the button that opens other views
 */
GtkMenuButton *
bs_view_pane_get_add_button (BsViewPane *self)
{
  return self->add;
}

/* libadwaita 1.2 gives its tabs no names: a screen reader would say their class, and "GtkImage" for
 * the buttons that close them. */
static void
name_tabs_below (GtkWidget *widget, const char *title)
{
  g_autofree char *text = NULL;
  if (title != NULL && GTK_IS_BUTTON (widget)) {
    /* Translators: a view's title */
    text = g_strdup_printf (_ ("Close %s"), title);
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
  }
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwTab")) {
    AdwTabPage *page = NULL;
    g_object_get (widget, "page", &page, NULL);
    title = page != NULL ? adw_tab_page_get_title (page) : NULL;
    if (title != NULL)
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
    g_clear_object (&page);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_tabs_below (child, title);
}

/**
 * bs_view_pane_name_tabs:
 * @self: a pane
 *
 * Gives tabs and their buttons names, after one has come or has another title.
 */
void
bs_view_pane_name_tabs (BsViewPane *self)
{
  name_tabs_below (GTK_WIDGET (self->bar), NULL);
}

/**
 * bs_view_pane_set_bar_shown:
 * @self: a pane
 * @shown: whether its tabs are to be seen; not in full screen
 */
void
bs_view_pane_set_bar_shown (BsViewPane *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->bar), shown);
}

static void
bs_view_pane_dispose (GObject *object)
{
  bs_gtk48_compat_dispose (object, BS_TYPE_VIEW_PANE);
  G_OBJECT_CLASS (bs_view_pane_parent_class)->dispose (object);
}

static void
bs_view_pane_class_init (BsViewPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_view_pane_dispose;
  g_type_ensure (ADW_TYPE_TAB_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-view-pane.ui");
  gtk_widget_class_set_css_name (widget_class, "viewpane");
  gtk_widget_class_bind_template_child (widget_class, BsViewPane, bar);
  gtk_widget_class_bind_template_child (widget_class, BsViewPane, tabs);
  gtk_widget_class_bind_template_child (widget_class, BsViewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, BsViewPane, add);
}

static void
bs_view_pane_init (BsViewPane *self)
{
  bs_gtk48_compat_init (self);
  /* One of its own takes Alt+digit and Ctrl+Tab whatever has the focus. */
  adw_tab_view_set_shortcuts (self->tabs, ADW_TAB_VIEW_SHORTCUT_NONE);
  g_signal_connect_object (self->tabs, "notify::n-pages", G_CALLBACK (n_pages_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tabs, "page-attached", G_CALLBACK (bs_view_pane_name_tabs), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  n_pages_cb (self);
}

/**
 * bs_view_pane_new:
 *
 * Returns: (transfer floating): a pane without tabs
 */
GtkWidget *
bs_view_pane_new (void)
{
  return g_object_new (BS_TYPE_VIEW_PANE, NULL);
}
