/* SPDX-License-Identifier: MIT */
/* Layers, networks and losses against PyTorch's, which pads and masks what is ragged here:
 * tests/reference/make-torch-layers.py wrote the fixture. */
#include <string.h>

#include "data/base/bs-error.h"
#include "data/base/bs-parallel.h"
#include "model/network/bs-adam.h"
#include "model/network/bs-drop-mask.h"
#include "model/network/bs-layers.h"
#include "model/network/bs-loss.h"
#include "model/network/bs-network-spec.h"
#include "model/numeric/bs-blas.h"
#include "tests/support/bs-npz-fixture.h"

#define N_STEPS 50
#define TRIM_STEPS 20 /* after so many the pass gives its memory back, which must change nothing */
#define TOLERANCE 1e-5 /* DEFINITIONS: equal to PyTorch */
#define LOSS_TOLERANCE 1e-4
#define NOISE 1e-7 /* of the largest gradient: what is 0 but for rounding */
#define D 12

static const BsLossOptions blend_options = {
  .kl_weight = 1,
  .bce_weight = 0.5,
  .rank_weight = 0.3,
  .smoothing = 0.1,
  .margin = 0.2,
};

typedef struct {
  const char *name;
  BsNetworkSpec spec;
} Case;

#define ENCODER .width = D, .n_inner = 20, .n_layers = 2, .n_heads = 3, .n_latent = 8
#define COMMON .n_out = 6, .has_temperature = TRUE

static const Case cases[] = {
  { "attention-pool", { BS_NETWORK_ATTENTION_POOL, 1, { 10 }, ENCODER, COMMON } },
  { "transformer-cls", { BS_NETWORK_TRANSFORMER_CLS, 1, { 10 }, ENCODER, COMMON } },
  { "bilstm", { BS_NETWORK_BILSTM, 1, { 10 }, .n_inner = 7, .n_latent = 8, COMMON } },
  { "attention", { BS_NETWORK_ATTENTION, 3, { 10, 6, 9 }, ENCODER, COMMON } },
  { "mixed", { BS_NETWORK_MIXED, 3, { 8, 8, 8 }, .width = 8, .n_latent = 8, COMMON } },
  { "concatenation", { BS_NETWORK_CONCATENATION, 3, { 8, 8, 8 }, .n_latent = 8, COMMON } },
  { "statistics", { BS_NETWORK_STATISTICS, 1, { 14 }, .n_latent = 8, COMMON } },
  { "mlp",
    { BS_NETWORK_MLP,
      1,
      { 14 },
      .n_hidden = 2,
      .hidden = { 16, 12 },
      .has_batch_norm = TRUE,
      .n_out = 6 } },
};

typedef struct {
  BsNpz *npz;
  const char *name;
  BsNetwork *network;
  BsPass *pass;
  BsBatch batch;
  BsMatrix *rows[BS_BATCH_MAX_MODALITIES];
  gsize *offsets[BS_BATCH_MAX_MODALITIES];
  BsRandom random;
  double largest; /* gradient */
} Peer;

static char *
member (const Peer *self, const char *what)
{
  return g_strconcat (self->name, ".", what, NULL);
}

static double *
doubles (const Peer *self, const char *what, gsize n)
{
  g_autofree char *name = member (self, what);
  return fixture_doubles (self->npz, name, n);
}

static void
load_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Peer *self = user_data;
  g_autofree char *what = g_strconcat ("start.", name, NULL);
  g_autofree double *from = doubles (self, what, parameter->n);
  for (gsize i = 0; i < parameter->n; i++)
    self->network->values[parameter->offset + i] = (BsReal) from[i];
}

static void
load_modality (Peer *self, guint m)
{
  g_autofree char *x = g_strdup_printf ("%s.x%u", self->name, m);
  g_autofree char *name = g_strdup_printf ("%s.offsets%u", self->name, m);
  g_autoptr (BsArray) array = fixture_array (self->npz, name);
  g_autofree double *offsets = fixture_doubles (self->npz, name, array->n_items);
  self->rows[m] = fixture_matrix (self->npz, x);
  self->offsets[m] = g_new (gsize, array->n_items);
  for (gsize i = 0; i < array->n_items; i++)
    self->offsets[m][i] = (gsize) offsets[i];
  self->batch.n_sequences = array->n_items - 1;
  self->batch.modalities[m] =
    (BsSequences){ self->rows[m]->n_cols, self->rows[m]->data, self->offsets[m] };
}

