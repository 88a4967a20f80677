/* SPDX-License-Identifier: MIT */
/* A wide linear layer trained by Adam, with one pass over its weights a step. Such a layer is
 * bound by memory: forward, gradient and update would each go through the weights. Here a panel
 * of them is given its gradient, is updated, and multiplied with the batch of the next step,
 * all while it lies in a core's own cache, so that a step reads and writes each weight and
 * moment once. */
#include "model/network/bs-fused-linear-adam.h"

#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/numeric/bs-huge-page-alloc.h"
#include "model/numeric/bs-packed-gemm.h"

/* Weights below which the layer stays in the cache anyway. */
#define MIN_WEIGHTS (128 * 1024)
/* Both packed batches of a panel take half of a core's own cache of 512 KB. */
#define PANEL_BATCH_BYTES (256 * 1024)
#define MAX_PANEL_COLS 512
#define MIN_PANEL_COLS 64
/* So that a core that is busy elsewhere does not hold up a step by its whole share. */
#define PARTS_PER_THREAD 2
#define ROWS BS_PACKED_GEMM_ROWS
#define WIDTH BS_PACKED_GEMM_WIDTH

struct _BsFusedLinearAdam {
  const BsLayer *layer;
  const BsReal *values;
  BsAdam *adam;
  gsize n_blocks; /* of ROWS outputs */
  gsize panel_cols;
  gsize n; /* rows of the batch that was run last */
  float *by_row; /* of that batch: n_in, filled up to whole WIDTHs, x n */
  float *by_column; /* likewise, in groups of WIDTH rows: groups x n_in x WIDTH */
  float *sums; /* its products: blocks x groups x ROWS x WIDTH */
  float *dy; /* blocks x n x ROWS */
  float *gradients; /* threads x ROWS x panel_cols */
  guint n_threads; /* that @gradients has room for */
  float *bias_gradient;
};

static gsize
n_groups (gsize n)
{
  return (n + WIDTH - 1) / WIDTH;
}

/**
 * bs_fused_linear_adam_serves:
 * @network: a network
 *
 * Returns: whether its first layer is linear and so large that going over the weights is what
 *   takes the time
 */
gboolean
bs_fused_linear_adam_serves (const BsNetwork *network)
{
  return bs_layer_is_linear (&network->layers[0]) &&
         network->layers[0].parameters[0].n >= MIN_WEIGHTS;
}

/**
 * bs_fused_linear_adam_new:
 * @network: a network whose first layer is linear; must outlive it
 * @adam: of all the network's values; must outlive it
 * @max_rows: the largest batch
 *
 * Returns: (transfer full): the first layer of @network in training
 */
BsFusedLinearAdam *
bs_fused_linear_adam_new (const BsNetwork *network, BsAdam *adam, gsize max_rows)
{
  const BsLayer *layer = &network->layers[0];
  g_return_val_if_fail (bs_layer_is_linear (layer), NULL);
  BsFusedLinearAdam *self = g_new0 (BsFusedLinearAdam, 1);
  self->layer = layer;
  self->values = network->values;
  self->adam = adam;
  self->n_blocks = (layer->n_out + ROWS - 1) / ROWS;
  gsize cols = PANEL_BATCH_BYTES / (2 * sizeof (float) * MAX (max_rows, 1));
  self->panel_cols = CLAMP (cols - cols % WIDTH, MIN_PANEL_COLS, MAX_PANEL_COLS);
  gsize padded_in = (layer->n_in + WIDTH - 1) / WIDTH * WIDTH;
  gsize padded_rows = n_groups (max_rows) * WIDTH;
  self->by_row = bs_huge_page_page_new0 (padded_in * max_rows, sizeof (float));
  self->by_column = bs_huge_page_page_new0 (layer->n_in * padded_rows, sizeof (float));
  self->sums = bs_huge_page_page_new0 (self->n_blocks * ROWS * padded_rows, sizeof (float));
  self->dy = bs_huge_page_page_new0 (self->n_blocks * ROWS * max_rows, sizeof (float));
  self->bias_gradient = bs_huge_page_page_new0 (layer->n_out, sizeof (float));
  return self;
}

