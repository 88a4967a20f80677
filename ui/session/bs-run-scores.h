/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/**
 * BsRunScore:
 * @presence: mean over folds at the official protocol's thresholds
 * @presence_std: ddof 1
 * @salience: likewise
 * @salience_std: likewise
 * @score: likewise, the mean of both
 * @score_std: likewise
 * @tuned: where what makes these figures was chosen; of an honest run they are at its own
 *   thresholds
 *
 * What a run is worth.
 */
typedef struct {
  double presence, presence_std;
  double salience, salience_std;
  double score, score_std;
  BsChosen tuned;
} BsRunScore;

#define BS_TYPE_RUN_SCORES (bs_run_scores_get_type ())
/**
 * BsRunScores:
 *
 * What the runs of the open corpus are worth, worked out in the worker, each once. Main thread.
 * Signal "changed": there are new ones.
 */
G_DECLARE_FINAL_TYPE (BsRunScores, bs_run_scores, BS, RUN_SCORES, GObject)

BsRunScores *bs_run_scores_new (BsWorkspace *workspace);
const BsRunScore *bs_run_scores_get (BsRunScores *self, BsRun *run);

G_END_DECLS
