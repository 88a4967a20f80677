/* SPDX-License-Identifier: MIT */
/* The same kinds of controls as in the bar, of the same workspace: nothing has to move between two
 * parents while either is on show. Made when they are first needed. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/decision/bs-bar-menu.h"
#include "ui/decision/bs-fold-chooser.h"
#include "ui/decision/bs-protocol-button.h"
#include "ui/decision/bs-run-chooser.h"

enum {
  ROW_PROTOCOL,
  ROW_FOLD,
  ROW_RUN,
  ROW_REDO,
  N_ROWS,
};

struct _BsBarMenu {
  GtkWidget parent_instance;
  GtkWidget *captions[N_ROWS];
  GtkWidget *controls[N_ROWS];

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (BsBarMenu, bs_bar_menu, GTK_TYPE_WIDGET)

static void
add_row (BsBarMenu *self, int row, const char *caption, GtkWidget *control)
{
  GtkWidget *label = gtk_label_new (caption);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (control, TRUE);
  gtk_grid_attach (self->grid, label, 0, row, 1, 1);
  gtk_grid_attach (self->grid, control, 1, row, 1, 1);
  self->captions[row] = label;
  self->controls[row] = control;
}

static GtkWidget *
new_redo (BsThresholdState *thresholds)
{
  GtkWidget *redo = gtk_button_new_from_icon_name ("edit-redo-symbolic");
  gtk_widget_set_tooltip_text (redo, _ ("The thresholds that were taken back"));
  gtk_widget_set_halign (redo, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (redo), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Redo the change of thresholds"), -1);
  g_object_bind_property (thresholds, "can-redo", redo, "sensitive", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (redo, "clicked", G_CALLBACK (bs_threshold_state_redo), thresholds,
                           G_CONNECT_SWAPPED);
  return redo;
}

static void
build (BsBarMenu *self, BsWorkspace *workspace)
{
  add_row (self, ROW_PROTOCOL, _ ("Protocol"),
           g_object_new (BS_TYPE_PROTOCOL_BUTTON, "workspace", workspace, NULL));
  add_row (self, ROW_FOLD, _ ("Folds"),
           g_object_new (BS_TYPE_FOLD_CHOOSER, "workspace", workspace, NULL));
  add_row (self, ROW_RUN, _ ("Run"),
           g_object_new (BS_TYPE_RUN_CHOOSER, "workspace", workspace, NULL));
  add_row (self, ROW_REDO, _ ("Redo"), new_redo (bs_workspace_get_thresholds (workspace)));
}

static void
bs_bar_menu_dispose (GObject *object)
{
  bs_gtk48_compat_dispose (object, BS_TYPE_BAR_MENU);
  G_OBJECT_CLASS (bs_bar_menu_parent_class)->dispose (object);
}

static void
bs_bar_menu_class_init (BsBarMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_bar_menu_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-bar-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, BsBarMenu, grid);
}

static void
bs_bar_menu_init (BsBarMenu *self)
{
  bs_gtk48_compat_init (self);
}

/**
 * bs_bar_menu_offer:
 * @self: the menu
 * @workspace: what its controls set and follow; always the same one
 * @items: which of them are wanted
 *
 * Shows the rows of @items, as the menu opens.
 */
void
bs_bar_menu_offer (BsBarMenu *self, BsWorkspace *workspace, BsBarMenuItems items)
{
  const gboolean wanted[N_ROWS] = {
    [ROW_PROTOCOL] = items.protocol,
    [ROW_FOLD] = items.fold,
    [ROW_RUN] = items.run,
    [ROW_REDO] = items.redo,
  };
  if (self->controls[0] == NULL)
    build (self, workspace);
  for (int row = 0; row < N_ROWS; row++) {
    gtk_widget_set_visible (self->captions[row], wanted[row]);
    gtk_widget_set_visible (self->controls[row], wanted[row]);
  }
}
