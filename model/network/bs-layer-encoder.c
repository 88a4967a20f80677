/* SPDX-License-Identifier: MIT */
/* torch.nn.TransformerEncoderLayer with its defaults: ReLU, normalisation after each sum.
 *
 *   h = LayerNorm (x + dropout (attention (x)))
 *   y = LayerNorm (h + dropout (linear2 (dropout (relu (linear1 (h))))))
 *
 * Shapes: n rows of all sequences, d the width, ff the inner one. The rows are worked through in
 * chunks of whole sequences, which are small enough for a core's cache, are spread over the
 * threads, and do not depend on their number. */
#include <math.h>
#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/network/bs-attention.h"
#include "model/network/bs-layers.h"
#include "model/network/bs-linear.h"
#include "model/network/bs-norm.h"
#include "model/numeric/bs-simd.h"

#define CHUNK_ROWS 256

enum {
  IN_WEIGHT,
  IN_BIAS,
  OUT_WEIGHT,
  OUT_BIAS,
  INNER_WEIGHT,
  INNER_BIAS,
  OUTER_WEIGHT,
  OUTER_BIAS,
  GAIN_1,
  SHIFT_1,
  GAIN_2,
  SHIFT_2,
};

enum { DROP_ATTENTION, DROP_1, DROP_INNER, DROP_2, N_DROPS };

#define MASKS_KEPT 64 /* keeps what follows aligned */
G_STATIC_ASSERT (N_DROPS *BS_DROP_MASK_KEPT <= MASKS_KEPT);

typedef struct {
  const BsLayer *layer;
  const BsLayerContext *context;
  const BsReal *x;
  const BsSequences *sequences;
  const BsReal *dy;
  BsReal *y; /* or the loss by x */
  gsize n_sequences;
  gsize n;
  gsize per_chunk; /* sequences */
  gsize n_chunks;
  gsize longest; /* rows of a sequence... */
  gsize most; /* ...and of a chunk */
  const gsize *weights; /* where each sequence's attention weights begin, n_heads n n each */
  BsDropMask masks[N_DROPS];
  /* kept; where the way back has passed, the loss by the same takes the place of three of them */
  BsReal *qkv; /* n x 3 d */
  BsReal *heads; /* n x d: attention before its last linear map */
  BsReal *normal_1; /* n x d; then the loss by the attention's output */
  BsReal *scale_1; /* n */
  BsReal *h; /* n x d */
  BsReal *inner; /* n x ff, after ReLU and dropout */
  BsReal *normal_2; /* n x d; then the loss by linear2's output */
  BsReal *scale_2; /* n */
  BsReal *p; /* attention weights */
  /* scratch */
  BsReal *of_thread; /* of each thread: attention's, and two chunks of rows */
  BsReal *sums; /* the loss by what small parameters each chunk has, n_small values each */
  BsReal *d_inner; /* n x ff: the loss by the output of linear1 */
} Run;

/* A chunk's part of the gradients of biases, gains and shifts, in this order. */
static const guint small[] = {
  IN_BIAS, OUT_BIAS, INNER_BIAS, OUTER_BIAS, GAIN_1, SHIFT_1, GAIN_2, SHIFT_2,
};

static gsize
count_small (const BsLayer *self)
{
  return 9 * self->n_in + self->n_inner;
}

/* A chunk's sequences and rows. */
typedef struct {
  gsize first;
  gsize last; /* beyond */
  gsize row;
  gsize n;
} Chunk;

static Chunk
chunk_of (const Run *run, guint task)
{
  Chunk chunk = { .first = task * run->per_chunk };
  chunk.last = MIN (chunk.first + run->per_chunk, run->n_sequences);
  chunk.row = bs_sequences_begin (run->sequences, chunk.first);
  chunk.n = bs_sequences_begin (run->sequences, chunk.last) - chunk.row;
  return chunk;
}

static void
plan (Run *run, const BsLayer *self, const BsBatch *x)
{
  run->layer = self;
  run->sequences = &x->modalities[0];
  run->x = run->sequences->rows;
  run->n_sequences = x->n_sequences;
  run->n = bs_batch_n_rows (x, 0);
  run->per_chunk = MAX (1, x->n_sequences * CHUNK_ROWS / MAX (run->n, 1));
  run->n_chunks = (x->n_sequences + run->per_chunk - 1) / run->per_chunk;
  for (gsize i = 0; i < x->n_sequences; i++)
    run->longest = MAX (run->longest, bs_sequences_begin (run->sequences, i + 1) -
                                        bs_sequences_begin (run->sequences, i));
  for (guint i = 0; i < run->n_chunks; i++)
    run->most = MAX (run->most, chunk_of (run, i).n);
}

static BsAttention
attention_of (const Run *run)
{
  return (BsAttention){ run->layer->n_in, run->layer->n_heads, run->masks[DROP_ATTENTION] };
}

