/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsNamedCount:
 * @n: how many
 * @first: (nullable): name of the first
 *
 * Something that is the matter with some of many things: counted, with one named, so that a
 * report of thousands is one sentence.
 */
typedef struct {
  gsize n;
  char *first;
} BsNamedCount;

void bs_named_count_add (BsNamedCount *self, const char *name);
void bs_named_count_clear (BsNamedCount *self);
char *bs_count_to_string (gsize n);

G_END_DECLS
