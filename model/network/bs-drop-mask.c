/* SPDX-License-Identifier: MIT */
#include "model/network/bs-drop-mask.h"

#include <string.h>

#include "model/numeric/bs-simd.h"

/**
 * bs_drop_mask:
 * @p: share to drop, below 1
 * @random: (nullable): source of chance; %NULL for a mask that drops nothing
 *
 * Inverted dropout, as torch.nn.Dropout: what stays is divided by 1 - p.
 *
 * Returns: a new mask
 */
BsDropMask
bs_drop_mask (double p, BsRandom *random)
{
  if (random == NULL || p <= 0)
    return (BsDropMask){ .scale = 1 };
  guint64 seed = bs_random_next (random);
  return (BsDropMask){
    .seeds = { (guint32) seed, (guint32) (seed >> 32) },
    .threshold = (guint32) (p * 4294967296.0),
    .scale = (float) (1 / (1 - p)),
  };
}

BS_SIMD_BODY
apply_body (const BsDropMask *self, guint32 first, const BsReal *x, gsize n, BsReal *y)
{
  const BsDropMask mask = *self;
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] * bs_drop_mask_factor (&mask, first + (guint32) i);
}

BS_SIMD_CLONES (apply, (const BsDropMask *self, guint32 first, const BsReal *x, gsize n, BsReal *y),
                (self, first, x, n, y))

/**
 * bs_drop_mask_apply:
 * @self: a mask
 * @first: number of the first element
 * @x: (array length=n): what it is applied to
 * @n: elements
 * @y: (out caller-allocates) (array length=n): the result; may be @x
 */
void
bs_drop_mask_apply (const BsDropMask *self, gsize first, const BsReal *x, gsize n, BsReal *y)
{
  if (self->threshold > 0)
    apply (self, (guint32) first, x, n, y);
  else if (x != y)
    memcpy (y, x, n * sizeof (BsReal));
}

/**
 * bs_drop_mask_store:
 * @self: a mask
 * @kept: (array length=BS_DROP_MASK_KEPT): memory that a layer keeps for the way back
 */
void
bs_drop_mask_store (const BsDropMask *self, BsReal *kept)
{
  memcpy (kept, self, sizeof *self);
}

/**
 * bs_drop_mask_restore:
 * @kept: what bs_drop_mask_store() was given
 *
 * Returns: the mask
 */
BsDropMask
bs_drop_mask_restore (const BsReal *kept)
{
  BsDropMask self;
  memcpy (&self, kept, sizeof self);
  return self;
}
