/* SPDX-License-Identifier: MIT */
/* y = x W^T + b, which most layers are made of. */
#pragma once

#include "model/bs-layer.h"

G_BEGIN_DECLS

void bs_linear_init (const BsParameter *weight, const BsParameter *bias, double bound,
                     BsRandom *random, BsReal *values);
void bs_linear_forward (const BsReal *values, const BsParameter *weight, const BsParameter *bias,
                        const BsReal *x, gsize n, BsReal *y);
void bs_linear_input_gradient (const BsReal *values, const BsParameter *weight, const BsReal *dy,
                               gsize n, gboolean is_added, BsReal *dx);
void bs_linear_weight_gradient (const BsLayerContext *context, const BsParameter *weight,
                                const BsReal *x, const BsReal *dy, gsize n);
void bs_linear_bias_gradient (const BsLayerContext *context, const BsParameter *bias,
                              const BsReal *dy, gsize n);

G_END_DECLS
