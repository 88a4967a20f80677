/* SPDX-License-Identifier: MIT */
/* What each emotion looks like at full strength.
 *
 * Action units: the prototypes and major variants of Ekman, Friesen and Hager 2002 (FACS
 * investigator's guide, chapter 12, the table of EMFACS predictions: anger 4+5+7+10/17+22/23/24
 * +25/26; disgust 9 or 10 with 16 or 17, 25/26; fear 1+2+4+5+20+25/26/27; happiness 6+12;
 * sadness 1+4+11/15, 17, head and eyes down), going back to Ekman and Friesen 1978 ("Facial
 * Action Coding System") and Friesen and Ekman 1983 (EMFACS). The open mouth of laughter with
 * the head thrown back: Ruch and Ekman 2001 ("The expressive pattern of laughter"). The crying
 * face: Ekman, Friesen and Hager 2002, 6 and 7 with 1+4, 15 and the lips stretched open. The
 * tongue in disgust: Rozin, Lowery and Ebert 1994 ("Varieties of disgust faces").
 * Head and body: Wallbott 1998 ("Bodily expression of emotion"), Witkower and Tracy 2019.
 * Blood in the skin: Benitez-Quiroz, Srinivasan and Martinez 2018 ("Facial color is an
 * efficient mechanism to visually transmit emotion"). Tears: Provine, Krosnowski and Brocato
 * 2009 ("Tearing: breakthrough in human emotional signaling"). Levels of 0 to 1 are our own.
 *
 * How two go together: Du, Tao and Martinez 2014 ("Compound facial expressions of emotion"): the
 * action units of both where they can stand side by side; where muscles pull against one another
 * the stronger prevails. */
#include "data/demo/voice/bs-demo-prototypes.h"

#include <math.h>

#define AU(n) [BS_DEMO_AU##n]

static const BsDemoPrototype prototypes[BS_DEMO_N_AFFECTS] = {
  [BS_EMOTION_ANG] = {
    .held = { AU (4) = 1.0f, AU (5) = 0.50f, AU (7) = 0.75f, AU (10) = 0.25f, AU (17) = 0.30f,
              AU (23) = 0.80f, AU (24) = 0.45f, AU (38) = 0.70f },
    .burst = { AU (10) = 0.60f, AU (16) = 0.80f, AU (20) = 0.25f, AU (22) = 0.20f, AU (25) = 0.95f,
               AU (26) = 0.45f, AU (38) = 0.30f },
    .variants = { { AU (23) = 0.4f, AU (24) = 0.4f, AU (10) = 0.6f, AU (16) = 0.4f },
                  { AU (5) = 0.4f, AU (10) = -0.3f, AU (24) = -0.5f, AU (22) = 0.8f } },
    .posture = { .pitch = -0.13f, .turn = 0.05f, .roll = 0.03f, .lean = 0.07f, .shoulders = 0.35f,
                 .flush = 0.75f, .shake = 0.045f, .tremor = 0.006f, .wander = 0.05f,
                 .blinks = 0.15f, .breaths = 0.5f },
  },
  [BS_EMOTION_DISG] = {
    .held = { AU (4) = 0.50f, AU (6) = 0.20f, AU (7) = 0.50f, AU (9) = 1.0f, AU (10) = 0.75f,
              AU (15) = 0.25f, AU (17) = 0.45f, AU (38) = 0.10f },
    .burst = { AU (6) = 0.20f, AU (10) = 0.25f, AU (16) = 0.60f, AU (19) = 0.75f, AU (25) = 0.95f,
               AU (26) = 0.55f },
    .variants = { { AU (9) = -0.25f, AU (10) = 0.3f, AU (15) = 0.6f, AU (19) = -0.5f },
                  { AU (17) = -0.4f, AU (19) = 0.4f, AU (7) = 0.3f } },
    .posture = { .pitch = 0.05f, .turn = 0.26f, .roll = 0.05f, .lean = -0.05f, .gaze_turn = 0.16f,
                 .shoulders = 0.25f, .flush = -0.10f, .shake = 0.06f, .wander = 0.05f,
                 .blinks = 0.35f, .breaths = 0.3f },
  },
  [BS_EMOTION_FEA] = {
    .held = { AU (1) = 0.95f, AU (2) = 0.75f, AU (4) = 0.60f, AU (5) = 1.0f, AU (7) = 0.15f,
              AU (20) = 0.75f, AU (25) = 0.65f, AU (26) = 0.22f },
    .burst = { AU (20) = 0.25f, AU (25) = 0.40f, AU (26) = 0.30f, AU (27) = 0.50f,
               AU (38) = 0.30f },
    .variants = { { AU (20) = 0.3f, AU (27) = -0.5f, AU (26) = -0.3f },
                  { AU (20) = -0.35f, AU (27) = 0.3f, AU (2) = 0.2f } },
    .posture = { .pitch = 0.06f, .turn = 0.06f, .lean = -0.07f, .gaze_turn = 0.05f,
                 .shoulders = 0.65f, .flush = -0.75f, .shake = 0.02f, .tremor = 0.012f,
                 .wander = 0.05f, .blinks = 0.08f, .breaths = 0.9f },
  },
  [BS_EMOTION_HAP] = {
    .held = { AU (6) = 0.80f, AU (7) = 0.15f, AU (12) = 0.90f, AU (25) = 0.55f },
    .burst = { AU (6) = 0.25f, AU (7) = 0.25f, AU (12) = 0.20f, AU (25) = 0.50f, AU (26) = 0.75f },
    .variants = { { AU (25) = -0.6f, AU (26) = -0.3f, AU (14) = 0.2f },
                  { AU (12) = 0.1f, AU (26) = 0.25f, AU (1) = 0.1f } },
    .posture = { .pitch = 0.09f, .turn = 0.05f, .roll = 0.09f, .lean = 0.02f, .flush = 0.30f,
                 .shake = 0.075f, .wander = 0.07f, .blinks = 0.25f, .breaths = 0.45f },
  },
  [BS_EMOTION_SAD] = {
    .held = { AU (1) = 0.95f, AU (4) = 0.60f, AU (7) = 0.10f, AU (15) = 0.85f, AU (17) = 0.60f,
              AU (43) = 0.22f },
    .burst = { AU (4) = 0.30f, AU (6) = 0.45f, AU (7) = 0.40f, AU (15) = 0.10f, AU (20) = 0.40f,
               AU (25) = 0.75f, AU (26) = 0.30f, AU (43) = 0.35f },
    .variants = { { AU (17) = 0.4f, AU (25) = -0.4f, AU (24) = 0.2f },
                  { AU (17) = -0.3f, AU (20) = 0.4f, AU (6) = 0.3f } },
    .posture = { .pitch = -0.17f, .turn = 0.04f, .roll = 0.09f, .lean = -0.02f, .shift_y = 0.07f,
                 .gaze_pitch = -0.30f, .flush = 0.12f, .tears = 0.85f, .shake = 0.03f,
                 .wander = 0.04f, .blinks = 0.45f, .breaths = 0.28f },
  },
};

