/* SPDX-License-Identifier: MIT */
/* Decisions are the same for all alpha in (from, to] between two neighbouring second probabilities,
 * and for all beta in [from, to) between two neighbouring differences of blends. A step goes into
 * the next such interval, to the value of few decimals that lies nearest: who reads it and types it
 * in elsewhere gets the same decisions. */
#include "model/decision/bs-breakpoint.h"

#include <math.h>

#include "data/base/bs-table.h"

#define FEWEST_DECIMALS 3
#define MOST_DECIMALS 7

/* The values beside a threshold, infinite where there is none: those that a step passes, and the
 * next ones behind these. */
typedef struct {
  double near;
  double far;
} Neighbours;

/* The values that the axis passes: NaN for clips that it does not move. */
static double
value_of (const BsRanked *ranked, BsThresholdPair pair, BsThresholdAxis axis)
{
  if (!ranked->can_blend)
    return NAN;
  if (axis == BS_THRESHOLD_ALPHA)
    return ranked->two.p2;
  return ranked->two.p2 >= pair.alpha && ranked->two.p1 >= pair.alpha ? ranked->d : NAN;
}

/* A clip whose value is alpha itself is a blend still, and 50/50 at its difference: alpha has that
 * value ahead of it on the way up, beta behind it. */
static gboolean
is_ahead (double value, double from, BsThresholdAxis axis, gboolean up)
{
  if (up)
    return axis == BS_THRESHOLD_ALPHA ? value >= from : value > from;
  return axis == BS_THRESHOLD_ALPHA ? value < from : value <= from;
}

static Neighbours
look (const BsEvaluationSet *cases, int fold, BsThresholdPair pair, BsThresholdAxis axis,
      gboolean up)
{
  double sign = up ? 1 : -1, from = axis == BS_THRESHOLD_ALPHA ? pair.alpha : pair.beta;
  Neighbours found = { sign * INFINITY, sign * INFINITY };
  for (gsize i = 0; i < cases->n; i++) {
    double value = value_of (&cases->ranked[i], pair, axis);
    if ((fold >= 0 && cases->fold[i] != fold) || isnan (value) ||
        !is_ahead (value, from, axis, up) || value == found.near)
      continue;
    if (sign * value < sign * found.near) {
      found.far = found.near;
      found.near = value;
    } else if (sign * value < sign * found.far) {
      found.far = value;
    }
  }
  return found;
}

/* Whether @value lies beyond @near and not beyond @far, each in the sense of its axis. */
static gboolean
lies_between (double value, const Neighbours *range, BsThresholdAxis axis, gboolean up)
{
  if (value < 0 || value > 1)
    return FALSE;
  if (up)
    return axis == BS_THRESHOLD_ALPHA ? value > range->near && value <= range->far
                                      : value >= range->near && value < range->far;
  return axis == BS_THRESHOLD_ALPHA ? value <= range->near && value > range->far
                                    : value < range->near && value >= range->far;
}

/* The value with the fewest decimals in the range that is nearest to its beginning. */
static double
fewest_decimals (const Neighbours *range, BsThresholdAxis axis, gboolean up)
{
  for (int decimals = FEWEST_DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    double unit = pow (10, -decimals);
    for (int further = 0; further < 2; further++) {
      char text[BS_NUMBER_SIZE];
      double value = range->near + (up ? unit : -unit) * further;
      value = g_ascii_strtod (bs_number_fixed (text, value, decimals), NULL);
      if (lies_between (value, range, axis, up))
        return value;
    }
  }
  return NAN;
}

/**
 * bs_breakpoint_next:
 * @cases: labels and probabilities
 * @fold: the fold whose clips count, or -1 for all clips
 * @pair: where the step begins, the same for all of these clips
 * @axis: which threshold steps, the other one stays
 * @up: whether to larger values
 * @value: (out): the new value of the threshold, in [0, 1]; untouched without a step
 *
 * Looks for the nearest value of one threshold at which a decision is another: alpha changes one as
 * it passes a second probability, beta as it passes the difference of a blend (definitions,
 * Thresholds, folds, figures). Clips that neither can move are left aside. O(n); any thread.
 *
 * Returns: %FALSE where no decision changes in that direction
 */
gboolean
bs_breakpoint_next (const BsEvaluationSet *cases, int fold, BsThresholdPair pair,
                    BsThresholdAxis axis, gboolean up, double *value)
{
  if (cases->fixed != NULL)
    return FALSE;
  Neighbours range = look (cases, fold, pair, axis, up);
  if (isinf (range.near))
    return FALSE;
  double found = fewest_decimals (&range, axis, up);
  if (isnan (found)) {
    /* Values closer together than any that would be typed: the ends themselves, or what is next to
     * them. */
    gboolean attained = axis == BS_THRESHOLD_ALPHA ? !up : up;
    found = attained ? range.near : nextafter (range.near, up ? INFINITY : -INFINITY);
  }
  if (found < 0 || found > 1)
    return FALSE;
  *value = found;
  return TRUE;
}
