/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/voice/bs-demo-score.h"

G_BEGIN_DECLS

#define BS_DEMO_OPENFACE_N_AUS 8

extern const BsDemoAu bs_demo_openface_aus[BS_DEMO_OPENFACE_N_AUS];

char *bs_demo_openface_csv (const BsDemoScore *score, BsRandom *random, gsize *length);

G_END_DECLS