/**
 * bs_fused_linear_adam_free:
 * @self: (transfer full): a layer in training
 */
void
bs_fused_linear_adam_free (BsFusedLinearAdam *self)
{
  bs_huge_page_page_free (self->by_row);
  bs_huge_page_page_free (self->by_column);
  bs_huge_page_page_free (self->sums);
  bs_huge_page_page_free (self->dy);
  g_clear_pointer (&self->gradients, bs_huge_page_page_free);
  bs_huge_page_page_free (self->bias_gradient);
  g_free (self);
}

/* What the forward products need of a batch. */
static void
begin_sums (BsFusedLinearAdam *self, const BsReal *x, gsize n)
{
  gsize in = self->layer->n_in;
  for (gsize from = 0; from < n; from += WIDTH)
    bs_packed_gemm_pack_transposed (x + from * in, in, MIN (WIDTH, n - from), in,
                                    self->by_column + from * in);
  memset (self->sums, 0, self->n_blocks * n_groups (n) * ROWS * WIDTH * sizeof (float));
}

/* Adds what columns @col to @col + @n_cols contribute to the products of a block. */
static void
add_sums (BsFusedLinearAdam *self, gsize block, gsize col, gsize n_cols, gsize n)
{
  gsize in = self->layer->n_in, row = block * ROWS, groups = n_groups (n);
  for (gsize g = 0; g < groups; g++)
    bs_packed_gemm_forward (self->values + self->layer->parameters[0].offset + row * in + col, in,
                            MIN (ROWS, self->layer->n_out - row),
                            self->by_column + (g * in + col) * WIDTH, n_cols,
                            self->sums + (block * groups + g) * ROWS * WIDTH);
}

/**
 * bs_fused_linear_adam_begin:
 * @self: a layer in training
 * @x: n x n_in: the first batch
 * @n: rows
 *
 * Runs a batch forward without any step before it.
 */
void
bs_fused_linear_adam_begin (BsFusedLinearAdam *self, const BsReal *x, gsize n)
{
  gsize in = self->layer->n_in;
  begin_sums (self, x, n);
  bs_packed_gemm_pack (x, in, n, in, self->by_row);
  self->n = n;
  for (gsize col = 0; col < in; col += self->panel_cols)
    for (gsize block = 0; block < self->n_blocks; block++)
      add_sums (self, block, col, MIN (self->panel_cols, in - col), n);
}

/**
 * bs_fused_linear_adam_output:
 * @self: a layer in training
 * @y: (out caller-allocates): n x n_out: the layer's output for the batch given last
 */
void
bs_fused_linear_adam_output (const BsFusedLinearAdam *self, BsReal *y)
{
  gsize out = self->layer->n_out, groups = n_groups (self->n);
  const BsReal *bias = self->values + self->layer->parameters[1].offset;
  for (gsize i = 0; i < self->n; i++)
    for (gsize o = 0; o < out; o++) {
      const float *sums = self->sums + (o / ROWS * groups + i / WIDTH) * ROWS * WIDTH;
      y[i * out + o] = sums[o % ROWS * WIDTH + i % WIDTH] + bias[o];
    }
}

static void
pack_dy (BsFusedLinearAdam *self, const BsReal *dy)
{
  gsize out = self->layer->n_out, n = self->n;
  for (gsize i = 0; i < n; i++)
    for (gsize o = 0; o < out; o++)
      self->dy[(o / ROWS * n + i) * ROWS + o % ROWS] = dy[i * out + o];
}

