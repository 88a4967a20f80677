/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsMatrix:
 * @n_rows: rows, time for a sequence and clips for aggregated features
 * @n_cols: columns, the width
 * @data: n_rows x n_cols floats, row-major, 64-byte aligned
 *
 * A float32 matrix with an atomic reference count. Whoever fills it does so before sharing it;
 * afterwards it is not changed, and any thread may read it.
 */
typedef struct {
  gsize n_rows;
  gsize n_cols;
  float *data;
} BsMatrix;

BsMatrix *bs_matrix_new (gsize n_rows, gsize n_cols);
BsMatrix *bs_matrix_ref (BsMatrix *self);
void bs_matrix_unref (BsMatrix *self);

static inline float *
bs_matrix_row (const BsMatrix *self, gsize row)
{
  return self->data + row * self->n_cols;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMatrix, bs_matrix_unref)

G_END_DECLS
