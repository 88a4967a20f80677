/* SPDX-License-Identifier: MIT */
/* Against a full singular value decomposition: tests/reference/make-pca.py wrote the fixture. */
#include "model/numeric/bs-pca-private.h"

#include <cblas.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/base/bs-random.h"
#include "model/numeric/bs-blas.h"
#include "model/numeric/bs-scaler.h"
#include "tests/support/bs-npz-fixture.h"

#define TOLERANCE 1e-4 /* DEFINITIONS, Networks: PCA */
#define K 5

static double *
member (BsNpz *npz, const char *shape, const char *what, gsize n)
{
  g_autofree char *name = g_strconcat (shape, what, NULL);
  return fixture_doubles (npz, name, n);
}

static void
check (const char *shape)
{
  g_autoptr (BsNpz) npz = fixture_open ("pca.npz");
  g_autoptr (GError) error = NULL;
  g_autofree char *x_name = g_strconcat (shape, "_x", NULL);
  g_autoptr (BsMatrix) x = fixture_matrix (npz, x_name);
  g_autofree double *scores = member (npz, shape, "_scores", x->n_rows * K);
  g_autofree double *white = member (npz, shape, "_white", x->n_rows * K);
  g_autofree double *explained = member (npz, shape, "_explained", K);
  g_autoptr (BsPca) plain = bs_pca_new (x, K, FALSE, NULL, &error);
  g_assert_no_error (error);
  assert_close (plain->scores->data, scores, x->n_rows * K, TOLERANCE, "scores");
  for (int c = 0; c < K; c++)
    g_assert_cmpfloat_with_epsilon (plain->explained[c], explained[c], 1e-6);
  g_autoptr (BsPca) whitened = bs_pca_new (x, K, TRUE, NULL, &error);
  assert_close (whitened->scores->data, white, x->n_rows * K, TOLERANCE, "whitened scores");
}

static void
test_more_columns_than_rows (void)
{
  check ("wide");
}

static void
test_more_rows_than_columns (void)
{
  check ("tall");
}

/* Wider than a panel, so that sums go over several. */
static void
test_panels_add_up (void)
{
  BsRandom random;
  bs_random_init (&random, 4);
  const gsize n = 20, d = 2500;
  g_autoptr (BsMatrix) wide = bs_matrix_new (n, d);
  g_autoptr (BsMatrix) tall = bs_matrix_new (d, 2);
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++)
      wide->data[i * d + c] = (float) ((double) i * (c == 7 ? 3 : 1) + bs_random_normal (&random));
  for (gsize i = 0; i < d; i++) {
    tall->data[2 * i] = (float) i;
    tall->data[2 * i + 1] = i % 2 ? 1 : -1;
  }
  g_autoptr (BsPca) a = bs_pca_new (wide, 1, FALSE, NULL, NULL);
  /* The rows lie along one line, each sqrt (2499 + 9) further than the last. */
  for (gsize i = 1; i < n; i++)
    g_assert_cmpfloat_with_epsilon (a->scores->data[i] - a->scores->data[i - 1], sqrt (2508), 3);
  g_autoptr (BsPca) b = bs_pca_new (tall, 2, FALSE, NULL, NULL);
  for (gsize i = 0; i < d; i++)
    g_assert_cmpfloat_with_epsilon (b->scores->data[2 * i], (double) i - 1249.5, 0.01);
}

