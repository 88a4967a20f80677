/* SPDX-License-Identifier: MIT */
/* What the window remembers from one day to the next. A program that runs without its schema
 * installed remembers nothing, and works. */
#include "config.h"

#include "ui/common/bs-settings.h"
#include "ui/window/bs-window-private.h"

/**
 * bs_window_restore:
 * @self: the window, with its views
 *
 * Gives it the size it had.
 */
void
bs_window_restore (BsWindow *self)
{
  self->settings = bs_settings_new ();
  if (self->settings != NULL) {
    int width = 0, height = 0;
    g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
    if (g_settings_get_boolean (self->settings, "window-maximized"))
      gtk_window_maximize (GTK_WINDOW (self));
    bs_stage_bind_settings (bs_inspect_page_get_stage (self->inspect), self->settings);
  }
}

/**
 * bs_window_remember:
 * @self: the window, about to close
 */
void
bs_window_remember (BsWindow *self)
{
  if (self->settings == NULL)
    return;
  int width = 0, height = 0;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  if (corpus != NULL)
    g_settings_set_string (self->settings, "last-corpus",
                           bs_corpus_is_demo (corpus) ? "" : bs_corpus_folder (corpus));
}
