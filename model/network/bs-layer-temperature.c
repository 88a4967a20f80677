/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/network/bs-layers.h"

/* y = x / T with T = e^t */
static void
temperature_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                     BsBatch *y)
{
  BsReal scale = (BsReal) exp (-(double) context->values[self->parameters[0].offset]);
  gsize n = bs_batch_n_rows (x, 0) * self->n_in;
  for (gsize i = 0; i < n; i++)
    context->y[i] = x->modalities[0].rows[i] * scale;
}

/* dx = dy / T, dt = - sum dy y */
static void
temperature_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                      const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  BsReal scale = (BsReal) exp (-(double) context->values[self->parameters[0].offset]);
  gsize n = bs_batch_n_rows (x, 0) * self->n_in;
  double sum = 0;
  for (gsize i = 0; i < n; i++) {
    sum += (double) dy[i] * y->modalities[0].rows[i];
    if (dx != NULL)
      dx[i] = dy[i] * scale;
  }
  BsReal gradient = (BsReal) -sum;
  bs_layer_give (context, &self->parameters[0], &gradient);
}

static void
temperature_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  values[self->parameters[0].offset] = 0;
}

static const BsLayerClass temperature_class = {
  .init = temperature_init,
  .forward = temperature_forward,
  .backward = temperature_backward,
};

/**
 * bs_layer_temperature:
 * @width: number of logits
 * @offset: where its parameter begins among the network's values
 *
 * Divides the logits by one learnt number (the attention-fusion paper, 4.2.2), which is kept as
 * its logarithm t, so that it stays positive, and is 1 at first.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_temperature (gsize width, gsize offset)
{
  BsLayer self = { .class = &temperature_class, .n_in = width, .n_out = width, .n_modalities = 1 };
  bs_layer_add_parameter (&self, "t", 1, 1, 1, offset);
  return self;
}

/**
 * bs_layer_is_temperature:
 * @self: a layer
 *
 * Returns: whether it divides by a learnt temperature
 */
gboolean
bs_layer_is_temperature (const BsLayer *self)
{
  return self->class == &temperature_class;
}
