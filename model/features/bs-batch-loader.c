/* SPDX-License-Identifier: MIT */
/* From clips to the batch that a network takes: rows chosen, read and standardised. */
#include <string.h>

#include "model/features/bs-batch-loader.h"
#include "model/numeric/bs-huge-page-alloc.h"

struct _BsBatchLoader {
  const BsSamples *samples;
  gsize max_samples;
  BsReal *rows[BS_BATCH_MAX_MODALITIES];
  gsize *offsets[BS_BATCH_MAX_MODALITIES];
  gsize *none; /* offsets of sequences that are all empty */
  float *read; /* max_rows() rows, as they were read */
  double *read_wide; /* (nullable): the same, where there are wide sequences */
  gsize *wanted; /* which rows they are */
  const gboolean *shown; /* (nullable): which encoders; borrowed */
};

static gsize
max_rows (const BsSamples *samples)
{
  return samples->form == BS_SAMPLES_SEQUENCES ? samples->length : 1;
}

static gboolean
has_wide_sequences (const BsSamples *samples)
{
  for (guint i = 0; samples->sequences != NULL && i < samples->sequences->len; i++)
    if (bs_sequence_is_wide (g_ptr_array_index (samples->sequences, i)))
      return TRUE;
  return FALSE;
}

/**
 * bs_batch_loader_new:
 * @samples: where the samples are; must outlive this
 * @max_samples: of a batch
 *
 * Returns: (transfer full): room for a batch
 */
BsBatchLoader *
bs_batch_loader_new (const BsSamples *samples, gsize max_samples)
{
  BsBatchLoader *self = g_new0 (BsBatchLoader, 1);
  gsize widest = 1;
  self->samples = samples;
  self->max_samples = max_samples;
  for (guint m = 0; m < samples->n_modalities; m++) {
    gsize width = samples->widths[m];
    widest = MAX (widest, width);
    self->rows[m] =
      bs_huge_page_page_new0 (max_samples * max_rows (samples) * width, sizeof (BsReal));
    if (samples->form == BS_SAMPLES_SEQUENCES)
      self->offsets[m] = g_new0 (gsize, max_samples + 1);
  }
  self->none = g_new0 (gsize, max_samples + 1);
  self->read = g_new (float, max_rows (samples) * widest);
  if (has_wide_sequences (samples))
    self->read_wide = g_new (double, max_rows (samples) * widest);
  self->wanted = g_new (gsize, max_rows (samples));
  return self;
}

/**
 * bs_batch_loader_free:
 * @self: (transfer full): room for a batch
 */
void
bs_batch_loader_free (BsBatchLoader *self)
{
  for (guint m = 0; m < BS_BATCH_MAX_MODALITIES; m++) {
    bs_huge_page_page_free (self->rows[m]);
    g_free (self->offsets[m]);
  }
  g_free (self->none);
  g_free (self->read);
  g_free (self->read_wide);
  g_free (self->wanted);
  g_free (self);
}

/**
 * bs_batch_loader_serves:
 * @self: room for a batch
 * @samples: where samples are to come from
 * @max_samples: of a batch
 *
 * Returns: whether @self is for them, and has the room
 */
gboolean
bs_batch_loader_serves (const BsBatchLoader *self, const BsSamples *samples, gsize max_samples)
{
  return self->samples == samples && self->max_samples >= max_samples;
}

/**
 * bs_batch_loader_show:
 * @self: room for a batch
 * @shown: (nullable) (array): whether each modality is there, or of a vector of several encoders
 *   each encoder; %NULL for all. Borrowed as long as samples are gathered
 *
 * A modality that is not shown is an empty sequence, as modality dropout leaves it in training; an
 * encoder's part of a vector is its training mean, which is 0 once it is standardised.
 */
void
bs_batch_loader_show (BsBatchLoader *self, const gboolean *shown)
{
  self->shown = shown;
}

/**
 * bs_samples_pick_row:
 * @n_rows: of a sequence
 * @length: L'
 * @position: below the lesser of the two
 * @random: (nullable): source of chance in training
 *
 * The row at a position of the standardised sequence (attention-fusion paper, 4.1): a sequence
 * of at most @length rows is as it is; a longer one is cut into @length segments of equal length
 * and gives one row of each: a random one in training, the middle one otherwise (ours).
 *
 * Returns: the row
 */
gsize
bs_samples_pick_row (gsize n_rows, gsize length, gsize position, BsRandom *random)
{
  if (n_rows <= length)
    return position;
  gsize from = position * n_rows / length, to = (position + 1) * n_rows / length;
  if (random != NULL)
    return from + bs_random_below (random, (guint32) (to - from));
  return (from + to - 1) / 2;
}

/* (nullable): what standardises a clip's rows before a fold's own scaler does. */
static const BsScaler *
actor_scaler (const BsSamples *samples, gsize clip, guint m)
{
  const GPtrArray *scalers = samples->actor_scalers[m];
  return scalers != NULL ? g_ptr_array_index (scalers, samples->actors[clip]) : NULL;
}

