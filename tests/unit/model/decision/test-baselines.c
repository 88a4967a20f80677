/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/decision/bs-baselines.h"

#define ANG                 \
  {                         \
    BS_EMOTION_ANG, -1, 100 \
  }
#define SAD                 \
  {                         \
    BS_EMOTION_SAD, -1, 100 \
  }
#define ANG_HAP(percent)                    \
  {                                         \
    BS_EMOTION_ANG, BS_EMOTION_HAP, percent \
  }
#define FEA_SAD                        \
  {                                    \
    BS_EMOTION_FEA, BS_EMOTION_SAD, 50 \
  }

static const BsLabel truth[] = { SAD,     SAD, ANG, ANG_HAP (30), ANG_HAP (30), ANG_HAP (70),
                                 FEA_SAD, ANG, ANG, SAD,          ANG_HAP (70), FEA_SAD };
static const gint8 fold[] = { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, -1 };
#define N G_N_ELEMENTS (truth)

static void
test_each_fold_is_answered_with_what_the_others_hold_most_of (void)
{
  BsBaseline single, blend;
  bs_baseline_compute (truth, fold, N, BS_BASELINE_SINGLE, &single);
  bs_baseline_compute (truth, fold, N, BS_BASELINE_BLEND, &blend);
  g_assert_true (bs_label_equal (single.answer[0], (BsLabel) ANG));
  g_assert_true (bs_label_equal (single.answer[1], (BsLabel) SAD));
  g_assert_cmpuint (single.fold[0].n_presence, ==, 1);
  g_assert_cmpuint (single.fold[1].n_presence, ==, 1);
  g_assert_cmpfloat_with_epsilon (single.mean_presence, (1 / 7.0 + 1 / 4.0) / 2, 1e-15);
  g_assert_cmpfloat_with_epsilon (single.std_presence, (1 / 4.0 - 1 / 7.0) / sqrt (2), 1e-15);
  g_assert_cmpfloat (single.mean_salience, ==, 0);
  g_assert_true (bs_label_equal (blend.answer[0], (BsLabel) ANG_HAP (70)));
  g_assert_true (bs_label_equal (blend.answer[1], (BsLabel) ANG_HAP (30)));
  g_assert_cmpuint (blend.fold[0].n_presence, ==, 3);
  g_assert_cmpuint (blend.fold[0].n_salience, ==, 1);
  g_assert_cmpuint (blend.fold[1].n_presence, ==, 1);
  g_assert_cmpuint (blend.fold[1].n_salience, ==, 0);
  g_assert_cmpfloat_with_epsilon (blend.mean_salience, 1 / 4.0 / 2, 1e-15);
}

static void
test_of_equally_frequent_classes_the_first_is_taken (void)
{
  const BsLabel two[] = { SAD, ANG, SAD };
  const gint8 folds[] = { 0, 0, 1 };
  BsBaseline single;
  bs_baseline_compute (two, folds, 3, BS_BASELINE_SINGLE, &single);
  g_assert_true (bs_label_equal (single.answer[1], (BsLabel) ANG));
}

static void
test_without_another_fold_there_is_nothing_to_learn_from (void)
{
  const gint8 one[N] = { 0 };
  BsBaseline single;
  bs_baseline_compute (truth, one, N, BS_BASELINE_SINGLE, &single);
  g_assert_cmpuint (single.n_scored_folds, ==, 0);
  g_assert_false (bs_label_is_known (single.answer[0]));
  g_assert_true (isnan (single.mean_presence));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baselines/answers",
                   test_each_fold_is_answered_with_what_the_others_hold_most_of);
  g_test_add_func ("/baselines/ties", test_of_equally_frequent_classes_the_first_is_taken);
  g_test_add_func ("/baselines/one-fold", test_without_another_fold_there_is_nothing_to_learn_from);
  return g_test_run ();
}
