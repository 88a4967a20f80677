/* SPDX-License-Identifier: MIT */
/* Against PyTorch: tests/reference/make-torch-mlp.py wrote the fixture. */
#include "model/network/bs-network-private.h"

#include <string.h>

#include "model/network/bs-adam.h"
#include "model/network/bs-fused-linear-adam.h"
#include "model/network/bs-loss-private.h"
#include "tests/support/bs-npz-fixture.h"

#define HIDDEN 512
#define BATCH 32
#define N_BATCHES 3
#define N_STEPS 20
#define TOLERANCE 1e-5 /* DEFINITIONS: equal to PyTorch */

typedef struct {
  BsNpz *npz;
  const char *prefix;
  BsReal *values;
} Walk;

static void
load_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Walk *walk = user_data;
  g_autofree char *member = g_strconcat (walk->prefix, name, NULL);
  g_autofree double *from = fixture_doubles (walk->npz, member, parameter->n);
  for (gsize i = 0; i < parameter->n; i++)
    walk->values[parameter->offset + i] = (BsReal) from[i];
}

static void
compare_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Walk *walk = user_data;
  g_autofree char *member = g_strconcat (walk->prefix, name, NULL);
  g_autofree double *expected = fixture_doubles (walk->npz, member, parameter->n);
  assert_close (walk->values + parameter->offset, expected, parameter->n, TOLERANCE, member);
}

static void
store_piece (const BsGradientPiece *piece, gpointer gradient)
{
  float *to = gradient;
  for (gsize r = 0; r < piece->n_rows; r++)
    for (gsize c = 0; c < piece->n_cols; c++) {
      float *value = &to[piece->offset + r * piece->stride + c];
      g_assert_true (isnan (*value)); /* each value once */
      *value = piece->gradient[r * piece->n_cols + c];
    }
}

typedef struct {
  BsNpz *npz;
  BsMatrix *x;
  BsMatrix *t;
  BsNetwork *network;
  BsPass *pass;
} Torch;

static Torch
torch_open (void)
{
  Torch self = { .npz = fixture_open ("torch-mlp.npz") };
  self.x = fixture_matrix (self.npz, "x");
  self.t = fixture_matrix (self.npz, "t");
  self.network = bs_network_new_mlp (self.x->n_cols, HIDDEN, 6);
  self.pass = bs_pass_new (self.network);
  Walk walk = { self.npz, "start.", self.network->values };
  bs_network_foreach_parameter (self.network, load_parameter, &walk);
  return self;
}

static void
torch_close (Torch *self)
{
  bs_pass_free (self->pass);
  bs_network_free (self->network);
  bs_matrix_unref (self->x);
  bs_matrix_unref (self->t);
  bs_npz_unref (self->npz);
}

static void
test_the_gradient_is_that_of_pytorch (void)
{
  Torch torch = torch_open ();
  float d_logits[BATCH * 6];
  g_autofree float *gradient = g_new (float, torch.network->n_values);
  for (gsize i = 0; i < torch.network->n_values; i++)
    gradient[i] = NAN;
  BsRandom random;
  bs_random_init (&random, 1);
  BsBatch batch = bs_batch_of_vectors (torch.x->data, torch.x->n_cols, BATCH);
  const float *logits = bs_network_forward (torch.network, torch.pass, &batch, &random);
  bs_loss_kl (logits, torch.t->data, BATCH, 6, d_logits);
  bs_network_backward (torch.network, torch.pass, &batch, d_logits, store_piece, gradient);
  Walk walk = { torch.npz, "gradient.", gradient };
  bs_network_foreach_parameter (torch.network, compare_parameter, &walk);
  torch_close (&torch);
}

static BsBatch
torch_batch (const Torch *self, int step)
{
  return bs_batch_of_vectors (bs_matrix_row (self->x, (gsize) (step % N_BATCHES) * BATCH),
                              self->x->n_cols, BATCH);
}

static const float *
forward (const Torch *torch, BsFusedLinearAdam *wide, int step, BsRandom *random)
{
  const BsBatch batch = torch_batch (torch, step);
  if (wide == NULL)
    return bs_network_forward (torch->network, torch->pass, &batch, random);
  bs_fused_linear_adam_output (wide, bs_network_first_output (torch->network, torch->pass, BATCH));
  return bs_network_forward_rest (torch->network, torch->pass, random);
}

