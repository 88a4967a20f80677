/* SPDX-License-Identifier: MIT */
/* Named weights, between a network and its file. */
#include "data/format/bs-tensor.h"

/**
 * bs_tensor_new:
 * @name: the tensor's name
 * @values: (transfer full): its values; a single row where @n_axes is 1
 * @n_axes: 1 or 2
 *
 * Returns: (transfer full): a tensor
 */
BsTensor *
bs_tensor_new (const char *name, BsMatrix *values, guint n_axes)
{
  g_return_val_if_fail (n_axes == 2 || (n_axes == 1 && values->n_rows == 1), NULL);
  BsTensor *self = g_new0 (BsTensor, 1);
  self->name = g_strdup (name);
  self->n_axes = n_axes;
  self->shape[0] = n_axes == 1 ? values->n_cols : values->n_rows;
  self->shape[1] = n_axes == 1 ? 0 : values->n_cols;
  self->values = values;
  return self;
}

/**
 * bs_tensor_free:
 * @self: (transfer full): a tensor
 */
void
bs_tensor_free (BsTensor *self)
{
  bs_matrix_unref (self->values);
  g_free (self->name);
  g_free (self);
}
