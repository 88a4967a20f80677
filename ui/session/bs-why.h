/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/decision/bs-rule.h"

G_BEGIN_DECLS

char *bs_why_sentence (const BsDecision *decision, BsThresholdPair pair);
char *bs_why_change (const BsDecision *decision, BsThresholdPair pair);
char *bs_why_given (const BsRun *run, int fold);

G_END_DECLS
