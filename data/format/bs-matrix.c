/* SPDX-License-Identifier: MIT */
#include "data/format/bs-matrix.h"

#include <stdlib.h>
#include <string.h>

#define BS_MATRIX_ALIGNMENT 64

static BsMatrix *
matrix_new (gsize n_rows, gsize n_cols, gsize item_size, void **items)
{
  gsize n = 0, n_bytes = 0;
  if (!g_size_checked_mul (&n, n_rows, n_cols) || !g_size_checked_mul (&n_bytes, n, item_size) ||
      !g_size_checked_add (&n_bytes, n_bytes, BS_MATRIX_ALIGNMENT) ||
      posix_memalign (items, BS_MATRIX_ALIGNMENT, n_bytes) != 0)
    return NULL;
  memset (*items, 0, n_bytes);
  BsMatrix *self = g_atomic_rc_box_new0 (BsMatrix);
  self->n_rows = n_rows;
  self->n_cols = n_cols;
  return self;
}

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
  void *data = NULL;
  BsMatrix *self = matrix_new (n_rows, n_cols, sizeof (float), &data);
  if (self != NULL)
    self->data = data;
  return self;
}

/**
 * bs_matrix_new_wide:
 * @n_rows: number of rows
 * @n_cols: number of columns
 *
 * Returns: (transfer full) (nullable): a wide matrix of zeros, or %NULL as bs_matrix_new()
 */
BsMatrix *
bs_matrix_new_wide (gsize n_rows, gsize n_cols)
{
  void *doubles = NULL;
  BsMatrix *self = matrix_new (n_rows, n_cols, sizeof (double), &doubles);
  if (self != NULL)
    self->doubles = doubles;
  return self;
}

/**
 * bs_matrix_copy_row:
 * @self: a matrix that is not shared yet
 * @from: a row
 * @to: another, which is overwritten
 */
void
bs_matrix_copy_row (BsMatrix *self, gsize from, gsize to)
{
  if (from != to && self->doubles != NULL)
    memcpy (bs_matrix_wide_row (self, to), bs_matrix_wide_row (self, from),
            self->n_cols * sizeof (double));
  else if (from != to)
    memcpy (bs_matrix_row (self, to), bs_matrix_row (self, from), self->n_cols * sizeof (float));
}

/**
 * bs_matrix_narrow:
 * @self: a wide matrix that is not shared yet; afterwards one of floats
 *
 * Rounds the numbers where they lie.
 */
void
bs_matrix_narrow (BsMatrix *self)
{
  void *items = self->doubles;
  gsize n_bytes = self->n_cols * sizeof (float);
  g_autofree float *rounded = g_new (float, self->n_cols);
  for (gsize i = 0; i < self->n_rows; i++) {
    const double *row = bs_matrix_wide_row (self, i);
    for (gsize c = 0; c < self->n_cols; c++)
      rounded[c] = (float) row[c];
    memcpy ((char *) items + i * n_bytes, rounded, n_bytes);
  }
  self->data = items;
  self->doubles = NULL;
}

static void
matrix_clear (gpointer data)
{
  BsMatrix *self = data;
  free (self->data);
  free (self->doubles);
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
