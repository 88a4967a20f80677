/* SPDX-License-Identifier: MIT */
/* The nose, and the folds that movement presses into the skin around it. */
#include "data/demo/face/bs-demo-head.h"

#include <math.h>

static double
raised (const BsDemoHead *self)
{
  return 0.055 * self->move->au[BS_DEMO_AU9] + 0.02 * self->move->au[BS_DEMO_AU10];
}

static void
draw_wrinkles (const BsDemoHead *self, cairo_t *cr)
{
  double strength = self->move->au[BS_DEMO_AU9];
  if (strength < 0.05)
    return;
  BsDemoColour deep = bs_demo_head_skin (self, 0.36), lit = bs_demo_head_skin (self, 1.2);
  for (int i = 0; i < 4; i++) {
    double y = -0.16 + 0.095 * i, reach = 0.115 + 0.018 * i;
    BsDemoPoint line[] = { bs_demo_head_at (self, -reach, y - 0.045, 0.08),
                           bs_demo_head_at (self, 0, y + 0.02, 0.17),
                           bs_demo_head_at (self, reach, y - 0.045, 0.08) };
    bs_demo_stroke_taper (cr, line, (double[]){ 0.5, 2.6, 0.5 }, 3, deep, 0.85 * strength);
    for (int k = 0; k < 3; k++)
      line[k].y -= 0.032 * self->unit;
    bs_demo_stroke_taper (cr, line, (double[]){ 0.4, 2.2, 0.4 }, 3, lit, 0.45 * strength);
  }
  /* Slanting creases beside the bridge. */
  for (int side = -1; side <= 1; side += 2)
    for (int i = 0; i < 2; i++) {
      BsDemoPoint line[] = { bs_demo_head_at (self, side * 0.14, 0.05 + 0.10 * i, 0.10),
                             bs_demo_head_at (self, side * 0.21, 0.12 + 0.10 * i, 0.03),
                             bs_demo_head_at (self, side * 0.27, 0.22 + 0.10 * i, 0.0) };
      bs_demo_stroke_taper (cr, line, (double[]){ 0.6, 2.2, 0.4 }, 3, deep, 0.6 * strength);
    }
}

static void
draw_wing (const BsDemoHead *self, cairo_t *cr, int side, double base)
{
  const BsDemoLook *k = self->look;
  double u = self->unit;
  double flare = 0.035 * self->move->au[BS_DEMO_AU38] + 0.02 * self->move->au[BS_DEMO_AU9];
  double w = (0.165 + flare) * k->nose_width;
  BsDemoPoint wing[] = { bs_demo_head_at (self, side * w * 0.78, base - 0.155, 0.13),
                         bs_demo_head_at (self, side * w * 1.14, base - 0.065, 0.10),
                         bs_demo_head_at (self, side * w * 1.05, base + 0.015, 0.10),
                         bs_demo_head_at (self, side * w * 0.62, base + 0.03, 0.16) };
  bs_demo_stroke_taper (cr, wing, (double[]){ 0.6, 2.4, 3.0, 1.2 }, 4,
                        bs_demo_head_skin (self, 0.44), 0.75);
  BsDemoPoint hole = bs_demo_head_at (self, side * w * 0.55, base + 0.012, 0.2);
  bs_demo_ellipse (cr, hole, u * (0.052 + 0.5 * flare), u * (0.026 + 0.3 * flare),
                   bs_demo_head_angle (self) - side * 0.3);
  bs_demo_set_colour (cr, bs_demo_head_skin (self, 0.16), 0.85);
  cairo_fill (cr);
  bs_demo_glow (cr, bs_demo_head_at (self, side * w * 0.85, base - 0.06, 0.15), u * 0.075, u * 0.08,
                0, bs_demo_head_skin (self, side < 0 ? 1.15 : 0.82), 0.4);
}

/**
 * bs_demo_nose_draw:
 * @self: a head
 * @cr: a context
 */
