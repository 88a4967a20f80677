/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-drop-mask.h"

G_BEGIN_DECLS

/**
 * BsAttention:
 * @width: of a row, all heads together
 * @n_heads: divides @width
 * @mask: dropout of the attention weights
 *
 * Scaled dot-product attention of one sequence to itself: torch.nn.MultiheadAttention without
 * its linear maps. A row of @qkv holds query, key and value, each @width.
 */
typedef struct {
  gsize width;
  gsize n_heads;
  BsDropMask mask;
} BsAttention;

void bs_attention_forward (const BsAttention *self, const BsReal *qkv, gsize n, gsize first,
                           BsReal *p, BsReal *scratch, BsReal *out);
gsize bs_attention_n_scratch (const BsAttention *self, gsize n);
void bs_attention_backward (const BsAttention *self, BsReal *qkv, gsize n, gsize first,
                            const BsReal *p, const BsReal *d_out, BsReal *scratch);
void bs_softmax_rows (BsReal *x, gsize n_rows, gsize n_cols);

G_END_DECLS
