/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/analysis/bs-thresholds-view.h"

G_BEGIN_DECLS

guint64 bs_thresholds_view_get_serial (BsThresholdsView *self);

G_END_DECLS
