/* SPDX-License-Identifier: MIT */
/* Principal components: the means and the variance, the choice between the two solvers, and the
 * signs and scales of what they find. Both leave the rows as they are: centring is done on the
 * way, so that there is never a second copy of the matrix. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/base/bs-parallel.h"
#include "model/numeric/bs-blas.h"
#include "model/numeric/bs-pca-private.h"
#include "model/numeric/bs-simd.h"

#define N_CHUNKS 8 /* of the rows; the same on every machine, and so the order of the sums */

typedef struct {
  const BsMatrix *rows;
  double *sums; /* N_CHUNKS x d, of the differences from the first row */
  double *squares; /* N_CHUNKS x d */
} Moments;

BS_SIMD_BODY
add_moments_body (const float *restrict row, const float *restrict first, gsize d,
                  double *restrict sums, double *restrict squares)
{
  for (gsize c = 0; c < d; c++) {
    double x = (double) row[c] - first[c];
    sums[c] += x;
    squares[c] += x * x;
  }
}

BS_SIMD_CLONES (add_moments,
                (const float *row, const float *first, gsize d, double *sums, double *squares),
                (row, first, d, sums, squares))

static void
add_chunk (guint chunk, guint thread, gpointer user_data)
{
  const Moments *self = user_data;
  gsize n = self->rows->n_rows, d = self->rows->n_cols;
  for (gsize i = n * chunk / N_CHUNKS; i < n * (chunk + 1) / N_CHUNKS; i++)
    add_moments (bs_matrix_row (self->rows, i), self->rows->data, d, self->sums + chunk * d,
                 self->squares + chunk * d);
}

/**
 * bs_pca_problem_init:
 * @self: (out caller-allocates): to be filled
 * @rows: at least one, kept by the caller
 * @n_components: at least 1
 * @n_threads: at least 1
 * @error: %BS_ERROR_NUMERIC where a feature is not finite
 *
 * Finds means and total variance in one pass. The sums are of differences from the first row,
 * so that large means cost no digits.
 *
 * Returns: whether @self was filled; it is to be cleared in either case
 */
gboolean
bs_pca_problem_init (BsPcaProblem *self, const BsMatrix *rows, gsize n_components, int n_threads,
                     GError **error)
{
  gsize n = rows->n_rows, d = rows->n_cols;
  g_autofree double *sums = g_new0 (double, N_CHUNKS *d);
  g_autofree double *squares = g_new0 (double, N_CHUNKS *d);
  Moments moments = { rows, sums, squares };
  *self = (BsPcaProblem){ rows, n, d, MIN (n_components, MIN (n, d)), n_threads, NULL, 0 };
  self->mean = g_new (double, d);
  bs_parallel ((guint) n_threads, N_CHUNKS, add_chunk, &moments);
  for (gsize c = 0; c < d; c++) {
    double sum = 0, square = 0;
    for (gsize chunk = 0; chunk < N_CHUNKS; chunk++) {
      sum += sums[chunk * d + c];
      square += squares[chunk * d + c];
    }
    self->mean[c] = rows->data[c] + sum / (double) n;
    self->total += square - sum * sum / (double) n;
  }
  if (isfinite (self->total))
    return TRUE;
  g_set_error (
    error, BS_ERROR, BS_ERROR_NUMERIC,
    _ ("the features hold a value that is not a finite number, or too large to project"));
  return FALSE;
}

/**
 * bs_pca_problem_clear:
 * @self: what bs_pca_problem_init() was called for
 */
void
bs_pca_problem_clear (BsPcaProblem *self)
{
  g_clear_pointer (&self->mean, g_free);
}

/**
 * bs_pca_solution_new:
 * @problem: what is to be solved
 *
 * Returns: (transfer full): a solution of zeros
 */
BsPcaSolution *
bs_pca_solution_new (const BsPcaProblem *problem)
{
  BsPcaSolution *self = g_new (BsPcaSolution, 1);
  self->values = g_new0 (double, problem->k);
  self->largest = g_new0 (float, problem->k);
  self->scores = bs_matrix_new (problem->n, problem->k);
  return self;
}

