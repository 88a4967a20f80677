/* SPDX-License-Identifier: MIT */
/* Losses. There are six numbers a clip, so they are computed in double. */
#include "model/bs-loss.h"

#include <math.h>

#define MAX_CLASSES 64
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

/**
 * bs_loss_kl:
 * @logits: n x n_classes
 * @targets: n x n_classes, rows that sum to 1
 * @n: rows
 * @n_classes: at most 64
 * @d_logits: (out caller-allocates) (nullable): n x n_classes, the loss by the logits
 *
 * The official loss (model/model.py): F.kl_div (log (clamp (softmax, min=1e-8)), target,
 * reduction="batchmean"): the sum over the classes, 0 where the target is 0, divided by the
 * rows. A probability below the clamp gives no gradient of its own.
 *
 * With p the softmax, t the target and m = 1 where p >= 1e-8: the loss by the logit j is
 * (p_j sum_i t_i m_i - t_j m_j) / n.
 *
 * Returns: the loss
 */
double
bs_loss_kl (const BsReal *logits, const float *targets, gsize n, gsize n_classes, BsReal *d_logits)
{
  g_return_val_if_fail (n > 0 && n_classes <= MAX_CLASSES, NAN);
  double p[MAX_CLASSES], loss = 0;
  for (gsize i = 0; i < n; i++) {
    const float *t = targets + i * n_classes;
    bs_softmax (logits + i * n_classes, n_classes, p);
    double free_target = 0;
    for (gsize c = 0; c < n_classes; c++) {
      if (t[c] > 0)
        loss += t[c] * (log (t[c]) - log (MAX (p[c], CLAMP_MIN)));
      if (p[c] >= CLAMP_MIN)
        free_target += t[c];
    }
    /* MAX would hide what is not a number. */
    if (isnan (p[0]))
      loss = NAN;
    for (gsize c = 0; c < n_classes && d_logits != NULL; c++)
      d_logits[i * n_classes + c] =
        (BsReal) ((p[c] * free_target - (p[c] >= CLAMP_MIN ? t[c] : 0)) / (double) n);
  }
  return loss / (double) n;
}
