/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-drop-mask.h"

G_BEGIN_DECLS

void bs_norm_forward (const BsReal *gain, const BsReal *bias, const BsDropMask *mask, gsize first,
                      const BsReal *x, gsize n, gsize width, BsReal *branch, BsReal *scale,
                      BsReal *y);
void bs_norm_backward (const BsReal *gain, const BsReal *normal, const BsReal *scale,
                       const BsReal *dy, gsize n, gsize width, BsReal *dx, BsReal *d_gain,
                       BsReal *d_bias);

G_END_DECLS
