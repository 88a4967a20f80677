/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

/**
 * BsScaler:
 * @n: width
 * @mean: (array length=n): subtracted from each column
 * @scale: (array length=n): divides each column; 1 for a constant one
 * @is_wide: both are of wide rows, and need all digits; otherwise each is a number of float32
 *
 * Standardisation as scikit-learn's StandardScaler. The statistics are summed in double and
 * rounded to what a run stores of them, so that a stored run repeats its own figures.
 */
typedef struct {
  gsize n;
  double *mean;
  double *scale;
  gboolean is_wide;
} BsScaler;

BsScaler *bs_scaler_new (gsize n);
BsScaler *bs_scaler_fit (const BsMatrix *rows, const gsize *index, gsize n_index);
BsScaler *bs_scaler_copy (const BsScaler *self);
void bs_scaler_free (BsScaler *self);
void bs_scaler_set_moments (BsScaler *self, const double *mean, const double *squares, double n);
void bs_scaler_apply (const BsScaler *self, const float *row, float *out);
void bs_scaler_apply_wide (const BsScaler *self, const double *row, float *out);
void bs_scaler_apply_rows (const BsScaler *self, BsMatrix *rows);
void bs_standardise_groups (BsMatrix *rows, const int *group, gsize n_groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsScaler, bs_scaler_free)

G_END_DECLS
