/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/chart/bs-chart-actions.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/common/bs-gtk48-compat.h"

struct _BsChartMenu {
  GtkWidget parent_instance;
  GtkMenuButton *button;
  gboolean has_chart;
};

enum { PROP_ICON_NAME = 1 };

G_DEFINE_FINAL_TYPE (BsChartMenu, bs_chart_menu, GTK_TYPE_WIDGET)

/**
 * bs_chart_menu_set_chart:
 * @self: the button
 * @chart: what it saves
 * @workspace: whose worker writes; set once
 */
void
bs_chart_menu_set_chart (BsChartMenu *self, BsChartView *chart, BsWorkspace *workspace)
{
  g_return_if_fail (!self->has_chart);
  g_autoptr (GSimpleActionGroup) actions = bs_chart_actions_new (chart, workspace);
  self->has_chart = TRUE;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", G_ACTION_GROUP (actions));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  chart, NULL, -1);
}

static void
bs_chart_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsChartMenu *self = BS_CHART_MENU (object);
  if (g_value_get_string (value) != NULL)
    gtk_menu_button_set_icon_name (self->button, g_value_get_string (value));
}

static void
bs_chart_menu_dispose (GObject *object)
{
  gtk_widget_insert_action_group (GTK_WIDGET (object), "chart", NULL);
  bs_gtk48_compat_dispose (object, BS_TYPE_CHART_MENU);
  G_OBJECT_CLASS (bs_chart_menu_parent_class)->dispose (object);
}

static void
bs_chart_menu_class_init (BsChartMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_chart_menu_dispose;
  object_class->set_property = bs_chart_menu_set_property;
  g_object_class_install_property (
    object_class, PROP_ICON_NAME,
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_css_name (widget_class, "chartmenu");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-chart-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, BsChartMenu, button);
}

static void
bs_chart_menu_init (BsChartMenu *self)
{
  g_autoptr (GMenuModel) menu = bs_chart_actions_menu ();
  g_autoptr (GSimpleActionGroup) none = g_simple_action_group_new ();
  /* The button inside finds its actions where it first looked for them (GTK 4.8), which may be
   * before there is a chart. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", G_ACTION_GROUP (none));
  bs_gtk48_compat_init (self);
  gtk_menu_button_set_menu_model (self->button, menu);
}
