/* SPDX-License-Identifier: MIT */
/* The exact optimum over all real alpha and beta.
 *
 * A clip's answer changes where alpha passes its second probability p2 and where beta passes
 * its difference d, nowhere else. Alpha is swept downwards over the p2; each clip that becomes
 * a blend on the way changes presence for all beta, and salience either from its d on (true
 * 50/50) or below it (true 70/30 in the right order): one or two changes of a step function
 * over beta, whose maximum a tree keeps. Two sweeps, O(N log N): the first finds the best score,
 * the second lists where it is reached.
 *
 * Weights are made whole numbers (fractions of 2^-58 of their total), so that sums do not
 * depend on the order of adding. Scores that differ by less than 2^18 of these (10^-12 of the
 * total) count as equal: far above what the rounding of the weights can cause, far below the
 * smallest difference between scores made of counts, 1 / (2 n n_blends); for a fold's weights
 * ties are thus the ties of its counts.
 *
 * The domain is alpha in (0, 1], beta in [0, 1), half-open as the regions are: alpha 0 judges
 * as any alpha up to the smallest p2 does, and beta 1 as the largest beta below 1. */
#include "model/decision/bs-tune-private.h"

#include <math.h>
#include <stdlib.h>

#include "model/decision/bs-prefix-max.h"

#define TOTAL_BITS 58
#define TOLERANCE (G_GINT64_CONSTANT (1) << 18)

/* What happens when alpha falls to @p2. */
typedef struct {
  double p2;
  double d;
  gint64 for_all; /* to the score at every beta */
  gint64 from_d; /* to the score from beta = d on */
  gsize cell; /* of d; the number of cells where d is outside the domain */
} Event;

typedef struct {
  Event *events; /* p2 descending */
  gsize n_events;
  double *edges; /* cell j is [edges[j], edges[j + 1]) */
  gsize n_cells;
  gint64 start; /* score with alpha above all p2 */

  gsize next;
  gint64 base;
  BsPrefixMax *over_beta;
} Sweep;

static double
scale_of (const BsEvaluationSet *cases, const double *presence, const double *salience)
{
  double total = 0;
  for (gsize i = 0; i < cases->n; i++)
    total += (presence != NULL ? presence[i] : 0) + (salience != NULL ? salience[i] : 0);
  int exponent;
  frexp (total, &exponent);
  return ldexp (1, TOTAL_BITS - exponent);
}

