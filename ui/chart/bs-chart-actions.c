/* SPDX-License-Identifier: MIT */
/* What can be done with a chart: its table, its files. Charts are drawn for a file on the main
 * thread, which takes a frame; the file is written by the worker. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/chart/bs-chart-actions.h"
#include "ui/chart/bs-table-window.h"
#include "ui/common/bs-save.h"

typedef struct {
  BsChartView *chart;
  BsWorkspace *workspace;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;
  g_object_unref (target->chart);
  g_object_unref (target->workspace);
  g_free (target);
}

static GBytes *
make_file (BsChartView *chart, const char *format, GError **error)
{
  if (g_str_equal (format, "csv")) {
    g_autoptr (BsTable) table = bs_chart_view_make_table (chart);
    return bs_table_to_csv (table);
  }
  return bs_chart_view_export (chart,
                               g_str_equal (format, "png")   ? BS_CHART_PNG
                               : g_str_equal (format, "svg") ? BS_CHART_SVG
                                                             : BS_CHART_PDF,
                               error);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;
  g_autoptr (GError) error = NULL;
  const char *format = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", bs_chart_view_get_name (target->chart), format);
  g_autoptr (GBytes) bytes = make_file (target->chart, format, &error);
  if (bytes == NULL)
    bs_job_queue_say (bs_workspace_get_jobs (target->workspace), "%s", error->message);
  else
    bs_save_bytes (GTK_WIDGET (target->chart), target->workspace, name, bytes);
}

static void
table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;
  gtk_window_present (GTK_WINDOW (bs_table_window_new (target->chart)));
}

static const GActionEntry entries[] = {
  { .name = "table", .activate = table_cb },
  { .name = "save", .parameter_type = "s", .activate = save_cb },
};

/**
 * bs_chart_actions_new:
 * @chart: a chart
 * @workspace: whose worker writes its files
 *
 * Returns: (transfer full): the actions of bs_chart_actions_menu(), without their prefix "chart"
 */
GSimpleActionGroup *
bs_chart_actions_new (BsChartView *chart, BsWorkspace *workspace)
{
  GSimpleActionGroup *actions = g_simple_action_group_new ();
  Target *target = g_new0 (Target, 1);
  target->chart = g_object_ref (chart);
  target->workspace = g_object_ref (workspace);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), target);
  g_object_set_data_full (G_OBJECT (actions), "target", target, target_free);
  return actions;
}

/**
 * bs_chart_actions_set_enabled:
 * @actions: from bs_chart_actions_new()
 * @enabled: whether the chart has anything to show
 */
void
bs_chart_actions_set_enabled (GSimpleActionGroup *actions, gboolean enabled)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (actions), entries[i].name)),
      enabled);
}

/**
 * bs_chart_actions_menu:
 *
 * Returns: (transfer full): show as a table; save as PNG, SVG, PDF or CSV
 */
GMenuModel *
bs_chart_actions_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) table = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_menu_append (table, _ ("Show as _Table"), "chart.table");
  g_menu_append (files, _ ("Save as P_NG…"), "chart.save::png");
  g_menu_append (files, _ ("Save as _SVG…"), "chart.save::svg");
  g_menu_append (files, _ ("Save as _PDF…"), "chart.save::pdf");
  g_menu_append (files, _ ("Save as _CSV…"), "chart.save::csv");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (table));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));
  return G_MENU_MODEL (menu);
}
