/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsRandom:
 *
 * A stream of random numbers that its seed alone decides, the same on every machine. Held by
 * value: a copy goes on from where the original was. Used by one thread at a time.
 */
typedef struct {
  /*< private >*/
  guint64 state[4];
  double spare; /* the second of a pair of normals */
  gboolean has_spare;
} BsRandom;

void bs_random_init (BsRandom *self, guint64 seed);
guint64 bs_random_derive (guint64 seed, const char *name);
void bs_random_init_named (BsRandom *self, guint64 seed, const char *name);

guint64 bs_random_next (BsRandom *self);
double bs_random_double (BsRandom *self);
float bs_random_float (BsRandom *self);
double bs_random_uniform (BsRandom *self, double from, double to);
guint32 bs_random_below (BsRandom *self, guint32 n);
double bs_random_normal (BsRandom *self);
void bs_random_shuffle (BsRandom *self, guint32 *values, gsize n);

G_END_DECLS
