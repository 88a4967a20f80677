/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"
#include "data/demo/face/bs-demo-look.h"
#include "data/demo/face/bs-demo-movement.h"

G_BEGIN_DECLS

#define BS_DEMO_N_AFFECTS 5 /* the emotions without neutral */

/**
 * BsDemoManner:
 * @liveliness: strength of all movement, around 1
 * @tempo: speed of all movement, around 1
 * @sway: how much the head moves along, around 1
 * @gain: how strongly each action unit takes part in each emotion, around 1
 * @habit: what the face does at rest
 * @leak: share of a second emotion that slips into each emotion
 * @leak_to: which one
 * @favour: natural logarithm of what each emotion weighs in this person's blends
 * @contrast: exponent of the asked shares: above 1 the stronger part is overdone, below 1 both
 *   parts are levelled
 *
 * How one person acts.
 */
typedef struct {
  double liveliness;
  double tempo;
  double sway;
  float gain[BS_DEMO_N_AFFECTS][BS_DEMO_N_AUS];
  float habit[BS_DEMO_N_AUS];
  float leak[BS_DEMO_N_AFFECTS];
  int leak_to[BS_DEMO_N_AFFECTS];
  double favour[BS_DEMO_N_AFFECTS];
  double contrast;
} BsDemoManner;

/**
 * BsDemoThroat:
 * @pitch: of the resting voice, in Hz
 * @length: factor on all formants
 * @breath: breathiness, 0 to 1
 * @loudness: factor on the level
 * @bright: added to the brightness of every sound
 *
 * What one person's voice is like.
 */
typedef struct {
  double pitch;
  double length;
  double breath;
  double loudness;
  double bright;
} BsDemoThroat;

/**
 * BsDemoActor:
 * @years: age
 * @gender: 'f' or 'm'
 *
 * One person of the cast.
 */
typedef struct {
  int years;
  char gender;
  BsDemoLook look;
  BsDemoManner manner;
  BsDemoThroat throat;
} BsDemoActor;

void bs_demo_actor_init (BsDemoActor *self, guint64 seed, int index, char gender);

G_END_DECLS
