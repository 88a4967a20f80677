/* SPDX-License-Identifier: MIT */
/* The window puts the three columns together; what they show is the workspace's. Its actions
 * are in bs-window-actions.c. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "ui/analysis/bs-actors-view.h"
#include "ui/analysis/bs-confusion-view.h"
#include "ui/analysis/bs-corpus-view.h"
#include "ui/analysis/bs-projection-view.h"
#include "ui/analysis/bs-thresholds-view.h"
#include "ui/clips/bs-clip-list.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/runs/bs-import-dialog.h"
#include "ui/runs/bs-runs-view.h"
#include "ui/window/bs-job-indicator.h"
#include "ui/window/bs-window-private.h"

G_DEFINE_FINAL_TYPE (BsWindow, bs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_page (BsWindow *self)
{
  const char *problem = bs_workspace_get_problem (self->workspace);
  gboolean open = bs_workspace_get_corpus (self->workspace) != NULL;
  gboolean opening = bs_workspace_is_opening (self->workspace);
  gtk_stack_set_visible_child_name (self->pages, open ? "main" : opening ? "opening" : "welcome");
  gtk_widget_set_visible (GTK_WIDGET (self->bar),
                          open && !gtk_window_is_fullscreen (GTK_WINDOW (self)));
  /* On a page that is not shown it would ask for a frame sixty times a second all the same. */
  gtk_spinner_set_spinning (self->opening_spinner, opening && !open);
  if (!open && problem != NULL) {
    adw_status_page_set_title (self->welcome, _ ("This Could Not Be Opened"));
    adw_status_page_set_description (self->welcome, problem);
  }
}

static void
show_title (BsWindow *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  if (corpus == NULL) {
    adw_window_title_set_title (self->title, "Blendscope");
    adw_window_title_set_subtitle (self->title, "");
    return;
  }
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  BsRun *run = bs_workspace_get_run (self->workspace);
  guint n_actors = (guint) bs_metadata_n_actors (metadata);
  guint n_clips = (guint) bs_metadata_n_clips (metadata);
  g_autofree char *actors =
    g_strdup_printf (ngettext ("%'u actor", "%'u actors", n_actors), n_actors);
  g_autofree char *clips = g_strdup_printf (ngettext ("%'u clip", "%'u clips", n_clips), n_clips);
  g_autofree char *run_title = run != NULL ? bs_visible_dup (run->title) : NULL;
  g_autofree char *corpus_title = bs_visible_dup (bs_corpus_title (corpus));
  g_autofree char *what =
    run != NULL ? g_strdup_printf (_ ("run “%s”"), run_title) : g_strdup (_ ("no run open"));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", actors, clips, what);
  adw_window_title_set_title (
    self->title, bs_corpus_is_demo (corpus) ? _ ("Demo corpus — synthetic") : corpus_title);
  adw_window_title_set_subtitle (self->title, subtitle);
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

static void
fullscreened_cb (BsWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->header), !full);
  show_page (self);
  bs_window_apply_panels (self);
}

/**
 * bs_window_apply_panels:
 * @self: the window
 *
 * Shows the side columns as their actions say; full screen leaves the clip alone.
 */
void
bs_window_apply_panels (BsWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->clips), self->show_clips && !full);
  gtk_widget_set_visible (GTK_WIDGET (self->analysis), self->show_analysis && !full);
}

/**
 * bs_window_add_view:
 * @self: the window
 * @name: of the view, for the action win.view
 * @title: translated
 * @view: (transfer floating): a view of the right column
 */
void
bs_window_add_view (BsWindow *self, const char *name, const char *title, GtkWidget *view)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (self->tabs), button);
  gtk_stack_add_named (self->views, view, name);
}

static void
add_views (BsWindow *self)
{
  GtkWidget *thresholds = g_object_new (BS_TYPE_THRESHOLDS_VIEW, NULL);
  GtkWidget *confusion = g_object_new (BS_TYPE_CONFUSION_VIEW, NULL);
  GtkWidget *projection = g_object_new (BS_TYPE_PROJECTION_VIEW, NULL);
  GtkWidget *actors = g_object_new (BS_TYPE_ACTORS_VIEW, NULL);
  GtkWidget *runs = g_object_new (BS_TYPE_RUNS_VIEW, NULL);
  g_object_set (thresholds, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "thresholds", _ ("Thresholds"), thresholds);
  g_object_set (confusion, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "confusion", _ ("Confusion"), confusion);
  g_object_set (projection, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "projection", _ ("Projection"), projection);
  g_object_set (actors, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "actors", _ ("Actors"), actors);
  g_object_set (runs, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "runs", _ ("Runs"), runs);
  GtkWidget *corpus = g_object_new (BS_TYPE_CORPUS_VIEW, NULL);
  g_object_set (corpus, "workspace", self->workspace, NULL);
  bs_window_add_view (self, "corpus", _ ("Corpus"), corpus);
}

/**
 * bs_window_show_view:
 * @self: the window
 * @name: a view's name
 *
 * Returns: whether there is such a view; it is then on show
 */
gboolean
bs_window_show_view (BsWindow *self, const char *name)
{
  GtkWidget *view = gtk_stack_get_child_by_name (self->views, name);
  if (view != NULL)
    gtk_stack_set_visible_child (self->views, view);
  return view != NULL;
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
  g_object_set (self->bar, "workspace", self->workspace, NULL);
  g_object_set (self->clips, "workspace", self->workspace, NULL);
  g_object_set (self->pill, "workspace", self->workspace, NULL);
  g_object_set (self->stage, "workspace", self->workspace, NULL);
  bs_stage_add_actions (self->stage, GTK_APPLICATION_WINDOW (self));
  add_views (self);
  bs_window_add_actions (self);
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
  corpus_changed_cb (self);
  bs_window_restore (self);
}

static gboolean
bs_window_close_request (GtkWindow *window)
{
  bs_window_remember (BS_WINDOW (window));
  return GTK_WINDOW_CLASS (bs_window_parent_class)->close_request (window);
}

static void
bs_window_dispose (GObject *object)
{
  BsWindow *self = BS_WINDOW (object);
  g_clear_pointer (&self->reopen, bs_reopen_offer_free);
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
  g_type_ensure (BS_TYPE_CLIP_LIST);
  g_type_ensure (BS_TYPE_JOB_INDICATOR);
  g_type_ensure (BS_TYPE_DECISION_BAR);
  g_type_ensure (BS_TYPE_STAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, header);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, clips);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, stage);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, analysis);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, BsWindow, views);
}

static void
bs_window_init (BsWindow *self)
{
  self->workspace = bs_workspace_new ();
  self->show_clips = self->show_analysis = TRUE;
  bs_gtk48_compat_init (self);
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
