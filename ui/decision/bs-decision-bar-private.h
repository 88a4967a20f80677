/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/decision/bs-decision-bar.h"

G_BEGIN_DECLS

guint64 bs_decision_bar_get_serial (BsDecisionBar *self);

G_END_DECLS
