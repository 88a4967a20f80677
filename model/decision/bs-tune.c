/* SPDX-License-Identifier: MIT */
/* Protocols: whose clips choose a fold's thresholds, and what for. */
#include "model/decision/bs-tune-private.h"

#include <string.h>

#define ALL_FOLDS (G_MAXUINT32 & ~1u)

/**
 * bs_optimum_clear:
 * @self: an optimum
 *
 * Frees what it holds; the struct is the caller's.
 */
void
bs_optimum_clear (BsOptimum *self)
{
  g_clear_pointer (&self->regions, g_array_unref);
}

static const char *const protocol_names[BS_N_PROTOCOLS] = {
  [BS_PROTOCOL_OFFICIAL] = "official",   [BS_PROTOCOL_EXACT] = "exact",
  [BS_PROTOCOL_TRAIN] = "train",         [BS_PROTOCOL_MEAN] = "mean",
  [BS_PROTOCOL_BEST_FOLD] = "best-fold", [BS_PROTOCOL_PRESENCE_FIRST] = "presence-first",
};

/**
 * bs_protocol_name:
 * @protocol: a protocol
 *
 * Returns: its name on the command line, as "best-fold"
 */
const char *
bs_protocol_name (BsProtocol protocol)
{
  g_return_val_if_fail ((int) protocol >= 0 && protocol < BS_N_PROTOCOLS, NULL);
  return protocol_names[protocol];
}

/**
 * bs_protocol_from_name:
 * @name: a word
 *
 * Returns: the #BsProtocol, or -1 where @name is none
 */
int
bs_protocol_from_name (const char *name)
{
  for (int p = 0; p < BS_N_PROTOCOLS; p++)
    if (strcmp (protocol_names[p], name) == 0)
      return p;
  return -1;
}

/**
 * bs_protocol_tunes_here:
 * @protocol: a protocol
 *
 * Returns: whether the thresholds that a fold gets were chosen with that fold's clips
 */
gboolean
bs_protocol_tunes_here (BsProtocol protocol)
{
  return protocol != BS_PROTOCOL_TRAIN;
}

static BsCounts
count_clips (const BsEvaluationSet *cases, guint32 folds)
{
  BsCounts counts = { 0 };
  for (gsize i = 0; i < cases->n; i++)
    if (folds & bs_fold_bit (cases->fold[i])) {
      counts.n++;
      counts.n_blends += cases->ranked[i].truth_is_blend;
    }
  return counts;
}

/**
 * bs_score_weights:
 * @cases: clips
 * @folds: whose clips, bits of bs_fold_bit()
 * @share: what these clips' score counts: 1 for a fold alone, 1 / 5 in a mean of five
 * @presence: (array) (inout): weights of the clips of @folds are set, the others stay
 * @salience: (array) (inout): likewise
 *
 * The weights under which bs_weighted_score() is @share times the pooled score of @folds.
 */
void
bs_score_weights (const BsEvaluationSet *cases, guint32 folds, double share, double *presence,
                  double *salience)
{
  BsCounts counts = count_clips (cases, folds);
  for (gsize i = 0; i < cases->n; i++)
    if (folds & bs_fold_bit (cases->fold[i])) {
      presence[i] = 0.5 * share / counts.n;
      salience[i] = cases->ranked[i].truth_is_blend ? 0.5 * share / counts.n_blends : 0;
    }
}

/* The score of some folds' clips, pooled, as bs_counts_score() has it to the last bit. */
static double
pooled_score (const BsEvaluationSet *cases, guint32 folds, BsThresholdPair pair)
{
  BsCounts counts = count_clips (cases, folds);
  for (gsize i = 0; i < cases->n; i++)
    if (folds & bs_fold_bit (cases->fold[i])) {
      const BsCandidate *answer = bs_ranked_answer (&cases->ranked[i], pair);
      counts.n_presence += answer->presence;
      counts.n_salience += answer->salience;
    }
  return bs_counts_score (&counts);
}

