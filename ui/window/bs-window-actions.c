/* SPDX-License-Identifier: MIT */
/* Actions of the window that are not the player's. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/window/bs-go-to.h"
#include "ui/window/bs-window-private.h"

typedef void (*Chosen) (BsWorkspace *workspace, const char *path);

static void
chooser_response_cb (GtkNativeDialog *dialog, int response, BsWindow *self)
{
  Chosen chosen = (Chosen) g_object_get_data (G_OBJECT (dialog), "chosen");
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    if (path != NULL)
      chosen (self->workspace, path);
  }
  g_clear_object (&self->chooser);
}

static void
choose (BsWindow *self, const char *title, GtkFileChooserAction action, Chosen chosen)
{
  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_set_data (G_OBJECT (self->chooser), "chosen", (gpointer) chosen);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose (user_data, _ ("Open a Corpus Folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
          bs_workspace_open_folder);
}

static void
import_chosen (BsWorkspace *workspace, const char *path)
{
  bs_run_library_import (bs_workspace_get_library (workspace), path);
}

static void
import_predictions_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsWindow *self = user_data;
  if (bs_workspace_get_corpus (self->workspace) != NULL)
    choose (self, _ ("Import Predictions"), GTK_FILE_CHOOSER_ACTION_OPEN, import_chosen);
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsFilter filter;
  bs_filter_init (&filter);
  bs_clip_selection_set_filter (bs_workspace_get_selection (BS_WINDOW (user_data)->workspace),
                                &filter);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsWindow *self = user_data;
  bs_window_show_task (self, "inspect");
  g_object_set (self->inspect, "list-shown", TRUE, NULL);
  bs_clip_list_focus_search (bs_inspect_page_get_clips (self->inspect));
}

static void
undo_thresholds_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_threshold_state_undo (bs_workspace_get_thresholds (BS_WINDOW (user_data)->workspace));
}

static void
redo_thresholds_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_threshold_state_redo (bs_workspace_get_thresholds (BS_WINDOW (user_data)->workspace));
}

/* 1 for up, -1 for down. */
static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gboolean of_alpha = g_str_equal (g_action_get_name (G_ACTION (action)), "alpha-breakpoint");
  BsThresholdState *state = bs_workspace_get_thresholds (BS_WINDOW (user_data)->workspace);
  if (!bs_threshold_state_step (state, of_alpha ? BS_THRESHOLD_ALPHA : BS_THRESHOLD_BETA,
                                g_variant_get_int32 (parameter) > 0))
    gtk_widget_error_bell (GTK_WIDGET (user_data));
}

static void
go_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsWindow *self = user_data;
  GtkWidget *go_to =
    bs_go_to_new (GTK_WINDOW (self), self->workspace, bs_inspect_page_get_panes (self->inspect));
  gtk_window_present (GTK_WINDOW (go_to));
}

/* Made when it is asked for: with a hidden window about, GTK 4.8 falls over a screen reader that
 * asks for a window which has just been closed. */
static void
show_keys_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/org/blendscope/Blendscope/bs-keys-window.ui");
  GtkWindow *keys = GTK_WINDOW (gtk_builder_get_object (builder, "keys"));
  gtk_window_set_transient_for (keys, GTK_WINDOW (user_data));
  gtk_window_present (keys);
}

/**
 * bs_window_add_actions:
 * @self: the window
 *
 * Adds its actions; the application gives them their keys.
 */
void
bs_window_add_actions (BsWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "open-folder", .activate = open_folder_cb },
    { .name = "import-predictions", .activate = import_predictions_cb },
    { .name = "clear-filters", .activate = clear_filters_cb },
    { .name = "search", .activate = search_cb },
    { .name = "undo-thresholds", .activate = undo_thresholds_cb },
    { .name = "redo-thresholds", .activate = redo_thresholds_cb },
    { .name = "alpha-breakpoint", .parameter_type = "i", .activate = step_cb },
    { .name = "beta-breakpoint", .parameter_type = "i", .activate = step_cb },
    { .name = "go-to", .activate = go_to_cb },
    { .name = "show-keys", .activate = show_keys_cb },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
