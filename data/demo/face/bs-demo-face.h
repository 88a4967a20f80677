/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/face/bs-demo-look.h"
#include "data/demo/face/bs-demo-movement.h"

G_BEGIN_DECLS

void bs_demo_face_draw_backdrop (const BsDemoLook *look, cairo_t *cr, int width, int height);
void bs_demo_face_draw (const BsDemoLook *look, const BsDemoMovement *move, cairo_t *cr, int width,
                        int height);

G_END_DECLS