static BsGridCounts *
official_counts (const BsEvaluationSet *cases, guint32 folds)
{
  double values[BS_GRID_STEPS];
  for (int i = 0; i < BS_GRID_STEPS; i++)
    values[i] = bs_grid_value (i, BS_GRID_STEPS);
  return bs_grid_counts_new (cases, folds, values, BS_GRID_STEPS, values, BS_GRID_STEPS);
}

/* Scores are compared as the official code compares them, as doubles; ties go to the smallest
 * alpha, then beta. */
static BsThresholdPair
grid_joint (const BsEvaluationSet *cases, guint32 folds)
{
  g_autoptr (BsGridCounts) counts = official_counts (cases, folds);
  int best_alpha = 0, best_beta = 0;
  double best = -1;
  for (int a = 0; a < BS_GRID_STEPS; a++)
    for (int b = 0; b < BS_GRID_STEPS; b++)
      if (bs_grid_counts_score (counts, a, b) > best) {
        best = bs_grid_counts_score (counts, a, b);
        best_alpha = a;
        best_beta = b;
      }
  return (BsThresholdPair){ bs_grid_value (best_alpha, BS_GRID_STEPS),
                            bs_grid_value (best_beta, BS_GRID_STEPS) };
}

static BsThresholdPair
grid_presence_first (const BsEvaluationSet *cases, guint32 folds)
{
  g_autoptr (BsGridCounts) counts = official_counts (cases, folds);
  int alpha = 0, beta = 0;
  for (int a = 1; a < BS_GRID_STEPS; a++)
    if (bs_grid_counts_presence (counts, a) > bs_grid_counts_presence (counts, alpha))
      alpha = a;
  for (int b = 1; b < BS_GRID_STEPS; b++)
    if (bs_grid_counts_salience (counts, alpha, b) > bs_grid_counts_salience (counts, alpha, beta))
      beta = b;
  return (BsThresholdPair){ bs_grid_value (alpha, BS_GRID_STEPS),
                            bs_grid_value (beta, BS_GRID_STEPS) };
}

static void
exact_joint (const BsEvaluationSet *cases, guint32 folds, BsOptimum *optimum)
{
  g_autofree double *presence = g_new0 (double, cases->n);
  g_autofree double *salience = g_new0 (double, cases->n);
  bs_score_weights (cases, folds, 1, presence, salience);
  bs_tune_exact (cases, presence, salience, optimum);
}

static BsThresholdPair
exact_presence_first (const BsEvaluationSet *cases, guint32 folds)
{
  g_autofree double *presence = g_new0 (double, cases->n);
  g_autofree double *salience = g_new0 (double, cases->n);
  bs_score_weights (cases, folds, 1, presence, salience);
  BsOptimum alone = { 0 };
  bs_tune_exact (cases, presence, NULL, &alone);
  double alpha = alone.pair.alpha;
  bs_optimum_clear (&alone);
  return (BsThresholdPair){ alpha, bs_tune_exact_beta (cases, salience, alpha) };
}

/* The best pair of the pooled clips of @folds. */
static void
tune_on (const BsEvaluationSet *cases, guint32 folds, gboolean presence_first, BsSearch search,
         BsOptimum *optimum)
{
  *optimum = (BsOptimum){ .pair = BS_THRESHOLD_PAIR_DEFAULT };
  if (count_clips (cases, folds).n == 0)
    return;
  if (presence_first)
    optimum->pair = search == BS_SEARCH_EXACT ? exact_presence_first (cases, folds)
                                              : grid_presence_first (cases, folds);
  else if (search == BS_SEARCH_EXACT)
    exact_joint (cases, folds, optimum);
  else
    optimum->pair = grid_joint (cases, folds);
  optimum->score = pooled_score (cases, folds, optimum->pair);
}

static gboolean
holds_clips (const BsEvaluationSet *cases, int fold)
{
  return count_clips (cases, bs_fold_bit (fold)).n > 0;
}

