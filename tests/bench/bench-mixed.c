/* SPDX-License-Identifier: MIT */
/* Steps of `mixed` on five encoders: five attention-pool branches and the joint attention branch,
 * frozen, and one more attention over their six latents, which is all that learns. 64 samples of 64
 * positions an encoder (320 of the joint branch), the encoders' own widths, the guide's defaults
 * within: width 256, inner width 1,024, 2 layers, 4 heads, latents of 256, dropout .1. Positions
 * and modalities are not dropped, so that nothing is padded in the first case.
 *
 * The program computes the latents once per fold and keeps them, which changes no result: in
 * evaluation there is no dropout, and long sequences give the middle row of a segment. A plain loop
 * in PyTorch computes them again at every step. So both ways are measured, each beside the same:
 *
 *   nothing kept   the six branches forward in evaluation, then the fused part forward, backward,
 *                  Adam; PyTorch has its branches in evaluation and under no_grad
 *   latents kept   the fused part alone; latents are vectors, of any length of the sequences
 *   joint branch   a step of its own training, which is what training `mixed` spends its time on
 *
 * all beside their own sgemm calls and PyTorch on the same machine (mixed-torch.py); with nothing
 * padded, and with 16 or 4 positions. With latents kept, only 1 thread is held to the floor: folds
 * are trained side by side, a core each, and in a step of 2 ms two threads mostly wait for each
 * other. */
#include <cblas.h>

#include "model/numeric/bs-blas.h"
#include "tests/bench/peer.h"
#include "tests/bench/steps.h"

#define N_ENCODERS 5
#define N_BRANCHES (N_ENCODERS + 1)
#define JOINT N_ENCODERS
#define N_LATENT 256
#define N_STEPS 3
#define N_STEPS_SHORT 10 /* where a step is a fifth of the work */
#define N_STEPS_KEPT 300 /* and where it is a thousandth */
#define FLOOR_LIMIT 1.3

/* ImageBind, VideoMAEv2, WavLM, HuBERT, HiCMAE */
static const gsize widths[N_ENCODERS] = { 1024, 1408, 1024, 1024, 2048 };

typedef struct {
  BsNetwork *network;
  BsPass *pass;
} Branch;

typedef struct {
  const BsBatch *batch; /* of the encoders */
  Branch branches[N_BRANCHES];
  BsBatch latents; /* a row of each branch a sample */
  BenchLearner fused;
  BenchLearner joint;
} Mixed;

static BsNetworkSpec
spec_of (BsNetworkKind kind, guint n_modalities, const gsize *of_width)
{
  BsNetworkSpec spec = {
    .kind = kind,
    .n_modalities = n_modalities,
    .width = 256,
    .n_inner = 1024,
    .n_layers = 2,
    .n_heads = 4,
    .n_latent = N_LATENT,
    .dropout = 0.1,
    .has_temperature = kind == BS_NETWORK_MIXED,
    .n_out = 6,
  };
  for (guint m = 0; m < n_modalities; m++)
    spec.widths[m] = of_width[m];
  return spec;
}

static void
branch_init (Branch *self, const BsNetworkSpec *spec, guint n_threads)
{
  BsRandom random;
  bs_random_init (&random, 3);
  self->network = bs_network_new (spec, NULL);
  bs_network_init (self->network, &random);
  self->pass = bs_pass_new (self->network);
  bs_pass_set_threads (self->pass, n_threads);
}

static void
mixed_init (Mixed *self, const BsBatch *batch, guint n_threads)
{
  const BsNetworkSpec joint = spec_of (BS_NETWORK_ATTENTION, N_ENCODERS, widths);
  gsize of_latents[N_BRANCHES];
  self->batch = batch;
  for (guint b = 0; b < N_ENCODERS; b++) {
    const BsNetworkSpec own = spec_of (BS_NETWORK_ATTENTION_POOL, 1, &widths[b]);
    branch_init (&self->branches[b], &own, n_threads);
  }
  branch_init (&self->branches[JOINT], &joint, n_threads);
  for (guint b = 0; b < N_BRANCHES; b++)
    of_latents[b] = N_LATENT;
  const BsNetworkSpec fused = spec_of (BS_NETWORK_MIXED, N_BRANCHES, of_latents);
  bench_learner_init (&self->fused, &fused, n_threads);
  bench_learner_init (&self->joint, &joint, n_threads);
}