static Peer
peer_open (const char *name, BsNetwork *network)
{
  Peer self = { .npz = fixture_open ("torch-layers.npz"), .name = name, .network = network };
  self.batch.n_modalities = network->n_modalities;
  for (guint m = 0; m < network->n_modalities; m++)
    load_modality (&self, m);
  self.pass = bs_pass_new (network);
  bs_random_init (&self.random, 1);
  bs_network_foreach_parameter (network, load_parameter, &self);
  return self;
}

static void
peer_close (Peer *self)
{
  for (guint m = 0; m < self->batch.n_modalities; m++) {
    bs_matrix_unref (self->rows[m]);
    g_free (self->offsets[m]);
  }
  bs_pass_free (self->pass);
  bs_network_free (self->network);
  bs_npz_unref (self->npz);
}

static Peer
peer_open_case (const Case *test)
{
  g_autoptr (GError) error = NULL;
  BsNetwork *network = bs_network_new (&test->spec, &error);
  g_assert_no_error (error);
  return peer_open (test->name, network);
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
  Peer *peer;
  const float *gradient;
  double largest;
} Compare;

static void
measure_gradient (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Compare *self = user_data;
  for (gsize i = 0; i < parameter->n && !parameter->is_buffer; i++)
    self->largest = fmax (self->largest, fabs (self->gradient[parameter->offset + i]));
}

