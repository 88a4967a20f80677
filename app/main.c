/* SPDX-License-Identifier: MIT */
/* blendscope: the window. */
#include "config.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <locale.h>

#include "app/bs-application.h"

int
main (int argc, char **argv)
{
  /* Set by the build folder's environment, where nothing is installed yet. */
  const char *translations = g_getenv ("BLENDSCOPE_LOCALE_DIR");
  bindtextdomain (GETTEXT_PACKAGE, translations != NULL ? translations : BS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gst_init (NULL, NULL);
  g_autoptr (BsApplication) application = bs_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
