/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of weights that are worked on together, and numbers side by side in a packed panel: 6 x
 * 16 sums fill the registers of AVX2 with what one load and one broadcast keep busy. */
#define BS_PACKED_GEMM_ROWS 6
#define BS_PACKED_GEMM_WIDTH 16

/**
 * BsGemmPrefetch:
 * @arrays: what will be read and written soon: a weight's row and its two moments'
 * @stride: from one row to the next
 * @n_rows: rows, 1 to %BS_PACKED_GEMM_ROWS
 *
 * Memory to be fetched while a product is computed.
 */
typedef struct {
  const float *arrays[3];
  gsize stride;
  gsize n_rows;
} BsGemmPrefetch;

void bs_packed_gemm_pack (const float *x, gsize stride, gsize n, gsize n_cols, float *by_row);
void bs_packed_gemm_pack_transposed (const float *x, gsize stride, gsize n, gsize n_cols,
                                     float *by_column);
void bs_packed_gemm_gradient (const float *dy, const float *by_row, gsize n, gsize n_cols,
                              float *out, gsize out_stride, const BsGemmPrefetch *ahead);
void bs_packed_gemm_forward (const float *weight, gsize stride, gsize n_rows,
                             const float *by_column, gsize n_cols, float *sums);

G_END_DECLS
