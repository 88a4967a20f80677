/* SPDX-License-Identifier: MIT */
/* The voice without words: which sounds follow one another. Laughs, sobs, growls, gasps, screams
 * and retching, after Bachorowski, Smoski and Owren 2001 ("The acoustic features of human
 * laughter"), Schroeder 2003 ("Experimental study of affect bursts"), Sauter, Eisner, Calder and
 * Scott 2010 ("Perceptual cues in nonverbal vocal expressions of emotion") and Laukka et al. 2013
 * ("Cross-cultural decoding of positive and negative non-linguistic emotion vocalizations"). In
 * a blend each sound belongs to one of the two, chosen by their weights at that moment, and is
 * coloured by the other. */
#include "data/demo/voice/bs-demo-score.h"

#include <math.h>

#define TICKS ((double) BS_DEMO_SOUND_TICKS)
#define N_GESTURES 2
#define NEUTRAL BS_DEMO_N_AFFECTS

/* Pitches are factors on the resting voice at start, peak and end; a gesture is a row of pulses. */
typedef struct {
  double pulses[2]; /* fewest and most */
  double pulse_s[2]; /* length of one */
  double rest_s; /* between two pulses */
  double gap_s[2]; /* to the next gesture */
  double attack; /* share of a pulse until its loudest */
  float level;
  float voiced;
  float noise;
  float pitch[3];
  float rough;
  float bright;
  float tremor; /* depth, at tremor_hz */
  float tremor_hz;
  float fade; /* level lost from the first to the last pulse */
  float formant[3];
  float glide; /* how far the first formant moves within a pulse, as a share */
} Gesture;

static const Gesture gestures[BS_DEMO_N_AFFECTS + 1][N_GESTURES] = {
  [BS_EMOTION_ANG] = {
    /* growl */
    { { 1, 1 }, { 0.50, 1.10 }, 0, { 0.12, 0.40 }, 0.20, 0.80f, 0.85f, 0.35f,
      { 0.95f, 1.10f, 0.90f },
      0.75f, 0.80f, 0.02f, 24, 0.0f, { 560, 1150, 2350 }, 0.15f },
    /* shout */
    { { 1, 2 }, { 0.28, 0.50 }, 0.08, { 0.15, 0.45 }, 0.12, 1.00f, 1.00f, 0.20f,
      { 1.50f, 2.05f, 1.55f },
      0.40f, 1.00f, 0.01f, 9, 0.0f, { 800, 1300, 2500 }, 0.10f },
  },
  [BS_EMOTION_DISG] = {
    /* retching */
    { { 1, 2 }, { 0.28, 0.50 }, 0.14, { 0.25, 0.60 }, 0.30, 0.70f, 0.65f, 0.60f,
      { 0.75f, 0.95f, 0.60f },
      0.65f, 0.45f, 0.03f, 17, 0.1f, { 620, 950, 2150 }, -0.35f },
    /* a drawn "ugh" */
    { { 1, 1 }, { 0.45, 0.85 }, 0, { 0.25, 0.65 }, 0.25, 0.55f, 0.85f, 0.30f,
      { 1.10f, 1.00f, 0.68f },
      0.30f, 0.35f, 0.01f, 5, 0.0f, { 540, 900, 2250 }, -0.25f },
  },
  [BS_EMOTION_FEA] = {
    /* gasp, the breath drawn in */
    { { 1, 2 }, { 0.22, 0.42 }, 0.18, { 0.10, 0.35 }, 0.65, 0.50f, 0.12f, 1.00f,
      { 1.80f, 2.20f, 2.40f },
      0.15f, 0.75f, 0.00f, 8, -0.2f, { 820, 1750, 2850 }, 0.10f },
    /* scream */
    { { 1, 1 }, { 0.50, 1.15 }, 0, { 0.20, 0.50 }, 0.20, 0.95f, 1.00f, 0.15f,
      { 2.40f, 3.20f, 2.60f },
      0.22f, 0.95f, 0.03f, 9, 0.0f, { 880, 1650, 2900 }, 0.05f },
  },
  [BS_EMOTION_HAP] = {
    /* laugh */
    { { 3, 8 }, { 0.10, 0.14 }, 0.09, { 0.18, 0.50 }, 0.25, 0.85f, 0.90f, 0.35f,
      { 1.65f, 1.90f, 1.45f },
      0.06f, 0.65f, 0.00f, 5, 0.45f, { 740, 1450, 2600 }, 0.05f },
    /* giggle */
    { { 4, 9 }, { 0.07, 0.10 }, 0.07, { 0.20, 0.50 }, 0.30, 0.55f, 0.80f, 0.45f,
      { 2.10f, 2.40f, 2.00f },
      0.04f, 0.50f, 0.00f, 6, 0.35f, { 480, 1850, 2700 }, 0.00f },
  },
  [BS_EMOTION_SAD] = {
    /* sobs */
    { { 2, 4 }, { 0.18, 0.30 }, 0.16, { 0.25, 0.60 }, 0.20, 0.55f, 0.75f, 0.50f,
      { 1.50f, 1.60f, 1.20f },
      0.18f, 0.30f, 0.04f, 7, 0.2f, { 500, 1250, 2500 }, -0.08f },
    /* a wail that sinks */
    { { 1, 1 }, { 0.70, 1.50 }, 0, { 0.30, 0.70 }, 0.30, 0.60f, 0.92f, 0.25f,
      { 1.45f, 1.70f, 1.05f },
      0.12f, 0.28f, 0.05f, 6, 0.0f, { 460, 1080, 2450 }, -0.10f },
  },
  [NEUTRAL] = {
    /* a breath */
    { { 1, 1 }, { 0.60, 1.10 }, 0, { 0.50, 1.20 }, 0.50, 0.10f, 0.00f, 1.00f,
      { 1.00f, 1.00f, 1.00f },
      0.00f, 0.30f, 0.00f, 5, 0.0f, { 500, 1500, 2500 }, 0.00f },
    /* hum */
    { { 1, 1 }, { 0.30, 0.70 }, 0, { 0.60, 1.40 }, 0.40, 0.28f, 1.00f, 0.10f,
      { 1.05f, 1.00f, 0.92f },
      0.05f, 0.12f, 0.00f, 5, 0.0f, { 310, 1150, 2300 }, 0.00f },
  },
};

