/* SPDX-License-Identifier: MIT */
/* The first principal components of a large matrix by block Lanczos with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.3.6): a few vectors are
 * multiplied by the scatter matrix again and again, one pass over the rows each time, and what
 * they span holds the components ever better. How well is known from the residuals: a component
 * is off by its residual over the distance of its eigenvalue from the next (Davis and Kahan).
 *
 * The block has one vector more than components are wanted, so that equal eigenvalues, the
 * first that is not wanted among them, are all seen. */
#include <cblas.h>
#include <glib/gi18n.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/base/bs-random.h"
#include "model/numeric/bs-pca-pass.h"

#define MIN_ORDER 256 /* below it the exact way takes no time */
#define MAX_COMPONENTS 20
#define MAX_BASIS 384 /* vectors, from which on the exact way is the shorter one */
#define TOLERANCE 1e-4 /* of the largest score: what bs_pca_new() promises */
#define MARGIN 0.5 /* of the tolerance is used, since eigenvalues are estimates too */
#define ROUNDING 1e-12 /* of the largest eigenvalue: a residual that more passes leave as it is */

typedef struct {
  const BsPcaProblem *in;
  gsize block; /* vectors that are multiplied at once */
  gsize max_basis; /* a multiple of the block */
  gsize n_basis; /* vectors that were multiplied */
  double *basis; /* (max_basis + block) x d, orthonormal */
  double *scores; /* max_basis x n: the rows' products with the basis */
  double *projected; /* max_basis x max_basis, by columns: the scatter matrix within the basis */
  double *coupling; /* block x block, upper, by columns: from the last block to the next */
  double *values; /* Ritz values, the largest first */
  double *vectors; /* block x n_basis: Ritz vectors within the basis */
} Lanczos;

static void
lanczos_clear (Lanczos *self)
{
  g_free (self->basis);
  g_free (self->scores);
  g_free (self->projected);
  g_free (self->coupling);
  g_free (self->values);
  g_free (self->vectors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lanczos, lanczos_clear)

static void
lanczos_init (Lanczos *self, const BsPcaProblem *problem)
{
  gsize order = MIN (problem->n, problem->d);
  self->in = problem;
  self->block = problem->k + 1;
  self->max_basis = MIN (MAX_BASIS, order / 2) / self->block * self->block;
  self->basis = g_new (double, (self->max_basis + self->block) * problem->d);
  self->scores = g_new (double, self->max_basis * problem->n);
  self->projected = g_new0 (double, self->max_basis * self->max_basis);
  self->coupling = g_new0 (double, self->block * self->block);
  self->values = g_new (double, self->block);
  self->vectors = g_new (double, self->block * self->max_basis);
}

static double *
basis_vector (const Lanczos *self, gsize i)
{
  return self->basis + i * self->in->d;
}

/* Makes the block behind the basis orthonormal; the factor is kept in @coupling. */
static gboolean
factorise (Lanczos *self, GError **error)
{
  lapack_int d = (lapack_int) self->in->d, width = (lapack_int) self->block;
  double *next = basis_vector (self, self->n_basis);
  g_autofree double *reflectors = g_new (double, self->block);
  lapack_int info = LAPACKE_dgeqrf (LAPACK_COL_MAJOR, d, width, next, d, reflectors);
  for (gsize j = 0; j < self->block; j++)
    for (gsize i = 0; i <= j; i++)
      self->coupling[j * self->block + i] = next[j * self->in->d + i];
  if (info == 0)
    info = LAPACKE_dorgqr (LAPACK_COL_MAJOR, d, width, width, next, d, reflectors);
  if (info == 0)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
               _ ("the principal components were not found (LAPACK's dgeqrf: %d)"), (int) info);
  return FALSE;
}

/* The same start every time. */
static gboolean
start (Lanczos *self, GError **error)
{
  BsRandom random;
  bs_random_init (&random, 1);
  for (gsize i = 0; i < self->block * self->in->d; i++)
    self->basis[i] = bs_random_normal (&random);
  return factorise (self, error);
}

/* Takes from the block @next its parts along @n vectors of the basis from @first on, which are
 * added to @parts (by columns, @stride apart). */
static void
remove_parts (const Lanczos *self, double *next, gsize first, gsize n, double *parts, gsize stride)
{
  int d = (int) self->in->d, width = (int) self->block;
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, width, (int) n, d, 1, next, d,
               basis_vector (self, first), d, 0, parts, (int) stride);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, width, d, (int) n, -1, parts,
               (int) stride, basis_vector (self, first), d, 1, next, d);
}

/* Multiplies the last block and makes the next one of what is not in the basis yet. The first
 * removal has the matrix' own entries; the second is for rounding alone. */
static gboolean
extend (Lanczos *self, BsPcaPass *pass, GError **error)
{
  gsize width = self->block, at = self->n_basis, before = at >= width ? width : 0;
  double *next = basis_vector (self, at + width);
  bs_pca_pass_run (pass, basis_vector (self, at), width, self->scores + at * self->in->n, next);
  double *columns = self->projected + at * self->max_basis;
  remove_parts (self, next, at - before, before + width, columns + at - before, self->max_basis);
  self->n_basis += width;
  g_autofree double *rounding = g_new (double, width * self->n_basis);
  remove_parts (self, next, 0, self->n_basis, rounding, self->n_basis);
  return factorise (self, error);
}

