/* SPDX-License-Identifier: MIT */
/* The persons behind the actors: what they look and sound like, and how they act. Complexion and
 * hair go round in turn, so that a small cast is still a mixed one; the rest is chance. */
#include "data/demo/voice/bs-demo-cast.h"

#include <math.h>

#include "data/base/bs-random.h"

typedef struct {
  BsDemoColour skin;
  BsDemoColour lips;
  int darkest_hair, lightest_hair; /* of hairs[] */
  int lightest_iris; /* of irises[], from the darkest on */
} Complexion;

static const BsDemoColour hairs[] = {
  { 0.10f, 0.08f, 0.08f }, { 0.18f, 0.12f, 0.09f }, { 0.30f, 0.19f, 0.12f },
  { 0.42f, 0.27f, 0.16f }, { 0.52f, 0.26f, 0.13f }, { 0.72f, 0.54f, 0.31f },
};

static const BsDemoColour irises[] = {
  { 0.20f, 0.12f, 0.08f }, { 0.32f, 0.20f, 0.11f }, { 0.36f, 0.36f, 0.18f },
  { 0.28f, 0.43f, 0.36f }, { 0.27f, 0.43f, 0.56f },
};

static const Complexion complexions[] = {
  { { 0.95f, 0.80f, 0.70f }, { 0.80f, 0.46f, 0.45f }, 2, 5, 4 },
  { { 0.52f, 0.35f, 0.26f }, { 0.55f, 0.29f, 0.27f }, 0, 0, 0 },
  { { 0.90f, 0.71f, 0.57f }, { 0.75f, 0.42f, 0.40f }, 1, 3, 3 },
  { { 0.76f, 0.55f, 0.41f }, { 0.66f, 0.34f, 0.33f }, 0, 1, 1 },
  { { 0.93f, 0.76f, 0.62f }, { 0.78f, 0.43f, 0.41f }, 0, 1, 0 },
  { { 0.96f, 0.82f, 0.74f }, { 0.84f, 0.50f, 0.47f }, 3, 5, 4 },
  { { 0.64f, 0.44f, 0.32f }, { 0.60f, 0.31f, 0.30f }, 0, 1, 0 },
};

static const BsDemoColour garments[] = {
  { 0.25f, 0.36f, 0.50f }, { 0.56f, 0.24f, 0.27f }, { 0.28f, 0.42f, 0.36f },
  { 0.74f, 0.72f, 0.67f }, { 0.22f, 0.22f, 0.25f }, { 0.58f, 0.46f, 0.26f },
  { 0.42f, 0.32f, 0.46f },
};

static const BsDemoColour backdrops[] = {
  { 0.24f, 0.27f, 0.32f },
  { 0.28f, 0.27f, 0.27f },
  { 0.22f, 0.28f, 0.29f },
  { 0.29f, 0.26f, 0.30f },
};

static const BsDemoHair hairs_f[] = { BS_DEMO_HAIR_LONG, BS_DEMO_HAIR_BOB, BS_DEMO_HAIR_LONG_CURLS,
                                      BS_DEMO_HAIR_BUN, BS_DEMO_HAIR_FRINGE };
static const BsDemoHair hairs_m[] = { BS_DEMO_HAIR_SIDE_PART, BS_DEMO_HAIR_CURLS, BS_DEMO_HAIR_CROP,
                                      BS_DEMO_HAIR_SWEPT_BACK, BS_DEMO_HAIR_RECEDING };

static double
around (BsRandom *random, double middle, double deviation)
{
  return middle + deviation * CLAMP (bs_random_normal (random), -2.0, 2.0);
}

static BsDemoColour
vary (BsRandom *random, BsDemoColour colour, double by)
{
  double light = around (random, 1, by);
  colour.r = (float) fmin (colour.r * light * around (random, 1, by / 3), 1);
  colour.g = (float) fmin (colour.g * light, 1);
  colour.b = (float) fmin (colour.b * light * around (random, 1, by / 3), 1);
  return colour;
}

static void
choose_colours (BsDemoLook *look, BsRandom *random, int turn, int years)
{
  static const BsDemoColour grey = { 0.74f, 0.73f, 0.72f };
  const Complexion *c = &complexions[turn % (int) G_N_ELEMENTS (complexions)];
  look->skin = vary (random, c->skin, 0.025);
  look->lips = vary (random, c->lips, 0.04);
  if (look->feminine > 0.5)
    look->lips = bs_demo_colour_mix (look->lips, (BsDemoColour){ 0.72f, 0.20f, 0.26f },
                                     bs_random_uniform (random, 0, 0.5));
  int span = c->lightest_hair - c->darkest_hair + 1;
  look->hair =
    vary (random, hairs[c->darkest_hair + (int) bs_random_below (random, (guint32) span)], 0.06);
  double greyed = bs_demo_clamp01 ((years - 42 + 8 * bs_random_normal (random)) / 24.0);
  look->hair = bs_demo_colour_mix (look->hair, grey, 0.9 * greyed);
  look->iris =
    vary (random, irises[bs_random_below (random, (guint32) c->lightest_iris + 1)], 0.08);
  look->garment = vary (random, garments[bs_random_below (random, G_N_ELEMENTS (garments))], 0.08);
  look->backdrop =
    vary (random, backdrops[bs_random_below (random, G_N_ELEMENTS (backdrops))], 0.05);
}

