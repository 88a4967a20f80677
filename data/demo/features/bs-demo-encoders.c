/* SPDX-License-Identifier: MIT */
/* Stand-ins for the released encoders. Each looks at the movement, listens to the sound, or both,
 * at its own rate and through its own clouded glass, and projects what it made out by two fixed
 * layers. The layers come from the encoder's name alone, so that they are the same in every
 * corpus; no label comes near them. */
#include "data/demo/features/bs-demo-encoders.h"

#include <math.h>
#include <string.h>

#include "data/demo/features/bs-demo-mel.h"
#include "data/demo/voice/bs-demo-voice.h"

#define N_LOOKS 20
#define N_STRAY 8 /* of light, framing and microphone, one draw a clip */
#define SIGHT (BS_DEMO_MOVEMENT_WIDTH + N_LOOKS)
#define HEARING (BS_DEMO_MEL_BANDS + 2)
#define FRAMES_PER_CHUNK 64 /* of HiCMAE: 16 frames, every fourth taken */
#define FRAMES_PER_WINDOW 16 /* of VideoMAEv2 */

typedef enum {
  STEP_FRAME, /* every frame of the picture */
  STEP_WINDOW, /* 16 frames */
  STEP_SOUND, /* 20 ms */
  STEP_CHUNK, /* 64 frames, picture and sound */
} Step;

/* What an encoder is. The last five were set once, so that networks trained on the small corpus
 * reach what the published ones reach on the real one, and are not touched again. */
typedef struct {
  const char *name;
  Step step;
  int small_width;
  int full_width;
  int n_context; /* windows of sound on either side */
  double clip_noise; /* of what it makes out of movement, the same through the clip */
  double frame_noise;
  double sound_noise; /* of what it makes out of sound, the same through the clip */
  double looks; /* how much of the person gets in the way */
  double output_noise;
} Design;

static const Design designs[] = {
  { "ImageBind", STEP_FRAME, 128, 1024, 0, 1.05, 0.5, 0, 0.5, 0.15 },
  { "VideoMAEv2", STEP_WINDOW, 96, 1408, 0, 1.0, 0.4, 0, 0.5, 0.15 },
  { "WavLM_large", STEP_SOUND, 96, 1024, 4, 0, 0.4, 0.30, 0, 0.15 },
  { "HuBERT_large", STEP_SOUND, 64, 1024, 1, 0, 0.4, 0.45, 0, 0.15 },
  { "HiCMAE", STEP_CHUNK, 128, 2048, 0, 0.85, 0.3, 0.45, 0.5, 0.15 },
};

/* One hidden layer: out = tanh (in A + a) B. Stored by rows of the input, so that a step over
 * one input value runs along memory. */
typedef struct {
  gsize n_in, n_hidden, n_out;
  float *first, *bias, *second;
} Layers;

struct _BsDemoEncoders {
  Layers layers[G_N_ELEMENTS (designs)];
};

static float *
draw_weights (BsRandom *random, gsize n, double scale)
{
  float *w = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    w[i] = (float) (scale * bs_random_normal (random));
  return w;
}

static gsize
input_width (const Design *d)
{
  switch (d->step) {
  case STEP_FRAME:
    return SIGHT + N_STRAY;
  case STEP_WINDOW:
    return SIGHT + BS_DEMO_MOVEMENT_WIDTH + N_STRAY;
  case STEP_SOUND:
    return 3 * HEARING + N_STRAY;
  case STEP_CHUNK:
  default:
    return SIGHT + BS_DEMO_MOVEMENT_WIDTH + 2 * HEARING + N_STRAY;
  }
}

static void
layers_init (Layers *self, const Design *d, BsDemoSize size)
{
  BsRandom random;
  bs_random_init_named (&random, 0, d->name);
  self->n_in = input_width (d);
  self->n_hidden = size == BS_DEMO_FULL ? 256 : 128;
  self->n_out = (gsize) (size == BS_DEMO_FULL ? d->full_width : d->small_width);
  double spread = 1.6 / sqrt ((double) self->n_in);
  self->first = draw_weights (&random, self->n_in * self->n_hidden, spread);
  self->bias = draw_weights (&random, self->n_hidden, 0.4);
  self->second =
    draw_weights (&random, self->n_hidden * self->n_out, 1 / sqrt ((double) self->n_hidden));
}