static void
mixed_clear (Mixed *self)
{
  for (guint b = 0; b < N_BRANCHES; b++) {
    bs_pass_free (self->branches[b].pass);
    bs_network_free (self->branches[b].network);
  }
  bench_learner_clear (&self->fused);
  bench_learner_clear (&self->joint);
}

static void
make_latents (Mixed *self)
{
  self->latents = (BsBatch){ .n_sequences = BENCH_SAMPLES, .n_modalities = N_BRANCHES };
  for (guint b = 0; b < N_BRANCHES; b++) {
    const Branch *branch = &self->branches[b];
    BsBatch own = { BENCH_SAMPLES, 1, { self->batch->modalities[b % N_ENCODERS] } };
    bs_network_forward (branch->network, branch->pass, b == JOINT ? self->batch : &own, NULL);
    self->latents.modalities[b] =
      (BsSequences){ N_LATENT, bs_network_latent (branch->network, branch->pass), NULL };
  }
}

static void
step_kept (gpointer user_data)
{
  Mixed *self = user_data;
  bench_learner_step (&self->fused, &self->latents);
}

static void
step_whole (gpointer user_data)
{
  make_latents (user_data);
  step_kept (user_data);
}

static void
step_joint (gpointer user_data)
{
  Mixed *self = user_data;
  bench_learner_step (&self->joint, self->batch);
}

static const struct {
  const char *title;
  BenchFunc step;
  gboolean is_full;
  int n_steps;
  guint n_judged; /* threads with which it is held to the floor */
  double limit; /* times as fast as PyTorch */
} cases[] = {
  { "nothing kept, 64 of 64 positions", step_whole, TRUE, N_STEPS, 2, 1 },
  { "nothing kept, 16 or 4 of 64 positions", step_whole, FALSE, N_STEPS_SHORT, 0, 2 },
  { "latents kept", step_kept, TRUE, N_STEPS_KEPT, 1, 1 },
  { "joint branch, 64 of 64 positions", step_joint, TRUE, N_STEPS, 2, 1 },
  { "joint branch, 16 or 4 of 64 positions", step_joint, FALSE, N_STEPS_SHORT, 0, 2 },
};

/* Seconds of a step, the best of 1 and 2 threads, as the peer's. */
static double
measure_ours (guint i, const BsBatch *batch)
{
  double best = G_MAXDOUBLE;
  printf ("mixed on five encoders, %s\n", cases[i].title);
  for (guint n = 1; n <= BENCH_MAX_THREADS; n++) {
    Mixed mixed;
    mixed_init (&mixed, batch, n);
    make_latents (&mixed);
    BenchSpeed speed = bench_speed (cases[i].step, &mixed, cases[i].n_steps);
    mixed_clear (&mixed);
    bench_speed_report (&speed, n, n <= cases[i].n_judged ? FLOOR_LIMIT : 0);
    best = MIN (best, speed.step_s);
  }
  return best;
}

int
main (void)
{
  BenchData full, ragged;
  double ours[G_N_ELEMENTS (cases)], torch[G_N_ELEMENTS (cases)];
  bs_blas_hold (); /* one thread */
  setvbuf (stdout, NULL, _IOLBF, 0);
  bench_data_init (&full, N_ENCODERS, widths, TRUE);
  bench_data_init (&ragged, N_ENCODERS, widths, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    ours[i] = measure_ours (i, cases[i].is_full ? &full.batch : &ragged.batch);
  bench_data_clear (&full);
  bench_data_clear (&ragged);
  if (bench_peer_run ("mixed-torch.py", G_N_ELEMENTS (cases), torch))
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      bench_peer_report (cases[i].title, torch[i], ours[i], cases[i].limit);
  return 0;
}