static int
compare_p2_descending (gconstpointer a, gconstpointer b)
{
  double x = ((const Event *) a)->p2, y = ((const Event *) b)->p2;
  return (x < y) - (x > y);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
collect_events (Sweep *self, const BsEvaluationSet *cases, const double *presence,
                const double *salience)
{
  double scale = scale_of (cases, presence, salience);
  self->events = g_new (Event, cases->n);
  for (gsize i = 0; i < cases->n; i++) {
    const BsRanked *ranked = &cases->ranked[i];
    const BsCandidate *single = &ranked->answers[BS_CANDIDATE_SINGLE];
    const BsCandidate *equal = &ranked->answers[BS_CANDIDATE_EQUAL];
    const BsCandidate *unequal = &ranked->answers[BS_CANDIDATE_UNEQUAL];
    gint64 p = presence != NULL ? llround (presence[i] * scale) : 0;
    gint64 s = salience != NULL ? llround (salience[i] * scale) : 0;
    self->start += p * single->presence + s * single->salience;
    if (!ranked->can_blend)
      continue;
    Event event = { .p2 = ranked->two.p2,
                    .d = ranked->d,
                    .for_all = p * (equal->presence - single->presence) + s * unequal->salience,
                    .from_d = s * (equal->salience - unequal->salience) };
    if (event.for_all != 0 || event.from_d != 0)
      self->events[self->n_events++] = event;
  }
  qsort (self->events, self->n_events, sizeof *self->events, compare_p2_descending);
}

/* Cells of beta between the distinct d that matter. */
static void
make_cells (Sweep *self)
{
  self->edges = g_new (double, self->n_events + 2);
  gsize n = 0;
  self->edges[n++] = 0;
  for (gsize i = 0; i < self->n_events; i++)
    if (self->events[i].from_d != 0 && self->events[i].d < 1)
      self->edges[n++] = self->events[i].d;
  qsort (self->edges, n, sizeof *self->edges, compare_doubles);
  gsize n_distinct = 1;
  for (gsize i = 1; i < n; i++)
    if (self->edges[i] > self->edges[n_distinct - 1])
      self->edges[n_distinct++] = self->edges[i];
  self->edges[n_distinct] = 1;
  self->n_cells = n_distinct;
  for (gsize i = 0; i < self->n_events; i++) {
    Event *event = &self->events[i];
    event->cell = self->n_cells;
    const double *edge = event->from_d != 0 ? bsearch (&event->d, self->edges, self->n_cells,
                                                       sizeof *self->edges, compare_doubles)
                                            : NULL;
    if (edge != NULL)
      event->cell = (gsize) (edge - self->edges);
  }
}

static void
rewind_sweep (Sweep *self)
{
  self->next = 0;
  self->base = self->start;
  bs_prefix_max_reset (self->over_beta);
}

static Sweep *
sweep_new (const BsEvaluationSet *cases, const double *presence, const double *salience)
{
  Sweep *self = g_new0 (Sweep, 1);
  collect_events (self, cases, presence, salience);
  make_cells (self);
  self->over_beta = bs_prefix_max_new (self->n_cells);
  rewind_sweep (self);
  return self;
}

static void
sweep_free (Sweep *self)
{
  bs_prefix_max_free (self->over_beta);
  g_free (self->edges);
  g_free (self->events);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sweep, sweep_free)

/* Lowers alpha to @alpha: every clip with p2 >= alpha is a blend afterwards. */
static void
sweep_down_to (Sweep *self, double alpha)
{
  for (; self->next < self->n_events && self->events[self->next].p2 >= alpha; self->next++) {
    const Event *event = &self->events[self->next];
    self->base += event->for_all;
    if (event->cell < self->n_cells)
      bs_prefix_max_add (self->over_beta, event->cell, event->from_d);
  }
}

/* Where the next clip becomes a blend: the lower, open end of the present slab of alpha. */
static double
slab_floor (const Sweep *self)
{
  return self->next < self->n_events ? self->events[self->next].p2 : 0;
}

static gint64
best_now (const Sweep *self)
{
  return self->base + bs_prefix_max_best (self->over_beta);
}

static gint64
best_of_all (Sweep *self)
{
  rewind_sweep (self);
  sweep_down_to (self, 1);
  gint64 best = best_now (self);
  while (self->next < self->n_events) {
    sweep_down_to (self, slab_floor (self));
    best = MAX (best, best_now (self));
  }
  return best;
}

/* Runs of beta that reach @floor in the slab (alpha_from, alpha_to]. Those of the slab above,
 * open at its lower end, go on where the run is the same and are closed where it is not. */
static void
join_slab (Sweep *self, gint64 floor, double alpha_to, GArray *runs, GArray *open, GArray *done)
{
  g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (BsRegion));
  guint o = 0;
  g_array_set_size (runs, 0);
  if (best_now (self) >= floor)
    bs_prefix_max_find (self->over_beta, floor - self->base, runs);
  for (guint r = 0; r < runs->len; r++) {
    const BsIndexRun *run = &g_array_index (runs, BsIndexRun, r);
    BsRegion region = { .alpha_to = alpha_to,
                        .beta_from = self->edges[run->from],
                        .beta_to = self->edges[run->to] };
    while (o < open->len && g_array_index (open, BsRegion, o).beta_from < region.beta_from)
      o++;
    if (o < open->len) {
      BsRegion *above = &g_array_index (open, BsRegion, o);
      if (above->beta_from == region.beta_from && above->beta_to == region.beta_to) {
        region.alpha_to = above->alpha_to;
        above->alpha_to = -1;
      }
    }
    g_array_append_val (next, region);
  }
  for (o = 0; o < open->len; o++) {
    BsRegion *above = &g_array_index (open, BsRegion, o);
    above->alpha_from = alpha_to;
    if (above->alpha_to >= 0)
      g_array_append_val (done, *above);
  }
  g_array_set_size (open, 0);
  g_array_append_vals (open, next->data, next->len);
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const BsRegion *x = a, *y = b;
  if (x->alpha_from != y->alpha_from)
    return x->alpha_from < y->alpha_from ? -1 : 1;
  return (x->beta_from > y->beta_from) - (x->beta_from < y->beta_from);
}

