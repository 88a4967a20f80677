/* SPDX-License-Identifier: MIT */
#include "ui/session/bs-key-sort.h"

#include <math.h>

static int
compare (gconstpointer a, gconstpointer b, gpointer numbers)
{
  guint32 x = ((const BsKeyed *) a)->value, y = ((const BsKeyed *) b)->value;
  const double *of = numbers;
  if (of[x] != of[y])
    return of[x] < of[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

static void
check (const double *numbers, gsize n, gboolean descending)
{
  g_autofree BsKeyed *sorted = g_new0 (BsKeyed, n + 1), *expected = g_new0 (BsKeyed, n + 1);
  g_autofree double *compared = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++) {
    sorted[i] = expected[i] = (BsKeyed){ bs_key_of (numbers[i], descending), (guint32) i };
    compared[i] = descending ? -numbers[i] : numbers[i];
  }
  bs_key_sort (sorted, n);
  g_qsort_with_data (expected, (int) n, sizeof *expected, compare, compared);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (sorted[i].value, ==, expected[i].value);
}

static void
test_numbers_of_every_kind (void)
{
  const double numbers[] = { 3,     -1,       0, -0.0,      0.5,   -0.5, 1e300, -1e300, 1e-310,
                             -7.25, INFINITY, 3, -INFINITY, 65536, 255,  256,   -1,     -1e-310 };
  for (gsize n = 0; n <= G_N_ELEMENTS (numbers); n++) {
    check (numbers, n, FALSE);
    check (numbers, n, TRUE);
  }
}

static void
test_many_with_ties (void)
{
  const gsize n = 20000;
  g_autofree double *numbers = g_new (double, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  for (gsize i = 0; i < n; i++)
    numbers[i] = i % 2 == 0 ? g_rand_int_range (rand, -40, 40) : g_rand_double (rand);
  check (numbers, n, FALSE);
  check (numbers, n, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-sort/numbers of every kind", test_numbers_of_every_kind);
  g_test_add_func ("/key-sort/many with ties", test_many_with_ties);
  return g_test_run ();
}
