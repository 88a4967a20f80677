/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BsFrameIndex BsFrameIndex;

BsFrameIndex *bs_frame_index_new (const gint64 *times_ns, int n, gint64 end_ns);
BsFrameIndex *bs_frame_index_ref (BsFrameIndex *self);
void bs_frame_index_unref (BsFrameIndex *self);

int bs_frame_index_get_n_frames (BsFrameIndex *self);
gint64 bs_frame_index_get_time (BsFrameIndex *self, int index);
gint64 bs_frame_index_get_end (BsFrameIndex *self, int index);
gint64 bs_frame_index_get_middle (BsFrameIndex *self, int index);
int bs_frame_index_find (BsFrameIndex *self, gint64 time_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFrameIndex, bs_frame_index_unref)

G_END_DECLS
