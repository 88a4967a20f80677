/* SPDX-License-Identifier: MIT */
#pragma once

#include "app/cli/common/bs-cli.h"
#include "data/run/bs-run.h"
#include "model/decision/bs-tuning-source.h"

G_BEGIN_DECLS

/**
 * BsCliPredictions:
 * @metadata_path: --metadata
 * @path: --predictions: a file, or a run's folder
 * @logits: --logits
 * @probabilities: --probabilities
 * @metadata: labels and folds
 * @predictions: what the model said
 * @run: (nullable): where @path is a run's folder
 * @cases: both side by side
 *
 * The input of every command that judges predictions. Begins as zeros.
 */
typedef struct {
  char *metadata_path;
  char *path;
  gboolean logits;
  gboolean probabilities;
  BsMetadata *metadata;
  BsPredictions *predictions;
  BsRun *run;
  BsEvaluationSet *cases;
} BsCliPredictions;

void bs_cli_predictions_add_options (BsCliPredictions *self, GOptionContext *context);
BsCliStatus bs_cli_predictions_load (BsCliPredictions *self);
void bs_cli_say_read_as (const char *name, const BsReadAs *read_as);
void bs_cli_say_metadata (const BsMetadata *metadata);
void bs_cli_predictions_say (const BsCliPredictions *self);
BsCliStatus bs_cli_refuse_decisions (const char *path);
void bs_cli_predictions_clear (BsCliPredictions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsCliPredictions, bs_cli_predictions_clear)

/**
 * BsCliThresholds:
 * @alpha_text: (nullable): --alpha
 * @beta_text: (nullable): --beta
 * @tune: (nullable): --tune
 * @is_given: whether @given is what --alpha and --beta say
 * @given: the pair given
 * @thresholds: what was chosen
 * @protocol: how: a protocol's name, "given", "run" or "decisions"
 * @source: where network, thresholds and weights were chosen
 * @exact: whether the search was exact, so that there are regions
 *
 * Which thresholds a command judges by. Begins as zeros.
 */
typedef struct {
  char *alpha_text;
  char *beta_text;
  char *tune;
  gboolean is_given;
  BsThresholdPair given;
  BsThresholds thresholds;
  const char *protocol;
  BsTuningSource source;
  gboolean exact;
} BsCliThresholds;

void bs_cli_thresholds_add_options (BsCliThresholds *self, GOptionContext *context);
BsCliStatus bs_cli_thresholds_check (BsCliThresholds *self);
BsCliStatus bs_cli_thresholds_choose (BsCliThresholds *self, const BsCliPredictions *input);
BsCliStatus bs_cli_judge (BsCliPredictions *input, BsCliThresholds *chosen, BsMetrics **metrics);
void bs_cli_thresholds_say (const BsCliThresholds *self);
void bs_cli_thresholds_clear (BsCliThresholds *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsCliThresholds, bs_cli_thresholds_clear)

G_END_DECLS
