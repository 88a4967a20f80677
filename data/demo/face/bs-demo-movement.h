/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsDemoAu:
 *
 * The action units that the drawn face can make, numbered in order of FACS (Ekman, Friesen and
 * Hager 2002, "Facial Action Coding System: the manual"). Each goes from 0, at rest, to 1, the
 * manual's intensity E.
 */
typedef enum {
  BS_DEMO_AU1, /* inner brow raiser */
  BS_DEMO_AU2, /* outer brow raiser */
  BS_DEMO_AU4, /* brow lowerer */
  BS_DEMO_AU5, /* upper lid raiser */
  BS_DEMO_AU6, /* cheek raiser */
  BS_DEMO_AU7, /* lid tightener */
  BS_DEMO_AU9, /* nose wrinkler */
  BS_DEMO_AU10, /* upper lip raiser */
  BS_DEMO_AU12, /* lip corner puller */
  BS_DEMO_AU14, /* dimpler */
  BS_DEMO_AU15, /* lip corner depressor */
  BS_DEMO_AU16, /* lower lip depressor */
  BS_DEMO_AU17, /* chin raiser */
  BS_DEMO_AU19, /* tongue show */
  BS_DEMO_AU20, /* lip stretcher */
  BS_DEMO_AU22, /* lip funneler */
  BS_DEMO_AU23, /* lip tightener */
  BS_DEMO_AU24, /* lip pressor */
  BS_DEMO_AU25, /* lips part */
  BS_DEMO_AU26, /* jaw drop */
  BS_DEMO_AU27, /* mouth stretch */
  BS_DEMO_AU38, /* nostril dilator */
  BS_DEMO_AU43, /* eyes closed, blinks among them */
  BS_DEMO_N_AUS,
} BsDemoAu;

/**
 * BsDemoMovement:
 * @au: action units
 * @yaw: head turned to the viewer's right, in radians
 * @pitch: head raised, in radians
 * @roll: head tilted clockwise as the viewer sees it, in radians
 * @shift_x: head moved to the viewer's right, in half face widths
 * @shift_y: head moved down, in half face widths
 * @lean: towards the camera, as a share of the head's size
 * @gaze_yaw: eyes turned to the viewer's right in the head, in radians
 * @gaze_pitch: eyes raised in the head, in radians
 * @shoulders: raised, 0 to 1
 * @breath: chest filled, 0 to 1
 * @flush: reddened skin (pale below 0), -1 to 1
 * @tears: 0 to 1
 *
 * What a person does in one frame: floats throughout, so that it can be read as a vector.
 */
typedef struct {
  float au[BS_DEMO_N_AUS];
  float yaw;
  float pitch;
  float roll;
  float shift_x;
  float shift_y;
  float lean;
  float gaze_yaw;
  float gaze_pitch;
  float shoulders;
  float breath;
  float flush;
  float tears;
} BsDemoMovement;

#define BS_DEMO_MOVEMENT_WIDTH (sizeof (BsDemoMovement) / sizeof (float))

G_END_DECLS
