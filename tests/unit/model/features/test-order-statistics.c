/* SPDX-License-Identifier: MIT */
/* Against sorting each column alone, to the last bit: few rows and many, which are found in two
 * ways, and values that make the second one turn back. */
#include "model/features/bs-order-statistics.h"

#include <math.h>
#include <string.h>

#include "data/base/bs-random.h"

#define LANES BS_ORDER_LANES
#define N_ROUNDS 400
#define MAX_ROWS 900

typedef enum {
  NORMAL,
  FEW_VALUES,
  ONE_FAR_AWAY,
  CONSTANT,
  ZEROS_OF_BOTH_SIGNS,
  SUBNORMAL,
  HUGE_VALUES,
  LARGE_MEAN,
  TWO_HEAPS,
  NOT_FINITE,
  N_KINDS,
} Kind;

static float
draw (Kind kind, gsize row, BsRandom *random)
{
  float x = (float) bs_random_normal (random);
  switch (kind) {
  case FEW_VALUES:
    return (float) (int) (3 * x);
  case ONE_FAR_AWAY:
    return row == 3 ? 1e30f : x;
  case CONSTANT:
    return 0.1f;
  case ZEROS_OF_BOTH_SIGNS:
    return x > 1 ? x : x > 0 ? 0.0f : -0.0f;
  case SUBNORMAL:
    return x * 1e-42f;
  case HUGE_VALUES:
    return x < 0 ? -3e38f : 3e38f;
  case LARGE_MEAN:
    return 1e6f + x;
  case TWO_HEAPS:
    return x + (row % 2 ? 1000 : -1000);
  case NOT_FINITE:
    return row % 50 == 7 ? (float) NAN : row % 50 == 9 ? (float) INFINITY : x;
  default:
    return x;
  }
}

static gint32
key_of (float value)
{
  gint32 bits;
  memcpy (&bits, &value, sizeof bits);
  return bits < 0 ? bits ^ G_MAXINT32 : bits;
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  gint32 x = key_of (*(const float *) a), y = key_of (*(const float *) b);
  return (x > y) - (x < y);
}

static void
find_moments (const float *column, gsize n, double *mean, double *std)
{
  double sum = 0, squares = 0;
  for (gsize i = 0; i < n; i++)
    sum += column[i];
  *mean = sum / (double) n;
  for (gsize i = 0; i < n; i++)
    squares += pow (column[i] - *mean, 2);
  *std = sqrt (squares / (double) n);
}

static void
assert_same_bits (float a, float b, const char *what, gsize n, Kind kind)
{
  if (memcmp (&a, &b, sizeof a) != 0)
    g_error ("%s of %zu rows of kind %d: %.9g instead of %.9g", what, n, kind, a, b);
}

/* All columns of one kind but the first, which is plain; @n_lanes of them are there. */
static void
check (gsize n, gsize n_lanes, Kind kind, BsRandom *random)
{
  static const double shares[] = { 0.1, 0.25, 0.5, 0.75, 0.9 };
  gsize ranks[BS_ORDER_N_RANKS];
  double mean[LANES] = { 0 }, std[LANES] = { 0 };
  float out[BS_ORDER_N_RANKS][2][LANES];
  g_autofree float *columns = g_new (float, LANES *n);
  float *block = g_aligned_alloc0 (n * LANES, sizeof *block, LANES * sizeof *block);
  for (gsize l = 0; l < n_lanes; l++) {
    for (gsize i = 0; i < n; i++)
      block[i * LANES + l] = columns[l * n + i] = draw (l == 0 ? NORMAL : kind, i, random);
    find_moments (columns + l * n, n, &mean[l], &std[l]);
    qsort (columns + l * n, n, sizeof *columns, compare_floats);
  }
  for (int p = 0; p < BS_ORDER_N_RANKS; p++)
    ranks[p] = (gsize) (shares[p] * (double) (n - 1));
  g_autoptr (BsOrderStatistics) order = bs_order_statistics_new (n, ranks);
  bs_order_statistics_find (order, block, n_lanes, mean, std, out[0][0]);
  for (int p = 0; p < BS_ORDER_N_RANKS; p++)
    for (gsize l = 0; l < n_lanes; l++) {
      const float *sorted = columns + l * n;
      assert_same_bits (out[p][0][l], sorted[ranks[p]], "the rank", n, kind);
      assert_same_bits (out[p][1][l], sorted[MIN (ranks[p] + 1, n - 1)], "the next rank", n, kind);
    }
  g_aligned_free (block);
}

static void
test_any_length (void)
{
  BsRandom random;
  bs_random_init (&random, 11);
  for (int round = 0; round < N_ROUNDS; round++)
    check ((gsize) g_test_rand_int_range (1, MAX_ROWS),
           (gsize) g_test_rand_int_range (1, LANES + 1), (Kind) (round % N_KINDS), &random);
}

static void
test_many_rows (void)
{
  BsRandom random;
  bs_random_init (&random, 12);
  for (int kind = 0; kind < N_KINDS; kind++)
    check (5000, LANES, (Kind) kind, &random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-statistics/any-length", test_any_length);
  g_test_add_func ("/order-statistics/many-rows", test_many_rows);
  return g_test_run ();
}
