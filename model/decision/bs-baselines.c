/* SPDX-License-Identifier: MIT */
/* Trivial baselines: the most frequent answer of the training folds, for every clip. */
#include "model/decision/bs-baselines.h"

/* The most frequent class of the clips outside fold k that have one; ties to the lower class. */
static BsLabel
most_frequent (const BsLabel *truth, const gint8 *fold, gsize n, BsBaselineKind kind, int k)
{
  guint counts[BS_N_SALIENCE_CLASSES] = { 0 };
  int from = kind == BS_BASELINE_SINGLE ? 0 : BS_N_EMOTIONS;
  int to = kind == BS_BASELINE_SINGLE ? BS_N_EMOTIONS : BS_N_SALIENCE_CLASSES;
  for (gsize i = 0; i < n; i++) {
    int class = bs_label_salience_class (truth[i]);
    if (fold[i] >= 0 && fold[i] != k && class >= 0)
      counts[class]++;
  }
  int best = from;
  for (int c = from + 1; c < to; c++)
    if (counts[c] > counts[best])
      best = c;
  return counts[best] > 0 ? bs_label_from_salience_class (best) : BS_LABEL_UNKNOWN;
}

static BsCounts
counts_of (const BsLabel *truth, const gint8 *fold, gsize n, int k, BsLabel answer)
{
  BsCounts counts = { 0 };
  for (gsize i = 0; i < n; i++) {
    if (fold[i] != k)
      continue;
    gboolean blend = bs_label_is_blend (truth[i]);
    counts.n++;
    counts.n_blends += blend;
    counts.n_presence += bs_label_same_set (truth[i], answer);
    counts.n_salience += blend && bs_label_equal (truth[i], answer);
    counts.n_predicted_blends += bs_label_is_blend (answer);
  }
  return counts;
}

/**
 * bs_baseline_compute:
 * @truth: (array length=n): known labels
 * @fold: (array length=n): folds, -1 for none; those clips are left aside
 * @n: number of clips
 * @kind: single or blend
 * @baseline: (out): the figures
 *
 * The challenge paper's trivial baselines: the most frequent single, or the most frequent pair
 * with its ratio, of the other folds' clips, said of every clip of the fold. Figures are means
 * over the folds with ddof 1, as its table has them (.077, and .056 with .035). Pure; any thread.
 */
void
bs_baseline_compute (const BsLabel *truth, const gint8 *fold, gsize n, BsBaselineKind kind,
                     BsBaseline *baseline)
{
  double presence[BS_MAX_FOLDS], salience[BS_MAX_FOLDS];
  gsize n_scored = 0;
  for (int k = 0; k < BS_MAX_FOLDS; k++) {
    BsLabel answer = most_frequent (truth, fold, n, kind, k);
    baseline->fold[k] = counts_of (truth, fold, n, k, answer);
    gboolean scored = bs_label_is_known (answer) && baseline->fold[k].n > 0;
    baseline->answer[k] = scored ? answer : BS_LABEL_UNKNOWN;
    if (!scored)
      continue;
    presence[n_scored] = bs_counts_presence (&baseline->fold[k]);
    salience[n_scored++] = bs_counts_salience (&baseline->fold[k]);
  }
  baseline->n_scored_folds = n_scored;
  bs_mean_std (presence, n_scored, &baseline->mean_presence, &baseline->std_presence);
  bs_mean_std (salience, n_scored, &baseline->mean_salience, &baseline->std_salience);
}