/* One gesture as it is to be done now. */
typedef struct {
  Gesture shape;
  double loudness;
  double pitch; /* of the person, in Hz */
  double length; /* of the person's throat */
} Call;

static float
mixf (float a, float b, float share)
{
  return a + (b - a) * share;
}

static void
colour (Gesture *g, const Gesture *by, float share)
{
  for (int i = 0; i < 3; i++) {
    g->pitch[i] = mixf (g->pitch[i], by->pitch[i], share);
    g->formant[i] = mixf (g->formant[i], by->formant[i], share);
  }
  g->level = mixf (g->level, by->level, share);
  g->voiced = mixf (g->voiced, by->voiced, 0.5f * share);
  g->noise = mixf (g->noise, by->noise, 0.5f * share);
  g->rough = mixf (g->rough, by->rough, share);
  g->bright = mixf (g->bright, by->bright, share);
  g->tremor = mixf (g->tremor, by->tremor, share);
}

static int
choose_affect (const float *weight, BsRandom *random)
{
  double total = 0.12; /* silence and breathing have a share of their own */
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++)
    total += weight[e] * weight[e];
  double at = bs_random_double (random) * total;
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
    at -= weight[e] * weight[e];
    if (at < 0)
      return e;
  }
  return NEUTRAL;
}

static int
strongest_other (const float *weight, int affect)
{
  int best = -1;
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++)
    if (e != affect && (best < 0 || weight[e] > weight[best]))
      best = e;
  return best;
}

static Call
choose_call (const BsDemoActor *actor, const float *weight, BsRandom *random)
{
  const BsDemoThroat *t = &actor->throat;
  int affect = choose_affect (weight, random);
  int kind = (int) bs_random_below (random, N_GESTURES);
  Call call = { .shape = gestures[affect][kind], .pitch = t->pitch, .length = t->length };
  double strength = affect == NEUTRAL ? 1 : fmin (weight[affect], 1.1);
  int other = strongest_other (weight, affect);
  if (affect != NEUTRAL)
    colour (&call.shape, &gestures[other][bs_random_below (random, N_GESTURES)],
            0.6f * weight[other] / (weight[other] + weight[affect] + 0.01f));
  Gesture *g = &call.shape;
  call.loudness = t->loudness * (0.30 + 0.70 * strength);
  double excite = 0.55 + 0.45 * strength; /* weaker emotion moves the pitch less */
  for (int i = 0; i < 3; i++) {
    g->pitch[i] = (float) (1 + (g->pitch[i] - 1) * excite * exp (0.10 * bs_random_normal (random)));
    g->formant[i] *= (float) exp (0.05 * bs_random_normal (random));
  }
  g->noise = (float) fmin (g->noise + 0.4 * t->breath, 1);
  g->bright = (float) CLAMP (g->bright * (0.7 + 0.3 * strength) + t->bright, 0, 1);
  g->rough = (float) CLAMP (g->rough * exp (0.25 * bs_random_normal (random)), 0, 1);
  return call;
}

