/* SPDX-License-Identifier: MIT */
/* The linear map of torch.nn.Linear and its gradients. Shapes: x (n, in), y (n, out), W (out, in)
 * as PyTorch stores it, b (out); all row-major. */
#include "model/bs-linear.h"

#include <string.h>

#include "model/bs-gemm.h"
#include "model/bs-parallel.h"

#define PIECE_COLS 512

/**
 * bs_linear_init:
 * @weight: W
 * @bias: (nullable): b
 * @bound: largest value
 * @random: source of chance
 * @values: the network's
 *
 * Draws both uniformly in +-@bound.
 */
void
bs_linear_init (const BsParameter *weight, const BsParameter *bias, double bound, BsRandom *random,
                BsReal *values)
{
  const BsParameter *both[] = { weight, bias };
  for (guint p = 0; p < 2 && both[p] != NULL; p++)
    for (gsize i = 0; i < both[p]->n; i++)
      values[both[p]->offset + i] = (BsReal) bs_random_uniform (random, -bound, bound);
}

/**
 * bs_linear_forward:
 * @values: the network's
 * @weight: W
 * @bias: b
 * @x: n x in
 * @n: rows
 * @y: (out caller-allocates): n x out
 */
void
bs_linear_forward (const BsReal *values, const BsParameter *weight, const BsParameter *bias,
                   const BsReal *x, gsize n, BsReal *y)
{
  gsize out = weight->shape[0], in = weight->shape[1];
  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    memcpy (y + i * out, values + bias->offset, out * sizeof (BsReal));
  bs_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, (int) out, (int) in, 1, x, (int) in,
           values + weight->offset, (int) in, 1, y, (int) out);
}

/**
 * bs_linear_input_gradient:
 * @values: the network's
 * @weight: W
 * @dy: n x out
 * @n: rows
 * @is_added: whether @dx is added to
 * @dx: (inout): n x in
 *
 * dx = dy W; to be called before the gradient of @weight is given away.
 */
void
bs_linear_input_gradient (const BsReal *values, const BsParameter *weight, const BsReal *dy,
                          gsize n, gboolean is_added, BsReal *dx)
{
  gsize out = weight->shape[0], in = weight->shape[1];
  if (n > 0)
    bs_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) in, (int) out, 1, dy,
             (int) out, values + weight->offset, (int) in, is_added ? 1 : 0, dx, (int) in);
}

typedef struct {
  const BsLayerContext *context;
  const BsParameter *weight;
  const BsReal *x;
  const BsReal *dy;
  gsize n;
  gsize n_cols; /* of a piece */
  gsize n_rows;
} WeightGradient;

/* A piece of dW; pieces go down the rows first. */
static void
give_weight_piece (guint task, guint thread, gpointer user_data)
{
  const WeightGradient *self = user_data;
  gsize out = self->weight->shape[0], in = self->weight->shape[1], n = self->n;
  gsize n_down = (out + self->n_rows - 1) / self->n_rows;
  gsize row = task % n_down * self->n_rows, col = task / n_down * self->n_cols;
  BsReal *gradient = self->context->piece + thread * BS_LAYER_PIECE;
  BsGradientPiece piece = {
    .offset = self->weight->offset + row * in + col,
    .n_rows = MIN (self->n_rows, out - row),
    .n_cols = MIN (self->n_cols, in - col),
    .stride = in,
    .gradient = gradient,
  };
  if (n > 0)
    bs_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) piece.n_rows, (int) piece.n_cols,
             (int) n, 1, self->dy + row, (int) out, self->x + col, (int) in, 0, gradient,
             (int) piece.n_cols);
  else
    memset (gradient, 0, piece.n_rows * piece.n_cols * sizeof (BsReal));
  self->context->take (&piece, self->context->take_data);
}

/**
 * bs_linear_weight_gradient:
 * @context: has room for pieces and takes them
 * @weight: W
 * @x: n x in
 * @dy: n x out
 * @n: rows, 0 for a gradient of 0
 *
 * dW = dy^T x, a rectangle at a time.
 */
void
bs_linear_weight_gradient (const BsLayerContext *context, const BsParameter *weight,
                           const BsReal *x, const BsReal *dy, gsize n)
{
  gsize out = weight->shape[0], in = weight->shape[1];
  WeightGradient self = { context, weight, x, dy, n, MIN (in, PIECE_COLS), 0 };
  self.n_rows = MIN (out, BS_LAYER_PIECE / self.n_cols);
  gsize n_down = (out + self.n_rows - 1) / self.n_rows;
  gsize n_across = (in + self.n_cols - 1) / self.n_cols;
  bs_parallel (context->n_threads, (guint) (n_down * n_across), give_weight_piece, &self);
}

/**
 * bs_linear_bias_gradient:
 * @context: has room for a piece and takes it
 * @bias: b
 * @dy: n x out
 * @n: rows
 *
 * db = sum of the rows of dy.
 */
void
bs_linear_bias_gradient (const BsLayerContext *context, const BsParameter *bias, const BsReal *dy,
                         gsize n)
{
  gsize out = bias->n;
  for (gsize from = 0; from < out; from += BS_LAYER_PIECE) {
    BsGradientPiece piece = {
      .offset = bias->offset + from,
      .n_rows = 1,
      .n_cols = MIN (BS_LAYER_PIECE, out - from),
      .stride = out,
      .gradient = context->piece,
    };
    memset (context->piece, 0, piece.n_cols * sizeof (BsReal));
    for (gsize i = 0; i < n; i++)
      for (gsize c = 0; c < piece.n_cols; c++)
        context->piece[c] += dy[i * out + from + c];
    context->take (&piece, context->take_data);
  }
}
