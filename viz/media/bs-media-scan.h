/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

#include "viz/media/bs-media-info.h"

G_BEGIN_DECLS

/*
 * BsMediaScanFunc:
 * @buffer: one frame of the first video stream, parsed or decoded
 * @segment: how its stamps map to stream time
 * @caps: its format
 * @data: what the caller gave
 *
 * Runs on a thread of GStreamer's, frame after frame in the order of the file.
 */
typedef void (*BsMediaScanFunc) (GstBuffer *buffer, const GstSegment *segment, GstCaps *caps,
                                 gpointer data);

gboolean bs_media_scan (const char *path, gboolean decode, BsMediaScanFunc each_frame,
                        gpointer data, BsMediaInfo *info, GCancellable *cancellable,
                        GError **error);

G_END_DECLS
