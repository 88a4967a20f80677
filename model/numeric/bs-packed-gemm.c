/* SPDX-License-Identifier: MIT */
/* The two products of a linear layer for a batch of few rows, on a panel of the weights that
 * stays in a core's own cache: BLAS packs both operands anew at each call, which for 32 rows
 * takes as long as the product. Compiled with fused multiply-add (model/meson.build), as BLAS
 * is. The sums are always added in the same order. */
#include "model/numeric/bs-packed-gemm.h"

#include <string.h>

#include "model/numeric/bs-simd.h"

#define LANES 8
#define N_VECTORS (BS_PACKED_GEMM_WIDTH / LANES)
#define PREFETCH_FOR_WRITING 1

/* The compiler's own vectors, because it must keep twelve sums in registers. Where registers
 * are narrower it takes several. */
typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));

G_STATIC_ASSERT (BS_PACKED_GEMM_WIDTH % LANES == 0);

/**
 * bs_packed_gemm_pack:
 * @x: n x n_cols
 * @stride: from one row of @x to the next
 * @n: rows
 * @n_cols: columns
 * @by_row: (out caller-allocates): for each 16 columns all rows, one after the other; the last
 *   columns are filled up with zeros
 *
 * Packs the rows of a batch for bs_packed_gemm_gradient(). @by_row is 64-byte aligned.
 */
void
bs_packed_gemm_pack (const float *x, gsize stride, gsize n, gsize n_cols, float *by_row)
{
  for (gsize col = 0; col < n_cols; col += BS_PACKED_GEMM_WIDTH)
    for (gsize i = 0; i < n; i++, by_row += BS_PACKED_GEMM_WIDTH) {
      gsize width = MIN (BS_PACKED_GEMM_WIDTH, n_cols - col);
      memcpy (by_row, x + i * stride + col, width * sizeof (float));
      memset (by_row + width, 0, (BS_PACKED_GEMM_WIDTH - width) * sizeof (float));
    }
}

/**
 * bs_packed_gemm_pack_transposed:
 * @x: n x n_cols
 * @stride: from one row of @x to the next
 * @n: rows, at most 16
 * @n_cols: columns
 * @by_column: (out caller-allocates): for each column 16 rows, those above @n zeros
 *
 * Packs the rows of a batch for bs_packed_gemm_forward(). @by_column is 64-byte aligned.
 */
void
bs_packed_gemm_pack_transposed (const float *x, gsize stride, gsize n, gsize n_cols,
                                float *by_column)
{
  if (n < BS_PACKED_GEMM_WIDTH)
    memset (by_column, 0, n_cols * BS_PACKED_GEMM_WIDTH * sizeof (float));
  for (gsize col = 0; col < n_cols; col += BS_PACKED_GEMM_WIDTH) {
    gsize width = MIN (BS_PACKED_GEMM_WIDTH, n_cols - col);
    for (gsize i = 0; i < n; i++)
      for (gsize c = 0; c < width; c++)
        by_column[(col + c) * BS_PACKED_GEMM_WIDTH + i] = x[i * stride + col + c];
  }
}

BS_SIMD_BODY
gradient_body (const float *restrict dy, const float *restrict by_row, gsize n, gsize n_cols,
               float *restrict out, gsize out_stride, const BsGemmPrefetch *ahead)
{
  const Lanes *x = (const Lanes *) by_row;
  for (gsize col = 0; col < n_cols; col += BS_PACKED_GEMM_WIDTH) {
    Lanes sums[BS_PACKED_GEMM_ROWS][N_VECTORS];
    const float *d = dy;
#pragma GCC unroll 6
    for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
      for (int k = 0; k < N_VECTORS; k++)
        sums[r][k] = (Lanes){ 0 };
    for (gsize i = 0; i < n; i++, d += BS_PACKED_GEMM_ROWS, x += N_VECTORS)
#pragma GCC unroll 6
      for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
        for (int k = 0; k < N_VECTORS; k++)
          sums[r][k] += d[r] * x[k];
#pragma GCC unroll 6
    for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
      for (int k = 0; k < N_VECTORS; k++)
        ((Lanes *) (out + r * out_stride + col))[k] = sums[r][k];
    for (gsize r = 0; r < ahead->n_rows; r++)
      for (int a = 0; a < 3; a++)
        __builtin_prefetch (ahead->arrays[a] + r * ahead->stride + col, PREFETCH_FOR_WRITING);
  }
}