static void
test_components_that_are_not_there_are_nought (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = bs_matrix_new (3, 5);
  for (int i = 0; i < 3; i++)
    for (int c = 0; c < 5; c++)
      x->data[i * 5 + c] = (float) (i * (c + 1));
  g_autoptr (BsPca) pca = bs_pca_new (x, 10, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pca->n_components, ==, 3);
  g_assert_cmpfloat_with_epsilon (pca->explained[0], 1, 1e-6);
  for (int i = 0; i < 3; i++) {
    g_assert_cmpfloat_with_epsilon (pca->scores->data[i * 3], i - 1, 1e-5);
    g_assert_cmpfloat (pca->scores->data[i * 3 + 2], ==, 0);
  }
  g_autoptr (BsMatrix) one = bs_matrix_new (1, 4);
  g_autoptr (BsPca) single = bs_pca_new (one, 2, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (single->scores->data[0], ==, 0);
  g_assert_cmpfloat (single->explained[0], ==, 0);
}

static void
test_what_is_not_finite_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = bs_matrix_new (3, 5);
  x->data[4] = NAN;
  g_assert_null (bs_pca_new (x, 2, FALSE, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_NUMERIC);
}

static void
test_it_can_be_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = bs_matrix_new (3, 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_pca_new (x, 2, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_groups_are_standardised (void)
{
  g_autoptr (BsNpz) npz = fixture_open ("pca.npz");
  g_autoptr (BsMatrix) x = fixture_matrix (npz, "group_x");
  g_autofree double *z = fixture_doubles (npz, "group_z", x->n_rows * x->n_cols);
  g_autofree double *groups = fixture_doubles (npz, "group", x->n_rows);
  g_autofree int *group = g_new (int, x->n_rows);
  for (gsize i = 0; i < x->n_rows; i++)
    group[i] = (int) groups[i];
  bs_standardise_groups (x, group, 4);
  assert_close (x->data, z, x->n_rows * x->n_cols, 2e-6, "standardised");
}

/* Both solvers' answer to the same rows; the caller frees both. */
static BsPcaResult
solve_both (const BsMatrix *x, gsize k, BsPcaSolution **exact, BsPcaSolution **krylov)
{
  g_autoptr (GError) error = NULL;
  g_auto (BsPcaProblem) problem = { 0 };
  g_assert_true (bs_pca_problem_init (&problem, x, k, 2, &error));
  *exact = bs_pca_solution_new (&problem);
  *krylov = bs_pca_solution_new (&problem);
  g_assert_true (bs_pca_solve_exact (&problem, *exact, NULL, &error));
  bs_blas_hold ();
  BsPcaResult outcome = bs_pca_solve_krylov (&problem, *krylov, NULL, &error);
  bs_blas_release ();
  g_assert_no_error (error);
  return outcome;
}

static void
assert_agree (const BsPcaSolution *a, const BsPcaSolution *b)
{
  gsize n = a->scores->n_rows, k = a->scores->n_cols;
  double largest = 0;
  for (gsize i = 0; i < n * k; i++)
    largest = fmax (largest, fabs (a->scores->data[i]));
  for (gsize c = 0; c < k; c++) {
    double sign = (a->largest[c] < 0) == (b->largest[c] < 0) ? 1 : -1;
    g_assert_cmpfloat (fabs (a->values[c] - b->values[c]), <=, 1e-5 * a->values[0]);
    for (gsize i = 0; i < n; i++)
      g_assert_cmpfloat (fabs (a->scores->data[i * k + c] - sign * b->scores->data[i * k + c]), <=,
                         TOLERANCE * largest);
  }
}

/* n x d of independent noise, and along each of the first columns, @deviations times more. */
static BsMatrix *
make_noise (gsize n, gsize d, gsize n_deviations, const float *deviations)
{
  BsRandom random;
  bs_random_init (&random, 7);
  BsMatrix *x = bs_matrix_new (n, d);
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < d; c++)
      bs_matrix_row (x, i)[c] =
        (float) bs_random_normal (&random) * (c < n_deviations ? deviations[c] : 1);
  return x;
}

static void
check_solvers_agree (gsize n, gsize d, gsize k, float mean)
{
  const float deviations[] = { 90, 60, 45, 33, 27, 22, 19, 17 };
  g_autoptr (BsMatrix) x = make_noise (n, d, G_N_ELEMENTS (deviations), deviations);
  g_autoptr (BsPcaSolution) exact = NULL;
  g_autoptr (BsPcaSolution) krylov = NULL;
  for (gsize i = 0; i < n * d; i++)
    x->data[i] += mean;
  g_assert_cmpint (solve_both (x, k, &exact, &krylov), ==, BS_PCA_SOLVED);
  assert_agree (exact, krylov);
}

/* Widths that are no multiple of the lanes, chunks that are no multiple of four rows, and blocks
 * of more vectors than are multiplied at a time. */
static void
test_solvers_agree (void)
{
  check_solvers_agree (301, 515, 1, 0);
  check_solvers_agree (515, 301, 2, 0);
  check_solvers_agree (299, 402, 3, 20);
  check_solvers_agree (330, 300, 7, -5);
}

/* Noise alone has no component that stands out. */
static void
test_solvers_agree_on_noise (void)
{
  g_autoptr (BsMatrix) x = make_noise (700, 900, 0, NULL);
  g_autoptr (BsPcaSolution) exact = NULL;
  g_autoptr (BsPcaSolution) krylov = NULL;
  g_assert_cmpint (solve_both (x, 2, &exact, &krylov), ==, BS_PCA_SOLVED);
  assert_agree (exact, krylov);
}

/* 2 n rows +-s along columns of their own: eigenvalues 2 s^2, exactly. */
static BsMatrix *
make_axes (gsize n_axes, const float *s, gsize d)
{
  BsMatrix *x = bs_matrix_new (2 * d, d);
  for (gsize c = 0; c < d; c++) {
    float size = c < n_axes ? s[c] : 1;
    bs_matrix_row (x, 2 * c)[c] = size;
    bs_matrix_row (x, 2 * c + 1)[c] = -size;
  }
  return x;
}

/* Where the second and the third eigenvalue are equal, no second component is the right one; but
 * its eigenvalue is known, and it lies in the plane of both. */
static void
test_equal_eigenvalues (void)
{
  const float sizes[] = { 9, 5, 5 };
  g_autoptr (BsMatrix) x = make_axes (3, sizes, 300);
  g_autoptr (BsPcaSolution) exact = NULL;
  g_autoptr (BsPcaSolution) krylov = NULL;
  g_assert_cmpint (solve_both (x, 2, &exact, &krylov), ==, BS_PCA_SOLVED);
  g_assert_cmpfloat_with_epsilon (krylov->values[0], 162, 1e-3);
  g_assert_cmpfloat_with_epsilon (krylov->values[1], 50, 1e-3);
  const float *second = krylov->scores->data + 1; /* two columns */
  double in_plane = pow (second[2 * 2], 2) + pow (second[2 * 4], 2);
  g_assert_cmpfloat_with_epsilon (in_plane, 25, 1e-3);
  g_assert_cmpfloat_with_epsilon (fabs (krylov->scores->data[0]), 9, 1e-4);
}

/* Rank 2 with three components wanted, and columns that are constant but for it. */
static void
test_low_rank_is_left_to_the_exact_solver (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = bs_matrix_new (400, 300);
  for (gsize i = 0; i < 400; i++)
    for (gsize c = 0; c < 300; c++)
      bs_matrix_row (x, i)[c] = c == 5 ? (float) (i % 2) : c == 9 ? (float) (i % 5) : 3;
  g_autoptr (BsPcaSolution) exact = NULL;
  g_autoptr (BsPcaSolution) krylov = NULL;
  g_assert_cmpint (solve_both (x, 3, &exact, &krylov), ==, BS_PCA_UNSETTLED);
  g_autoptr (BsPca) pca = bs_pca_new (x, 3, FALSE, NULL, &error);
  g_assert_no_error (error);
  /* Variances 2 and 1/4 */
  g_assert_cmpfloat_with_epsilon (pca->explained[0], 2 / 2.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (pca->explained[1], 0.25 / 2.25, 1e-6);
  g_assert_cmpfloat (pca->explained[2], ==, 0);
  g_assert_cmpfloat_with_epsilon (pca->scores->data[0], -2, 1e-4);
}

static void
test_constant_rows_have_no_components (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = bs_matrix_new (300, 300);
  for (gsize i = 0; i < 300 * 300; i++)
    x->data[i] = 0.1f;
  g_autoptr (BsPca) pca = bs_pca_new (x, 2, TRUE, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < 300 * 2; i++)
    g_assert_cmpfloat (pca->scores->data[i], ==, 0);
  g_assert_cmpfloat (pca->explained[0], ==, 0);
}

static BsPcaSolution *
solve_with_threads (const BsMatrix *x, int n_threads)
{
  g_auto (BsPcaProblem) problem = { 0 };
  g_assert_true (bs_pca_problem_init (&problem, x, 2, n_threads, NULL));
  BsPcaSolution *solution = bs_pca_solution_new (&problem);
  g_assert_cmpint (bs_pca_solve_krylov (&problem, solution, NULL, NULL), ==, BS_PCA_SOLVED);
  return solution;
}

static void
test_threads_change_no_bit (void)
{
  const float deviations[] = { 5, 4, 3 };
  g_autoptr (BsMatrix) x = make_noise (333, 444, 3, deviations);
  g_autoptr (BsPcaSolution) one = solve_with_threads (x, 1);
  g_autoptr (BsPcaSolution) four = solve_with_threads (x, 4);
  g_assert_cmpmem (one->scores->data, 333 * 2 * sizeof (float), four->scores->data,
                   333 * 2 * sizeof (float));
  g_assert_cmpmem (one->values, 2 * sizeof (double), four->values, 2 * sizeof (double));
}

/* Of rank 2, which is left to the exact solver where three components are wanted. */
static BsMatrix *
make_low_rank (gsize n, gsize d)
{
  BsMatrix *x = bs_matrix_new (n, d);
  BsRandom random;
  bs_random_init (&random, 3);
  g_autofree double *a = g_new (double, 2 * d);
  for (gsize c = 0; c < 2 * d; c++)
    a[c] = bs_random_normal (&random);
  for (gsize i = 0; i < n; i++) {
    double u = bs_random_normal (&random), v = bs_random_normal (&random);
    for (gsize c = 0; c < d; c++)
      bs_matrix_row (x, i)[c] = (float) (u * a[c] + v * a[d + c]);
  }
  return x;
}

static BsPca *
project_with_blas (const BsMatrix *x, int n_threads)
{
  g_autoptr (GError) error = NULL;
  int before = openblas_get_num_threads ();
  openblas_set_num_threads (n_threads);
  BsPca *pca = bs_pca_new (x, 3, FALSE, NULL, &error);
  openblas_set_num_threads (before);
  g_assert_no_error (error);
  return pca;
}

static void
test_threads_of_blas_change_no_bit (void)
{
  const gsize sizes[][2] = { { 900, 700 }, { 700, 900 } };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gsize n = sizes[i][0];
    g_autoptr (BsMatrix) x = make_low_rank (n, sizes[i][1]);
    g_autoptr (BsPca) one = project_with_blas (x, 1);
    g_autoptr (BsPca) four = project_with_blas (x, 4);
    g_assert_cmpmem (one->scores->data, n * 3 * sizeof (float), four->scores->data,
                     n * 3 * sizeof (float));
    g_assert_cmpmem (one->explained, 3 * sizeof (double), four->explained, 3 * sizeof (double));
  }
}

static void
test_passes_can_be_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsMatrix) x = make_noise (300, 300, 0, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (BsPcaProblem) problem = { 0 };
  g_assert_true (bs_pca_problem_init (&problem, x, 2, 1, NULL));
  g_autoptr (BsPcaSolution) solution = bs_pca_solution_new (&problem);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (bs_pca_solve_krylov (&problem, solution, cancellable, &error), ==,
                   BS_PCA_FAILED);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pca/wide", test_more_columns_than_rows);
  g_test_add_func ("/pca/tall", test_more_rows_than_columns);
  g_test_add_func ("/pca/panels", test_panels_add_up);
  g_test_add_func ("/pca/rank", test_components_that_are_not_there_are_nought);
  g_test_add_func ("/pca/not-finite", test_what_is_not_finite_is_refused);
  g_test_add_func ("/pca/cancel", test_it_can_be_cancelled);
  g_test_add_func ("/pca/solvers/agree", test_solvers_agree);
  g_test_add_func ("/pca/solvers/noise", test_solvers_agree_on_noise);
  g_test_add_func ("/pca/solvers/equal", test_equal_eigenvalues);
  g_test_add_func ("/pca/solvers/low-rank", test_low_rank_is_left_to_the_exact_solver);
  g_test_add_func ("/pca/solvers/constant", test_constant_rows_have_no_components);
  g_test_add_func ("/pca/solvers/threads", test_threads_change_no_bit);
  g_test_add_func ("/pca/blas-threads", test_threads_of_blas_change_no_bit);
  g_test_add_func ("/pca/solvers/cancel", test_passes_can_be_cancelled);
  g_test_add_func ("/pca/groups", test_groups_are_standardised);
  return g_test_run ();
}
