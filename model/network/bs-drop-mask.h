/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-random.h"
#include "model/numeric/bs-real.h"

G_BEGIN_DECLS

/**
 * BsDropMask:
 *
 * Which elements a dropout takes away, decided by the element's number and two seeds: the way
 * back repeats the way forward without a stored mask, and any order or number of threads gives
 * the same.
 */
typedef struct {
  guint32 seeds[2];
  guint32 threshold; /* hashes below it are dropped; 0: nothing is */
  float scale; /* of what stays: 1 / (1 - p) */
} BsDropMask;

BsDropMask bs_drop_mask (double p, BsRandom *random);
void bs_drop_mask_apply (const BsDropMask *self, gsize first, const BsReal *x, gsize n, BsReal *y);
void bs_drop_mask_store (const BsDropMask *self, BsReal *kept);
BsDropMask bs_drop_mask_restore (const BsReal *kept);

/* Values of a layer's kept memory that a mask takes. */
#define BS_DROP_MASK_KEPT (sizeof (BsDropMask) / sizeof (float))

/**
 * bs_drop_mask_factor:
 * @self: a mask
 * @i: number of an element
 *
 * Returns: 0 where it is dropped, or the scale
 */
static inline BsReal
bs_drop_mask_factor (const BsDropMask *self, guint32 i)
{
  /* Two rounds of a multiplicative hash; the constants are Wellons' "lowbias32". */
  guint32 h = i * 0x9e3779b1u + self->seeds[0];
  h = (h ^ (h >> 16)) * 0x21f0aaadu;
  h = (h ^ (h >> 15) ^ self->seeds[1]) * 0x735a2d97u;
  h ^= h >> 15;
  return h < self->threshold ? 0 : (BsReal) self->scale;
}

G_END_DECLS
