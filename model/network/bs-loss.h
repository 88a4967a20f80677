/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/numeric/bs-real.h"

G_BEGIN_DECLS

#define BS_LOSS_MAX_CLASSES 64

/**
 * BsLossOptions:
 * @kl_weight: of the KL divergence
 * @bce_weight: of the binary cross-entropy of presence
 * @rank_weight: of the margin ranking
 * @smoothing: share of the KL's target that is moved to the absent emotions
 * @margin: by which the stronger emotion of an unequal blend should lead
 *
 * The attention-fusion paper's loss (4.4); the official one is a @kl_weight of 1 and nothing
 * else.
 */
typedef struct {
  double kl_weight;
  double bce_weight;
  double rank_weight;
  double smoothing;
  double margin;
} BsLossOptions;

/**
 * BsLossTerms:
 * @total: weighted sum of the terms
 * @kl: KL divergence
 * @bce: binary cross-entropy, 0 where it has no weight
 * @rank: margin ranking, 0 where it has no weight or there is no unequal blend
 */
typedef struct {
  double total;
  double kl;
  double bce;
  double rank;
} BsLossTerms;

void bs_softmax (const BsReal *logits, gsize n_classes, double *p);
BsLossTerms bs_loss_blend (const BsLossOptions *options, const BsReal *logits, const float *targets,
                           gsize n, gsize n_classes, BsReal *d_logits);
double bs_loss_cross_entropy (const BsReal *logits, const float *targets, gsize n, gsize n_classes,
                              BsReal *d_logits);
double bs_loss_cross_entropy_of_classes (const BsReal *logits, const guint8 *classes, gsize n,
                                         gsize n_classes, BsReal *d_logits);

G_END_DECLS
