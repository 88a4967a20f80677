/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

#include "viz/media/bs-frame.h"

G_BEGIN_DECLS

GstCaps *bs_frame_caps (int width_px, int height_px);
BsFrame *bs_frame_new_for_sample (GstSample *sample);
BsFrame *bs_frame_new_placed (BsFrame *other, gint64 time_ns, int index);

G_END_DECLS
