/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-rule.h"
#include "model/inference/bs-encoder-ablation.h"
#include "ui/chart/bs-chart-view.h"

G_BEGIN_DECLS

/**
 * BsOverlayPanel:
 * @BS_OVERLAY_PROBABILITIES: six bars
 * @BS_OVERLAY_DECISION: the decision against the label
 * @BS_OVERLAY_WHY: the rule in a sentence, and the nearest change
 * @BS_OVERLAY_VERDICTS: the decision with each encoder alone, and with each left out
 *
 * The panels over the picture.
 */
typedef enum {
  BS_OVERLAY_PROBABILITIES,
  BS_OVERLAY_DECISION,
  BS_OVERLAY_WHY,
  BS_OVERLAY_VERDICTS,
  BS_OVERLAY_N_PANELS,
} BsOverlayPanel;

/**
 * BsOverlayFacts:
 * @probabilities: (nullable) (array fixed-size=6): of the whole clip
 * @verdict: (nullable): the decision; %NULL where no run judges the clip
 * @pair: the thresholds that apply to the clip
 * @label: what the clip shows; unknown in the test part
 * @given: (nullable): the reason where no rule was applied, of a model that decides itself
 * @blind: the label is not to be shown
 * @synthetic: the clip is of the demo corpus
 *
 * What the overlay says of a clip.
 */
typedef struct {
  const double *probabilities;
  const BsDecision *decision;
  BsThresholdPair pair;
  BsLabel label;
  const char *given;
  gboolean blind;
  gboolean synthetic;
} BsOverlayFacts;

#define BS_TYPE_OVERLAY (bs_overlay_get_type ())
/**
 * BsOverlay:
 *
 * Translucent panels over the picture of a clip: what is believed, what is decided, why, and
 * what each encoder would have said. Each stands in a corner, is moved to another by dragging it or
 * by the arrow keys when it has the focus, and can be hidden. Where there is little room they
 * shrink. Stacked they are rows instead, one below the other, for a place beside the picture.
 *
 * Properties: shown, probabilities-shown, decision-shown, why-shown, ablation-shown (boolean);
 * probabilities-corner, decision-corner, why-corner, ablation-corner (int: 0 top left, 1 top right,
 * 2 bottom left, 3 bottom right).
 */
G_DECLARE_FINAL_TYPE (BsOverlay, bs_overlay, BS, OVERLAY, GtkWidget)

void bs_overlay_set_facts (BsOverlay *self, const BsOverlayFacts *facts);
void bs_overlay_set_now (BsOverlay *self, const double p[BS_N_EMOTIONS]);
void bs_overlay_take_ablation (BsOverlay *self, BsEncoderAblation *ablation, const char *sentence);
void bs_overlay_await_ablation (BsOverlay *self, const char *sentence);
BsChartView *bs_overlay_get_track (BsOverlay *self);
void bs_overlay_set_stacked (BsOverlay *self, gboolean stacked);
void bs_overlay_bind_settings (BsOverlay *self, GSettings *settings);

G_END_DECLS
