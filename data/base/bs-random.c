/* SPDX-License-Identifier: MIT */
/* The one source of chance: xoshiro256** (Blackman and Vigna 2021, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47), its state filled by splitmix64 as its authors
 * advise. Only sqrt and log are used besides integers, so that a seed means the same numbers
 * wherever the C library rounds those two alike. */
#include "data/base/bs-random.h"

#include <math.h>

static guint64
splitmix64 (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static inline guint64
rotate_left (guint64 x, int by)
{
  return (x << by) | (x >> (64 - by));
}

/**
 * bs_random_init:
 * @self: a generator
 * @seed: any number
 *
 * Starts the stream of @seed.
 */
void
bs_random_init (BsRandom *self, guint64 seed)
{
  for (int i = 0; i < 4; i++)
    self->state[i] = splitmix64 (&seed);
  self->spare = 0;
  self->has_spare = FALSE;
}

/**
 * bs_random_derive:
 * @seed: a seed
 * @name: what the new stream is for, "actor/A101"
 *
 * Makes a seed for a stream of its own, so that what one part draws never shifts what another
 * part gets. Can be repeated: derive (derive (seed, "fold"), "3"). The text enters by FNV-1a
 * and is mixed by splitmix64.
 *
 * Returns: a seed that depends on @seed and every byte of @name
 */
guint64
bs_random_derive (guint64 seed, const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (const char *c = name; *c != '\0'; c++)
    hash = (hash ^ (guint8) *c) * G_GUINT64_CONSTANT (0x100000001b3);
  guint64 state = splitmix64 (&seed) ^ hash;
  return splitmix64 (&state);
}

/**
 * bs_random_init_named:
 * @self: a generator
 * @seed: any number
 * @name: what the stream is for
 *
 * Starts the stream of bs_random_derive() of @seed and @name.
 */
void
bs_random_init_named (BsRandom *self, guint64 seed, const char *name)
{
  bs_random_init (self, bs_random_derive (seed, name));
}

/**
 * bs_random_next:
 * @self: a generator
 *
 * Returns: 64 random bits
 */
guint64
bs_random_next (BsRandom *self)
{
  guint64 *s = self->state;
  guint64 result = rotate_left (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

/**
 * bs_random_double:
 * @self: a generator
 *
 * Returns: a number in [0, 1), a multiple of 2^-53
 */
double
bs_random_double (BsRandom *self)
{
  return (double) (bs_random_next (self) >> 11) * 0x1p-53;
}

/**
 * bs_random_float:
 * @self: a generator
 *
 * Returns: a number in [0, 1), a multiple of 2^-24
 */
float
bs_random_float (BsRandom *self)
{
  return (float) (bs_random_next (self) >> 40) * 0x1p-24f;
}

/**
 * bs_random_uniform:
 * @self: a generator
 * @from: lower end
 * @to: upper end
 *
 * Returns: a number between @from and @to
 */
double
bs_random_uniform (BsRandom *self, double from, double to)
{
  return from + (to - from) * bs_random_double (self);
}

/**
 * bs_random_below:
 * @self: a generator
 * @n: at least 1
 *
 * Every number is exactly equally likely (Lemire 2019, "Fast random integer generation in an
 * interval").
 *
 * Returns: a whole number from 0 to @n - 1
 */
guint32
bs_random_below (BsRandom *self, guint32 n)
{
  g_return_val_if_fail (n > 0, 0);
  guint64 product = (bs_random_next (self) >> 32) * n;
  if ((guint32) product < n) {
    guint32 threshold = -n % n;
    while ((guint32) product < threshold)
      product = (bs_random_next (self) >> 32) * n;
  }
  return (guint32) (product >> 32);
}

/**
 * bs_random_normal:
 * @self: a generator
 *
 * Marsaglia's polar method; every second call takes the spare of the pair.
 *
 * Returns: a number of the standard normal distribution
 */
double
bs_random_normal (BsRandom *self)
{
  if (self->has_spare) {
    self->has_spare = FALSE;
    return self->spare;
  }
  double u, v, s;
  do {
    u = 2 * bs_random_double (self) - 1;
    v = 2 * bs_random_double (self) - 1;
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  double scale = sqrt (-2 * log (s) / s);
  self->spare = v * scale;
  self->has_spare = TRUE;
  return u * scale;
}

/**
 * bs_random_shuffle:
 * @self: a generator
 * @values: (array length=n): values, put in a random order
 * @n: their number, at most 2^32 - 1
 *
 * Fisher and Yates: every order is equally likely.
 */
void
bs_random_shuffle (BsRandom *self, guint32 *values, gsize n)
{
  g_return_if_fail (n <= G_MAXUINT32);
  for (gsize i = n; i > 1; i--) {
    guint32 j = bs_random_below (self, (guint32) i);
    guint32 swap = values[i - 1];
    values[i - 1] = values[j];
    values[j] = swap;
  }
}
