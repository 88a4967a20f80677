/* SPDX-License-Identifier: MIT */
/* What the two solvers of principal components are given and give. */
#pragma once

#include "model/numeric/bs-pca.h"

G_BEGIN_DECLS

/**
 * BsPcaProblem:
 * @rows: n x d
 * @n: rows
 * @d: columns
 * @k: components wanted, at most the smaller of n and d
 * @n_threads: for passes over the rows
 * @mean: (array length=d): of the columns
 * @total: sum of the squares of the centred rows, which is the sum of all eigenvalues
 *
 * Rows whose principal components are wanted.
 */
typedef struct {
  const BsMatrix *rows;
  gsize n;
  gsize d;
  gsize k;
  int n_threads;
  double *mean;
  double total;
} BsPcaProblem;

/**
 * BsPcaSolution:
 * @values: (array length=k): eigenvalues of the scatter matrix, the largest first
 * @largest: (array length=k): largest loading of each component by absolute value
 * @scores: n x k, with the signs that the loadings have
 *
 * Components before their signs and scales are settled.
 */
typedef struct {
  double *values;
  float *largest;
  BsMatrix *scores;
} BsPcaSolution;

/**
 * BsPcaResult:
 * @BS_PCA_SOLVED: the solution was filled
 * @BS_PCA_UNSETTLED: the rows are not of the kind that the solver is for
 * @BS_PCA_FAILED: with an error set
 *
 * What became of an attempt.
 */
typedef enum {
  BS_PCA_SOLVED,
  BS_PCA_UNSETTLED,
  BS_PCA_FAILED,
} BsPcaResult;

gboolean bs_pca_problem_init (BsPcaProblem *self, const BsMatrix *rows, gsize n_components,
                              int n_threads, GError **error);
void bs_pca_problem_clear (BsPcaProblem *self);
BsPcaSolution *bs_pca_solution_new (const BsPcaProblem *problem);
void bs_pca_solution_free (BsPcaSolution *self);
void bs_pca_update_largest (float *largest, const float *loadings, gsize stride, gsize n);

gboolean bs_pca_solve_exact (const BsPcaProblem *problem, BsPcaSolution *solution,
                             GCancellable *cancellable, GError **error);
BsPcaResult bs_pca_solve_krylov (const BsPcaProblem *problem, BsPcaSolution *solution,
                                 GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsPcaProblem, bs_pca_problem_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPcaSolution, bs_pca_solution_free)

G_END_DECLS
