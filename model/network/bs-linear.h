/* SPDX-License-Identifier: MIT */
/* y = x W^T + b, which most layers are made of. */
#pragma once

#include "model/network/bs-layer.h"

G_BEGIN_DECLS

/**
 * BsLinearGradient:
 * @weight: W
 * @x: n x in
 * @dy: n x out
 * @n: rows, 0 for a gradient of 0
 *
 * What the gradient of a weight is made of.
 */
typedef struct {
  const BsParameter *weight;
  const BsReal *x;
  const BsReal *dy;
  gsize n;
} BsLinearGradient;

void bs_linear_init (const BsParameter *weight, const BsParameter *bias, double bound,
                     BsRandom *random, BsReal *values);
void bs_linear_forward (const BsReal *values, const BsParameter *weight, const BsParameter *bias,
                        const BsReal *x, gsize n, BsReal *y);
void bs_linear_input_gradient (const BsReal *values, const BsParameter *weight, const BsReal *dy,
                               gsize n, gboolean is_added, BsReal *dx);
void bs_linear_weight_gradients (const BsLayerContext *context, const BsLinearGradient *gradients,
                                 guint n);
void bs_linear_bias_gradient (const BsLayerContext *context, const BsParameter *bias,
                              const BsReal *dy, gsize n);

G_END_DECLS