static gsize
count_of_thread (const Run *run)
{
  const BsAttention attention = attention_of (run);
  gsize n = bs_attention_n_scratch (&attention, run->longest) + 2 * run->most * run->layer->n_in;
  return (n + 15) / 16 * 16; /* keeps what follows aligned */
}

static void
encoder_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                 BsLayerNeeds *needs)
{
  Run run = { 0 };
  plan (&run, self, x);
  gsize d = self->n_in, n_weights = 0;
  for (gsize i = 0; i < x->n_sequences; i++) {
    gsize n = bs_sequences_begin (run.sequences, i + 1) - bs_sequences_begin (run.sequences, i);
    n_weights += self->n_heads * n * n;
  }
  needs->n_offsets = x->n_sequences + 1;
  needs->n_kept = MASKS_KEPT + run.n * (7 * d + self->n_inner + 2) + n_weights;
  needs->n_scratch = n_threads * count_of_thread (&run);
  if (is_training)
    needs->n_scratch += run.n_chunks * count_small (self) + run.n * self->n_inner;
}

static BsReal *
part (BsReal **from, gsize n)
{
  BsReal *start = *from;
  *from += n;
  return start;
}

static void
lay_out (Run *run, const BsLayerContext *context)
{
  gsize n = run->n, d = run->layer->n_in, ff = run->layer->n_inner;
  run->context = context;
  run->weights = context->offsets;
  BsReal *kept = context->kept + MASKS_KEPT;
  run->qkv = part (&kept, n * 3 * d);
  run->heads = part (&kept, n * d);
  run->normal_1 = part (&kept, n * d);
  run->h = part (&kept, n * d);
  run->inner = part (&kept, n * ff);
  run->normal_2 = part (&kept, n * d);
  run->scale_1 = part (&kept, n);
  run->scale_2 = part (&kept, n);
  run->p = kept;
  BsReal *scratch = context->scratch;
  run->of_thread = part (&scratch, context->n_threads * count_of_thread (run));
  run->d_inner = part (&scratch, n * ff);
  run->sums = scratch;
}

static void
linear (const Run *run, guint weight, const BsReal *x, gsize n, BsReal *y)
{
  const BsParameter *parameters = run->layer->parameters;
  bs_linear_forward (run->context->values, &parameters[weight], &parameters[weight + 1], x, n, y);
}

static const BsReal *
values_of (const Run *run, guint parameter)
{
  return run->context->values + run->layer->parameters[parameter].offset;
}

BS_SIMD_BODY
relu_drop_body (const BsDropMask *mask, guint32 first, gsize n, BsReal *x)
{
  const BsDropMask drop = *mask;
#pragma omp simd
  for (gsize i = 0; i < n; i++) {
    BsReal factor = drop.threshold > 0 ? bs_drop_mask_factor (&drop, first + (guint32) i) : 1;
    x[i] *= x[i] > 0 ? factor : 0;
  }
}

BS_SIMD_CLONES (relu_drop, (const BsDropMask *mask, guint32 first, gsize n, BsReal *x),
                (mask, first, n, x))

static void
forward_chunk (guint task, guint thread, gpointer user_data)
{
  const Run *run = user_data;
  Chunk chunk = chunk_of (run, task);
  gsize d = run->layer->n_in, ff = run->layer->n_inner, at = chunk.row * d;
  const BsAttention attention = attention_of (run);
  linear (run, IN_WEIGHT, run->x + at, chunk.n, run->qkv + 3 * at);
  for (gsize i = chunk.first; i < chunk.last; i++) {
    gsize row = bs_sequences_begin (run->sequences, i);
    gsize n = bs_sequences_begin (run->sequences, i + 1) - row;
    bs_attention_forward (&attention, run->qkv + 3 * row * d, n, run->weights[i],
                          run->p + run->weights[i], run->of_thread + thread * count_of_thread (run),
                          run->heads + row * d);
  }
  linear (run, OUT_WEIGHT, run->heads + at, chunk.n, run->normal_1 + at);
  bs_norm_forward (values_of (run, GAIN_1), values_of (run, SHIFT_1), &run->masks[DROP_1], at,
                   run->x + at, chunk.n, d, run->normal_1 + at, run->scale_1 + chunk.row,
                   run->h + at);
  linear (run, INNER_WEIGHT, run->h + at, chunk.n, run->inner + chunk.row * ff);
  relu_drop (&run->masks[DROP_INNER], (guint32) (chunk.row * ff), chunk.n * ff,
             run->inner + chunk.row * ff);
  linear (run, OUTER_WEIGHT, run->inner + chunk.row * ff, chunk.n, run->normal_2 + at);
  bs_norm_forward (values_of (run, GAIN_2), values_of (run, SHIFT_2), &run->masks[DROP_2], at,
                   run->h + at, chunk.n, d, run->normal_2 + at, run->scale_2 + chunk.row,
                   run->y + at);
}

