/* SPDX-License-Identifier: MIT */
/* Against numpy and scikit-learn: tests/reference/make-features.py wrote the fixture. */
#include "model/features/bs-aggregate-private.h"

#include <string.h>

#include "model/numeric/bs-scaler.h"
#include "tests/support/bs-npz-fixture.h"

#define N_CASES 6

static void
test_statistics_are_those_of_numpy (void)
{
  g_autoptr (BsNpz) npz = fixture_open ("features.npz");
  for (int i = 0; i < N_CASES; i++) {
    g_autofree char *x_name = g_strdup_printf ("x%d", i);
    g_autofree char *y_name = g_strdup_printf ("y%d", i);
    g_autoptr (BsMatrix) x = fixture_matrix (npz, x_name);
    gsize n = BS_N_STATISTICS * x->n_cols;
    g_autofree double *expected = fixture_doubles (npz, y_name, n);
    g_autofree float *out = g_new (float, n);
    bs_aggregate (x, out);
    for (gsize k = 0; k < n; k++)
      if (!(fabs (out[k] - expected[k]) <= 1e-6 * fmax (1, fabs (expected[k]))))
        g_error ("case %d, statistic %zu, column %zu: %.9g instead of %.9g", i, k / x->n_cols,
                 k % x->n_cols, out[k], expected[k]);
  }
}

static void
test_one_row_has_no_spread (void)
{
  const float row[3] = { 1.5f, -2, 0 };
  float out[7 * 3];
  bs_aggregate_rows (row, 1, 3, out);
  for (int s = 0; s < 7; s++)
    for (int c = 0; c < 3; c++)
      g_assert_cmpfloat (out[s * 3 + c], ==, s == 1 ? 0 : row[c]);
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  const float *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static void
test_every_length_is_sorted (void)
{
  for (gsize n = 1; n <= 70; n++) {
    g_autofree float *values = g_new (float, n);
    for (gsize i = 0; i < n; i++)
      values[i] = (float) g_test_rand_int_range (-20, 20);
    float out[7];
    bs_aggregate_rows (values, n, 1, out);
    qsort (values, n, sizeof *values, compare_floats);
    static const double shares[] = { 0.1, 0.25, 0.5, 0.75, 0.9 };
    for (int p = 0; p < 5; p++) {
      double at = shares[p] * (double) (n - 1);
      gsize below = (gsize) at;
      double low = values[below], high = values[MIN (below + 1, n - 1)];
      g_assert_cmpfloat_with_epsilon (out[2 + p], low + (high - low) * (at - (double) below), 1e-5);
    }
  }
}

static void
test_what_is_not_finite_reaches_the_mean (void)
{
  float rows[3 * 2] = { 1, 2, 3, 4, 5, 6 }, out[14];
  const float bad[] = { NAN, INFINITY, -INFINITY };
  for (int i = 0; i < 3; i++) {
    rows[3] = bad[i];
    bs_aggregate_rows (rows, 3, 2, out);
    g_assert_true (isfinite (out[0]));
    g_assert_false (isfinite (out[1]));
  }
}

static void
test_scaling_is_that_of_scikit_learn (void)
{
  g_autoptr (BsNpz) npz = fixture_open ("features.npz");
  g_autoptr (BsMatrix) x = fixture_matrix (npz, "scaler_x");
  g_autofree double *mean = fixture_doubles (npz, "scaler_mean", x->n_cols);
  g_autofree double *scale = fixture_doubles (npz, "scaler_scale", x->n_cols);
  g_autofree double *z = fixture_doubles (npz, "scaler_z", x->n_rows * x->n_cols);
  g_autofree gsize *index = g_new (gsize, x->n_rows);
  for (gsize i = 0; i < x->n_rows; i++)
    index[i] = x->n_rows - 1 - i;
  g_autoptr (BsScaler) scaler = bs_scaler_fit (x, index, x->n_rows);
  g_autofree float *row = g_new (float, x->n_cols);
  for (gsize c = 0; c < x->n_cols; c++) {
    g_assert_cmpfloat (fabs (scaler->mean[c] - mean[c]), <=, 1e-7 * fabs (mean[c]));
    g_assert_cmpfloat (fabs (scaler->scale[c] - scale[c]), <=, 1e-7 * scale[c]);
  }
  for (gsize i = 0; i < x->n_rows; i++) {
    bs_scaler_apply (scaler, bs_matrix_row (x, i), row);
    for (gsize c = 0; c < x->n_cols; c++)
      g_assert_cmpfloat (fabs (row[c] - z[i * x->n_cols + c]), <=, 2e-5);
  }
}

static void
test_a_scaler_sees_only_the_rows_it_is_given (void)
{
  g_autoptr (BsMatrix) rows = bs_matrix_new (4, 1);
  const float values[] = { 1, 1e9f, 3, -1e9f };
  memcpy (rows->data, values, sizeof values);
  const gsize index[] = { 0, 2 };
  g_autoptr (BsScaler) scaler = bs_scaler_fit (rows, index, 2);
  g_assert_cmpfloat (scaler->mean[0], ==, 2);
  g_assert_cmpfloat (scaler->scale[0], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aggregate/numpy", test_statistics_are_those_of_numpy);
  g_test_add_func ("/aggregate/one-row", test_one_row_has_no_spread);
  g_test_add_func ("/aggregate/lengths", test_every_length_is_sorted);
  g_test_add_func ("/aggregate/not-finite", test_what_is_not_finite_reaches_the_mean);
  g_test_add_func ("/scaler/scikit-learn", test_scaling_is_that_of_scikit_learn);
  g_test_add_func ("/scaler/rows", test_a_scaler_sees_only_the_rows_it_is_given);
  return g_test_run ();
}
