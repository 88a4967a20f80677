/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "viz/chart/bs-glyph.h"

G_BEGIN_DECLS

double bs_glyph_chord (double share);

G_END_DECLS
