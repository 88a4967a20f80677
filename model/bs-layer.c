/* SPDX-License-Identifier: MIT */
/* The layers of the official classifiers (blemore-common, model/model.py). Shapes in the
 * comments: n rows of a batch, in and out widths; all row-major. */
#include "model/bs-layer.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#ifdef BS_REAL_DOUBLE
#define bs_gemm cblas_dgemm
#else
#define bs_gemm cblas_sgemm
#endif

/* Linear: y (n, out) = x (n, in) W^T + b, W (out, in) as torch.nn.Linear stores it. */

#define PIECE_COLS 512

/* kaiming_uniform_ with a = sqrt 5, which is uniform in +-1 / sqrt in, for weight and bias. */
static void
linear_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  double bound = 1.0 / sqrt ((double) self->n_in);
  for (guint p = 0; p < self->n_parameters; p++) {
    BsReal *to = values + self->parameters[p].offset;
    for (gsize i = 0; i < self->parameters[p].n; i++)
      to[i] = (BsReal) bs_random_uniform (random, -bound, bound);
  }
}

static void
linear_forward (const BsLayer *self, const BsReal *values, const BsReal *x, gsize n, BsReal *y)
{
  const BsReal *weight = values + self->parameters[0].offset;
  const BsReal *bias = values + self->parameters[1].offset;
  for (gsize i = 0; i < n; i++)
    memcpy (y + i * self->n_out, bias, self->n_out * sizeof (BsReal));
  bs_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, (int) self->n_out, (int) self->n_in, 1,
           x, (int) self->n_in, weight, (int) self->n_in, 1, y, (int) self->n_out);
}

/* dW (out, in) = dy^T (out, n) x (n, in), a rectangle at a time. */
static void
linear_weight_gradient (const BsLayer *self, const BsReal *x, const BsReal *dy, gsize n,
                        BsReal *scratch, BsGradientFunc take, gpointer user_data)
{
  gsize in = self->n_in, out = self->n_out;
  gsize n_cols = MIN (in, PIECE_COLS);
  gsize n_rows = MIN (out, BS_LAYER_SCRATCH / n_cols);
  for (gsize col = 0; col < in; col += n_cols)
    for (gsize row = 0; row < out; row += n_rows) {
      BsGradientPiece piece = {
        .offset = self->parameters[0].offset + row * in + col,
        .n_rows = MIN (n_rows, out - row),
        .n_cols = MIN (n_cols, in - col),
        .stride = in,
        .gradient = scratch,
      };
      bs_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) piece.n_rows, (int) piece.n_cols,
               (int) n, 1, dy + row, (int) out, x + col, (int) in, 0, scratch, (int) piece.n_cols);
      take (&piece, user_data);
    }
}

/* db (out) = sum of the rows of dy (n, out) */
static void
linear_bias_gradient (const BsLayer *self, const BsReal *dy, gsize n, BsReal *scratch,
                      BsGradientFunc take, gpointer user_data)
{
  gsize out = self->n_out;
  for (gsize from = 0; from < out; from += BS_LAYER_SCRATCH) {
    BsGradientPiece piece = {
      .offset = self->parameters[1].offset + from,
      .n_rows = 1,
      .n_cols = MIN (BS_LAYER_SCRATCH, out - from),
      .stride = out,
      .gradient = scratch,
    };
    memset (scratch, 0, piece.n_cols * sizeof (BsReal));
    for (gsize i = 0; i < n; i++)
      for (gsize c = 0; c < piece.n_cols; c++)
        scratch[c] += dy[i * out + from + c];
    take (&piece, user_data);
  }
}

static void
linear_backward (const BsLayer *self, const BsReal *values, const BsReal *x, const BsReal *y,
                 const BsReal *dy, gsize n, BsReal *dx, BsReal *scratch, BsGradientFunc take,
                 gpointer user_data)
{
  if (dx != NULL)
    bs_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) self->n_in,
             (int) self->n_out, 1, dy, (int) self->n_out, values + self->parameters[0].offset,
             (int) self->n_in, 0, dx, (int) self->n_in);
  linear_weight_gradient (self, x, dy, n, scratch, take, user_data);
  linear_bias_gradient (self, dy, n, scratch, take, user_data);
}

static const BsLayerClass linear_class = { linear_init, linear_forward, linear_backward };

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
  return (BsLayer){
    .class = &linear_class,
    .n_in = n_in,
    .n_out = n_out,
    .n_parameters = 2,
    .parameters = {
      { "weight", 2, { n_out, n_in }, offset, n_out * n_in },
      { "bias", 1, { n_out }, offset + n_out * n_in, n_out },
    },
  };
}

/**
 * bs_layer_is_linear:
 * @self: a layer
 *
 * Returns: whether it is from bs_layer_linear()
 */
gboolean
bs_layer_is_linear (const BsLayer *self)
{
  return self->class == &linear_class;
}

static void
relu_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
}

static void
relu_forward (const BsLayer *self, const BsReal *values, const BsReal *x, gsize n, BsReal *y)
{
  for (gsize i = 0; i < n * self->n_out; i++)
    y[i] = x[i] > 0 ? x[i] : 0;
}

static void
relu_backward (const BsLayer *self, const BsReal *values, const BsReal *x, const BsReal *y,
               const BsReal *dy, gsize n, BsReal *dx, BsReal *scratch, BsGradientFunc take,
               gpointer user_data)
{
  if (dx == NULL)
    return;
  for (gsize i = 0; i < n * self->n_out; i++)
    dx[i] = y[i] > 0 ? dy[i] : 0;
}

static const BsLayerClass relu_class = { relu_init, relu_forward, relu_backward };

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
  return (BsLayer){ .class = &relu_class, .n_in = n, .n_out = n };
}
