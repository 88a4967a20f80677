/* SPDX-License-Identifier: MIT */
#include "tests/bench/steps.h"

#include "model/network/bs-loss-private.h"
#include "model/numeric/bs-huge-page-alloc.h"
#include "tests/bench/sgemm-calls.h"

#define N_OUT 6

static gsize
length_of (gboolean is_full, gsize sample, guint modality)
{
  if (is_full)
    return BENCH_POSITIONS;
  return (sample + modality) % 2 == 0 ? 16 : 4;
}

/**
 * bench_data_init:
 * @self: data
 * @n_modalities: how many
 * @widths: (array length=n_modalities): of their rows
 * @is_full: whether nothing is missing
 */
void
bench_data_init (BenchData *self, guint n_modalities, const gsize *widths, gboolean is_full)
{
  BsRandom random;
  bs_random_init (&random, 2);
  self->batch = (BsBatch){ .n_sequences = BENCH_SAMPLES, .n_modalities = n_modalities };
  for (guint m = 0; m < n_modalities; m++) {
    gsize *offsets = self->offsets[m];
    offsets[0] = 0;
    for (gsize i = 0; i < BENCH_SAMPLES; i++)
      offsets[i + 1] = offsets[i] + length_of (is_full, i, m);
    gsize n = offsets[BENCH_SAMPLES] * widths[m];
    self->rows[m] = bs_huge_page_page_new0 (n, sizeof (BsReal));
    for (gsize i = 0; i < n; i++)
      self->rows[m][i] = (BsReal) bs_random_normal (&random);
    self->batch.modalities[m] = (BsSequences){ widths[m], self->rows[m], offsets };
  }
}

/**
 * bench_data_clear:
 * @self: data
 */
void
bench_data_clear (BenchData *self)
{
  for (guint m = 0; m < self->batch.n_modalities; m++)
    bs_huge_page_page_free (self->rows[m]);
}

/**
 * bench_learner_init:
 * @self: a learner
 * @spec: of its network, with six outputs
 * @n_threads: that a step may use
 */
void
bench_learner_init (BenchLearner *self, const BsNetworkSpec *spec, guint n_threads)
{
  self->network = bs_network_new (spec, NULL);
  bs_random_init (&self->random, 1);
  bs_network_init (self->network, &self->random);
  self->pass = bs_pass_new (self->network);
  bs_pass_set_threads (self->pass, n_threads);
  self->adam = bs_adam_new (self->network->values, self->network->n_values, 1e-4, 0);
  for (gsize i = 0; i < BENCH_SAMPLES * N_OUT; i++)
    self->targets[i] = i % N_OUT == i / N_OUT % N_OUT;
}

/**
 * bench_learner_step:
 * @self: a learner
 * @batch: of BENCH_SAMPLES
 */
void
bench_learner_step (BenchLearner *self, const BsBatch *batch)
{
  BsReal d_logits[BENCH_SAMPLES * N_OUT];
  const BsReal *logits = bs_network_forward (self->network, self->pass, batch, &self->random);
  bs_loss_kl (logits, self->targets, BENCH_SAMPLES, N_OUT, d_logits);
  bs_adam_begin_step (self->adam);
  bs_network_backward (self->network, self->pass, batch, d_logits, bs_adam_take, self->adam);
}

/**
 * bench_learner_clear:
 * @self: a learner
 */
void
bench_learner_clear (BenchLearner *self)
{
  bs_adam_free (self->adam);
  bs_pass_free (self->pass);
  bs_network_free (self->network);
}

static double
seconds_of (BenchFunc step, gpointer data)
{
  double start = bench_now_us ();
  step (data);
  return (bench_now_us () - start) / 1e6;
}

/**
 * bench_speed:
 * @step: (scope call): a step
 * @data: for @step
 * @n_steps: how often
 *
 * Times steps and their products in turn, after a first step that makes room for its matrices.
 *
 * Returns: the best of each
 */
BenchSpeed
bench_speed (BenchFunc step, gpointer data, int n_steps)
{
  BenchSpeed self = { G_MAXDOUBLE, G_MAXDOUBLE };
  step (data);
  BenchSgemmCalls *calls = bench_sgemm_calls_new (step, data);
  for (int i = 0; i < n_steps; i++) {
    self.step_s = MIN (self.step_s, seconds_of (step, data));
    self.products_s = MIN (self.products_s, bench_sgemm_calls_run (calls));
  }
  bench_sgemm_calls_free (calls);
  return self;
}

/**
 * bench_speed_report:
 * @self: a speed
 * @n_threads: it was measured with
 * @limit: times the products that a step may take, 0 for none
 */
void
bench_speed_report (const BenchSpeed *self, guint n_threads, double limit)
{
  double ratio = self->step_s / self->products_s;
  g_autofree char *what =
    g_strdup_printf ("a step, %u thread%s", n_threads, n_threads > 1 ? "s" : "");
  printf ("  %-50s %9.4f s   %.2f times its products, %.4f s", what, self->step_s, ratio,
          self->products_s);
  if (limit > 0)
    printf ("; at most %.1f times wanted%s", limit, ratio > limit ? "   ABOVE THE LIMIT" : "");
  printf ("\n");
}
