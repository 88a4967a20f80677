/* SPDX-License-Identifier: MIT */
/* The linear map of torch.nn.Linear and its gradients. Shapes: x (n, in), y (n, out), W (out, in)
 * as PyTorch stores it, b (out); all row-major. */
#include "model/network/bs-linear.h"

#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/numeric/bs-gemm.h"

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
  const BsLinearGradient *gradients;
} WeightGradients;

static gsize
piece_cols (const BsParameter *weight)
{
  return MIN (weight->shape[1], PIECE_COLS);
}

static gsize
piece_rows (const BsParameter *weight)
{
  return MIN (weight->shape[0], BS_LAYER_PIECE / piece_cols (weight));
}

static guint
count_down (const BsParameter *weight)
{
  return (guint) ((weight->shape[0] + piece_rows (weight) - 1) / piece_rows (weight));
}

static guint
count_pieces (const BsParameter *weight)
{
  gsize n_cols = piece_cols (weight);
  return count_down (weight) * (guint) ((weight->shape[1] + n_cols - 1) / n_cols);
}

/* A piece of dW; pieces go down the rows first. */
static void
give_weight_piece (guint task, guint thread, gpointer user_data)
{
  const WeightGradients *self = user_data;
  const BsLinearGradient *of = self->gradients;
  for (; task >= count_pieces (of->weight); of++)
    task -= count_pieces (of->weight);
  gsize out = of->weight->shape[0], in = of->weight->shape[1];
  guint n_down = count_down (of->weight);
  gsize row = task % n_down * piece_rows (of->weight);
  gsize col = task / n_down * piece_cols (of->weight);
  BsReal *gradient = self->context->piece + thread * BS_LAYER_PIECE;
  BsGradientPiece piece = {
    .offset = of->weight->offset + row * in + col,
    .n_rows = MIN (piece_rows (of->weight), out - row),
    .n_cols = MIN (piece_cols (of->weight), in - col),
    .stride = in,
    .gradient = gradient,
  };
  if (of->n > 0)
    bs_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) piece.n_rows, (int) piece.n_cols,
             (int) of->n, 1, of->dy + row, (int) out, of->x + col, (int) in, 0, gradient,
             (int) piece.n_cols);
  else
    memset (gradient, 0, piece.n_rows * piece.n_cols * sizeof (BsReal));
  self->context->take (&piece, self->context->take_data);
}

/**
 * bs_linear_weight_gradients:
 * @context: has room for pieces and takes them
 * @gradients: (array length=n): of linear maps whose gradients are all at hand
 * @n: how many
 *
 * dW = dy^T x of each, a rectangle at a time.
 */
void
bs_linear_weight_gradients (const BsLayerContext *context, const BsLinearGradient *gradients,
                            guint n)
{
  WeightGradients self = { context, gradients };
  guint n_pieces = 0;
  for (guint i = 0; i < n; i++)
    n_pieces += count_pieces (gradients[i].weight);
  bs_parallel (context->n_threads, n_pieces, give_weight_piece, &self);
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
