/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/video/video.h>

#include "viz/media/bs-track.h"

G_BEGIN_DECLS

GstVideoTransferFunction bs_stream_colours_get_transfer (const BsTrack *track);

G_END_DECLS