static void
backward (const Torch *torch, BsFusedLinearAdam *wide, BsAdam *adam, int step,
          const float *d_logits)
{
  const BsBatch batch = torch_batch (torch, step);
  if (wide == NULL) {
    bs_network_backward (torch->network, torch->pass, &batch, d_logits, bs_adam_take, adam);
    return;
  }
  const float *d_first =
    bs_network_backward_rest (torch->network, torch->pass, d_logits, bs_adam_take, adam);
  bs_fused_linear_adam_step (wide, d_first, torch_batch (torch, step + 1).modalities[0].rows, BATCH,
                             1);
}

static void
test_twenty_steps_are_those_of_pytorch (gconstpointer is_wide)
{
  Torch torch = torch_open ();
  BsNetwork *network = torch.network;
  g_autofree double *losses = fixture_doubles (torch.npz, "losses", N_STEPS);
  g_autoptr (BsAdam) adam = bs_adam_new (network->values, network->n_values, 1e-4, 1e-3);
  g_autoptr (BsFusedLinearAdam) wide =
    is_wide != NULL ? bs_fused_linear_adam_new (network, adam, BATCH) : NULL;
  if (wide != NULL)
    bs_fused_linear_adam_begin (wide, torch_batch (&torch, 0).modalities[0].rows, BATCH);
  float d_logits[BATCH * 6];
  BsRandom random;
  bs_random_init (&random, 1);
  for (int step = 0; step < N_STEPS; step++) {
    const float *targets = bs_matrix_row (torch.t, (gsize) (step % N_BATCHES) * BATCH);
    double loss = bs_loss_kl (forward (&torch, wide, step, &random), targets, BATCH, 6, d_logits);
    g_assert_cmpfloat (fabs (loss - losses[step]), <=, TOLERANCE * losses[step]);
    bs_adam_begin_step (adam);
    backward (&torch, wide, adam, step, d_logits);
  }
  Walk walk = { torch.npz, "end.", network->values };
  bs_network_foreach_parameter (network, compare_parameter, &walk);
  torch_close (&torch);
}

static void
test_starting_weights_are_uniform_by_the_fan_in (void)
{
  g_autoptr (BsNetwork) network = bs_network_new_mlp (400, 256, 6);
  BsRandom random;
  bs_random_init (&random, 7);
  bs_network_init (network, &random);
  double sum = 0, squares = 0, largest = 0;
  const BsParameter *weight = &network->layers[0].parameters[0];
  for (gsize i = 0; i < weight->n; i++) {
    double value = network->values[weight->offset + i];
    sum += value;
    squares += value * value;
    largest = fmax (largest, fabs (value));
  }
  double bound = 1.0 / 20, n = (double) weight->n;
  g_assert_cmpfloat (largest, <=, bound);
  g_assert_cmpfloat (largest, >=, 0.999 * bound);
  g_assert_cmpfloat (fabs (sum / n), <=, 4 * bound / sqrt (3 * n));
  g_assert_cmpfloat_with_epsilon (squares / n, bound * bound / 3, 0.02 * bound * bound / 3);
}

static void
append_name (const char *name, const BsParameter *parameter, gpointer names)
{
  g_string_append_printf (names, "%s ", name);
}

static void
test_the_official_shapes_have_pytorchs_names (void)
{
  g_autoptr (BsNetwork) network = bs_network_new_mlp (10, 256, 6);
  g_autoptr (GString) names = g_string_new (NULL);
  bs_network_foreach_parameter (network, append_name, names);
  g_assert_cmpstr (names->str, ==, "0.weight 0.bias 2.weight 2.bias ");
  g_assert_cmpuint (network->n_values, ==, 10 * 256 + 256 + 256 * 6 + 6);
  g_autoptr (BsNetwork) linear = bs_network_new_mlp (10, 0, 6);
  g_assert_cmpuint (linear->n_values, ==, 66);
}

static void
test_a_loss_that_is_no_number_is_seen (void)
{
  float logits[6] = { 0, NAN, 0, 0, 0, 0 }, targets[6] = { 0, 0, 0, 0, 0, 1 };
  g_assert_true (isnan (bs_loss_kl (logits, targets, 1, 6, NULL)));
  logits[1] = INFINITY;
  g_assert_false (isfinite (bs_loss_kl (logits, targets, 1, 6, NULL)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/torch-gradient", test_the_gradient_is_that_of_pytorch);
  g_test_add_data_func ("/network/torch-steps", NULL, test_twenty_steps_are_those_of_pytorch);
  g_test_add_data_func ("/network/torch-steps-wide", "wide",
                        test_twenty_steps_are_those_of_pytorch);
  g_test_add_func ("/network/init", test_starting_weights_are_uniform_by_the_fan_in);
  g_test_add_func ("/network/names", test_the_official_shapes_have_pytorchs_names);
  g_test_add_func ("/network/not-a-number", test_a_loss_that_is_no_number_is_seen);
  return g_test_run ();
}
