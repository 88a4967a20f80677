/* SPDX-License-Identifier: MIT */
/* From a network's outputs to a loss and to an opinion. The two heads without alpha and beta are
 * ours: questions that the papers leave open. */
#include "model/training/bs-head.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_SALIENCE_OUT (BS_N_CLASSES + 1)

/**
 * bs_head_n_out:
 * @self: a head
 *
 * Returns: outputs of the network below it
 */
gsize
bs_head_n_out (BsHead self)
{
  static const gsize n[] = { BS_N_EMOTIONS, BS_N_SALIENCE_CLASSES, N_SALIENCE_OUT };
  return n[self];
}

/**
 * bs_head_has_thresholds:
 * @self: a head
 *
 * Returns: whether alpha and beta have a say
 */
gboolean
bs_head_has_thresholds (BsHead self)
{
  return self == BS_HEAD_EMOTIONS;
}

static BsLossTerms
emotions_loss (const BsObjective *objective, const BsReal *logits, const BsLabel *labels, gsize n,
               BsReal *d_logits)
{
  g_autofree float *targets = g_new (float, n *BS_N_EMOTIONS);
  for (gsize i = 0; i < n; i++)
    bs_label_distribution (labels[i], targets + i * BS_N_EMOTIONS);
  if (!objective->is_ce)
    return bs_loss_blend (&objective->blend, logits, targets, n, BS_N_EMOTIONS, d_logits);
  return (BsLossTerms){
    .total = bs_loss_cross_entropy (logits, targets, n, BS_N_EMOTIONS, d_logits),
  };
}

static double
labels_loss (const BsReal *logits, const BsLabel *labels, gsize n, BsReal *d_logits)
{
  g_autofree guint8 *classes = g_new (guint8, n);
  for (gsize i = 0; i < n; i++)
    classes[i] = (guint8) bs_label_salience_class (labels[i]);
  return bs_loss_cross_entropy_of_classes (logits, classes, n, BS_N_SALIENCE_CLASSES, d_logits);
}

/**
 * bs_head_share:
 * @logits: (array length=17): of %BS_HEAD_SALIENCE
 *
 * Returns: the regressed share of the first emotion of a blend, in alphabetical order
 */
double
bs_head_share (const BsReal *logits)
{
  return 1.0 / (1.0 + exp (-(double) logits[BS_N_CLASSES]));
}

/* Cross-entropy of the 16 sets, and the squared error of the share, over the blends alone but
 * divided by all rows, so that the two weigh the same in every batch. */
static double
salience_loss (const BsReal *logits, const BsLabel *labels, gsize n, BsReal *d_logits)
{
  g_autofree guint8 *classes = g_new (guint8, n);
  g_autofree BsReal *sets = g_new (BsReal, n * BS_N_CLASSES);
  g_autofree BsReal *d_sets = g_new (BsReal, n * BS_N_CLASSES);
  for (gsize i = 0; i < n; i++) {
    classes[i] = (guint8) bs_label_class (labels[i]);
    memcpy (sets + i * BS_N_CLASSES, logits + i * N_SALIENCE_OUT, BS_N_CLASSES * sizeof (BsReal));
  }
  double loss = bs_loss_cross_entropy_of_classes (sets, classes, n, BS_N_CLASSES, d_sets);
  for (gsize i = 0; i < n; i++) {
    double share = bs_head_share (logits + i * N_SALIENCE_OUT), error = 0;
    if (bs_label_is_blend (labels[i]))
      error = share - labels[i].first_percent / 100.0;
    loss += error * error / (double) n;
    if (d_logits == NULL)
      continue;
    BsReal *d = d_logits + i * N_SALIENCE_OUT;
    memcpy (d, d_sets + i * BS_N_CLASSES, BS_N_CLASSES * sizeof (BsReal));
    d[BS_N_CLASSES] = (BsReal) (2 * error * share * (1 - share) / (double) n);
  }
  return loss;
}

/**
 * bs_head_loss:
 * @self: a head
 * @objective: the loss of six logits
 * @logits: n x bs_head_n_out()
 * @labels: (array length=n): what the clips show
 * @n: rows, at least 1
 * @d_logits: (out caller-allocates) (nullable): the loss by the logits
 *
 * Returns: the loss, and its terms where it is a combined one
 */
BsLossTerms
bs_head_loss (BsHead self, const BsObjective *objective, const BsReal *logits,
              const BsLabel *labels, gsize n, BsReal *d_logits)
{
  if (self == BS_HEAD_EMOTIONS)
    return emotions_loss (objective, logits, labels, n, d_logits);
  if (self == BS_HEAD_LABELS)
    return (BsLossTerms){ .total = labels_loss (logits, labels, n, d_logits) };
  return (BsLossTerms){ .total = salience_loss (logits, labels, n, d_logits) };
}

