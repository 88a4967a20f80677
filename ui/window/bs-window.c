/* SPDX-License-Identifier: MIT */
/* The window puts pages together; what they show is the workspace's. Its actions are in
 * bs-window-actions.c, those of views and layouts in bs-window-views.c. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/runs/bs-import-dialog.h"
#include "ui/window/bs-window-private.h"

G_DEFINE_FINAL_TYPE (BsWindow, bs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_page (BsWindow *self)
{
  const char *problem = bs_workspace_get_problem (self->workspace);
  gboolean open = bs_workspace_get_corpus (self->workspace) != NULL;
  gboolean opening = bs_workspace_is_opening (self->workspace);
  gtk_stack_set_visible_child_name (self->pages, open ? "main" : opening ? "opening" : "welcome");
  /* On a page that is not shown it would ask for a frame sixty times a second all the same. */
  gtk_spinner_set_spinning (self->opening_spinner, opening && !open);
  if (!open && problem != NULL) {
    adw_status_page_set_title (self->welcome, _ ("This Could Not Be Opened"));
    adw_status_page_set_description (self->welcome, problem);
  }
}

/* For the task bar, the screen reader and whoever looks for the window. */
static void
name_window (BsWindow *self, const char *corpus, const char *run)
{
  g_autofree char *name = run != NULL ? g_strdup_printf ("%s · %s — Blendscope", corpus, run)
                          : corpus != NULL ? g_strdup_printf ("%s — Blendscope", corpus)
                                           : g_strdup ("Blendscope");
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static char *
describe (BsWorkspace *workspace, const char *run_title)
{
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  guint n_actors = (guint) bs_metadata_n_actors (metadata);
  guint n_clips = (guint) bs_metadata_n_clips (metadata);
  g_autofree char *actors =
    g_strdup_printf (ngettext ("%'u actor", "%'u actors", n_actors), n_actors);
  g_autofree char *clips = g_strdup_printf (ngettext ("%'u clip", "%'u clips", n_clips), n_clips);
  g_autofree char *what =
    run_title != NULL ? g_strdup_printf (_ ("run “%s”"), run_title) : g_strdup (_ ("no run open"));
  return g_strdup_printf ("%s · %s · %s", actors, clips, what);
}

static void
show_title (BsWindow *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  BsRun *run = bs_workspace_get_run (self->workspace);
  gtk_widget_set_visible (GTK_WIDGET (self->corpus_title), corpus != NULL);
  if (corpus == NULL) {
    adw_view_switcher_title_set_title (self->switcher, "Blendscope");
    adw_view_switcher_title_set_subtitle (self->switcher, "");
    name_window (self, NULL, NULL);
    return;
  }
  g_autofree char *run_title = run != NULL ? bs_visible_dup (run->title) : NULL;
  g_autofree char *title = bs_corpus_is_demo (corpus) ? g_strdup (_ ("Demo corpus — synthetic"))
                                                      : bs_visible_dup (bs_corpus_title (corpus));
  g_autofree char *subtitle = describe (self->workspace, run_title);
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", title, subtitle);
  adw_view_switcher_title_set_title (self->switcher, title);
  adw_view_switcher_title_set_subtitle (self->switcher, subtitle);
  gtk_label_set_label (self->corpus_title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open_button), tooltip);
  name_window (self, title, run_title);
}

/* What was said of a corpus is gone with it. */
static void
dismiss_toasts (BsWindow *self)
{
  g_autoptr (GPtrArray) toasts = g_steal_pointer (&self->shown_toasts);
  for (guint i = 0; toasts != NULL && i < toasts->len; i++)
    adw_toast_dismiss (g_ptr_array_index (toasts, i));
}

static void
corpus_changed_cb (BsWindow *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  const char *folder = corpus != NULL ? bs_corpus_folder (corpus) : NULL;
  if (g_strcmp0 (folder, self->folder) != 0) {
    dismiss_toasts (self);
    g_free (self->folder);
    self->folder = g_strdup (folder);
  }
  show_page (self);
  show_title (self);
  bs_window_show_header (self);
}

static void
dismissed_cb (BsWindow *self, AdwToast *toast)
{
  if (self->shown_toasts != NULL)
    g_ptr_array_remove (self->shown_toasts, toast);
}

