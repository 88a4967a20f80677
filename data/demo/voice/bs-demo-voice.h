/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/voice/bs-demo-score.h"

G_BEGIN_DECLS

#define BS_DEMO_SAMPLE_RATE 16000

gint16 *bs_demo_voice_new (const BsDemoScore *score, BsRandom *random, gsize *n_samples);

G_END_DECLS
