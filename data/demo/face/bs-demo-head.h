/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/face/bs-demo-look.h"
#include "data/demo/face/bs-demo-movement.h"

G_BEGIN_DECLS

/**
 * BsDemoHead:
 * @look: who
 * @move: what is done in this frame
 * @unit: pixels of half a face width
 * @drop: how far the chin has gone down, in half face widths
 *
 * A head placed in the picture. Places on it are given as seen from the front at rest: x to
 * the viewer's right, y down, in half face widths, the eyes at y = 0; z comes towards the viewer.
 */
typedef struct {
  const BsDemoLook *look;
  const BsDemoMovement *move;
  double unit;
  double drop;
  /*< private >*/
  double origin_x, origin_y;
  double sin_yaw, cos_yaw;
  double sin_pitch, cos_pitch;
  double sin_roll, cos_roll;
} BsDemoHead;

void bs_demo_head_init (BsDemoHead *self, const BsDemoLook *look, const BsDemoMovement *move,
                        double width, double height);
BsDemoPoint bs_demo_head_at (const BsDemoHead *self, double x, double y, double lift);
BsDemoPoint bs_demo_head_rim (const BsDemoHead *self, double x, double y, double z);
BsDemoPoint bs_demo_body_at (const BsDemoHead *self, double x, double y);
double bs_demo_head_au (const BsDemoHead *self, BsDemoAu au, int side);
double bs_demo_head_angle (const BsDemoHead *self);

#define BS_DEMO_HEAD_RIM_POINTS 15
void bs_demo_head_rim_points (const BsDemoHead *self, BsDemoPoint points[BS_DEMO_HEAD_RIM_POINTS]);

/* The parts, each in a file of its own, painted from back to front by bs_demo_face_draw(). */
void bs_demo_body_draw_backdrop (const BsDemoHead *self, cairo_t *cr, int width, int height);
void bs_demo_body_draw (const BsDemoHead *self, cairo_t *cr);
gboolean bs_demo_hair_covers_ears (const BsDemoHead *self);
void bs_demo_hair_draw_back (const BsDemoHead *self, cairo_t *cr);
void bs_demo_hair_draw_locks (const BsDemoHead *self, cairo_t *cr);
void bs_demo_hair_draw_front (const BsDemoHead *self, cairo_t *cr);
void bs_demo_beard_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_skin_draw_neck (const BsDemoHead *self, cairo_t *cr);
void bs_demo_skin_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_folds_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_eyes_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_brows_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_nose_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_mouth_draw (const BsDemoHead *self, cairo_t *cr);
void bs_demo_glasses_draw (const BsDemoHead *self, cairo_t *cr);

BsDemoColour bs_demo_head_skin (const BsDemoHead *self, double shade);
BsDemoPoint bs_demo_mouth_corner (const BsDemoHead *self, int side);

G_END_DECLS
