/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/face/bs-demo-brush.h"

G_BEGIN_DECLS

typedef enum {
  BS_DEMO_HAIR_CROP,
  BS_DEMO_HAIR_SIDE_PART,
  BS_DEMO_HAIR_SWEPT_BACK,
  BS_DEMO_HAIR_RECEDING,
  BS_DEMO_HAIR_CURLS,
  BS_DEMO_HAIR_BOB,
  BS_DEMO_HAIR_LONG,
  BS_DEMO_HAIR_FRINGE,
  BS_DEMO_HAIR_BUN,
  BS_DEMO_HAIR_LONG_CURLS,
  BS_DEMO_N_HAIRS,
} BsDemoHair;

typedef enum {
  BS_DEMO_BEARD_NONE,
  BS_DEMO_BEARD_STUBBLE,
  BS_DEMO_BEARD_MOUSTACHE,
  BS_DEMO_BEARD_FULL,
} BsDemoBeard;

typedef enum {
  BS_DEMO_NECKLINE_CREW,
  BS_DEMO_NECKLINE_V,
  BS_DEMO_NECKLINE_SHIRT,
  BS_DEMO_NECKLINE_ROLL,
  BS_DEMO_N_NECKLINES,
} BsDemoNeckline;

/**
 * BsDemoLook:
 * @skin: and the other colours as they are in even light
 * @face_width: lengths are factors around 1 of the plain face
 * @eye_tilt: outer corners raised, in half face widths
 * @brow_height: raised, in half face widths
 * @age: 0 at twenty to 1 at eighty: depth of the wrinkles at rest
 * @feminine: 0 to 1: brows, lashes, lips
 * @asymmetry: how much stronger the viewer's right side moves, -0.2 to 0.2
 *
 * What one person looks like at rest.
 */
typedef struct {
  BsDemoColour skin;
  BsDemoColour lips;
  BsDemoColour hair;
  BsDemoColour iris;
  BsDemoColour garment;
  BsDemoColour backdrop;
  double face_width;
  double jaw_width;
  double chin_width;
  double chin_length;
  double eye_size;
  double eye_gap;
  double eye_tilt;
  double brow_height;
  double brow_thickness;
  double nose_length;
  double nose_width;
  double mouth_width;
  double lip_fullness;
  double ear_size;
  double neck_width;
  double age;
  double feminine;
  double asymmetry;
  BsDemoHair hair_style;
  BsDemoBeard beard;
  BsDemoNeckline neckline;
  gboolean glasses;
} BsDemoLook;

G_END_DECLS
