/* SPDX-License-Identifier: MIT */
/* Stands in for libFuzzer in ordinary builds: gives a target the files of its seed corpus once, so
 * that they are part of the tests, under gcc and ASan as well. */
#include <locale.h>

#include "tests/fuzz/fuzz.h"

int
main (int argc, char **argv)
{
  g_return_val_if_fail (argc == 2, 2);
  setlocale (LC_ALL, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  int n = 0;
  for (const char *name; (name = g_dir_read_name (folder)) != NULL; n++) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL), *text = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (path, &text, &length, &error));
    /* A copy of the very size, so that ASan sees the first byte too many. */
    g_autofree uint8_t *data = g_memdup2 (text, length);
    LLVMFuzzerTestOneInput (data, length);
  }
  g_print ("%d seeds\n", n);
  return n > 0 ? 0 : 1;
}
