/* SPDX-License-Identifier: MIT */
/* From the emotions of a clip to movement: action units, head, eyes, breath. The voice is made
 * first, for the mouth opens and the head shakes with it. */
#include "data/demo/voice/bs-demo-score.h"

#include <math.h>

#include "data/demo/voice/bs-demo-prototypes.h"

#define RATE ((double) BS_DEMO_FRAME_RATE)
#define TICKS_PER_FRAME (BS_DEMO_SOUND_TICKS / BS_DEMO_FRAME_RATE)
#define BLINK_FRAMES 6
#define N_WANDERERS 6

/* What chance decided about this clip before its first frame. */
typedef struct {
  float jitter[BS_DEMO_N_AFFECTS][BS_DEMO_N_AUS]; /* of this take, beside the person's own gain */
  float variant[BS_DEMO_N_AFFECTS][2];
  double side; /* which way the head turns, -1 or 1 */
  double tilt;
  double breath_phase;
} Take;

static Take
choose_take (BsRandom *random)
{
  Take take;
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
    for (int au = 0; au < BS_DEMO_N_AUS; au++)
      take.jitter[e][au] = (float) exp (0.22 * CLAMP (bs_random_normal (random), -2.0, 2.0));
    double a = bs_random_double (random);
    take.variant[e][0] = (float) a;
    take.variant[e][1] = (float) (1 - a);
  }
  take.side = bs_random_double (random) < 0.5 ? -1 : 1;
  take.tilt = bs_random_double (random) < 0.5 ? -1 : 1;
  take.breath_phase = bs_random_uniform (random, 0, 6.28);
  return take;
}

static void
move_face (const BsDemoActor *actor, const Take *take, const float *weight, float voice,
           float au[BS_DEMO_N_AUS])
{
  float rest[BS_DEMO_N_AUS];
  for (int i = 0; i < BS_DEMO_N_AUS; i++)
    rest[i] = 1 - actor->manner.habit[i];
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
    if (weight[e] < 0.005f)
      continue;
    const BsDemoPrototype *p = bs_demo_prototype (e);
    float burst = voice * (0.4f + 0.6f * weight[e]);
    for (int i = 0; i < BS_DEMO_N_AUS; i++) {
      float way =
        1 + take->variant[e][0] * p->variants[0][i] + take->variant[e][1] * p->variants[1][i];
      float level = (p->held[i] * weight[e] + p->burst[i] * burst * weight[e]) * fmaxf (way, 0);
      level *= actor->manner.gain[e][i] * take->jitter[e][i];
      rest[i] *= 1 - fminf (fmaxf (level, 0), 1);
    }
  }
  for (int i = 0; i < BS_DEMO_N_AUS; i++)
    au[i] = 1 - rest[i];
  bs_demo_prototype_settle (au);
}

/* What the voice itself needs: lips that part and a jaw that follows the open vowels. */
static void
open_mouth (const BsDemoSound *sound, float voice, float au[BS_DEMO_N_AUS])
{
  float open = fminf (fmaxf ((sound->formant[0] - 300) / 550, 0), 1) * voice;
  au[BS_DEMO_AU25] = fmaxf (au[BS_DEMO_AU25], fminf (1.6f * open, 1));
  au[BS_DEMO_AU26] = fmaxf (au[BS_DEMO_AU26], 0.65f * open);
  au[BS_DEMO_AU24] *= 1 - fminf (1.5f * open, 1);
}

static void
add_posture (BsDemoMovement *m, const BsDemoPosture *p, const Take *take, float weight, float shake,
             double seconds)
{
  float side = (float) take->side;
  float fast = (float) (sin (57.0 * seconds) + 0.7 * sin (43.0 * seconds + 1.3));
  m->pitch += weight * (p->pitch + p->shake * shake);
  m->yaw += weight * side * p->turn;
  m->shift_x += weight * (side * 0.35f * p->turn + p->tremor * fast);
  m->roll += weight * (float) take->tilt * p->roll;
  m->lean += weight * p->lean;
  m->shift_y += weight * (p->shift_y - 0.35f * p->shake * shake);
  m->gaze_pitch += weight * p->gaze_pitch;
  m->gaze_yaw -= weight * side * p->gaze_turn;
  m->shoulders += weight * (p->shoulders + 0.8f * p->shake * shake);
  m->flush += weight * p->flush;
}

/* Slow smooth chance, one value a frame: steps of about a second joined by half cosines. */
static void
wander (BsRandom *random, gsize n, double period, float *out)
{
  double from = bs_random_normal (random), to = bs_random_normal (random),
         at = bs_random_double (random);
  for (gsize i = 0; i < n; i++) {
    out[i] = (float) (from + (to - from) * 0.5 * (1 - cos (G_PI * at)));
    at += 1 / (period * RATE);
    if (at >= 1) {
      at -= 1;
      from = to;
      to = bs_random_normal (random);
    }
  }
}

