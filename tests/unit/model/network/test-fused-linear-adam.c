/* SPDX-License-Identifier: MIT */
/* The wide layer's single pass against the ordinary layer, step by step; test-network holds it
 * against PyTorch. */
#include "model/network/bs-fused-linear-adam.h"

#include <math.h>
#include <string.h>

#include "model/network/bs-loss-private.h"
#include "model/network/bs-network-private.h"

#define N_STEPS 50
#define N_BATCHES 5
#define N_OUT 6
#define MAX_BATCH 70
#define RATE 1e-4
#define TOLERANCE 1e-5 /* DEFINITIONS: of the largest, as against PyTorch */

typedef struct {
  gsize n_in;
  gsize n_hidden;
  gsize batch;
  gsize last; /* rows of the last batch of a round */
} Shape;

/* Panels are 512 columns, blocks six rows, packed sixteen and sixteen. */
static const Shape shapes[] = {
  { 1024, 48, 32, 32 }, { 1337, 37, 32, 14 }, { 530, 5, 16, 1 }, { 515, 7, 1, 1 },
  { 40, 13, 70, 33 },   { 2000, 0, 32, 17 },  { 9, 64, 5, 3 },
};

typedef struct {
  BsNetwork *network;
  BsPass *pass;
  BsAdam *adam;
  BsFusedLinearAdam *wide; /* (nullable) */
  guint most_threads; /* a step has one, the next two, and so on up to these */
  guint n_steps;
} Learner;

static void
learner_init (Learner *self, const Shape *shape, gboolean is_wide)
{
  BsRandom random;
  bs_random_init (&random, 11);
  self->network = bs_network_new_mlp (shape->n_in, shape->n_hidden, N_OUT);
  bs_network_init (self->network, &random);
  self->pass = bs_pass_new (self->network);
  self->adam = bs_adam_new (self->network->values, self->network->n_values, RATE, 1e-3);
  self->most_threads = 1;
  self->n_steps = 0;
  self->wide = is_wide ? bs_fused_linear_adam_new (self->network, self->adam, shape->batch) : NULL;
}

static void
learner_clear (Learner *self)
{
  g_clear_pointer (&self->wide, bs_fused_linear_adam_free);
  bs_adam_free (self->adam);
  bs_pass_free (self->pass);
  bs_network_free (self->network);
}

/* Loss of the batch, and a step by it; the wide layer has the batch since the step before. */
static double
learn (Learner *self, const float *x, const float *targets, gsize n, const float *next,
       gsize n_next)
{
  float d_logits[MAX_BATCH * N_OUT];
  const float *logits = NULL;
  const BsBatch batch = bs_batch_of_vectors (x, self->network->n_in, n);
  BsRandom random;
  bs_random_init (&random, 1);
  if (self->wide != NULL) {
    bs_fused_linear_adam_output (self->wide,
                                 bs_network_first_output (self->network, self->pass, n));
    logits = bs_network_forward_rest (self->network, self->pass, &random);
  } else {
    logits = bs_network_forward (self->network, self->pass, &batch, &random);
  }
  double loss = bs_loss_kl (logits, targets, n, N_OUT, d_logits);
  bs_adam_begin_step (self->adam);
  if (self->wide != NULL) {
    const float *d_first =
      bs_network_backward_rest (self->network, self->pass, d_logits, bs_adam_take, self->adam);
    bs_fused_linear_adam_step (self->wide, d_first, next, n_next,
                               1 + self->n_steps++ % self->most_threads);
  } else {
    bs_network_backward (self->network, self->pass, &batch, d_logits, bs_adam_take, self->adam);
  }
  return loss;
}

typedef struct {
  float *x;
  float *targets;
} Data;

static Data
data_new (const Shape *shape)
{
  gsize n = N_BATCHES * shape->batch;
  Data self = { g_new (float, n * shape->n_in), g_new0 (float, n *N_OUT) };
  BsRandom random;
  bs_random_init (&random, 5);
  for (gsize i = 0; i < n * shape->n_in; i++)
    self.x[i] = (float) bs_random_normal (&random);
  for (gsize i = 0; i < n; i++)
    self.targets[i * N_OUT + bs_random_below (&random, N_OUT)] = 1;
  return self;
}

