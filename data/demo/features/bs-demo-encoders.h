/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/features/bs-demo-size.h"
#include "data/demo/voice/bs-demo-score.h"
#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

/**
 * BsDemoView:
 * @actor: who is seen and heard
 * @score: what is done
 * @mel: log-mel energies of the sound
 *
 * All that an encoder gets to know of a clip: no label.
 */
typedef struct {
  const BsDemoActor *actor;
  const BsDemoScore *score;
  const BsMatrix *mel;
} BsDemoView;

/**
 * BsDemoEncoders:
 *
 * The stand-ins for the released encoders: fixed projections of movement and sound. Immutable;
 * any thread may use them.
 */
typedef struct _BsDemoEncoders BsDemoEncoders;

BsDemoEncoders *bs_demo_encoders_new (BsDemoSize size);
void bs_demo_encoders_free (BsDemoEncoders *self);
gsize bs_demo_encoders_n (const BsDemoEncoders *self);
const char *bs_demo_encoders_name (const BsDemoEncoders *self, gsize index);
gsize bs_demo_encoders_n_rows (const BsDemoEncoders *self, gsize index, gsize n_frames);
gsize bs_demo_encoders_width (const BsDemoEncoders *self, gsize index);
gboolean bs_demo_encoders_has_middle_axis (const BsDemoEncoders *self, gsize index);
BsMatrix *bs_demo_encoders_encode (const BsDemoEncoders *self, gsize index, const BsDemoView *view,
                                   BsRandom *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemoEncoders, bs_demo_encoders_free)

G_END_DECLS
