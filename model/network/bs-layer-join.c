/* SPDX-License-Identifier: MIT */
/* From several modalities to one: their sequences joined in time, or their vectors side by side
 * (the attention-fusion paper, 4.2.2). Both stand before everything that is learnt. */
#include <math.h>
#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/network/bs-layers.h"
#include "model/network/bs-linear.h"
#include "model/numeric/bs-simd.h"

#define CHUNK_ROWS 512

static gsize
sum_of_widths (guint n, const gsize *widths)
{
  gsize sum = 0;
  for (guint m = 0; m < n; m++)
    sum += widths[m];
  return sum;
}

static gsize
count_rows (const BsBatch *x)
{
  gsize n = 0;
  for (guint m = 0; m < x->n_modalities; m++)
    n += bs_batch_n_rows (x, m);
  return n;
}

static void
join_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
              BsLayerNeeds *needs)
{
  gsize n = count_rows (x);
  needs->n_y = n * self->n_out;
  needs->n_offsets = x->n_sequences + 1;
  needs->n_scratch = (n + x->n_modalities) * self->n_out;
}

/* Where a sample's rows of modality @m begin among the joined ones. */
static gsize
joined_row (const BsBatch *x, const gsize *offsets, gsize sample, guint m)
{
  gsize row = offsets[sample];
  for (guint before = 0; before < m; before++)
    row += bs_sequences_begin (&x->modalities[before], sample + 1) -
           bs_sequences_begin (&x->modalities[before], sample);
  return row;
}

/* The modalities in chunks of whole samples, which do not depend on the number of threads. */
typedef struct {
  const BsLayer *layer;
  const BsLayerContext *context;
  const BsBatch *x;
  gsize per_chunk[BS_BATCH_MAX_MODALITIES]; /* samples */
  guint first_task[BS_BATCH_MAX_MODALITIES + 1];
  gsize first_row[BS_BATCH_MAX_MODALITIES + 1]; /* of a modality among those before the join */
} JoinRun;

static void
plan (JoinRun *run, const BsBatch *x)
{
  run->x = x;
  for (guint m = 0; m < x->n_modalities; m++) {
    gsize n = bs_batch_n_rows (x, m);
    run->per_chunk[m] = MAX (1, x->n_sequences * CHUNK_ROWS / MAX (n, 1));
    run->first_task[m + 1] =
      run->first_task[m] + (guint) ((x->n_sequences + run->per_chunk[m] - 1) / run->per_chunk[m]);
    run->first_row[m + 1] = run->first_row[m] + n;
  }
}

BS_SIMD_BODY
add_row_body (const BsReal *rows, const BsReal *added, gsize n, gsize d, BsReal *y)
{
  for (gsize r = 0; r < n; r++, rows += d, y += d)
#pragma omp simd
    for (gsize c = 0; c < d; c++)
      y[c] = rows[c] + added[c];
}

BS_SIMD_CLONES (add_row, (const BsReal *rows, const BsReal *added, gsize n, gsize d, BsReal *y),
                (rows, added, n, d, y))

/* Some samples of a modality: its linear map, then each sample's rows to where they belong. */
static void
join_forward_chunk (guint task, guint thread, gpointer user_data)
{
  const JoinRun *run = user_data;
  const BsLayer *self = run->layer;
  const BsLayerContext *context = run->context;
  guint m = 0;
  while (task >= run->first_task[m + 1])
    m++;
  const BsSequences *from = &run->x->modalities[m];
  const BsReal *added = context->values + self->parameters[2 * self->n_modalities].offset;
  gsize first = (task - run->first_task[m]) * run->per_chunk[m], d = self->n_out;
  gsize last = MIN (first + run->per_chunk[m], run->x->n_sequences);
  gsize row = bs_sequences_begin (from, first);
  BsReal *mapped = context->scratch + (run->first_row[m] + row) * d;
  bs_linear_forward (context->values, &self->parameters[2 * m], &self->parameters[2 * m + 1],
                     from->rows + row * from->width, bs_sequences_begin (from, last) - row, mapped);
  for (gsize i = first; i < last; i++) {
    gsize n = bs_sequences_begin (from, i + 1) - bs_sequences_begin (from, i);
    add_row (mapped, added + m * d, n, d,
             context->y + joined_row (run->x, context->offsets, i, m) * d);
    mapped += n * d;
  }
}

static void
join_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  JoinRun run = { self, context };
  gsize *offsets = context->offsets;
  for (gsize i = 0; i <= x->n_sequences; i++) {
    offsets[i] = 0;
    for (guint m = 0; m < x->n_modalities; m++)
      offsets[i] += bs_sequences_begin (&x->modalities[m], i);
  }
  plan (&run, x);
  bs_parallel (context->n_threads, run.first_task[x->n_modalities], join_forward_chunk, &run);
  y->modalities[0].offsets = offsets;
}

