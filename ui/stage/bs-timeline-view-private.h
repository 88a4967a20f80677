/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/stage/bs-timeline-view.h"

G_BEGIN_DECLS

const BsAttentionTrace *bs_timeline_view_get_attention (BsTimelineView *self);

G_END_DECLS
