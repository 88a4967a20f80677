/* SPDX-License-Identifier: MIT */
/* Where a place on the head comes to lie in the picture. The face is an ellipsoid turned about
 * the top of the neck; what stands out of it (nose, lips) is lifted off its surface, so that a
 * turned head shows its features moving against its outline. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

#define PIVOT_Y 0.85
#define PIVOT_Z (-0.3)
#define PERSPECTIVE 0.07
#define HEAD_UNIT (74.0 / 360.0) /* of the picture's height */
#define EYE_LINE (157.0 / 360.0)

/**
 * bs_demo_head_init:
 * @self: (out): a head
 * @look: (not nullable): who; must outlive @self
 * @move: (not nullable): what is done; must outlive @self
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 */
void
bs_demo_head_init (BsDemoHead *self, const BsDemoLook *look, const BsDemoMovement *move,
                   double width, double height)
{
  self->look = look;
  self->move = move;
  self->unit = HEAD_UNIT * height;
  self->origin_x = width / 2;
  self->origin_y = EYE_LINE * height;
  self->sin_yaw = sin (move->yaw);
  self->cos_yaw = cos (move->yaw);
  self->sin_pitch = sin (move->pitch);
  self->cos_pitch = cos (move->pitch);
  self->sin_roll = sin (move->roll);
  self->cos_roll = cos (move->roll);
  double open = fmin (0.55 * move->au[BS_DEMO_AU26] + move->au[BS_DEMO_AU27], 1.1);
  self->drop = 0.36 * open - 0.03 * move->au[BS_DEMO_AU17];
}

static BsDemoPoint
to_picture (const BsDemoHead *self, double x, double y, double z)
{
  double scale = (1 + self->move->lean) * (1 + PERSPECTIVE * z);
  double rolled_x = x * self->cos_roll - y * self->sin_roll;
  double rolled_y = x * self->sin_roll + y * self->cos_roll;
  return (BsDemoPoint){
    self->origin_x + self->unit * (self->move->shift_x + scale * rolled_x),
    self->origin_y + self->unit * (self->move->shift_y + PIVOT_Y + scale * rolled_y),
  };
}

/**
 * bs_demo_head_at:
 * @self: a head
 * @x: place on the face, seen from the front
 * @y: likewise
 * @lift: how far it stands out of the face
 *
 * Returns: where it is seen, in pixels
 */
BsDemoPoint
bs_demo_head_at (const BsDemoHead *self, double x, double y, double lift)
{
  double u = x / 1.1, v = (y + 0.05) / 1.62;
  double z = 0.95 * sqrt (fmax (1 - u * u - v * v, 0.02)) + lift - PIVOT_Z;
  x *= self->look->face_width;
  y -= PIVOT_Y;
  double turned_x = x * self->cos_yaw + z * self->sin_yaw;
  double turned_z = z * self->cos_yaw - x * self->sin_yaw;
  return to_picture (self, turned_x, y * self->cos_pitch - turned_z * self->sin_pitch,
                     y * self->sin_pitch + turned_z * self->cos_pitch + PIVOT_Z - 0.95);
}

/**
 * bs_demo_head_rim:
 * @self: a head
 * @x: place on the outline at rest
 * @y: likewise
 * @z: how far in front of the middle of the head that part of the outline lies
 *
 * The outline of a round thing does not shrink when it turns, it only moves.
 *
 * Returns: where it is seen, in pixels
 */
BsDemoPoint
bs_demo_head_rim (const BsDemoHead *self, double x, double y, double z)
{
  z -= PIVOT_Z;
  return to_picture (self, x * self->look->face_width + z * self->sin_yaw,
                     y - PIVOT_Y - z * self->sin_pitch, PIVOT_Z);
}

/**
 * bs_demo_body_at:
 * @self: a head
 * @x: place on neck or shoulders
 * @y: likewise
 *
 * The body takes part in the head's shifts the less, the lower it is.
 *
 * Returns: where it is seen, in pixels
 */
BsDemoPoint
bs_demo_body_at (const BsDemoHead *self, double x, double y)
{
  const BsDemoMovement *m = self->move;
  double follow = bs_demo_clamp01 ((2.6 - y) / 1.6);
  double raised = 0.12 * m->shoulders + 0.03 * m->breath;
  double broad = 1 + 0.012 * m->breath + 0.5 * m->lean;
  return (BsDemoPoint){
    self->origin_x + self->unit * (x * broad + follow * (m->shift_x + 0.25 * self->sin_roll)),
    self->origin_y +
      self->unit * (y - raised * (1 - 0.6 * follow) + (0.35 + 0.5 * follow) * m->shift_y),
  };
}

/**
 * bs_demo_head_au:
 * @self: a head
 * @au: an action unit
 * @side: -1 the viewer's left, 1 the right
 *
 * Returns: how strong it is on that side; faces are never quite even
 */
double
bs_demo_head_au (const BsDemoHead *self, BsDemoAu au, int side)
{
  return self->move->au[au] * (1 + side * self->look->asymmetry);
}

/**
 * bs_demo_head_angle:
 * @self: a head
 *
 * Returns: the tilt of its features in the picture, in radians
 */
double
bs_demo_head_angle (const BsDemoHead *self)
{
  return self->move->roll;
}

/**
 * bs_demo_head_skin:
 * @self: a head
 * @shade: 1 as lit, less is darker
 *
 * Returns: the skin's colour now; blood comes and goes with the emotion
 */
BsDemoColour
bs_demo_head_skin (const BsDemoHead *self, double shade)
{
  static const BsDemoColour blood = { 0.80f, 0.30f, 0.24f }, pale = { 0.92f, 0.88f, 0.82f };
  double flush = self->move->flush;
  BsDemoColour skin = bs_demo_colour_mix (self->look->skin, flush > 0 ? blood : pale,
                                          flush > 0 ? 0.22 * flush : -0.20 * flush);
  return bs_demo_colour_scale (skin, shade);
}

/**
 * bs_demo_head_rim_points:
 * @self: a head
 * @points: (out): the outline of skull and jaw, clockwise from the right temple's top over the
 *   chin to the left one
 */
void
bs_demo_head_rim_points (const BsDemoHead *self, BsDemoPoint points[BS_DEMO_HEAD_RIM_POINTS])
{
  const BsDemoLook *k = self->look;
  /* x, y, z, and how much the place goes along with the jaw */
  const double half[8][4] = {
    { 0.00, -1.40, -0.05, 0 },
    { 0.56, -1.25, -0.05, 0 },
    { 0.92, -0.80, 0.00, 0 },
    { 1.00, -0.30, 0.00, 0 },
    { 0.97, 0.20, 0.04, 0 },
    { 0.89 * (0.5 + 0.5 * k->jaw_width), 0.62, 0.10, 0.22 },
    { 0.70 * k->jaw_width, 0.98, 0.28, 0.62 },
    { 0.36 * k->chin_width * k->jaw_width, 1.28 + 0.5 * k->chin_length, 0.52, 0.97 },
  };
  double narrow = 1 - 0.16 * self->drop; /* cheeks are drawn in as the jaw goes down */
  for (int i = 0; i < 8; i++) {
    double x = half[i][0] * (half[i][3] > 0.1 ? narrow : 1);
    double y = half[i][1] + half[i][3] * self->drop;
    points[i] = bs_demo_head_rim (self, x, y, half[i][2]);
    if (i > 0)
      points[BS_DEMO_HEAD_RIM_POINTS - i] = bs_demo_head_rim (self, -x, y, half[i][2]);
  }
}
