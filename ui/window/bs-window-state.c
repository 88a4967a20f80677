/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/window/bs-window-state.h"

#include <glib/gi18n.h>

#include "ui/window/bs-view-catalogue.h"
#include "ui/window/bs-window-private.h"

#define WINDOW "window"
#define CORPUS "corpus"
#define SAVE_AFTER_MS 700

struct _BsWindowState {
  BsWindow *window; /* outlives this */
  char *folder; /* (nullable): of the corpus whose state it is */
  GKeyFile *wanted; /* (nullable): what is still to be brought back */
  GCancellable *loading; /* (nullable) */
  guint save_id;
  gboolean is_bringing_back;
};

static char *
dup_path (const char *folder)
{
  g_autofree char *real = g_canonicalize_filename (folder, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real, -1);
  g_autofree char *name = g_strdup_printf ("%.16s.ini", sum);
  return g_build_filename (g_get_user_state_dir (), "blendscope", name, NULL);
}

static const char *
current_clip (BsWindow *window)
{
  BsMetadata *metadata = bs_workspace_get_metadata (window->workspace);
  int clip = bs_clip_selection_get_clip (bs_workspace_get_selection (window->workspace));
  return metadata != NULL && clip >= 0 ? bs_metadata_clip (metadata, (gsize) clip)->filename : NULL;
}

/* Titles are not unique, and imported predictions have no folder. */
static char *
dup_run_key (BsRun *run)
{
  return run->folder != NULL ? g_path_get_basename (run->folder) : g_strdup (run->title);
}

static GKeyFile *
describe (BsWindowState *self)
{
  BsWindow *window = self->window;
  GKeyFile *file = g_key_file_new ();
  BsRun *run = bs_workspace_get_run (window->workspace);
  const char *page = adw_view_stack_get_visible_child_name (window->tasks);
  BsViewPanes *panes = bs_inspect_page_get_panes (window->inspect);
  g_autoptr (GVariant) views = g_variant_ref_sink (bs_view_panes_get_state (panes));
  g_autofree char *text = g_variant_print (views, FALSE);
  int dividers[BS_N_LAYOUTS];
  for (int i = 0; i < BS_N_LAYOUTS; i++)
    dividers[i] = bs_inspect_page_get_divider (window->inspect, (BsLayout) i);
  g_key_file_set_comment (file, NULL, NULL, "How Blendscope's window was left with a corpus.",
                          NULL);
  g_key_file_set_string (file, CORPUS, "folder", self->folder);
  g_autofree char *run_key = run != NULL ? dup_run_key (run) : NULL;
  if (run_key != NULL)
    g_key_file_set_string (file, CORPUS, "run", run_key);
  if (current_clip (window) != NULL)
    g_key_file_set_string (file, CORPUS, "clip", current_clip (window));
  g_key_file_set_string (file, WINDOW, "page", page != NULL ? page : "inspect");
  g_key_file_set_string (file, WINDOW, "layout",
                         bs_layout_name (bs_inspect_page_get_layout (window->inspect)));
  g_key_file_set_integer_list (file, WINDOW, "dividers", dividers, BS_N_LAYOUTS);
  g_key_file_set_boolean (file, WINDOW, "list", bs_inspect_page_wants_list (window->inspect));
  g_key_file_set_string (file, WINDOW, "views", text);
  return file;
}

typedef struct {
  char *path;
  char *text;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;
  g_free (writing->path);
  g_free (writing->text);
  g_free (writing);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *writing = data;
  g_autofree char *folder = g_path_get_dirname (writing->path);
  g_autoptr (GError) error = NULL;
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (writing->path, writing->text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_info ("how the window was left is not kept: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

static void
written_cb (GObject *application, GAsyncResult *result, gpointer user_data)
{
  g_application_release (G_APPLICATION (application));
}

/* The program lives until it is written; the window may be gone by then. */
static void
save (BsWindowState *self)
{
  GApplication *application =
    G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self->window)));
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->folder == NULL || application == NULL)
    return;
  g_autoptr (GKeyFile) file = describe (self);
  g_autoptr (GTask) task = g_task_new (application, NULL, written_cb, NULL);
  Writing *writing = g_new (Writing, 1);
  writing->path = dup_path (self->folder);
  writing->text = g_key_file_to_data (file, NULL, NULL);
  g_task_set_task_data (task, writing, writing_free);
  g_application_hold (application);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