static void
message_cb (BsWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  /* The title is markup; what is said may hold any character. */
  g_autofree char *seen = bs_visible_dup (text);
  g_autofree char *escaped = g_markup_escape_text (seen, -1);
  adw_toast_set_title (toast, escaped);
  adw_toast_set_timeout (toast, 6);
  if (self->shown_toasts == NULL)
    self->shown_toasts = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->shown_toasts, g_object_ref (toast));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
import_unclear_cb (BsWindow *self, const char *path, BsPredictions *unclear)
{
  GtkWidget *dialog = bs_import_dialog_new (GTK_WINDOW (self), self->workspace, path, unclear);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * bs_window_show_header:
 * @self: the window
 *
 * Shows in the header what is of use in the window's shape and on its page.
 */
void
bs_window_show_header (BsWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gboolean open = bs_workspace_get_corpus (self->workspace) != NULL;
  const char *task = adw_view_stack_get_visible_child_name (self->tasks);
  gboolean inspects = open && g_strcmp0 (task, "inspect") == 0;
  gboolean narrow = FALSE;
  g_object_get (self->inspect, "is-narrow", &narrow, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->header), !full);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), !full);
  gtk_widget_set_visible (self->list_button, inspects);
  gtk_widget_set_visible (self->layouts, inspects && !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->corpus_title), open && !narrow);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, open && !narrow);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, open && narrow);
}

static void
fullscreened_cb (BsWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  bs_window_show_header (self);
  bs_inspect_page_set_picture_alone (self->inspect, full);
}

/**
 * bs_window_get_workspace:
 * @self: the window
 *
 * Returns: (transfer none): what is open in it
 */
BsWorkspace *
bs_window_get_workspace (BsWindow *self)
{
  return self->workspace;
}

static void
bs_window_constructed (GObject *object)
{
  BsWindow *self = BS_WINDOW (object);
  G_OBJECT_CLASS (bs_window_parent_class)->constructed (object);
  g_object_set (self->pill, "workspace", self->workspace, NULL);
  g_object_set (self->inspect, "workspace", self->workspace, NULL);
  g_object_set (self->models, "workspace", self->workspace, NULL);
  bs_stage_add_actions (bs_inspect_page_get_stage (self->inspect), GTK_APPLICATION_WINDOW (self));
  bs_window_add_actions (self);
  bs_window_add_view_actions (self);
  self->reopen = bs_reopen_offer_new (self);
  g_signal_connect_object (self->workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "notify::opening", G_CALLBACK (show_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "notify::problem", G_CALLBACK (show_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "notify::run", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_jobs (self->workspace), "message",
                           G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_library (self->workspace), "import-unclear",
                           G_CALLBACK (import_unclear_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
  g_signal_connect_object (self->inspect, "notify::is-narrow", G_CALLBACK (bs_window_show_header),
                           self, G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
  bs_window_restore (self);
  self->state = bs_window_state_new (self);
}

static gboolean
bs_window_close_request (GtkWindow *window)
{
  bs_window_remember (BS_WINDOW (window));
  bs_window_state_leave (BS_WINDOW (window)->state);
  return GTK_WINDOW_CLASS (bs_window_parent_class)->close_request (window);
}

static void
bs_window_dispose (GObject *object)
{
  BsWindow *self = BS_WINDOW (object);
  g_clear_pointer (&self->reopen, bs_reopen_offer_free);
  g_clear_pointer (&self->state, bs_window_state_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), BS_TYPE_WINDOW);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->shown_toasts, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->settings);
  if (self->workspace != NULL)
    g_object_run_dispose (G_OBJECT (self->workspace));
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_window_parent_class)->dispose (object);
}

static void
bs_window_class_init (BsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->constructed = bs_window_constructed;
  object_class->dispose = bs_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = bs_window_close_request;
  g_type_ensure (BS_TYPE_INSPECT_PAGE);
  g_type_ensure (BS_TYPE_JOB_INDICATOR);
  g_type_ensure (BS_TYPE_RUNS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, header);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, corpus_title);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, list_button);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, layouts);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, tasks);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, inspect);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, models);
}

static void
bs_window_init (BsWindow *self)
{
  self->workspace = bs_workspace_new ();
  bs_gtk48_compat_init (self);
  bs_gtk48_compat_name_button (self->open_button, _ ("Open"));
}

/**
 * bs_window_new:
 * @application: the program
 *
 * Returns: (transfer floating): a window with nothing open
 */
BsWindow *
bs_window_new (GtkApplication *application)
{
  return g_object_new (BS_TYPE_WINDOW, "application", application, NULL);
}
