/* SPDX-License-Identifier: MIT */
/* Against a full singular value decomposition: tests/reference/make-pca.py wrote the fixture. */
#include "model/bs-pca.h"

#include <string.h>

#include "data/bs-error.h"
#include "data/bs-random.h"
#include "tests/unit/model/npz-fixture.h"

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
  g_test_add_func ("/pca/groups", test_groups_are_standardised);
  return g_test_run ();
}
