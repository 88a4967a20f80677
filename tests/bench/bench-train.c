/* SPDX-License-Identifier: MIT */
/* The training passes of five folds of MLP-512 on a corpus' worth of features (1,934 x 7,168,
 * batch 32), per fold and epoch, beside PyTorch's plain loop (train-torch.py) and beside the
 * floor: the products by sgemm, and one reading and writing of weights and moments a step. */
#include <cblas.h>

#include "model/decision/bs-tune.h"
#include "model/numeric/bs-blas.h"
#include "model/numeric/bs-huge-page-alloc.h"
#include "model/training/bs-trainer.h"
#include "tests/bench/memory.h"
#include "tests/bench/peer.h"

#define N_ROWS 1934
#define WIDTH 7168
#define HIDDEN 512
#define BATCH 32
#define N_FOLDS 5
#define N_EPOCHS 3
#define N_THREADS 2
#define N_STEPS ((N_ROWS + BATCH - 1) / BATCH)
#define N_WEIGHTS ((gsize) HIDDEN * WIDTH)
#define N_HELD_OUT (N_ROWS / N_FOLDS)
#define SPEED_LIMIT 5.0
#define FLOOR_LIMIT 1.3

typedef struct {
  BsMatrix *rows; /* of the samples */
  BsSamples *samples;
  gsize *index;
  BsLabel *labels;
  BsSubset side;
} Data;

static BsSamples *
samples_new (BsMatrix *rows)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree gsize *clips = g_new (gsize, N_ROWS);
  for (gsize i = 0; i < N_ROWS; i++) {
    g_ptr_array_add (names, g_strdup_printf ("clip_%04" G_GSIZE_FORMAT, i));
    clips[i] = i;
  }
  g_autoptr (BsMetadata) metadata =
    bs_metadata_new_from_names ((const char *const *) names->pdata, names->len);
  BsSamples *samples = bs_samples_new_vectors (metadata, clips, N_ROWS);
  bs_samples_add_vectors (samples, rows);
  return samples;
}

static void
data_init (Data *self)
{
  BsRandom random;
  bs_random_init (&random, 1);
  self->rows = bs_matrix_new (N_ROWS, WIDTH);
  self->index = g_new (gsize, N_ROWS);
  self->labels = g_new (BsLabel, N_ROWS);
  for (gsize i = 0; i < N_ROWS * WIDTH; i++)
    self->rows->data[i] = (float) bs_random_normal (&random);
  for (gsize i = 0; i < N_ROWS; i++) {
    self->index[i] = i;
    self->labels[i] =
      bs_label_from_salience_class ((int) bs_random_below (&random, BS_N_SALIENCE_CLASSES));
  }
  self->samples = samples_new (self->rows);
  self->side = (BsSubset){ self->samples, self->labels, self->index, N_ROWS };
}

static void
data_clear (Data *self)
{
  bs_samples_free (self->samples);
  g_free (self->index);
  g_free (self->labels);
}

static BsTrainer *
trainer_new (const Data *data, BsThreadBudget *cores)
{
  const BsTrainerOptions options = {
    .network = {
      .kind = BS_NETWORK_MLP,
      .n_modalities = 1,
      .widths = { WIDTH },
      .n_hidden = 1,
      .hidden = { HIDDEN },
      .n_out = BS_N_EMOTIONS,
    },
    .objective = { .blend = { .kl_weight = 1 } },
    .batch_size = BATCH,
    .learning_rate = 5e-6,
    .weight_decay = 1e-3,
    .seed = 1,
    .cores = cores,
  };
  g_autoptr (GError) error = NULL;
  BsTrainer *trainer = bs_trainer_new (&data->side, &options, &error);
  if (trainer == NULL)
    g_error ("%s", error->message);
  return trainer;
}

static void
run_epoch (const Data *data, BsTrainer *trainer)
{
  g_autoptr (GError) error = NULL;
  BsLossTerms loss;
  if (!bs_trainer_epoch (trainer, &data->side, &loss, NULL, &error))
    g_error ("%s", error->message);
}

typedef struct {
  const Data *data;
  BsTrainer *folds[N_FOLDS];
  int n_folds;
  int next; /* atomic */
  BsThreadBudget cores;
} Work;

