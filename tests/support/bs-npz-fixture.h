/* SPDX-License-Identifier: MIT */
/* Arrays that scripts in tests/reference/ wrote. */
#pragma once

#include <math.h>

#include "data/format/bs-npz.h"

static inline BsNpz *
fixture_open (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests/unit/model/fixtures", name, NULL);
  BsNpz *npz = bs_npz_open (path, &error);
  g_assert_no_error (error);
  return npz;
}

static inline BsArray *
fixture_array (BsNpz *npz, const char *member)
{
  g_autoptr (GError) error = NULL;
  BsArray *array = bs_npz_get (npz, member, &error);
  g_assert_no_error (error);
  return array;
}

static inline BsMatrix *
fixture_matrix (BsNpz *npz, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) array = fixture_array (npz, member);
  BsMatrix *matrix = bs_array_to_matrix (array, &error);
  g_assert_no_error (error);
  return matrix;
}

static inline double *
fixture_doubles (BsNpz *npz, const char *member, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) array = fixture_array (npz, member);
  g_assert_cmpuint (array->n_items, ==, n);
  double *values = bs_array_to_doubles (array, &error);
  g_assert_no_error (error);
  return values;
}

/* DEFINITIONS, Networks: max |a - b| against a share of max |b|. */
static inline void
assert_close (const float *a, const double *b, gsize n, double share, const char *what)
{
  double difference = 0, largest = 0;
  for (gsize i = 0; i < n; i++) {
    difference = fmax (difference, fabs (a[i] - b[i]));
    largest = fmax (largest, fabs (b[i]));
    if (isnan (a[i]))
      difference = INFINITY;
  }
  g_test_message ("%s: max difference %.3g of %.3g", what, difference, largest);
  if (!(difference <= share * largest))
    g_error ("%s: differs by %.3g where at most %.3g is allowed", what, difference,
             share * largest);
}
