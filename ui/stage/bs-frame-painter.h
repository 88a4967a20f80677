/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "viz/media/bs-frame.h"

G_BEGIN_DECLS

/**
 * BsFramePainter:
 *
 * Puts a decoded frame into a render tree in the way that is cheapest for the renderer at hand.
 * Main thread only.
 */
typedef struct _BsFramePainter BsFramePainter;

BsFramePainter *bs_frame_painter_new (void);
void bs_frame_painter_free (BsFramePainter *self);

void bs_frame_painter_set_frame (BsFramePainter *self, BsFrame *frame);
BsFrame *bs_frame_painter_get_frame (BsFramePainter *self);
void bs_frame_painter_set_textures (BsFramePainter *self, gboolean textures);
void bs_frame_painter_snapshot (BsFramePainter *self, GtkSnapshot *snapshot, int width, int height,
                                int scale, double radius, const GdkRGBA *backdrop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFramePainter, bs_frame_painter_free)

G_END_DECLS
