/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsParallelFunc:
 * @item: index of what is to be done
 * @user_data: as given
 *
 * Does one item, on any thread; items are done in any order and at the same time.
 */
typedef void (*BsParallelFunc) (gsize item, gpointer user_data);

void bs_parallel_for (gsize n_items, int n_threads, BsParallelFunc func, gpointer user_data);

G_END_DECLS
