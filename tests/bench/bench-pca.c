/* SPDX-License-Identifier: MIT */
/* The projection of a whole corpus' features (2,456 x 7,168 of 47 actors): standardised per
 * actor, and the first two components, beside scikit-learn's randomised solver on the same
 * numbers (pca-sklearn.py). Once with variances that fall off as those of features do, and once
 * with noise alone, the hardest there is. */
#include <cblas.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-random.h"
#include "data/format/bs-file.h"
#include "data/format/bs-npy.h"
#include "model/numeric/bs-blas.h"
#include "model/numeric/bs-pca.h"
#include "model/numeric/bs-scaler.h"
#include "tests/bench/bench.h"

#define N_ROWS 2456
#define WIDTH 7168
#define N_ACTORS 47
#define N_COMPONENTS 2
#define N_FACTORS 200
#define N_RUNS 7
#define LIMIT 4.0 /* times the peer's speed */

static void
fill_normal (float *values, gsize n, guint64 seed)
{
  BsRandom random;
  bs_random_init (&random, seed);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) bs_random_normal (&random);
}

/* Noise, and factors of which the i-th has the variance of 1 / i times the first's. */
static BsMatrix *
make_features (gboolean has_factors)
{
  BsMatrix *rows = bs_matrix_new (N_ROWS, WIDTH);
  fill_normal (rows->data, N_ROWS * WIDTH, 1);
  if (!has_factors)
    return rows;
  g_autofree float *factors = g_new (float, N_ROWS *N_FACTORS);
  g_autofree float *loadings = g_new (float, N_FACTORS *WIDTH);
  fill_normal (factors, N_ROWS * N_FACTORS, 2);
  fill_normal (loadings, N_FACTORS * WIDTH, 3);
  for (gsize i = 0; i < N_ROWS * N_FACTORS; i++)
    factors[i] /= sqrtf (1.0f + (float) (i % N_FACTORS));
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, N_ROWS, WIDTH, N_FACTORS, 1, factors,
               N_FACTORS, loadings, WIDTH, 1, rows->data, WIDTH);
  return rows;
}

/* Seconds of the best run, as the peer counts; what the standardising took of it is told too. */
static double
measure (const BsMatrix *features, double *standardise)
{
  g_autoptr (BsMatrix) rows = bs_matrix_new (N_ROWS, WIDTH);
  g_autoptr (GError) error = NULL;
  int actor[N_ROWS];
  double best = G_MAXDOUBLE;
  for (int i = 0; i < N_ROWS; i++)
    actor[i] = i % N_ACTORS;
  for (int run = 0; run < N_RUNS; run++) {
    memcpy (rows->data, features->data, N_ROWS * WIDTH * sizeof (float));
    double start = bench_now_us ();
    bs_standardise_groups (rows, actor, N_ACTORS);
    double middle = bench_now_us ();
    g_autoptr (BsPca) pca = bs_pca_new (rows, N_COMPONENTS, FALSE, NULL, &error);
    double end = bench_now_us ();
    if (pca == NULL)
      g_error ("%s", error->message);
    if (end - start < best) {
      best = end - start;
      *standardise = (middle - start) / 1e6;
    }
  }
  return best / 1e6;
}

/* The best of scikit-learn's 1 and 2 threads, and which BLAS it has; 0 where it is not
 * installed. */
static double
measure_sklearn (const BsMatrix *features, char **blas)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-pca-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "features.npy", NULL);
  g_autofree char *script =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests", "bench", "pca-sklearn.py", NULL);
  const gsize shape[] = { N_ROWS, WIDTH };
  g_autoptr (GBytes) file = bs_npy_from_floats (features->data, shape, 2);
  g_autofree char *text = NULL;
  const char *const argv[] = {
    "/usr/bin/python3",   script, path, G_STRINGIFY (N_ACTORS), G_STRINGIFY (N_COMPONENTS),
    G_STRINGIFY (N_RUNS), NULL
  };
  int status = -1;
  gboolean is_run =
    bs_file_write (path, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL) &&
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL,
                  &status, NULL) &&
    g_spawn_check_wait_status (status, NULL);
  g_unlink (path);
  g_rmdir (folder);
  if (!is_run)
    return 0;
  char *second = NULL;
  double one = g_ascii_strtod (text, &second), two = g_ascii_strtod (second, &second);
  *blas = g_strdup (g_strstrip (second));
  return MIN (one, two);
}

static void
compare (const char *what, const BsMatrix *features, double limit)
{
  g_autofree char *blas = NULL;
  double standardise = 0, ours = measure (features, &standardise);
  double peer = measure_sklearn (features, &blas);
  printf ("%-48s %.3f s   of which standardising %.3f s\n", what, ours, standardise);
  if (peer > 0)
    printf ("%-48s %.3f s   %.2f times ours%s\n", "scikit-learn, best of 1 and 2 threads", peer,
            peer / ours, peer < limit * ours ? "   BELOW THE LIMIT" : "");
  else
    printf ("scikit-learn is not installed (python3-sklearn): no ratio\n");
  if (peer > 0)
    printf ("(its BLAS: %s)\n", blas);
}

int
main (void)
{
  printf ("projection of %d x %d onto %d components (BLAS: %s, %d threads)\n", N_ROWS, WIDTH,
          N_COMPONENTS, openblas_get_corename (), bs_blas_n_threads ());
  printf ("limit: at least %.0f times the peer's speed\n", LIMIT);
  g_autoptr (BsMatrix) falling = make_features (TRUE);
  compare ("falling variances", falling, LIMIT);
  /* No limit: here the peer ends after its seven rounds, far from the components. */
  g_autoptr (BsMatrix) flat = make_features (FALSE);
  compare ("noise alone", flat, 0);
  return 0;
}