void
bs_demo_nose_draw (const BsDemoHead *self, cairo_t *cr)
{
  const BsDemoLook *k = self->look;
  double u = self->unit;
  double base = 0.53 * k->nose_length - raised (self);
  BsDemoColour shade = bs_demo_head_skin (self, 0.50), light = bs_demo_head_skin (self, 1.28);
  /* The side turned from the light, the hollow beside the bridge, and the ridge. */
  double tilt = bs_demo_head_angle (self);
  bs_demo_glow (cr, bs_demo_head_at (self, 0.15, 0.16, 0.08), u * 0.085, u * 0.34, tilt - 0.10,
                shade, 0.36);
  bs_demo_glow (cr, bs_demo_head_at (self, 0.14, -0.16, 0.0), u * 0.09, u * 0.15, tilt, shade,
                0.34);
  bs_demo_glow (cr, bs_demo_head_at (self, -0.14, -0.14, 0.0), u * 0.08, u * 0.15, tilt, shade,
                0.26);
  bs_demo_glow (cr, bs_demo_head_at (self, -0.02, 0.12, 0.2), u * 0.055, u * 0.36, tilt, light,
                0.42);
  bs_demo_glow (cr, bs_demo_head_at (self, 0.02, base + 0.075, 0.05), u * 0.27, u * 0.075, 0, shade,
                0.55);
  bs_demo_glow (cr, bs_demo_head_at (self, 0.02, base - 0.07, 0.3), u * 0.15 * k->nose_width,
                u * 0.12, 0, bs_demo_head_skin (self, 0.88), 0.5);
  bs_demo_glow (cr, bs_demo_head_at (self, -0.03, base - 0.11, 0.36), u * 0.085, u * 0.07, 0,
                bs_demo_head_skin (self, 1.4), 0.55);
  draw_wing (self, cr, -1, base);
  draw_wing (self, cr, 1, base);
  BsDemoPoint septum[] = { bs_demo_head_at (self, -0.05 * k->nose_width, base + 0.025, 0.24),
                           bs_demo_head_at (self, 0, base + 0.045, 0.27),
                           bs_demo_head_at (self, 0.05 * k->nose_width, base + 0.025, 0.24) };
  bs_demo_stroke_taper (cr, septum, (double[]){ 1, 2, 1 }, 3, shade, 0.7);
  draw_wrinkles (self, cr);
}

static void
draw_forehead (const BsDemoHead *self, cairo_t *cr)
{
  const BsDemoMovement *m = self->move;
  double inner = m->au[BS_DEMO_AU1], outer = m->au[BS_DEMO_AU2];
  double age = self->look->age;
  BsDemoColour deep = bs_demo_head_skin (self, 0.46), lit = bs_demo_head_skin (self, 1.18);
  double middle = 0.14 * age + 0.62 * inner, sides = 0.12 * age + 0.62 * outer;
  for (int i = 0; i < 3; i++) {
    double y = -0.60 - 0.105 * i - 0.03 * inner;
    double sag = 0.055 * (outer - inner) * (1 - 0.2 * i);
    double reach = 0.30 + 0.30 * bs_demo_clamp01 (outer + 0.5 * age) - 0.04 * i;
    BsDemoPoint line[] = { bs_demo_head_at (self, -reach, y - sag + 0.02, 0),
                           bs_demo_head_at (self, -reach * 0.5, y - 0.4 * sag - 0.005, 0),
                           bs_demo_head_at (self, 0, y + 0.5 * sag + 0.012, 0),
                           bs_demo_head_at (self, reach * 0.5, y - 0.4 * sag - 0.005, 0),
                           bs_demo_head_at (self, reach, y - sag + 0.02, 0) };
    double alpha = fmax (middle, sides) * (0.85 - 0.15 * i);
    bs_demo_stroke_taper (cr, line, (double[]){ 0.4, 2.0, 2.4, 2.0, 0.4 }, 5, deep, 0.75 * alpha);
    for (int k = 0; k < 5; k++)
      line[k].y += 0.03 * self->unit;
    bs_demo_stroke_taper (cr, line, (double[]){ 0.4, 1.8, 2.0, 1.8, 0.4 }, 5, lit, 0.40 * alpha);
  }
}

static void
draw_frown (const BsDemoHead *self, cairo_t *cr)
{
  const BsDemoMovement *m = self->move;
  double lowered = m->au[BS_DEMO_AU4];
  double strength = 0.12 * self->look->age + 0.85 * lowered;
  double up = 0.16 * m->au[BS_DEMO_AU1];
  BsDemoColour deep = bs_demo_head_skin (self, 0.36);
  for (int side = -1; side <= 1; side += 2) {
    BsDemoPoint line[] = { bs_demo_head_at (self, side * 0.075, -0.43 - up, 0.02),
                           bs_demo_head_at (self, side * 0.06, -0.30 - 0.7 * up, 0.03),
                           bs_demo_head_at (self, side * 0.085, -0.17 - 0.4 * up, 0.03) };
    bs_demo_stroke_taper (cr, line, (double[]){ 0.4, 3.4, 0.8 }, 3, deep, 0.8 * strength);
    bs_demo_glow (cr, bs_demo_head_at (self, side * 0.15, -0.25 - 0.6 * up, 0.02),
                  self->unit * 0.10, self->unit * 0.13, 0, deep, 0.30 * lowered);
  }
  bs_demo_glow (cr, bs_demo_head_at (self, 0, -0.33 - up, 0.05), self->unit * 0.055,
                self->unit * 0.10, 0, bs_demo_head_skin (self, 1.2), 0.55 * lowered);
}

