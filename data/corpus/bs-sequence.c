/* SPDX-License-Identifier: MIT */
/* Rows of one clip's features, read as they are wanted. */
#include "data/corpus/bs-sequence.h"

#include <string.h>

#include "data/corpus/bs-encoder-private.h"

/**
 * bs_sequence_open:
 * @encoder: an encoder
 * @clip: index of a clip of the corpus' metadata
 * @from_layer: first layer to average, of arrays that keep layers
 * @to_layer: last one, or any larger number
 * @error: as bs_encoder_read_layers()
 *
 * Of a plain array rows are read when they are wanted, unless it is small; what has layers, is a
 * table or a single vector is read at once. An encoder without layers gives its only one whatever
 * is asked for. Rows that are read later may be non-finite. Any thread.
 *
 * Returns: (transfer full) (nullable): the sequence, of the encoder's width
 */
BsSequence *
bs_sequence_open (BsEncoder *encoder, gsize clip, gsize from_layer, gsize to_layer, GError **error)
{
  g_autoptr (BsArray) array = bs_encoder_open_plain (encoder, clip, error);
  g_autoptr (BsMatrix) matrix = NULL;
  gsize n_layers = 1;
  if (array == NULL && (error == NULL || *error == NULL) &&
      bs_encoder_n_layers (encoder, &n_layers, error))
    matrix =
      bs_encoder_read_layers (encoder, clip, n_layers == 1 ? 0 : from_layer, to_layer, error);
  if (array == NULL && matrix == NULL)
    return NULL;
  BsSequence *self = g_new0 (BsSequence, 1);
  self->n_rows = array != NULL ? bs_array_n_rows (array) : matrix->n_rows;
  self->n_cols = array != NULL ? bs_array_row_length (array) : matrix->n_cols;
  self->array = g_steal_pointer (&array);
  self->matrix = g_steal_pointer (&matrix);
  return self;
}

/**
 * bs_sequence_new_part:
 * @whole: a sequence
 * @first: first row
 * @n_rows: how many of its rows
 *
 * Returns: (transfer full): these rows as a sequence of its own
 */
BsSequence *
bs_sequence_new_part (const BsSequence *whole, gsize first, gsize n_rows)
{
  g_return_val_if_fail (first <= whole->n_rows && n_rows <= whole->n_rows - first, NULL);
  BsSequence *self = g_memdup2 (whole, sizeof *whole);
  self->n_rows = n_rows;
  self->first = whole->first + first;
  if (self->array != NULL)
    bs_array_ref (self->array);
  if (self->matrix != NULL)
    bs_matrix_ref (self->matrix);
  return self;
}

/**
 * bs_sequence_name:
 * @self: a sequence
 *
 * Returns: (transfer none): its file, for messages
 */
const char *
bs_sequence_name (const BsSequence *self)
{
  return self->array != NULL ? self->array->name : "its features";
}

/**
 * bs_sequence_free:
 * @self: (transfer full): a sequence
 */
void
bs_sequence_free (BsSequence *self)
{
  g_clear_pointer (&self->array, bs_array_unref);
  g_clear_pointer (&self->matrix, bs_matrix_unref);
  g_free (self);
}

/**
 * bs_sequence_is_wide:
 * @self: a sequence
 *
 * Returns: whether it holds numbers that a float may not
 */
gboolean
bs_sequence_is_wide (const BsSequence *self)
{
  return self->array != NULL ? bs_array_is_wide (self->array) : self->matrix->doubles != NULL;
}

/* Rows of the array or matrix that @rows of a part are. */
static gsize *
rows_of_whole (const BsSequence *self, const gsize *rows, gsize n)
{
  g_autofree gsize *within = g_new (gsize, n);
  for (gsize i = 0; i < n; i++) {
    g_return_val_if_fail (rows[i] < self->n_rows, NULL);
    within[i] = self->first + rows[i];
  }
  return g_steal_pointer (&within);
}

/**
 * bs_sequence_read:
 * @self: a sequence that is not wide
 * @rows: (array length=n): below n_rows
 * @n: how many
 * @out: (out caller-allocates) (array): @n x n_cols numbers
 * @error: the reader's
 *
 * All rows are of one state of the file. Any thread.
 *
 * Returns: whether the rows were read
 */
gboolean
bs_sequence_read (const BsSequence *self, const gsize *rows, gsize n, float *out, GError **error)
{
  if (self->array != NULL && self->first == 0)
    return bs_array_read_rows (self->array, rows, n, out, error);
  g_autofree gsize *within = rows_of_whole (self, rows, n);
  if (self->array != NULL)
    return bs_array_read_rows (self->array, within, n, out, error);
  for (gsize i = 0; i < n; i++)
    memcpy (out + i * self->n_cols, bs_matrix_row (self->matrix, within[i]),
            self->n_cols * sizeof (float));
  return TRUE;
}

/**
 * bs_sequence_read_wide:
 * @self: a wide sequence
 * @rows: (array length=n): below n_rows
 * @n: how many
 * @out: (out caller-allocates) (array): @n x n_cols numbers
 * @error: the reader's
 *
 * As bs_sequence_read().
 *
 * Returns: whether the rows were read
 */
gboolean
bs_sequence_read_wide (const BsSequence *self, const gsize *rows, gsize n, double *out,
                       GError **error)
{
  g_autofree gsize *within = rows_of_whole (self, rows, n);
  if (self->array != NULL)
    return bs_array_read_wide_rows (self->array, within, n, out, error);
  for (gsize i = 0; i < n; i++)
    memcpy (out + i * self->n_cols, bs_matrix_wide_row (self->matrix, within[i]),
            self->n_cols * sizeof (double));
  return TRUE;
}