static const BsDemoPosture rest = { .wander = 0.05f, .blinks = 0.3f, .breaths = 0.27f };

/**
 * bs_demo_prototype:
 * @affect: an emotion that is not neutral
 *
 * Returns: (transfer none): how it looks
 */
const BsDemoPrototype *
bs_demo_prototype (int affect)
{
  g_return_val_if_fail (affect >= 0 && affect < BS_DEMO_N_AFFECTS, NULL);
  return &prototypes[affect];
}

/**
 * bs_demo_prototype_rest:
 *
 * Returns: (transfer none): what a person does without emotion
 */
const BsDemoPosture *
bs_demo_prototype_rest (void)
{
  return &rest;
}

static void
oppose (float au[BS_DEMO_N_AUS], BsDemoAu a, BsDemoAu b, float share)
{
  float from_a = share * au[b], from_b = share * au[a];
  if (au[a] > au[b])
    from_a *= 0.4f;
  else
    from_b *= 0.4f;
  au[a] *= 1 - fminf (from_a, 1);
  au[b] *= 1 - fminf (from_b, 1);
}

/**
 * bs_demo_prototype_settle:
 * @au: (inout): action units that were added up
 *
 * Lets muscles that pull against one another come to an end, and keeps all between 0 and 1.
 */
void
bs_demo_prototype_settle (float au[BS_DEMO_N_AUS])
{
  for (int i = 0; i < BS_DEMO_N_AUS; i++)
    au[i] = fminf (fmaxf (au[i], 0), 1.1f);
  oppose (au, BS_DEMO_AU12, BS_DEMO_AU15, 0.70f);
  oppose (au, BS_DEMO_AU12, BS_DEMO_AU17, 0.35f);
  oppose (au, BS_DEMO_AU5, BS_DEMO_AU43, 0.80f);
  oppose (au, BS_DEMO_AU5, BS_DEMO_AU6, 0.30f);
  oppose (au, BS_DEMO_AU22, BS_DEMO_AU20, 0.50f);
  oppose (au, BS_DEMO_AU2, BS_DEMO_AU9, 0.40f);
  /* Lips cannot be pressed while they are apart. */
  au[BS_DEMO_AU24] *= 1 - fminf (au[BS_DEMO_AU25], 1);
  au[BS_DEMO_AU23] *= 1 - 0.4f * fminf (au[BS_DEMO_AU25], 1);
  au[BS_DEMO_AU17] *= 1 - 0.8f * fminf (au[BS_DEMO_AU25], 1);
  for (int i = 0; i < BS_DEMO_N_AUS; i++)
    au[i] = fminf (au[i], 1);
}
