/* SPDX-License-Identifier: MIT */
/* How the emotions of a clip come and go: onset, apex and offset, and in a blend the interplay of
 * the two, by the asked salience as this person is able to show it. */
#include "data/demo/voice/bs-demo-score.h"

#include <math.h>

#define RATE ((double) BS_DEMO_FRAME_RATE)

static double
smooth_step (double from, double to, double x)
{
  double t = CLAMP ((x - from) / fmax (to - from, 1e-6), 0, 1);
  return t * t * (3 - 2 * t);
}

/**
 * bs_demo_clip_random:
 * @random: (out): a generator
 * @seed: the corpus's seed
 * @clip: which clip
 * @part: what it is for
 *
 * Length, course, movement, voice and each encoder draw from seeds of their own, so that a
 * change in one leaves the others as they were.
 */
void
bs_demo_clip_random (BsRandom *random, guint64 seed, const BsClip *clip, const char *part)
{
  bs_random_init_named (random, bs_random_derive (seed, clip->filename), part);
}

/**
 * bs_demo_score_length:
 * @actor: who
 * @clip: which clip
 * @seed: the corpus's seed
 * @is_full: whether lengths are spread as in the data set (1 to 30 s, mostly 2 to 10) or kept
 *   short (2 to 8 s)
 *
 * Returns: frames of the clip
 */
gsize
bs_demo_score_length (const BsDemoActor *actor, const BsClip *clip, guint64 seed, gboolean is_full)
{
  BsRandom random;
  bs_demo_clip_random (&random, seed, clip, "length");
  double median = is_full ? 4.4 : 3.2;
  if (bs_label_is_blend (clip->label))
    median *= 1.08; /* two emotions take longer to show */
  double seconds =
    median * exp ((is_full ? 0.50 : 0.26) * bs_random_normal (&random)) / actor->manner.tempo;
  seconds = CLAMP (seconds, is_full ? 1 : 2, is_full ? 30 : 8);
  return (gsize) lround (seconds * RATE);
}

/* How strongly each emotion is to be seen at the apex. */
static double
apex_weights (const BsDemoActor *actor, const BsClip *clip, BsRandom *random,
              double weight[BS_DEMO_N_AFFECTS])
{
  static const double steps[] = { 0.48, 0.66, 0.84, 1.0 };
  const BsDemoManner *m = &actor->manner;
  BsLabel l = clip->label;
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++)
    weight[e] = 0;
  if (l.first == BS_EMOTION_NEU)
    return 0.25;
  double strength = clip->intensity > 0 ? steps[CLAMP (clip->intensity, 1, 4) - 1]
                                        : bs_random_uniform (random, 0.75, 1.0);
  strength *= m->liveliness * exp (0.10 * bs_random_normal (random));
  if (!bs_label_is_blend (l)) {
    weight[l.first] = strength;
  } else {
    double share = l.first_percent / 100.0;
    double logit = m->contrast * log (share / (1 - share)) + m->favour[l.first] -
                   m->favour[l.second] + 1.0 * bs_random_normal (random);
    share = 1 / (1 + exp (-logit));
    weight[l.first] = strength * pow (2 * share, 0.95) * 0.80;
    weight[l.second] = strength * pow (2 * (1 - share), 0.95) * 0.80;
  }
  /* What slips in is the less the more clearly the person means it. */
  double leaks[2] = { weight[l.first], l.second >= 0 ? weight[l.second] : 0 };
  for (int i = 0; i < 2; i++) {
    int e = i == 0 ? l.first : l.second;
    if (e >= 0)
      weight[m->leak_to[e]] += m->leak[e] * leaks[i] * fmax (1.6 - strength, 0.2);
  }
  return fmin (strength, 1.1);
}

/* Slow movement of one emotion against the other: who is in front changes once or twice. */
static void
interplay (const BsClip *clip, BsRandom *random, gsize n, float (*weight)[BS_DEMO_N_AFFECTS])
{
  if (!bs_label_is_blend (clip->label))
    return;
  double depth = bs_random_uniform (random, 0.10, 0.45),
         phase = bs_random_uniform (random, 0, 6.28);
  double period = bs_random_uniform (random, 1.2, 3.2) * RATE;
  for (gsize i = 0; i < n; i++) {
    double swing = depth * sin (6.2832 * (double) i / period + phase);
    weight[i][clip->label.first] *= (float) (1 + swing);
    weight[i][clip->label.second] *= (float) (1 - swing);
  }
}

/**
 * bs_demo_course_new:
 * @actor: who
 * @clip: which clip, with its label
 * @seed: the corpus's seed
 * @n_frames: its length
 *
 * Returns: (transfer full): the weights over time
 */
BsDemoCourse *
bs_demo_course_new (const BsDemoActor *actor, const BsClip *clip, guint64 seed, gsize n_frames)
{
  BsRandom random;
  bs_demo_clip_random (&random, seed, clip, "course");
  BsDemoCourse *self = g_new0 (BsDemoCourse, 1);
  self->n_frames = n_frames;
  self->weight = g_malloc0 (n_frames * sizeof (*self->weight));
  double apex[BS_DEMO_N_AFFECTS];
  self->strength = apex_weights (actor, clip, &random, apex);
  double length = (double) n_frames, tempo = actor->manner.tempo;
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
    double start = bs_random_uniform (&random, 0.05, 0.30) * RATE / tempo;
    double onset = bs_random_uniform (&random, 0.25, 0.70) * RATE / tempo;
    double end = length - bs_random_uniform (&random, 0.02, 0.25) * RATE;
    double offset = bs_random_uniform (&random, 0.35, 0.80) * RATE;
    double left = bs_random_uniform (&random, 0.15, 0.45);
    double wave = bs_random_uniform (&random, 0.03, 0.12),
           phase = bs_random_uniform (&random, 0, 6.28);
    double period = bs_random_uniform (&random, 1.5, 3.5) * RATE;
    for (gsize i = 0; i < n_frames; i++) {
      double x = (double) i;
      double rise = smooth_step (start, start + onset, x);
      double fall = 1 - (1 - left) * smooth_step (end - offset, end, x);
      double sway = 1 + wave * sin (6.2832 * x / period + phase);
      self->weight[i][e] = (float) (apex[e] * rise * fall * sway);
    }
  }
  interplay (clip, &random, n_frames, self->weight);
  return self;
}

/**
 * bs_demo_course_free:
 * @self: (nullable): a course
 */
void
bs_demo_course_free (BsDemoCourse *self)
{
  if (self == NULL)
    return;
  g_free (self->weight);
  g_free (self);
}
