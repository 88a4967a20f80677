/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsTally:
 * @n: how many
 * @first: (nullable): name of the first
 *
 * Something that is the matter with some of many things: counted, with one named, so that a
 * report of thousands is one sentence.
 */
typedef struct {
  gsize n;
  char *first;
} BsTally;

void bs_tally_add (BsTally *self, const char *name);
void bs_tally_clear (BsTally *self);
char *bs_count_to_string (gsize n);

G_END_DECLS
