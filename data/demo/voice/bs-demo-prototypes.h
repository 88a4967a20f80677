/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/voice/bs-demo-cast.h"

G_BEGIN_DECLS

/**
 * BsDemoPosture:
 * @pitch: where head and eyes go at full strength; as in #BsDemoMovement
 * @turn: yaw and shift to one side, the side chosen by chance
 * @gaze_turn: eyes to the other side than the head
 * @shake: how much the head moves with each pulse of the voice
 * @tremor: fast small movement
 * @wander: slow movement
 * @blinks: a second
 * @breaths: a second
 *
 * What goes with an emotion besides the face.
 */
typedef struct {
  float pitch;
  float turn;
  float roll;
  float lean;
  float shift_y;
  float gaze_pitch;
  float gaze_turn;
  float shoulders;
  float flush;
  float tears;
  float shake;
  float tremor;
  float wander;
  float blinks;
  float breaths;
} BsDemoPosture;

/**
 * BsDemoPrototype:
 * @held: action units that stand through the apex
 * @burst: what the voice adds at its loudest
 * @variants: two ways of doing it, mixed by chance: factors on @held and @burst
 * @posture: head, eyes, blood and breath
 *
 * What an emotion looks like at full strength.
 */
typedef struct {
  float held[BS_DEMO_N_AUS];
  float burst[BS_DEMO_N_AUS];
  float variants[2][BS_DEMO_N_AUS];
  BsDemoPosture posture;
} BsDemoPrototype;

const BsDemoPrototype *bs_demo_prototype (int affect);
const BsDemoPosture *bs_demo_prototype_rest (void);
void bs_demo_prototype_settle (float au[BS_DEMO_N_AUS]);

G_END_DECLS
