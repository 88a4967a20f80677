/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"
#include "model/config/bs-model-catalogue.h"
#include "model/network/bs-loss.h"

G_BEGIN_DECLS

/**
 * BsObjective:
 * @is_ce: plain cross-entropy with the soft labels, in place of @blend
 * @blend: KL, presence and ranking
 *
 * What is minimised over six logits; the other heads have losses of their own.
 */
typedef struct {
  gboolean is_ce;
  BsLossOptions blend;
} BsObjective;

#define BS_HEAD_MAX_OUT BS_N_SALIENCE_CLASSES

gsize bs_head_n_out (BsHead self);
gboolean bs_head_has_thresholds (BsHead self);
BsLossTerms bs_head_loss (BsHead self, const BsObjective *objective, const BsReal *logits,
                          const BsLabel *labels, gsize n, BsReal *d_logits);
void bs_head_probabilities (BsHead self, const BsReal *logits, double p[BS_N_EMOTIONS]);
double bs_head_share (const BsReal *logits);
BsLabel bs_head_decide (BsHead self, const BsReal *logits, double cut);
double bs_head_tune_cut (const BsReal *logits, const BsLabel *labels, gsize n);

G_END_DECLS
