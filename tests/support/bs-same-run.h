/* SPDX-License-Identifier: MIT */
/* Two runs that should have the same bits. */
#pragma once

#include "data/run/bs-run.h"

static inline void
assert_same_tensors (const BsFoldResult *a, const BsFoldResult *b)
{
  g_assert_cmpuint (a->tensors->len, ==, b->tensors->len);
  for (guint i = 0; i < a->tensors->len; i++) {
    const BsTensor *x = g_ptr_array_index (a->tensors, i), *y = g_ptr_array_index (b->tensors, i);
    gsize n = x->values->n_rows * x->values->n_cols;
    g_assert_cmpstr (x->name, ==, y->name);
    g_assert_cmpmem (x->values->data, n * sizeof (float), y->values->data, n * sizeof (float));
  }
}

static inline void
assert_same_predictions (const BsPredictions *a, const BsPredictions *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  for (gsize i = 0; i < a->n; i++) {
    g_assert_cmpstr (a->filenames[i], ==, b->filenames[i]);
    g_assert_cmpint (a->folds[i], ==, b->folds[i]);
  }
  gsize n_bytes = a->n * sizeof a->probabilities[0];
  g_assert_cmpmem (a->probabilities, n_bytes, b->probabilities, n_bytes);
}

static inline void
assert_same_run (const BsRun *a, const BsRun *b)
{
  assert_same_predictions (a->predictions, b->predictions);
  g_assert_cmpuint (a->folds->len, ==, b->folds->len);
  for (guint k = 0; k < a->folds->len; k++) {
    const BsFoldResult *x = g_ptr_array_index (a->folds, k), *y = g_ptr_array_index (b->folds, k);
    g_assert_cmpint (x->fold, ==, y->fold);
    g_assert_cmpint (x->best_epoch, ==, y->best_epoch);
    g_assert_cmpfloat (x->alpha, ==, y->alpha);
    g_assert_cmpfloat (x->beta, ==, y->beta);
    assert_same_tensors (x, y);
    assert_same_predictions (x->train_predictions, y->train_predictions);
  }
  g_assert_cmpmem (a->history->data, a->history->len * sizeof (BsEpoch), b->history->data,
                   b->history->len * sizeof (BsEpoch));
  g_assert_true ((a->all != NULL) == (b->all != NULL));
  if (a->all != NULL)
    assert_same_tensors (a->all, b->all);
}