/* What the folds' own joint optima come to: their mean, or the best one, the first on ties.
 * Where no fold holds clips, what the clips without a fold say. */
static void
tune_over_folds (const BsEvaluationSet *cases, gboolean mean, BsSearch search, BsOptimum *optimum)
{
  BsOptimum best = { .score = -1 };
  BsThresholdPair sum = { 0, 0 };
  double score = 0;
  guint n = 0;
  for (int k = 0; k < (int) cases->n_folds; k++) {
    if (!holds_clips (cases, k))
      continue;
    BsOptimum own;
    tune_on (cases, bs_fold_bit (k), FALSE, search, &own);
    bs_optimum_clear (&own);
    if (own.score > best.score)
      best = own;
    sum.alpha += own.pair.alpha;
    sum.beta += own.pair.beta;
    n++;
  }
  if (n == 0) {
    tune_on (cases, bs_fold_bit (-1), FALSE, search, optimum);
    return;
  }
  *optimum =
    (BsOptimum){ .pair = mean ? (BsThresholdPair){ sum.alpha / n, sum.beta / n } : best.pair };
  for (int k = 0; k < (int) cases->n_folds; k++)
    if (holds_clips (cases, k))
      score += pooled_score (cases, bs_fold_bit (k), optimum->pair) / n;
  optimum->score = score;
}

/* For clips nobody tuned on: the pair of the fold that scores best with its own, the first on
 * ties, as the official test protocol takes it (main.py, run_test). */
static BsThresholdPair
pair_of_best_fold (const BsEvaluationSet *cases, const BsThresholds *thresholds)
{
  BsThresholdPair best = BS_THRESHOLD_PAIR_DEFAULT;
  double best_score = -1;
  for (int k = 0; k < (int) cases->n_folds; k++) {
    double score = pooled_score (cases, bs_fold_bit (k), thresholds->fold[k]);
    if (holds_clips (cases, k) && score > best_score) {
      best = thresholds->fold[k];
      best_score = score;
    }
  }
  return best;
}

/* All clips are one group then, and only what is searched for differs. */
static BsProtocol
protocol_without_folds (BsProtocol protocol)
{
  gboolean stays = protocol == BS_PROTOCOL_EXACT || protocol == BS_PROTOCOL_PRESENCE_FIRST;
  return stays ? protocol : BS_PROTOCOL_OFFICIAL;
}

/* What the clips without a fold get where others have one (DEFINITIONS, Thresholds): never what was
 * chosen on themselves. */
static void
tune_rest (const BsEvaluationSet *cases, BsProtocol protocol, BsSearch search, BsOptimum *optimum)
{
  gboolean presence_first = protocol == BS_PROTOCOL_PRESENCE_FIRST;
  if (presence_first || protocol == BS_PROTOCOL_TRAIN)
    tune_on (cases, ALL_FOLDS, presence_first, search, optimum);
  else
    tune_over_folds (cases, protocol == BS_PROTOCOL_MEAN,
                     protocol == BS_PROTOCOL_EXACT ? BS_SEARCH_EXACT : search, optimum);
}

/**
 * bs_tune_fold:
 * @cases: clips
 * @fold: a fold, or -1 for the clips without one
 * @protocol: how to choose
 * @search: where to look
 * @optimum: (out): cleared with bs_optimum_clear()
 *
 * The pair that @protocol gives @fold. The score is that of the clips it was chosen on: the
 * fold's own, for `train` the pooled clips of all other folds, for `mean` and `best-fold` the
 * mean over the folds. Regions are listed for exact joint searches (`exact`, and `official` and
 * `train` with %BS_SEARCH_EXACT).
 *
 * The clips without a fold get the pair of the best-scoring fold under `official`, `exact` and
 * `best-fold`, the mean pair under `mean`, and under `train` and `presence-first` what that
 * protocol's search gives for all folds together. Where no clip has a fold, all of them are
 * searched together. Where there is no clip to choose on the pair is %BS_THRESHOLD_PAIR_DEFAULT.
 * Pure; any thread.
 */
