/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "model/fusion/bs-fusion-clips.h"

G_BEGIN_DECLS

/**
 * BsFusionSearch:
 * @without: a member whose weight stays 0, or -1
 * @start: (nullable) (array): weights to start from besides; its share of @without is spread over
 *   the others
 * @seed: of everything random
 * @n_lines: lines to search at most; 0 for what the number of members calls for
 * @cancellable: (nullable): looked at before each line
 */
typedef struct {
  int without;
  const double *start;
  guint64 seed;
  guint n_lines;
  GCancellable *cancellable;
} BsFusionSearch;

double bs_fusion_search (const BsFusionClips *clips, const BsFusionSearch *search, double *weights);

G_END_DECLS
