/* SPDX-License-Identifier: MIT */
#include "data/format/bs-matrix.h"

#include <stdlib.h>
#include <string.h>

#define BS_MATRIX_ALIGNMENT 64

/**
 * bs_matrix_new:
 * @n_rows: number of rows
 * @n_cols: number of columns
 *
 * Returns: (transfer full) (nullable): a matrix of zeros, or %NULL where the size overflows or
 *   the memory is not to be had, which a file's header can cause.
 */
BsMatrix *
bs_matrix_new (gsize n_rows, gsize n_cols)
{
  gsize n = 0, n_bytes = 0;
  if (!g_size_checked_mul (&n, n_rows, n_cols) ||
      !g_size_checked_mul (&n_bytes, n, sizeof (float)) ||
      !g_size_checked_add (&n_bytes, n_bytes, BS_MATRIX_ALIGNMENT))
    return NULL;
  void *data = NULL;
  if (posix_memalign (&data, BS_MATRIX_ALIGNMENT, n_bytes) != 0)
    return NULL;
  memset (data, 0, n_bytes);
  BsMatrix *self = g_atomic_rc_box_new0 (BsMatrix);
  self->n_rows = n_rows;
  self->n_cols = n_cols;
  self->data = data;
  return self;
}

static void
matrix_clear (gpointer data)
{
  BsMatrix *self = data;
  free (self->data);
}

/**
 * bs_matrix_ref:
 * @self: a matrix
 *
 * Returns: (transfer full): @self
 */
BsMatrix *
bs_matrix_ref (BsMatrix *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_matrix_unref:
 * @self: (transfer full): a matrix
 */
void
bs_matrix_unref (BsMatrix *self)
{
  g_atomic_rc_box_release_full (self, matrix_clear);
}
