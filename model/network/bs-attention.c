/* SPDX-License-Identifier: MIT */
/* Attention within one sequence, head by head (Vaswani et al. 2017, 3.2). Shapes: n rows of a
 * sequence, d the width of a head; q, k, v and their gradients are n x d within rows of three
 * times the whole width; S = q k^T / sqrt d and P = softmax (S) are n x n.
 *
 * A product of 16 x 64 by 64 x 16 takes less time than a BLAS call needs to arrange it, so short
 * sequences have loops of their own. */
#include "model/network/bs-attention.h"

#include <math.h>
#include <string.h>

#include "model/numeric/bs-exp.h"
#include "model/numeric/bs-gemm.h"
#include "model/numeric/bs-simd.h"

#define LONG_ROWS 32

BS_SIMD_BODY
softmax_body (BsReal *x, gsize n_rows, gsize n_cols)
{
  for (gsize i = 0; i < n_rows; i++, x += n_cols) {
    BsReal top = x[0], sum = 0;
#pragma omp simd reduction(max : top)
    for (gsize j = 0; j < n_cols; j++)
      top = x[j] > top ? x[j] : top;
#pragma omp simd reduction(+ : sum)
    for (gsize j = 0; j < n_cols; j++) {
      x[j] = bs_exp (x[j] - top);
      sum += x[j];
    }
    BsReal scale = 1 / sum;
#pragma omp simd
    for (gsize j = 0; j < n_cols; j++)
      x[j] *= scale;
  }
}

BS_SIMD_CLONES (softmax, (BsReal * x, gsize n_rows, gsize n_cols), (x, n_rows, n_cols))

/**
 * bs_softmax_rows:
 * @x: (inout): n_rows x n_cols
 * @n_rows: rows
 * @n_cols: at least 1
 *
 * Replaces each row by its softmax.
 */
void
bs_softmax_rows (BsReal *x, gsize n_rows, gsize n_cols)
{
  softmax (x, n_rows, n_cols);
}

/* dS from dP, in place: P (dP - sum dP P), row by row. */
BS_SIMD_BODY
softmax_gradient_body (const BsReal *p, gsize n, BsReal *d)
{
  for (gsize i = 0; i < n; i++, p += n, d += n) {
    BsReal sum = 0;
#pragma omp simd reduction(+ : sum)
    for (gsize j = 0; j < n; j++)
      sum += p[j] * d[j];
#pragma omp simd
    for (gsize j = 0; j < n; j++)
      d[j] = p[j] * (d[j] - sum);
  }
}

BS_SIMD_CLONES (softmax_gradient, (const BsReal *p, gsize n, BsReal *d), (p, n, d))

/* c (n, n) = scale a b^T for a and b (n, d) in rows of their own strides */
BS_SIMD_BODY
dots_body (const BsReal *a, gsize a_stride, const BsReal *b, gsize b_stride, gsize n, gsize d,
           BsReal scale, BsReal *c)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++) {
      const BsReal *left = a + i * a_stride, *right = b + j * b_stride;
      BsReal sum = 0;
#pragma omp simd reduction(+ : sum)
      for (gsize e = 0; e < d; e++)
        sum += left[e] * right[e];
      c[i * n + j] = scale * sum;
    }
}

BS_SIMD_CLONES (dots,
                (const BsReal *a, gsize a_stride, const BsReal *b, gsize b_stride, gsize n, gsize d,
                 BsReal scale, BsReal *c),
                (a, a_stride, b, b_stride, n, d, scale, c))

/* c (n, d) = scale w b for w (n, n), or its transpose, and b (n, d); strides as above */
BS_SIMD_BODY
sums_body (const BsReal *w, gboolean is_transposed, const BsReal *b, gsize b_stride, gsize n,
           gsize d, BsReal scale, BsReal *c, gsize c_stride)
{
  for (gsize i = 0; i < n; i++) {
    BsReal *to = c + i * c_stride;
    memset (to, 0, d * sizeof (BsReal));
    for (gsize j = 0; j < n; j++) {
      const BsReal *from = b + j * b_stride;
      BsReal weight = scale * (is_transposed ? w[j * n + i] : w[i * n + j]);
#pragma omp simd
      for (gsize e = 0; e < d; e++)
        to[e] += weight * from[e];
    }
  }
}

BS_SIMD_CLONES (sums,
                (const BsReal *w, gboolean is_transposed, const BsReal *b, gsize b_stride, gsize n,
                 gsize d, BsReal scale, BsReal *c, gsize c_stride),
                (w, is_transposed, b, b_stride, n, d, scale, c, c_stride))

