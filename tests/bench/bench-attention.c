/* SPDX-License-Identifier: MIT */
/* Steps of the attention-pool branch (forward, backward, Adam): 64 samples of 64 positions, width
 * 256, inner width 1,024, 2 layers, 4 heads; and with 16 or 4 positions, as the features have that
 * come from whole clips. Beside its own matrix products and PyTorch on the same machine
 * (attention-torch.py). */
#include <cblas.h>
#include <gio/gio.h>

#include "model/bs-adam.h"
#include "model/bs-loss.h"
#include "model/bs-network-spec.h"
#include "tests/bench/bench.h"

#define N_SAMPLES 64
#define N_POSITIONS 64
#define WIDTH 256
#define INNER 1024
#define N_HEADS 4
#define N_LAYERS 2
#define N_ROWS (N_SAMPLES * N_POSITIONS)
#define N_STEPS 3
#define MAX_FOLDS 2

static const BsNetworkSpec spec = {
  .kind = BS_NETWORK_ATTENTION_POOL,
  .n_modalities = 1,
  .widths = { WIDTH },
  .n_inner = INNER,
  .n_layers = N_LAYERS,
  .n_heads = N_HEADS,
  .n_latent = 128,
  .dropout = 0.1,
  .has_temperature = TRUE,
  .n_out = 6,
};

typedef struct {
  BsBatch batch;
  BsNetwork *network;
  BsPass *pass;
  BsAdam *adam;
  BsRandom random;
  float targets[N_SAMPLES * 6];
  double best_s; /* of a step */
} Fold;

static void
fold_init (Fold *self, const BsReal *rows, const gsize *offsets, guint n_threads)
{
  self->batch = (BsBatch){ N_SAMPLES, 1, { { WIDTH, rows, offsets } } };
  self->network = bs_network_new (&spec, NULL);
  bs_random_init (&self->random, 1);
  bs_network_init (self->network, &self->random);
  self->pass = bs_pass_new (self->network);
  bs_pass_set_threads (self->pass, n_threads);
  self->adam = bs_adam_new (self->network->values, self->network->n_values, 1e-4, 0);
  for (gsize i = 0; i < N_SAMPLES * 6; i++)
    self->targets[i] = i % 6 == i / 6 % 6;
}

static void
fold_clear (Fold *self)
{
  bs_adam_free (self->adam);
  bs_pass_free (self->pass);
  bs_network_free (self->network);
}

static gpointer
run_steps (gpointer user_data)
{
  Fold *self = user_data;
  BsReal d_logits[N_SAMPLES * 6];
  self->best_s = G_MAXDOUBLE;
  for (int step = 0; step < N_STEPS; step++) {
    double start = bench_now_us ();
    const BsReal *logits =
      bs_network_forward (self->network, self->pass, &self->batch, &self->random);
    bs_loss_kl (logits, self->targets, N_SAMPLES, 6, d_logits);
    bs_adam_begin_step (self->adam);
    bs_network_backward (self->network, self->pass, &self->batch, d_logits, bs_adam_take,
                         self->adam);
    self->best_s = MIN (self->best_s, (bench_now_us () - start) / 1e6);
  }
  return NULL;
}

/* Seconds of the best step of one fold. */
static double
measure_alone (const BsReal *rows, const gsize *offsets, guint n_threads)
{
  Fold fold;
  fold_init (&fold, rows, offsets, n_threads);
  run_steps (&fold);
  fold_clear (&fold);
  return fold.best_s;
}

/* Seconds per step and fold with two folds side by side. */
static double
measure_together (const BsReal *rows, const gsize *offsets)
{
  static Fold folds[MAX_FOLDS];
  GThread *threads[MAX_FOLDS];
  double best = 0;
  for (int i = 0; i < MAX_FOLDS; i++)
    fold_init (&folds[i], rows, offsets, 1);
  for (int i = 0; i < MAX_FOLDS; i++)
    threads[i] = g_thread_new ("bs-fold", run_steps, &folds[i]);
  for (int i = 0; i < MAX_FOLDS; i++)
    g_thread_join (threads[i]);
  for (int i = 0; i < MAX_FOLDS; i++) {
    best = MAX (best, folds[i].best_s);
    fold_clear (&folds[i]);
  }
  return best / MAX_FOLDS;
}

/* y = x W^T, dx = dy W, dW = dy^T x for @n rows. */
static void
multiply_linear (int n, int in, int out, const float *x, float *w, float *y)
{
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, n, out, in, 1, x, in, w, in, 0, y, out);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n, in, out, 1, y, out, w, in, 0,
               (float *) x, in);
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, out, in, n, 1, y, out, x, in, 0, w, in);
}

