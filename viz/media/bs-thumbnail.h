/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "viz/media/bs-frame.h"

G_BEGIN_DECLS

BsFrame *bs_thumbnail_new (const char *path, gint64 time_ns, int max_width_px, int max_height_px,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
