/* SPDX-License-Identifier: MIT */
/* The dropouts that are layers of their own (the attention-fusion paper, 4.5): of elements, of
 * positions in time, of modalities. A dropped position or modality is removed rather than
 * masked, which is the same to every layer after it and is not computed. */
#include <string.h>

#include "model/network/bs-drop-mask.h"
#include "model/network/bs-layers.h"

static void
dropout_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                 BsLayerNeeds *needs)
{
  if (!is_training)
    needs->n_y = 0;
  needs->n_kept = BS_DROP_MASK_KEPT;
}

static void
dropout_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  if (context->random == NULL) {
    *y = *x;
    return;
  }
  BsDropMask mask = bs_drop_mask (self->dropout, context->random);
  bs_drop_mask_store (&mask, context->kept);
  bs_drop_mask_apply (&mask, 0, x->modalities[0].rows, bs_batch_n_rows (x, 0) * self->n_in,
                      context->y);
}

static void
dropout_backward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                  const BsBatch *y, const BsReal *dy, BsReal *dx)
{
  BsDropMask mask = bs_drop_mask_restore (context->kept);
  bs_drop_mask_apply (&mask, 0, dy, bs_batch_n_rows (x, 0) * self->n_in, dx);
}

static const BsLayerClass dropout_class = {
  .measure = dropout_measure,
  .forward = dropout_forward,
  .backward = dropout_backward,
};

/**
 * bs_layer_dropout:
 * @width: of a row
 * @p: share of the elements that is dropped, below 1
 *
 * torch.nn.Dropout.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_dropout (gsize width, double p)
{
  return (BsLayer){
    .class = &dropout_class,
    .n_in = width,
    .n_out = width,
    .n_modalities = 1,
    .dropout = p,
  };
}

static void
rows_measure (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
              BsLayerNeeds *needs)
{
  needs->n_y = 0;
  if (!is_training)
    return;
  for (guint m = 0; m < x->n_modalities; m++)
    needs->n_y += bs_batch_n_rows (x, m) * self->widths[m];
  needs->n_offsets = x->n_modalities * (x->n_sequences + 1);
}

/* Chooses which of @n things stay, each with a probability of 1 - p, but one at least. */
static void
choose (gsize n, double p, BsRandom *random, guint8 *is_kept)
{
  gsize n_kept = 0;
  for (gsize i = 0; i < n; i++)
    n_kept += is_kept[i] = bs_random_double (random) >= p;
  if (n_kept == 0 && n > 0)
    is_kept[bs_random_below (random, (guint32) n)] = TRUE;
}

/* Which of a sample's modalities stay; those that it does not have are not counted. */
static void
choose_modalities (const BsLayer *self, const BsBatch *x, gsize sample, BsRandom *random,
                   guint8 *is_kept)
{
  guint present[BS_BATCH_MAX_MODALITIES], n = 0;
  guint8 chosen[BS_BATCH_MAX_MODALITIES];
  for (guint m = 0; m < x->n_modalities; m++) {
    const BsSequences *from = &x->modalities[m];
    if (bs_sequences_begin (from, sample + 1) > bs_sequences_begin (from, sample))
      present[n++] = m;
  }
  choose (n, self->modality_dropout, random, chosen);
  memset (is_kept, FALSE, x->n_modalities);
  for (guint i = 0; i < n; i++)
    is_kept[present[i]] = chosen[i];
}

/* Copies the positions of a sequence that stay; returns how many those are. */
static gsize
copy_positions (const BsSequences *from, gsize sample, double p, BsRandom *random, BsReal *to)
{
  gsize first = bs_sequences_begin (from, sample), n_copied = 0;
  gsize n = bs_sequences_begin (from, sample + 1) - first;
  g_autofree guint8 *is_kept = g_malloc (MAX (n, 1));
  choose (n, p, random, is_kept);
  for (gsize row = 0; row < n; row++)
    if (is_kept[row])
      memcpy (to + n_copied++ * from->width, from->rows + (first + row) * from->width,
              from->width * sizeof (BsReal));
  return n_copied;
}

static void
rows_forward (const BsLayer *self, const BsLayerContext *context, const BsBatch *x, BsBatch *y)
{
  *y = *x;
  if (context->random == NULL)
    return;
  BsReal *to = context->y;
  for (guint m = 0; m < x->n_modalities; m++) {
    gsize *offsets = context->offsets + m * (x->n_sequences + 1);
    y->modalities[m].rows = to;
    y->modalities[m].offsets = offsets;
    offsets[0] = 0;
    to += bs_batch_n_rows (x, m) * self->widths[m];
  }
  guint8 is_kept[BS_BATCH_MAX_MODALITIES];
  for (gsize i = 0; i < x->n_sequences; i++) {
    choose_modalities (self, x, i, context->random, is_kept);
    for (guint m = 0; m < x->n_modalities; m++) {
      gsize *offsets = context->offsets + m * (x->n_sequences + 1);
      BsReal *rows = (BsReal *) y->modalities[m].rows + offsets[i] * self->widths[m];
      offsets[i + 1] = offsets[i];
      if (is_kept[m])
        offsets[i + 1] +=
          copy_positions (&x->modalities[m], i, self->dropout, context->random, rows);
    }
  }
}

static const BsLayerClass rows_class = { .measure = rows_measure, .forward = rows_forward };

/**
 * bs_layer_row_dropout:
 * @n_modalities: of the batch
 * @widths: (array length=n_modalities): of their rows
 * @temporal: probability with which a position of a sequence is removed; one always stays
 * @modality: probability with which a sample's modality is removed; one always stays
 *
 * Stands first in a network: nothing before it is learnt.
 *
 * Returns: the layer
 */
BsLayer
bs_layer_row_dropout (guint n_modalities, const gsize *widths, double temporal, double modality)
{
  BsLayer self = {
    .class = &rows_class,
    .n_modalities = n_modalities,
    .dropout = temporal,
    .modality_dropout = modality,
  };
  for (guint m = 0; m < n_modalities; m++) {
    self.widths[m] = widths[m];
    self.n_in += widths[m];
  }
  self.n_out = self.n_in;
  return self;
}
