/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsKeyed:
 * @key: by what it is sorted, from bs_key_of()
 * @value: what is sorted
 */
typedef struct {
  guint64 key;
  guint32 value;
} BsKeyed;

guint64 bs_key_of (double number, gboolean descending);
void bs_key_sort (BsKeyed *entries, gsize n);

G_END_DECLS