static int
largest (const BsReal *logits, int n)
{
  int top = 0;
  for (int c = 1; c < n; c++)
    if (logits[c] > logits[top])
      top = c;
  return top;
}

/**
 * bs_head_probabilities:
 * @self: a head
 * @logits: (array): one row
 * @p: (out caller-allocates): six shares that sum to 1
 *
 * The softmax of six logits; of the other heads the marginals: every label's probability is
 * split among its emotions by their shares.
 */
void
bs_head_probabilities (BsHead self, const BsReal *logits, double p[BS_N_EMOTIONS])
{
  double q[BS_HEAD_MAX_OUT];
  float shares[BS_N_EMOTIONS];
  if (self == BS_HEAD_EMOTIONS) {
    bs_softmax (logits, BS_N_EMOTIONS, p);
    return;
  }
  int n = self == BS_HEAD_LABELS ? BS_N_SALIENCE_CLASSES : BS_N_CLASSES;
  bs_softmax (logits, (gsize) n, q);
  memset (p, 0, BS_N_EMOTIONS * sizeof (double));
  for (int c = 0; c < n; c++) {
    BsLabel label =
      self == BS_HEAD_LABELS ? bs_label_from_salience_class (c) : bs_label_from_class (c);
    bs_label_distribution (label, shares);
    if (self == BS_HEAD_SALIENCE && bs_label_is_blend (label)) {
      shares[label.first] = (float) bs_head_share (logits);
      shares[label.second] = 1 - shares[label.first];
    }
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      p[e] += q[c] * (double) shares[e];
  }
}

/**
 * bs_head_decide:
 * @self: a head other than %BS_HEAD_EMOTIONS, for which the rule decides
 * @logits: (array): one row
 * @cut: of the regressed share: a blend whose share is at most this far from a half is 50/50
 *
 * Returns: the decision
 */
BsLabel
bs_head_decide (BsHead self, const BsReal *logits, double cut)
{
  if (self == BS_HEAD_LABELS)
    return bs_label_from_salience_class (largest (logits, BS_N_SALIENCE_CLASSES));
  BsLabel label = bs_label_from_class (largest (logits, BS_N_CLASSES));
  if (!bs_label_is_blend (label))
    return label;
  double away = bs_head_share (logits) - 0.5;
  if (fabs (away) <= cut)
    label.first_percent = 50;
  else
    label.first_percent = away > 0 ? 70 : 30;
  return label;
}

typedef struct {
  double distance; /* of the share from a half */
  int gain; /* of a cut that reaches it: right at 50/50 less right beyond */
} Step;

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;
  return (x->distance > y->distance) - (x->distance < y->distance);
}

/**
 * bs_head_tune_cut:
 * @logits: n x 17, of %BS_HEAD_SALIENCE
 * @labels: (array length=n): what the clips show
 * @n: rows
 *
 * The cut with the most right saliences, found over all real cuts by sorting: between two clips
 * the middle, ties to the least.
 *
 * Returns: the cut
 */
double
bs_head_tune_cut (const BsReal *logits, const BsLabel *labels, gsize n)
{
  g_autofree Step *steps = g_new (Step, n + 1);
  gsize n_steps = 0;
  for (gsize i = 0; i < n; i++) {
    const BsReal *row = logits + i * N_SALIENCE_OUT;
    if (!bs_label_is_blend (labels[i]) ||
        !bs_label_same_set (bs_label_from_class (largest (row, BS_N_CLASSES)), labels[i]))
      continue;
    double away = bs_head_share (row) - 0.5;
    int beyond = away > 0 ? 70 : 30;
    steps[n_steps++] =
      (Step){ fabs (away), (labels[i].first_percent == 50) - (labels[i].first_percent == beyond) };
  }
  qsort (steps, n_steps, sizeof *steps, compare_steps);
  int sum = 0, best = 0;
  double cut = n_steps > 0 ? steps[0].distance / 2 : 0;
  for (gsize i = 0; i < n_steps; i++) {
    sum += steps[i].gain;
    gboolean is_last = i + 1 == n_steps;
    if (sum > best && (is_last || steps[i + 1].distance > steps[i].distance)) {
      best = sum;
      cut = is_last ? 0.5 : (steps[i].distance + steps[i + 1].distance) / 2;
    }
  }
  return cut;
}
