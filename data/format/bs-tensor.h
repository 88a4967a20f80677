/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

/**
 * BsTensor:
 * @name: as in a PyTorch state_dict, "layers.0.weight"
 * @n_axes: 1 or 2
 * @shape: lengths
 * @values: row-major, float32 or wide; a single row where there is one axis
 *
 * One named tensor of a network's weights.
 */
typedef struct {
  char *name;
  guint n_axes;
  gsize shape[4];
  BsMatrix *values;
} BsTensor;

BsTensor *bs_tensor_new (const char *name, BsMatrix *values, guint n_axes);
void bs_tensor_free (BsTensor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTensor, bs_tensor_free)

G_END_DECLS
