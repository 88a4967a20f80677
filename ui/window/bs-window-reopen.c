/* SPDX-License-Identifier: MIT */
/* Offers to open the corpus again once another program has changed a file of it. What is on show is
 * of before, and stays so until somebody wants it otherwise. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/window/bs-window-private.h"

#define SETTLED_MS 500 /* a file that is being written changes many times */

struct _BsReopenOffer {
  BsWindow *window; /* not owned */
  GPtrArray *monitors; /* of GFileMonitor */
  BsCorpus *corpus; /* (nullable): the one that is watched */
  AdwToast *toast; /* (nullable): while it is on show */
  gboolean is_told; /* once a corpus */
  guint timeout_id;
};

static void
toast_dismissed_cb (BsReopenOffer *self)
{
  g_clear_object (&self->toast);
}

static void
take_back (BsReopenOffer *self)
{
  if (self->toast == NULL)
    return;
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->toast);
  g_signal_handlers_disconnect_by_data (toast, self);
  adw_toast_dismiss (toast);
}

static void
offer (BsReopenOffer *self, const char *file)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *text =
    g_strdup_printf (_ ("%s has changed on disk; what is shown here is older."), file);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  adw_toast_set_title (toast, escaped);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _ ("Open Again"));
  adw_toast_set_action_name (toast, "win.open-again");
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self);
  self->is_told = TRUE;
  self->toast = g_object_ref (toast);
  adw_toast_overlay_add_toast (self->window->toasts, toast);
}

typedef struct {
  BsCorpus *corpus;
  char *file; /* (nullable): the first that was changed */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;
  bs_corpus_unref (look->corpus);
  g_free (look->file);
  g_free (look);
}

static gpointer
look_job (BsJob *job, gpointer corpus, GCancellable *cancellable, GError **error)
{
  Look *look = g_new (Look, 1);
  *look = (Look){ bs_corpus_ref (corpus), bs_corpus_dup_changed_file (corpus) };
  return look;
}

static void
look_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsReopenOffer *self = ((BsWindow *) user_data)->reopen;
  Look *look = result;
  if (look != NULL && look->file != NULL && self != NULL && look->corpus == self->corpus &&
      !self->is_told && !bs_workspace_is_opening (self->window->workspace))
    offer (self, look->file);
}

/* The disk may be one of a network that does not answer. */
static void
look (BsReopenOffer *self)
{
  if (self->corpus == NULL || self->is_told)
    return;
  bs_job_queue_start (bs_workspace_get_jobs (self->window->workspace), self->window,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "changed-files",
                        .title = "",
                        .func = look_job,
                        .input = bs_corpus_ref (self->corpus),
                        .input_free = (GDestroyNotify) bs_corpus_unref,
                        .result_free = look_free,
                        .done = look_done_cb,
                        .user_data = self->window,
                      },
                      FALSE);
}

static gboolean
settled_cb (gpointer user_data)
{
  BsReopenOffer *self = user_data;
  self->timeout_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (BsReopenOffer *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (SETTLED_MS, settled_cb, self);
}

static void
watch (BsReopenOffer *self)
{
  g_auto (GStrv) paths = bs_corpus_dup_files (self->corpus);
  for (char **path = paths; *path != NULL; path++) {
    g_autoptr (GFile) file = g_file_new_for_path (*path);
    GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    if (monitor == NULL)
      continue; /* It is looked at all the same when the window is come back to. */
    g_signal_connect_swapped (monitor, "changed", G_CALLBACK (file_changed_cb), self);
    g_ptr_array_add (self->monitors, monitor);
  }
}

static void
corpus_changed_cb (BsReopenOffer *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->window->workspace);
  if (corpus == self->corpus)
    return;
  take_back (self);
  self->is_told = FALSE;
  g_ptr_array_set_size (self->monitors, 0);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  if (corpus == NULL)
    return;
  self->corpus = bs_corpus_ref (corpus);
  watch (self);
}

static void
is_active_cb (GtkWindow *window, GParamSpec *pspec, gpointer user_data)
{
  if (gtk_window_is_active (window))
    look (user_data);
}

static void
open_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsWindow *window = BS_WINDOW (user_data);
  BsCorpus *corpus = bs_workspace_get_corpus (window->workspace);
  if (corpus != NULL)
    bs_workspace_open_folder (window->workspace, bs_corpus_folder (corpus));
}

static void
monitor_free (gpointer monitor)
{
  g_file_monitor_cancel (monitor);
  g_signal_handlers_disconnect_matched (monitor, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                        (gpointer) file_changed_cb, NULL);
  g_object_unref (monitor);
}

/**
 * bs_reopen_offer_new:
 * @window: a window with its workspace, which outlives this
 *
 * Watches the files of whatever corpus is open, and adds the action win.open-again.
 *
 * Returns: (transfer full): to be freed with the window
 */
BsReopenOffer *
bs_reopen_offer_new (BsWindow *window)
{
  const GActionEntry entries[] = { { .name = "open-again", .activate = open_again_cb } };
  BsReopenOffer *self = g_new0 (BsReopenOffer, 1);
  self->window = window;
  self->monitors = g_ptr_array_new_with_free_func (monitor_free);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_swapped (window->workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb),
                            self);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (is_active_cb), self);
  corpus_changed_cb (self);
  return self;
}

/**
 * bs_reopen_offer_free:
 * @self: (transfer full): an offer
 */
void
bs_reopen_offer_free (BsReopenOffer *self)
{
  take_back (self);
  g_signal_handlers_disconnect_by_data (self->window->workspace, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_ptr_array_unref (self->monitors);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_free (self);
}
