/* SPDX-License-Identifier: MIT */
/* Where both programs find their sentences in the reader's language. */
#include "data/base/bs-translations.h"

#include <glib/gi18n.h>
#include <libintl.h>
#include <locale.h>

#include "config.h"

/**
 * bs_translations_start:
 *
 * Takes the locale of the environment and binds the translations: those of the build folder, where
 * `BLENDSCOPE_LOCALE_DIR` names it, else the installed ones. Sentences are in UTF-8 under every
 * locale. Called once, first in main().
 */
void
bs_translations_start (void)
{
  setlocale (LC_ALL, "");
  const char *folder = g_getenv ("BLENDSCOPE_LOCALE_DIR");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : BS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * bs_translations_stop:
 *
 * Has sentences in English and numbers in them without a locale's signs from here on, for what
 * another program reads: it is the same for every user. Called before threads are started.
 */
void
bs_translations_stop (void)
{
  setlocale (LC_MESSAGES, "C");
  setlocale (LC_NUMERIC, "C");
}
