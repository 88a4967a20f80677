/* SPDX-License-Identifier: MIT */
/* Losses. There are six numbers a clip, so they are computed in double. */
#include "model/network/bs-loss-private.h"

#include <math.h>
#include <string.h>

#define CLAMP_MIN 1e-8

/**
 * bs_softmax:
 * @logits: (array length=n_classes): any finite numbers
 * @n_classes: number of classes
 * @p: (out caller-allocates) (array length=n_classes): shares that sum to 1
 */
void
bs_softmax (const BsReal *logits, gsize n_classes, double *p)
{
  double top = logits[0], sum = 0;
  for (gsize c = 1; c < n_classes; c++)
    top = MAX (top, (double) logits[c]);
  for (gsize c = 0; c < n_classes; c++)
    sum += p[c] = exp (logits[c] - top);
  for (gsize c = 0; c < n_classes; c++)
    p[c] /= sum;
}

/* The KL divergence of one row from the target @t. With p the softmax and m = 1 where p >= 1e-8:
 * the loss by the logit j is p_j sum_i t_i m_i - t_j m_j, which is added to @d with @weight. */
static double
kl_of_row (const double *p, const double *t, gsize n_classes, double weight, double *d)
{
  double loss = 0, free_target = 0;
  for (gsize c = 0; c < n_classes; c++) {
    if (t[c] > 0)
      loss += t[c] * (log (t[c]) - log (MAX (p[c], CLAMP_MIN)));
    if (p[c] >= CLAMP_MIN)
      free_target += t[c];
  }
  for (gsize c = 0; c < n_classes; c++)
    d[c] += weight * (p[c] * free_target - (p[c] >= CLAMP_MIN ? t[c] : 0));
  /* MAX would hide what is not a number. */
  return isnan (p[0]) ? NAN : loss;
}

/* F.binary_cross_entropy_with_logits, summed over the row: the loss by a logit z is
 * sigmoid (z) - [present]. */
static double
bce_of_row (const BsReal *logits, const float *targets, gsize n_classes, double weight, double *d)
{
  double loss = 0;
  for (gsize c = 0; c < n_classes; c++) {
    double z = logits[c], y = targets[c] > 0;
    loss += MAX (z, 0) - z * y + log1p (exp (-fabs (z)));
    d[c] += weight * (1 / (1 + exp (-z)) - y);
  }
  return loss;
}

/* Whether two emotions are present in unequal parts, and which. */
static gboolean
find_unequal (const float *targets, gsize n_classes, gsize *stronger, gsize *weaker)
{
  gsize present[2], n = 0;
  for (gsize c = 0; c < n_classes; c++)
    if (targets[c] > 0) {
      if (n == 2)
        return FALSE;
      present[n++] = c;
    }
  if (n < 2 || targets[present[0]] == targets[present[1]])
    return FALSE;
  gboolean is_first = targets[present[0]] > targets[present[1]];
  *stronger = present[is_first ? 0 : 1];
  *weaker = present[is_first ? 1 : 0];
  return TRUE;
}

/* max (0, margin - (p_stronger - p_weaker)) */
static double
rank_of_row (const double *p, gsize stronger, gsize weaker, double margin, gsize n_classes,
             double weight, double *d)
{
  double loss = margin - (p[stronger] - p[weaker]);
  if (loss <= 0)
    return 0;
  for (gsize c = 0; c < n_classes; c++) {
    double by_p = (c == weaker) - (c == stronger);
    d[c] += weight * p[c] * (by_p - (p[weaker] - p[stronger]));
  }
  return loss;
}

/* Takes @smoothing off the present emotions in proportion and spreads it over the others. */
static void
smooth_target (const float *targets, gsize n_classes, double smoothing, double *t)
{
  gsize n_absent = 0;
  for (gsize c = 0; c < n_classes; c++)
    n_absent += !(targets[c] > 0);
  if (n_absent == 0)
    smoothing = 0;
  for (gsize c = 0; c < n_classes; c++)
    t[c] = targets[c] > 0 ? targets[c] * (1 - smoothing) : smoothing / (double) n_absent;
}

static gsize
count_unequal (const float *targets, gsize n, gsize n_classes)
{
  gsize count = 0, stronger, weaker;
  for (gsize i = 0; i < n; i++)
    count += find_unequal (targets + i * n_classes, n_classes, &stronger, &weaker) ? 1 : 0;
  return count;
}

/**
 * bs_loss_blend:
 * @options: weights and settings of the terms
 * @logits: n x n_classes
 * @targets: n x n_classes, rows that sum to 1
 * @n: rows
 * @n_classes: at most %BS_LOSS_MAX_CLASSES
 * @d_logits: (out caller-allocates) (nullable): n x n_classes, the total by the logits
 *
 * The attention-fusion paper's loss (4.4), its open ends as the guide says. KL: the official
 * loss, see bs_loss_kl(), to the smoothed target. BCE: the mean over rows and classes of
 * F.binary_cross_entropy_with_logits, to 1 where the emotion is present. Ranking: the mean over
 * the unequal blends of max (0, margin - (p_stronger - p_weaker)) of the softmax.
 *
 * Returns: the terms
 */