static GArray *
list_regions (Sweep *self, gint64 floor)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (BsIndexRun));
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (BsRegion));
  GArray *done = g_array_new (FALSE, FALSE, sizeof (BsRegion));
  rewind_sweep (self);
  sweep_down_to (self, 1);
  join_slab (self, floor, 1, runs, open, done);
  while (self->next < self->n_events) {
    double alpha_to = slab_floor (self);
    sweep_down_to (self, alpha_to);
    join_slab (self, floor, alpha_to, runs, open, done);
  }
  for (guint o = 0; o < open->len; o++)
    g_array_append_val (done, g_array_index (open, BsRegion, o));
  g_array_sort (done, compare_regions);
  return done;
}

/* The middle, which rounding must not push onto the open end. */
static double
middle (double closed, double open)
{
  double m = closed + (open - closed) / 2;
  return m == open ? closed : m;
}

static BsThresholdPair
centre_of_largest (const GArray *regions)
{
  const BsRegion *largest = NULL;
  double area = -1;
  for (guint r = 0; r < regions->len; r++) {
    const BsRegion *region = &g_array_index (regions, BsRegion, r);
    double a = (region->alpha_to - region->alpha_from) * (region->beta_to - region->beta_from);
    if (a > area) {
      largest = region;
      area = a;
    }
  }
  return (BsThresholdPair){ middle (largest->alpha_to, largest->alpha_from),
                            middle (largest->beta_from, largest->beta_to) };
}

/**
 * bs_weighted_score:
 * @cases: clips
 * @presence_weights: (array) (nullable): what a clip with the right emotions counts
 * @salience_weights: (array) (nullable): what a blend right in salience too counts on top
 * @pair: thresholds
 *
 * Returns: the weighted score at @pair, what bs_tune_exact() makes largest
 */
double
bs_weighted_score (const BsEvaluationSet *cases, const double *presence_weights,
                   const double *salience_weights, BsThresholdPair pair)
{
  double score = 0;
  for (gsize i = 0; i < cases->n; i++) {
    const BsCandidate *answer = bs_ranked_answer (&cases->ranked[i], pair);
    if (answer->presence && presence_weights != NULL)
      score += presence_weights[i];
    if (answer->salience && salience_weights != NULL)
      score += salience_weights[i];
  }
  return score;
}

/**
 * bs_tune_exact:
 * @cases: clips
 * @presence_weights: (array) (nullable): finite, not negative; %NULL for noughts
 * @salience_weights: (array) (nullable): likewise
 * @optimum: (out): cleared with bs_optimum_clear()
 *
 * Makes the weighted score largest over all alpha and beta in [0, 1]. The regions are all
 * thresholds that reach it, without overlap, ordered by alpha, then beta: at each alpha the
 * largest possible intervals of beta, each followed along alpha as far as it stays the same.
 * The reported point is the centre of the largest region by area, of equals the first. Pure;
 * any thread.
 */
void
bs_tune_exact (const BsEvaluationSet *cases, const double *presence_weights,
               const double *salience_weights, BsOptimum *optimum)
{
  g_autoptr (Sweep) sweep = sweep_new (cases, presence_weights, salience_weights);
  optimum->regions = list_regions (sweep, best_of_all (sweep) - TOLERANCE);
  optimum->pair = centre_of_largest (optimum->regions);
  optimum->score = bs_weighted_score (cases, presence_weights, salience_weights, optimum->pair);
}

/**
 * bs_tune_exact_beta:
 * @cases: clips
 * @salience_weights: (array): finite, not negative
 * @alpha: a fixed alpha
 *
 * Returns: the centre of the longest interval of beta with the best weighted salience at
 *   @alpha, of equals the first; any thread
 */
double
bs_tune_exact_beta (const BsEvaluationSet *cases, const double *salience_weights, double alpha)
{
  g_autoptr (Sweep) sweep = sweep_new (cases, NULL, salience_weights);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (BsIndexRun));
  sweep_down_to (sweep, alpha);
  bs_prefix_max_find (sweep->over_beta, bs_prefix_max_best (sweep->over_beta) - TOLERANCE, runs);
  double beta = 0, length = -1;
  for (guint r = 0; r < runs->len; r++) {
    const BsIndexRun *run = &g_array_index (runs, BsIndexRun, r);
    double from = sweep->edges[run->from], to = sweep->edges[run->to];
    if (to - from > length) {
      length = to - from;
      beta = middle (from, to);
    }
  }
  return beta;
}
