/* SPDX-License-Identifier: MIT */
/* Charts are drawn for a file on the main thread, which takes a frame; the file is written by
 * the worker. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/bs-file.h"
#include "ui/bs-chart-menu.h"
#include "ui/bs-table-window.h"
#include "ui/bs-template.h"

struct _BsChartMenu {
  GtkWidget parent_instance;
  BsChartView *chart;
  BsWorkspace *workspace;
  GSimpleActionGroup *actions;
  GtkFileChooserNative *chooser;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (BsChartMenu, bs_chart_menu, GTK_TYPE_WIDGET)

typedef struct {
  char *path;
  GBytes *bytes;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;
  g_free (writing->path);
  g_bytes_unref (writing->bytes);
  g_free (writing);
}

static gpointer
write_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Writing *writing = input;
  gsize size;
  const void *data = g_bytes_get_data (writing->bytes, &size);
  if (!bs_file_write (writing->path, data, size, error))
    return NULL;
  return g_path_get_basename (writing->path);
}

static void
written_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *workspace = user_data;
  if (error != NULL)
    bs_workspace_message (workspace, "%s", error->message);
  else
    /* Translators: a file's name */
    bs_workspace_message (workspace, _ ("Saved %s"), (const char *) result);
}

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
write_file (BsChartMenu *self, const char *path, const char *format)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = make_file (self, format, &error);
  if (bytes == NULL) {
    bs_workspace_message (self->workspace, "%s", error->message);
    return;
  }
  Writing *writing = g_new0 (Writing, 1);
  writing->path = g_strdup (path);
  writing->bytes = bytes;
  g_autoptr (BsJob) job = bs_workspace_submit (self->workspace,
                                               &(BsJobSpec){
                                                 .lane = BS_LANE_SHORT,
                                                 .title = _ ("Saving a chart"),
                                                 .func = write_job,
                                                 .input = writing,
                                                 .input_free = writing_free,
                                                 .result_free = g_free,
                                                 .done = written_cb,
                                                 .user_data = self->workspace,
                                               },
                                               FALSE);
}

static void
response_cb (GtkNativeDialog *dialog, int response, BsChartMenu *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    if (path != NULL)
      write_file (self, path, g_object_get_data (G_OBJECT (dialog), "format"));
  }
  g_clear_object (&self->chooser);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsChartMenu *self = user_data;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  const char *format = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", bs_chart_view_get_name (self->chart), format);
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (
    _ ("Save Chart"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     g_strdelimit (name, "/", '-'));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_set_data_full (G_OBJECT (self->chooser), "format", g_strdup (format), g_free);
  g_signal_connect (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
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
  g_clear_object (&self->chooser);
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
