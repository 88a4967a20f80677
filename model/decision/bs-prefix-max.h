/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsPrefixMax:
 *
 * Whole numbers s[0..n) of which one at a time is changed, and the largest of their running
 * sums s[0] + ... + s[j]. Raising all values from j on is one change; so is raising all before
 * j, when the whole is raised apart. O(log n) a change.
 */
typedef struct _BsPrefixMax BsPrefixMax;

BsPrefixMax *bs_prefix_max_new (gsize n);
void bs_prefix_max_free (BsPrefixMax *self);
void bs_prefix_max_reset (BsPrefixMax *self);
void bs_prefix_max_add (BsPrefixMax *self, gsize index, gint64 by);
gint64 bs_prefix_max_best (const BsPrefixMax *self);
void bs_prefix_max_find (const BsPrefixMax *self, gint64 floor, GArray *runs);

/**
 * BsIndexRun:
 * @from: first
 * @to: one past the last
 *
 * Neighbouring indices.
 */
typedef struct {
  gsize from, to;
} BsIndexRun;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPrefixMax, bs_prefix_max_free)

G_END_DECLS