static void
compare_gradient (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Compare *self = user_data;
  const float *given = self->gradient + parameter->offset;
  for (gsize i = 0; i < parameter->n; i++)
    g_assert_true (isnan (given[i]) == parameter->is_buffer);
  if (parameter->is_buffer)
    return;
  g_autofree char *what = g_strconcat ("gradient.", name, NULL);
  g_autofree double *expected = doubles (self->peer, what, parameter->n);
  double largest = 0;
  for (gsize i = 0; i < parameter->n; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (gsize i = 0; i < parameter->n; i++)
    if (!(fabs (given[i] - expected[i]) <= TOLERANCE * largest + NOISE * self->largest))
      g_error ("%s: %s %zu: gradient %g in place of %g (the largest is %g)", self->peer->name, name,
               i, given[i], expected[i], largest);
}

static void
compare_all_gradients (Peer *self, const BsReal *d_out)
{
  g_autofree float *gradient = g_new (float, self->network->n_values);
  for (gsize i = 0; i < self->network->n_values; i++)
    gradient[i] = NAN;
  bs_network_backward (self->network, self->pass, &self->batch, d_out, store_piece, gradient);
  Compare compare = { self, gradient, 0 };
  bs_network_foreach_parameter (self->network, measure_gradient, &compare);
  bs_network_foreach_parameter (self->network, compare_gradient, &compare);
}

static void
compare_out (Peer *self, const char *what, const BsReal *out, gsize n)
{
  g_autofree double *expected = doubles (self, what, n);
  g_autofree char *name = member (self, what);
  assert_close (out, expected, n, TOLERANCE, name);
}

static BsLayer
make_layer (const char *name, gsize offset)
{
  if (g_str_equal (name, "layer-encoder"))
    return bs_layer_encoder (D, 3, 20, 0, offset);
  if (g_str_equal (name, "layer-lstm"))
    return bs_layer_bilstm (D, 7, offset);
  if (g_str_equal (name, "layer-pooling"))
    return bs_layer_attention_pool (D, offset);
  if (g_str_equal (name, "layer-batch-norm"))
    return bs_layer_batch_norm (D, offset);
  return bs_layer_temperature (D, offset);
}

static void
test_a_layer (gconstpointer name)
{
  const gsize width = D;
  BsNetwork *network = bs_network_new_empty (1, &width);
  bs_network_add (network, bs_layer_linear (D, D, 0), "first");
  bs_network_add (network, make_layer (name, network->n_values), "layer");
  bs_network_seal (network);
  Peer self = peer_open (name, network);
  gboolean is_pooled = g_str_equal (name, "layer-lstm") || g_str_equal (name, "layer-pooling");
  gsize n = (is_pooled ? self.batch.n_sequences : self.rows[0]->n_rows) * network->n_out;
  g_autoptr (BsMatrix) d_out = NULL;
  g_autofree char *d_name = member (&self, "d_out");
  d_out = fixture_matrix (self.npz, d_name);
  compare_out (&self, "out", bs_network_forward (network, self.pass, &self.batch, &self.random), n);
  compare_all_gradients (&self, d_out->data);
  peer_close (&self);
}

static float *
load_targets (const Peer *self)
{
  g_autofree double *from = doubles (self, "t", self->batch.n_sequences * 6);
  float *targets = g_new (float, self->batch.n_sequences * 6);
  for (gsize i = 0; i < self->batch.n_sequences * 6; i++)
    targets[i] = (float) from[i];
  return targets;
}

static void
compare_weights (Peer *self)
{
  BsSequences weights;
  g_autofree char *name = member (self, "weights");
  g_assert_true (bs_network_attention (self->network, self->pass, &weights) ==
                 bs_npz_has (self->npz, name));
  if (!bs_npz_has (self->npz, name))
    return;
  compare_out (self, "weights", weights.rows,
               bs_sequences_begin (&weights, self->batch.n_sequences));
}

static void
test_a_network (gconstpointer data)
{
  Peer self = peer_open_case (data);
  gsize n = self.batch.n_sequences;
  g_autofree float *targets = load_targets (&self);
  g_autofree BsReal *d_logits = g_new (BsReal, n * 6);
  const BsReal *logits = bs_network_forward (self.network, self.pass, &self.batch, &self.random);
  compare_out (&self, "out", logits, n * 6);
  compare_weights (&self);
  bs_loss_blend (&blend_options, logits, targets, n, 6, d_logits);
  compare_all_gradients (&self, d_logits);
  peer_close (&self);
}

static void
train (Peer *self)
{
  gsize n = self->batch.n_sequences;
  BsNetwork *network = self->network;
  g_autofree float *targets = load_targets (self);
  g_autofree BsReal *d_logits = g_new (BsReal, n * 6);
  g_autofree double *losses = doubles (self, "losses", N_STEPS);
  g_autoptr (BsAdam) adam = bs_adam_new (network->values, network->n_values, 1e-3, 1e-3);
  for (int step = 0; step < N_STEPS; step++) {
    const BsReal *logits = bs_network_forward (network, self->pass, &self->batch, &self->random);
    double loss = bs_loss_blend (&blend_options, logits, targets, n, 6, d_logits).total;
    if (!(fabs (loss - losses[step]) <= LOSS_TOLERANCE * losses[step]))
      g_error ("%s: step %d: loss %.9g in place of %.9g", self->name, step, loss, losses[step]);
    bs_adam_begin_step (adam);
    bs_network_backward (network, self->pass, &self->batch, d_logits, bs_adam_take, adam);
    if (step % TRIM_STEPS == TRIM_STEPS - 1)
      bs_pass_trim (self->pass);
  }
}

static void
test_fifty_steps (gconstpointer data)
{
  Peer self = peer_open_case (data);
  train (&self);
  peer_close (&self);
}

static void
compare_buffer (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Peer *self = user_data;
  if (!parameter->is_buffer)
    return;
  g_autofree char *what = g_strconcat ("end.", name, NULL);
  g_autofree double *expected = doubles (self, what, parameter->n);
  assert_close (self->network->values + parameter->offset, expected, parameter->n, LOSS_TOLERANCE,
                what);
}

static void
test_running_statistics (void)
{
  Peer self = peer_open_case (&cases[G_N_ELEMENTS (cases) - 1]);
  gsize n = self.batch.n_sequences * 6;
  train (&self);
  bs_network_foreach_parameter (self.network, compare_buffer, &self);
  g_autofree double *expected = doubles (&self, "evaluated", n);
  assert_close (bs_network_forward (self.network, self.pass, &self.batch, NULL), expected, n,
                10 * LOSS_TOLERANCE, "evaluated");
  peer_close (&self);
}

static void
compare_loss (Peer *self, const char *what, double loss, double expected, const BsReal *d)
{
  g_assert_cmpfloat_with_epsilon (loss, expected, 1e-6 * fabs (expected));
  compare_out (self, what, d, 8 * 6);
}

static void
test_losses (void)
{
  Peer self = { .npz = fixture_open ("torch-layers.npz"), .name = "loss" };
  g_autoptr (BsMatrix) z = fixture_matrix (self.npz, "loss.z");
  g_autoptr (BsMatrix) t = fixture_matrix (self.npz, "loss.t");
  g_autofree double *terms = fixture_doubles (self.npz, "loss.terms", 6);
  BsReal d[8 * 6];
  BsLossTerms given = bs_loss_blend (&blend_options, z->data, t->data, 8, 6, d);
  g_assert_cmpfloat_with_epsilon (given.kl, terms[0], 1e-6 * terms[0]);
  g_assert_cmpfloat_with_epsilon (given.bce, terms[1], 1e-6 * terms[1]);
  g_assert_cmpfloat_with_epsilon (given.rank, terms[2], 1e-6 * terms[2]);
  compare_loss (&self, "d_blend", given.total, terms[3], d);
  compare_loss (&self, "d_soft", bs_loss_cross_entropy (z->data, t->data, 8, 6, d), terms[4], d);
  guint8 classes[8];
  for (gsize i = 0; i < 8; i++) {
    classes[i] = 0;
    for (guint8 c = 1; c < 6; c++)
      if (bs_matrix_row (t, i)[c] > bs_matrix_row (t, i)[classes[i]])
        classes[i] = c;
  }
  compare_loss (&self, "d_classes", bs_loss_cross_entropy_of_classes (z->data, classes, 8, 6, d),
                terms[5], d);
  bs_npz_unref (self.npz);
}

static void
test_no_unequal_blend_no_ranking (void)
{
  const BsReal logits[12] = { 1, 2, 0, 0, 0, 1 };
  const float targets[12] = { 0.5f, 0.5f, 0, 0, 0, 0, 1 };
  BsReal d[12], d_without[12];
  const BsLossOptions without = { .kl_weight = 1 };
  const BsLossOptions with = { .kl_weight = 1, .rank_weight = 1, .margin = 0.5 };
  g_assert_cmpfloat (bs_loss_blend (&with, logits, targets, 2, 6, d).rank, ==, 0);
  bs_loss_blend (&without, logits, targets, 2, 6, d_without);
  g_assert_cmpmem (d, sizeof d, d_without, sizeof d_without);
}

#define N_VALUES 20000

/* A network of one layer, which has no values. */
static BsNetwork *
network_of (BsLayer layer, guint n_modalities, const gsize *widths)
{
  BsNetwork *network = bs_network_new_empty (n_modalities, widths);
  bs_network_add (network, layer, "");
  bs_network_seal (network);
  return network;
}

static void
test_dropout (void)
{
  const gsize width = 20;
  g_autoptr (BsNetwork) network = network_of (bs_layer_dropout (width, 0.3), 1, &width);
  g_autoptr (BsPass) pass = bs_pass_new (network);
  BsRandom random;
  bs_random_init (&random, 3);
  g_autofree BsReal *x = g_new (BsReal, N_VALUES);
  for (gsize i = 0; i < N_VALUES; i++)
    x[i] = (BsReal) (1 + i);
  BsBatch batch = bs_batch_of_vectors (x, width, N_VALUES / width);
  const BsReal *y = bs_network_forward (network, pass, &batch, NULL);
  g_assert_cmpmem (x, N_VALUES * sizeof (BsReal), y, N_VALUES * sizeof (BsReal));
  g_autofree guint8 *before = g_new (guint8, N_VALUES);
  gsize n_both = 0, n_dropped[2] = { 0 };
  for (int round = 0; round < 2; round++) {
    y = bs_network_forward (network, pass, &batch, &random);
    for (gsize i = 0; i < N_VALUES; i++) {
      g_assert_true (y[i] == 0 || fabs (y[i] - x[i] / 0.7) < 1e-6 * x[i]);
      n_dropped[round] += y[i] == 0;
      n_both += round == 1 && y[i] == 0 && before[i];
      before[i] = y[i] == 0;
    }
  }
  /* five standard deviations; the two rounds are independent */
  double spread = 5 * sqrt (0.3 * 0.7 / N_VALUES);
  g_assert_cmpfloat_with_epsilon ((double) n_dropped[0] / N_VALUES, 0.3, spread);
  g_assert_cmpfloat_with_epsilon ((double) n_dropped[1] / N_VALUES, 0.3, spread);
  g_assert_cmpfloat_with_epsilon ((double) n_both / N_VALUES, 0.09, spread);
}

/* Neighbouring elements fall independently too. */
static void
test_dropout_of_neighbours (void)
{
  BsRandom random;
  bs_random_init (&random, 4);
  BsDropMask mask = bs_drop_mask (0.5, &random);
  for (guint32 lag = 1; lag <= 64; lag *= 2) {
    gsize n_both = 0;
    for (guint32 i = 0; i < N_VALUES; i++)
      n_both += bs_drop_mask_factor (&mask, i) == 0 && bs_drop_mask_factor (&mask, i + lag) == 0;
    g_assert_cmpfloat_with_epsilon ((double) n_both / N_VALUES, 0.25,
                                    5 * sqrt (0.25 * 0.75 / N_VALUES));
  }
}

#define N_SAMPLES 4000

/* Rows whose value tells sample, modality and position. */
typedef struct {
  BsReal rows[2][N_SAMPLES * 3];
  gsize offsets[2][N_SAMPLES + 1];
  BsBatch batch;
} Marked;

static Marked *
marked_new (void)
{
  Marked *self = g_new0 (Marked, 1);
  self->batch.n_sequences = N_SAMPLES;
  self->batch.n_modalities = 2;
  for (guint m = 0; m < 2; m++) {
    /* the second modality has a row or none */
    for (gsize i = 0; i < N_SAMPLES; i++)
      self->offsets[m][i + 1] = self->offsets[m][i] + (m == 0 ? 3 : i % 2);
    for (gsize row = 0; row < self->offsets[m][N_SAMPLES]; row++)
      self->rows[m][row] = (BsReal) row;
    self->batch.modalities[m] = (BsSequences){ 1, self->rows[m], self->offsets[m] };
  }
  return self;
}

/* The batch that a layer in front of an empty network hands on. */
static void
count_rows (double temporal, double modality, gsize *n_rows, gsize *n_lost)
{
  const gsize widths[] = { 1, 1 };
  g_autofree Marked *marked = marked_new ();
  BsLayer layer = bs_layer_row_dropout (2, widths, temporal, modality);
  g_autofree BsReal *y_rows = g_new (BsReal, N_SAMPLES * 4);
  g_autofree gsize *offsets = g_new (gsize, 2 * (N_SAMPLES + 1));
  BsRandom random;
  bs_random_init (&random, 6);
  BsLayerContext context = { .random = &random, .y = y_rows, .offsets = offsets };
  BsBatch y;
  layer.class->forward (&layer, &context, &marked->batch, &y);
  for (guint m = 0; m < 2; m++) {
    n_rows[m] = bs_batch_n_rows (&y, m);
    n_lost[m] = 0;
  }
  for (gsize i = 0; i < N_SAMPLES; i++) {
    gsize n_left = 0;
    for (guint m = 0; m < 2; m++) {
      const BsSequences *s = &y.modalities[m];
      gsize n = s->offsets[i + 1] - s->offsets[i], first = marked->offsets[m][i];
      gsize n_before = marked->offsets[m][i + 1] - first;
      n_left += n;
      n_lost[m] += n_before > 0 && n == 0;
      for (gsize row = s->offsets[i]; row < s->offsets[i + 1]; row++)
        g_assert_true (s->rows[row] >= first && s->rows[row] < first + n_before &&
                       (row == s->offsets[i] || s->rows[row] > s->rows[row - 1]));
    }
    g_assert_cmpuint (n_left, >, 0);
  }
  context.random = NULL;
  layer.class->forward (&layer, &context, &marked->batch, &y);
  g_assert_true (y.modalities[0].rows == marked->rows[0]);
}

static void
test_temporal_dropout (void)
{
  gsize n_rows[2], n_lost[2];
  count_rows (0.4, 0, n_rows, n_lost);
  g_assert_cmpuint (n_lost[0], ==, 0);
  g_assert_cmpuint (n_lost[1], ==, 0);
  g_assert_cmpuint (n_rows[1], ==, N_SAMPLES / 2);
  /* of three positions 1.8 stay, and one where all would go */
  double expected = 1.8 + 0.4 * 0.4 * 0.4;
  g_assert_cmpfloat_with_epsilon ((double) n_rows[0] / N_SAMPLES, expected,
                                  5 * sqrt (3 * 0.24 / N_SAMPLES));
}

static void
test_modality_dropout (void)
{
  gsize n_rows[2], n_lost[2];
  count_rows (0, 0.4, n_rows, n_lost);
  g_assert_cmpuint (n_rows[0], ==, 3 * (N_SAMPLES - n_lost[0]));
  /* only half of the samples have two; of both being chosen, one of them stays */
  double expected = (0.4 - 0.4 * 0.4 / 2) / 2, spread = 5 * sqrt (expected / N_SAMPLES);
  g_assert_cmpfloat_with_epsilon ((double) n_lost[0] / N_SAMPLES, expected, spread);
  g_assert_cmpfloat_with_epsilon ((double) n_lost[1] / N_SAMPLES, expected, spread);
}

static void
test_a_lost_modality_leaves_zeros (void)
{
  const gsize widths[] = { 1, 1 };
  g_autoptr (BsNetwork) network = network_of (bs_layer_concat (2, widths), 2, widths);
  g_autoptr (BsPass) pass = bs_pass_new (network);
  const BsReal a[] = { 7 }, b[] = { 8, 9 };
  const gsize offsets[] = { 0, 0, 1 };
  const BsBatch batch = { 2, 2, { { 1, a, offsets }, { 1, b, NULL } } };
  const BsReal expected[] = { 0, 8, 7, 9 };
  g_assert_cmpmem (bs_network_forward (network, pass, &batch, NULL), sizeof expected, expected,
                   sizeof expected);
}

static void
wait_for_two (guint task, guint thread, gpointer user_data)
{
  int *n_running = user_data;
  g_atomic_int_inc (n_running);
  while (g_atomic_int_get (n_running) < 2)
    g_thread_yield ();
}

static void
count_task (guint task, guint thread, gpointer user_data)
{
  g_assert_cmpuint (thread, <, 3);
  g_atomic_int_inc (&((int *) user_data)[task]);
}

static void
test_tasks_run_at_once_and_once (void)
{
  int n_running = 0, counts[100] = { 0 };
  bs_parallel (2, 2, wait_for_two, &n_running);
  bs_parallel (3, G_N_ELEMENTS (counts), count_task, counts);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (counts[i], ==, 1);
}

#define LONG 40
#define WIDE 600 /* pieces of a weight lie side by side too */

typedef struct {
  float *gradient;
  const BsParameter *parameter; /* whose pieces wait for each other; or NULL */
  int n_pieces;
} Meeting;

/* Holds a piece until another thread has one too, so that what they shared would show. */
static void
meet_and_store (const BsGradientPiece *piece, gpointer user_data)
{
  Meeting *self = user_data;
  const BsParameter *parameter = self->parameter;
  if (parameter != NULL && piece->offset >= parameter->offset &&
      piece->offset < parameter->offset + parameter->n) {
    g_atomic_int_inc (&self->n_pieces);
    while (g_atomic_int_get (&self->n_pieces) < 2)
      g_thread_yield ();
  }
  store_piece (piece, self->gradient);
}

/* A step of a network with several chunks of rows, and pieces of a weight. */
static void
run_on_threads (guint n_threads, BsReal *logits, GArray *gradient)
{
  const BsNetworkSpec spec = {
    BS_NETWORK_ATTENTION,
    2,
    { WIDE, 10 },
    .width = 256,
    .n_inner = 300,
    .n_layers = 1,
    .n_heads = 4,
    .n_latent = 8,
    COMMON,
    .dropout = 0.2,
    .temporal_dropout = 0.1,
    .modality_dropout = 0.3,
  };
  g_autoptr (BsNetwork) network = bs_network_new (&spec, NULL);
  g_autoptr (BsPass) pass = bs_pass_new (network);
  BsRandom random;
  bs_random_init (&random, 8);
  bs_network_init (network, &random);
  g_autofree BsReal *x = g_new (BsReal, LONG * (LONG + 1) / 2 * WIDE);
  for (gsize i = 0; i < LONG * (LONG + 1) / 2 * WIDE; i++)
    x[i] = (BsReal) bs_random_normal (&random);
  gsize offsets[LONG + 1];
  for (gsize i = 0; i <= LONG; i++)
    offsets[i] = i * (i + 1) / 2;
  const BsBatch batch = { LONG, 2, { { WIDE, x, offsets }, { 10, x, offsets } } };
  bs_pass_set_threads (pass, n_threads);
  g_array_set_size (gradient, (guint) network->n_values);
  Meeting meeting = { (float *) (gpointer) gradient->data, NULL, 0 };
  for (gsize i = 0; i < network->n_values; i++)
    meeting.gradient[i] = NAN;
  for (guint i = 0; i < network->n_layers && n_threads > 1; i++)
    if (g_str_has_prefix (network->layers[i].name, "encoder"))
      meeting.parameter = &network->layers[i].parameters[4]; /* linear1.weight */
  memcpy (logits, bs_network_forward (network, pass, &batch, &random), LONG * 6 * sizeof (BsReal));
  bs_network_backward (network, pass, &batch, logits, meet_and_store, &meeting);
  for (gsize i = 0; i < network->n_values; i++)
    g_assert_false (isnan (meeting.gradient[i]));
  g_assert_true (n_threads == 1 || meeting.n_pieces == 2);
}

static void
test_threads_change_nothing (void)
{
  BsReal logits[2][LONG * 6];
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) three = g_array_new (FALSE, FALSE, sizeof (float));
  bs_blas_hold ();
  run_on_threads (1, logits[0], one);
  run_on_threads (3, logits[1], three);
  bs_blas_release ();
  g_assert_cmpmem (logits[0], sizeof logits[0], logits[1], sizeof logits[1]);
  g_assert_cmpmem (one->data, one->len * sizeof (float), three->data, three->len * sizeof (float));
}

