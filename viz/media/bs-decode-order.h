/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "viz/media/bs-track.h"

G_BEGIN_DECLS

gboolean bs_decode_order_needed (const BsTrack *track, gboolean has_whole_frames);
gboolean bs_decode_order_mend (BsTrack *track, const char *path, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