/* Each output block of HiCMAE sees what its name says: picture, sound, and each with a share of
 * the other (DOMAIN: video, audio, fusion-video, fusion-audio). Inputs of the wrong kind are cut
 * off from the hidden units that a block reads. */
static void
split_chunk_layers (Layers *self)
{
  gsize n_picture = SIGHT + BS_DEMO_MOVEMENT_WIDTH, n_sound = 2 * HEARING;
  static const float picture_share[4] = { 1, 0, 1, 0.5f }, sound_share[4] = { 0, 1, 0.5f, 1 };
  gsize hidden_part = self->n_hidden / 4, out_part = self->n_out / 4;
  for (gsize i = 0; i < n_picture + n_sound; i++)
    for (gsize h = 0; h < self->n_hidden; h++)
      self->first[i * self->n_hidden + h] *=
        i < n_picture ? picture_share[h / hidden_part] : sound_share[h / hidden_part];
  for (gsize h = 0; h < self->n_hidden; h++)
    for (gsize o = 0; o < self->n_out; o++)
      self->second[h * self->n_out + o] *= h / hidden_part == o / out_part ? 2.0f : 0.0f;
}

/**
 * bs_demo_encoders_new:
 * @size: which corpus; it decides the widths
 *
 * Returns: (transfer full): the encoders
 */
BsDemoEncoders *
bs_demo_encoders_new (BsDemoSize size)
{
  BsDemoEncoders *self = g_new0 (BsDemoEncoders, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (designs); i++) {
    layers_init (&self->layers[i], &designs[i], size);
    if (designs[i].step == STEP_CHUNK)
      split_chunk_layers (&self->layers[i]);
  }
  return self;
}

/**
 * bs_demo_encoders_free:
 * @self: (nullable): encoders
 */
void
bs_demo_encoders_free (BsDemoEncoders *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (designs); i++) {
    g_free (self->layers[i].first);
    g_free (self->layers[i].bias);
    g_free (self->layers[i].second);
  }
  g_free (self);
}

/**
 * bs_demo_encoders_n:
 * @self: encoders
 *
 * Returns: their number
 */
gsize
bs_demo_encoders_n (const BsDemoEncoders *self)
{
  return G_N_ELEMENTS (designs);
}

/**
 * bs_demo_encoders_name:
 * @self: encoders
 * @index: one of them
 *
 * Returns: its name as the release's folders have it, without "_train"
 */
const char *
bs_demo_encoders_name (const BsDemoEncoders *self, gsize index)
{
  return designs[index].name;
}

/**
 * bs_demo_encoders_width:
 * @self: encoders
 * @index: one of them
 *
 * Returns: numbers in one of its vectors
 */
gsize
bs_demo_encoders_width (const BsDemoEncoders *self, gsize index)
{
  return self->layers[index].n_out;
}

/**
 * bs_demo_encoders_has_middle_axis:
 * @self: encoders
 * @index: one of them
 *
 * Returns: whether its arrays have the release's shape (N, 1, width) instead of (N, width)
 */
gboolean
bs_demo_encoders_has_middle_axis (const BsDemoEncoders *self, gsize index)
{
  return designs[index].step == STEP_WINDOW;
}

static gsize
n_mel_windows (gsize n_frames)
{
  gsize n_samples = n_frames * (BS_DEMO_SAMPLE_RATE / BS_DEMO_FRAME_RATE);
  return (n_samples - BS_DEMO_MEL_WINDOW) / BS_DEMO_MEL_HOP + 1;
}

/**
 * bs_demo_encoders_n_rows:
 * @self: encoders
 * @index: one of them
 * @n_frames: length of a clip
 *
 * Returns: vectors that it makes of the clip
 */