static void
test_what_cannot_be_built (void)
{
  BsNetworkSpec spec = cases[0].spec;
  g_autoptr (GError) error = NULL;
  spec.n_heads = 5;
  g_assert_null (bs_network_new (&spec, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
}

static void
test_the_latent_vector (void)
{
  Peer self = peer_open_case (&cases[0]);
  const BsReal *logits = bs_network_forward (self.network, self.pass, &self.batch, NULL);
  const BsReal *latent = bs_network_latent (self.network, self.pass);
  g_assert_cmpuint (self.network->n_latent, ==, 8);
  g_autofree double *weight = doubles (&self, "start.head.weight", 6 * 8);
  g_autofree double *bias = doubles (&self, "start.head.bias", 6);
  g_autofree double *t = doubles (&self, "start.temperature.t", 1);
  double z = bias[2];
  for (gsize c = 0; c < 8; c++)
    z += weight[2 * 8 + c] * latent[8 + c];
  g_assert_cmpfloat_with_epsilon (logits[6 + 2], z / exp (t[0]), 1e-5);
  peer_close (&self);
}

int
main (int argc, char **argv)
{
  static const char *const layers[] = {
    "layer-encoder", "layer-lstm", "layer-pooling", "layer-batch-norm", "layer-temperature",
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_autofree char *path = g_strconcat ("/layers/torch/", layers[i], NULL);
    g_test_add_data_func (path, layers[i], test_a_layer);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/layers/torch/", cases[i].name, NULL);
    g_autofree char *steps = g_strconcat ("/layers/steps/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_a_network);
    g_test_add_data_func (steps, &cases[i], test_fifty_steps);
  }
  g_test_add_func ("/layers/running-statistics", test_running_statistics);
  g_test_add_func ("/layers/losses", test_losses);
  g_test_add_func ("/layers/losses/no-ranking", test_no_unequal_blend_no_ranking);
  g_test_add_func ("/layers/dropout", test_dropout);
  g_test_add_func ("/layers/dropout/neighbours", test_dropout_of_neighbours);
  g_test_add_func ("/layers/dropout/temporal", test_temporal_dropout);
  g_test_add_func ("/layers/dropout/modality", test_modality_dropout);
  g_test_add_func ("/layers/dropout/zeros", test_a_lost_modality_leaves_zeros);
  g_test_add_func ("/layers/tasks", test_tasks_run_at_once_and_once);
  g_test_add_func ("/layers/threads", test_threads_change_nothing);
  g_test_add_func ("/layers/faults", test_what_cannot_be_built);
  g_test_add_func ("/layers/latent", test_the_latent_vector);
  return g_test_run ();
}