static gpointer
run_folds (gpointer user_data)
{
  Work *work = user_data;
  for (;;) {
    int i = g_atomic_int_add (&work->next, 1);
    if (i >= work->n_folds)
      return NULL;
    bs_thread_budget_enter (&work->cores);
    run_epoch (work->data, work->folds[i]);
    bs_thread_budget_leave (&work->cores);
  }
}

/* Seconds per fold and epoch with @n_folds folds shared by @n_threads threads; the best epoch. */
static double
measure (const Data *data, int n_folds, int n_threads)
{
  Work work = { .data = data, .n_folds = n_folds, .cores = BS_THREAD_BUDGET_INIT (n_threads) };
  GThread *threads[N_THREADS];
  double best = G_MAXDOUBLE;
  for (int i = 0; i < n_folds; i++)
    work.folds[i] = trainer_new (data, &work.cores);
  for (int epoch = 0; epoch < N_EPOCHS; epoch++) {
    double start = bench_now_us ();
    work.next = 0;
    for (int i = 0; i < n_threads; i++)
      threads[i] = g_thread_new ("bs-fold", run_folds, &work);
    for (int i = 0; i < n_threads; i++)
      g_thread_join (threads[i]);
    best = MIN (best, (bench_now_us () - start) / 1e6 / n_folds);
  }
  for (int i = 0; i < n_folds; i++)
    bs_trainer_free (work.folds[i]);
  return best;
}

/* What cannot be saved, on one core. */
typedef struct {
  float *arrays[3]; /* weights and moments */
  float *hidden;
  double products_s; /* of an epoch */
  double stream_s;
} Floor;

/* The sgemm calls of an epoch: forward and weight gradient of the wide layer. */
static double
run_products (const Floor *self, const Data *data)
{
  double start = bench_now_us ();
  for (int i = 0; i < N_ROWS; i += BATCH) {
    const float *x = bs_matrix_row (data->rows, (gsize) i);
    int n = MIN (BATCH, N_ROWS - i);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, n, HIDDEN, WIDTH, 1, x, WIDTH,
                 self->arrays[0], WIDTH, 0, self->hidden, HIDDEN);
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, HIDDEN, WIDTH, n, 1, self->hidden, HIDDEN,
                 x, WIDTH, 0, self->arrays[1], WIDTH);
  }
  return (bench_now_us () - start) / 1e6;
}

/* Reads and writes all three arrays as often as an epoch has steps. */
static double
run_stream (const Floor *self)
{
  float *restrict a = self->arrays[0], *restrict b = self->arrays[1], *restrict c = self->arrays[2];
  double start = bench_now_us ();
  for (int step = 0; step < N_STEPS; step++)
    for (gsize i = 0; i < N_WEIGHTS; i++) {
      a[i] += 1e-3f;
      b[i] += 1e-3f;
      c[i] += 1e-3f;
    }
  return (bench_now_us () - start) / 1e6;
}

typedef struct {
  const Data *data;
  Floor floor;
} FloorThread;

static gpointer
floor_thread (gpointer user_data)
{
  FloorThread *self = user_data;
  Floor *floor = &self->floor;
  for (int i = 0; i < 3; i++)
    floor->arrays[i] = bs_huge_page_page_new0 (N_WEIGHTS, sizeof (float));
  floor->hidden = g_new0 (float, BATCH *HIDDEN);
  floor->products_s = floor->stream_s = G_MAXDOUBLE;
  for (int i = 0; i < N_EPOCHS; i++) {
    floor->products_s = MIN (floor->products_s, run_products (floor, self->data));
    floor->stream_s = MIN (floor->stream_s, run_stream (floor));
  }
  for (int i = 0; i < 3; i++)
    bs_huge_page_page_free (floor->arrays[i]);
  g_free (floor->hidden);
  return NULL;
}

/* Seconds per fold and epoch, with as many threads as the folds have; the parts are the best of
 * any thread. */
