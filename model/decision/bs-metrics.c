/* SPDX-License-Identifier: MIT */
/* All figures at one set of thresholds. This runs with every step of a slider: answers were
 * compared with the truth beforehand, and nothing is allocated. */
#include "model/decision/bs-metrics.h"

#include <math.h>
#include <string.h>

/**
 * bs_thresholds_set_all:
 * @self: thresholds
 * @pair: a pair
 *
 * Gives every fold, and clips without one, the same pair.
 */
void
bs_thresholds_set_all (BsThresholds *self, BsThresholdPair pair)
{
  for (int k = 0; k < BS_MAX_FOLDS; k++)
    self->fold[k] = pair;
  self->rest = pair;
}

/**
 * bs_counts_presence:
 * @self: counts
 *
 * ACC_presence: over all clips (official accuracy_funcs.py).
 *
 * Returns: 0 to 1; 0 where there is no clip
 */
double
bs_counts_presence (const BsCounts *self)
{
  return self->n > 0 ? (double) self->n_presence / self->n : 0;
}

/**
 * bs_counts_salience:
 * @self: counts
 *
 * ACC_salience: over true blends only, as the official code has it; the paper's formula
 * divides by all clips.
 *
 * Returns: 0 to 1; 0 where there is no blend
 */
double
bs_counts_salience (const BsCounts *self)
{
  return self->n_blends > 0 ? (double) self->n_salience / self->n_blends : 0;
}

/**
 * bs_counts_score:
 * @self: counts
 *
 * Returns: .5 ACC_presence + .5 ACC_salience, what thresholds are tuned for
 */
double
bs_counts_score (const BsCounts *self)
{
  return 0.5 * bs_counts_presence (self) + 0.5 * bs_counts_salience (self);
}

/**
 * bs_mean_std:
 * @values: (array length=n): values
 * @n: how many
 * @mean: (out): their mean; NaN where @n is 0
 * @std: (out): their sample standard deviation (ddof 1); NaN where @n is below 2
 */
void
bs_mean_std (const double *values, gsize n, double *mean, double *std)
{
  double sum = 0, squares = 0;
  for (gsize i = 0; i < n; i++)
    sum += values[i];
  *mean = n > 0 ? sum / n : NAN;
  for (gsize i = 0; i < n; i++)
    squares += (values[i] - *mean) * (values[i] - *mean);
  *std = n > 1 ? sqrt (squares / (n - 1)) : NAN;
}

/**
 * bs_metrics_new:
 * @cases: what they will be computed from
 *
 * Returns: (transfer full): room for the figures, to be filled by bs_metrics_compute()
 */
BsMetrics *
bs_metrics_new (const BsEvaluationSet *cases)
{
  BsMetrics *self = g_new0 (BsMetrics, 1);
  self->cases = bs_evaluation_set_ref ((BsEvaluationSet *) cases);
  self->n = cases->n;
  self->n_folds = cases->n_folds;
  self->n_actors = cases->n_actors;
  self->actors = g_new0 (BsCounts, cases->n_actors);
  self->decisions = g_new (BsDecision, cases->n);
  for (gsize i = 0; i < cases->n; i++) {
    BsTopTwo two = cases->ranked[i].two;
    self->decisions[i] =
      (BsDecision){ .top = two.top, .second = two.second, .p1 = two.p1, .p2 = two.p2 };
  }
  return self;
}

/**
 * bs_metrics_free:
 * @self: (transfer full): figures
 */
void
bs_metrics_free (BsMetrics *self)
{
  bs_evaluation_set_unref (self->cases);
  g_free (self->decisions);
  g_free (self->actors);
  g_free (self);
}

static inline void
count (BsCounts *counts, const BsRanked *ranked, const BsCandidate *answer)
{
  counts->n++;
  counts->n_blends += ranked->truth_is_blend;
  counts->n_presence += answer->presence;
  counts->n_salience += answer->salience;
  counts->n_predicted_blends += answer->is_blend;
}

