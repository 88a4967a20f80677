/* SPDX-License-Identifier: MIT */
/* Linked into every unit test: takes over the locale of the environment, as the programs do, so
 * that a run under a comma locale tests what it says. */
#include <locale.h>

__attribute__ ((constructor)) static void
take_locale (void)
{
  setlocale (LC_ALL, "");
}
