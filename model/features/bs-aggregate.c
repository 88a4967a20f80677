/* SPDX-License-Identifier: MIT */
/* Seven statistics over time, per column (blemore-common, feature_extraction/
 * timeseries2aggregate.py). Sixteen columns at a time are copied side by side, where each
 * instruction is for all of them. */
#include "model/features/bs-aggregate-private.h"

#include <math.h>
#include <string.h>

#include "model/features/bs-order-statistics.h"
#include "model/numeric/bs-simd.h"

#define LANES BS_ORDER_LANES
#define N_BLOCKS 4 /* of columns, gathered at a time */
#define N_PERCENTILES BS_ORDER_N_RANKS
#define AHEAD 8 /* rows that are on their way from memory */

static const double percentiles[N_PERCENTILES] = { 10, 25, 50, 75, 90 };

/* Sums, then what is made of them. Never on the stack of the loops: a vectoriser aligns arrays
 * there further than AddressSanitizer's own stack goes. */
typedef struct {
  double mean[LANES];
  double squares[LANES];
} Moments;

static double
find_place (int percentile, gsize n_rows)
{
  return percentiles[percentile] / 100.0 * (double) (n_rows - 1);
}

/* numpy's "linear": between the two values around q (n - 1), from the nearer one
 * (numpy/lib/function_base.py, _lerp). */
static double
interpolate (double a, double b, double t)
{
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1.0 - t);
}

static BsOrderStatistics *
order_new (gsize n_rows)
{
  gsize ranks[N_PERCENTILES];
  for (int p = 0; p < N_PERCENTILES; p++)
    ranks[p] = (gsize) find_place (p, n_rows);
  return bs_order_statistics_new (n_rows, ranks);
}

static void
order_free (BsOrderStatistics *order)
{
  bs_order_statistics_free (order);
}

static void
find_around (BsOrderStatistics *order, const float *block, gsize n_rows, gsize n_lanes,
             const Moments *moments, float around[N_PERCENTILES][2][LANES])
{
  bs_order_statistics_find (order, block, n_lanes, moments->mean, moments->squares, around[0][0]);
}

/* So that NAME() is replaced first. */
#define CLONES(name, params, args) BS_SIMD_CLONES (name, params, args)

#define VALUE float
#define ORDER BsOrderStatistics
#define NAME(function) function
#include "model/features/bs-aggregate-loops.h"
#undef VALUE
#undef ORDER
#undef NAME

#define VALUE double
#define KEY gint64
#define KEY_MAX G_MAXINT64
#define ORDER gint64
#define SORTS_EVERYTHING
#define NAME(function) wide_##function
#include "model/features/bs-aggregate-loops.h"

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
  aggregate_rows (rows, n_rows, n_cols, out);
}

/**
 * bs_aggregate:
 * @sequence: time x width, at least one row; not wide
 * @out: (out caller-allocates): 7 x width, as bs_aggregate_rows() has it
 */
void
bs_aggregate (const BsMatrix *sequence, float *out)
{
  bs_aggregate_rows (sequence->data, sequence->n_rows, sequence->n_cols, out);
}

/**
 * bs_aggregate_segments:
 * @sequence: time x width
 * @first: first row
 * @n_rows: at least 1
 * @n_segments: pieces of these rows, of which every one has at least a row
 * @concat: set the pieces' statistics side by side, instead of averaging them
 * @out: (inout): a matrix with room for them, wide where @sequence is
 * @row: of @out
 * @column: its first one
 *
 * The seven statistics of each piece of a sequence, averaged or side by side; of a single piece
 * they are bs_aggregate_rows()'.
 */
void
bs_aggregate_segments (const BsMatrix *sequence, gsize first, gsize n_rows, gsize n_segments,
                       gboolean concat, BsMatrix *out, gsize row, gsize column)
{
  gsize n_cols = sequence->n_cols;
  if (sequence->doubles != NULL)
    wide_aggregate_segments (bs_matrix_wide_row (sequence, first), n_rows, n_cols, n_segments,
                             concat, bs_matrix_wide_row (out, row) + column);
  else
    aggregate_segments (bs_matrix_row (sequence, first), n_rows, n_cols, n_segments, concat,
                        bs_matrix_row (out, row) + column);
}
