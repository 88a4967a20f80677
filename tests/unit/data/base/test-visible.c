/* SPDX-License-Identifier: MIT */
#include "data/base/bs-visible.h"

static void
test_what_turns_a_sentence_is_seen (void)
{
  const struct {
    const char *text, *seen;
  } cases[] = {
    { "plain, with umlaut ä", "plain, with umlaut ä" },
    { "clip\u202evom.1A", "clip\\u202evom.1A" },
    { "\u2066a\u2069\u2068\u200f\u061c", "\\u2066a\\u2069\\u2068\\u200f\\u061c" },
    { "\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd" },
    { "a\033[31mb\nc", "a\\u001b[31mb\nc" },
    { "\xff", "\ufffd" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *seen = bs_visible_dup (cases[i].text);
    g_assert_cmpstr (seen, ==, cases[i].seen);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visible/controls", test_what_turns_a_sentence_is_seen);
  return g_test_run ();
}