/* The six products of a head's attention to @n positions, forward and backward. */
static void
multiply_head (int n, float *x, float *y, float *p)
{
  int d = WIDTH / N_HEADS, stride = 3 * WIDTH;
  for (int i = 0; i < 2; i++) {
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, n, n, d, 1, x, stride, x + WIDTH, stride,
                 0, p, n);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n, d, n, 1, p, n, x + WIDTH, stride, 0,
                 y, stride);
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, n, d, n, 1, p, n, x + WIDTH, stride, 0, y,
                 stride);
  }
}

/* Seconds of a step's products alone. */
static double
measure_products (const gsize *offsets, int n_threads)
{
  g_autofree float *x = g_new0 (float, N_ROWS *INNER), *y = g_new0 (float, N_ROWS *INNER);
  g_autofree float *w = g_new0 (float, WIDTH *INNER), *p = g_new0 (float, N_ROWS *N_POSITIONS);
  int n = (int) offsets[N_SAMPLES];
  double best = G_MAXDOUBLE;
  openblas_set_num_threads (n_threads);
  for (int step = 0; step < N_STEPS; step++) {
    double start = bench_now_us ();
    for (int layer = 0; layer < N_LAYERS; layer++) {
      multiply_linear (n, WIDTH, 3 * WIDTH, x, w, y);
      multiply_linear (n, WIDTH, WIDTH, x, w, y);
      multiply_linear (n, WIDTH, INNER, x, w, y);
      multiply_linear (n, INNER, WIDTH, x, w, y);
      for (int i = 0; i < N_SAMPLES; i++)
        for (int head = 0; head < N_HEADS; head++)
          multiply_head ((int) (offsets[i + 1] - offsets[i]), x + 3 * WIDTH * offsets[i],
                         y + 3 * WIDTH * offsets[i], p);
    }
    best = MIN (best, (bench_now_us () - start) / 1e6);
  }
  openblas_set_num_threads (1);
  return best;
}

/* PyTorch's best of 1 and 2 threads, full and ragged; FALSE where it is not installed. */
static gboolean
measure_torch (double *seconds)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests", "bench", "attention-torch.py", NULL);
  g_autofree char *text = NULL;
  const char *const argv[] = { "/usr/bin/python3", script, NULL };
  int status = 0;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                     NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, NULL))
    return FALSE;
  double given[4];
  char *at = text;
  for (int i = 0; i < 4; i++)
    given[i] = g_ascii_strtod (at, &at);
  seconds[0] = MIN (given[0], given[2]);
  seconds[1] = MIN (given[1], given[3]);
  return TRUE;
}

static void
report (const char *what, double seconds, const char *beside, double ratio)
{
  printf ("%-52s %.4f s", what, seconds);
  if (beside != NULL)
    printf ("   %.2f times %s", ratio, beside);
  printf ("\n");
}

/* Ours, printed as it is measured; gives the seconds of a step on 2 threads and side by side. */
static void
measure_ours (const char *title, const BsReal *rows, const gsize *offsets, double *seconds)
{
  double products[] = { measure_products (offsets, 1), measure_products (offsets, 2) };
  printf ("attention-pool, %s: seconds of a step\n", title);
  report ("  its products alone, 1 thread", products[0], NULL, 0);
  report ("  its products alone, 2 threads", products[1], NULL, 0);
  for (guint i = 0; i < 2; i++) {
    seconds[i] = measure_alone (rows, offsets, i + 1);
    report (i == 0 ? "  one fold, 1 thread" : "  one fold, 2 threads", seconds[i], "its products",
            seconds[i] / products[i]);
  }
  seconds[0] = measure_together (rows, offsets);
  report ("  two folds side by side, a fold", seconds[0], NULL, 0);
}

int
main (void)
{
  static const char *const titles[] = { "64 of 64 positions", "16 or 4 of 64 positions" };
  gsize offsets[2][N_SAMPLES + 1] = { 0 };
  g_autofree BsReal *rows = g_new (BsReal, N_ROWS * WIDTH);
  BsRandom random;
  double torch[2], ours[2][2];
  bs_random_init (&random, 2);
  openblas_set_num_threads (1);
  setvbuf (stdout, NULL, _IOLBF, 0);
  for (gsize i = 0; i < N_ROWS * WIDTH; i++)
    rows[i] = (BsReal) bs_random_normal (&random);
  for (gsize i = 0; i < N_SAMPLES; i++) {
    offsets[0][i + 1] = offsets[0][i] + N_POSITIONS;
    offsets[1][i + 1] = offsets[1][i] + (i % 2 == 0 ? 16 : 4);
  }
  for (int i = 0; i < 2; i++)
    measure_ours (titles[i], rows, offsets[i], ours[i]);
  if (!measure_torch (torch)) {
    printf ("PyTorch is not installed (python3-torch): no ratio\n");
    return 0;
  }
  for (int i = 0; i < 2; i++) {
    printf ("PyTorch, best of 1 and 2 threads, %s\n", titles[i]);
    report ("  a step", torch[i], "ours on 2 threads", torch[i] / ours[i][1]);
    report ("  a step", torch[i], "ours of several folds", torch[i] / ours[i][0]);
  }
  return 0;
}
