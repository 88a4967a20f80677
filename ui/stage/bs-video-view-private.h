/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/stage/bs-video-view.h"

G_BEGIN_DECLS

BsFrame *bs_video_view_get_frame (BsVideoView *self);
guint bs_video_view_get_n_painted (BsVideoView *self);

G_END_DECLS