void
bs_tune_fold (const BsEvaluationSet *cases, int fold, BsProtocol protocol, BsSearch search,
              BsOptimum *optimum)
{
  gboolean has_folds = bs_evaluation_set_has_folds (cases);
  if (fold < 0 && has_folds) {
    tune_rest (cases, protocol, search, optimum);
    return;
  }
  switch (has_folds ? protocol : protocol_without_folds (protocol)) {
  case BS_PROTOCOL_OFFICIAL:
    tune_on (cases, bs_fold_bit (fold), FALSE, search, optimum);
    break;
  case BS_PROTOCOL_EXACT:
    tune_on (cases, bs_fold_bit (fold), FALSE, BS_SEARCH_EXACT, optimum);
    break;
  case BS_PROTOCOL_TRAIN:
    tune_on (cases, ALL_FOLDS & ~bs_fold_bit (fold), FALSE, search, optimum);
    break;
  case BS_PROTOCOL_PRESENCE_FIRST:
    tune_on (cases, bs_fold_bit (fold), TRUE, search, optimum);
    break;
  case BS_PROTOCOL_MEAN:
  case BS_PROTOCOL_BEST_FOLD:
    tune_over_folds (cases, protocol == BS_PROTOCOL_MEAN, search, optimum);
    break;
  case BS_N_PROTOCOLS:
  default:
    g_return_if_reached ();
  }
}

static BsThresholdPair
pair_of_fold (const BsEvaluationSet *cases, int fold, BsProtocol protocol, BsSearch search)
{
  BsOptimum optimum;
  bs_tune_fold (cases, fold, protocol, search, &optimum);
  bs_optimum_clear (&optimum);
  return optimum.pair;
}

/**
 * bs_thresholds_take_run:
 * @self: (out): thresholds
 * @run: a run
 * @cases: its predictions beside the labels
 *
 * Sets the folds' pairs to those that their training chose. Clips without a fold get the pair of
 * the best-scoring fold, of an honest run the one tuned on all folds together; folds that the run
 * does not have %BS_THRESHOLD_PAIR_DEFAULT.
 */
void
bs_thresholds_take_run (BsThresholds *self, const BsRun *run, const BsEvaluationSet *cases)
{
  bs_thresholds_set_all (self, BS_THRESHOLD_PAIR_DEFAULT);
  for (guint i = 0; i < run->folds->len; i++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, i);
    self->fold[fold->fold] = (BsThresholdPair){ fold->alpha, fold->beta };
  }
  if (bs_evaluation_set_has_folds (cases))
    self->rest = g_strcmp0 (run->protocol, "honest") == 0
                   ? pair_of_fold (cases, -1, BS_PROTOCOL_TRAIN, BS_SEARCH_GRID)
                   : pair_of_best_fold (cases, self);
}

/**
 * bs_tune:
 * @cases: clips
 * @protocol: how to choose
 * @search: where to look
 * @thresholds: (out): a pair per fold and one for the rest
 *
 * What bs_tune_fold() gives each fold and the clips without one. Folds without clips, later ones
 * too, get the pair of the clips without a fold. Pure; any thread.
 */
void
bs_tune (const BsEvaluationSet *cases, BsProtocol protocol, BsSearch search,
         BsThresholds *thresholds)
{
  gboolean one_for_all = protocol == BS_PROTOCOL_MEAN || protocol == BS_PROTOCOL_BEST_FOLD;
  bs_thresholds_set_all (thresholds, pair_of_fold (cases, -1, protocol, search));
  for (int k = 0; !one_for_all && k < (int) cases->n_folds; k++)
    if (holds_clips (cases, k))
      thresholds->fold[k] = pair_of_fold (cases, k, protocol, search);
}
