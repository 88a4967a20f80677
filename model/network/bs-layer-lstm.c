/* SPDX-License-Identifier: MIT */
/* torch.nn.LSTM (bidirectional=True) over sequences of different lengths, of which the last
 * state in each direction is taken, one after the other.
 *
 *   i, f, o = sigmoid (W_i x + U_i h + b_i), ...; g = tanh (W_g x + U_g h + b_g)
 *   c' = f c + i g; h' = o tanh (c')
 *
 * Shapes: n rows of all sequences, d wide; h the state's width; gates i, f, g, o in this order,
 * 4 h. Each direction has its rows by time: first all sequences' first rows, the longest sequence
 * first, then their second ones, so that a step in time is one product over neighbouring rows. */
#include <math.h>
#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/network/bs-layers.h"
#include "model/network/bs-linear.h"
#include "model/numeric/bs-exp.h"
#include "model/numeric/bs-gemm.h"
#include "model/numeric/bs-simd.h"

enum { INPUT_WEIGHT, STATE_WEIGHT, INPUT_BIAS, STATE_BIAS, N_OF_DIRECTION };

typedef struct {
  const BsLayer *layer;
  const BsLayerContext *context;
  const BsSequences *sequences;
  gsize n_sequences;
  gsize n; /* rows */
  gsize n_steps; /* of the longest sequence */
  gsize *order; /* sequences, the longest first */
  gsize *starts; /* n_steps + 1: where each step's rows begin */
  const BsReal *dy;
  BsReal *y;
  gboolean has_dx;
} Run;

typedef struct {
  guint number; /* 1: backwards in time */
  const BsParameter *parameters;
  BsReal *x; /* n x d: the rows by time; at the end the loss by them */
  BsReal *gates; /* n x 4 h; on the way back the loss by what goes into them */
  BsReal *cells; /* n x h */
  BsReal *states; /* n x h */
  BsReal *weight; /* 4 h x d: of the input, before it learns */
  BsReal *previous; /* n x h: the state before each row */
  BsReal *d_state; /* n_sequences x h */
  BsReal *d_cell; /* n_sequences x h */
} Direction;

static gsize
length_of (const BsSequences *sequences, gsize i)
{
  return bs_sequences_begin (sequences, i + 1) - bs_sequences_begin (sequences, i);
}

static Run
run_new (const BsLayer *self, const BsLayerContext *context, const BsBatch *x)
{
  Run run = {
    .layer = self,
    .context = context,
    .sequences = &x->modalities[0],
    .n_sequences = x->n_sequences,
    .n = bs_batch_n_rows (x, 0),
  };
  for (gsize i = 0; i < x->n_sequences; i++)
    run.n_steps = MAX (run.n_steps, length_of (run.sequences, i));
  if (context != NULL) {
    run.order = context->offsets;
    run.starts = context->offsets + x->n_sequences;
  }
  return run;
}

static gsize
count_kept (const BsLayer *self, gsize n)
{
  return n * (self->n_in + 6 * self->n_inner);
}

static gsize
count_scratch (const BsLayer *self, const Run *run)
{
  return (4 * self->n_in + run->n + 2 * run->n_sequences) * self->n_inner;
}

static void
lstm_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
              BsLayerNeeds *needs)
{
  Run run = run_new (self, NULL, x);
  needs->n_y = x->n_sequences * self->n_out;
  needs->n_offsets = x->n_sequences + run.n_steps + 1;
  needs->n_kept = 2 * count_kept (self, run.n);
  needs->n_scratch = is_training ? 2 * count_scratch (self, &run) : 0;
}

/* Sorts the sequences and lays out the rows by time. */
static void
plan (const Run *run)
{
  gsize n_sorted = 0;
  for (gsize length = run->n_steps + 1; length-- > 0;)
    for (gsize i = 0; i < run->n_sequences; i++)
      if (length_of (run->sequences, i) == length)
        run->order[n_sorted++] = i;
  gsize n_active = run->n_sequences;
  run->starts[0] = 0;
  for (gsize t = 0; t < run->n_steps; t++) {
    while (n_active > 0 && length_of (run->sequences, run->order[n_active - 1]) <= t)
      n_active--;
    run->starts[t + 1] = run->starts[t] + n_active;
  }
}