BS_SIMD_CLONES (gradient,
                (const float *dy, const float *by_row, gsize n, gsize n_cols, float *out,
                 gsize out_stride, const BsGemmPrefetch *ahead),
                (dy, by_row, n, n_cols, out, out_stride, ahead))

/**
 * bs_packed_gemm_gradient:
 * @dy: n x 6, the loss by six of the layer's outputs
 * @by_row: of bs_packed_gemm_pack()
 * @n: rows of the batch
 * @n_cols: columns of the panel
 * @out: (out caller-allocates): 6 x n_cols, the loss by the weights; the last columns are
 *   filled up to 16
 * @out_stride: from one row of @out to the next
 * @ahead: what will be needed next
 *
 * Six rows of dy^T x.
 */
void
bs_packed_gemm_gradient (const float *dy, const float *by_row, gsize n, gsize n_cols, float *out,
                         gsize out_stride, const BsGemmPrefetch *ahead)
{
  gradient (dy, by_row, n, n_cols, out, out_stride, ahead);
}

BS_SIMD_BODY
forward_body (const float *const *rows, const float *restrict by_column, gsize n_cols,
              float *restrict out)
{
  const Lanes *x = (const Lanes *) by_column;
  const float *const r0 = rows[0], *const r1 = rows[1], *const r2 = rows[2];
  const float *const r3 = rows[3], *const r4 = rows[4], *const r5 = rows[5];
  Lanes *y = (Lanes *) out;
  Lanes sums[BS_PACKED_GEMM_ROWS][N_VECTORS];
#pragma GCC unroll 6
  for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
    for (int k = 0; k < N_VECTORS; k++)
      sums[r][k] = y[r * N_VECTORS + k];
  for (gsize c = 0; c < n_cols; c++, x += N_VECTORS) {
    const float w[BS_PACKED_GEMM_ROWS] = { r0[c], r1[c], r2[c], r3[c], r4[c], r5[c] };
#pragma GCC unroll 6
    for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
      for (int k = 0; k < N_VECTORS; k++)
        sums[r][k] += w[r] * x[k];
  }
#pragma GCC unroll 6
  for (int r = 0; r < BS_PACKED_GEMM_ROWS; r++)
#pragma GCC unroll 2
    for (int k = 0; k < N_VECTORS; k++)
      y[r * N_VECTORS + k] = sums[r][k];
}

BS_SIMD_CLONES (forward,
                (const float *const *rows, const float *by_column, gsize n_cols, float *out),
                (rows, by_column, n_cols, out))

/**
 * bs_packed_gemm_forward:
 * @weight: n_rows x n_cols
 * @stride: from one row of @weight to the next
 * @n_rows: 1 to 6
 * @by_column: of bs_packed_gemm_pack_transposed()
 * @n_cols: columns of the panel
 * @sums: (inout): 6 x 16, for each row of @weight sixteen rows of the batch; rows above @n_rows
 *   are of no use
 *
 * Adds a panel's part of W x^T.
 */
void
bs_packed_gemm_forward (const float *weight, gsize stride, gsize n_rows, const float *by_column,
                        gsize n_cols, float *sums)
{
  const float *rows[BS_PACKED_GEMM_ROWS];
  for (gsize r = 0; r < BS_PACKED_GEMM_ROWS; r++)
    rows[r] = weight + MIN (r, n_rows - 1) * stride;
  forward (rows, by_column, n_cols, sums);
}
