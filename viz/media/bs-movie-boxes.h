/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

guint bs_movie_boxes_count_if_cut (const char *path, GCancellable *cancellable);

G_END_DECLS
