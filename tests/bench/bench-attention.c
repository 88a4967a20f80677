/* SPDX-License-Identifier: MIT */
/* Steps of the attention-pool branch (forward, backward, Adam): 64 samples of 64 positions, width
 * 256, inner width 1,024, 2 layers, 4 heads; and with 16 or 4 positions, as the features have that
 * come from whole clips. Beside its own sgemm calls and PyTorch on the same machine
 * (attention-torch.py). */
#include <cblas.h>

#include "model/numeric/bs-blas.h"
#include "tests/bench/peer.h"
#include "tests/bench/steps.h"

#define WIDTH 256
#define N_STEPS 5
#define FLOOR_LIMIT 1.3

static const BsNetworkSpec spec = {
  .kind = BS_NETWORK_ATTENTION_POOL,
  .n_modalities = 1,
  .widths = { WIDTH },
  .n_inner = 1024,
  .n_layers = 2,
  .n_heads = 4,
  .n_latent = 128,
  .dropout = 0.1,
  .has_temperature = TRUE,
  .n_out = 6,
};

static const struct {
  const char *title;
  gboolean is_full;
  double limit; /* times as fast as PyTorch */
} cases[] = {
  { "64 of 64 positions", TRUE, 1 },
  { "16 or 4 of 64 positions", FALSE, 2 },
};

typedef struct {
  const BsBatch *batch;
  BenchLearner learner;
  double best_s; /* of steps beside another fold's */
} Fold;

static void
step (gpointer user_data)
{
  Fold *self = user_data;
  bench_learner_step (&self->learner, self->batch);
}

static BenchSpeed
measure_alone (const BsBatch *batch, guint n_threads)
{
  Fold fold = { .batch = batch };
  bench_learner_init (&fold.learner, &spec, n_threads);
  BenchSpeed speed = bench_speed (step, &fold, N_STEPS);
  bench_learner_clear (&fold.learner);
  return speed;
}

static gpointer
run_steps (gpointer user_data)
{
  Fold *self = user_data;
  self->best_s = G_MAXDOUBLE;
  for (int i = 0; i < N_STEPS; i++) {
    double start = bench_now_us ();
    step (self);
    self->best_s = MIN (self->best_s, (bench_now_us () - start) / 1e6);
  }
  return NULL;
}

/* Seconds per step and fold with two folds side by side. */
static double
measure_together (const BsBatch *batch)
{
  Fold folds[BENCH_MAX_THREADS];
  GThread *threads[BENCH_MAX_THREADS];
  double best = 0;
  for (int i = 0; i < BENCH_MAX_THREADS; i++) {
    folds[i].batch = batch;
    bench_learner_init (&folds[i].learner, &spec, 1);
  }
  for (int i = 0; i < BENCH_MAX_THREADS; i++)
    threads[i] = g_thread_new ("bs-fold", run_steps, &folds[i]);
  for (int i = 0; i < BENCH_MAX_THREADS; i++)
    g_thread_join (threads[i]);
  for (int i = 0; i < BENCH_MAX_THREADS; i++) {
    best = MAX (best, folds[i].best_s);
    bench_learner_clear (&folds[i].learner);
  }
  return best / BENCH_MAX_THREADS;
}

/* Seconds of a step, the best of 1 and 2 threads, as the peer's. */
static double
measure_ours (guint i)
{
  BenchData data;
  double best = G_MAXDOUBLE;
  bench_data_init (&data, 1, spec.widths, cases[i].is_full);
  printf ("attention-pool, %s\n", cases[i].title);
  for (guint n = 1; n <= BENCH_MAX_THREADS; n++) {
    BenchSpeed speed = measure_alone (&data.batch, n);
    bench_speed_report (&speed, n, cases[i].is_full ? FLOOR_LIMIT : 0);
    best = MIN (best, speed.step_s);
  }
  printf ("  %-50s %9.4f s\n", "a step and fold of two folds side by side",
          measure_together (&data.batch));
  bench_data_clear (&data);
  return best;
}

int
main (void)
{
  double ours[G_N_ELEMENTS (cases)], torch[G_N_ELEMENTS (cases)];
  bs_blas_hold (); /* one thread */
  setvbuf (stdout, NULL, _IOLBF, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    ours[i] = measure_ours (i);
  if (bench_peer_run ("attention-torch.py", G_N_ELEMENTS (cases), torch))
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      bench_peer_report (cases[i].title, torch[i], ours[i], cases[i].limit);
  return 0;
}
