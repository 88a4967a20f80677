/* SPDX-License-Identifier: MIT */
/* The seven statistics of rows of VALUE, between whose values ORDER finds the percentiles: included
 * once for floats and once for doubles, by bs-aggregate.c alone. The few features in float64 are
 * sorted as a whole, by their bits as KEY. */

BS_SIMD_BODY
NAME (moments_body) (const VALUE *restrict block, gsize n, Moments *restrict out)
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

CLONES (NAME (moments), (const VALUE *block, gsize n, Moments *out), (block, n, out))

#ifdef SORTS_EVERYTHING
/* Numbers as integers of the same order, and back: a negative one's bits count the other way.
 * Their smaller and larger are single instructions, which those of floats, with their NaN and
 * two zeros, are not to a compiler. */
static inline KEY
NAME (order_bits) (KEY bits)
{
  return bits ^ ((bits >> (8 * sizeof bits - 1)) & KEY_MAX);
}

static inline VALUE
NAME (from_order) (KEY key)
{
  KEY bits = NAME (order_bits) (key);
  VALUE value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

BS_SIMD_BODY
NAME (find_keys_body) (const VALUE *restrict block, gsize n_values, KEY *restrict keys)
{
  for (gsize i = 0; i < n_values; i++) {
    KEY bits;
    memcpy (&bits, &block[i], sizeof bits);
    keys[i] = NAME (order_bits) (bits);
  }
}

CLONES (NAME (find_keys), (const VALUE *block, gsize n_values, KEY *keys), (block, n_values, keys))

/* Batcher's merge exchange (Knuth, The Art of Computer Programming, 5.2.2, algorithm M), which
 * holds for any n. */
BS_SIMD_BODY
NAME (sort_columns_body) (KEY *block, gsize n)
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
        KEY *restrict a = block + start * LANES, *restrict b = a + d * LANES;
        for (gsize i = 0; i < n_values; i++) {
          KEY x = a[i], y = b[i];
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

CLONES (NAME (sort_columns), (KEY * block, gsize n), (block, n))

static KEY *
NAME (order_new) (gsize n_rows)
{
  return g_aligned_alloc (n_rows * LANES, sizeof (KEY), LANES * sizeof (KEY));
}

static void
NAME (order_free) (KEY *keys)
{
  g_aligned_free (keys);
}

static void
NAME (find_around) (KEY *keys, const VALUE *block, gsize n_rows, gsize n_lanes,
                    const Moments *moments, VALUE around[N_PERCENTILES][2][LANES])
{
  NAME (find_keys) (block, n_rows * LANES, keys);
  NAME (sort_columns) (keys, n_rows);
  for (int p = 0; p < N_PERCENTILES; p++) {
    gsize below = (gsize) find_place (p, n_rows), above = MIN (below + 1, n_rows - 1);
    for (gsize l = 0; l < n_lanes; l++) {
      around[p][0][l] = NAME (from_order) (keys[below * LANES + l]);
      around[p][1][l] = NAME (from_order) (keys[above * LANES + l]);
    }
  }
}
#endif

static void
NAME (aggregate_block) (const VALUE *block, ORDER *order, gsize n_rows, gsize n_lanes, VALUE *out,
                        gsize stride)
{
  Moments m = { 0 };
  VALUE around[N_PERCENTILES][2][LANES];
  NAME (moments) (block, n_rows, &m);
  for (gsize l = 0; l < LANES; l++)
    m.squares[l] = sqrt (m.squares[l] / (double) n_rows);
  NAME (find_around) (order, block, n_rows, n_lanes, &m, around);
  for (gsize l = 0; l < n_lanes; l++) {
    out[l] = (VALUE) m.mean[l];
    out[stride + l] = (VALUE) m.squares[l];
  }
  for (int p = 0; p < N_PERCENTILES; p++) {
    double at = find_place (p, n_rows), t = at - floor (at);
    for (gsize l = 0; l < n_lanes; l++)
      out[(2 + (gsize) p) * stride + l] = (VALUE) interpolate (around[p][0][l], around[p][1][l], t);
  }
}

/* Copies @n_lanes columns into blocks of sixteen, filled up with zeros. Several blocks at once,
 * since the rows often lie a power of two apart: a line of the cache that is left half read
 * would be gone when the next block comes to it. */
static void
NAME (gather) (const VALUE *rows, gsize n_rows, gsize stride, gsize n_lanes, VALUE *blocks)
{
  for (gsize i = 0; i < n_rows; i++)
    for (gsize lane = 0; lane < n_lanes; lane += LANES) {
      VALUE *to = blocks + lane * n_rows + i * LANES;
      const VALUE *from = rows + i * stride + lane;
      gsize n = MIN (LANES, n_lanes - lane);
      __builtin_prefetch (from + AHEAD * stride);
      if (n == LANES) {
        memcpy (to, from, LANES * sizeof (VALUE));
      } else {
        memcpy (to, from, n * sizeof (VALUE));
        memset (to + n, 0, (LANES - n) * sizeof (VALUE));
      }
    }
}

static void
NAME (aggregate_rows) (const VALUE *rows, gsize n_rows, gsize n_cols, VALUE *out)
{
  gsize block_size = n_rows * LANES;
  VALUE *blocks = g_aligned_alloc (N_BLOCKS * block_size, sizeof (VALUE), LANES * sizeof (VALUE));
  ORDER *order = NAME (order_new) (n_rows);
  for (gsize column = 0; column < n_cols; column += N_BLOCKS * LANES) {
    gsize n_lanes = MIN (N_BLOCKS * LANES, n_cols - column);
    NAME (gather) (rows + column, n_rows, n_cols, n_lanes, blocks);
    for (gsize lane = 0; lane < n_lanes; lane += LANES)
      NAME (aggregate_block)
    (blocks + lane * n_rows, order, n_rows, MIN (LANES, n_lanes - lane), out + column + lane,
     n_cols);
  }
  NAME (order_free) (order);
  g_aligned_free (blocks);
}

/* The statistics of each piece of a clip, averaged or side by side. */
static void
NAME (aggregate_segments) (const VALUE *rows, gsize n_rows, gsize n_cols, gsize n, gboolean concat,
                           VALUE *out)
{
  gsize width = BS_N_STATISTICS * n_cols;
  if (n == 1) {
    NAME (aggregate_rows) (rows, n_rows, n_cols, out);
    return;
  }
  g_autofree VALUE *piece = g_new (VALUE, width);
  memset (out, 0, (concat ? n : 1) * width * sizeof (VALUE));
  for (gsize s = 0; s < n; s++) {
    gsize from = s * n_rows / n, to = (s + 1) * n_rows / n;
    VALUE *sum = out + (concat ? s * width : 0);
    NAME (aggregate_rows) (rows + from * n_cols, MAX (to, from + 1) - from, n_cols, piece);
    for (gsize c = 0; c < width; c++)
      sum[c] += concat ? piece[c] : piece[c] / (VALUE) n;
  }
}
