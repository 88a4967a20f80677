/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-layer.h"

G_BEGIN_DECLS

/**
 * BsAdam:
 * @learning_rate: step size
 * @weight_decay: added to the gradient, times the weight
 * @n_steps: steps taken
 *
 * torch.optim.Adam over an array of values: L2 in the gradient, betas .9 and .999, eps 1e-8,
 * bias correction. Used by one thread at a time.
 */
typedef struct {
  double learning_rate;
  double weight_decay;
  guint64 n_steps;
  /*< private >*/
  gsize n_values;
  BsReal *values; /* the network's */
  BsReal *first;
  BsReal *second;
  BsReal step_size; /* learning_rate / (1 - beta1^t) */
  BsReal second_correction; /* 1 / sqrt (1 - beta2^t) */
} BsAdam;

BsAdam *bs_adam_new (BsReal *values, gsize n_values, double learning_rate, double weight_decay);
void bs_adam_free (BsAdam *self);
void bs_adam_begin_step (BsAdam *self);
void bs_adam_take (const BsGradientPiece *piece, gpointer adam);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsAdam, bs_adam_free)

G_END_DECLS