static Direction
direction_of (const Run *run, guint number)
{
  gsize n = run->n, d = run->layer->n_in, h = run->layer->n_inner;
  Direction self = { .number = number,
                     .parameters = run->layer->parameters + number * N_OF_DIRECTION };
  self.x = run->context->kept + number * count_kept (run->layer, n);
  self.gates = self.x + n * d;
  self.cells = self.gates + n * 4 * h;
  self.states = self.cells + n * h;
  if (run->context->scratch == NULL)
    return self; /* forward alone */
  self.weight = run->context->scratch + number * count_scratch (run->layer, run);
  self.previous = self.weight + 4 * h * d;
  self.d_state = self.previous + n * h;
  self.d_cell = self.d_state + run->n_sequences * h;
  return self;
}

/* The batch's row of the sequence at place @k at time @t. */
static gsize
row_of (const Run *run, const Direction *self, gsize t, gsize k)
{
  gsize i = run->order[k];
  gsize step = self->number == 0 ? t : length_of (run->sequences, i) - 1 - t;
  return bs_sequences_begin (run->sequences, i) + step;
}

static gsize
count_active (const Run *run, gsize t)
{
  return t < run->n_steps ? run->starts[t + 1] - run->starts[t] : 0;
}

/* A step of @n sequences; @before is NULL at the beginning. */
BS_SIMD_BODY
step_forward_body (gsize n, gsize h, const BsReal *before, BsReal *gates, BsReal *cells,
                   BsReal *states)
{
  for (gsize k = 0; k < n; k++, gates += 4 * h, cells += h, states += h)
#pragma omp simd
    for (gsize c = 0; c < h; c++) {
      BsReal in = bs_sigmoid (gates[c]), keep = bs_sigmoid (gates[h + c]);
      BsReal cell = bs_tanh (gates[2 * h + c]), out = bs_sigmoid (gates[3 * h + c]);
      gates[c] = in;
      gates[h + c] = keep;
      gates[2 * h + c] = cell;
      gates[3 * h + c] = out;
      cells[c] = in * cell + (before != NULL ? keep * before[k * h + c] : 0);
      states[c] = out * bs_tanh (cells[c]);
    }
}

BS_SIMD_CLONES (step_forward,
                (gsize n, gsize h, const BsReal *before, BsReal *gates, BsReal *cells,
                 BsReal *states),
                (n, h, before, gates, cells, states))

static void
forward_direction (guint number, guint thread, gpointer user_data)
{
  const Run *run = user_data;
  Direction self = direction_of (run, number);
  const BsReal *values = run->context->values;
  gsize d = run->layer->n_in, h = run->layer->n_inner;
  const BsReal *state_bias = values + self.parameters[STATE_BIAS].offset;
  for (gsize t = 0; t < run->n_steps; t++)
    for (gsize k = 0; k < count_active (run, t); k++)
      memcpy (self.x + (run->starts[t] + k) * d,
              run->sequences->rows + row_of (run, &self, t, k) * d, d * sizeof (BsReal));
  bs_linear_forward (values, &self.parameters[INPUT_WEIGHT], &self.parameters[INPUT_BIAS], self.x,
                     run->n, self.gates);
  for (gsize row = 0; row < run->n; row++)
    for (gsize c = 0; c < 4 * h; c++)
      self.gates[row * 4 * h + c] += state_bias[c];
  for (gsize t = 0; t < run->n_steps; t++) {
    gsize at = run->starts[t], n = count_active (run, t);
    BsReal *before = t > 0 ? self.cells + run->starts[t - 1] * h : NULL;
    if (t > 0)
      bs_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, (int) (4 * h), (int) h, 1,
               self.states + run->starts[t - 1] * h, (int) h,
               values + self.parameters[STATE_WEIGHT].offset, (int) h, 1, self.gates + at * 4 * h,
               (int) (4 * h));
    step_forward (n, h, before, self.gates + at * 4 * h, self.cells + at * h, self.states + at * h);
    for (gsize k = count_active (run, t + 1); k < n; k++)
      memcpy (run->y + run->order[k] * 2 * h + number * h, self.states + (at + k) * h,
              h * sizeof (BsReal));
  }
}

