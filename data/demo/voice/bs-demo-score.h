/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-random.h"
#include "data/corpus/bs-metadata.h"
#include "data/demo/voice/bs-demo-cast.h"
#include "data/demo/voice/bs-demo-sound.h"

G_BEGIN_DECLS

#define BS_DEMO_FRAME_RATE 25

/**
 * BsDemoScore:
 * @n_frames: length of the clip at 25 frames a second
 * @frames: (array length=n_frames): movement
 * @n_ticks: length in hundredths of a second; four to a frame
 * @sounds: (array length=n_ticks): voice
 *
 * What one actor does in one clip. The label enters here and nowhere else: picture, sound and
 * features are made from the score alone.
 */
typedef struct {
  gsize n_frames;
  BsDemoMovement *frames;
  gsize n_ticks;
  BsDemoSound *sounds;
} BsDemoScore;

/**
 * BsDemoCourse:
 * @n_frames: length at 25 frames a second
 * @weight: (array length=n_frames): how strongly each emotion is there in each frame
 * @strength: of the whole clip, 0 to 1
 *
 * How the emotions of a clip come and go.
 */
typedef struct {
  gsize n_frames;
  float (*weight)[BS_DEMO_N_AFFECTS];
  double strength;
} BsDemoCourse;

void bs_demo_clip_random (BsRandom *random, guint64 seed, const BsClip *clip, const char *part);
gsize bs_demo_score_length (const BsDemoActor *actor, const BsClip *clip, guint64 seed,
                            gboolean is_full);
BsDemoScore *bs_demo_score_new (const BsDemoActor *actor, const BsClip *clip, guint64 seed,
                                gboolean is_full);
void bs_demo_score_free (BsDemoScore *self);

BsDemoCourse *bs_demo_course_new (const BsDemoActor *actor, const BsClip *clip, guint64 seed,
                                  gsize n_frames);
void bs_demo_course_free (BsDemoCourse *self);
void bs_demo_gestures_fill (const BsDemoActor *actor, const BsDemoCourse *course, BsRandom *random,
                            BsDemoSound *sounds, gsize n_ticks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemoScore, bs_demo_score_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemoCourse, bs_demo_course_free)

G_END_DECLS
