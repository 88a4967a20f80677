/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BS_ORDER_LANES 16 /* columns at a time: floats of a cache line */
#define BS_ORDER_N_RANKS 5

/**
 * BsOrderStatistics:
 *
 * Finds the values at some ranks in each of sixteen columns that lie side by side. Holds work
 * arrays; of one thread.
 */
typedef struct _BsOrderStatistics BsOrderStatistics;

BsOrderStatistics *bs_order_statistics_new (gsize n_rows, const gsize *ranks);
void bs_order_statistics_free (BsOrderStatistics *self);
void bs_order_statistics_find (BsOrderStatistics *self, const float *block, gsize n_lanes,
                               const double *mean, const double *std, float *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsOrderStatistics, bs_order_statistics_free)

G_END_DECLS
