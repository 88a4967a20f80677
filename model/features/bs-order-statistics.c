/* SPDX-License-Identifier: MIT */
/* Values at some ranks in each of sixteen columns, of which a row is a line of the cache.
 *
 * A few rows are sorted: all sixteen columns together, by a network of comparisons that does not
 * depend on the values, so that each comparison is two instructions for all of them. Many rows are
 * counted first: each value is in one of 256 bins of equal width within three standard deviations
 * of its column's mean, where every rank between a tenth and nine tenths of the way lies
 * (Cantelli's inequality). The counts tell in which bins the wanted ranks are, and what is in
 * those alone is sorted. Where that would be too much, because of ties or of a value far from all
 * others, everything is sorted as before: the result is the same to the last bit. */
#include "model/features/bs-order-statistics.h"

#include <math.h>
#include <string.h>

#include "model/numeric/bs-simd.h"

#define LANES BS_ORDER_LANES
#define N_RANKS BS_ORDER_N_RANKS
#define N_BINS 256
#define N_DEVIATIONS 3 /* on either side of the mean */
#define MIN_COUNTED 224 /* rows; fewer are sorted in the time that looking at all bins takes */
#define GROUP 64 /* bins compared at a time: those of four rows */

G_STATIC_ASSERT (GROUP % LANES == 0 && N_RANKS <= 8);

/* A rank and the one behind it, in each column: the bins that hold them, and where what is in
 * these bins begins and how much it is. */
typedef struct {
  gsize rank;
  gsize n_wanted; /* 2; 1 for the last rank */
  guint8 first_bin[GROUP]; /* of each column, again and again */
  guint8 n_further_bins[GROUP];
  guint32 n_below[LANES]; /* values before the first bin */
  gsize start; /* row of the keys */
  gsize n_rows; /* the most of any column */
} Bracket;

struct _BsOrderStatistics {
  gsize n_rows;
  gint32 *keys; /* n_rows x LANES: of all values in order of rows, or of those in brackets */
  guint8 *bins; /* n_rows x LANES, and up to a group */
  guint8 *hits; /* as many: a bit for each bracket that the value is in */
  guint8 *is_hit; /* as many: whether there is any */
  guint32 *counts; /* N_BINS x LANES; added up afterwards */
  float low[LANES];
  float scale[LANES]; /* bins a unit */
  Bracket brackets[N_RANKS];
};

/* Floats as integers of the same order, and back: a negative one's bits count the other way.
 * Their smaller and larger are single instructions, which those of floats, with their NaN and
 * two zeros, are not to a compiler. */
static inline gint32
order_bits (gint32 bits)
{
  return bits ^ ((bits >> 31) & G_MAXINT32);
}

