/* SPDX-License-Identifier: MIT */
/* Everything that can be asked of an array, for the targets of both files it comes in. */
#pragma once

#include "data/format/bs-npy-private.h"
#include "tests/fuzz/fuzz.h"

#define FUZZ_MAX_ROWS 16

static inline gboolean
fuzz_same (float a, float b)
{
  return a == b || (a != a && b != b);
}

/* Integers that a double cannot hold; rows go from the integer to the float at once. */
static inline gboolean
fuzz_is_rounded_twice (const BsArray *array)
{
  return array->item_size == 8 && array->kind != 'f';
}

static inline void
fuzz_read_rows (const BsArray *array, const double *doubles)
{
  gsize n = bs_array_row_length (array);
  g_autofree float *row = g_new (float, MAX (n, 1));
  for (gsize i = 0; i < MIN (bs_array_n_rows (array), FUZZ_MAX_ROWS); i++) {
    g_assert_true (bs_array_read_row (array, i, row, NULL));
    for (gsize k = 0; k < n; k++)
      g_assert_true (fuzz_same (row[k], (float) doubles[i * n + k]) ||
                     fuzz_is_rounded_twice (array));
  }
}

static inline void
fuzz_read_numbers (const BsArray *array, const double *doubles)
{
  GError *error = NULL;
  fuzz_read_rows (array, doubles);
  g_autoptr (BsMatrix) matrix = bs_array_to_matrix (array, &error);
  if (matrix == NULL) {
    fuzz_take_error (error);
  } else {
    g_assert_cmpuint (matrix->n_rows * matrix->n_cols, ==, array->n_items);
    g_assert_true ((matrix->doubles != NULL) == bs_array_is_wide (array));
    if (matrix->doubles != NULL)
      g_assert_cmpmem (matrix->doubles, array->n_items * sizeof (double), doubles,
                       array->n_items * sizeof (double));
    for (gsize i = 0; matrix->data != NULL && i < array->n_items; i++)
      g_assert_true (fuzz_same (matrix->data[i], (float) doubles[i]));
  }
  g_autoptr (GBytes) written = bs_npy_from_doubles (doubles, array->shape, array->n_axes);
  g_autoptr (BsArray) again = bs_npy_parse (written, "fuzz", NULL);
  g_autofree double *read = bs_array_to_doubles (again, NULL);
  g_assert_cmpmem (read, array->n_items * sizeof (double), doubles,
                   array->n_items * sizeof (double));
}

static inline void
fuzz_read_array (const BsArray *array)
{
  GError *error = NULL;
  gboolean is_text = array->kind == 'U' || array->kind == 'S';
  g_autofree double *doubles = bs_array_to_doubles (array, &error);
  g_assert_true (doubles == NULL || !is_text); /* numbers may not be those that were summed */
  if (doubles == NULL)
    fuzz_take_error (g_steal_pointer (&error));
  else
    fuzz_read_numbers (array, doubles);
  g_auto (GStrv) strings = bs_array_to_strings (array, &error);
  if (strings == NULL)
    fuzz_take_error (g_steal_pointer (&error));
  else
    g_assert_cmpuint (g_strv_length (strings), ==, array->n_items);
}
