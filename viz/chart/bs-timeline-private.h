/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-timeline.h"

G_BEGIN_DECLS

void bs_timeline_range (const BsTimeline *self, double *low, double *high);

G_END_DECLS
