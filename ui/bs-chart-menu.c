/* SPDX-License-Identifier: MIT */
/* Charts are drawn for a file on the main thread, which takes a frame; the file is written by
 * the worker. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/bs-chart-menu.h"
#include "ui/bs-save.h"
#include "ui/bs-table-window.h"
#include "ui/bs-template.h"

struct _BsChartMenu {
  GtkWidget parent_instance;
  BsChartView *chart;
  BsWorkspace *workspace;
  GSimpleActionGroup *actions;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (BsChartMenu, bs_chart_menu, GTK_TYPE_WIDGET)

static GBytes *
make_file (BsChartMenu *self, const char *format, GError **error)
{
  if (g_str_equal (format, "csv")) {
    g_autoptr (BsTable) table = bs_chart_view_make_table (self->chart);
    return bs_table_to_csv (table);
  }
  return bs_chart_view_export (self->chart,
                               g_str_equal (format, "png")   ? BS_CHART_PNG
                               : g_str_equal (format, "svg") ? BS_CHART_SVG
                                                             : BS_CHART_PDF,
                               error);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsChartMenu *self = user_data;
  g_autoptr (GError) error = NULL;
  const char *format = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", bs_chart_view_get_name (self->chart), format);
  g_autoptr (GBytes) bytes = make_file (self, format, &error);
  if (bytes == NULL)
    bs_workspace_message (self->workspace, "%s", error->message);
  else
    bs_save_bytes (GTK_WIDGET (self), self->workspace, name, bytes);
}

static void
table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (bs_table_window_new (BS_CHART_MENU (user_data)->chart)));
}

/**
 * bs_chart_menu_set_chart:
 * @self: the button
 * @chart: what it saves
 * @workspace: whose worker writes; set once
 */
void
bs_chart_menu_set_chart (BsChartMenu *self, BsChartView *chart, BsWorkspace *workspace)
{
  g_return_if_fail (self->chart == NULL);
  self->chart = g_object_ref (chart);
  self->workspace = g_object_ref (workspace);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  chart, NULL, -1);
}

static void
bs_chart_menu_dispose (GObject *object)
{
  BsChartMenu *self = BS_CHART_MENU (object);
  bs_template_dispose (self, BS_TYPE_CHART_MENU);
  g_clear_object (&self->actions);
  g_clear_object (&self->chart);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_chart_menu_parent_class)->dispose (object);
}

static void
bs_chart_menu_class_init (BsChartMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_chart_menu_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-chart-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, BsChartMenu, button);
}

static void
bs_chart_menu_init (BsChartMenu *self)
{
  const GActionEntry entries[] = {
    { .name = "table", .activate = table_cb },
    { .name = "save", .parameter_type = "s", .activate = save_cb },
  };
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", G_ACTION_GROUP (self->actions));
}
