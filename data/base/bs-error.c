/* SPDX-License-Identifier: MIT */
#include "data/base/bs-error.h"

/**
 * bs_error_quark:
 *
 * Not by G_DEFINE_QUARK(), which keeps it in a variable without a lock. Any thread.
 *
 * Returns: the domain
 */
GQuark
bs_error_quark (void)
{
  return g_quark_from_static_string ("bs-error-quark");
}

/**
 * bs_error_excerpt:
 * @text: UTF-8 from a file
 *
 * Makes a file's text fit into a message's one sentence: at most 40 characters, in one line.
 *
 * Returns: (transfer full): the beginning of @text
 */
char *
bs_error_excerpt (const char *text)
{
  const char *end = text;
  for (int i = 0; i < 40 && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  char *excerpt = g_strdup_printf ("%.*s%s", (int) (end - text), text, *end == '\0' ? "" : "…");
  return g_strdelimit (excerpt, "\r\n\t", ' ');
}
