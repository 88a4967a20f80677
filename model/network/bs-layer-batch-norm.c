/* SPDX-License-Identifier: MIT */
/* torch.nn.BatchNorm1d: eps 1e-5, momentum .1. Shapes: n rows, d columns. */
#include <math.h>
#include <string.h>

#include "model/network/bs-layers.h"

#define EPSILON 1e-5
#define MOMENTUM 0.1

enum { GAIN, SHIFT, RUNNING_MEAN, RUNNING_VAR };

static void
batch_norm_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                    BsLayerNeeds *needs)
{
  needs->n_kept = 2 * self->n_in;
  needs->n_scratch = 2 * self->n_in;
}

static void
batch_norm_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  for (gsize c = 0; c < self->n_in; c++) {
    values[self->parameters[GAIN].offset + c] = 1;
    values[self->parameters[SHIFT].offset + c] = 0;
    values[self->parameters[RUNNING_MEAN].offset + c] = 0;
    values[self->parameters[RUNNING_VAR].offset + c] = 1;
  }
}

/* Mean and variance (biased) of the columns of @x. */
static void
measure_columns (const BsReal *x, gsize n, gsize d, BsReal *mean, BsReal *variance)
{
  memset (mean, 0, d * sizeof (BsReal));
  memset (variance, 0, d * sizeof (BsReal));
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++)
      mean[c] += x[i * d + c] / (BsReal) n;
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++) {
      BsReal off = x[i * d + c] - mean[c];
      variance[c] += off * off / (BsReal) n;
    }
}

/* PyTorch's running variance is the unbiased one, and refuses a batch of one row; ours leaves
 * it as it was then. */
static void
update_running (const BsLayer *self, const BsLayerContext *context, gsize n, const BsReal *mean,
                const BsReal *variance)
{
  BsReal *running_mean = context->values + self->parameters[RUNNING_MEAN].offset;
  BsReal *running_var = context->values + self->parameters[RUNNING_VAR].offset;
  const BsReal rest = (BsReal) (1 - MOMENTUM), share = (BsReal) MOMENTUM;
  for (gsize c = 0; c < self->n_in; c++)
    running_mean[c] = rest * running_mean[c] + share * mean[c];
  for (gsize c = 0; c < self->n_in && n > 1; c++)
    running_var[c] = rest * running_var[c] + share * variance[c] * (BsReal) n / (BsReal) (n - 1);
}

/* y = (x - mean) scale gain + shift; keeps mean and scale. */
static void
batch_norm_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                    BsBatch *y)
{
  gsize n = bs_batch_n_rows (x, 0), d = self->n_in;
  const BsReal *rows = x->modalities[0].rows;
  const BsReal *gain = context->values + self->parameters[GAIN].offset;
  const BsReal *shift = context->values + self->parameters[SHIFT].offset;
  BsReal *mean = context->kept, *scale = mean + d;
  if (context->random != NULL) {
    measure_columns (rows, n, d, mean, scale);
    update_running (self, context, n, mean, scale);
  } else {
    memcpy (mean, context->values + self->parameters[RUNNING_MEAN].offset, d * sizeof (BsReal));
    memcpy (scale, context->values + self->parameters[RUNNING_VAR].offset, d * sizeof (BsReal));
  }
  for (gsize c = 0; c < d; c++)
    scale[c] = (BsReal) (1 / sqrt (scale[c] + EPSILON));
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++)
      context->y[i * d + c] = (rows[i * d + c] - mean[c]) * scale[c] * gain[c] + shift[c];
}

/* With z = (x - mean) scale: dx = gain scale (dy - mean dy - z mean (dy z)). */
static void
batch_norm_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                     const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  gsize n = bs_batch_n_rows (x, 0), d = self->n_in;
  const BsReal *rows = x->modalities[0].rows;
  const BsReal *gain = context->values + self->parameters[GAIN].offset;
  const BsReal *mean = context->kept, *scale = mean + d;
  BsReal *d_gain = context->scratch, *d_shift = d_gain + d;
  memset (d_gain, 0, 2 * d * sizeof (BsReal));
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++) {
      d_gain[c] += dy[i * d + c] * (rows[i * d + c] - mean[c]) * scale[c];
      d_shift[c] += dy[i * d + c];
    }
  for (gsize i = 0; i < n && dx != NULL; i++)
    for (gsize c = 0; c < d; c++) {
      BsReal z = (rows[i * d + c] - mean[c]) * scale[c];
      dx[i * d + c] =
        gain[c] * scale[c] * (dy[i * d + c] - (d_shift[c] + z * d_gain[c]) / (BsReal) n);
    }
  bs_layer_give (context, &self->parameters[GAIN], d_gain);
  bs_layer_give (context, &self->parameters[SHIFT], d_shift);
}

static const BsLayerClass batch_norm_class = {
  .measure = batch_norm_measure,
  .init = batch_norm_init,
  .forward = batch_norm_forward,
  .backward = batch_norm_backward,
};

/**
 * bs_layer_batch_norm:
 * @width: of a row
 * @offset: where its parameters begin among the network's values
 *
 * Normalises by the batch in training, and by the running statistics, which are buffers among
 * the values, in evaluation.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_batch_norm (gsize width, gsize offset)
{
  BsLayer self = { .class = &batch_norm_class, .n_in = width, .n_out = width, .n_modalities = 1 };
  offset = bs_layer_add_parameter (&self, "weight", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "bias", 1, width, 1, offset);
  offset = bs_layer_add_parameter (&self, "running_mean", 1, width, 1, offset);
  bs_layer_add_parameter (&self, "running_var", 1, width, 1, offset);
  self.parameters[RUNNING_MEAN].is_buffer = TRUE;
  self.parameters[RUNNING_VAR].is_buffer = TRUE;
  return self;
}