BsLossTerms
bs_loss_blend (const BsLossOptions *options, const BsReal *logits, const float *targets, gsize n,
               gsize n_classes, BsReal *d_logits)
{
  BsLossTerms terms = { 0 };
  g_return_val_if_fail (n > 0 && n_classes <= BS_LOSS_MAX_CLASSES, terms);
  double p[BS_LOSS_MAX_CLASSES], t[BS_LOSS_MAX_CLASSES], d[BS_LOSS_MAX_CLASSES];
  double n_rows = (double) n, n_elements = (double) (n * n_classes);
  double n_unequal = options->rank_weight > 0 ? (double) count_unequal (targets, n, n_classes) : 0;
  for (gsize i = 0; i < n; i++, logits += n_classes, targets += n_classes) {
    gsize stronger, weaker;
    memset (d, 0, sizeof d);
    bs_softmax (logits, n_classes, p);
    smooth_target (targets, n_classes, options->smoothing, t);
    terms.kl += kl_of_row (p, t, n_classes, options->kl_weight / n_rows, d);
    if (options->bce_weight > 0)
      terms.bce += bce_of_row (logits, targets, n_classes, options->bce_weight / n_elements, d);
    if (n_unequal > 0 && find_unequal (targets, n_classes, &stronger, &weaker))
      terms.rank += rank_of_row (p, stronger, weaker, options->margin, n_classes,
                                 options->rank_weight / n_unequal, d);
    for (gsize c = 0; c < n_classes && d_logits != NULL; c++)
      d_logits[i * n_classes + c] = (BsReal) d[c];
  }
  terms.kl /= n_rows;
  terms.bce /= n_elements;
  terms.rank /= MAX (n_unequal, 1);
  terms.total = options->kl_weight * terms.kl + options->bce_weight * terms.bce +
                options->rank_weight * terms.rank;
  return terms;
}

/**
 * bs_loss_kl:
 * @logits: n x n_classes
 * @targets: n x n_classes, rows that sum to 1
 * @n: rows
 * @n_classes: at most %BS_LOSS_MAX_CLASSES
 * @d_logits: (out caller-allocates) (nullable): n x n_classes, the loss by the logits
 *
 * The official loss (model/model.py): F.kl_div (log (clamp (softmax, min=1e-8)), target,
 * reduction="batchmean"): the sum over the classes, 0 where the target is 0, divided by the
 * rows. A probability below the clamp gives no gradient of its own.
 *
 * Returns: the loss
 */
double
bs_loss_kl (const BsReal *logits, const float *targets, gsize n, gsize n_classes, BsReal *d_logits)
{
  g_return_val_if_fail (n > 0 && n_classes <= BS_LOSS_MAX_CLASSES, NAN);
  const BsLossOptions official = { .kl_weight = 1 };
  return bs_loss_blend (&official, logits, targets, n, n_classes, d_logits).kl;
}

/* log (sum exp logits) - logits[c] */
static double
surprise (const BsReal *logits, gsize n_classes, gsize c)
{
  double top = logits[0], sum = 0;
  for (gsize k = 1; k < n_classes; k++)
    top = MAX (top, (double) logits[k]);
  for (gsize k = 0; k < n_classes; k++)
    sum += exp (logits[k] - top);
  return log (sum) + top - logits[c];
}

/**
 * bs_loss_cross_entropy:
 * @logits: n x n_classes
 * @targets: n x n_classes, rows that sum to 1
 * @n: rows
 * @n_classes: at most %BS_LOSS_MAX_CLASSES
 * @d_logits: (out caller-allocates) (nullable): n x n_classes, the loss by the logits
 *
 * F.cross_entropy with probabilities as target, mean over the rows: the loss by the logit j is
 * (p_j sum t - t_j) / n.
 *
 * Returns: the loss
 */
double
bs_loss_cross_entropy (const BsReal *logits, const float *targets, gsize n, gsize n_classes,
                       BsReal *d_logits)
{
  g_return_val_if_fail (n > 0 && n_classes <= BS_LOSS_MAX_CLASSES, NAN);
  double p[BS_LOSS_MAX_CLASSES], loss = 0;
  for (gsize i = 0; i < n; i++) {
    const BsReal *z = logits + i * n_classes;
    const float *t = targets + i * n_classes;
    double sum = 0;
    bs_softmax (z, n_classes, p);
    for (gsize c = 0; c < n_classes; c++) {
      loss += t[c] > 0 ? t[c] * surprise (z, n_classes, c) : 0;
      sum += t[c];
    }
    for (gsize c = 0; c < n_classes && d_logits != NULL; c++)
      d_logits[i * n_classes + c] = (BsReal) ((p[c] * sum - t[c]) / (double) n);
  }
  return loss / (double) n;
}

/**
 * bs_loss_cross_entropy_of_classes:
 * @logits: n x n_classes
 * @classes: (array length=n): the right class of each row
 * @n: rows
 * @n_classes: at most %BS_LOSS_MAX_CLASSES
 * @d_logits: (out caller-allocates) (nullable): n x n_classes, the loss by the logits
 *
 * F.cross_entropy with class numbers as target, mean over the rows.
 *
 * Returns: the loss
 */
double
bs_loss_cross_entropy_of_classes (const BsReal *logits, const guint8 *classes, gsize n,
                                  gsize n_classes, BsReal *d_logits)
{
  g_return_val_if_fail (n > 0 && n_classes <= BS_LOSS_MAX_CLASSES, NAN);
  double p[BS_LOSS_MAX_CLASSES], loss = 0;
  for (gsize i = 0; i < n; i++) {
    g_return_val_if_fail (classes[i] < n_classes, NAN);
    bs_softmax (logits + i * n_classes, n_classes, p);
    loss += surprise (logits + i * n_classes, n_classes, classes[i]);
    for (gsize c = 0; c < n_classes && d_logits != NULL; c++)
      d_logits[i * n_classes + c] = (BsReal) ((p[c] - (c == classes[i])) / (double) n);
  }
  return loss / (double) n;
}