static void
add_wandering (const BsDemoActor *actor, BsRandom *random, BsDemoScore *self)
{
  g_autofree float *slow = g_new (float, N_WANDERERS * self->n_frames);
  static const double periods[N_WANDERERS] = { 1.4, 1.1, 1.7, 1.9, 0.8, 0.9 };
  gsize n = self->n_frames;
  for (int k = 0; k < N_WANDERERS; k++)
    wander (random, n, periods[k] / actor->manner.tempo, slow + (gsize) k * n);
  float by = (float) (0.035 * actor->manner.sway);
  for (gsize i = 0; i < n; i++) {
    BsDemoMovement *m = &self->frames[i];
    m->yaw += 1.4f * by * slow[i];
    m->pitch += by * slow[n + i];
    m->roll += by * slow[2 * n + i];
    m->shift_x += by * slow[3 * n + i];
    m->gaze_yaw += 0.03f * slow[4 * n + i];
    m->gaze_pitch += 0.02f * slow[5 * n + i];
  }
}

static void
add_blinks (const BsDemoCourse *course, BsRandom *random, BsDemoScore *self)
{
  static const float lid[BLINK_FRAMES] = { 0.35f, 0.95f, 1.0f, 0.7f, 0.35f, 0.1f };
  for (gsize i = 0; i < self->n_frames; i++) {
    double rate = bs_demo_prototype_rest ()->blinks;
    for (int e = 0; e < BS_DEMO_N_AFFECTS; e++)
      rate += fmin (course->weight[i][e], 1) * (bs_demo_prototype (e)->posture.blinks - rate);
    if (bs_random_double (random) >= rate / RATE)
      continue;
    for (gsize k = 0; k < BLINK_FRAMES && i + k < self->n_frames; k++)
      self->frames[i + k].au[BS_DEMO_AU43] = fmaxf (self->frames[i + k].au[BS_DEMO_AU43], lid[k]);
    i += 8;
  }
}

/* How loud the voice is in a frame, as the muscles follow it. */
static void
follow_voice (const BsDemoScore *self, float *voice)
{
  float now = 0;
  for (gsize i = 0; i < self->n_frames; i++) {
    float level = 0;
    for (gsize k = 0; k < TICKS_PER_FRAME; k++)
      level += self->sounds[i * TICKS_PER_FRAME + k].level / TICKS_PER_FRAME;
    now += (level > now ? 0.85f : 0.55f) * (level - now);
    voice[i] = fminf (now, 1);
  }
}

static void
move (BsDemoScore *self, const BsDemoActor *actor, const BsDemoCourse *course, BsRandom *random)
{
  Take take = choose_take (random);
  g_autofree float *voice = g_new (float, self->n_frames);
  follow_voice (self, voice);
  double phase = take.breath_phase;
  float tears = 0;
  for (gsize i = 0; i < self->n_frames; i++) {
    BsDemoMovement *m = &self->frames[i];
    const float *weight = course->weight[i];
    move_face (actor, &take, weight, voice[i], m->au);
    open_mouth (&self->sounds[i * TICKS_PER_FRAME], voice[i], m->au);
    float shake = voice[i] - 0.35f;
    double breaths = bs_demo_prototype_rest ()->breaths;
    float wept = 0;
    for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
      const BsDemoPosture *p = &bs_demo_prototype (e)->posture;
      add_posture (m, p, &take, (float) (weight[e] * actor->manner.sway), shake, (double) i / RATE);
      breaths += fmin (weight[e], 1) * (p->breaths - breaths);
      wept += p->tears * fmaxf (weight[e] - 0.35f, 0) * 1.5f;
    }
    tears += 0.035f * (fminf (wept, 1) - tears);
    m->tears = tears > 0.02f ? tears : 0;
    m->flush = CLAMP (m->flush, -1, 1);
    phase += 6.2832 * breaths / RATE;
    m->breath = (float) (0.5 - 0.5 * cos (phase));
  }
}

/**
 * bs_demo_score_new:
 * @actor: who
 * @clip: which clip, with its label
 * @seed: the corpus's seed
 * @is_full: as bs_demo_score_length()
 *
 * Returns: (transfer full): all that is seen and heard in the clip, in numbers
 */
BsDemoScore *
bs_demo_score_new (const BsDemoActor *actor, const BsClip *clip, guint64 seed, gboolean is_full)
{
  BsDemoScore *self = g_new0 (BsDemoScore, 1);
  self->n_frames = bs_demo_score_length (actor, clip, seed, is_full);
  self->frames = g_new0 (BsDemoMovement, self->n_frames);
  self->n_ticks = self->n_frames * TICKS_PER_FRAME;
  self->sounds = g_new (BsDemoSound, self->n_ticks);
  g_autoptr (BsDemoCourse) course = bs_demo_course_new (actor, clip, seed, self->n_frames);
  BsRandom random;
  bs_demo_clip_random (&random, seed, clip, "voice");
  bs_demo_gestures_fill (actor, course, &random, self->sounds, self->n_ticks);
  bs_demo_clip_random (&random, seed, clip, "movement");
  move (self, actor, course, &random);
  add_wandering (actor, &random, self);
  add_blinks (course, &random, self);
  return self;
}

/**
 * bs_demo_score_free:
 * @self: (nullable): a score
 */
void
bs_demo_score_free (BsDemoScore *self)
{
  if (self == NULL)
    return;
  g_free (self->frames);
  g_free (self->sounds);
  g_free (self);
}
