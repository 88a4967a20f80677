/* SPDX-License-Identifier: MIT */
/* What OpenFace 3.0 would write about the drawn face: eight action units (those of DISFA, on which
 * it was trained: 1, 2, 4, 6, 9, 12, 25, 26), an emotion and the gaze, one row a frame. */
#include "data/demo/features/bs-demo-openface.h"

#include <math.h>

#include "data/demo/voice/bs-demo-prototypes.h"

#define N_CATEGORIES 8

/* Set once with the encoders' and not touched again. */
#define CLIP_NOISE 0.34
#define FRAME_NOISE 0.08
#define GAZE_NOISE 0.05

const BsDemoAu bs_demo_openface_aus[BS_DEMO_OPENFACE_N_AUS] = {
  BS_DEMO_AU1, BS_DEMO_AU2,  BS_DEMO_AU4,  BS_DEMO_AU6,
  BS_DEMO_AU9, BS_DEMO_AU12, BS_DEMO_AU25, BS_DEMO_AU26,
};

/* AffectNet's categories in its order: neutral, happy, sad, surprise, fear, disgust, anger,
 * contempt; the action units named are those of each prototype that are among the eight. */
static const float categories[N_CATEGORIES][BS_DEMO_OPENFACE_N_AUS] = {
  { 0, 0, 0, 0, 0, 0, 0, 0 },
  { 0, 0, 0, 0.8f, 0, 0.9f, 0.6f, 0.2f },
  { 0.8f, 0, 0.6f, 0.1f, 0, 0, 0.2f, 0.1f },
  { 0.8f, 0.9f, 0, 0, 0, 0, 0.7f, 0.6f },
  { 0.8f, 0.6f, 0.5f, 0, 0, 0, 0.8f, 0.3f },
  { 0, 0, 0.5f, 0.3f, 0.9f, 0, 0.3f, 0.2f },
  { 0, 0, 0.9f, 0, 0.1f, 0, 0.5f, 0.2f },
  { 0, 0, 0, 0, 0, 0.35f, 0, 0 },
};

static int
nearest_category (const float *au)
{
  int best = 0;
  float least = G_MAXFLOAT;
  for (int c = 0; c < N_CATEGORIES; c++) {
    float distance = 0;
    for (int i = 0; i < BS_DEMO_OPENFACE_N_AUS; i++)
      distance += (au[i] - categories[c][i]) * (au[i] - categories[c][i]);
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

static void
append_fixed (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (out, g_ascii_formatd (text, sizeof (text), "%.4f", value));
}

/**
 * bs_demo_openface_csv:
 * @score: what the face does
 * @random: chance of this clip
 * @length: (out): bytes of the result
 *
 * The action units are the drawn ones plus noise, cut to 0 to 1; the emotion is the category
 * whose action units are nearest to the ones read.
 *
 * Returns: (transfer full): the CSV file: action_units as a list in text, emotion_index,
 *   gaze_yaw and gaze_pitch in radians
 */
char *
bs_demo_openface_csv (const BsDemoScore *score, BsRandom *random, gsize *length)
{
  GString *out = g_string_sized_new (100 * score->n_frames);
  g_string_append (out, "action_units,emotion_index,gaze_yaw,gaze_pitch\n");
  float offset[BS_DEMO_OPENFACE_N_AUS], drift[BS_DEMO_OPENFACE_N_AUS] = { 0 };
  for (int i = 0; i < BS_DEMO_OPENFACE_N_AUS; i++)
    offset[i] = (float) (CLIP_NOISE * bs_random_normal (random));
  for (gsize f = 0; f < score->n_frames; f++) {
    const BsDemoMovement *m = &score->frames[f];
    float read[BS_DEMO_OPENFACE_N_AUS];
    g_string_append (out, "\"[");
    for (int i = 0; i < BS_DEMO_OPENFACE_N_AUS; i++) {
      drift[i] = 0.95f * drift[i] + (float) (FRAME_NOISE * bs_random_normal (random));
      float value = m->au[bs_demo_openface_aus[i]] + offset[i] + drift[i];
      read[i] = fminf (fmaxf (value, 0), 1);
      g_string_append (out, i > 0 ? ", " : "");
      append_fixed (out, read[i]);
    }
    g_string_append_printf (out, "]\",%d,", nearest_category (read));
    append_fixed (out, m->yaw + m->gaze_yaw + GAZE_NOISE * bs_random_normal (random));
    g_string_append_c (out, ',');
    append_fixed (out, m->pitch + m->gaze_pitch + GAZE_NOISE * bs_random_normal (random));
    g_string_append_c (out, '\n');
  }
  *length = out->len;
  return g_string_free (out, FALSE);
}
