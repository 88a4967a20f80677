/* SPDX-License-Identifier: MIT */
/* Exact principal components by the eigenvectors of the smaller of the two product matrices:
 * rows by rows (the Gram matrix) where there are more columns than rows, as with features of
 * thousands of columns, else columns by columns (the scatter matrix). Either is summed over
 * centred panels, so that no centred copy of the rows is made: products in float32, sums of
 * panels in double. */
#include "model/bs-pca.h"

#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "data/bs-error.h"
#include "model/bs-scaler.h"

#define PANEL 1024

typedef struct {
  const BsMatrix *rows;
  gsize n; /* rows */
  gsize d; /* columns */
  gsize k; /* components */
  gboolean is_wide; /* more columns than rows */
  gsize order; /* of the product matrix: the smaller of n and d */
  double *mean; /* d */
  double *product; /* order x order, the lower triangle; its eigenvectors afterwards */
  double *values; /* k eigenvalues, the largest first */
  double *vectors; /* order x k */
  double total; /* trace: the sum of all eigenvalues */
} Work;

static void
work_clear (Work *self)
{
  g_free (self->mean);
  g_free (self->product);
  g_free (self->values);
  g_free (self->vectors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
find_means (Work *self)
{
  self->mean = g_new0 (double, self->d);
  for (gsize i = 0; i < self->n; i++) {
    const float *row = bs_matrix_row (self->rows, i);
    for (gsize c = 0; c < self->d; c++)
      self->mean[c] += row[c];
  }
  for (gsize c = 0; c < self->d; c++)
    self->mean[c] /= (double) self->n;
}

/* Centres rows [from_row, to_row) and columns [from_col, to_col) into @out, without gaps. */
static void
centre (const Work *self, gsize from_row, gsize to_row, gsize from_col, gsize to_col, float *out)
{
  gsize width = to_col - from_col;
  for (gsize i = from_row; i < to_row; i++) {
    const float *row = bs_matrix_row (self->rows, i) + from_col;
    const double *mean = self->mean + from_col;
    for (gsize c = 0; c < width; c++)
      out[c] = (float) (row[c] - mean[c]);
    out += width;
  }
}

/* The panel at @from along the longer side; returns its length. */
static gsize
centre_panel (const Work *self, gsize from, float *panel)
{
  gsize length = MIN (PANEL, (self->is_wide ? self->d : self->n) - from);
  if (self->is_wide)
    centre (self, 0, self->n, from, from + length, panel);
  else
    centre (self, from, from + length, 0, self->d, panel);
  return length;
}

static gsize
longer_side (const Work *self)
{
  return self->is_wide ? self->d : self->n;
}

static gboolean
find_product (Work *self, float *panel, GCancellable *cancellable, GError **error)
{
  gsize order = self->order;
  g_autofree float *part = g_new (float, order *order);
  self->product = g_new0 (double, order *order);
  for (gsize from = 0; from < longer_side (self); from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize length = centre_panel (self, from, panel);
    if (self->is_wide)
      cblas_ssyrk (CblasRowMajor, CblasLower, CblasNoTrans, (int) order, (int) length, 1, panel,
                   (int) length, 0, part, (int) order);
    else
      cblas_ssyrk (CblasRowMajor, CblasLower, CblasTrans, (int) order, (int) length, 1, panel,
                   (int) order, 0, part, (int) order);
    for (gsize i = 0; i < order; i++)
      for (gsize j = 0; j <= i; j++)
        self->product[i * order + j] += part[i * order + j];
  }
  for (gsize i = 0; i < order; i++)
    self->total += self->product[i * order + i];
  if (isfinite (self->total))
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
               "the features hold a value that is not a finite number, or too large to project");
  return FALSE;
}

static gboolean
find_vectors (Work *self, GError **error)
{
  lapack_int order = (lapack_int) self->order, k = (lapack_int) self->k, found = 0;
  g_autofree double *values = g_new (double, self->order);
  g_autofree double *vectors = g_new (double, self->order * self->k);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * self->order);
  /* A lower triangle by rows is an upper one by columns, which LAPACK takes as it lies. */
  lapack_int info =
    LAPACKE_dsyevr (LAPACK_COL_MAJOR, 'V', 'I', 'U', order, self->product, order, 0, 0,
                    order - k + 1, order, 0, &found, values, vectors, order, support);
  if (info != 0 || found != k) {
    g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
                 "the principal components were not found (LAPACK's dsyevr: %d)", (int) info);
    return FALSE;
  }
  self->values = g_new (double, self->k);
  self->vectors = g_new (double, self->order * self->k);
  for (gsize c = 0; c < self->k; c++) {
    gsize from = self->k - 1 - c; /* LAPACK gives the smallest first */
    /* What rounding leaves of a component that is not there. */
    double least = 1e-12 * self->total;
    self->values[c] = values[from] > least ? values[from] : 0;
    for (gsize i = 0; i < self->order; i++)
      self->vectors[i * self->k + c] = vectors[from * self->order + i];
  }
  return TRUE;
}

/* Sign of the largest loading by absolute value, the first on ties. */
static void
update_largest (float *largest, const float *loadings, gsize stride, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fabsf (loadings[i * stride]) > fabsf (*largest))
      *largest = loadings[i * stride];
}

/* Wide: the scores are the eigenvectors by the singular values; the loadings, for their signs
 * alone, are X^T U. */
