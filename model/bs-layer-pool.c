/* SPDX-License-Identifier: MIT */
/* From the rows of a sequence to one: attention pooling, and a class token put before the others
 * and taken again (the attention-fusion paper, 4.2.1). Shapes: n rows of a sequence, d wide. */
#include <math.h>
#include <string.h>

#include "model/bs-attention.h"
#include "model/bs-layers.h"
#include "model/bs-linear.h"

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

/* a (n) = softmax (x w + b), y (d) = sum a x: torch.nn.Linear (d, 1) and a weighted sum. */
static void
pool_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  const BsSequences *sequences = &x->modalities[0];
  gsize d = self->n_in;
  BsReal *weights = context->kept, *out = context->y;
  bs_linear_forward (context->values, &self->parameters[0], &self->parameters[1], sequences->rows,
                     bs_batch_n_rows (x, 0), weights);
  memset (out, 0, x->n_sequences * d * sizeof (BsReal));
  for (gsize i = 0; i < x->n_sequences; i++, out += d) {
    gsize from = bs_sequences_begin (sequences, i), to = bs_sequences_begin (sequences, i + 1);
    if (to > from)
      bs_softmax_rows (weights + from, 1, to - from);
    for (gsize row = from; row < to; row++)
      for (gsize c = 0; c < d; c++)
        out[c] += weights[row] * sequences->rows[row * d + c];
  }
  y->modalities[0].offsets = NULL;
}

/* With g = dy . x: ds = a (g - sum a g), dx = a dy + ds w. */
static void
pool_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
               const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  const BsSequences *sequences = &x->modalities[0];
  const BsReal *a = context->kept, *rows = sequences->rows;
  const BsReal *w = context->values + self->parameters[0].offset;
  gsize d = self->n_in, n = bs_batch_n_rows (x, 0);
  BsReal *ds = context->scratch, *dw = ds + n, db = 0;
  memset (dw, 0, d * sizeof (BsReal));
  for (gsize i = 0; i < x->n_sequences; i++, dy += d) {
    gsize from = bs_sequences_begin (sequences, i), to = bs_sequences_begin (sequences, i + 1);
    double sum = 0;
    for (gsize row = from; row < to; row++) {
      double g = 0;
      for (gsize c = 0; c < d; c++)
        g += dy[c] * rows[row * d + c];
      ds[row] = (BsReal) g;
      sum += a[row] * g;
    }
    for (gsize row = from; row < to; row++) {
      ds[row] = a[row] * (ds[row] - (BsReal) sum);
      db += ds[row];
      for (gsize c = 0; c < d; c++)
        dw[c] += ds[row] * rows[row * d + c];
      for (gsize c = 0; c < d && dx != NULL; c++)
        dx[row * d + c] = a[row] * dy[c] + ds[row] * w[c];
    }
  }
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
