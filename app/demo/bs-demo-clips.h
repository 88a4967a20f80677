/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/bs-demo.h"
#include "ui/session/bs-clip-maker.h"

G_BEGIN_DECLS

#define BS_TYPE_DEMO_CLIPS (bs_demo_clips_get_type ())
/**
 * BsDemoClips:
 *
 * A demo corpus as a #BsClipMaker: draws its clips.
 */
G_DECLARE_FINAL_TYPE (BsDemoClips, bs_demo_clips, BS, DEMO_CLIPS, GObject)

BsClipMaker *bs_demo_clips_new_for (BsCorpus *corpus);
BsDemo *bs_demo_clips_get_demo (BsDemoClips *self);
gboolean bs_demo_clips_has_features (BsDemoClips *self);
void bs_demo_clips_set_stopped (BsDemoClips *self, gboolean is_stopped);

G_END_DECLS
