/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-error.h"
#include "data/corpus/bs-metadata.h"
#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

/**
 * BsEncoderKind:
 * @BS_ENCODER_CLIPS: one array per clip, time x width
 * @BS_ENCODER_STATIC: one vector per clip in a *_static_features.npz
 * @BS_ENCODER_OPENFACE: one OpenFace CSV per clip
 */
typedef enum {
  BS_ENCODER_CLIPS,
  BS_ENCODER_STATIC,
  BS_ENCODER_OPENFACE,
} BsEncoderKind;

/**
 * BsEncoder:
 *
 * One encoder's features of a corpus, listed when the corpus is opened and read when asked
 * for. Clips are numbered as in the corpus' metadata. Reference counted, immutable; any thread may
 * read it.
 */
typedef struct _BsEncoder BsEncoder;

BsEncoder *bs_encoder_ref (BsEncoder *self);
void bs_encoder_unref (BsEncoder *self);
const char *bs_encoder_name (const BsEncoder *self);
BsEncoderKind bs_encoder_kind (const BsEncoder *self);
gboolean bs_encoder_has_clip (const BsEncoder *self, gsize clip);
gsize bs_encoder_n_clips (const BsEncoder *self);
gboolean bs_encoder_width (BsEncoder *self, gsize *width, GError **error);
gboolean bs_encoder_n_layers (BsEncoder *self, gsize *n_layers, GError **error);
BsMatrix *bs_encoder_read (BsEncoder *self, gsize clip, GError **error);
BsMatrix *bs_encoder_read_layers (BsEncoder *self, gsize clip, gsize from, gsize to,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsEncoder, bs_encoder_unref)

G_END_DECLS
