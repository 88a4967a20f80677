/* SPDX-License-Identifier: MIT */
/* Shared by what edits the state (bs-threshold-state.c) and what reads it
 * (bs-threshold-lookup.c). */
#pragma once

#include "ui/session/bs-threshold-history.h"
#include "ui/session/bs-threshold-state.h"

G_BEGIN_DECLS

struct _BsThresholdState {
  GObject parent_instance;
  BsJobQueue *jobs;

  BsMetadata *metadata; /* (nullable): of the clips that are judged */
  BsRun *run;
  BsEvaluationSet *cases;
  int *case_of_clip; /* metadata's length, -1 where the run has no prediction */
  BsMetrics *metrics;
  BsTuning *tuning;
  guint64 serial;

  BsThresholdSetting setting;
  BsThresholdHistory history;
  int edited_fold; /* -1: the sliders set all */
};

G_END_DECLS
