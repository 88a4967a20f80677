/* SPDX-License-Identifier: MIT */
/* The training passes of MLP-512 on a corpus' worth of features (1,934 x 7,168, batch 32), per
 * fold and epoch, beside PyTorch's plain loop on the same machine (train-torch.py). */
#include <cblas.h>
#include <gio/gio.h>

#include "model/bs-trainer.h"
#include "tests/bench/bench.h"

#define N_ROWS 1934
#define WIDTH 7168
#define HIDDEN 512
#define BATCH 32
#define N_EPOCHS 5
#define MAX_FOLDS 2

typedef struct {
  BsMatrix *rows;
  float *targets;
  gsize *index;
  BsSide side;
} Data;

static void
data_init (Data *self)
{
  BsRandom random;
  bs_random_init (&random, 1);
  self->rows = bs_matrix_new (N_ROWS, WIDTH);
  self->targets = g_new0 (float, N_ROWS *BS_N_EMOTIONS);
  self->index = g_new (gsize, N_ROWS);
  for (gsize i = 0; i < N_ROWS * WIDTH; i++)
    self->rows->data[i] = (float) bs_random_normal (&random);
  for (gsize i = 0; i < N_ROWS; i++) {
    self->index[i] = i;
    self->targets[i * BS_N_EMOTIONS + bs_random_below (&random, BS_N_EMOTIONS)] = 1;
  }
  self->side = (BsSide){ self->rows, self->targets, self->index, N_ROWS };
}

static void
data_clear (Data *self)
{
  bs_matrix_unref (self->rows);
  g_free (self->targets);
  g_free (self->index);
}

typedef struct {
  const Data *data;
  BsTrainer *trainer;
} Fold;

static gpointer
train_epochs (gpointer user_data)
{
  Fold *fold = user_data;
  g_autoptr (GError) error = NULL;
  for (int epoch = 0; epoch < N_EPOCHS; epoch++) {
    double loss;
    if (!bs_trainer_epoch (fold->trainer, &fold->data->side, &loss, NULL, &error))
      g_error ("%s", error->message);
  }
  return NULL;
}

/* Seconds per fold and epoch with @n folds side by side. */
static double
measure (const Data *data, int n)
{
  const BsTrainerOptions options = {
    .n_hidden = HIDDEN,
    .batch_size = BATCH,
    .learning_rate = 5e-6,
    .weight_decay = 1e-3,
    .seed = 1,
  };
  Fold folds[MAX_FOLDS];
  GThread *threads[MAX_FOLDS];
  for (int i = 0; i < n; i++)
    folds[i] = (Fold){ data, bs_trainer_new (&data->side, &options) };
  double start = bench_now_us ();
  for (int i = 0; i < n; i++)
    threads[i] = g_thread_new ("bs-fold", train_epochs, &folds[i]);
  for (int i = 0; i < n; i++)
    g_thread_join (threads[i]);
  double seconds = (bench_now_us () - start) / 1e6 / N_EPOCHS / n;
  for (int i = 0; i < n; i++)
    bs_trainer_free (folds[i].trainer);
  return seconds;
}

/* The products of one epoch alone: forward and weight gradient of the wide layer. */
static double
measure_products (const Data *data)
{
  g_autofree float *weight = g_new0 (float, HIDDEN *WIDTH);
  g_autofree float *hidden = g_new0 (float, BATCH *HIDDEN);
  double start = bench_now_us ();
  for (int i = 0; i + BATCH <= N_ROWS; i += BATCH) {
    const float *x = bs_matrix_row (data->rows, (gsize) i);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, BATCH, HIDDEN, WIDTH, 1, x, WIDTH, weight,
                 WIDTH, 0, hidden, HIDDEN);
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, HIDDEN, WIDTH, BATCH, 1, hidden, HIDDEN,
                 x, WIDTH, 0, weight, WIDTH);
  }
  return (bench_now_us () - start) / 1e6;
}

/* The best of PyTorch's 1 and 2 threads; 0 where it is not installed. */
static double
measure_torch (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests", "bench", "train-torch.py", NULL);
  g_autofree char *text = NULL;
  const char *const argv[] = { "/usr/bin/python3", script, "3", NULL };
  int status = 0;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                     NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, NULL))
    return 0;
  char *second = NULL;
  double one = g_ascii_strtod (text, &second), two = g_ascii_strtod (second, NULL);
  return two > 0 ? MIN (one, two) : one;
}

int
main (void)
{
  Data data;
  openblas_set_num_threads (1);
  data_init (&data);
  printf ("MLP-512, %d x %d, batch %d: seconds per fold and epoch (BLAS: %s)\n", N_ROWS, WIDTH,
          BATCH, openblas_get_corename ());
  double alone = measure (&data, 1), together = measure (&data, MAX_FOLDS);
  double products = measure_products (&data), torch = measure_torch ();
  printf ("%-48s %.3f s\n", "one fold on one core", alone);
  printf ("%-48s %.3f s\n", "two folds side by side", together);
  printf ("%-48s %.3f s\n", "its products alone, one core", products);
  if (torch > 0)
    printf ("%-48s %.3f s   %.1f times and %.1f times ours\n", "PyTorch, best of 1 and 2 threads",
            torch, torch / alone, torch / together);
  else
    printf ("PyTorch is not installed (python3-torch): no ratio\n");
  data_clear (&data);
  return 0;
}