static void
step_bias (BsFusedLinearAdam *self, const BsReal *dy)
{
  gsize out = self->layer->n_out;
  memset (self->bias_gradient, 0, out * sizeof (float));
  for (gsize i = 0; i < self->n; i++)
    for (gsize o = 0; o < out; o++)
      self->bias_gradient[o] += dy[i * out + o];
  BsGradientPiece piece = {
    .offset = self->layer->parameters[1].offset,
    .n_rows = 1,
    .n_cols = out,
    .stride = out,
    .gradient = self->bias_gradient,
  };
  bs_adam_take (&piece, self->adam);
}

/* Gradient and update of a panel of a block. */
static void
step_panel (BsFusedLinearAdam *self, gsize block, gsize col, gsize n_cols, float *gradient)
{
  gsize in = self->layer->n_in, row = block * ROWS;
  gsize n_rows = MIN (ROWS, self->layer->n_out - row);
  gsize offset = self->layer->parameters[0].offset + row * in + col;
  const BsAdam *adam = self->adam;
  BsGemmPrefetch ahead = { { adam->values + offset, adam->first + offset, adam->second + offset },
                           in,
                           n_rows };
  bs_packed_gemm_gradient (self->dy + row * self->n, self->by_row + col * self->n, self->n, n_cols,
                           gradient, self->panel_cols, &ahead);
  for (gsize r = 0; r < n_rows; r++) {
    BsGradientPiece piece = {
      .offset = offset + r * in,
      .n_rows = 1,
      .n_cols = n_cols,
      .stride = in,
      .gradient = gradient + r * self->panel_cols,
    };
    bs_adam_take (&piece, self->adam);
  }
}

typedef struct {
  BsFusedLinearAdam *wide;
  gsize n_next;
  guint n_parts;
} Step;

/* Some of the blocks: no output has to do with another, so that the parts may be any. */
static void
step_part (guint part, guint thread, gpointer user_data)
{
  const Step *step = user_data;
  BsFusedLinearAdam *self = step->wide;
  gsize in = self->layer->n_in;
  gsize from = self->n_blocks * part / step->n_parts;
  gsize to = self->n_blocks * (part + 1) / step->n_parts;
  float *gradient = self->gradients + thread * ROWS * self->panel_cols;
  for (gsize col = 0; col < in; col += self->panel_cols) {
    gsize n_cols = MIN (self->panel_cols, in - col);
    for (gsize block = from; block < to; block++) {
      step_panel (self, block, col, n_cols, gradient);
      add_sums (self, block, col, n_cols, step->n_next);
    }
  }
}

static void
make_gradients (BsFusedLinearAdam *self, guint n_threads)
{
  if (n_threads <= self->n_threads)
    return;
  g_clear_pointer (&self->gradients, bs_huge_page_page_free);
  self->gradients = bs_huge_page_page_new0 (n_threads * ROWS * self->panel_cols, sizeof (float));
  self->n_threads = n_threads;
}

/**
 * bs_fused_linear_adam_step:
 * @self: a layer in training, after bs_adam_begin_step()
 * @dy: n x n_out: the loss by the layer's output for the batch given last
 * @next_x: (nullable): n_next x n_in: the next batch
 * @n_next: its rows, 0 where there is none
 * @n_threads: that it may use, at least 1; the result does not depend on it
 *
 * Updates weight and bias, and runs the next batch forward.
 */
void
bs_fused_linear_adam_step (BsFusedLinearAdam *self, const BsReal *dy, const BsReal *next_x,
                           gsize n_next, guint n_threads)
{
  const Step step = { self, n_next, n_threads > 1 ? PARTS_PER_THREAD * n_threads : 1 };
  make_gradients (self, n_threads);
  pack_dy (self, dy);
  step_bias (self, dy);
  begin_sums (self, next_x, n_next);
  bs_parallel (n_threads, step.n_parts, step_part, (gpointer) &step);
  if (n_next > 0)
    bs_packed_gemm_pack (next_x, self->layer->n_in, n_next, self->layer->n_in, self->by_row);
  self->n = n_next;
}