static gboolean
find_ritz_pairs (Lanczos *self, GError **error)
{
  lapack_int n = (lapack_int) self->n_basis, wanted = (lapack_int) self->block, found = 0;
  g_autofree double *copy = g_new (double, self->n_basis * self->n_basis);
  g_autofree double *values = g_new (double, self->n_basis);
  g_autofree double *vectors = g_new (double, self->n_basis * self->block);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * self->n_basis);
  for (gsize j = 0; j < self->n_basis; j++)
    memcpy (copy + j * self->n_basis, self->projected + j * self->max_basis,
            self->n_basis * sizeof *copy);
  lapack_int info = LAPACKE_dsyevr (LAPACK_COL_MAJOR, 'V', 'I', 'U', n, copy, n, 0, 0,
                                    n - wanted + 1, n, 0, &found, values, vectors, n, support);
  if (info != 0 || found != wanted) {
    g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
                 _ ("the principal components were not found (LAPACK's dsyevr: %d)"), (int) info);
    return FALSE;
  }
  for (gsize c = 0; c < self->block; c++) {
    gsize from = self->block - 1 - c; /* LAPACK gives the smallest first */
    self->values[c] = values[from];
    memcpy (self->vectors + c * self->n_basis, vectors + from * self->n_basis,
            self->n_basis * sizeof *vectors);
  }
  return TRUE;
}

/* What the scatter matrix makes of a Ritz vector that is not along it: its last block's
 * coefficients carried over to the next block. */
static double
find_residual (const Lanczos *self, gsize c)
{
  gsize width = self->block;
  const double *last = self->vectors + (c + 1) * self->n_basis - width;
  double squares = 0;
  for (gsize i = 0; i < width; i++) {
    double part = 0;
    for (gsize j = i; j < width; j++)
      part += self->coupling[j * width + i] * last[j];
    squares += part * part;
  }
  return sqrt (squares);
}

/* The products of the rows (@length n) or the columns (d) with the basis, put together by a Ritz
 * vector: the scores or the loadings of component @c. */
static void
combine (const Lanczos *self, gsize c, const double *products, gsize length, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, (int) self->n_basis, (int) length, 1, products,
               (int) length, self->vectors + c * self->n_basis, 1, 0, out, 1);
}

static double
find_largest_score (const Lanczos *self, gsize c)
{
  g_autofree double *scores = g_new (double, self->in->n);
  combine (self, c, self->scores, self->in->n, scores);
  return fabs (scores[cblas_idamax ((int) self->in->n, scores, 1)]);
}

/* Whether component @c has its scores within the tolerance. Off by an angle, it has that share
 * of another component's scores, whose norm is at most the first's. Or its residual is rounding
 * alone: so do equal eigenvalues end, of whose components no one is the right one. */
static gboolean
is_settled (const Lanczos *self, gsize c)
{
  double residual = find_residual (self, c), next = self->values[c + 1];
  if (residual <= ROUNDING * self->values[0])
    return TRUE;
  double gap = self->values[c] - next - find_residual (self, c + 1);
  if (c > 0)
    gap = MIN (gap, self->values[c - 1] - self->values[c]);
  return gap > 0 && sqrt (self->values[0]) * residual / gap <=
                      MARGIN * TOLERANCE * find_largest_score (self, c);
}

static gboolean
is_done (const Lanczos *self)
{
  for (gsize c = 0; c < self->in->k; c++)
    if (!is_settled (self, c))
      return FALSE;
  return TRUE;
}

/* A block that lost a dimension has left nothing to find for one of its vectors: the rows are
 * of lower rank than the basis, or nearly. */
static gboolean
is_exhausted (const Lanczos *self)
{
  for (gsize j = 0; j < self->block; j++)
    if (fabs (self->coupling[j * self->block + j]) <= ROUNDING * self->values[0])
      return TRUE;
  return FALSE;
}

static void
take_solution (const Lanczos *self, BsPcaSolution *solution)
{
  gsize n = self->in->n, d = self->in->d, k = self->in->k;
  g_autofree double *products = g_new (double, MAX (n, d));
  g_autofree float *loadings = g_new (float, d);
  for (gsize c = 0; c < k; c++) {
    solution->values[c] = MAX (self->values[c], 0);
    combine (self, c, self->basis, d, products);
    for (gsize i = 0; i < d; i++)
      loadings[i] = (float) products[i];
    bs_pca_update_largest (&solution->largest[c], loadings, 1, d);
    combine (self, c, self->scores, n, products);
    for (gsize i = 0; i < n; i++)
      solution->scores->data[i * k + c] = (float) products[i];
  }
}

/**
 * bs_pca_solve_krylov:
 * @problem: rows
 * @solution: (inout): filled where the outcome is %BS_PCA_SOLVED
 * @cancellable: (nullable): looked at before each pass
 * @error: LAPACK's failure
 *
 * Solves by passes over the rows, as many as the tolerance needs. Small matrices, those of a
 * rank hardly above the number of components, and those whose eigenvalues lie too close for
 * the passes to be worth it are left to bs_pca_solve_exact(). To be called with BLAS held.
 *
 * Returns: whether @solution was filled
 */
BsPcaResult
bs_pca_solve_krylov (const BsPcaProblem *problem, BsPcaSolution *solution,
                     GCancellable *cancellable, GError **error)
{
  if (MIN (problem->n, problem->d) < MIN_ORDER || problem->k > MAX_COMPONENTS)
    return BS_PCA_UNSETTLED;
  g_auto (Lanczos) self = { 0 };
  lanczos_init (&self, problem);
  g_autoptr (BsPcaPass) pass = bs_pca_pass_new (problem, self.block);
  if (!start (&self, error))
    return BS_PCA_FAILED;
  while (self.n_basis < self.max_basis) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !extend (&self, pass, error) ||
        !find_ritz_pairs (&self, error))
      return BS_PCA_FAILED;
    if (is_done (&self)) {
      take_solution (&self, solution);
      return BS_PCA_SOLVED;
    }
    if (is_exhausted (&self))
      return BS_PCA_UNSETTLED;
  }
  return BS_PCA_UNSETTLED;
}
