/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/run/bs-run.h"
#include "model/decision/bs-tune.h"
#include "model/fusion/bs-fusion-members.h"

G_BEGIN_DECLS

/**
 * BsFusionProtocol:
 * @BS_FUSION_GIVEN: weights that somebody chose
 * @BS_FUSION_OFFICIAL: per fold, on that fold's clips
 * @BS_FUSION_MEAN: the mean of those over the folds, for all
 * @BS_FUSION_HONEST: weights and thresholds for a fold from the other folds' clips
 *
 * Whose clips choose the weights (DEFINITIONS, Late-fusion weights).
 */
typedef enum {
  BS_FUSION_GIVEN,
  BS_FUSION_OFFICIAL,
  BS_FUSION_MEAN,
  BS_FUSION_HONEST,
  BS_FUSION_N_PROTOCOLS,
} BsFusionProtocol;

const char *bs_fusion_protocol_name (BsFusionProtocol protocol);
int bs_fusion_protocol_from_name (const char *name);

/**
 * BsFusionConfig:
 * @protocol: whose clips choose the weights
 * @weights: (nullable) (array): for %BS_FUSION_GIVEN, at least 0, summing to 1; %NULL for equal
 *   ones
 * @seed: of everything random
 * @n_threads: 0 for one a core; the result does not depend on it
 */
typedef struct {
  BsFusionProtocol protocol;
  const double *weights;
  guint64 seed;
  int n_threads;
} BsFusionConfig;

/**
 * BsFusionWorth:
 * @name: of the member
 * @weight: its weight, the mean over the folds
 * @alone: its own score
 * @without: score without it, with the weights optimised again (given ones scaled up); NaN where
 *   nothing is left
 *
 * What a member is worth. Scores are means over the folds at each fold's best pair of the official
 * grid: tuned here.
 */
typedef struct {
  char *name;
  double weight;
  double alone;
  double without;
} BsFusionWorth;

/**
 * BsLateFusion:
 * @protocol: whose clips chose the weights
 * @seed: of everything random
 * @n_members: members
 * @n_folds: folds of the metadata, or of the members where it has none
 * @n: clips fused
 * @n_left_out: clips that not every member has
 * @n_without_metadata: the most predictions of a member that the metadata does not know
 * @weights: (array): (n_folds + 1) x n_members; the last row is for clips without a fold
 * @worth: (array length=n_members): what each member is worth
 * @best_score: of the weights chosen on each fold (of the given ones), tuned here: the other side
 *   of each member's score without it
 * @equal_score: of equal weights, tuned here
 * @source: where members, thresholds and weights were chosen
 * @predictions: the weighted means
 * @thresholds: for @predictions: the official protocol's, under %BS_FUSION_HONEST those chosen with
 *   the weights
 *
 * A late fusion.
 */
typedef struct {
  BsFusionProtocol protocol;
  guint64 seed;
  gsize n_members;
  gsize n_folds;
  gsize n;
  gsize n_left_out;
  gsize n_without_metadata;
  double *weights;
  BsFusionWorth *worth;
  double best_score;
  double equal_score;
  BsTuningSource source;
  BsPredictions *predictions;
  BsThresholds thresholds;
} BsLateFusion;

BsLateFusion *bs_late_fusion_new (BsMetadata *metadata, const BsFusionMember *members,
                                  gsize n_members, const BsFusionConfig *config,
                                  BsProgressFunc on_progress, gpointer user_data,
                                  GCancellable *cancellable, GError **error);
void bs_late_fusion_free (BsLateFusion *self);
const double *bs_late_fusion_weights (const BsLateFusion *self, int fold);
const char *bs_late_fusion_best_key (const BsLateFusion *self);
BsRun *bs_late_fusion_make_run (const BsLateFusion *self, const BsMetadata *metadata);

gboolean bs_run_is_late_fusion (const BsRun *run);
GArray *bs_late_fusion_worth_of_run (const BsRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsLateFusion, bs_late_fusion_free)

G_END_DECLS