static void
lstm_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  Run run = run_new (self, context, x);
  run.y = context->y;
  plan (&run);
  memset (run.y, 0, x->n_sequences * self->n_out * sizeof (BsReal));
  bs_parallel (context->n_threads, 2, forward_direction, &run);
  y->modalities[0].offsets = NULL;
}

/* The loss by the gates' inputs, in their place, from that by state and cell; and by the cell
 * before. */
BS_SIMD_BODY
step_backward_body (gsize n, gsize h, const BsReal *before, const BsReal *cells,
                    const BsReal *d_state, BsReal *d_cell, BsReal *gates)
{
  for (gsize k = 0; k < n; k++, gates += 4 * h, cells += h, d_state += h, d_cell += h)
#pragma omp simd
    for (gsize c = 0; c < h; c++) {
      BsReal in = gates[c], keep = gates[h + c], cell = gates[2 * h + c], out = gates[3 * h + c];
      BsReal squashed = bs_tanh (cells[c]);
      BsReal d = d_cell[c] + d_state[c] * out * (1 - squashed * squashed);
      gates[c] = d * cell * in * (1 - in);
      gates[h + c] = before != NULL ? d * before[k * h + c] * keep * (1 - keep) : 0;
      gates[2 * h + c] = d * in * (1 - cell * cell);
      gates[3 * h + c] = d_state[c] * squashed * out * (1 - out);
      d_cell[c] = d * keep;
    }
}

BS_SIMD_CLONES (step_backward,
                (gsize n, gsize h, const BsReal *before, const BsReal *cells, const BsReal *d_state,
                 BsReal *d_cell, BsReal *gates),
                (n, h, before, cells, d_state, d_cell, gates))

static void
backward_direction (guint number, guint thread, gpointer user_data)
{
  const Run *run = user_data;
  Direction self = direction_of (run, number);
  const BsReal *values = run->context->values;
  gsize h = run->layer->n_inner;
  memset (self.d_cell, 0, run->n_sequences * h * sizeof (BsReal));
  for (gsize t = run->n_steps; t-- > 0;) {
    gsize at = run->starts[t], n = count_active (run, t);
    const BsReal *before = t > 0 ? self.cells + run->starts[t - 1] * h : NULL;
    for (gsize k = count_active (run, t + 1); k < n; k++)
      memcpy (self.d_state + k * h, run->dy + run->order[k] * 2 * h + number * h,
              h * sizeof (BsReal));
    step_backward (n, h, before, self.cells + at * h, self.d_state, self.d_cell,
                   self.gates + at * 4 * h);
    if (t == 0) {
      memset (self.previous, 0, n * h * sizeof (BsReal));
      continue;
    }
    memcpy (self.previous + at * h, self.states + run->starts[t - 1] * h, n * h * sizeof (BsReal));
    bs_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) h, (int) (4 * h), 1,
             self.gates + at * 4 * h, (int) (4 * h), values + self.parameters[STATE_WEIGHT].offset,
             (int) h, 0, self.d_state, (int) h);
  }
  if (run->has_dx)
    memcpy (self.weight, values + self.parameters[INPUT_WEIGHT].offset,
            self.parameters[INPUT_WEIGHT].n * sizeof (BsReal));
}

/* The loss by the rows takes their place as soon as the weight's gradient has been made of them,
 * when the weight itself has changed already. */