static void
choose_shape (BsDemoLook *look, BsRandom *random)
{
  double f = look->feminine;
  look->face_width = around (random, 1.0 - 0.05 * f, 0.025);
  look->jaw_width = around (random, 1.03 - 0.10 * f, 0.045);
  look->chin_width = around (random, 1.02 - 0.12 * f, 0.08);
  look->chin_length = around (random, 0.02 - 0.05 * f, 0.05);
  look->eye_size = around (random, 1.02 + 0.08 * f, 0.04);
  look->eye_gap = around (random, 1.0, 0.025);
  look->eye_tilt = around (random, 0.008 + 0.008 * f, 0.010);
  look->brow_height = around (random, 0.01 * f, 0.015);
  look->brow_thickness = around (random, 1.08 - 0.28 * f, 0.12);
  look->nose_length = around (random, 1.02 - 0.04 * f, 0.03);
  look->nose_width = around (random, 1.04 - 0.08 * f, 0.07);
  look->mouth_width = around (random, 1.05, 0.05);
  look->lip_fullness = around (random, 0.95 + 0.2 * f, 0.12);
  look->ear_size = around (random, 1.0, 0.08);
  look->neck_width = around (random, 1.06 - 0.2 * f, 0.04);
  look->asymmetry = around (random, 0, 0.06);
}

static void
choose_look (BsDemoActor *self, BsRandom *random, int turn)
{
  BsDemoLook *look = &self->look;
  look->feminine = self->gender == 'f' ? 1 : 0;
  look->age = bs_demo_clamp01 ((self->years - 21) / 58.0);
  choose_shape (look, random);
  choose_colours (look, random, turn, self->years);
  int style = turn / 2 % 5;
  look->hair_style = self->gender == 'f' ? hairs_f[style] : hairs_m[style];
  look->neckline = (BsDemoNeckline) bs_random_below (random, BS_DEMO_N_NECKLINES);
  look->glasses = bs_random_double (random) < 0.08 + 0.25 * look->age;
  double beard = bs_random_double (random);
  look->beard = self->gender == 'f' || beard < 0.5 ? BS_DEMO_BEARD_NONE
                : beard < 0.75                     ? BS_DEMO_BEARD_STUBBLE
                : beard < 0.88                     ? BS_DEMO_BEARD_FULL
                                                   : BS_DEMO_BEARD_MOUSTACHE;
}

static void
choose_manner (BsDemoManner *manner, BsRandom *random)
{
  manner->liveliness = around (random, 1.0, 0.10);
  manner->tempo = around (random, 1.0, 0.12);
  manner->sway = around (random, 1.0, 0.25);
  manner->contrast = exp (around (random, 0, 0.40));
  for (int e = 0; e < BS_DEMO_N_AFFECTS; e++) {
    for (int au = 0; au < BS_DEMO_N_AUS; au++)
      manner->gain[e][au] = (float) exp (around (random, -0.05, 0.36));
    manner->leak[e] = (float) fmax (0, around (random, 0.22, 0.14));
    manner->leak_to[e] =
      (e + 1 + (int) bs_random_below (random, BS_DEMO_N_AFFECTS - 1)) % BS_DEMO_N_AFFECTS;
    manner->favour[e] = around (random, 0, 0.45);
  }
  for (int au = 0; au < BS_DEMO_N_AUS; au++)
    manner->habit[au] = (float) fmax (0, around (random, 0, 0.05));
  manner->habit[BS_DEMO_AU43] = manner->habit[BS_DEMO_AU27] = manner->habit[BS_DEMO_AU19] = 0;
  manner->habit[BS_DEMO_AU26] = manner->habit[BS_DEMO_AU25] = 0;
}

static void
choose_throat (BsDemoActor *self, BsRandom *random)
{
  BsDemoThroat *t = &self->throat;
  gboolean female = self->gender == 'f';
  t->pitch = (female ? 205 : 115) * exp (around (random, 0, 0.10));
  t->length = around (random, female ? 1.14 : 1.0, 0.03);
  t->breath = bs_random_uniform (random, 0.05, 0.35);
  t->loudness = exp (around (random, 0, 0.18));
  t->bright = around (random, 0, 0.08);
}

/**
 * bs_demo_actor_init:
 * @self: (out): a person
 * @seed: the corpus's seed
 * @index: place in the cast
 * @gender: 'f' or 'm'
 *
 * Makes the person up. Ages are spread as the data set's are (21 to 77, mean 36; dataset paper).
 */
void
bs_demo_actor_init (BsDemoActor *self, guint64 seed, int index, char gender)
{
  BsRandom turn, random;
  bs_random_init_named (&turn, seed, "order of complexions");
  int first = (int) bs_random_below (&turn, 70);
  g_autofree char *name = g_strdup_printf ("actor/%d", index);
  bs_random_init_named (&random, seed, name);
  double old = bs_random_double (&random);
  *self = (BsDemoActor){ .gender = gender, .years = 21 + (int) (56 * old * old * old) };
  self->years = MIN (self->years + (int) bs_random_below (&random, 9), 77);
  choose_look (self, &random, index + first);
  choose_manner (&self->manner, &random);
  choose_throat (self, &random);
}
