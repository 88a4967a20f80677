/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "viz/media/bs-media-info.h"

G_BEGIN_DECLS

typedef enum { BS_MEDIA_PICTURE, BS_MEDIA_SOUND } BsMediaKind;

typedef struct _BsMediaReader BsMediaReader;

GstElement *bs_media_chain_new (const char *description, GstElement **sink);

BsMediaReader *bs_media_reader_new (const char *path, BsMediaKind kind, GstElement *chain,
                                    GError **error);
void bs_media_reader_free (BsMediaReader *self);
gboolean bs_media_reader_start (BsMediaReader *self, GCancellable *cancellable, GError **error);
gboolean bs_media_reader_run (BsMediaReader *self, GCancellable *cancellable, GError **error);
void bs_media_reader_get_info (BsMediaReader *self, BsMediaInfo *info);
gboolean bs_media_reader_has_whole_frames (BsMediaReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMediaReader, bs_media_reader_free)

G_END_DECLS