static gboolean
read_wide_rows (BsBatchLoader *self, const BsSequence *sequence, const BsScaler *of_actor,
                const BsScaler *scaler, gsize n, BsReal *to, GError **error)
{
  gsize width = sequence->n_cols;
  if (!bs_sequence_read_wide (sequence, self->wanted, n, self->read_wide, error))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    bs_scaler_apply_wide (of_actor != NULL ? of_actor : scaler, self->read_wide + i * width,
                          to + i * width);
    if (of_actor != NULL)
      bs_scaler_apply (scaler, to + i * width, to + i * width);
  }
  return TRUE;
}

/* The rows @self->wanted of a clip, standardised. */
static gboolean
read_rows (BsBatchLoader *self, const BsScaler *scaler, gsize clip, guint m, gsize n, BsReal *to,
           GError **error)
{
  const BsSamples *samples = self->samples;
  const BsScaler *of_actor = actor_scaler (samples, clip, m);
  const BsSequence *sequence =
    g_ptr_array_index (samples->sequences, clip * samples->n_modalities + m);
  if (bs_sequence_is_wide (sequence))
    return read_wide_rows (self, sequence, of_actor, scaler, n, to, error);
  if (!bs_sequence_read (sequence, self->wanted, n, self->read, error))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    float *row = self->read + i * sequence->n_cols;
    if (of_actor != NULL)
      bs_scaler_apply (of_actor, row, row);
    bs_scaler_apply (scaler, row, to + i * sequence->n_cols);
  }
  return TRUE;
}

static gboolean
gather_sequences (BsBatchLoader *self, const BsScaler *scaler, guint m, const BsSample *wanted,
                  gsize n, BsRandom *random, GError **error)
{
  const BsSamples *samples = self->samples;
  gsize at = 0, width = samples->widths[m];
  for (gsize i = 0; i < n; i++) {
    const BsSequence *sequence =
      g_ptr_array_index (samples->sequences, wanted[i].clip * samples->n_modalities + m);
    gsize n_rows = MIN (sequence->n_rows, samples->length);
    self->offsets[m][i] = at;
    for (gsize t = 0; t < n_rows; t++)
      self->wanted[t] = bs_samples_pick_row (sequence->n_rows, samples->length, t, random);
    if (!read_rows (self, scaler, wanted[i].clip, m, n_rows, self->rows[m] + at * width, error))
      return FALSE;
    at += n_rows;
  }
  self->offsets[m][n] = at;
  return TRUE;
}

static gboolean
gather_rows (BsBatchLoader *self, const BsScaler *scaler, guint m, const BsSample *wanted, gsize n,
             GError **error)
{
  const BsMatrix *vectors = self->samples->vectors[m];
  for (gsize i = 0; i < n; i++) {
    BsReal *to = self->rows[m] + i * self->samples->widths[m];
    self->wanted[0] = wanted[i].row;
    if (vectors != NULL && vectors->doubles != NULL)
      bs_scaler_apply_wide (scaler, bs_matrix_wide_row (vectors, wanted[i].clip), to);
    else if (vectors != NULL)
      bs_scaler_apply (scaler, bs_matrix_row (vectors, wanted[i].clip), to);
    else if (!read_rows (self, scaler, wanted[i].clip, m, 1, to, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_hidden (const BsBatchLoader *self, guint m)
{
  return self->shown != NULL && self->samples->n_modalities > 1 && !self->shown[m];
}

/* Encoders side by side in one vector. */
static void
hide_columns (BsBatchLoader *self, gsize n)
{
  const BsSamples *samples = self->samples;
  if (self->shown == NULL || samples->columns == NULL)
    return;
  for (guint e = 0; e < samples->n_encoders; e++) {
    gsize from = samples->columns[e], width = samples->columns[e + 1] - from;
    for (gsize i = 0; i < n && !self->shown[e]; i++)
      memset (self->rows[0] + i * samples->widths[0] + from, 0, width * sizeof (BsReal));
  }
}

/**
 * bs_batch_loader_load:
 * @self: room for a batch
 * @scalers: (array): of each modality
 * @wanted: (array length=n): samples
 * @n: at most what there is room for
 * @random: (nullable): source of chance in training; %NULL for evaluation
 * @batch: (out caller-allocates): the samples, standardised; valid until the next call
 * @error: the reader's
 *
 * Returns: whether all were read
 */
gboolean
bs_batch_loader_load (BsBatchLoader *self, BsScaler *const *scalers, const BsSample *wanted,
                      gsize n, BsRandom *random, BsBatch *batch, GError **error)
{
  const BsSamples *samples = self->samples;
  g_return_val_if_fail (n <= self->max_samples, FALSE);
  *batch = (BsBatch){ .n_sequences = n, .n_modalities = samples->n_modalities };
  for (guint m = 0; m < samples->n_modalities; m++) {
    if (is_hidden (self, m)) {
      batch->modalities[m] = (BsSequences){ samples->widths[m], self->rows[m], self->none };
      continue;
    }
    gboolean is_read = samples->form == BS_SAMPLES_SEQUENCES
                         ? gather_sequences (self, scalers[m], m, wanted, n, random, error)
                         : gather_rows (self, scalers[m], m, wanted, n, error);
    if (!is_read)
      return FALSE;
    batch->modalities[m] = (BsSequences){ samples->widths[m], self->rows[m], self->offsets[m] };
  }
  hide_columns (self, n);
  return TRUE;
}
