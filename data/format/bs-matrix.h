/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsMatrix:
 * @n_rows: rows, time for a sequence and clips for aggregated features
 * @n_cols: columns, the width
 * @data: (nullable): n_rows x n_cols floats, row-major, 64-byte aligned
 * @doubles: (nullable): the numbers instead of @data, in the same order, where they were read as
 *   such that a float may not hold them: a wide matrix
 *
 * A matrix with an atomic reference count, of float32 unless it says otherwise. Whoever fills it
 * does so before sharing it; afterwards it is not changed, and any thread may read it.
 */
typedef struct {
  gsize n_rows;
  gsize n_cols;
  float *data;
  double *doubles;
} BsMatrix;

BsMatrix *bs_matrix_new (gsize n_rows, gsize n_cols);
BsMatrix *bs_matrix_new_wide (gsize n_rows, gsize n_cols);
BsMatrix *bs_matrix_ref (BsMatrix *self);
void bs_matrix_unref (BsMatrix *self);

static inline float *
bs_matrix_row (const BsMatrix *self, gsize row)
{
  return self->data + row * self->n_cols;
}

void bs_matrix_narrow (BsMatrix *self);
void bs_matrix_copy_row (BsMatrix *self, gsize from, gsize to);

static inline double *
bs_matrix_wide_row (const BsMatrix *self, gsize row)
{
  return self->doubles + row * self->n_cols;
}

/* Of either kind, for what is not in a hurry. */
static inline double
bs_matrix_get (const BsMatrix *self, gsize item)
{
  return self->doubles != NULL ? self->doubles[item] : (double) self->data[item];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMatrix, bs_matrix_unref)

G_END_DECLS