static void
judge_all (BsMetrics *self, const BsEvaluationSet *cases, const BsThresholds *thresholds)
{
  gboolean given = cases->fixed != NULL;
  for (gsize i = 0; i < cases->n; i++) {
    const BsRanked *ranked = &cases->ranked[i];
    int fold = cases->fold[i], actor = cases->actor[i];
    const BsThresholdPair *pair = fold >= 0 ? &thresholds->fold[fold] : &thresholds->rest;
    BsRuleStep step = given ? BS_RULE_GIVEN : bs_rule_step (ranked->two, *pair);
    const BsCandidate *answer = &ranked->answers[bs_candidate_index (step)];
    self->decisions[i].label = answer->label;
    self->decisions[i].step = step;
    count (fold >= 0 ? &self->fold[fold] : &self->rest, ranked, answer);
    if (actor >= 0)
      count (&self->actors[actor], ranked, answer);
    if (ranked->truth_class >= 0 && answer->salience_class >= 0)
      self->confusion[ranked->truth_class][answer->salience_class]++;
  }
}

static void
add_counts (BsCounts *to, const BsCounts *from)
{
  to->n += from->n;
  to->n_blends += from->n_blends;
  to->n_presence += from->n_presence;
  to->n_salience += from->n_salience;
  to->n_predicted_blends += from->n_predicted_blends;
}

static void
summarise (BsMetrics *self)
{
  double presence[BS_MAX_FOLDS], salience[BS_MAX_FOLDS], score[BS_MAX_FOLDS];
  gsize n = 0;
  self->pooled = self->rest;
  for (gsize k = 0; k < self->n_folds; k++) {
    const BsCounts *counts = &self->fold[k];
    add_counts (&self->pooled, counts);
    if (counts->n == 0)
      continue;
    presence[n] = bs_counts_presence (counts);
    salience[n] = bs_counts_salience (counts);
    score[n++] = bs_counts_score (counts);
  }
  self->n_scored_folds = n;
  bs_mean_std (presence, n, &self->mean_presence, &self->std_presence);
  bs_mean_std (salience, n, &self->mean_salience, &self->std_salience);
  bs_mean_std (score, n, &self->mean_score, &self->std_score);
}

/**
 * bs_metrics_compute:
 * @self: figures made for @cases
 * @cases: the same cases
 * @thresholds: a pair per fold
 *
 * Judges every clip by its own fold's pair and counts. Pure: nothing is allocated and nothing
 * but @self is written; any thread, one at a time for each @self.
 */
void
bs_metrics_compute (BsMetrics *self, const BsEvaluationSet *cases, const BsThresholds *thresholds)
{
  g_return_if_fail (self->cases == cases);
  memset (self->fold, 0, sizeof self->fold);
  memset (&self->rest, 0, sizeof self->rest);
  if (self->n_actors > 0)
    memset (self->actors, 0, self->n_actors * sizeof *self->actors);
  memset (self->confusion, 0, sizeof self->confusion);
  judge_all (self, cases, thresholds);
  summarise (self);
}

/**
 * bs_metrics_confusion16:
 * @self: computed figures
 * @counts: (out): truth x decision, salience left aside
 *
 * Returns: how many clips have a decision of none of the 16 classes, and are in none of the cells
 */
gsize
bs_metrics_confusion16 (const BsMetrics *self, guint counts[BS_N_CLASSES][BS_N_CLASSES])
{
  gsize n_others = 0;
  memset (counts, 0, BS_N_CLASSES * sizeof *counts);
  for (gsize i = 0; i < self->n; i++) {
    int truth = bs_label_class (self->cases->truth[i]);
    int decision = bs_label_class (self->decisions[i].label);
    if (truth >= 0 && decision >= 0)
      counts[truth][decision]++;
    else
      n_others++;
  }
  return n_others;
}