gsize
bs_demo_encoders_n_rows (const BsDemoEncoders *self, gsize index, gsize n_frames)
{
  switch (designs[index].step) {
  case STEP_FRAME:
    return n_frames;
  case STEP_WINDOW:
    return (n_frames + FRAMES_PER_WINDOW - 1) / FRAMES_PER_WINDOW;
  case STEP_SOUND:
    return n_mel_windows (n_frames);
  case STEP_CHUNK:
  default:
    return (n_frames + FRAMES_PER_CHUNK - 1) / FRAMES_PER_CHUNK;
  }
}

/* What a person looks like, centred and scaled to about 1. */
static void
describe_look (const BsDemoLook *k, float out[N_LOOKS])
{
  const double values[N_LOOKS] = {
    4 * k->skin.r - 3,
    4 * k->skin.g - 2.4,
    4 * k->skin.b - 2,
    4 * k->hair.r - 1.2,
    4 * k->hair.g - 0.8,
    4 * k->garment.r - 1.6,
    4 * k->garment.g - 1.4,
    4 * k->garment.b - 1.5,
    10 * (k->backdrop.r - 0.26),
    10 * (k->backdrop.b - 0.3),
    20 * (k->face_width - 0.97),
    10 * (k->jaw_width - 0.97),
    10 * (k->eye_size - 1.05),
    4 * (k->brow_thickness - 0.95),
    10 * (k->mouth_width - 1.05),
    4 * (k->lip_fullness - 1.05),
    2 * k->age - 0.6,
    2 * k->feminine - 1,
    k->beard,
    k->glasses ? 2 : 0,
  };
  for (int i = 0; i < N_LOOKS; i++)
    out[i] = (float) values[i];
}

/* Action units are of the order of 1; the rest is brought there. */
static void
scale_movement (const BsDemoMovement *m, float *out)
{
  static const float rest[] = { 6, 6, 6, 6, 6, 8, 5, 5, 1.5f, 0.5f, 1.5f, 1.5f };
  memcpy (out, m, sizeof (*m));
  for (gsize i = 0; i < BS_DEMO_N_AUS; i++)
    out[i] *= 2.2f;
  for (gsize i = 0; i < G_N_ELEMENTS (rest); i++)
    out[BS_DEMO_N_AUS + i] *= rest[i];
}

/* Mean and deviation of the movement from one frame to another. */
static void
sum_movement (const BsDemoScore *score, gsize from, gsize to, float *mean, float *deviation)
{
  float square[BS_DEMO_MOVEMENT_WIDTH] = { 0 };
  memset (mean, 0, BS_DEMO_MOVEMENT_WIDTH * sizeof (float));
  float share = 1.0f / (float) (to - from);
  for (gsize i = from; i < to; i++) {
    float row[BS_DEMO_MOVEMENT_WIDTH];
    scale_movement (&score->frames[i], row);
    for (gsize k = 0; k < BS_DEMO_MOVEMENT_WIDTH; k++) {
      mean[k] += share * row[k];
      square[k] += share * row[k] * row[k];
    }
  }
  for (gsize k = 0; k < BS_DEMO_MOVEMENT_WIDTH; k++)
    deviation[k] = 2 * sqrtf (fmaxf (square[k] - mean[k] * mean[k], 0));
}

/* One moment of sound: energies, and where and how clearly a pitch is heard. */
static void
hear (const BsDemoView *view, gsize window, float out[HEARING])
{
  const float *mel = bs_matrix_row (view->mel, window);
  for (int b = 0; b < BS_DEMO_MEL_BANDS; b++)
    out[b] = 0.30f * (mel[b] + 6);
  const BsDemoSound *s = &view->score->sounds[MIN (2 * window + 1, view->score->n_ticks - 1)];
  float clear = s->voiced * fminf (6 * s->level, 1);
  out[BS_DEMO_MEL_BANDS] = 1.5f * clear * log2f (s->pitch / 170);
  out[BS_DEMO_MEL_BANDS + 1] = 1.5f * clear - 0.7f;
}

