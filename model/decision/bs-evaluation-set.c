/* SPDX-License-Identifier: MIT */
/* Labels and probabilities side by side. Probabilities are ranked once, here, so that a figure
 * costs a few comparisons a clip however often a threshold moves. */
#include "model/decision/bs-evaluation-set.h"

#include <string.h>

#include "data/corpus/bs-fold-names.h"

static BsCandidate
compare (BsLabel truth, BsLabel label)
{
  return (BsCandidate){
    .label = label,
    .salience_class = (gint8) bs_label_salience_class (label),
    .is_blend = bs_label_is_blend (label),
    .presence = bs_label_same_set (truth, label),
    .salience = bs_label_is_blend (truth) && bs_label_equal (truth, label),
  };
}

static BsRanked
rank (BsLabel truth, const double p[BS_N_EMOTIONS], const BsLabel *fixed)
{
  BsRanked ranked = {
    .two = { -1, -1, 0, 0 },
    .truth_class = (gint8) bs_label_salience_class (truth),
    .truth_is_blend = bs_label_is_blend (truth),
  };
  BsLabel single, equal, unequal;
  if (fixed != NULL) {
    single = equal = unequal = *fixed;
  } else {
    ranked.two = bs_rule_top_two (p);
    ranked.d = ranked.two.p1 - ranked.two.p2;
    ranked.can_blend = ranked.two.p2 > 0 && !bs_rule_neutral_vetoes (ranked.two);
    single = equal = unequal = bs_rule_answer (ranked.two, BS_RULE_ONE_PRESENT);
  }
  if (ranked.can_blend) {
    equal = bs_rule_answer (ranked.two, BS_RULE_EQUAL);
    unequal = bs_rule_answer (ranked.two, BS_RULE_UNEQUAL);
  }
  ranked.answers[BS_CANDIDATE_SINGLE] = compare (truth, single);
  ranked.answers[BS_CANDIDATE_EQUAL] = compare (truth, equal);
  ranked.answers[BS_CANDIDATE_UNEQUAL] = compare (truth, unequal);
  return ranked;
}

static void
clear_cases (gpointer data)
{
  BsEvaluationSet *self = data;
  g_free (self->clip);
  g_free (self->truth);
  g_free (self->fold);
  g_strfreev (self->fold_names);
  g_free (self->actor);
  g_free (self->p);
  g_free (self->fixed);
  g_free (self->ranked);
}

/**
 * bs_evaluation_set_new_from_arrays:
 * @n: number of clips
 * @truth: (array length=n): known labels
 * @fold: (array length=n): folds, -1 for none, below %BS_MAX_FOLDS
 * @actor: (array length=n): actors, -1 for unknown
 * @p: (nullable) (array): n x 6 probabilities, official order, finite
 * @fixed: (nullable) (array length=n): decisions; @p is then only shown, if it is there
 *
 * Copies everything. Clips are numbered as they come.
 *
 * Returns: (transfer full): the cases; immutable, any thread
 */
BsEvaluationSet *
bs_evaluation_set_new_from_arrays (gsize n, const BsLabel *truth, const gint8 *fold,
                                   const int *actor, const double (*p)[BS_N_EMOTIONS],
                                   const BsLabel *fixed)
{
  g_return_val_if_fail (p != NULL || fixed != NULL, NULL);
  BsEvaluationSet *self = g_atomic_rc_box_new0 (BsEvaluationSet);
  self->n = n;
  self->clip = g_new (gsize, n);
  self->truth = g_memdup2 (truth, n * sizeof *truth);
  self->fold = g_memdup2 (fold, n * sizeof *fold);
  self->actor = g_memdup2 (actor, n * sizeof *actor);
  self->p = g_malloc0_n (n, sizeof *self->p);
  if (p != NULL)
    memcpy (self->p, p, n * sizeof *p);
  self->fixed = g_memdup2 (fixed, fixed != NULL ? n * sizeof *fixed : 0);
  self->ranked = g_new (BsRanked, n);
  for (gsize i = 0; i < n; i++) {
    self->clip[i] = i;
    self->ranked[i] = rank (truth[i], self->p[i], fixed != NULL ? &fixed[i] : NULL);
    self->n_folds = MAX (self->n_folds, (gsize) (fold[i] + 1));
    self->n_actors = MAX (self->n_actors, (gsize) (actor[i] + 1));
  }
  g_assert (self->n_folds <= BS_MAX_FOLDS);
  return self;
}

/**
 * bs_evaluation_set_ref:
 * @self: cases
 *
 * Returns: (transfer full): @self; any thread
 */
BsEvaluationSet *
bs_evaluation_set_ref (BsEvaluationSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_evaluation_set_unref:
 * @self: (transfer full): cases
 *
 * Any thread.
 */
void
bs_evaluation_set_unref (BsEvaluationSet *self)
{
  g_atomic_rc_box_release_full (self, clear_cases);
}

/**
 * bs_evaluation_set_fold_name:
 * @self: cases
 * @fold: a fold below the number of folds
 *
 * Returns: (transfer none): what the file that the folds come from calls it
 */
const char *
bs_evaluation_set_fold_name (const BsEvaluationSet *self, int fold)
{
  return bs_fold_name ((const char *const *) self->fold_names, fold);
}

/**
 * bs_evaluation_set_dup_fold_name:
 * @self: cases
 * @fold: a fold, from 0
 *
 * Returns: (transfer full): what a person is shown as the fold's name
 */
char *
bs_evaluation_set_dup_fold_name (const BsEvaluationSet *self, int fold)
{
  return bs_fold_name_dup_visible ((const char *const *) self->fold_names, fold);
}

/**
 * bs_evaluation_set_has_folds:
 * @self: cases
 *
 * Returns: whether any clip has a fold; where none has, all are tuned together
 */
gboolean
bs_evaluation_set_has_folds (const BsEvaluationSet *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (self->fold[i] >= 0)
      return TRUE;
  return FALSE;
}
