/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/fusion/bs-fusion-clips.h"

G_BEGIN_DECLS

/**
 * BsFusionLine:
 *
 * The exact search along a line of weights, with the room it needs. One thread at a time.
 */
typedef struct _BsFusionLine BsFusionLine;

BsFusionLine *bs_fusion_line_new (const BsFusionClips *clips);
void bs_fusion_line_free (BsFusionLine *self);
double bs_fusion_line_search (BsFusionLine *self, const double *weights, const double *direction,
                              const double *nearest_to, double *best_weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFusionLine, bs_fusion_line_free)

G_END_DECLS
