/* SPDX-License-Identifier: MIT */
/* What the targets share. A target calls the program's own entry points on any bytes at all;
 * besides not crashing, what it reads has to agree with itself and messages have to be fit for a
 * label. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Frees an error that has to be there, in one sentence on one line. */
static inline void
fuzz_take_error (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, "fuzz"));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_error_free (error);
}
