/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

#define BS_N_STATISTICS 7 /* mean, std, percentiles 10 25 50 75 90 */

void bs_aggregate_rows (const float *rows, gsize n_rows, gsize n_cols, float *out);
void bs_aggregate_segments (const BsMatrix *sequence, gsize first, gsize n_rows, gsize n_segments,
                            gboolean concat, BsMatrix *out, gsize row, gsize column);

G_END_DECLS
