/* SPDX-License-Identifier: MIT */
/* Seven statistics over time, per column (blemore-common, feature_extraction/
 * timeseries2aggregate.py). Sixteen columns at a time are copied side by side and sorted
 * together by a network of comparisons that does not depend on the values, so that each
 * comparison is two instructions for all sixteen. */
#include "model/features/bs-aggregate-private.h"

#include <math.h>
#include <string.h>

#include "model/numeric/bs-simd.h"

#define LANES 16 /* floats of a cache line */
#define N_BLOCKS 4 /* of columns, gathered at a time */
#define N_PERCENTILES 5

static const double percentiles[N_PERCENTILES] = { 10, 25, 50, 75, 90 };

/* Sums, then what is made of them. Never on the stack of the loops: a vectoriser aligns arrays
 * there further than AddressSanitizer's own stack goes. */
typedef struct {
  double mean[LANES];
  double squares[LANES];
} Moments;

BS_SIMD_BODY
moments_body (const float *restrict block, gsize n, Moments *restrict out)
{
  for (gsize i = 0; i < n; i++)
    for (int l = 0; l < LANES; l++)
      out->mean[l] += block[i * LANES + l];
  for (int l = 0; l < LANES; l++)
    out->mean[l] /= (double) n;
  for (gsize i = 0; i < n; i++)
    for (int l = 0; l < LANES; l++) {
      double d = block[i * LANES + l] - out->mean[l];
      out->squares[l] += d * d;
    }
}

BS_SIMD_CLONES (moments, (const float *block, gsize n, Moments *out), (block, n, out))

/* Floats as integers of the same order, and back: a negative one's bits count the other way.
 * Their smaller and larger are single instructions, which those of floats, with their NaN and
 * two zeros, are not to a compiler. */
static inline gint32
order_bits (gint32 bits)
{
  return bits ^ ((bits >> 31) & G_MAXINT32);
}

static inline float
float_from_order (gint32 key)
{
  gint32 bits = order_bits (key);
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

BS_SIMD_BODY
find_keys_body (const float *restrict block, gsize n_values, gint32 *restrict keys)
{
  for (gsize i = 0; i < n_values; i++) {
    gint32 bits;
    memcpy (&bits, &block[i], sizeof bits);
    keys[i] = order_bits (bits);
  }
}

BS_SIMD_CLONES (find_keys, (const float *block, gsize n_values, gint32 *keys),
                (block, n_values, keys))

/* Batcher's merge exchange (Knuth, The Art of Computer Programming, 5.2.2, algorithm M), which
 * holds for any n. */
BS_SIMD_BODY
sort_columns_body (gint32 *block, gsize n)
{
  gsize top = 1;
  while (top * 2 < n)
    top *= 2;
  for (gsize p = n > 1 ? top : 0; p > 0; p /= 2) {
    gsize r = 0, d = p;
    for (gsize q = top;; q /= 2) {
      for (gsize start = r; start + d < n; start += 2 * p) {
        /* Rows start to end against those d further, as one run: d is at least p. */
        gsize n_values = (MIN (start + p, n - d) - start) * LANES;
        gint32 *restrict a = block + start * LANES, *restrict b = a + d * LANES;
        for (gsize i = 0; i < n_values; i++) {
          gint32 x = a[i], y = b[i];
          a[i] = MIN (x, y);
          b[i] = MAX (x, y);
        }
      }
      if (q == p)
        break;
      d = q - p;
      r = p;
    }
  }
}

BS_SIMD_CLONES (sort_columns, (gint32 * block, gsize n), (block, n))

/* numpy's "linear": between the two values around q (n - 1), from the nearer one
 * (numpy/lib/function_base.py, _lerp). */
static float
interpolate (const gint32 *block, gsize n, int lane, double percentile)
{
  double at = percentile / 100.0 * (double) (n - 1);
  gsize below = (gsize) at;
  gsize above = MIN (below + 1, n - 1);
  double t = at - (double) below;
  double a = float_from_order (block[below * LANES + lane]);
  double b = float_from_order (block[above * LANES + lane]);
  return (float) (t < 0.5 ? a + (b - a) * t : b - (b - a) * (1.0 - t));
}

static void
aggregate_block (const float *block, gint32 *keys, gsize n_rows, gsize n_lanes, float *out,
                 gsize stride)
{
  Moments m = { 0 };
  moments (block, n_rows, &m);
  find_keys (block, n_rows * LANES, keys);
  sort_columns (keys, n_rows);
  for (gsize l = 0; l < n_lanes; l++) {
    out[l] = (float) m.mean[l];
    out[stride + l] = (float) sqrt (m.squares[l] / (double) n_rows);
  }
  for (int p = 0; p < N_PERCENTILES; p++)
    for (gsize l = 0; l < n_lanes; l++)
      out[(2 + (gsize) p) * stride + l] = interpolate (keys, n_rows, (int) l, percentiles[p]);
}

/* Copies @n_lanes columns into blocks of sixteen, filled up with zeros. Several blocks at once,
 * since the rows often lie a power of two apart: a line of the cache that is left half read
 * would be gone when the next block comes to it. */
static void
gather (const float *rows, gsize n_rows, gsize stride, gsize n_lanes, float *blocks)
{
  for (gsize i = 0; i < n_rows; i++)
    for (gsize lane = 0; lane < n_lanes; lane += LANES) {
      float *to = blocks + lane * n_rows + i * LANES;
      const float *from = rows + i * stride + lane;
      gsize n = MIN (LANES, n_lanes - lane);
      if (n == LANES) {
        memcpy (to, from, LANES * sizeof (float));
      } else {
        memcpy (to, from, n * sizeof (float));
        memset (to + n, 0, (LANES - n) * sizeof (float));
      }
    }
}

/**
 * bs_aggregate_rows:
 * @rows: n_rows x n_cols, row-major
 * @n_rows: at least 1
 * @n_cols: width
 * @out: (out caller-allocates): 7 x n_cols: means, standard deviations (ddof 0), then the
 *   10th, 25th, 50th, 75th and 90th percentiles, each n_cols long
 *
 * The official aggregation (timeseries2aggregate.py) of the rows given. Sums are made in
 * double, where numpy adds float32 row by row: means and deviations agree with numpy's on
 * float64 input to float32's last digit. A non-finite value makes its column's mean
 * non-finite.
 */
void
bs_aggregate_rows (const float *rows, gsize n_rows, gsize n_cols, float *out)
{
  g_return_if_fail (n_rows > 0);
  gsize block_size = n_rows * LANES;
  float *blocks = g_aligned_alloc (N_BLOCKS * block_size, sizeof (float), LANES * sizeof (float));
  gint32 *keys = g_aligned_alloc (block_size, sizeof (gint32), LANES * sizeof (gint32));
  for (gsize column = 0; column < n_cols; column += N_BLOCKS * LANES) {
    gsize n_lanes = MIN (N_BLOCKS * LANES, n_cols - column);
    gather (rows + column, n_rows, n_cols, n_lanes, blocks);
    for (gsize lane = 0; lane < n_lanes; lane += LANES)
      aggregate_block (blocks + lane * n_rows, keys, n_rows, MIN (LANES, n_lanes - lane),
                       out + column + lane, n_cols);
  }
  g_aligned_free (keys);
  g_aligned_free (blocks);
}

/**
 * bs_aggregate:
 * @sequence: time x width, at least one row
 * @out: (out caller-allocates): 7 x width, as bs_aggregate_rows() has it
 */
void
bs_aggregate (const BsMatrix *sequence, float *out)
{
  bs_aggregate_rows (sequence->data, sequence->n_rows, sequence->n_cols, out);
}
