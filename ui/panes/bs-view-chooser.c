/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/panes/bs-view-chooser.h"

struct _BsViewChooser {
  GtkPopover parent_instance;
  BsViewPanes *panes; /* it stands in them */
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BsViewChooser, bs_view_chooser, GTK_TYPE_POPOVER)

static const BsViewInfo *
info_of (BsViewChooser *self, GtkListBoxRow *row)
{
  return bs_view_panes_get_info (self->panes,
                                 GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "view")));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  BsViewChooser *self = user_data;
  const BsViewInfo *info = info_of (self, row);
  g_autofree char *typed =
    g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *all = g_strjoin ("\n", _ (info->title), _ (info->group), _ (info->words), NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  return strstr (folded, g_strstrip (typed)) != NULL;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  BsViewChooser *self = user_data;
  const char *group = info_of (self, row)->group;
  if (before != NULL && g_str_equal (info_of (self, before)->group, group)) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  GtkWidget *label = gtk_label_new (_ (group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_margin_start (label, 10);
  gtk_widget_set_margin_top (label, before != NULL ? 8 : 0);
  gtk_list_box_row_set_header (row, label);
}

static void
choose (BsViewChooser *self, GtkListBoxRow *row)
{
  const char *name = info_of (self, row)->name;
  gtk_popover_popdown (GTK_POPOVER (self));
  bs_view_panes_show (self->panes, name);
}

static void
row_activated_cb (BsViewChooser *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static void
search_changed_cb (BsViewChooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter opens the first that is found. */
static void
search_activate_cb (BsViewChooser *self)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self)) {
      choose (self, row);
      return;
    }
}

static void
stop_search_cb (BsViewChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
add_row (BsViewChooser *self, gsize i)
{
  const BsViewInfo *info = bs_view_panes_get_info (self->panes, i);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_ (info->title)), *open = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (open, "caption");
  gtk_widget_add_css_class (open, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), open);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "view", GSIZE_TO_POINTER (i));
  g_object_set_data (G_OBJECT (row), "open", open);
  gtk_list_box_append (self->list, row);
}

static void
bs_view_chooser_map (GtkWidget *widget)
{
  BsViewChooser *self = BS_VIEW_CHOOSER (widget);
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    gtk_label_set_label (g_object_get_data (G_OBJECT (row), "open"),
                         bs_view_panes_is_open (self->panes, info_of (self, row)->name) ? _ ("open")
                                                                                        : "");
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  GTK_WIDGET_CLASS (bs_view_chooser_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
bs_view_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BS_TYPE_VIEW_CHOOSER);
  G_OBJECT_CLASS (bs_view_chooser_parent_class)->dispose (object);
}

static void
bs_view_chooser_class_init (BsViewChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_view_chooser_dispose;
  widget_class->map = bs_view_chooser_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-view-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BsViewChooser, search);
  gtk_widget_class_bind_template_child (widget_class, BsViewChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bs_view_chooser_init (BsViewChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bs_view_chooser_new:
 * @panes: whose views are to choose from; it stands in them
 *
 * Returns: (transfer floating): a popover
 */
GtkWidget *
bs_view_chooser_new (BsViewPanes *panes)
{
  BsViewChooser *self = g_object_new (BS_TYPE_VIEW_CHOOSER, NULL);
  self->panes = panes;
  for (gsize i = 0; i < bs_view_panes_get_n_views (panes); i++)
    add_row (self, i);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  return GTK_WIDGET (self);
}
