/* SPDX-License-Identifier: MIT */
/* Random clips whose probabilities are thirty-seconds, so that equal probabilities, p2 equal to
 * alpha and d equal to beta happen all the time; every fifth clip or so has no fold. */
#pragma once

#include "model/decision/bs-evaluation-set.h"

static inline void
random_probabilities (GRand *random, double p[BS_N_EMOTIONS])
{
  int left = 32;
  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    int part = e == BS_N_EMOTIONS - 1 ? left : g_rand_int_range (random, 0, left + 1);
    p[e] = part / 32.0;
    left -= part;
  }
  for (int e = BS_N_EMOTIONS - 1; e > 0; e--) {
    int other = g_rand_int_range (random, 0, e + 1);
    double swap = p[e];
    p[e] = p[other];
    p[other] = swap;
  }
}

static inline BsLabel
random_truth (GRand *random, const double p[BS_N_EMOTIONS])
{
  const BsThresholdPair either = { 0, g_rand_int_range (random, 0, 2) };
  if (g_rand_int_range (random, 0, 3) > 0)
    return bs_rule_decide (p, either).label;
  return bs_label_from_salience_class (g_rand_int_range (random, 0, BS_N_SALIENCE_CLASSES));
}

static inline BsEvaluationSet *
random_cases (guint32 seed, gsize n, int n_folds)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree BsLabel *truth = g_new (BsLabel, n);
  g_autofree gint8 *fold = g_new (gint8, n);
  g_autofree int *actor = g_new (int, n);
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc_n (n, sizeof *p);
  for (gsize i = 0; i < n; i++) {
    random_probabilities (random, p[i]);
    truth[i] = random_truth (random, p[i]);
    fold[i] = (gint8) g_rand_int_range (random, -1, n_folds);
    actor[i] = fold[i] + 1;
  }
  return bs_evaluation_set_new_from_arrays (n, truth, fold, actor,
                                            (const double (*)[BS_N_EMOTIONS]) p, NULL);
}
