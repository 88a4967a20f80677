/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BS_DEMO_SOUND_TICKS 100 /* a second */

/**
 * BsDemoSound:
 * @level: loudness, 0 to 1
 * @voiced: share of the sound that the vocal folds make, 0 to 1
 * @noise: share that the breath makes, 0 to 1
 * @pitch: of the vocal folds, in Hz
 * @rough: irregularity of the vocal folds, 0 to 1
 * @bright: strength of the high harmonics, 0 to 1
 * @formant: resonances of mouth and throat, in Hz
 *
 * What the throat does in a hundredth of a second.
 */
typedef struct {
  float level;
  float voiced;
  float noise;
  float pitch;
  float rough;
  float bright;
  float formant[3];
} BsDemoSound;

G_END_DECLS
