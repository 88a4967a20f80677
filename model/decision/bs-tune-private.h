/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "model/decision/bs-tune.h"

G_BEGIN_DECLS

double bs_weighted_score (const BsEvaluationSet *cases, const double *presence_weights,
                          const double *salience_weights, BsThresholdPair pair);
void bs_score_weights (const BsEvaluationSet *cases, guint32 folds, double share, double *presence,
                       double *salience);

G_END_DECLS
