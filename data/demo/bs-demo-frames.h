/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/bs-demo-private.h"
#include "data/demo/face/bs-demo-face.h"

G_BEGIN_DECLS

#define BS_DEMO_FRAME_WIDTH_PX 640
#define BS_DEMO_FRAME_HEIGHT_PX 360
#define BS_DEMO_FRAME_BYTES (BS_DEMO_FRAME_WIDTH_PX * BS_DEMO_FRAME_HEIGHT_PX * 4)

/**
 * BsDemoFrames:
 *
 * The pictures of a clip, one after the other, of which a second thread draws every other one.
 * Used by one thread, whose priority the second one has.
 */
typedef struct _BsDemoFrames BsDemoFrames;

BsDemoFrames *bs_demo_frames_new (const BsDemoLook *look, const BsDemoScore *score);
void bs_demo_frames_free (BsDemoFrames *self);
guint8 *bs_demo_frames_next (BsDemoFrames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemoFrames, bs_demo_frames_free)

G_END_DECLS
