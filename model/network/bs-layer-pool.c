/* SPDX-License-Identifier: MIT */
/* From the rows of a sequence to one: attention pooling, and a class token put before the others
 * and taken again (the attention-fusion paper, 4.2.1). Shapes: n rows of a sequence, d wide. */
#include <math.h>
#include <string.h>

#include "model/network/bs-attention.h"
#include "model/network/bs-layers.h"
#include "model/network/bs-linear.h"
#include "model/numeric/bs-simd.h"

static void
measure_one_row (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                 BsLayerNeeds *needs)
{
  needs->n_y = x->n_sequences * self->n_out;
}

static void
measure_pool (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
              BsLayerNeeds *needs)
{
  needs->n_y = x->n_sequences * self->n_out;
  needs->n_kept = bs_batch_n_rows (x, 0);
  needs->n_scratch = bs_batch_n_rows (x, 0) + self->n_in;
}

/* y (d) = sum of the n rows of x, each times its weight */
BS_SIMD_BODY
weighted_sum_body (const BsReal *x, const BsReal *weights, gsize n, gsize d, BsReal *y)
{
  memset (y, 0, d * sizeof (BsReal));
  for (gsize row = 0; row < n; row++, x += d) {
    BsReal weight = weights[row];
#pragma omp simd
    for (gsize c = 0; c < d; c++)
      y[c] += weight * x[c];
  }
}

BS_SIMD_CLONES (weighted_sum, (const BsReal *x, const BsReal *weights, gsize n, gsize d, BsReal *y),
                (x, weights, n, d, y))

/* a (n) = softmax (x w + b), y (d) = sum a x: torch.nn.Linear (d, 1) and a weighted sum. */
static void
pool_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  const BsSequences *sequences = &x->modalities[0];
  gsize d = self->n_in;
  BsReal *weights = context->kept, *out = context->y;
  bs_linear_forward (context->values, &self->parameters[0], &self->parameters[1], sequences->rows,
                     bs_batch_n_rows (x, 0), weights);
  for (gsize i = 0; i < x->n_sequences; i++, out += d) {
    gsize from = bs_sequences_begin (sequences, i), to = bs_sequences_begin (sequences, i + 1);
    if (to > from)
      bs_softmax_rows (weights + from, 1, to - from);
    weighted_sum (sequences->rows + from * d, weights + from, to - from, d, out);
  }
  y->modalities[0].offsets = NULL;
}

/* ds (n) = a (g - sum a g) with g = dy . x, dw += ds x. */
BS_SIMD_BODY
score_gradient_body (const BsReal *x, const BsReal *a, const BsReal *dy, gsize n, gsize d,
                     BsReal *ds, BsReal *dw)
{
  BsReal sum = 0;
  for (gsize row = 0; row < n; row++) {
    BsReal g = 0;
#pragma omp simd reduction(+ : g)
    for (gsize c = 0; c < d; c++)
      g += dy[c] * x[row * d + c];
    ds[row] = g;
    sum += a[row] * g;
  }
  for (gsize row = 0; row < n; row++, x += d) {
    BsReal by_score = ds[row] = a[row] * (ds[row] - sum);
#pragma omp simd
    for (gsize c = 0; c < d; c++)
      dw[c] += by_score * x[c];
  }
}

BS_SIMD_CLONES (score_gradient,
                (const BsReal *x, const BsReal *a, const BsReal *dy, gsize n, gsize d, BsReal *ds,
                 BsReal *dw),
                (x, a, dy, n, d, ds, dw))

/* dx = a dy + ds w */
BS_SIMD_BODY
input_gradient_body (const BsReal *a, const BsReal *ds, const BsReal *w, const BsReal *dy, gsize n,
                     gsize d, BsReal *dx)
{
  for (gsize row = 0; row < n; row++, dx += d) {
    BsReal weight = a[row], by_score = ds[row];
#pragma omp simd
    for (gsize c = 0; c < d; c++)
      dx[c] = weight * dy[c] + by_score * w[c];
  }
}

BS_SIMD_CLONES (input_gradient,
                (const BsReal *a, const BsReal *ds, const BsReal *w, const BsReal *dy, gsize n,
                 gsize d, BsReal *dx),
                (a, ds, w, dy, n, d, dx))

static void
pool_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
               const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  const BsSequences *sequences = &x->modalities[0];
  const BsReal *w = context->values + self->parameters[0].offset;
  gsize d = self->n_in, n = bs_batch_n_rows (x, 0);
  BsReal *ds = context->scratch, *dw = ds + n, db = 0;
  memset (dw, 0, d * sizeof (BsReal));
  for (gsize i = 0; i < x->n_sequences; i++, dy += d) {
    gsize from = bs_sequences_begin (sequences, i), to = bs_sequences_begin (sequences, i + 1);
    const BsReal *a = context->kept + from;
    score_gradient (sequences->rows + from * d, a, dy, to - from, d, ds + from, dw);
    if (dx != NULL)
      input_gradient (a, ds + from, w, dy, to - from, d, dx + from * d);
  }
  for (gsize row = 0; row < n; row++)
    db += ds[row];
  bs_layer_give (context, &self->parameters[0], dw);
  bs_layer_give (context, &self->parameters[1], &db);
}

