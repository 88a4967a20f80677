/* SPDX-License-Identifier: MIT */
/* Adam, one pass over weights and moments for each piece of the gradient as it comes. Large
 * layers are bound by memory: this reads and writes three numbers a weight, and the gradient
 * never leaves the cache. */
#include "model/network/bs-adam.h"

#include <math.h>

#include "model/numeric/bs-huge-page-alloc.h"
#include "model/numeric/bs-simd.h"

#define BETA1 0.9
#define BETA2 0.999
#define EPSILON 1e-8

/**
 * bs_adam_new:
 * @values: (array length=n_values): what is learnt; must outlive the optimiser
 * @n_values: how many
 * @learning_rate: step size
 * @weight_decay: L2 coefficient, 0 for none
 *
 * Returns: (transfer full): an optimiser with moments of 0
 */
BsAdam *
bs_adam_new (BsReal *values, gsize n_values, double learning_rate, double weight_decay)
{
  BsAdam *self = g_new0 (BsAdam, 1);
  self->learning_rate = learning_rate;
  self->weight_decay = weight_decay;
  self->n_values = n_values;
  self->values = values;
  self->first = bs_huge_page_page_new0 (n_values, sizeof (BsReal));
  self->second = bs_huge_page_page_new0 (n_values, sizeof (BsReal));
  return self;
}

/**
 * bs_adam_free:
 * @self: (transfer full): an optimiser
 */
void
bs_adam_free (BsAdam *self)
{
  bs_huge_page_page_free (self->first);
  bs_huge_page_page_free (self->second);
  g_free (self);
}

/**
 * bs_adam_begin_step:
 * @self: an optimiser
 *
 * Goes on to the next step. Afterwards each value's gradient is given once to bs_adam_take().
 */
void
bs_adam_begin_step (BsAdam *self)
{
  double t = (double) ++self->n_steps;
  self->step_size = (BsReal) (self->learning_rate / (1.0 - pow (BETA1, t)));
  self->second_correction = (BsReal) (1.0 / sqrt (1.0 - pow (BETA2, t)));
}

BS_SIMD_BODY
update_body (const BsAdam *self, gsize offset, gsize n, const BsReal *restrict gradient)
{
  BsReal *restrict w = self->values + offset;
  BsReal *restrict m = self->first + offset;
  BsReal *restrict v = self->second + offset;
  const BsReal beta1 = (BsReal) BETA1, rest1 = (BsReal) (1.0 - BETA1);
  const BsReal beta2 = (BsReal) BETA2, rest2 = (BsReal) (1.0 - BETA2);
  const BsReal decay = (BsReal) self->weight_decay, epsilon = (BsReal) EPSILON;
  const BsReal step_size = self->step_size, correction = self->second_correction;
  for (gsize i = 0; i < n; i++) {
    BsReal g = gradient[i] + decay * w[i];
    m[i] = beta1 * m[i] + rest1 * g;
    v[i] = beta2 * v[i] + rest2 * g * g;
#ifdef BS_REAL_DOUBLE
    BsReal root = sqrt (v[i]);
#else
    BsReal root = sqrtf (v[i]);
#endif
    w[i] -= step_size * m[i] / (root * correction + epsilon);
  }
}

BS_SIMD_CLONES (update, (const BsAdam *self, gsize offset, gsize n, const BsReal *gradient),
                (self, offset, n, gradient))

/**
 * bs_adam_take:
 * @piece: a finished piece of the gradient
 * @adam: a #BsAdam
 *
 * Updates the values at the piece's place. A #BsGradientFunc.
 */
void
bs_adam_take (const BsGradientPiece *piece, gpointer adam)
{
  const BsAdam *self = adam;
  for (gsize row = 0; row < piece->n_rows; row++)
    update (self, piece->offset + row * piece->stride, piece->n_cols,
            piece->gradient + row * piece->n_cols);
}
