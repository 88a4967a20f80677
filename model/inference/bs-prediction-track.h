/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

#define BS_PREDICTION_TRACK_WINDOW_S 2.0
#define BS_PREDICTION_TRACK_STEP_S 0.2

/**
 * BsPredictionTrackKind:
 * @BS_PREDICTION_TRACK_WINDOWS: windows of 2 s, for a model that speaks once a clip
 * @BS_PREDICTION_TRACK_ROWS: every row of the features, for a model that learnt from rows
 *
 * What the rows of a prediction track are.
 */
typedef enum {
  BS_PREDICTION_TRACK_WINDOWS,
  BS_PREDICTION_TRACK_ROWS,
} BsPredictionTrackKind;

/**
 * BsPredictionTrack:
 * @kind: what is called a window here
 * @step_s: from one middle to the next
 * @n: number of windows
 * @centre_s: (array length=n): middle of each window, seconds from the clip's start
 * @p: (array length=n): six probabilities each
 *
 * What a run believes over the time of one clip: the network that held the clip out, run on
 * windows of the clip's features (DEFINITIONS, Over time).
 */
typedef struct {
  BsPredictionTrackKind kind;
  double step_s;
  gsize n;
  double *centre_s;
  double (*p)[BS_N_EMOTIONS];
} BsPredictionTrack;

BsPredictionTrack *bs_prediction_track_new (BsCorpus *corpus, const BsRun *run, gsize clip,
                                            double duration_s, GCancellable *cancellable,
                                            GError **error);
void bs_prediction_track_free (BsPredictionTrack *self);
void bs_prediction_track_at (const BsPredictionTrack *self, double time_s, double p[BS_N_EMOTIONS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPredictionTrack, bs_prediction_track_free)

G_END_DECLS
