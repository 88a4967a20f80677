/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

/**
 * BsAttentionLane:
 * @encoder: whose rows are weighted
 * @branch: (nullable): model of the branch that weights them, in a fusion of branches
 * @branch_weight: of the branch in the fusion; NaN where the fusion has no such weights
 * @n: rows that the network saw; 0 where the branch has no weights over time
 * @time_s: (array length=n): middle of each, seconds from the clip's start
 * @weight: (array length=n): of each; over all encoders of a network they sum to 1
 *
 * The attention of one network to one modality.
 */
typedef struct {
  char *encoder;
  char *branch;
  double branch_weight;
  gsize n;
  double *time_s;
  double *weight;
} BsAttentionLane;

/**
 * BsAttentionTrace:
 * @n_lanes: 0 for a run whose networks do not pool by attention
 * @lanes: (array length=n_lanes): a modality each; of a fusion branch after branch
 *
 * Where in a clip a run looked.
 */
typedef struct {
  guint n_lanes;
  BsAttentionLane *lanes;
} BsAttentionTrace;

BsAttentionTrace *bs_attention_trace_new (BsCorpus *corpus, const BsRun *run, gsize clip,
                                          double duration_s, GCancellable *cancellable,
                                          GError **error);
void bs_attention_trace_free (BsAttentionTrace *self);
double bs_attention_lane_share (const BsAttentionLane *self);
gssize bs_attention_lane_find (const BsAttentionLane *self, double time_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsAttentionTrace, bs_attention_trace_free)

G_END_DECLS
