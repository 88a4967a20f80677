/* SPDX-License-Identifier: MIT */
#include "data/base/bs-visible.h"

/* Characters that change the direction of what comes after them, and show nothing themselves. */
static gboolean
is_direction (gunichar c)
{
  return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

/* Those of the terminal; a line's end and a tabulator are meant. */
static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/**
 * bs_visible_dup:
 * @text: what is to be shown, with names of files, clips or runs in it; UTF-8, or nearly
 *
 * A name may hold characters that turn the rest of a sentence around, so that it seems to say
 * something else, or that a terminal takes for a command. They are written as their numbers,
 * "\u202e", which changes nothing of letters of either direction.
 *
 * Returns: (transfer full): @text with nothing in it that cannot be seen
 */
char *
bs_visible_dup (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);
    if (is_direction (character) || is_control (character))
      g_string_append_printf (out, "\\u%04x", character);
    else
      g_string_append_unichar (out, character);
  }
  return g_string_free (out, FALSE);
}
