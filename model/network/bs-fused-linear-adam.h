/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-adam.h"
#include "model/network/bs-network.h"

G_BEGIN_DECLS

/**
 * BsFusedLinearAdam:
 *
 * The first layer of a network in training, where it is linear and wide. Called by one thread at
 * a time.
 */
typedef struct _BsFusedLinearAdam BsFusedLinearAdam;

gboolean bs_fused_linear_adam_serves (const BsNetwork *network);
BsFusedLinearAdam *bs_fused_linear_adam_new (const BsNetwork *network, BsAdam *adam,
                                             gsize max_rows);
void bs_fused_linear_adam_free (BsFusedLinearAdam *self);
void bs_fused_linear_adam_begin (BsFusedLinearAdam *self, const BsReal *x, gsize n);
void bs_fused_linear_adam_output (const BsFusedLinearAdam *self, BsReal *y);
void bs_fused_linear_adam_step (BsFusedLinearAdam *self, const BsReal *dy, const BsReal *next_x,
                                gsize n_next, guint n_threads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFusedLinearAdam, bs_fused_linear_adam_free)

G_END_DECLS
