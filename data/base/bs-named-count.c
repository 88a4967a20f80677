/* SPDX-License-Identifier: MIT */
/* Counting for reports. */
#include "data/base/bs-named-count.h"

#include <string.h>

/**
 * bs_named_count_add:
 * @self: a count, all zero at first
 * @name: what is counted
 */
void
bs_named_count_add (BsNamedCount *self, const char *name)
{
  if (self->n++ == 0)
    self->first = g_filename_display_name (name);
}

/**
 * bs_named_count_clear:
 * @self: a count, which is zero afterwards
 */
void
bs_named_count_clear (BsNamedCount *self)
{
  g_free (self->first);
  *self = (BsNamedCount){ 0, NULL };
}

/**
 * bs_count_to_string:
 * @n: a count
 *
 * Returns: (transfer full): its digits in groups of three, "2,456" under every locale
 */
char *
bs_count_to_string (gsize n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GSIZE_FORMAT, n);
  gsize length = strlen (digits);
  GString *out = g_string_sized_new (length + length / 3);
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append_c (out, ',');
    g_string_append_c (out, digits[i]);
  }
  return g_string_free (out, FALSE);
}