static void
input_gradient (guint number, guint thread, gpointer user_data)
{
  const Run *run = user_data;
  Direction self = direction_of (run, number);
  BsParameter weight = self.parameters[INPUT_WEIGHT];
  weight.offset = 0;
  bs_linear_input_gradient (self.weight, &weight, self.gates, run->n, FALSE, self.x);
}

static void
add_input_gradient (const Run *run, const Direction *self, BsReal *dx)
{
  gsize d = run->layer->n_in;
  for (gsize t = 0; t < run->n_steps; t++)
    for (gsize k = 0; k < count_active (run, t); k++) {
      const BsReal *from = self->x + (run->starts[t] + k) * d;
      BsReal *to = dx + row_of (run, self, t, k) * d;
      for (gsize c = 0; c < d; c++)
        to[c] += from[c];
    }
}

static void
lstm_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
               const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  Run run = run_new (self, context, x);
  run.dy = dy;
  run.has_dx = dx != NULL;
  bs_parallel (context->n_threads, 2, backward_direction, &run);
  for (guint number = 0; number < 2; number++) {
    Direction direction = direction_of (&run, number);
    const BsParameter *parameters = direction.parameters;
    const BsLinearGradient gradients[] = {
      { &parameters[INPUT_WEIGHT], direction.x, direction.gates, run.n },
      { &parameters[STATE_WEIGHT], direction.previous, direction.gates, run.n },
    };
    bs_linear_weight_gradients (context, gradients, G_N_ELEMENTS (gradients));
    bs_linear_bias_gradient (context, &parameters[INPUT_BIAS], direction.gates, run.n);
    bs_linear_bias_gradient (context, &parameters[STATE_BIAS], direction.gates, run.n);
  }
  if (dx == NULL)
    return;
  bs_parallel (context->n_threads, 2, input_gradient, &run);
  memset (dx, 0, run.n * self->n_in * sizeof (BsReal));
  for (guint number = 0; number < 2; number++) {
    Direction direction = direction_of (&run, number);
    add_input_gradient (&run, &direction, dx);
  }
}

/* torch.nn.RNNBase.reset_parameters(): everything uniform by the state's width. */
static void
lstm_init (const BsLayer *self, BsRandom *random, BsReal *values)
{
  for (guint p = 0; p < self->n_parameters; p++)
    bs_linear_init (&self->parameters[p], NULL, 1 / sqrt ((double) self->n_inner), random, values);
}

static const BsLayerClass lstm_class = {
  .measure = lstm_measure,
  .init = lstm_init,
  .forward = lstm_forward,
  .backward = lstm_backward,
};

/**
 * bs_layer_bilstm:
 * @n_in: width of a row
 * @n_state: width of a direction's state
 * @offset: where its parameters begin among the network's values
 *
 * From each sequence to the last state forwards and the last state backwards, 2 n_state; zeros
 * for an empty sequence.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_bilstm (gsize n_in, gsize n_state, gsize offset)
{
  static const char *const names[2][N_OF_DIRECTION] = {
    { "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0" },
    { "weight_ih_l0_reverse", "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse" },
  };
  BsLayer self = {
    .class = &lstm_class,
    .n_in = n_in,
    .n_out = 2 * n_state,
    .n_modalities = 1,
    .n_inner = n_state,
  };
  for (guint i = 0; i < 2; i++) {
    const char *const *name = names[i];
    offset = bs_layer_add_parameter (&self, name[INPUT_WEIGHT], 2, 4 * n_state, n_in, offset);
    offset = bs_layer_add_parameter (&self, name[STATE_WEIGHT], 2, 4 * n_state, n_state, offset);
    offset = bs_layer_add_parameter (&self, name[INPUT_BIAS], 1, 4 * n_state, 1, offset);
    offset = bs_layer_add_parameter (&self, name[STATE_BIAS], 1, 4 * n_state, 1, offset);
  }
  return self;
}