static void
join_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
               const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  const BsParameter *embedding = &self->parameters[2 * self->n_modalities];
  BsLinearGradient gradients[BS_BATCH_MAX_MODALITIES];
  gsize d = self->n_out;
  BsReal *d_embedding = context->scratch, *d_rows = d_embedding + x->n_modalities * d;
  g_assert (dx == NULL);
  memset (d_embedding, 0, x->n_modalities * d * sizeof (BsReal));
  for (guint m = 0; m < x->n_modalities; m++) {
    const BsSequences *from = &x->modalities[m];
    gsize n_rows = bs_batch_n_rows (x, m);
    for (gsize i = 0; i < x->n_sequences; i++) {
      gsize first = bs_sequences_begin (from, i), n = bs_sequences_begin (from, i + 1) - first;
      memcpy (d_rows + first * d, dy + joined_row (x, context->offsets, i, m) * d,
              n * d * sizeof (BsReal));
    }
    for (gsize row = 0; row < n_rows; row++)
      for (gsize c = 0; c < d; c++)
        d_embedding[m * d + c] += d_rows[row * d + c];
    gradients[m] = (BsLinearGradient){ &self->parameters[2 * m], from->rows, d_rows, n_rows };
    d_rows += n_rows * d;
  }
  bs_linear_weight_gradients (context, gradients, x->n_modalities);
  /* The biases are added to the same rows as the embedding. */
  for (guint m = 0; m < x->n_modalities; m++)
    bs_layer_give (context, &self->parameters[2 * m + 1], d_embedding + m * d);
  bs_layer_give (context, embedding, d_embedding);
}

/* As torch.nn.Linear, and torch.nn.Embedding, which is normal. */
static void
join_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  for (guint m = 0; m < self->n_modalities; m++)
    bs_linear_init (&self->parameters[2 * m], &self->parameters[2 * m + 1],
                    1 / sqrt ((double) self->widths[m]), random, values);
  const BsParameter *embedding = &self->parameters[2 * self->n_modalities];
  for (gsize i = 0; i < embedding->n; i++)
    values[embedding->offset + i] = (BsReal) bs_random_normal (random);
}

static const BsLayerClass join_class = {
  .measure = join_measure,
  .init = join_init,
  .forward = join_forward,
  .backward = join_backward,
};

/**
 * bs_layer_join:
 * @n_modalities: of the batch
 * @widths: (array length=n_modalities): of their rows
 * @width: of the joined rows
 * @offset: where its parameters begin among the network's values
 *
 * A linear map for each modality, and a learnt row added that tells which modality it was; a
 * sample's sequences then follow each other.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_join (guint n_modalities, const gsize *widths, gsize width, gsize offset)
{
  static const char *const names[2 * BS_BATCH_MAX_MODALITIES] = {
    "projections.0.weight",  "projections.0.bias",  "projections.1.weight",  "projections.1.bias",
    "projections.2.weight",  "projections.2.bias",  "projections.3.weight",  "projections.3.bias",
    "projections.4.weight",  "projections.4.bias",  "projections.5.weight",  "projections.5.bias",
    "projections.6.weight",  "projections.6.bias",  "projections.7.weight",  "projections.7.bias",
    "projections.8.weight",  "projections.8.bias",  "projections.9.weight",  "projections.9.bias",
    "projections.10.weight", "projections.10.bias", "projections.11.weight", "projections.11.bias",
  };
  BsLayer self = {
    .class = &join_class,
    .n_in = sum_of_widths (n_modalities, widths),
    .n_out = width,
    .n_modalities = n_modalities,
  };
  for (guint m = 0; m < n_modalities; m++) {
    self.widths[m] = widths[m];
    offset = bs_layer_add_parameter (&self, names[2 * m], 2, width, widths[m], offset);
    offset = bs_layer_add_parameter (&self, names[2 * m + 1], 1, width, 1, offset);
  }
  bs_layer_add_parameter (&self, "embedding.weight", 2, n_modalities, width, offset);
  return self;
}

static void
concat_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                BsLayerNeeds *needs)
{
  needs->n_y = x->n_sequences * self->n_out;
}

static void
concat_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  BsReal *to = context->y;
  for (gsize i = 0; i < x->n_sequences; i++)
    for (guint m = 0; m < x->n_modalities; m++) {
      const BsSequences *from = &x->modalities[m];
      gsize row = bs_sequences_begin (from, i);
      if (bs_sequences_begin (from, i + 1) > row)
        memcpy (to, from->rows + row * from->width, from->width * sizeof (BsReal));
      else
        memset (to, 0, from->width * sizeof (BsReal));
      to += from->width;
    }
  y->modalities[0].offsets = NULL;
}

static const BsLayerClass concat_class = { .measure = concat_measure, .forward = concat_forward };

/**
 * bs_layer_concat:
 * @n_modalities: of the batch, with one row a sample or none
 * @widths: (array length=n_modalities): of their rows
 *
 * A sample's vectors side by side, zeros where it has none.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_concat (guint n_modalities, const gsize *widths)
{
  BsLayer self = {
    .class = &concat_class,
    .n_in = sum_of_widths (n_modalities, widths),
    .n_out = sum_of_widths (n_modalities, widths),
    .n_modalities = n_modalities,
  };
  memcpy (self.widths, widths, n_modalities * sizeof (gsize));
  return self;
}
