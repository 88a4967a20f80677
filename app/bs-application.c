/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "app/bs-application.h"
#include "app/demo/bs-demo-filler.h"
#include "ui/common/bs-settings.h"
#include "ui/window/bs-window.h"

struct _BsApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BsApplication, bs_application, ADW_TYPE_APPLICATION)

#define FILLER_KEY "demo-filler"

static BsWindow *
new_window (GApplication *application)
{
  BsWindow *window = bs_window_new (GTK_APPLICATION (application));
  g_object_set_data_full (G_OBJECT (window), FILLER_KEY,
                          bs_demo_filler_new (bs_window_get_workspace (window)), g_object_unref);
  return window;
}

static BsWindow *
current_window (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  return window != NULL && BS_IS_WINDOW (window) ? BS_WINDOW (window) : new_window (application);
}

static void
open_demo (BsWindow *window)
{
  bs_demo_filler_open (g_object_get_data (G_OBJECT (window), FILLER_KEY), NULL);
}

static void
open_last (BsWindow *window)
{
  g_autoptr (GSettings) settings = bs_settings_new ();
  g_autofree char *last =
    settings != NULL ? g_settings_get_string (settings, "last-corpus") : g_strdup ("");
  if (*last != '\0')
    bs_workspace_open_folder (bs_window_get_workspace (window), last);
  else
    open_demo (window);
}

static void
bs_application_activate (GApplication *application)
{
  gboolean first = gtk_application_get_active_window (GTK_APPLICATION (application)) == NULL;
  BsWindow *window = current_window (application);
  gtk_window_present (GTK_WINDOW (window));
  if (first)
    open_last (window);
}

static void
bs_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    BsWindow *window = i == 0 ? current_window (application) : new_window (application);
    g_autofree char *path = g_file_get_path (files[i]);
    gtk_window_present (GTK_WINDOW (window));
    if (path != NULL)
      bs_workspace_open_folder (bs_window_get_workspace (window), path);
  }
}

static void
open_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_demo (current_window (user_data));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         "Blendscope", "application-icon", BS_APP_ID, "version", BS_VERSION,
                         "developer-name", _ ("The Blendscope authors"), "license-type",
                         GTK_LICENSE_MIT_X11, "comments",
                         _ ("A workstation for looking at blended emotions: clips, what models "
                            "believe of them, and the two thresholds that decide."),
                         NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = gtk_application_get_windows (user_data);
  while (windows != NULL) {
    GList *next = windows->next;
    gtk_window_close (windows->data);
    windows = next;
  }
}

static void
set_keys (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } rows[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "window.close", { "<Control>w", NULL } },
    { "win.open-folder", { "<Control>o", NULL } },
    { "win.import-predictions", { "<Control>i", NULL } },
    { "win.search", { "<Control>f", NULL } },
    { "win.go-to", { "<Control>k", NULL } },
    { "win.undo-thresholds", { "<Control>z", NULL } },
    { "win.redo-thresholds", { "<Control><Shift>z", NULL } },
    { "win.alpha-breakpoint(1)", { "<Alt>Right", NULL } },
    { "win.alpha-breakpoint(-1)", { "<Alt>Left", NULL } },
    { "win.beta-breakpoint(1)", { "<Alt>Up", NULL } },
    { "win.beta-breakpoint(-1)", { "<Alt>Down", NULL } },
    { "win.show-clips", { "F9", NULL } },
    { "win.page::inspect", { "<Control>1", NULL } },
    { "win.page::models", { "<Control>2", NULL } },
    { "win.layout::clip", { "F2", NULL } },
    { "win.layout::split", { "F3", NULL } },
    { "win.layout::analysis", { "F4", NULL } },
    { "win.next-pane", { "F6", NULL } },
    { "win.view-open", { "<Control>t", NULL } },
    { "win.view-close", { "<Control>F4", NULL } },
    { "win.view-beside", { "<Control>backslash", NULL } },
    { "win.view-window", { "<Control><Shift>n", NULL } },
    { "win.view-pin", { "<Control><Shift>p", NULL } },
    { "win.view-left", { "<Control><Shift>Page_Up", NULL } },
    { "win.view-right", { "<Control><Shift>Page_Down", NULL } },
    { "win.view-previous", { "<Control>Page_Up", NULL } },
    { "win.view-next", { "<Control>Page_Down", NULL } },
    { "win.show-keys", { "<Control>question", "F1", NULL } },
    { "win.view::thresholds", { "<Alt>1", NULL } },
    { "win.view::confusion", { "<Alt>2", NULL } },
    { "win.view::projection", { "<Alt>3", NULL } },
    { "win.view::actors", { "<Alt>4", NULL } },
    { "win.view::corpus", { "<Alt>5", NULL } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_application_set_accels_for_action (application, rows[i].action, rows[i].keys);
}

static void
bs_application_startup (GApplication *application)
{
  const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "open-demo", .activate = open_demo_cb },
    { .name = "quit", .activate = quit_cb },
  };
  G_APPLICATION_CLASS (bs_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  set_keys (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (BS_APP_ID);
}

static void
bs_application_class_init (BsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  application_class->activate = bs_application_activate;
  application_class->open = bs_application_open;
  application_class->startup = bs_application_startup;
}

static void
bs_application_init (BsApplication *self)
{
}

/**
 * bs_application_new:
 *
 * Returns: (transfer full): the program; folders given on its command line are opened
 */
BsApplication *
bs_application_new (void)
{
  return g_object_new (BS_TYPE_APPLICATION, "application-id", BS_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/org/blendscope/Blendscope", NULL);
}