static gboolean
score_wide (const Work *self, float *panel, float *largest, BsMatrix *scores,
            GCancellable *cancellable, GError **error)
{
  gsize k = self->k;
  g_autofree float *u = g_new (float, self->n *k);
  g_autofree float *loadings = g_new (float, PANEL *k);
  for (gsize i = 0; i < self->n * k; i++)
    u[i] = (float) self->vectors[i];
  for (gsize from = 0; from < self->d; from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize length = centre_panel (self, from, panel);
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) length, (int) k, (int) self->n, 1,
                 panel, (int) length, u, (int) k, 0, loadings, (int) k);
    for (gsize c = 0; c < k; c++)
      update_largest (&largest[c], loadings + c, k, length);
  }
  for (gsize i = 0; i < self->n; i++)
    for (gsize c = 0; c < k; c++)
      scores->data[i * k + c] = (float) (self->vectors[i * k + c] * sqrt (self->values[c]));
  return TRUE;
}

/* Tall: the eigenvectors are the loadings; the scores are X V. */
static gboolean
score_tall (const Work *self, float *panel, float *largest, BsMatrix *scores,
            GCancellable *cancellable, GError **error)
{
  gsize k = self->k;
  g_autofree float *v = g_new (float, self->d *k);
  for (gsize i = 0; i < self->d * k; i++)
    v[i] = (float) self->vectors[i];
  for (gsize c = 0; c < k; c++)
    update_largest (&largest[c], v + c, k, self->d);
  for (gsize from = 0; from < self->n; from += PANEL) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize length = centre_panel (self, from, panel);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) length, (int) k, (int) self->d, 1,
                 panel, (int) self->d, v, (int) k, 0, bs_matrix_row (scores, from), (int) k);
  }
  return TRUE;
}

static BsMatrix *
find_scores (const Work *self, gboolean whiten, float *panel, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (BsMatrix) scores = bs_matrix_new (self->n, self->k);
  g_autofree float *largest = g_new0 (float, self->k);
  gboolean is_done = self->is_wide ? score_wide (self, panel, largest, scores, cancellable, error)
                                   : score_tall (self, panel, largest, scores, cancellable, error);
  if (!is_done)
    return NULL;
  for (gsize c = 0; c < self->k; c++) {
    double scale = largest[c] < 0 ? -1 : 1;
    if (self->values[c] == 0)
      scale = 0;
    else if (whiten)
      scale *= sqrt ((double) (self->n - 1) / self->values[c]);
    for (gsize i = 0; i < self->n; i++)
      scores->data[i * self->k + c] *= (float) scale;
  }
  return g_steal_pointer (&scores);
}

/**
 * bs_pca_new:
 * @rows: n x d
 * @n_components: at least 1; no more than the smaller of n and d are given
 * @whiten: scores of unit variance (ddof 1)
 * @cancellable: (nullable): looked at between panels and stages
 * @error: %BS_ERROR_NUMERIC where a feature is not finite
 *
 * Centres the columns and projects the rows onto the first principal components. The largest
 * loading of a component, by absolute value, is positive. A component without variance has
 * scores of 0. The scores agree with those of a full singular value decomposition to 1e-4 of
 * the largest. Any thread.
 *
 * Returns: (transfer full): the projection
 */
BsPca *
bs_pca_new (const BsMatrix *rows, gsize n_components, gboolean whiten, GCancellable *cancellable,
            GError **error)
{
  g_return_val_if_fail (rows->n_rows > 0 && rows->n_cols > 0 && n_components > 0, NULL);
  g_auto (Work) work = {
    .rows = rows,
    .n = rows->n_rows,
    .d = rows->n_cols,
    .is_wide = rows->n_cols > rows->n_rows,
    .order = MIN (rows->n_rows, rows->n_cols),
  };
  work.k = MIN (n_components, work.order);
  find_means (&work);
  g_autofree float *panel = g_new (float, work.order *MIN (PANEL, longer_side (&work)));
  if (!find_product (&work, panel, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) || !find_vectors (&work, error))
    return NULL;
  g_autoptr (BsMatrix) scores = find_scores (&work, whiten, panel, cancellable, error);
  if (scores == NULL)
    return NULL;
  BsPca *self = g_new (BsPca, 1);
  self->n = work.n;
  self->n_components = work.k;
  self->scores = g_steal_pointer (&scores);
  self->explained = g_new (double, work.k);
  for (gsize c = 0; c < work.k; c++)
    self->explained[c] = work.total > 0 ? work.values[c] / work.total : 0;
  return self;
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

/**
 * bs_standardise_groups:
 * @rows: (inout): n x d, owned by the caller alone
 * @group: (array length=n): group of each row, below 0 for a row that is left as it is
 * @n_groups: groups are below this
 *
 * Gives each group (an actor, say) mean 0 and standard deviation 1 (ddof 0) in every column; a
 * column that is constant within a group keeps its scale.
 */
void
bs_standardise_groups (BsMatrix *rows, const int *group, gsize n_groups)
{
  g_autofree gsize *index = g_new (gsize, rows->n_rows);
  for (gsize g = 0; g < n_groups; g++) {
    gsize n = 0;
    for (gsize i = 0; i < rows->n_rows; i++)
      if (group[i] == (int) g)
        index[n++] = i;
    if (n == 0)
      continue;
    g_autoptr (BsScaler) scaler = bs_scaler_fit (rows, index, n);
    for (gsize i = 0; i < n; i++) {
      float *row = bs_matrix_row (rows, index[i]);
      bs_scaler_apply (scaler, row, row);
    }
  }
}
