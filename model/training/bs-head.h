/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"
#include "model/config/bs-train-config.h"
#include "model/network/bs-loss.h"

G_BEGIN_DECLS

/**
 * BsHead:
 * @BS_HEAD_EMOTIONS: six logits whose softmax the rule judges by alpha and beta
 * @BS_HEAD_LABELS: 36 logits, one a label with its salience; the largest decides
 * @BS_HEAD_SALIENCE: 16 logits, one a set of emotions, of which the largest decides, and one more
 *   whose sigmoid is the share of a blend's first emotion
 *
 * What the outputs of a network mean.
 */
typedef enum {
  BS_HEAD_EMOTIONS,
  BS_HEAD_LABELS,
  BS_HEAD_SALIENCE,
} BsHead;

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

BsHead bs_head_of (BsModelKind kind);
gsize bs_head_n_out (BsHead self);
gboolean bs_head_has_thresholds (BsHead self);
BsLossTerms bs_head_loss (BsHead self, const BsObjective *objective, const BsReal *logits,
                          const BsLabel *labels, gsize n, BsReal *d_logits);
void bs_head_probabilities (BsHead self, const BsReal *logits, double p[BS_N_EMOTIONS]);
double bs_head_share (const BsReal *logits);
BsLabel bs_head_decide (BsHead self, const BsReal *logits, double cut);
double bs_head_tune_cut (const BsReal *logits, const BsLabel *labels, gsize n);

G_END_DECLS