static void
sound_pulse (const Call *call, double from, double length, double level, double place, double width,
             BsDemoSound *sounds, gsize n_ticks)
{
  const Gesture *g = &call->shape;
  gsize first = (gsize) fmax (from, 0), last = MIN ((gsize) (from + length), n_ticks);
  for (gsize i = first; i < last; i++) {
    double at = ((double) i + 0.5 - from) / length;
    double shape = at < g->attack ? at / g->attack : (1 - at) / (1 - g->attack);
    double where = place + width * at; /* in the whole gesture */
    double pitch = where < 0.35 ? mixf (g->pitch[0], g->pitch[1], (float) (where / 0.35))
                                : mixf (g->pitch[1], g->pitch[2], (float) ((where - 0.35) / 0.65));
    double wave = 1 + g->tremor * sin (6.2832 * g->tremor_hz * (double) i / TICKS);
    BsDemoSound *s = &sounds[i];
    s->level = (float) (level * sqrt (fmax (shape, 0)) * wave * wave);
    s->voiced = g->voiced;
    s->noise = g->noise;
    s->pitch = (float) (call->pitch * pitch * wave);
    s->rough = g->rough;
    s->bright = g->bright;
    for (int k = 0; k < 3; k++)
      s->formant[k] = (float) (g->formant[k] * call->length);
    s->formant[0] *= (float) (1 + g->glide * (at - 0.5));
  }
}

static double
sound_call (const Call *call, double from, BsRandom *random, BsDemoSound *sounds, gsize n_ticks)
{
  const Gesture *g = &call->shape;
  int n = (int) lround (bs_random_uniform (random, g->pulses[0], g->pulses[1]));
  double pulse = TICKS * bs_random_uniform (random, g->pulse_s[0], g->pulse_s[1]);
  for (int i = 0; i < n && from < (double) n_ticks; i++) {
    double length = pulse * exp (0.10 * bs_random_normal (random));
    double level = call->loudness * g->level * (1 - g->fade * i / fmax (n - 1, 1));
    sound_pulse (call, from, length, level, (double) i / n, 1.0 / n, sounds, n_ticks);
    from += length + TICKS * g->rest_s;
  }
  return from + TICKS * bs_random_uniform (random, g->gap_s[0], g->gap_s[1]);
}

/* Between the sounds the throat keeps its shape and sinks to its resting pitch. */
static void
fill_pauses (const BsDemoActor *actor, BsDemoSound *sounds, gsize n)
{
  BsDemoSound last = {
    .noise = 1, .pitch = (float) actor->throat.pitch, .bright = 0.3f, .formant = { 500, 1500, 2500 }
  };
  for (gsize i = 0; i < n; i++) {
    if (sounds[i].pitch > 0) {
      last = sounds[i];
      continue;
    }
    last.level = 0.75f * last.level + 0.25f * 0.006f;
    last.voiced *= 0.7f;
    last.noise = mixf (last.noise, 1, 0.3f);
    last.pitch = mixf (last.pitch, (float) actor->throat.pitch, 0.05f);
    sounds[i] = last;
  }
}

/* A clip is cut, but not in the middle of a sound. */
static void
fade_out (BsDemoSound *sounds, gsize n)
{
  const gsize length = 12;
  for (gsize i = 0; i < MIN (length, n); i++)
    sounds[n - 1 - i].level *= (float) i / (float) length;
}

/* Muscles do not jump: two passes of a short average over level, pitch and formants. */
static void
soften (BsDemoSound *sounds, gsize n)
{
  for (int pass = 0; pass < 2; pass++) {
    BsDemoSound before = sounds[0];
    for (gsize i = 1; i + 1 < n; i++) {
      BsDemoSound now = sounds[i];
      const BsDemoSound *after = &sounds[i + 1];
      sounds[i].level = 0.25f * before.level + 0.5f * now.level + 0.25f * after->level;
      sounds[i].pitch = 0.25f * before.pitch + 0.5f * now.pitch + 0.25f * after->pitch;
      sounds[i].voiced = 0.25f * before.voiced + 0.5f * now.voiced + 0.25f * after->voiced;
      sounds[i].noise = 0.25f * before.noise + 0.5f * now.noise + 0.25f * after->noise;
      for (int k = 0; k < 3; k++)
        sounds[i].formant[k] =
          0.25f * before.formant[k] + 0.5f * now.formant[k] + 0.25f * after->formant[k];
      before = now;
    }
  }
}

/**
 * bs_demo_gestures_fill:
 * @actor: who
 * @course: the emotions over time
 * @random: chance of this clip's voice
 * @sounds: (array length=n_ticks) (out caller-allocates): the voice, a hundredth of a second each
 * @n_ticks: length
 *
 * Puts one vocal gesture after another.
 */
void
bs_demo_gestures_fill (const BsDemoActor *actor, const BsDemoCourse *course, BsRandom *random,
                       BsDemoSound *sounds, gsize n_ticks)
{
  for (gsize i = 0; i < n_ticks; i++)
    sounds[i] = (BsDemoSound){ .pitch = 0 };
  double tempo = actor->manner.tempo;
  double at = TICKS * bs_random_uniform (random, 0.15, 0.55) / tempo;
  while (at < (double) n_ticks) {
    gsize frame = MIN ((gsize) (at * BS_DEMO_FRAME_RATE / TICKS) + 5, course->n_frames - 1);
    Call call = choose_call (actor, course->weight[frame], random);
    at = sound_call (&call, at, random, sounds, n_ticks);
  }
  fill_pauses (actor, sounds, n_ticks);
  fade_out (sounds, n_ticks);
  soften (sounds, n_ticks);
}