save_cb (gpointer user_data)
{
  BsWindowState *self = user_data;
  self->save_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BsWindowState *self)
{
  if (self->folder != NULL && !self->is_bringing_back && self->loading == NULL &&
      self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
bring_views_back (BsWindow *window, GKeyFile *file)
{
  g_autofree char *text = g_key_file_get_string (file, WINDOW, "views", NULL);
  g_autoptr (GVariant) views =
    text != NULL ? g_variant_parse (G_VARIANT_TYPE ("a(suubb)"), text, NULL, NULL, NULL) : NULL;
  if (views != NULL)
    bs_view_panes_set_state (bs_inspect_page_get_panes (window->inspect), views);
}

static void
bring_shape_back (BsWindow *window, GKeyFile *file)
{
  gsize n = 0;
  BsLayout layout;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = g_key_file_get_string (file, WINDOW, "page", NULL);
  g_autofree char *name = g_key_file_get_string (file, WINDOW, "layout", NULL);
  g_autofree int *dividers = g_key_file_get_integer_list (file, WINDOW, "dividers", &n, NULL);
  gboolean list = g_key_file_get_boolean (file, WINDOW, "list", &error);
  for (gsize i = 0; i < MIN (n, BS_N_LAYOUTS); i++)
    bs_inspect_page_set_divider (window->inspect, (BsLayout) i, dividers[i]);
  if (name != NULL && bs_layout_from_name (name, &layout))
    bs_inspect_page_set_layout (window->inspect, layout);
  if (error == NULL)
    bs_inspect_page_set_wants_list (window->inspect, list);
  if (page != NULL)
    bs_window_show_task (window, page);
}

static void
bring_clip_back (BsWindow *window, GKeyFile *file)
{
  BsMetadata *metadata = bs_workspace_get_metadata (window->workspace);
  g_autofree char *name = g_key_file_get_string (file, CORPUS, "clip", NULL);
  int clip = name != NULL ? bs_metadata_find (metadata, name) : -1;
  if (clip >= 0)
    bs_clip_selection_set_clip (bs_workspace_get_selection (window->workspace), clip);
}

/* The runs come later than the corpus. */
static void
bring_run_back (BsWindowState *self)
{
  BsRunLibrary *library = bs_workspace_get_library (self->window->workspace);
  if (self->wanted == NULL || bs_run_library_is_loading (library))
    return;
  g_autoptr (GKeyFile) file = g_steal_pointer (&self->wanted);
  g_autofree char *wanted = g_key_file_get_string (file, CORPUS, "run", NULL);
  GPtrArray *runs = bs_run_library_get_runs (library);
  for (guint i = 0; wanted != NULL && runs != NULL && i < runs->len; i++) {
    BsRun *run = g_ptr_array_index (runs, i);
    g_autofree char *key = dup_run_key (run);
    if (g_str_equal (key, wanted)) {
      bs_workspace_open_run (self->window->workspace, run);
      return;
    }
  }
}

/* Where there is nothing to play the views have the room. */
static void
begin_anew (BsWindow *window)
{
  BsCorpus *corpus = bs_workspace_get_corpus (window->workspace);
  gsize n = bs_metadata_n_clips (bs_corpus_metadata (corpus)), clip = 0;
  while (clip < n && !bs_corpus_clip_is_listed (corpus, clip))
    clip++;
  bs_view_panes_set_state (bs_inspect_page_get_panes (window->inspect),
                           bs_view_catalogue_default_state ());
  bs_inspect_page_set_layout (
    window->inspect, clip < n || bs_corpus_is_demo (corpus) ? BS_LAYOUT_SPLIT : BS_LAYOUT_ANALYSIS);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize length = 0;
  gboolean read =
    g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error);
  /* Of a corpus that is not open any more, or a window that is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  BsWindowState *self = user_data;
  g_clear_object (&self->loading);
  if (!read) {
    begin_anew (self->window);
    return;
  }
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group (file, WINDOW)) {
    bs_job_queue_say (bs_workspace_get_jobs (self->window->workspace), "%s",
                      _ ("How the window was left with this corpus cannot be read; it starts as "
                         "for a new one."));
    begin_anew (self->window);
    return;
  }
  self->is_bringing_back = TRUE;
  bring_views_back (self->window, file);
  bring_shape_back (self->window, file);
  bring_clip_back (self->window, file);
  self->is_bringing_back = FALSE;
  self->wanted = g_key_file_ref (file);
  bring_run_back (self);
}

static void
forget (BsWindowState *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->wanted, g_key_file_unref);
}

static void
corpus_changed_cb (BsWindowState *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->window->workspace);
  const char *folder = corpus != NULL ? bs_corpus_folder (corpus) : NULL;
  if (g_strcmp0 (folder, self->folder) == 0)
    return;
  forget (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_free (self->folder);
  self->folder = g_strdup (folder);
  if (folder == NULL)
    return;
  g_autofree char *path = dup_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  self->loading = g_cancellable_new ();
  g_file_load_contents_async (file, self->loading, loaded_cb, self);
}

/**
 * bs_window_state_new:
 * @window: a window with its pages and its workspace, which outlives this
 *
 * Returns: (transfer full): to be freed before the window
 */
BsWindowState *
bs_window_state_new (BsWindow *window)
{
  BsWindowState *self = g_new0 (BsWindowState, 1);
  BsWorkspace *workspace = window->workspace;
  self->window = window;
  g_signal_connect_swapped (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self);
  g_signal_connect_swapped (workspace, "notify::run", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (bs_workspace_get_selection (workspace), "notify::clip",
                            G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (bs_workspace_get_library (workspace), "notify::loading",
                            G_CALLBACK (bring_run_back), self);
  g_signal_connect_swapped (bs_inspect_page_get_panes (window->inspect), "changed",
                            G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (window->inspect, "notify", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (window->tasks, "notify::visible-child", G_CALLBACK (changed_cb), self);
  corpus_changed_cb (self);
  return self;
}

/**
 * bs_window_state_leave:
 * @self: the state
 *
 * Keeps how the window is left, as it is about to close.
 */
void
bs_window_state_leave (BsWindowState *self)
{
  if (self->loading == NULL)
    save (self);
}

/**
 * bs_window_state_free:
 * @self: (transfer full): the state
 */
void
bs_window_state_free (BsWindowState *self)
{
  BsWindow *window = self->window;
  forget (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (window->workspace, self);
  g_signal_handlers_disconnect_by_data (bs_workspace_get_selection (window->workspace), self);
  g_signal_handlers_disconnect_by_data (bs_workspace_get_library (window->workspace), self);
  g_signal_handlers_disconnect_by_data (bs_inspect_page_get_panes (window->inspect), self);
  g_signal_handlers_disconnect_by_data (window->inspect, self);
  g_signal_handlers_disconnect_by_data (window->tasks, self);
  g_free (self->folder);
  g_free (self);
}
