/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_DEMO_FILLER (bs_demo_filler_get_type ())
/**
 * BsDemoFiller:
 *
 * Makes what the synthetic corpus of a workspace still lacks, while the window is already of use.
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (BsDemoFiller, bs_demo_filler, BS, DEMO_FILLER, GObject)

BsDemoFiller *bs_demo_filler_new (BsWorkspace *workspace);
void bs_demo_filler_open (BsDemoFiller *self, const char *folder);

G_END_DECLS
