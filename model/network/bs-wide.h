/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-adam.h"
#include "model/network/bs-network.h"

G_BEGIN_DECLS

/**
 * BsWide:
 *
 * The first layer of a network in training, where it is linear and wide. Called by one thread at
 * a time.
 */
typedef struct _BsWide BsWide;

gboolean bs_wide_serves (const BsNetwork *network);
BsWide *bs_wide_new (const BsNetwork *network, BsAdam *adam, gsize max_rows);
void bs_wide_free (BsWide *self);
void bs_wide_begin (BsWide *self, const BsReal *x, gsize n);
void bs_wide_output (const BsWide *self, BsReal *y);
void bs_wide_step (BsWide *self, const BsReal *dy, const BsReal *next_x, gsize n_next,
                   guint n_threads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsWide, bs_wide_free)

G_END_DECLS
