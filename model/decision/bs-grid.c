/* SPDX-License-Identifier: MIT */
/* Figures at every crossing of a list of alphas and a list of betas. A clip changes its answer
 * once along alpha and once along beta, so it is entered as steps, and running sums do the
 * rest: clips + crossings instead of clips x crossings. */
#include "model/decision/bs-grid.h"

/**
 * bs_grid_value:
 * @index: 0 to @n_steps - 1
 * @n_steps: number of values; the official search has %BS_GRID_STEPS
 *
 * The official search's grid, np.linspace (.05, .95, n_steps), to the last bit: numpy adds
 * index times the step to the start, each operation rounded, and sets the last value.
 *
 * Returns: the value
 */
double
bs_grid_value (int index, int n_steps)
{
  const double start = 0.05, stop = 0.95;
  if (index > 0 && index == n_steps - 1)
    return stop;
  double step = n_steps > 1 ? (stop - start) / (n_steps - 1) : 0;
  double offset = index * step;
  return start + offset;
}

/* How many of the ascending @values are at most @x, or below it where @strictly. */
static gsize
count_up_to (const double *values, gsize n, double x, gboolean strictly)
{
  gsize from = 0, to = n;
  while (from < to) {
    gsize middle = from + (to - from) / 2;
    if (strictly ? values[middle] < x : values[middle] <= x)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

/* Enters the steps of one clip: present for the first n_present alphas, equal from beta
 * first_equal on. */
static void
enter (BsGridCounts *self, const BsRanked *ranked, gsize n_present, gsize first_equal)
{
  const BsCandidate *single = &ranked->answers[BS_CANDIDATE_SINGLE];
  const BsCandidate *equal = &ranked->answers[BS_CANDIDATE_EQUAL];
  const BsCandidate *unequal = &ranked->answers[BS_CANDIDATE_UNEQUAL];
  self->n++;
  self->n_blends += ranked->truth_is_blend;
  self->n_presence[self->n_alpha - 1] += single->presence;
  self->n_salience[self->n_alpha - 1] += single->salience;
  if (n_present == 0)
    return;
  gsize last = n_present - 1;
  self->n_presence[last] += equal->presence - single->presence;
  self->n_salience[last] += unequal->salience - single->salience;
  if (first_equal < self->n_beta)
    self->n_salience[first_equal * self->n_alpha + last] += equal->salience - unequal->salience;
}

static void
sum_up (BsGridCounts *self)
{
  for (gsize a = self->n_alpha - 1; a-- > 0;)
    self->n_presence[a] += self->n_presence[a + 1];
  for (gsize b = 0; b < self->n_beta; b++) {
    gint32 *row = self->n_salience + b * self->n_alpha;
    for (gsize a = self->n_alpha - 1; a-- > 0;)
      row[a] += row[a + 1];
  }
  for (gsize i = self->n_alpha; i < self->n_alpha * self->n_beta; i++)
    self->n_salience[i] += self->n_salience[i - self->n_alpha];
}

/**
 * bs_grid_counts_new:
 * @cases: clips
 * @folds: whose clips to count, bits of bs_fold_bit()
 * @alphas: (array length=n_alpha): ascending
 * @n_alpha: at least 1
 * @betas: (array length=n_beta): ascending
 * @n_beta: at least 1
 *
 * O(clips log values + values²). Any thread.
 *
 * Returns: (transfer full): the counts
 */
BsGridCounts *
bs_grid_counts_new (const BsEvaluationSet *cases, guint32 folds, const double *alphas,
                    gsize n_alpha, const double *betas, gsize n_beta)
{
  g_return_val_if_fail (n_alpha > 0 && n_beta > 0, NULL);
  BsGridCounts *self = g_new0 (BsGridCounts, 1);
  self->n_alpha = n_alpha;
  self->n_beta = n_beta;
  self->n_presence = g_new0 (gint32, n_alpha);
  self->n_salience = g_malloc0_n (n_alpha, n_beta * sizeof *self->n_salience);
  for (gsize i = 0; i < cases->n; i++) {
    const BsRanked *ranked = &cases->ranked[i];
    if (!(folds & bs_fold_bit (cases->fold[i])))
      continue;
    if (ranked->can_blend)
      enter (self, ranked, count_up_to (alphas, n_alpha, ranked->two.p2, FALSE),
             count_up_to (betas, n_beta, ranked->d, TRUE));
    else
      enter (self, ranked, 0, 0);
  }
  sum_up (self);
  return self;
}

/**
 * bs_grid_counts_free:
 * @self: (transfer full): counts
 */
void
bs_grid_counts_free (BsGridCounts *self)
{
  g_free (self->n_presence);
  g_free (self->n_salience);
  g_free (self);
}

static BsCounts
counts_at (const BsGridCounts *self, gsize alpha, gsize beta)
{
  return (BsCounts){ .n = self->n,
                     .n_blends = self->n_blends,
                     .n_presence = (guint) self->n_presence[alpha],
                     .n_salience = (guint) self->n_salience[beta * self->n_alpha + alpha] };
}

/**
 * bs_grid_counts_presence:
 * @self: counts
 * @alpha: index of an alpha
 *
 * Returns: ACC_presence, whatever beta
 */
double
bs_grid_counts_presence (const BsGridCounts *self, gsize alpha)
{
  BsCounts counts = counts_at (self, alpha, 0);
  return bs_counts_presence (&counts);
}

/**
 * bs_grid_counts_salience:
 * @self: counts
 * @alpha: index of an alpha
 * @beta: index of a beta
 *
 * Returns: ACC_salience
 */
double
bs_grid_counts_salience (const BsGridCounts *self, gsize alpha, gsize beta)
{
  BsCounts counts = counts_at (self, alpha, beta);
  return bs_counts_salience (&counts);
}

/**
 * bs_grid_counts_score:
 * @self: counts
 * @alpha: index of an alpha
 * @beta: index of a beta
 *
 * Returns: the score, the same double that bs_counts_score() gives
 */
double
bs_grid_counts_score (const BsGridCounts *self, gsize alpha, gsize beta)
{
  BsCounts counts = counts_at (self, alpha, beta);
  return bs_counts_score (&counts);
}
