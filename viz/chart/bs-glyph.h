/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-painter.h"

G_BEGIN_DECLS

void bs_glyph_draw (BsPainter *painter, double x, double y, double radius, int first, int second,
                    double first_share);

G_END_DECLS
