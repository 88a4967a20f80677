/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/analysis/bs-pair-controls.h"

G_BEGIN_DECLS

guint64 bs_pair_controls_get_serial (BsPairControls *self);

G_END_DECLS
