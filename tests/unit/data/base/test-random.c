/* SPDX-License-Identifier: MIT */
#include "data/base/bs-random.h"

#include <math.h>
#include <string.h>

/* Figures of an independent implementation in Python integers; the first four from the state
 * 1, 2, 3, 4 are those of the reference implementation's own tests. */
static void
test_the_stream_is_the_published_one (void)
{
  static const guint64 from_state[] = { 11520, 0, 1509978240, 1215971899390074240ULL };
  static const guint64 from_seed[] = { 1546998764402558742ULL,  6990951692964543102ULL,
                                       12544586762248559009ULL, 17057574109182124193ULL,
                                       18295552978065317476ULL, 14199186830065750584ULL };
  BsRandom random = { .state = { 1, 2, 3, 4 } };
  for (gsize i = 0; i < G_N_ELEMENTS (from_state); i++)
    g_assert_cmpuint (bs_random_next (&random), ==, from_state[i]);
  bs_random_init (&random, 42);
  for (gsize i = 0; i < G_N_ELEMENTS (from_seed); i++)
    g_assert_cmpuint (bs_random_next (&random), ==, from_seed[i]);
}

static void
test_named_streams_are_apart_and_stay (void)
{
  g_assert_cmpuint (bs_random_derive (42, "fold/3"), ==, 15189149640400010546ULL);
  g_assert_cmpuint (bs_random_derive (42, ""), ==, 16429173747930903682ULL);
  g_assert_cmpuint (bs_random_derive (42, "a"), !=, bs_random_derive (42, "b"));
  g_assert_cmpuint (bs_random_derive (42, "a"), !=, bs_random_derive (43, "a"));
  BsRandom a, b;
  bs_random_init_named (&a, 42, "fold/3");
  bs_random_init (&b, bs_random_derive (42, "fold/3"));
  g_assert_cmpuint (bs_random_next (&a), ==, bs_random_next (&b));
}

static void
test_a_copy_goes_on_alike (void)
{
  BsRandom a, b;
  bs_random_init (&a, 7);
  bs_random_normal (&a); /* leaves a spare, which belongs to the state */
  b = a;
  for (int i = 0; i < 100; i++) {
    g_assert_cmpfloat (bs_random_normal (&a), ==, bs_random_normal (&b));
    g_assert_cmpuint (bs_random_next (&a), ==, bs_random_next (&b));
  }
}

static void
test_uniform_numbers_fill_their_interval (void)
{
  BsRandom random;
  bs_random_init (&random, 1);
  double sum = 0, lowest = 1, highest = 0;
  const int n = 100000;
  for (int i = 0; i < n; i++) {
    double value = i % 2 ? bs_random_double (&random) : (double) bs_random_float (&random);
    g_assert_true (value >= 0 && value < 1);
    sum += value;
    lowest = MIN (lowest, value);
    highest = MAX (highest, value);
    double wide = bs_random_uniform (&random, -3, 5);
    g_assert_true (wide >= -3 && wide <= 5);
  }
  /* Six standard errors of the mean of n uniform numbers. */
  g_assert_cmpfloat_with_epsilon (sum / n, 0.5, 6 * sqrt (1.0 / 12 / n));
  g_assert_cmpfloat (lowest, <, 1e-3);
  g_assert_cmpfloat (highest, >, 1 - 1e-3);
}

static void
test_below_is_even_also_for_awkward_bounds (void)
{
  BsRandom random;
  bs_random_init (&random, 2);
  g_assert_cmpuint (bs_random_below (&random, 1), ==, 0);
  guint counts[7] = { 0 };
  const guint n = 70000;
  for (guint i = 0; i < n; i++)
    counts[bs_random_below (&random, 7)]++;
  for (int i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (counts[i], n / 7.0, 6 * sqrt (n / 7.0));
  /* Without rejection, two thirds of the numbers below 3 * 2^30 would be twice as likely or the
   * upper third never drawn. */
  guint thirds[3] = { 0 };
  for (guint i = 0; i < n; i++)
    thirds[bs_random_below (&random, 3u << 30) >> 30]++;
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (thirds[i], n / 3.0, 6 * sqrt (n / 3.0));
  guint residues[3] = { 0 };
  for (guint i = 0; i < n; i++)
    residues[bs_random_below (&random, 3u << 30) % 3]++;
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (residues[i], n / 3.0, 6 * sqrt (n / 3.0));
}

static void
test_normals_have_the_normals_moments_and_are_apart (void)
{
  BsRandom random;
  bs_random_init (&random, 3);
  const int n = 200000;
  double sum = 0, squares = 0, fourth = 0, products = 0, before = 0;
  for (int i = 0; i < n; i++) {
    double value = bs_random_normal (&random);
    sum += value;
    squares += value * value;
    fourth += value * value * value * value;
    products += before * value;
    before = value;
  }
  g_assert_cmpfloat_with_epsilon (sum / n, 0, 6 * sqrt (1.0 / n));
  g_assert_cmpfloat_with_epsilon (squares / n, 1, 6 * sqrt (2.0 / n));
  g_assert_cmpfloat_with_epsilon (fourth / n, 3, 6 * sqrt (96.0 / n));
  g_assert_cmpfloat_with_epsilon (products / n, 0, 6 * sqrt (1.0 / n));
}

static void
test_a_shuffle_keeps_all_and_favours_none (void)
{
  BsRandom random;
  bs_random_init (&random, 4);
  guint places[5][5] = { { 0 } };
  const guint n = 50000;
  for (guint i = 0; i < n; i++) {
    guint32 values[5] = { 0, 1, 2, 3, 4 };
    guint seen = 0;
    bs_random_shuffle (&random, values, 5);
    for (int place = 0; place < 5; place++) {
      places[place][values[place]]++;
      seen |= 1u << values[place];
    }
    g_assert_cmpuint (seen, ==, 31);
  }
  for (int place = 0; place < 5; place++)
    for (int value = 0; value < 5; value++)
      g_assert_cmpfloat_with_epsilon (places[place][value], n / 5.0, 6 * sqrt (n / 5.0));
  bs_random_shuffle (&random, NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/published", test_the_stream_is_the_published_one);
  g_test_add_func ("/random/named", test_named_streams_are_apart_and_stay);
  g_test_add_func ("/random/copy", test_a_copy_goes_on_alike);
  g_test_add_func ("/random/uniform", test_uniform_numbers_fill_their_interval);
  g_test_add_func ("/random/below", test_below_is_even_also_for_awkward_bounds);
  g_test_add_func ("/random/normal", test_normals_have_the_normals_moments_and_are_apart);
  g_test_add_func ("/random/shuffle", test_a_shuffle_keeps_all_and_favours_none);
  return g_test_run ();
}
