/* SPDX-License-Identifier: MIT */
/* What the state says: of a clip, of the run, of the thresholds as they are. */
#include "config.h"

#include "ui/session/bs-threshold-state-private.h"

/**
 * bs_threshold_state_get_run:
 * @self: the state
 *
 * Returns: (transfer none) (nullable): the run that is judged
 */
BsRun *
bs_threshold_state_get_run (BsThresholdState *self)
{
  return self->run;
}

/**
 * bs_threshold_state_get_cases:
 * @self: the state
 *
 * Returns: (transfer none) (nullable): labels and probabilities of the run
 */
BsEvaluationSet *
bs_threshold_state_get_cases (BsThresholdState *self)
{
  return self->cases;
}

/**
 * bs_threshold_state_case_of_clip:
 * @self: the state
 * @clip: index into the metadata
 *
 * Returns: index into the cases, or -1 where the run does not judge the clip
 */
int
bs_threshold_state_case_of_clip (BsThresholdState *self, int clip)
{
  return self->case_of_clip != NULL && clip >= 0 ? self->case_of_clip[clip] : -1;
}

/**
 * bs_threshold_state_get_metrics:
 * @self: the state
 *
 * Returns: (transfer none) (nullable): figures of the run at the present thresholds
 */
const BsMetrics *
bs_threshold_state_get_metrics (BsThresholdState *self)
{
  return self->metrics;
}

/**
 * bs_threshold_state_get_decision:
 * @self: the state
 * @clip: index into the metadata
 *
 * Returns: (transfer none) (nullable): the decision on the clip
 */
const BsDecision *
bs_threshold_state_get_decision (BsThresholdState *self, int clip)
{
  int i = bs_threshold_state_case_of_clip (self, clip);
  return i >= 0 ? &self->metrics->decisions[i] : NULL;
}

/**
 * bs_threshold_state_get_probabilities:
 * @self: the state
 * @clip: index into the metadata
 *
 * Returns: (transfer none) (nullable): the six probabilities of the clip; beside decisions that a
 *   model made itself their marginals, %NULL where it brought none
 */
const double *
bs_threshold_state_get_probabilities (BsThresholdState *self, int clip)
{
  int i = bs_threshold_state_case_of_clip (self, clip);
  double sum = 0;
  for (int e = 0; i >= 0 && e < BS_N_EMOTIONS; e++)
    sum += self->cases->p[i][e];
  return sum > 0 ? self->cases->p[i] : NULL;
}

/**
 * bs_threshold_state_get_pair_of_clip:
 * @self: the state
 * @clip: index into the metadata
 *
 * Returns: the thresholds by which the clip is judged: its fold's
 */
BsThresholdPair
bs_threshold_state_get_pair_of_clip (BsThresholdState *self, int clip)
{
  int index = bs_threshold_state_case_of_clip (self, clip);
  gboolean is_there = index < 0 && self->metadata != NULL && clip >= 0;
  /* The run's fold of a clip need not be the metadata's, which may have none. */
  int fold = index >= 0 ? self->cases->fold[index]
             : is_there ? bs_metadata_clip (self->metadata, (gsize) clip)->fold
                        : -1;
  return bs_thresholds_for (&self->setting.thresholds, fold);
}

static double
distance (const BsRuleMove *move, double from)
{
  return move->possible ? ABS (move->threshold - from) : 1;
}

/**
 * bs_threshold_state_get_margin:
 * @self: the state
 * @clip: index into the metadata, of a clip that has a verdict
 *
 * Returns: how far the nearer of the two thresholds would have to move to change the decision;
 *   1 where neither can
 */
double
bs_threshold_state_get_margin (BsThresholdState *self, int clip)
{
  const BsDecision *decision = bs_threshold_state_get_decision (self, clip);
  g_return_val_if_fail (decision != NULL, 1);
  if (self->cases->fixed != NULL)
    return 1;
  BsThresholdPair pair = bs_threshold_state_get_pair_of_clip (self, clip);
  BsRuleReach reach = bs_decision_reach (decision, pair);
  return MIN (distance (&reach.alpha, pair.alpha), distance (&reach.beta, pair.beta));
}

/**
 * bs_threshold_state_get_thresholds:
 * @self: the state
 *
 * Returns: (transfer none): the pair of each fold
 */
const BsThresholds *
bs_threshold_state_get_thresholds (BsThresholdState *self)
{
  return &self->setting.thresholds;
}

/**
 * bs_threshold_state_get_pair:
 * @self: the state
 *
 * Returns: what the sliders show: the edited fold's pair, or, where they set all folds, the
 *   pair that all share or the mean of the folds' pairs
 */
BsThresholdPair
bs_threshold_state_get_pair (BsThresholdState *self)
{
  if (self->edited_fold >= 0)
    return self->setting.thresholds.fold[self->edited_fold];
  gsize n = self->cases != NULL ? self->cases->n_folds : 0;
  if (n == 0)
    return self->setting.thresholds.rest;
  BsThresholdPair first = self->setting.thresholds.fold[0], sum = { 0, 0 };
  gboolean same = TRUE;
  for (gsize i = 0; i < n; i++) {
    BsThresholdPair pair = self->setting.thresholds.fold[i];
    same = same && pair.alpha == first.alpha && pair.beta == first.beta;
    sum.alpha += pair.alpha;
    sum.beta += pair.beta;
  }
  return same ? first : (BsThresholdPair){ sum.alpha / (double) n, sum.beta / (double) n };
}

/**
 * bs_threshold_state_get_tuning:
 * @self: the state
 *
 * Returns: (transfer none) (nullable): optima, protocols and map of the run; %NULL while
 *   they are worked out
 */
BsTuning *
bs_threshold_state_get_tuning (BsThresholdState *self)
{
  return self->tuning;
}

/**
 * bs_threshold_state_get_serial:
 * @self: the state
 *
 * Returns: a number that grows with every change of the figures; a view that shows the state
 *   of this number is up to date
 */
guint64
bs_threshold_state_get_serial (BsThresholdState *self)
{
  return self->serial;
}
