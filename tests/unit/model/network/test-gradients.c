/* SPDX-License-Identifier: MIT */
/* The layers, the loss and the network, compiled with double in place of float32, against
 * finite differences. */
#include <math.h>
#include <string.h>

#include "model/network/bs-loss-private.h"
#include "model/network/bs-network-spec.h"
#include "model/network/bs-network-private.h"

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

static void
mark_learnt (const char *name, const BsParameter *parameter, gpointer is_learnt)
{
  for (gsize i = 0; i < parameter->n; i++)
    ((gboolean *) is_learnt)[parameter->offset + i] = !parameter->is_buffer;
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
  g_autofree gboolean *is_learnt = g_new0 (gboolean, network->n_values);
  bs_network_foreach_parameter (network, mark_learnt, is_learnt);
  for (gsize i = 0; i < network->n_values; i++) {
    if (!is_learnt[i])
      continue;
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

#define MOST_ROWS 3

/* Sequences of 1 to 3 rows in the first modality, of 0 to 2 in the others, or vectors. */
static void
check_spec (const BsNetworkSpec *spec, gboolean is_vectors)
{
  BsRandom random;
  g_autoptr (GError) error = NULL;
  bs_random_init (&random, 11 + spec->kind);
  g_autoptr (BsNetwork) network = bs_network_new (spec, &error);
  g_assert_no_error (error);
  bs_network_init (network, &random);
  for (gsize i = 0; i < network->n_values; i++)
    network->values[i] += 0.1 * bs_random_normal (&random);
  BsBatch batch = { .n_sequences = N, .n_modalities = spec->n_modalities };
  gsize offsets[3][N + 1];
  BsReal x[3][N * MOST_ROWS * 8];
  for (guint m = 0; m < spec->n_modalities; m++) {
    offsets[m][0] = 0;
    for (gsize i = 0; i < N; i++)
      offsets[m][i + 1] = offsets[m][i] + (m == 0 ? 1 + i % MOST_ROWS : (i + m) % MOST_ROWS);
    fill (x[m], G_N_ELEMENTS (x[m]), &random, 1);
    batch.modalities[m] = (BsSequences){ spec->widths[m], x[m], is_vectors ? NULL : offsets[m] };
  }
  check_network (network, &batch, random);
}

#define DROPOUTS .dropout = 0.2, .temporal_dropout = 0.3, .modality_dropout = 0.3
#define ENCODER .width = 8, .n_heads = 2, .n_inner = 10, .n_layers = 2, .n_latent = 6
#define COMMON .n_out = 6, .has_temperature = TRUE

static void
test_sequences (void)
{
  const BsNetworkSpec specs[] = {
    { BS_NETWORK_BILSTM, 1, { 5 }, .width = 6, .n_inner = 4, .n_latent = 6, COMMON, DROPOUTS },
    { BS_NETWORK_TRANSFORMER_CLS, 1, { 5 }, ENCODER, COMMON, DROPOUTS },
    { BS_NETWORK_ATTENTION_POOL, 1, { 5 }, ENCODER, COMMON, DROPOUTS },
    { BS_NETWORK_ATTENTION, 3, { 5, 3, 8 }, ENCODER, COMMON, DROPOUTS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    check_spec (&specs[i], FALSE);
}

static void
test_fusions_of_vectors (void)
{
  const BsNetworkSpec specs[] = {
    { BS_NETWORK_CONCATENATION, 3, { 5, 3, 8 }, .n_latent = 6, COMMON, DROPOUTS },
    { BS_NETWORK_MIXED, 3, { 5, 3, 8 }, .width = 7, .n_latent = 6, COMMON, DROPOUTS },
    { BS_NETWORK_STATISTICS, 1, { 8 }, .n_latent = 6, COMMON, DROPOUTS },
    { BS_NETWORK_MLP,
      1,
      { 8 },
      .n_hidden = 2,
      .hidden = { 9, 7 },
      .has_batch_norm = TRUE,
      .dropout = 0.2,
      .n_out = 6 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    check_spec (&specs[i], TRUE);
}

/* Sequences long enough for the products to be BLAS calls, and for chunks of their own. */
static void
test_long_sequences (void)
{
  const gsize offsets[] = { 0, 150, 300, 302 };
  const BsNetworkSpec spec = {
    .kind = BS_NETWORK_ATTENTION_POOL,
    .n_modalities = 1,
    .widths = { 3 },
    .width = 2,
    .n_heads = 1,
    .n_inner = 3,
    .n_layers = 1,
    .n_latent = 3,
    .n_out = 2,
    .dropout = 0.2,
  };
  BsRandom random;
  bs_random_init (&random, 12);
  g_autoptr (BsNetwork) network = bs_network_new (&spec, NULL);
  bs_network_init (network, &random);
  BsReal x[302 * 3];
  fill (x, G_N_ELEMENTS (x), &random, 1);
  const BsBatch batch = { 3, 1, { { 3, x, offsets } } };
  check_network (network, &batch, random);
}

typedef enum { LOSS_OFFICIAL, LOSS_BLEND, LOSS_SOFT, LOSS_CLASSES, N_LOSSES } Loss;

static double
measure_loss (Loss loss, const BsReal *logits, const float *targets, BsReal *d_logits)
{
  static const guint8 classes[N] = { 0, 5, 2, 3, 1, 4, 2 };
  const BsLossOptions blend = { 1, 0.7, 2, 0.1, 0.3 };
  if (loss == LOSS_OFFICIAL)
    return bs_loss_kl (logits, targets, N, 6, d_logits);
  if (loss == LOSS_BLEND)
    return bs_loss_blend (&blend, logits, targets, N, 6, d_logits).total;
  if (loss == LOSS_SOFT)
    return bs_loss_cross_entropy (logits, targets, N, 6, d_logits);
  return bs_loss_cross_entropy_of_classes (logits, classes, N, 6, d_logits);
}

/* Logits so far apart that some probabilities are below the clamp. */
static void
test_losses (void)
{
  BsRandom random;
  bs_random_init (&random, 1);
  BsReal logits[N * 6], d_logits[N * 6];
  float targets[N * 6];
  fill (logits, N * 6, &random, 14);
  fill (logits, N * 3, &random, 1);
  fill_targets (targets, N, &random);
  double p[6];
  gsize n_clamped = 0;
  for (gsize i = 0; i < N; i++) {
    bs_softmax (logits + i * 6, 6, p);
    for (int c = 0; c < 6; c++)
      n_clamped += p[c] < 1e-8 && targets[i * 6 + c] > 0;
  }
  g_assert_cmpuint (n_clamped, >, 0);
  const double h = 1e-5;
  for (Loss loss = 0; loss < N_LOSSES; loss++) {
    measure_loss (loss, logits, targets, d_logits);
    for (gsize i = 0; i < N * 6; i++) {
      BsReal value = logits[i];
      logits[i] = value + h;
      double up = measure_loss (loss, logits, targets, NULL);
      logits[i] = value - h;
      double down = measure_loss (loss, logits, targets, NULL);
      logits[i] = value;
      assert_gradient (d_logits[i], (up - down) / (2 * h), "logit", i);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (sizeof (BsReal), ==, sizeof (double));
  g_test_add_func ("/gradients/vectors", test_vectors);
  g_test_add_func ("/gradients/sequences", test_sequences);
  g_test_add_func ("/gradients/sequences/long", test_long_sequences);
  g_test_add_func ("/gradients/fusions", test_fusions_of_vectors);
  g_test_add_func ("/gradients/losses", test_losses);
  return g_test_run ();
}
