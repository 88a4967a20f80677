/* SPDX-License-Identifier: MIT */
/* Layer normalisation of a sum, as a transformer's layer has it after attention and after the
 * feed-forward part: y = LayerNorm (x + dropout (branch)), torch.nn.LayerNorm with eps 1e-5. */
#include "model/network/bs-norm.h"

#include <math.h>

#include "model/numeric/bs-simd.h"

#define EPSILON 1e-5

BS_SIMD_BODY
forward_body (const BsReal *gain, const BsReal *bias, const BsDropMask *mask, guint32 first,
              const BsReal *x, gsize n, gsize width, BsReal *branch, BsReal *scale, BsReal *y)
{
  const BsDropMask drop = *mask;
  for (gsize i = 0; i < n; i++, x += width, branch += width, y += width, first += (guint32) width) {
    BsReal sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
    for (gsize c = 0; c < width; c++) {
      BsReal factor = drop.threshold > 0 ? bs_drop_mask_factor (&drop, first + (guint32) c) : 1;
      branch[c] = x[c] + factor * branch[c];
      sum += branch[c];
    }
    BsReal mean = sum / (BsReal) width;
#pragma omp simd reduction(+ : squares)
    for (gsize c = 0; c < width; c++) {
      branch[c] -= mean;
      squares += branch[c] * branch[c];
    }
    scale[i] = (BsReal) (1 / sqrt ((double) squares / (double) width + EPSILON));
#pragma omp simd
    for (gsize c = 0; c < width; c++) {
      branch[c] *= scale[i];
      y[c] = branch[c] * gain[c] + bias[c];
    }
  }
}

BS_SIMD_CLONES (forward,
                (const BsReal *gain, const BsReal *bias, const BsDropMask *mask, guint32 first,
                 const BsReal *x, gsize n, gsize width, BsReal *branch, BsReal *scale, BsReal *y),
                (gain, bias, mask, first, x, n, width, branch, scale, y))

/**
 * bs_norm_forward:
 * @gain: (array length=width): weight
 * @bias: (array length=width): added
 * @mask: dropout of the branch
 * @first: number of the first element, for the dropout
 * @x: n x width
 * @n: rows
 * @width: columns
 * @branch: (inout): n x width; the normalised sum afterwards
 * @scale: (out caller-allocates) (array length=n): 1 / standard deviation of each row
 * @y: (out caller-allocates): n x width
 */
void
bs_norm_forward (const BsReal *gain, const BsReal *bias, const BsDropMask *mask, gsize first,
                 const BsReal *x, gsize n, gsize width, BsReal *branch, BsReal *scale, BsReal *y)
{
  forward (gain, bias, mask, (guint32) first, x, n, width, branch, scale, y);
}

/* With z the normalised row and e = dy gain: dx = scale (e - mean e - z mean (e z)). */
BS_SIMD_BODY
backward_body (const BsReal *gain, const BsReal *normal, const BsReal *scale, const BsReal *dy,
               gsize n, gsize width, BsReal *dx, BsReal *d_gain, BsReal *d_bias)
{
  for (gsize i = 0; i < n; i++, normal += width, dy += width, dx += width) {
    BsReal sum = 0, product = 0;
#pragma omp simd reduction(+ : sum, product)
    for (gsize c = 0; c < width; c++) {
      BsReal e = dy[c] * gain[c];
      sum += e;
      product += e * normal[c];
      d_gain[c] += dy[c] * normal[c];
      d_bias[c] += dy[c];
    }
    sum /= (BsReal) width;
    product /= (BsReal) width;
#pragma omp simd
    for (gsize c = 0; c < width; c++)
      dx[c] = scale[i] * (dy[c] * gain[c] - sum - normal[c] * product);
  }
}

BS_SIMD_CLONES (backward,
                (const BsReal *gain, const BsReal *normal, const BsReal *scale, const BsReal *dy,
                 gsize n, gsize width, BsReal *dx, BsReal *d_gain, BsReal *d_bias),
                (gain, normal, scale, dy, n, width, dx, d_gain, d_bias))

/**
 * bs_norm_backward:
 * @gain: (array length=width): weight
 * @normal: n x width, as bs_norm_forward() left the branch
 * @scale: (array length=n): as it left them
 * @dy: n x width, the loss by the output
 * @n: rows
 * @width: columns
 * @dx: (out caller-allocates): n x width, the loss by the sum; may be @dy
 * @d_gain: (inout) (array length=width): added to
 * @d_bias: (inout) (array length=width): added to
 */
void
bs_norm_backward (const BsReal *gain, const BsReal *normal, const BsReal *scale, const BsReal *dy,
                  gsize n, gsize width, BsReal *dx, BsReal *d_gain, BsReal *d_bias)
{
  backward (gain, normal, scale, dy, n, width, dx, d_gain, d_bias);
}