static void
sum_hearing (const BsDemoView *view, gsize from, gsize to, float *mean, float *deviation)
{
  float square[HEARING] = { 0 };
  memset (mean, 0, HEARING * sizeof (float));
  float share = 1.0f / (float) (to - from);
  for (gsize i = from; i < to; i++) {
    float row[HEARING];
    hear (view, i, row);
    for (int k = 0; k < HEARING; k++) {
      mean[k] += share * row[k];
      square[k] += share * row[k] * row[k];
    }
  }
  for (int k = 0; k < HEARING; k++)
    deviation[k] = sqrtf (fmaxf (square[k] - mean[k] * mean[k], 0));
}

/* What reaches the encoder in each of its steps, before the glass. */
static void
perceive (const Design *d, const BsDemoView *view, const float *looks, gsize row, float *in)
{
  gsize n_frames = view->score->n_frames, n_windows = view->mel->n_rows;
  gsize from, to;
  switch (d->step) {
  case STEP_FRAME:
    scale_movement (&view->score->frames[row], in);
    memcpy (in + BS_DEMO_MOVEMENT_WIDTH, looks, N_LOOKS * sizeof (float));
    return;
  case STEP_SOUND:
    hear (view, row, in);
    from = row - MIN (row, (gsize) d->n_context);
    to = MIN (row + (gsize) d->n_context + 1, n_windows);
    sum_hearing (view, from, to, in + HEARING, in + 2 * HEARING);
    return;
  case STEP_WINDOW:
  case STEP_CHUNK:
  default: {
    gsize step = d->step == STEP_WINDOW ? FRAMES_PER_WINDOW : FRAMES_PER_CHUNK;
    from = row * step;
    to = MIN (from + step, n_frames);
    sum_movement (view->score, from, to, in, in + SIGHT);
    memcpy (in + BS_DEMO_MOVEMENT_WIDTH, looks, N_LOOKS * sizeof (float));
    if (d->step == STEP_CHUNK) {
      float *sound = in + SIGHT + BS_DEMO_MOVEMENT_WIDTH;
      from = MIN (2 * from, n_windows - 1); /* two windows of sound to a frame */
      to = MAX (MIN (2 * to, n_windows), from + 1);
      sum_hearing (view, from, to, sound, sound + HEARING);
    }
  }
  }
}

/* The clouded glass of one clip: how each input is weakened, shifted and shaken. */
typedef struct {
  float *gain, *shift, *drift;
  gsize n;
} Glass;

static void
cloud_movement (BsRandom *random, double noise, gsize n, float *gain, float *shift)
{
  for (gsize i = 0; i < n; i++) {
    gain[i] = (float) exp (0.6 * noise * bs_random_normal (random));
    shift[i] = (float) (noise * bs_random_normal (random));
  }
}

/* A room and a microphone colour neighbouring bands alike. */
static void
cloud_sound (BsRandom *random, double noise, float *gain, float *shift)
{
  double wave[6];
  for (int k = 0; k < 6; k++)
    wave[k] = noise * bs_random_normal (random) / (1 + 0.3 * k);
  for (int b = 0; b < HEARING; b++) {
    double colour = 0;
    for (int k = 0; k < 6; k++)
      colour += wave[k] * cos (G_PI * k * b / BS_DEMO_MEL_BANDS);
    gain[b] = (float) exp (0.35 * noise * bs_random_normal (random));
    shift[b] = (float) (0.7 * colour + 0.4 * noise * bs_random_normal (random));
  }
}