static void
encoder_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  Run run = { 0 };
  plan (&run, self, x);
  context->offsets[0] = 0;
  for (gsize i = 0; i < x->n_sequences; i++) {
    gsize n = bs_sequences_begin (run.sequences, i + 1) - bs_sequences_begin (run.sequences, i);
    context->offsets[i + 1] = context->offsets[i] + self->n_heads * n * n;
  }
  lay_out (&run, context);
  run.y = context->y;
  for (guint i = 0; i < N_DROPS; i++) {
    run.masks[i] = bs_drop_mask (self->dropout, context->random);
    bs_drop_mask_store (&run.masks[i], context->kept + i * BS_DROP_MASK_KEPT);
  }
  bs_parallel (context->n_threads, (guint) run.n_chunks, forward_chunk, &run);
}

BS_SIMD_BODY
relu_drop_gradient_body (const BsReal *inner, BsReal scale, gsize n, BsReal *d)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    d[i] *= inner[i] > 0 ? scale : 0;
}

BS_SIMD_CLONES (relu_drop_gradient, (const BsReal *inner, BsReal scale, gsize n, BsReal *d),
                (inner, scale, n, d))

BS_SIMD_BODY
add_rows_body (const BsReal *x, gsize n, gsize width, BsReal *sum)
{
  for (gsize i = 0; i < n; i++, x += width)
#pragma omp simd
    for (gsize c = 0; c < width; c++)
      sum[c] += x[c];
}

BS_SIMD_CLONES (add_rows, (const BsReal *x, gsize n, gsize width, BsReal *sum), (x, n, width, sum))

static void
backward_attention (const Run *run, const Chunk *chunk, const BsReal *d_heads, BsReal *scratch)
{
  gsize d = run->layer->n_in;
  const BsAttention attention = attention_of (run);
  for (gsize i = chunk->first; i < chunk->last; i++) {
    gsize row = bs_sequences_begin (run->sequences, i);
    gsize n = bs_sequences_begin (run->sequences, i + 1) - row;
    bs_attention_backward (&attention, run->qkv + 3 * row * d, n, run->weights[i],
                           run->p + run->weights[i], d_heads + (row - chunk->row) * d, scratch);
  }
}

/* The way back through a chunk, up to what the weights' gradients are made of. */
static void
backward_chunk (guint task, guint thread, gpointer user_data)
{
  const Run *run = user_data;
  Chunk chunk = chunk_of (run, task);
  const BsParameter *parameters = run->layer->parameters;
  const BsReal *values = run->context->values;
  gsize d = run->layer->n_in, ff = run->layer->n_inner, n = chunk.n, at = chunk.row * d;
  BsReal *d_inner = run->d_inner + chunk.row * ff, *d_outer = run->normal_2 + at;
  BsReal *d_out = run->normal_1 + at, *d_qkv = run->qkv + 3 * at;
  BsReal *scratch = run->of_thread + thread * count_of_thread (run);
  BsReal *d_sum = part (&scratch, run->most * d), *d_heads = part (&scratch, run->most * d);
  BsReal *sums = run->sums + task * count_small (run->layer);
  memset (sums, 0, count_small (run->layer) * sizeof (BsReal));
  BsReal *d_in_bias = part (&sums, 3 * d), *d_out_bias = part (&sums, d);
  BsReal *d_inner_bias = part (&sums, ff), *d_outer_bias = part (&sums, d);
  BsReal *d_gain_1 = part (&sums, d), *d_shift_1 = part (&sums, d);
  BsReal *d_gain_2 = part (&sums, d), *d_shift_2 = part (&sums, d);

  bs_norm_backward (values_of (run, GAIN_2), run->normal_2 + at, run->scale_2 + chunk.row,
                    run->dy + at, n, d, d_sum, d_gain_2, d_shift_2);
  bs_drop_mask_apply (&run->masks[DROP_2], at, d_sum, n * d, d_outer);
  bs_linear_input_gradient (values, &parameters[OUTER_WEIGHT], d_outer, n, FALSE, d_inner);
  relu_drop_gradient (run->inner + chunk.row * ff, (BsReal) run->masks[DROP_INNER].scale, n * ff,
                      d_inner);
  bs_linear_input_gradient (values, &parameters[INNER_WEIGHT], d_inner, n, TRUE, d_sum);
  bs_norm_backward (values_of (run, GAIN_1), run->normal_1 + at, run->scale_1 + chunk.row, d_sum, n,
                    d, d_sum, d_gain_1, d_shift_1);
  bs_drop_mask_apply (&run->masks[DROP_1], at, d_sum, n * d, d_out);
  bs_linear_input_gradient (values, &parameters[OUT_WEIGHT], d_out, n, FALSE, d_heads);
  backward_attention (run, &chunk, d_heads, scratch);
  if (run->y != NULL) {
    memcpy (run->y + at, d_sum, n * d * sizeof (BsReal));
    bs_linear_input_gradient (values, &parameters[IN_WEIGHT], d_qkv, n, TRUE, run->y + at);
  }
  add_rows (d_qkv, n, 3 * d, d_in_bias);
  add_rows (d_out, n, d, d_out_bias);
  add_rows (d_inner, n, ff, d_inner_bias);
  add_rows (d_outer, n, d, d_outer_bias);
}

