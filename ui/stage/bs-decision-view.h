/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/stage/bs-overlay.h"

G_BEGIN_DECLS

#define BS_TYPE_DECISION_VIEW (bs_decision_view_get_type ())
/**
 * BsDecisionView:
 *
 * A decision against the label: both in words, and whether presence and salience are right.
 */
G_DECLARE_FINAL_TYPE (BsDecisionView, bs_decision_view, BS, DECISION_VIEW, GtkWidget)

void bs_decision_view_set_facts (BsDecisionView *self, const BsOverlayFacts *facts);
void bs_decision_view_set_stacked (BsDecisionView *self, gboolean stacked);

G_END_DECLS