static void
data_clear (Data *self)
{
  g_free (self->x);
  g_free (self->targets);
}

static gsize
batch_rows (const Shape *shape, int step)
{
  if (step >= N_STEPS)
    return 0;
  return step % N_BATCHES == N_BATCHES - 1 ? shape->last : shape->batch;
}

/* Fills @losses; the learner's values are what it has learnt. */
static void
learn_all (Learner *self, const Shape *shape, const Data *data, double *losses)
{
  if (self->wide != NULL)
    bs_fused_linear_adam_begin (self->wide, data->x, batch_rows (shape, 0));
  for (int step = 0; step < N_STEPS; step++) {
    gsize first = (gsize) (step % N_BATCHES) * shape->batch;
    gsize next = (gsize) ((step + 1) % N_BATCHES) * shape->batch;
    losses[step] =
      learn (self, data->x + first * shape->n_in, data->targets + first * N_OUT,
             batch_rows (shape, step), data->x + next * shape->n_in, batch_rows (shape, step + 1));
  }
}

static void
compare (const Shape *shape)
{
  Data data = data_new (shape);
  Learner plain, wide;
  double plain_losses[N_STEPS], wide_losses[N_STEPS];
  learner_init (&plain, shape, FALSE);
  learner_init (&wide, shape, TRUE);
  learn_all (&plain, shape, &data, plain_losses);
  learn_all (&wide, shape, &data, wide_losses);
  for (int step = 0; step < N_STEPS; step++)
    g_assert_cmpfloat_with_epsilon (wide_losses[step], plain_losses[step],
                                    TOLERANCE * plain_losses[step]);
  double largest = 0, difference = 0;
  for (gsize i = 0; i < plain.network->n_values; i++) {
    double expected = plain.network->values[i];
    largest = fmax (largest, fabs (expected));
    difference = fmax (difference, fabs (wide.network->values[i] - expected));
  }
  g_test_message ("%zu -> %zu, batch %zu: weights differ by %g", shape->n_in, shape->n_hidden,
                  shape->batch, difference);
  g_assert_cmpfloat (difference, <=, TOLERANCE * largest);
  learner_clear (&plain);
  learner_clear (&wide);
  data_clear (&data);
}

static void
test_it_learns_what_the_ordinary_layer_learns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    compare (&shapes[i]);
}

static void
assert_same_bits (const Shape *shape, guint most_threads)
{
  Data data = data_new (shape);
  Learner a, b;
  double a_losses[N_STEPS], b_losses[N_STEPS];
  learner_init (&a, shape, TRUE);
  learner_init (&b, shape, TRUE);
  b.most_threads = most_threads;
  learn_all (&a, shape, &data, a_losses);
  learn_all (&b, shape, &data, b_losses);
  g_assert_cmpmem (a_losses, sizeof a_losses, b_losses, sizeof b_losses);
  gsize n_bytes = a.network->n_values * sizeof (float);
  g_assert_cmpmem (a.network->values, n_bytes, b.network->values, n_bytes);
  learner_clear (&a);
  learner_clear (&b);
  data_clear (&data);
}

static void
test_it_gives_the_same_bits_again (void)
{
  assert_same_bits (&shapes[1], 1);
}

static void
test_threads_change_no_bit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    assert_same_bits (&shapes[i], 4);
}

static void
test_it_serves_wide_linear_layers_alone (void)
{
  g_autoptr (BsNetwork) official = bs_network_new_mlp (7168, 512, N_OUT);
  g_autoptr (BsNetwork) small = bs_network_new_mlp (100, 256, N_OUT);
  g_assert_true (bs_fused_linear_adam_serves (official));
  g_assert_false (bs_fused_linear_adam_serves (small));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wide/same-as-plain", test_it_learns_what_the_ordinary_layer_learns);
  g_test_add_func ("/wide/same-bits", test_it_gives_the_same_bits_again);
  g_test_add_func ("/wide/threads", test_threads_change_no_bit);
  g_test_add_func ("/wide/serves", test_it_serves_wide_linear_layers_alone);
  return g_test_run ();
}
