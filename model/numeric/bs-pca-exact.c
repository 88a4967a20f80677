/* SPDX-License-Identifier: MIT */
/* Exact principal components by the eigenvectors of the smaller of the two product matrices:
 * rows by rows (the Gram matrix) where there are more columns than rows, as with features of
 * thousands of columns, else columns by columns (the scatter matrix). Either is summed over
 * centred panels, so that no centred copy of the rows is made: products in float32, sums of
 * panels in double. */
#include <cblas.h>
#include <glib/gi18n.h>
#include <lapacke.h>
#include <math.h>

#include "data/base/bs-error.h"
#include "data/base/bs-parallel.h"
#include "model/numeric/bs-pca-private.h"

#define PANEL 1024
#define N_BLOCKS 16 /* of the product; the same on every machine, and so its bits */

typedef struct {
  const BsPcaProblem *in;
  BsPcaSolution *out;
  gboolean is_wide; /* more columns than rows */
  gsize order; /* of the product matrix: the smaller of n and d */
  double *product; /* order x order, the lower triangle; its eigenvectors afterwards */
  double *vectors; /* order x k */
  float *panel; /* centred: one side of it @order long */
  gsize panel_length; /* the other side */
  float *parts; /* order x order, of a panel alone */
} Work;

static void
work_clear (Work *self)
{
  g_free (self->product);
  g_free (self->vectors);
  g_free (self->panel);
  g_free (self->parts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* Centres rows [from_row, to_row) and columns [from_col, to_col) into @out, without gaps. */
static void
centre (const Work *self, gsize from_row, gsize to_row, gsize from_col, gsize to_col, float *out)
{
  gsize width = to_col - from_col;
  for (gsize i = from_row; i < to_row; i++) {
    const float *row = bs_matrix_row (self->in->rows, i) + from_col;
    const double *mean = self->in->mean + from_col;
    for (gsize c = 0; c < width; c++)
      out[c] = (float) (row[c] - mean[c]);
    out += width;
  }
}

/* The panel at @from along the longer side; returns its length. */
static gsize
centre_panel (const Work *self, gsize from, float *panel)
{
  gsize length = MIN (PANEL, (self->is_wide ? self->in->d : self->in->n) - from);
  if (self->is_wide)
    centre (self, 0, self->in->n, from, from + length, panel);
  else
    centre (self, from, from + length, 0, self->in->d, panel);
  return length;
}

static gsize
longer_side (const Work *self)
{
  return self->is_wide ? self->in->d : self->in->n;
}

/* The first row of a block; their triangles' pieces have about the same area. */
static gsize
first_row (const Work *self, guint block)
{
  return (gsize) ((double) self->order * sqrt ((double) block / N_BLOCKS));
}

/* Rows of the lower triangle, of one panel. Which thread takes them changes no bit. */
static void
add_block (guint block, guint thread, gpointer user_data)
{
  const Work *self = user_data;
  gsize from = first_row (self, block), to = first_row (self, block + 1);
  gsize order = self->order, length = self->panel_length;
  float *part = self->parts + from * order;
  if (from == to)
    return;
  if (self->is_wide)
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) (to - from), (int) to, (int) length,
                 1, self->panel + from * length, (int) length, self->panel, (int) length, 0, part,
                 (int) order);
  else
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) (to - from), (int) to, (int) length,
                 1, self->panel + from, (int) order, self->panel, (int) order, 0, part,
                 (int) order);
  for (gsize i = from; i < to; i++)
    for (gsize j = 0; j <= i; j++)
      self->product[i * order + j] += self->parts[i * order + j];
}

static gboolean
find_product (Work *self, GCancellable *cancellable, GError **error)
{
  gsize order = self->order;
  self->parts = g_new (float, order *order);
  self->product = g_new0 (double, order *order);
  for (gsize from = 0; from < longer_side (self); from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    self->panel_length = centre_panel (self, from, self->panel);
    bs_parallel ((guint) self->in->n_threads, N_BLOCKS, add_block, self);
  }
  g_clear_pointer (&self->parts, g_free);
  double trace = 0;
  for (gsize i = 0; i < order; i++)
    trace += self->product[i * order + i];
  if (isfinite (trace))
    return TRUE;
  g_set_error (
    error, BS_ERROR, BS_ERROR_NUMERIC,
    _ ("the features hold a value that is not a finite number, or too large to project"));
  return FALSE;
}

