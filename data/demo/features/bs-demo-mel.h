/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

#define BS_DEMO_MEL_BANDS 64
#define BS_DEMO_MEL_WINDOW 400 /* samples: 25 ms */
#define BS_DEMO_MEL_HOP 320 /* samples: 20 ms, the step of HuBERT and WavLM */

BsMatrix *bs_demo_mel_new (const gint16 *samples, gsize n_samples);

G_END_DECLS
