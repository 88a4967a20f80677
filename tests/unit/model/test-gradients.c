/* SPDX-License-Identifier: MIT */
/* The layers, the loss and the network, compiled with double in place of float32, against
 * finite differences. */
#include <math.h>
#include <string.h>

#include "model/bs-loss.h"
#include "model/bs-network.h"

#define N 7
#define TOLERANCE 1e-6 /* DEFINITIONS: finite differences in a double build */

static void
store_piece (const BsGradientPiece *piece, gpointer gradient)
{
  BsReal *to = gradient;
  for (gsize r = 0; r < piece->n_rows; r++)
    memcpy (to + piece->offset + r * piece->stride, piece->gradient + r * piece->n_cols,
            piece->n_cols * sizeof (BsReal));
}

static void
fill (BsReal *values, gsize n, BsRandom *random, double scale)
{
  for (gsize i = 0; i < n; i++)
    values[i] = scale * bs_random_normal (random);
}

static void
fill_targets (float *targets, gsize n, BsRandom *random)
{
  memset (targets, 0, n * 6 * sizeof *targets);
  for (gsize i = 0; i < n; i++) {
    guint32 a = bs_random_below (random, 6), b = bs_random_below (random, 6);
    targets[i * 6 + a] += 0.7f;
    targets[i * 6 + b] += 0.3f;
  }
}

/* The loss that the networks are held to: a sum of the output with given weights. */
static double
loss_of (const BsNetwork *network, BsPass *pass, const BsBatch *batch, BsRandom random,
         const BsReal *weights)
{
  const BsReal *y = bs_network_forward (network, pass, batch, &random);
  double sum = 0;
  for (gsize i = 0; i < batch->n_sequences * network->n_out; i++)
    sum += y[i] * weights[i];
  return sum;
}

static void
assert_gradient (double given, double measured, const char *what, gsize i)
{
  if (fabs (given - measured) > TOLERANCE * fmax (1, fabs (measured)))
    g_error ("%s %zu: gradient %.9g, but the loss changes by %.9g", what, i, given, measured);
}

/* Every value of the network; chance, where a layer uses it, falls the same every time. */
static void
check_network (const BsNetwork *network, const BsBatch *batch, BsRandom random)
{
  g_autoptr (BsPass) pass = bs_pass_new (network);
  g_autofree BsReal *weights = g_new (BsReal, batch->n_sequences * network->n_out);
  fill (weights, batch->n_sequences * network->n_out, &random, 1);
  g_autofree BsReal *gradient = g_new0 (BsReal, network->n_values);
  loss_of (network, pass, batch, random, weights);
  bs_network_backward (network, pass, batch, weights, store_piece, gradient);
  const double h = 1e-5;
  for (gsize i = 0; i < network->n_values; i++) {
    BsReal value = network->values[i];
    network->values[i] = value + h;
    double up = loss_of (network, pass, batch, random, weights);
    network->values[i] = value - h;
    double down = loss_of (network, pass, batch, random, weights);
    network->values[i] = value;
    assert_gradient (gradient[i], (up - down) / (2 * h), "value", i);
  }
}

static void
check_mlp (gsize n_in, gsize n_hidden)
{
  BsRandom random;
  bs_random_init (&random, 3 + n_hidden);
  g_autoptr (BsNetwork) network = bs_network_new_mlp (n_in, n_hidden, 6);
  bs_network_init (network, &random);
  g_autofree BsReal *x = g_new (BsReal, N * n_in);
  fill (x, N * n_in, &random, 1);
  BsBatch batch = bs_batch_of_vectors (x, n_in, N);
  check_network (network, &batch, random);
}

static void
test_vectors (void)
{
  check_mlp (13, 0);
  check_mlp (9, 11);
  /* wide enough for several pieces of the first layer's gradient */
  check_mlp (530, 5);
}

static void
test_the_loss_with_probabilities_below_the_clamp (void)
{
  BsRandom random;
  bs_random_init (&random, 1);
  BsReal logits[N * 6], d_logits[N * 6];
  float targets[N * 6];
  fill (logits, N * 6, &random, 14);
  fill_targets (targets, N, &random);
  double p[6];
  gsize n_clamped = 0;
  for (gsize i = 0; i < N; i++) {
    bs_softmax (logits + i * 6, 6, p);
    for (int c = 0; c < 6; c++)
      n_clamped += p[c] < 1e-8 && targets[i * 6 + c] > 0;
  }
  g_assert_cmpuint (n_clamped, >, 0);
  bs_loss_kl (logits, targets, N, 6, d_logits);
  const double h = 1e-5;
  for (gsize i = 0; i < N * 6; i++) {
    BsReal value = logits[i];
    logits[i] = value + h;
    double up = bs_loss_kl (logits, targets, N, 6, NULL);
    logits[i] = value - h;
    double down = bs_loss_kl (logits, targets, N, 6, NULL);
    logits[i] = value;
    assert_gradient (d_logits[i], (up - down) / (2 * h), "logit", i);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (sizeof (BsReal), ==, sizeof (double));
  g_test_add_func ("/gradients/vectors", test_vectors);
  g_test_add_func ("/gradients/clamp", test_the_loss_with_probabilities_below_the_clamp);
  return g_test_run ();
}
