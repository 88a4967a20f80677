/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

void bs_media_start (void);
gboolean bs_media_file_check (const char *path, GError **error);
char *bs_media_file_name (const char *path);
GError *bs_media_error_from_message (const char *path, GstMessage *message);

G_END_DECLS
