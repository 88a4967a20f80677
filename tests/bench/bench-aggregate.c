/* SPDX-License-Identifier: MIT */
/* Aggregation of a clip's features over time, one thread, beside numpy (aggregate-numpy.py), and
 * from a float16 file on disk as a corpus has it. */
#include <gio/gio.h>

#include "data/base/bs-random.h"
#include "data/format/bs-npy-private.h"
#include "model/features/bs-aggregate-private.h"
#include "tests/bench/bench.h"

#define N_CALLS 101

typedef struct {
  gsize n_rows;
  gsize n_cols;
  double limit; /* times numpy's speed; 0 for none */
} Shape;

static const Shape shapes[] = {
  { 50, 1024, 20 },   { 50, 1408, 20 }, /* VideoMAEv2, a clip of ten seconds */
  { 100, 1024, 20 },  { 250, 1024, 20 },  { 500, 1024, 20 },
  { 1500, 768, 20 },  { 1500, 1024, 20 }, /* 20 ms of sound a row, 30 s */
  { 5000, 1024, 20 }, { 4, 2048, 0 },
};

typedef struct {
  BsMatrix *rows;
  BsArray *halves;
  float *out;
} Clip;

static void
aggregate (gpointer data)
{
  Clip *clip = data;
  bs_aggregate (clip->rows, clip->out);
}

static void
read_halves (gpointer data)
{
  Clip *clip = data;
  g_autoptr (BsMatrix) rows = bs_array_to_matrix (clip->halves, NULL);
  clip->out[0] = rows->data[0];
}

static void
clip_init (Clip *self, const Shape *shape)
{
  const gsize axes[] = { shape->n_rows, shape->n_cols };
  BsRandom random;
  bs_random_init (&random, 1);
  self->rows = bs_matrix_new (shape->n_rows, shape->n_cols);
  for (gsize i = 0; i < shape->n_rows * shape->n_cols; i++)
    self->rows->data[i] = (float) bs_random_normal (&random);
  g_autoptr (GBytes) file = bs_npy_from_halves (self->rows->data, axes, 2);
  self->halves = bs_npy_parse (file, "halves", NULL);
  self->out = g_new (float, BS_N_STATISTICS * shape->n_cols);
}

static void
clip_clear (Clip *self)
{
  bs_matrix_unref (self->rows);
  bs_array_unref (self->halves);
  g_free (self->out);
}

/* What numpy takes for each shape, as text; %NULL where it is not installed. */
static char *
measure_numpy (void)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *script =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests", "bench", "aggregate-numpy.py", NULL);
  char *text = NULL;
  int status = -1;
  g_strv_builder_add_many (argv, "/usr/bin/python3", script, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *n_rows = g_strdup_printf ("%zu", shapes[i].n_rows);
    g_autofree char *n_cols = g_strdup_printf ("%zu", shapes[i].n_cols);
    g_strv_builder_add_many (argv, n_rows, n_cols, NULL);
  }
  g_auto (GStrv) words = g_strv_builder_end (argv);
  if (!g_spawn_sync (NULL, words, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL,
                     &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    g_clear_pointer (&text, g_free);
  return text;
}

static void
report (const Shape *shape, double peer_us)
{
  Clip clip;
  clip_init (&clip, shape);
  double ours = bench_median_us (aggregate, &clip, N_CALLS);
  double halves = bench_median_us (read_halves, &clip, N_CALLS);
  printf ("%5zu x %-5zu %10.1f us   (before it, to read float16: %8.1f us)", shape->n_rows,
          shape->n_cols, ours, halves);
  if (peer_us > 0)
    printf ("   numpy %10.1f us, %.1f times ours", peer_us, peer_us / ours);
  if (peer_us > 0 && shape->limit > 0)
    printf (" of at least %.0f%s", shape->limit,
            peer_us < shape->limit * ours ? "   BELOW THE LIMIT" : "");
  printf ("\n");
  clip_clear (&clip);
}

int
main (void)
{
  g_autofree char *text = measure_numpy ();
  char *at = text;
  printf ("seven statistics over time, one thread, medians\n");
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    report (&shapes[i], at != NULL ? g_ascii_strtod (at, &at) * 1e6 : 0);
  if (text == NULL)
    printf ("numpy is not installed (python3-numpy): no ratio\n");
  return 0;
}