static void
draw_nasolabial (const BsDemoHead *self, cairo_t *cr, int side)
{
  double pull = bs_demo_head_au (self, BS_DEMO_AU12, side);
  double lip = bs_demo_head_au (self, BS_DEMO_AU10, side);
  double nose = bs_demo_head_au (self, BS_DEMO_AU9, side);
  double down = bs_demo_head_au (self, BS_DEMO_AU15, side);
  double stretch = bs_demo_head_au (self, BS_DEMO_AU20, side);
  double cheek = bs_demo_head_au (self, BS_DEMO_AU6, side);
  double strength =
    0.10 + 0.30 * self->look->age +
    0.75 *
      fmin (fmax (pull, fmax (lip, 0.9 * nose)) + 0.25 * cheek + 0.35 * down + 0.3 * stretch, 1.1);
  double up = 0.06 * nose + 0.06 * lip;
  double reach = 0.47 + 0.13 * pull + 0.08 * stretch - 0.03 * nose;
  double low = 0.84 - 0.10 * pull + 0.10 * down - 0.06 * lip + 0.12 * self->drop;
  double bulge = 0.035 * pull + 0.05 * lip + 0.04 * nose;
  BsDemoPoint fold[] = { bs_demo_head_at (self, side * 0.20, 0.43 - up, 0.02),
                         bs_demo_head_at (self, side * (0.325 + bulge), 0.56 - up, 0.0),
                         bs_demo_head_at (self, side * (0.43 + bulge + 0.06 * pull),
                                          0.70 - 0.5 * up - 0.04 * pull, 0.0),
                         bs_demo_head_at (self, side * reach, low, 0.0) };
  double w = 1.2 + 2.6 * bs_demo_clamp01 (strength);
  bs_demo_stroke_taper (cr, fold, (double[]){ 0.8 + 1.6 * nose, w, w * 0.9, 0.4 }, 4,
                        bs_demo_head_skin (self, 0.42), 0.62 * strength);
  for (int i = 0; i < 4; i++)
    fold[i].x += side * 0.05 * self->unit, fold[i].y -= 0.02 * self->unit;
  bs_demo_stroke_taper (cr, fold, (double[]){ 0.5, w * 1.5, w * 1.3, 0.4 }, 4,
                        bs_demo_head_skin (self, 1.2), 0.30 * strength);
}

static void
draw_mouth_folds (const BsDemoHead *self, cairo_t *cr)
{
  const BsDemoMovement *m = self->move;
  double u = self->unit;
  BsDemoColour deep = bs_demo_head_skin (self, 0.42);
  for (int side = -1; side <= 1; side += 2) {
    double down = bs_demo_head_au (self, BS_DEMO_AU15, side);
    double dimple = bs_demo_head_au (self, BS_DEMO_AU14, side);
    BsDemoPoint corner = bs_demo_mouth_corner (self, side);
    double marionette = 0.16 * self->look->age + 0.75 * down + 0.3 * m->au[BS_DEMO_AU20];
    BsDemoPoint line[] = { { corner.x + side * u * 0.05, corner.y - u * 0.02 },
                           { corner.x + side * u * 0.085, corner.y + u * 0.09 },
                           { corner.x + side * u * 0.06, corner.y + u * 0.22 } };
    bs_demo_stroke_taper (cr, line, (double[]){ 1.0, 2.8, 0.4 }, 3, deep, 0.62 * marionette);
    BsDemoPoint pit = { corner.x + side * u * 0.075, corner.y };
    bs_demo_glow (cr, pit, u * 0.07, u * 0.10, 0, deep,
                  0.22 + 0.4 * dimple + 0.22 * m->au[BS_DEMO_AU12]);
  }
  /* A raised chin is wrinkled like an orange. */
  double chin = m->au[BS_DEMO_AU17];
  double y = 1.14 + self->drop;
  for (int i = 0; i < 6; i++) {
    double a = i * 1.047 + 0.4;
    bs_demo_glow (cr, bs_demo_head_at (self, 0.13 * cos (a), y + 0.065 * sin (a), 0.1), u * 0.05,
                  u * 0.04, 0, deep, 0.42 * chin);
  }
  BsDemoPoint crease[] = { bs_demo_head_at (self, -0.20, y - 0.075, 0.08),
                           bs_demo_head_at (self, 0, y - 0.12 - 0.02 * chin, 0.1),
                           bs_demo_head_at (self, 0.20, y - 0.075, 0.08) };
  bs_demo_stroke_taper (cr, crease, (double[]){ 0.5, 2.8, 0.5 }, 3, deep, 0.15 + 0.5 * chin);
}

/**
 * bs_demo_folds_draw:
 * @self: a head
 * @cr: a context
 *
 * Paints the wrinkles of forehead, frown, cheeks and chin, as deep as movement and age make
 * them.
 */
void
bs_demo_folds_draw (const BsDemoHead *self, cairo_t *cr)
{
  draw_forehead (self, cr);
  draw_frown (self, cr);
  draw_nasolabial (self, cr, -1);
  draw_nasolabial (self, cr, 1);
  draw_mouth_folds (self, cr);
}