static void
all_dots (const BsReal *a, gsize a_stride, const BsReal *b, gsize b_stride, gsize n, gsize d,
          BsReal scale, BsReal *c)
{
  if (n < LONG_ROWS)
    dots (a, a_stride, b, b_stride, n, d, scale, c);
  else
    bs_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, (int) n, (int) d, scale, a,
             (int) a_stride, b, (int) b_stride, 0, c, (int) n);
}

static void
weighted_sums (const BsReal *w, gboolean is_transposed, const BsReal *b, gsize b_stride, gsize n,
               gsize d, BsReal scale, BsReal *c, gsize c_stride)
{
  if (n < LONG_ROWS)
    sums (w, is_transposed, b, b_stride, n, d, scale, c, c_stride);
  else
    bs_gemm (CblasRowMajor, is_transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, (int) n,
             (int) d, (int) n, scale, w, (int) n, b, (int) b_stride, 0, c, (int) c_stride);
}

/**
 * bs_attention_forward:
 * @self: widths and dropout
 * @qkv: n x 3 width
 * @n: rows of the sequence
 * @first: number of the sequence's first attention weight among all, for the dropout
 * @p: (out caller-allocates): n_heads x n x n, the softmax before dropout
 * @scratch: n x n
 * @out: (out caller-allocates): n x width
 */
void
bs_attention_forward (const BsAttention *self, const BsReal *qkv, gsize n, gsize first, BsReal *p,
                      BsReal *scratch, BsReal *out)
{
  gsize width = self->width, stride = 3 * width, d = width / self->n_heads;
  BsReal scale = 1 / (BsReal) sqrt ((double) d);
  for (gsize head = 0; head < self->n_heads; head++, p += n * n, first += n * n) {
    const BsReal *q = qkv + head * d, *k = q + width, *v = k + width;
    const BsReal *weights = p;
    all_dots (q, stride, k, stride, n, d, scale, p);
    softmax (p, n, n);
    if (self->mask.threshold > 0) {
      bs_drop_mask_apply (&self->mask, first, p, n * n, scratch);
      weights = scratch;
    }
    weighted_sums (weights, FALSE, v, stride, n, d, 1, out + head * d, width);
  }
}

static void
put_rows (const BsReal *rows, gsize n, gsize d, BsReal *to, gsize stride)
{
  for (gsize i = 0; i < n; i++)
    memcpy (to + i * stride, rows + i * d, d * sizeof (BsReal));
}

/**
 * bs_attention_n_scratch:
 * @self: widths
 * @n: rows of a sequence
 *
 * Returns: the values of scratch that bs_attention_backward() wants
 */
gsize
bs_attention_n_scratch (const BsAttention *self, gsize n)
{
  return n * n + n * (self->width / self->n_heads);
}

/**
 * bs_attention_backward:
 * @self: as it was forward
 * @qkv: (inout): n x 3 width; the loss by them afterwards
 * @n: rows of the sequence
 * @first: as it was forward
 * @p: n_heads x n x n
 * @d_out: n x width, the loss by the output
 * @scratch: bs_attention_n_scratch()
 */
void
bs_attention_backward (const BsAttention *self, BsReal *qkv, gsize n, gsize first, const BsReal *p,
                       const BsReal *d_out, BsReal *scratch)
{
  gsize width = self->width, stride = 3 * width, d = width / self->n_heads;
  BsReal scale = 1 / (BsReal) sqrt ((double) d);
  for (gsize head = 0; head < self->n_heads; head++, p += n * n, first += n * n) {
    BsReal *q = qkv + head * d, *k = q + width, *v = k + width, *rows = scratch + n * n;
    const BsReal *weights = p, *d_o = d_out + head * d;
    if (self->mask.threshold > 0) {
      bs_drop_mask_apply (&self->mask, first, p, n * n, scratch);
      weights = scratch;
    }
    weighted_sums (weights, TRUE, d_o, width, n, d, 1, rows, d);
    all_dots (d_o, width, v, stride, n, d, 1, scratch);
    put_rows (rows, n, d, v, stride);
    bs_drop_mask_apply (&self->mask, first, scratch, n * n, scratch);
    softmax_gradient (p, n, scratch);
    weighted_sums (scratch, FALSE, k, stride, n, d, scale, rows, d);
    weighted_sums (scratch, TRUE, q, stride, n, d, scale, k, stride);
    put_rows (rows, n, d, q, stride);
  }
}
