/* SPDX-License-Identifier: MIT */
/* Standardisation of columns by scikit-learn's rules (sklearn/preprocessing/_data.py). */
#include "model/numeric/bs-scaler.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/numeric/bs-blas.h"
#include "model/numeric/bs-simd.h"

/**
 * bs_scaler_new:
 * @n: width
 *
 * Returns: (transfer full): a scaler that changes nothing, to be filled
 */
BsScaler *
bs_scaler_new (gsize n)
{
  BsScaler *self = g_new (BsScaler, 1);
  self->n = n;
  self->mean = g_new0 (double, n);
  self->scale = g_new (double, n);
  self->is_wide = FALSE;
  for (gsize i = 0; i < n; i++)
    self->scale[i] = 1;
  return self;
}

/**
 * bs_scaler_copy:
 * @self: a scaler
 *
 * Returns: (transfer full): another that does the same
 */
BsScaler *
bs_scaler_copy (const BsScaler *self)
{
  BsScaler *copy = bs_scaler_new (self->n);
  memcpy (copy->mean, self->mean, self->n * sizeof *copy->mean);
  memcpy (copy->scale, self->scale, self->n * sizeof *copy->scale);
  copy->is_wide = self->is_wide;
  return copy;
}

/**
 * bs_scaler_free:
 * @self: (transfer full): a scaler
 */
void
bs_scaler_free (BsScaler *self)
{
  g_free (self->mean);
  g_free (self->scale);
  g_free (self);
}

/* A row is @row or, where that is %NULL, @wide. */
BS_SIMD_BODY
add_body (const float *row, const double *wide, gsize n, double *sum)
{
  if (row != NULL)
    for (gsize c = 0; c < n; c++)
      sum[c] += row[c];
  else
    for (gsize c = 0; c < n; c++)
      sum[c] += wide[c];
}

BS_SIMD_CLONES (add, (const float *row, const double *wide, gsize n, double *sum),
                (row, wide, n, sum))

BS_SIMD_BODY
add_squares_body (const float *row, const double *wide, gsize n, const double *mean, double *sum)
{
  if (row != NULL)
    for (gsize c = 0; c < n; c++) {
      double d = row[c] - mean[c];
      sum[c] += d * d;
    }
  else
    for (gsize c = 0; c < n; c++) {
      double d = wide[c] - mean[c];
      sum[c] += d * d;
    }
}

BS_SIMD_CLONES (add_squares,
                (const float *row, const double *wide, gsize n, const double *mean, double *sum),
                (row, wide, n, mean, sum))

/* _is_constant_feature: a variance that rounding alone explains. */
static gboolean
is_constant (double variance, double mean, double n)
{
  double rounding = n * mean * DBL_EPSILON;
  return variance <= n * DBL_EPSILON * variance + rounding * rounding;
}

/**
 * bs_scaler_set_moments:
 * @self: a scaler
 * @mean: (array): of each column
 * @squares: (array): sum of the squared differences from the mean
 * @n: rows behind them
 *
 * Population standard deviations (ddof 0); a constant column is given the scale 1. Both are rounded
 * to float32 unless @self is wide.
 */
void
bs_scaler_set_moments (BsScaler *self, const double *mean, const double *squares, double n)
{
  for (gsize c = 0; c < self->n; c++) {
    double variance = squares[c] / n;
    double scale = is_constant (variance, mean[c], n) ? 1 : sqrt (variance);
    self->mean[c] = self->is_wide ? mean[c] : (double) (float) mean[c];
    self->scale[c] = self->is_wide ? scale : (double) (float) scale;
    if (self->scale[c] == 0) /* a variance below float32's range */
      self->scale[c] = 1;
  }
}

/* One of the two is %NULL. */
static const float *
narrow_row (const BsMatrix *rows, gsize i)
{
  return rows->doubles == NULL ? bs_matrix_row (rows, i) : NULL;
}

static const double *
wide_row (const BsMatrix *rows, gsize i)
{
  return rows->doubles != NULL ? bs_matrix_wide_row (rows, i) : NULL;
}

/**
 * bs_scaler_fit:
 * @rows: n x width
 * @index: (array length=n_index): the rows to look at
 * @n_index: at least 1
 *
 * Mean and population standard deviation (ddof 0) of each column over the rows named; a
 * constant column is given the scale 1. Two passes in double. The scaler is wide where the rows
 * are.
 *
 * Returns: (transfer full): the scaler
 */