static void
encoder_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                  const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  Run run = { 0 };
  plan (&run, self, x);
  lay_out (&run, context);
  run.dy = dy;
  run.y = dx;
  for (guint i = 0; i < N_DROPS; i++)
    run.masks[i] = bs_drop_mask_restore (context->kept + i * BS_DROP_MASK_KEPT);
  bs_parallel (context->n_threads, (guint) run.n_chunks, backward_chunk, &run);
  const BsParameter *parameters = self->parameters;
  const BsLinearGradient gradients[] = {
    { &parameters[OUTER_WEIGHT], run.inner, run.normal_2, run.n },
    { &parameters[INNER_WEIGHT], run.h, run.d_inner, run.n },
    { &parameters[OUT_WEIGHT], run.heads, run.normal_1, run.n },
    { &parameters[IN_WEIGHT], run.x, run.qkv, run.n },
  };
  bs_linear_weight_gradients (context, gradients, G_N_ELEMENTS (gradients));
  gsize n_small = count_small (self);
  if (run.n_chunks > 1)
    add_rows (run.sums + n_small, run.n_chunks - 1, n_small, run.sums);
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    bs_layer_give (context, &parameters[small[i]], part (&run.sums, self->parameters[small[i]].n));
}

/* torch.nn.MultiheadAttention._reset_parameters(): xavier_uniform_ over the 3 d x d matrix, no
 * biases; the rest as torch.nn.Linear and torch.nn.LayerNorm. */
static void
encoder_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  const BsParameter *p = self->parameters;
  double d = (double) self->n_in, bound = 1 / sqrt (d);
  bs_linear_init (&p[IN_WEIGHT], NULL, sqrt (6 / (4 * d)), random, values);
  bs_linear_init (&p[OUT_WEIGHT], NULL, bound, random, values);
  bs_linear_init (&p[INNER_WEIGHT], &p[INNER_BIAS], bound, random, values);
  bs_linear_init (&p[OUTER_WEIGHT], &p[OUTER_BIAS], 1 / sqrt ((double) self->n_inner), random,
                  values);
  static const guint zeros[] = { IN_BIAS, OUT_BIAS, SHIFT_1, SHIFT_2 };
  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    memset (values + p[zeros[i]].offset, 0, p[zeros[i]].n * sizeof (BsReal));
  for (gsize c = 0; c < self->n_in; c++)
    values[p[GAIN_1].offset + c] = values[p[GAIN_2].offset + c] = 1;
}

static const BsLayerClass encoder_class = {
  .measure = encoder_measure,
  .init = encoder_init,
  .forward = encoder_forward,
  .backward = encoder_backward,
};

/**
 * bs_layer_encoder:
 * @width: of a row
 * @n_heads: divides @width
 * @n_inner: width of the feed-forward part
 * @dropout: of attention weights, both branches and the inner rows
 * @offset: where its parameters begin among the network's values
 *
 * torch.nn.TransformerEncoderLayer over each sequence.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_encoder (gsize width, gsize n_heads, gsize n_inner, double dropout, gsize offset)
{
  BsLayer self = {
    .class = &encoder_class,
    .n_in = width,
    .n_out = width,
    .n_modalities = 1,
    .n_heads = n_heads,
    .n_inner = n_inner,
    .dropout = dropout,
  };
  offset = bs_layer_add_parameter (&self, "self_attn.in_proj_weight", 2, 3 * width, width, offset);
  offset = bs_layer_add_parameter (&self, "self_attn.in_proj_bias", 1, 3 * width, 1, offset);
  offset = bs_layer_add_parameter (&self, "self_attn.out_proj.weight", 2, width, width, offset);
  offset = bs_layer_add_parameter (&self, "self_attn.out_proj.bias", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "linear1.weight", 2, n_inner, width, offset);
  offset = bs_layer_add_parameter (&self, "linear1.bias", 1, n_inner, 1, offset);
  offset = bs_layer_add_parameter (&self, "linear2.weight", 2, width, n_inner, offset);
  offset = bs_layer_add_parameter (&self, "linear2.bias", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "norm1.weight", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "norm1.bias", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "norm2.weight", 1, width, 1, offset);
  bs_layer_add_parameter (&self, "norm2.bias", 1, width, 1, offset);
  return self;
}