static inline gint32
order_from_float (float value)
{
  gint32 bits;
  memcpy (&bits, &value, sizeof bits);
  return order_bits (bits);
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
  for (gsize i = 0; i < n_values; i++)
    keys[i] = order_from_float (block[i]);
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

/* Bins never fall where values rise, whatever is rounded. */
BS_SIMD_BODY
find_bins_body (const float *restrict block, gsize n_rows, const float *restrict low,
                const float *restrict scale, guint8 *restrict bins)
{
  for (gsize i = 0; i < n_rows; i++)
    for (int l = 0; l < LANES; l++) {
      float at = (block[i * LANES + l] - low[l]) * scale[l];
      at = at > 0 ? at : 0;
      at = at < N_BINS - 1 ? at : N_BINS - 1;
      bins[i * LANES + l] = (guint8) (int) at;
    }
}

BS_SIMD_CLONES (find_bins,
                (const float *block, gsize n_rows, const float *low, const float *scale,
                 guint8 *bins),
                (block, n_rows, low, scale, bins))

/* One number after the other; a column's count is met again only sixteen numbers later. */
static void
count_bins (const guint8 *restrict bins, gsize n_rows, guint32 *restrict counts)
{
  memset (counts, 0, N_BINS * LANES * sizeof *counts);
  for (gsize i = 0; i < n_rows; i++, bins += LANES)
    for (gsize l = 0; l < LANES; l++)
      counts[(gsize) bins[l] * LANES + l]++;
}

/* So that a bin has the values through it. */
BS_SIMD_BODY
add_up_body (guint32 *restrict counts)
{
  for (gsize i = LANES; i < N_BINS * LANES; i++)
    counts[i] += counts[i - LANES];
}

BS_SIMD_CLONES (add_up, (guint32 * counts), (counts))

/* The first bin through which there are more than @rank values. */
BS_SIMD_BODY
find_first_bins_body (const guint32 *restrict counts, guint32 rank, guint32 *restrict bins)
{
  for (gsize b = 0; b < N_BINS - 1; b++)
    for (int l = 0; l < LANES; l++)
      bins[l] += counts[b * LANES + l] <= rank;
}

BS_SIMD_CLONES (find_first_bins, (const guint32 *counts, guint32 rank, guint32 *bins),
                (counts, rank, bins))

/* For each value a bit for each bracket that it is in, and whether there is any. */
BS_SIMD_BODY
find_hits_body (const guint8 *restrict bins, gsize n_values, const Bracket *restrict brackets,
                guint8 *restrict hits, guint8 *restrict is_hit)
{
  for (gsize first = 0; first < n_values; first += GROUP)
    for (gsize i = 0; i < GROUP; i++) {
      guint8 bits = 0;
      for (int j = 0; j < N_RANKS; j++) {
        guint8 further = (guint8) (bins[first + i] - brackets[j].first_bin[i]);
        bits |= further <= brackets[j].n_further_bins[i] ? (guint8) (1 << j) : 0;
      }
      hits[first + i] = bits;
      is_hit[first + i] = bits != 0;
    }
}

BS_SIMD_CLONES (find_hits,
                (const guint8 *bins, gsize n_values, const Bracket *brackets, guint8 *hits,
                 guint8 *is_hit),
                (bins, n_values, brackets, hits, is_hit))

/* Which bins hold a bracket's ranks. */
static void
place_bracket (const BsOrderStatistics *self, Bracket *bracket, gsize n_lanes)
{
  const guint32 *counts = self->counts;
  guint32 bins[LANES] = { 0 };
  find_first_bins (counts, (guint32) bracket->rank, bins);
  bracket->n_rows = 0;
  for (gsize l = 0; l < LANES; l++) {
    guint32 first = bins[l], last = first;
    gsize last_rank = bracket->rank + bracket->n_wanted - 1;
    while (counts[last * LANES + l] <= last_rank)
      last++;
    bracket->n_below[l] = first > 0 ? counts[(first - 1) * LANES + l] : 0;
    if (l < n_lanes)
      bracket->n_rows =
        MAX (bracket->n_rows, (gsize) counts[last * LANES + l] - bracket->n_below[l]);
    else
      first = last = N_BINS - 1; /* there is no column: all is in bin 0 */
    for (gsize i = l; i < GROUP; i += LANES) {
      bracket->first_bin[i] = (guint8) first;
      bracket->n_further_bins[i] = (guint8) (last - first);
    }
  }
}

/* Places the brackets; whether sorting what they hold is less than sorting all. */
static gboolean
place_brackets (BsOrderStatistics *self, gsize n_lanes)
{
  gsize n_rows = 0;
  for (guint j = 0; j < N_RANKS; j++) {
    Bracket *bracket = &self->brackets[j];
    place_bracket (self, bracket, n_lanes);
    bracket->start = n_rows;
    n_rows += bracket->n_rows;
    if (n_rows > self->n_rows / 2)
      return FALSE;
  }
  return TRUE;
}

/* Of bytes that are 0 or 1, the i-th one's bit is the i-th: eight are moved side by side by one
 * multiplication. */
static guint64
gather_bits (const guint8 *bytes)
{
  guint64 bits = 0;
  for (int i = 0; i < GROUP; i += 8) {
    guint64 word;
    memcpy (&word, bytes + i, sizeof word);
    word = GUINT64_FROM_LE (word);
    bits |= (word * G_GUINT64_CONSTANT (0x0102040810204080) >> 56) << i;
  }
  return bits;
}

/* Copies what is in the brackets, filled up with keys larger than any. */
static void
collect (BsOrderStatistics *self, const float *block)
{
  guint32 at[N_RANKS][LANES];
  for (guint j = 0; j < N_RANKS; j++) {
    const Bracket *bracket = &self->brackets[j];
    gint32 *keys = self->keys + bracket->start * LANES;
    for (gsize i = 0; i < bracket->n_rows * LANES; i++)
      keys[i] = G_MAXINT32;
    for (gsize l = 0; l < LANES; l++)
      at[j][l] = (guint32) (bracket->start * LANES + l);
  }
  gsize n_values = self->n_rows * LANES;
  find_hits (self->bins, n_values, self->brackets, self->hits, self->is_hit);
  for (gsize first = 0; first < n_values; first += GROUP) {
    guint64 places = gather_bits (self->is_hit + first);
    if (n_values - first < GROUP)
      places &= (G_GUINT64_CONSTANT (1) << (n_values - first)) - 1;
    for (; places != 0; places &= places - 1) {
      gsize k = (gsize) __builtin_ctzll (places);
      gint32 key = order_from_float (block[first + k]);
      guint bits = self->hits[first + k];
      do {
        guint32 *to = &at[__builtin_ctz (bits)][k % LANES];
        self->keys[*to] = key;
        *to += LANES;
      } while ((bits &= bits - 1) != 0);
    }
  }
}

/* Bins of equal width around the mean. Whether there can be any: no value is an infinity or NaN. */
static gboolean
set_bins (BsOrderStatistics *self, gsize n_lanes, const double *mean, const double *std)
{
  for (gsize l = 0; l < LANES; l++) {
    double scale = N_BINS / (2.0 * N_DEVIATIONS * std[l]);
    if (l < n_lanes && !(isfinite (std[l]) && scale < 1e30))
      return FALSE;
    self->low[l] = l < n_lanes ? (float) (mean[l] - N_DEVIATIONS * std[l]) : 0;
    self->scale[l] = l < n_lanes ? (float) scale : 0;
  }
  return TRUE;
}

static gboolean
count (BsOrderStatistics *self, const float *block, gsize n_lanes, const double *mean,
       const double *std)
{
  if (self->n_rows < MIN_COUNTED || self->n_rows > G_MAXINT32 / LANES ||
      !set_bins (self, n_lanes, mean, std))
    return FALSE;
  find_bins (block, self->n_rows, self->low, self->scale, self->bins);
  count_bins (self->bins, self->n_rows, self->counts);
  add_up (self->counts);
  return place_brackets (self, n_lanes);
}

/**
 * bs_order_statistics_new:
 * @n_rows: of the columns, at least 1
 * @ranks: (array fixed-size=5): below @n_rows
 *
 * Returns: (transfer full): what finds them
 */
BsOrderStatistics *
bs_order_statistics_new (gsize n_rows, const gsize *ranks)
{
  g_return_val_if_fail (n_rows > 0, NULL);
  BsOrderStatistics *self = g_new0 (BsOrderStatistics, 1);
  gsize alignment = LANES * sizeof (gint32), n_values = n_rows * LANES;
  gsize n_counted = n_rows >= MIN_COUNTED ? n_values + GROUP : 0;
  self->n_rows = n_rows;
  for (guint j = 0; j < N_RANKS; j++) {
    self->brackets[j].rank = ranks[j];
    self->brackets[j].n_wanted = ranks[j] + 1 < n_rows ? 2 : 1;
  }
  self->keys = g_aligned_alloc (n_values, sizeof *self->keys, alignment);
  self->bins = g_aligned_alloc0 (n_counted, sizeof *self->bins, alignment);
  self->hits = g_aligned_alloc (n_counted, sizeof *self->hits, alignment);
  self->is_hit = g_aligned_alloc (n_counted, sizeof *self->is_hit, alignment);
  self->counts = g_aligned_alloc (N_BINS * LANES, sizeof *self->counts, alignment);
  return self;
}

/**
 * bs_order_statistics_free:
 * @self: (transfer full): work arrays
 */
void
bs_order_statistics_free (BsOrderStatistics *self)
{
  g_aligned_free (self->keys);
  g_aligned_free (self->bins);
  g_aligned_free (self->hits);
  g_aligned_free (self->is_hit);
  g_aligned_free (self->counts);
  g_free (self);
}

/**
 * bs_order_statistics_find:
 * @self: work arrays
 * @block: n_rows x BS_ORDER_LANES
 * @n_lanes: columns that are looked at; the others hold zeros
 * @mean: (array): of each column, and
 * @std: (array): its standard deviation; not finite where a value is not. They change how long it
 *   takes and nothing else
 * @out: (out caller-allocates): for each rank the values there in each column, BS_ORDER_LANES of
 *   them, and then those of the rank behind it, or again of the last one
 *
 * Values stand in the order of their bits: -0 before 0, NaN at the ends.
 */
void
bs_order_statistics_find (BsOrderStatistics *self, const float *block, gsize n_lanes,
                          const double *mean, const double *std, float *out)
{
  gboolean is_counted = count (self, block, n_lanes, mean, std);
  if (is_counted) {
    collect (self, block);
  } else {
    find_keys (block, self->n_rows * LANES, self->keys);
    sort_columns (self->keys, self->n_rows);
  }
  for (guint j = 0; j < N_RANKS; j++, out += 2 * LANES) {
    const Bracket *bracket = &self->brackets[j];
    const gint32 *keys = self->keys + (is_counted ? bracket->start * LANES : 0);
    if (is_counted)
      sort_columns (self->keys + bracket->start * LANES, bracket->n_rows);
    for (gsize l = 0; l < n_lanes; l++) {
      gsize row = bracket->rank - (is_counted ? bracket->n_below[l] : 0);
      out[l] = float_from_order (keys[row * LANES + l]);
      out[LANES + l] = float_from_order (keys[(row + bracket->n_wanted - 1) * LANES + l]);
    }
  }
}