/**
 * bs_pca_solution_free:
 * @self: (transfer full): a solution
 */
void
bs_pca_solution_free (BsPcaSolution *self)
{
  g_clear_pointer (&self->scores, bs_matrix_unref);
  g_free (self->values);
  g_free (self->largest);
  g_free (self);
}

/**
 * bs_pca_update_largest:
 * @largest: (inout): largest loading so far by absolute value, the first on ties
 * @loadings: further ones
 * @stride: from one to the next
 * @n: their number
 */
void
bs_pca_update_largest (float *largest, const float *loadings, gsize stride, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fabsf (loadings[i * stride]) > fabsf (*largest))
      *largest = loadings[i * stride];
}

static gboolean
solve (const BsPcaProblem *problem, BsPcaSolution *solution, GCancellable *cancellable,
       GError **error)
{
  bs_blas_hold ();
  BsPcaResult outcome = bs_pca_solve_krylov (problem, solution, cancellable, error);
  gboolean solved = outcome == BS_PCA_UNSETTLED
                      ? bs_pca_solve_exact (problem, solution, cancellable, error)
                      : outcome == BS_PCA_SOLVED;
  bs_blas_release ();
  return solved;
}

/* What rounding leaves of a component that is not there is made nought. */
static void
settle (const BsPcaProblem *problem, gboolean whiten, BsPcaSolution *solution)
{
  for (gsize c = 0; c < problem->k; c++) {
    double scale = solution->largest[c] < 0 ? -1 : 1;
    if (solution->values[c] <= 1e-12 * problem->total)
      scale = solution->values[c] = 0;
    else if (whiten)
      scale *= sqrt ((double) (problem->n - 1) / solution->values[c]);
    for (gsize i = 0; i < problem->n; i++)
      solution->scores->data[i * problem->k + c] *= (float) scale;
  }
}

static BsPca *
take (const BsPcaProblem *problem, BsPcaSolution *solution)
{
  BsPca *self = g_new (BsPca, 1);
  self->n = problem->n;
  self->n_components = problem->k;
  self->scores = g_steal_pointer (&solution->scores);
  self->explained = g_new (double, problem->k);
  for (gsize c = 0; c < problem->k; c++)
    self->explained[c] = problem->total > 0 ? solution->values[c] / problem->total : 0;
  return self;
}

/**
 * bs_pca_new:
 * @rows: n x d
 * @n_components: at least 1; no more than the smaller of n and d are given
 * @whiten: scores of unit variance (ddof 1)
 * @cancellable: (nullable): looked at before each pass over the rows
 * @error: %BS_ERROR_NUMERIC where a feature is not finite
 *
 * Centres the columns and projects the rows onto the first principal components. The largest
 * loading of a component, by absolute value, is positive. A component without variance has
 * scores of 0. The scores agree with those of a full singular value decomposition to 1e-4 of
 * the largest. The same rows have the same bits again on the same machine, with any number of
 * threads. Any thread.
 *
 * Returns: (transfer full): the projection
 */
BsPca *
bs_pca_new (const BsMatrix *rows, gsize n_components, gboolean whiten, GCancellable *cancellable,
            GError **error)
{
  g_return_val_if_fail (rows->n_rows > 0 && rows->n_cols > 0 && n_components > 0, NULL);
  g_auto (BsPcaProblem) problem = { 0 };
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !bs_pca_problem_init (&problem, rows, n_components, bs_blas_n_threads (), error))
    return NULL;
  g_autoptr (BsPcaSolution) solution = bs_pca_solution_new (&problem);
  if (!solve (&problem, solution, cancellable, error))
    return NULL;
  settle (&problem, whiten, solution);
  return take (&problem, solution);
}

/**
 * bs_pca_free:
 * @self: (transfer full): a projection
 */
void
bs_pca_free (BsPca *self)
{
  bs_matrix_unref (self->scores);
  g_free (self->explained);
  g_free (self);
}
