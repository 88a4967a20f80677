/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-program.h"

G_BEGIN_DECLS

#define BS_TYPE_TRACK_SOURCE (bs_track_source_get_type ())
/*
 * BsTrackSource:
 *
 * An element that gives a decoder the packets of a program, and seeks in it. One segment a piece,
 * in the clip's times; each picture has its own time and no other.
 */
G_DECLARE_FINAL_TYPE (BsTrackSource, bs_track_source, BS, TRACK_SOURCE, GstElement)

GstElement *bs_track_source_new (BsProgram *program, gint64 duration_ns);
gint64 bs_track_source_packet_of (GstBuffer *decoded);

G_END_DECLS
