/* SPDX-License-Identifier: MIT */
/* What every layer has, and the layers of the official classifiers (blemore-common,
 * model/model.py): linear and ReLU, row by row. */
#include "model/network/bs-layer.h"

#include <math.h>

#include "data/base/bs-parallel.h"
#include "model/network/bs-linear.h"

/**
 * bs_layer_add_parameter:
 * @self: a layer in the making
 * @name: (transfer none): static
 * @n_axes: 1 or 2
 * @n_first: length of the first axis
 * @n_second: length of the second, 1 where there is none
 * @offset: where it begins among the network's values
 *
 * Returns: where the next one begins
 */
gsize
bs_layer_add_parameter (BsLayer *self, const char *name, guint n_axes, gsize n_first,
                        gsize n_second, gsize offset)
{
  g_assert (self->n_parameters < BS_LAYER_MAX_PARAMETERS);
  self->parameters[self->n_parameters++] =
    (BsParameter){ name, n_axes, { n_first, n_second }, offset, n_first * n_second, FALSE };
  return offset + n_first * n_second;
}

/**
 * bs_layer_give:
 * @context: takes it
 * @parameter: what the gradient is of
 * @gradient: (array): as long as @parameter
 *
 * Gives a small parameter's gradient away in one piece.
 */
void
bs_layer_give (const BsLayerContext *context, const BsParameter *parameter, const BsReal *gradient)
{
  BsGradientPiece piece = { parameter->offset, 1, parameter->n, parameter->n, gradient };
  context->take (&piece, context->take_data);
}

/* kaiming_uniform_ with a = sqrt 5, which is uniform in +-1 / sqrt in, for weight and bias. */
static void
linear_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  bs_linear_init (&self->parameters[0], &self->parameters[1], 1.0 / sqrt ((double) self->n_in),
                  random, values);
}

/* The rows of a batch of sequences, in parts that do not depend on the number of threads. */
#define CHUNK_ROWS 512

typedef struct {
  const BsLayer *layer;
  const BsLayerContext *context;
  const BsReal *x;
  gsize n;
  BsReal *y;
} LinearRun;

static void
linear_forward_chunk (guint task, guint thread, gpointer user_data)
{
  const LinearRun *run = user_data;
  const BsLayer *self = run->layer;
  gsize from = task * CHUNK_ROWS;
  bs_linear_forward (run->context->values, &self->parameters[0], &self->parameters[1],
                     run->x + from * self->n_in, MIN (CHUNK_ROWS, run->n - from),
                     run->y + from * self->n_out);
}

static void
linear_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  LinearRun run = { self, context, x->modalities[0].rows, bs_batch_n_rows (x, 0), context->y };
  guint n_chunks = (guint) ((run.n + CHUNK_ROWS - 1) / CHUNK_ROWS);
  bs_parallel (context->n_threads, n_chunks, linear_forward_chunk, &run);
}

static void
linear_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                 const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  gsize n = bs_batch_n_rows (x, 0);
  if (dx != NULL)
    bs_linear_input_gradient (context->values, &self->parameters[0], dy, n, FALSE, dx);
  const BsLinearGradient gradient = { &self->parameters[0], x->modalities[0].rows, dy, n };
  bs_linear_weight_gradients (context, &gradient, 1);
  bs_linear_bias_gradient (context, &self->parameters[1], dy, n);
}

static const BsLayerClass linear_class = {
  .init = linear_init,
  .forward = linear_forward,
  .backward = linear_backward,
};

/**
 * bs_layer_linear:
 * @n_in: width of the input
 * @n_out: width of the output
 * @offset: where its parameters begin among the network's values
 *
 * torch.nn.Linear: parameters "weight" (n_out x n_in) and "bias" (n_out).
 *
 * Returns: the layer
 */
BsLayer
bs_layer_linear (gsize n_in, gsize n_out, gsize offset)
{
  BsLayer self = { .class = &linear_class, .n_in = n_in, .n_out = n_out, .n_modalities = 1 };
  offset = bs_layer_add_parameter (&self, "weight", 2, n_out, n_in, offset);
  bs_layer_add_parameter (&self, "bias", 1, n_out, 1, offset);
  return self;
}

/**
 * bs_layer_is_linear:
 * @self: a layer
 *
 * Returns: whether bs_layer_linear() made it
 */
gboolean
bs_layer_is_linear (const BsLayer *self)
{
  return self->class == &linear_class;
}

static void
relu_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  const BsReal *restrict from = x->modalities[0].rows;
  BsReal *restrict to = context->y;
  gsize n = bs_batch_n_rows (x, 0) * self->n_out;
  for (gsize i = 0; i < n; i++)
    to[i] = from[i] > 0 ? from[i] : 0;
}

static void
relu_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
               const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  const BsReal *restrict out = y->modalities[0].rows;
  gsize n = dx != NULL ? bs_batch_n_rows (x, 0) * self->n_out : 0;
#pragma omp simd
  for (gsize i = 0; i < n; i++) {
    BsReal d = dy[i]; /* read in any case, so that there is no branch */
    dx[i] = out[i] > 0 ? d : 0;
  }
}

static const BsLayerClass relu_class = { .forward = relu_forward, .backward = relu_backward };

/**
 * bs_layer_relu:
 * @n: width
 *
 * torch.nn.ReLU: the gradient at 0 is 0.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_relu (gsize n)
{
  return (BsLayer){ .class = &relu_class, .n_in = n, .n_out = n, .n_modalities = 1 };
}