static Floor
measure_floor (const Data *data)
{
  FloorThread work[N_THREADS];
  GThread *threads[N_THREADS];
  for (int i = 0; i < N_THREADS; i++) {
    work[i] = (FloorThread){ .data = data };
    threads[i] = g_thread_new ("floor", floor_thread, &work[i]);
  }
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  Floor best = work[0].floor;
  for (int i = 1; i < N_THREADS; i++) {
    best.products_s = MIN (best.products_s, work[i].floor.products_s);
    best.stream_s = MIN (best.stream_s, work[i].floor.stream_s);
  }
  best.products_s /= N_THREADS;
  best.stream_s /= N_THREADS;
  return best;
}

/* Microseconds to judge the held-out fifth and tune it exactly. */
typedef struct {
  const Data *data;
  BsTrainer *trainer;
} Validation;

static void
validate (gpointer user_data)
{
  const Validation *self = user_data;
  g_autoptr (GError) error = NULL;
  double p[N_HELD_OUT][BS_N_EMOTIONS];
  gint8 folds[N_HELD_OUT] = { 0 };
  int actors[N_HELD_OUT] = { 0 };
  BsSubset side = self->data->side;
  side.n = N_HELD_OUT;
  g_autofree BsReal *logits = bs_trainer_validate (self->trainer, &side, NULL, NULL, &error);
  if (logits == NULL)
    g_error ("%s", error->message);
  bs_classifier_predictions (bs_trainer_classifier (self->trainer), logits, N_HELD_OUT, p, NULL);
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new_from_arrays (
    N_HELD_OUT, self->data->labels, folds, actors, (const double (*)[BS_N_EMOTIONS]) p, NULL);
  BsOptimum optimum = { 0 };
  bs_tune_fold (cases, 0, BS_PROTOCOL_OFFICIAL, BS_SEARCH_EXACT, &optimum);
  bs_optimum_clear (&optimum);
}

static void
run_first_epoch (gpointer user_data)
{
  BsTrainer *trainer = trainer_new (user_data, NULL);
  run_epoch (user_data, trainer);
  bs_trainer_free (trainer);
}

/* Beside weights, moments and the values of a batch. The features are in memory before. */
static void
report_memory (Data *data)
{
  double n_values = HIDDEN * (WIDTH + 1) + BS_N_EMOTIONS * (HIDDEN + 1);
  double needed = sizeof (float) * (3 * n_values + BATCH * (WIDTH + 2 * HIDDEN + BS_N_EMOTIONS));
  bench_memory_report ("one fold, without the features", bench_peak_growth (run_first_epoch, data),
                       needed);
}

static void
report_time (const char *what, double seconds)
{
  printf ("%-48s %.3f s\n", what, seconds);
}

int
main (int argc, char **argv)
{
  Data data;
  bs_blas_hold (); /* one thread */
  data_init (&data);
  printf ("MLP-512, %d x %d, batch %d: seconds per fold and epoch (BLAS: %s)\n", N_ROWS, WIDTH,
          BATCH, openblas_get_corename ());
  report_memory (&data);
  report_time ("one fold, 1 thread", measure (&data, 1, 1));
  report_time ("two folds side by side, 2 threads", measure (&data, N_THREADS, N_THREADS));
  double ours = measure (&data, N_FOLDS, N_THREADS);
  report_time ("five folds, 2 threads", ours);
  Floor floor = measure_floor (&data);
  double floor_s = floor.products_s + floor.stream_s;
  report_time ("  floor: its products by sgemm, 2 threads", floor.products_s);
  printf ("%-48s %.3f s   (%.1f GB/s a thread)\n", "  floor: 24 bytes per weight and step",
          floor.stream_s, 24.0 * N_WEIGHTS * N_STEPS / floor.stream_s / N_THREADS / 1e9);
  printf ("%-48s %.2f of the limit of %.1f times%s\n", "  five folds against the floor",
          ours / floor_s / FLOOR_LIMIT, FLOOR_LIMIT,
          ours > FLOOR_LIMIT * floor_s ? "   ABOVE THE LIMIT" : "");
  double torch = 0;
  if (bench_peer_run ("train-torch.py", 1, &torch))
    bench_peer_report ("five folds against PyTorch", torch, ours, SPEED_LIMIT);
  Validation validation = { &data, trainer_new (&data, NULL) };
  printf ("%-48s %.1f ms\n", "validation of 386 clips with exact thresholds",
          bench_median_us (validate, &validation, 3) / 1e3);
  bs_trainer_free (validation.trainer);
  data_clear (&data);
  return 0;
}