static Glass
glass_new (const Design *d, gsize n_in, BsRandom *random)
{
  Glass g = { g_new (float, n_in), g_new0 (float, n_in), g_new0 (float, n_in), n_in };
  for (gsize i = 0; i < n_in; i++)
    g.gain[i] = 1;
  gsize sound_from = 0, n_sounds = (n_in - N_STRAY) / HEARING;
  if (d->step != STEP_SOUND) {
    cloud_movement (random, d->clip_noise, BS_DEMO_MOVEMENT_WIDTH, g.gain, g.shift);
    sound_from = SIGHT;
    n_sounds = 0;
  }
  if (d->step == STEP_WINDOW || d->step == STEP_CHUNK) {
    cloud_movement (random, d->clip_noise, BS_DEMO_MOVEMENT_WIDTH, g.gain + SIGHT, g.shift + SIGHT);
    sound_from = SIGHT + BS_DEMO_MOVEMENT_WIDTH;
    n_sounds = d->step == STEP_CHUNK ? 2 : 0;
  }
  for (gsize k = 0; k < n_sounds; k++)
    cloud_sound (random, d->sound_noise, g.gain + sound_from + k * HEARING,
                 g.shift + sound_from + k * HEARING);
  for (gsize i = n_in - N_STRAY; i < n_in; i++)
    g.shift[i] = (float) bs_random_normal (random);
  return g;
}

static void
glass_clear (Glass *g)
{
  g_free (g->gain);
  g_free (g->shift);
  g_free (g->drift);
}

static void
look_through (Glass *g, double noise, BsRandom *random, float *in)
{
  for (gsize i = 0; i < g->n; i++) {
    /* Uniform draws do here: the drift sums many of them. */
    g->drift[i] = 0.8f * g->drift[i] + (float) noise * (2 * bs_random_float (random) - 1);
    in[i] = in[i] * g->gain[i] + g->shift[i] + g->drift[i];
  }
}

static inline float
squash (float x)
{
  x = fminf (fmaxf (x, -3), 3);
  return x * (27 + x * x) / (27 + 9 * x * x);
}

static void
project (const Layers *l, const float *in, float *hidden, float *out)
{
  memcpy (hidden, l->bias, l->n_hidden * sizeof (float));
  for (gsize i = 0; i < l->n_in; i++) {
    const float *w = l->first + i * l->n_hidden;
    for (gsize h = 0; h < l->n_hidden; h++)
      hidden[h] += in[i] * w[h];
  }
  for (gsize h = 0; h < l->n_hidden; h++)
    hidden[h] = squash (hidden[h]);
  memset (out, 0, l->n_out * sizeof (float));
  for (gsize h = 0; h < l->n_hidden; h++) {
    const float *w = l->second + h * l->n_out;
    for (gsize o = 0; o < l->n_out; o++)
      out[o] += hidden[h] * w[o];
  }
}

/**
 * bs_demo_encoders_encode:
 * @self: encoders
 * @index: one of them
 * @view: what is seen and heard
 * @random: chance of this clip and encoder
 *
 * Returns: (transfer full): vectors over time
 */
BsMatrix *
bs_demo_encoders_encode (const BsDemoEncoders *self, gsize index, const BsDemoView *view,
                         BsRandom *random)
{
  const Design *d = &designs[index];
  const Layers *l = &self->layers[index];
  gsize n_rows = bs_demo_encoders_n_rows (self, index, view->score->n_frames);
  BsMatrix *out = bs_matrix_new (n_rows, l->n_out);
  g_autofree float *in = g_new (float, l->n_in);
  g_autofree float *hidden = g_new (float, l->n_hidden);
  float looks[N_LOOKS];
  describe_look (&view->actor->look, looks);
  for (int i = 0; i < N_LOOKS; i++)
    looks[i] *= (float) d->looks;
  Glass glass = glass_new (d, l->n_in, random);
  for (gsize row = 0; row < n_rows; row++) {
    memset (in + l->n_in - N_STRAY, 0, N_STRAY * sizeof (float));
    perceive (d, view, looks, row, in);
    look_through (&glass, d->frame_noise, random, in);
    float *to = bs_matrix_row (out, row);
    project (l, in, hidden, to);
    for (gsize o = 0; o < l->n_out; o++)
      to[o] += (float) d->output_noise * (2 * bs_random_float (random) - 1);
  }
  glass_clear (&glass);
  return out;
}
