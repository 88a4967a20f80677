/* SPDX-License-Identifier: MIT */
/* blendscope: the window. */
#include "config.h"

#include <fontconfig/fontconfig.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gst/gst.h>
#include <unistd.h>

#include "app/bs-application.h"
#include "data/base/bs-signals.h"
#include "data/base/bs-translations.h"
#include "data/base/bs-worker.h"
#include "model/numeric/bs-blas-start.h"

static gboolean
quit_cb (int fd, GIOCondition condition, gpointer application)
{
  g_action_group_activate_action (application, "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* A job that does not end, as in a file system that hangs, must not keep the process: libraries
 * would wait for it at exit(). What it writes has a passing name. */
static void
leave (int status)
{
  g_settings_sync ();
  _exit (status);
}

/* Without any GTK has sizes of nothing, and a window nobody can read. */
static gboolean
has_fonts (void)
{
  FcFontSet *fonts = FcInit () ? FcConfigGetFonts (NULL, FcSetSystem) : NULL;
  return fonts != NULL && fonts->nfont > 0;
}

int
main (int argc, char **argv)
{
  bs_signals_ignore_limits ();
  bs_translations_start ();
  if (!has_fonts ()) {
    g_printerr (_ ("blendscope: no fonts are installed; Debian's are in fonts-dejavu-core\n"));
    return 1;
  }
  /* Where there is too little memory for it, the program ends now and not in the midst of work. */
  bs_blas_start ();
  gst_init (NULL, NULL);
  g_autoptr (BsApplication) application = bs_application_new ();
  int fd = bs_signals_catch ();
  if (fd >= 0)
    g_unix_fd_add (fd, G_IO_IN, quit_cb, application);
  int status = g_application_run (G_APPLICATION (application), argc, argv);
  if (bs_worker_n_abandoned () > 0)
    leave (status);
  return status;
}