BsScaler *
bs_scaler_fit (const BsMatrix *rows, const gsize *index, gsize n_index)
{
  g_return_val_if_fail (n_index > 0, NULL);
  gsize width = rows->n_cols;
  double n = (double) n_index;
  BsScaler *self = bs_scaler_new (width);
  self->is_wide = rows->doubles != NULL;
  g_autofree double *mean = g_new0 (double, width);
  g_autofree double *squares = g_new0 (double, width);
  for (gsize i = 0; i < n_index; i++)
    add (narrow_row (rows, index[i]), wide_row (rows, index[i]), width, mean);
  for (gsize c = 0; c < width; c++)
    mean[c] /= n;
  for (gsize i = 0; i < n_index; i++)
    add_squares (narrow_row (rows, index[i]), wide_row (rows, index[i]), width, mean, squares);
  bs_scaler_set_moments (self, mean, squares, n);
  return self;
}

BS_SIMD_BODY
apply_body (const BsScaler *self, const float *row, const double *wide, float *out)
{
  const double *mean = self->mean, *scale = self->scale;
  if (row != NULL)
    for (gsize c = 0; c < self->n; c++)
      out[c] = (float) (((double) row[c] - mean[c]) / scale[c]);
  else
    for (gsize c = 0; c < self->n; c++)
      out[c] = (float) ((wide[c] - mean[c]) / scale[c]);
}

BS_SIMD_CLONES (apply, (const BsScaler *self, const float *row, const double *wide, float *out),
                (self, row, wide, out))

/**
 * bs_scaler_apply:
 * @self: a scaler
 * @row: (array): one row
 * @out: (out caller-allocates) (array): the row, standardised; may be @row itself
 */
void
bs_scaler_apply (const BsScaler *self, const float *row, float *out)
{
  apply (self, row, NULL, out);
}

/**
 * bs_scaler_apply_wide:
 * @self: a scaler
 * @row: (array): one row
 * @out: (out caller-allocates) (array): the row, standardised, and rounded to float32 only then
 */
void
bs_scaler_apply_wide (const BsScaler *self, const double *row, float *out)
{
  apply (self, NULL, row, out);
}

/* A wide row holds numbers of float32 afterwards. */
static void
standardise_row (const BsScaler *self, BsMatrix *rows, gsize i, float *scratch)
{
  if (rows->doubles == NULL) {
    float *row = bs_matrix_row (rows, i);
    bs_scaler_apply (self, row, row);
    return;
  }
  double *row = bs_matrix_wide_row (rows, i);
  bs_scaler_apply_wide (self, row, scratch);
  for (gsize c = 0; c < self->n; c++)
    row[c] = scratch[c];
}

/**
 * bs_scaler_apply_rows:
 * @self: a scaler
 * @rows: (inout): owned by the caller alone
 *
 * Standardises all rows, in place. A wide matrix becomes one of floats.
 */
void
bs_scaler_apply_rows (const BsScaler *self, BsMatrix *rows)
{
  g_autofree float *scratch = g_new (float, rows->n_cols);
  for (gsize i = 0; i < rows->n_rows; i++)
    standardise_row (self, rows, i, scratch);
  if (rows->doubles != NULL)
    bs_matrix_narrow (rows);
}

typedef struct {
  BsMatrix *rows;
  const int *group;
} Groups;

static void
standardise_group (guint g, guint thread, gpointer user_data)
{
  const Groups *self = user_data;
  g_autofree gsize *index = g_new (gsize, self->rows->n_rows);
  gsize n = 0;
  for (gsize i = 0; i < self->rows->n_rows; i++)
    if (self->group[i] == (int) g)
      index[n++] = i;
  if (n == 0)
    return;
  g_autoptr (BsScaler) scaler = bs_scaler_fit (self->rows, index, n);
  g_autofree float *scratch = g_new (float, self->rows->n_cols);
  for (gsize i = 0; i < n; i++)
    standardise_row (scaler, self->rows, index[i], scratch);
}

/**
 * bs_standardise_groups:
 * @rows: (inout): n x d, owned by the caller alone
 * @group: (array length=n): group of each row, below 0 for a row that is left as it is
 * @n_groups: groups are below this
 *
 * Gives each group (an actor, say) mean 0 and standard deviation 1 (ddof 0) in every column; a
 * column that is constant within a group keeps its scale. A group's rows stay in the cache
 * between their passes; groups are done side by side. A wide matrix becomes one of floats.
 */
void
bs_standardise_groups (BsMatrix *rows, const int *group, gsize n_groups)
{
  Groups groups = { rows, group };
  bs_parallel ((guint) bs_blas_n_threads (), (guint) n_groups, standardise_group, &groups);
  if (rows->doubles != NULL)
    bs_matrix_narrow (rows);
}
