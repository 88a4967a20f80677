/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/numeric/bs-real.h"

G_BEGIN_DECLS

#define BS_BATCH_MAX_MODALITIES 12

/**
 * BsSequences:
 * @width: values of a row
 * @rows: all rows, sequence after sequence, without gaps
 * @offsets: (nullable): where each sequence's rows begin, and the number of rows at the end;
 *   %NULL where every sequence is a single row
 *
 * Sequences of different lengths without padding: what is not there is not computed, which is
 * the same as zeros and a mask that reaches every softmax. Borrows everything.
 */
typedef struct {
  gsize width;
  const BsReal *rows;
  const gsize *offsets;
} BsSequences;

/**
 * BsBatch:
 * @n_sequences: samples of the batch
 * @n_modalities: at least 1
 * @modalities: (array length=n_modalities): each with one sequence a sample, which may be empty
 *   in some of the modalities
 *
 * What goes into a network, and from one layer to the next.
 */
typedef struct {
  gsize n_sequences;
  guint n_modalities;
  BsSequences modalities[BS_BATCH_MAX_MODALITIES];
} BsBatch;

/**
 * bs_sequences_begin:
 * @self: sequences
 * @i: number of a sequence, or how many there are
 *
 * Returns: the sequence's first row, or the number of all rows
 */
static inline gsize
bs_sequences_begin (const BsSequences *self, gsize i)
{
  return self->offsets != NULL ? self->offsets[i] : i;
}

/**
 * bs_batch_n_rows:
 * @self: a batch
 * @modality: which
 *
 * Returns: the rows of all its sequences
 */
static inline gsize
bs_batch_n_rows (const BsBatch *self, guint modality)
{
  return bs_sequences_begin (&self->modalities[modality], self->n_sequences);
}

/**
 * bs_batch_of_vectors:
 * @rows: n x width; must outlive the batch
 * @width: values of a row
 * @n: rows
 *
 * Returns: @n samples of one vector each
 */
static inline BsBatch
bs_batch_of_vectors (const BsReal *rows, gsize width, gsize n)
{
  return (BsBatch){ .n_sequences = n, .n_modalities = 1, .modalities = { { width, rows, NULL } } };
}

G_END_DECLS