static gboolean
find_vectors (Work *self, GError **error)
{
  lapack_int order = (lapack_int) self->order, k = (lapack_int) self->in->k, found = 0;
  g_autofree double *values = g_new (double, self->order);
  g_autofree double *vectors = g_new (double, self->order * self->in->k);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * self->order);
  /* A lower triangle by rows is an upper one by columns, which LAPACK takes as it lies. */
  lapack_int info =
    LAPACKE_dsyevr (LAPACK_COL_MAJOR, 'V', 'I', 'U', order, self->product, order, 0, 0,
                    order - k + 1, order, 0, &found, values, vectors, order, support);
  if (info != 0 || found != k) {
    g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
                 _ ("the principal components were not found (LAPACK's dsyevr: %d)"), (int) info);
    return FALSE;
  }
  self->vectors = g_new (double, self->order * self->in->k);
  for (gsize c = 0; c < self->in->k; c++) {
    gsize from = self->in->k - 1 - c; /* LAPACK gives the smallest first */
    self->out->values[c] = MAX (values[from], 0);
    for (gsize i = 0; i < self->order; i++)
      self->vectors[i * self->in->k + c] = vectors[from * self->order + i];
  }
  return TRUE;
}

/* Wide: the scores are the eigenvectors by the singular values; the loadings, for their signs
 * alone, are X^T U. */
static gboolean
score_wide (const Work *self, GCancellable *cancellable, GError **error)
{
  gsize k = self->in->k;
  g_autofree float *u = g_new (float, self->in->n *k);
  g_autofree float *loadings = g_new (float, PANEL *k);
  for (gsize i = 0; i < self->in->n * k; i++)
    u[i] = (float) self->vectors[i];
  for (gsize from = 0; from < self->in->d; from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize length = centre_panel (self, from, self->panel);
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) length, (int) k, (int) self->in->n,
                 1, self->panel, (int) length, u, (int) k, 0, loadings, (int) k);
    for (gsize c = 0; c < k; c++)
      bs_pca_update_largest (&self->out->largest[c], loadings + c, k, length);
  }
  for (gsize i = 0; i < self->in->n; i++)
    for (gsize c = 0; c < k; c++)
      self->out->scores->data[i * k + c] =
        (float) (self->vectors[i * k + c] * sqrt (self->out->values[c]));
  return TRUE;
}

/* Tall: the eigenvectors are the loadings; the scores are X V. */
static gboolean
score_tall (const Work *self, GCancellable *cancellable, GError **error)
{
  gsize k = self->in->k;
  g_autofree float *v = g_new (float, self->in->d *k);
  for (gsize i = 0; i < self->in->d * k; i++)
    v[i] = (float) self->vectors[i];
  for (gsize c = 0; c < k; c++)
    bs_pca_update_largest (&self->out->largest[c], v + c, k, self->in->d);
  for (gsize from = 0; from < self->in->n; from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize length = centre_panel (self, from, self->panel);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) length, (int) k,
                 (int) self->in->d, 1, self->panel, (int) self->in->d, v, (int) k, 0,
                 bs_matrix_row (self->out->scores, from), (int) k);
  }
  return TRUE;
}

/**
 * bs_pca_solve_exact:
 * @problem: any rows
 * @solution: (inout): filled
 * @cancellable: (nullable): looked at between panels and stages
 * @error: %BS_ERROR_NUMERIC where a product is too large, or LAPACK's failure
 *
 * Solves by the eigenvectors of a product matrix of order min (n, d); its time grows with the
 * square of that. To be called while BLAS is held at one thread (bs_blas_hold()); the same bits
 * with any number of threads.
 *
 * Returns: whether @solution was filled
 */
gboolean
bs_pca_solve_exact (const BsPcaProblem *problem, BsPcaSolution *solution, GCancellable *cancellable,
                    GError **error)
{
  g_auto (Work) work = {
    .in = problem,
    .out = solution,
    .is_wide = problem->d > problem->n,
    .order = MIN (problem->n, problem->d),
  };
  work.panel = g_new (float, work.order *MIN (PANEL, longer_side (&work)));
  if (!find_product (&work, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) || !find_vectors (&work, error))
    return FALSE;
  return work.is_wide ? score_wide (&work, cancellable, error)
                      : score_tall (&work, cancellable, error);
}