static void
pool_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  bs_linear_init (&self->parameters[0], &self->parameters[1], 1 / sqrt ((double) self->n_in),
                  random, values);
}

static const BsLayerClass pool_class = {
  .measure = measure_pool,
  .init = pool_init,
  .forward = pool_forward,
  .backward = pool_backward,
};

/**
 * bs_layer_attention_pool:
 * @width: of a row
 * @offset: where its parameters begin among the network's values
 *
 * Keeps its weights, one a row; see bs_network_attention().
 *
 * Returns: the layer
 */
BsLayer
bs_layer_attention_pool (gsize width, gsize offset)
{
  BsLayer self = { .class = &pool_class, .n_in = width, .n_out = width, .n_modalities = 1 };
  offset = bs_layer_add_parameter (&self, "weight", 2, 1, width, offset);
  bs_layer_add_parameter (&self, "bias", 1, 1, 1, offset);
  return self;
}

/**
 * bs_layer_is_attention_pool:
 * @self: a layer
 *
 * Returns: whether it keeps attention weights
 */
gboolean
bs_layer_is_attention_pool (const BsLayer *self)
{
  return self->class == &pool_class;
}

static void
measure_token (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
               BsLayerNeeds *needs)
{
  needs->n_y = (bs_batch_n_rows (x, 0) + x->n_sequences) * self->n_out;
  needs->n_offsets = x->n_sequences + 1;
  needs->n_scratch = self->n_out;
}

static void
token_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  const BsSequences *sequences = &x->modalities[0];
  const BsReal *token = context->values + self->parameters[0].offset;
  gsize d = self->n_in;
  for (gsize i = 0; i <= x->n_sequences; i++)
    context->offsets[i] = bs_sequences_begin (sequences, i) + i;
  for (gsize i = 0; i < x->n_sequences; i++) {
    gsize from = bs_sequences_begin (sequences, i), to = bs_sequences_begin (sequences, i + 1);
    BsReal *out = context->y + context->offsets[i] * d;
    memcpy (out, token, d * sizeof (BsReal));
    memcpy (out + d, sequences->rows + from * d, (to - from) * d * sizeof (BsReal));
  }
  y->modalities[0].offsets = context->offsets;
}

static void
token_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  gsize d = self->n_in;
  BsReal *d_token = context->scratch;
  memset (d_token, 0, d * sizeof (BsReal));
  for (gsize i = 0; i < x->n_sequences; i++) {
    gsize from = context->offsets[i], n = context->offsets[i + 1] - from - 1;
    for (gsize c = 0; c < d; c++)
      d_token[c] += dy[from * d + c];
    if (dx != NULL)
      memcpy (dx + (from - i) * d, dy + (from + 1) * d, n * d * sizeof (BsReal));
  }
  bs_layer_give (context, &self->parameters[0], d_token);
}

/* As BERT's embeddings: normal with a standard deviation of .02. */
static void
token_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  for (gsize c = 0; c < self->n_in; c++)
    values[self->parameters[0].offset + c] = (BsReal) (0.02 * bs_random_normal (random));
}

static const BsLayerClass token_class = {
  .measure = measure_token,
  .init = token_init,
  .forward = token_forward,
  .backward = token_backward,
};

/**
 * bs_layer_class_token:
 * @width: of a row
 * @offset: where its parameter begins among the network's values
 *
 * Puts a learnt row before each sequence.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_class_token (gsize width, gsize offset)
{
  BsLayer self = { .class = &token_class, .n_in = width, .n_out = width, .n_modalities = 1 };
  bs_layer_add_parameter (&self, "class_token", 1, width, 1, offset);
  return self;
}

static void
first_row_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  const BsSequences *sequences = &x->modalities[0];
  gsize d = self->n_in;
  for (gsize i = 0; i < x->n_sequences; i++)
    memcpy (context->y + i * d, sequences->rows + bs_sequences_begin (sequences, i) * d,
            d * sizeof (BsReal));
  y->modalities[0].offsets = NULL;
}

static void
first_row_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                    const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  gsize d = self->n_in;
  memset (dx, 0, bs_batch_n_rows (x, 0) * d * sizeof (BsReal));
  for (gsize i = 0; i < x->n_sequences; i++)
    memcpy (dx + bs_sequences_begin (&x->modalities[0], i) * d, dy + i * d, d * sizeof (BsReal));
}

static const BsLayerClass first_row_class = {
  .measure = measure_one_row,
  .forward = first_row_forward,
  .backward = first_row_backward,
};

/**
 * bs_layer_first_row:
 * @width: of a row
 *
 * Takes the first row of each sequence, which must not be empty: the class token's.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_first_row (gsize width)
{
  return (BsLayer){ .class = &first_row_class, .n_in = width, .n_out = width, .n_modalities = 1 };
}
