/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-encoder.h"
#include "data/format/bs-npy.h"

G_BEGIN_DECLS

/**
 * BsSequence:
 * @n_rows: windows of the clip
 * @n_cols: features of a window
 *
 * One clip's features of one encoder, left where they lie until a row is asked for: a corpus'
 * sequences may be larger than the memory. Immutable; any thread may read it.
 */
typedef struct {
  gsize n_rows;
  gsize n_cols;
  /*< private >*/
  BsArray *array; /* (nullable): rows as they are on disk */
  BsMatrix *matrix; /* (nullable): rows that had to be made */
  gsize first; /* of a part: its first row */
} BsSequence;

BsSequence *bs_sequence_open (BsEncoder *encoder, gsize clip, gsize from_layer, gsize to_layer,
                              GError **error);
BsSequence *bs_sequence_new_part (const BsSequence *whole, gsize first, gsize n_rows);
const char *bs_sequence_name (const BsSequence *self);
void bs_sequence_free (BsSequence *self);
gboolean bs_sequence_read (const BsSequence *self, const gsize *rows, gsize n, float *out,
                           GError **error);
gboolean bs_sequence_is_wide (const BsSequence *self);
gboolean bs_sequence_read_wide (const BsSequence *self, const gsize *rows, gsize n, double *out,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsSequence, bs_sequence_free)

G_END_DECLS
