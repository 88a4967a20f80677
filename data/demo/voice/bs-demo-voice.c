/* SPDX-License-Identifier: MIT */
/* The voice as sound: pulses of the vocal folds and noise of the breath through the resonances
 * of throat and mouth (Fant 1960, "Acoustic theory of speech production"; the resonators are those
 * of Klatt 1980, "Software for a cascade/parallel formant synthesizer"). */
#include "data/demo/voice/bs-demo-voice.h"

#include <math.h>

#define RATE ((double) BS_DEMO_SAMPLE_RATE)
#define PER_TICK (BS_DEMO_SAMPLE_RATE / BS_DEMO_SOUND_TICKS)
#define N_FORMANTS 4
#define PULSE_SIZE 256

typedef struct {
  float a, b, c; /* y = a x + b y1 + c y2 */
  float y1, y2;
} Resonator;

typedef struct {
  float pulse[PULSE_SIZE + 1]; /* derivative of the flow through the folds over one period */
  Resonator formants[N_FORMANTS];
  float phase;
  float strength; /* of the current period */
  float period; /* factor on its length */
  gboolean odd; /* every second period differs in a rough voice */
  float tilt; /* memory of the low-pass that makes a voice dull */
  float level, pitch; /* where the last tick ended */
  guint32 noise;
} Throat;

/* Rosenberg's pulse (1971, form B): the flow rises as 3t^2 - 2t^3 and falls as a parabola. */
static void
make_pulse (float pulse[PULSE_SIZE + 1])
{
  const double opening = 0.42, closing = 0.20;
  double sum = 0;
  for (int i = 0; i <= PULSE_SIZE; i++) {
    double t = (double) i / PULSE_SIZE, slope = 0;
    if (t < opening)
      slope = 6 * (t / opening) * (1 - t / opening) / opening;
    else if (t < opening + closing)
      slope = -2 * (t - opening) / (closing * closing);
    pulse[i] = (float) (0.1 * slope);
    sum += pulse[i];
  }
  for (int i = 0; i <= PULSE_SIZE; i++)
    pulse[i] -= (float) (sum / (PULSE_SIZE + 1));
}

static inline float
white (guint32 *state)
{
  guint32 x = *state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  *state = x;
  return (float) (gint32) x * 0x1p-31f;
}

static void
tune (Resonator *self, double frequency, double bandwidth)
{
  double r = exp (-G_PI * bandwidth / RATE);
  self->c = (float) (-r * r);
  self->b = (float) (2 * r * cos (2 * G_PI * fmin (frequency, 0.46 * RATE) / RATE));
  self->a = 1 - self->b - self->c;
}

static inline float
resonate (Resonator *self, float x)
{
  float y = self->a * x + self->b * self->y1 + self->c * self->y2;
  self->y2 = self->y1;
  self->y1 = y;
  return y;
}

static void
next_period (Throat *self, float rough)
{
  self->odd = !self->odd;
  float jitter = white (&self->noise), shimmer = white (&self->noise);
  self->period = 1 + 0.01f * jitter + 0.16f * rough * jitter;
  self->strength =
    (1 - 0.55f * rough * (self->odd ? 1 : 0)) * (1 + (0.05f + 0.3f * rough) * shimmer);
}

static void
sing_tick (Throat *self, const BsDemoSound *sound, float *out)
{
  static const double bandwidths[3] = { 90, 110, 170 };
  double top = sound->formant[2] * 1.32;
  for (int k = 0; k < 3; k++)
    tune (&self->formants[k], sound->formant[k], bandwidths[k] * (1 + 0.8 * sound->noise));
  tune (&self->formants[3], top, 300);
  float keep = 0.92f - 0.80f * sound->bright;
  /* A low voice has fewer pulses in a second; it is not to be the quieter for it. */
  float even = (float) sqrt (200 / fmax (sound->pitch, 50));
  float level_step = (sound->level - self->level) / PER_TICK;
  float pitch_step = (sound->pitch - self->pitch) / PER_TICK;
  for (int i = 0; i < PER_TICK; i++) {
    self->level += level_step;
    self->pitch += pitch_step;
    self->phase += self->pitch * (1.0f / BS_DEMO_SAMPLE_RATE) * self->period;
    if (self->phase >= 1) {
      self->phase -= 1;
      next_period (self, sound->rough);
    }
    float at = self->phase * PULSE_SIZE;
    int k = MIN ((int) at, PULSE_SIZE - 1);
    float fold = self->pulse[k] + (self->pulse[k + 1] - self->pulse[k]) * (at - (float) k);
    self->tilt += (1 - keep) * (fold * self->strength - self->tilt);
    /* Breath is heard most while the folds are open. */
    float gate = self->phase < 0.6f ? 1.0f : 1.0f - 0.6f * sound->voiced;
    float x = sound->voiced * self->tilt + 0.30f * sound->noise * gate * white (&self->noise);
    for (int f = N_FORMANTS - 1; f >= 0; f--)
      x = resonate (&self->formants[f], x);
    out[i] = x * self->level * even;
  }
}

/**
 * bs_demo_voice_new:
 * @score: what the throat does
 * @random: chance of this clip's sound
 * @n_samples: (out): length
 *
 * Returns: (transfer full) (array length=n_samples): the sound, 16,000 samples a second, one
 *   channel; exactly what the clip holds, for it is stored without loss
 */
gint16 *
bs_demo_voice_new (const BsDemoScore *score, BsRandom *random, gsize *n_samples)
{
  Throat throat = { .strength = 1, .period = 1, .noise = (guint32) bs_random_next (random) | 1 };
  throat.pitch = score->sounds[0].pitch;
  make_pulse (throat.pulse);
  *n_samples = score->n_ticks * PER_TICK;
  gint16 *samples = g_new (gint16, *n_samples);
  float hiss = (float) (0.0008 * exp (0.3 * bs_random_normal (random)));
  for (gsize t = 0; t < score->n_ticks; t++) {
    float tick[PER_TICK];
    sing_tick (&throat, &score->sounds[t], tick);
    for (int i = 0; i < PER_TICK; i++) {
      float x = 0.85f * tick[i] + hiss * white (&throat.noise);
      x = x / (1 + fabsf (x)); /* a microphone that is shouted at */
      samples[t * PER_TICK + (gsize) i] = (gint16) lrintf (x * 32000);
    }
  }
  return samples;
}
