/* SPDX-License-Identifier: MIT */
/* What a model said of each clip: the object, and which prediction belongs to which clip. */
#include "data/run/bs-predictions.h"

#include <string.h>

/**
 * bs_predictions_new:
 * @n: number of clips
 *
 * Returns: (transfer full): predictions of kind probabilities, all zero, without names and folds
 *   (-1); the caller fills them before sharing. Names are freed with the object.
 */
BsPredictions *
bs_predictions_new (gsize n)
{
  BsPredictions *self = g_atomic_rc_box_new0 (BsPredictions);
  self->n = n;
  self->filenames = g_new0 (char *, n + 1);
  self->folds = g_new (gint8, MAX (n, 1));
  memset (self->folds, -1, n);
  self->probabilities = g_malloc0_n (MAX (n, 1), sizeof *self->probabilities);
  self->kind = BS_PREDICTIONS_PROBABILITIES;
  return self;
}

static void
predictions_clear (gpointer data)
{
  BsPredictions *self = data;
  for (gsize i = 0; i < self->n; i++)
    g_free (self->filenames[i]);
  g_free (self->filenames);
  g_free (self->folds);
  g_free (self->probabilities);
  g_free (self->decisions);
  g_free (self->note);
}

/**
 * bs_predictions_ref:
 * @self: predictions
 *
 * Returns: (transfer full): @self
 */
BsPredictions *
bs_predictions_ref (BsPredictions *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_predictions_unref:
 * @self: (transfer full): predictions
 */
void
bs_predictions_unref (BsPredictions *self)
{
  g_atomic_rc_box_release_full (self, predictions_clear);
}

/* row + 1 of each clip of the metadata, 0 where there is none */
static gsize *
rows_by_clip (const BsPredictions *self, const BsMetadata *metadata, gsize *n_unknown)
{
  gsize *rows = g_new0 (gsize, MAX (bs_metadata_n_clips (metadata), 1));
  *n_unknown = 0;
  for (gsize row = 0; row < self->n; row++) {
    int clip = bs_metadata_find (metadata, self->filenames[row]);
    if (clip < 0)
      (*n_unknown)++;
    else
      rows[clip] = row + 1;
  }
  return rows;
}

/**
 * bs_predictions_align:
 * @self: predictions
 * @metadata: clips
 * @error: return location
 *
 * Finds the clips that the two have in common, test clips included. Labelled clips without
 * prediction and predictions without clip are counted and left out; pairs whose folds are both
 * stated and differ are counted and kept. None in common is an error.
 *
 * Returns: (transfer full) (nullable): the pairs, in metadata order
 */
BsAlignment *
bs_predictions_align (const BsPredictions *self, const BsMetadata *metadata, GError **error)
{
  gsize n_clips = bs_metadata_n_clips (metadata);
  BsAlignment *found = g_new0 (BsAlignment, 1);
  g_autofree gsize *rows = rows_by_clip (self, metadata, &found->n_without_metadata);
  found->clip = g_new (gsize, MAX (n_clips, 1));
  found->row = g_new (gsize, MAX (n_clips, 1));
  for (gsize clip = 0; clip < n_clips; clip++) {
    const BsClip *info = bs_metadata_clip (metadata, clip);
    if (rows[clip] == 0) {
      found->n_without_prediction += bs_label_is_known (info->label);
      continue;
    }
    gint8 fold = self->folds[rows[clip] - 1];
    found->n_other_fold += fold >= 0 && info->fold >= 0 && fold != info->fold;
    found->clip[found->n] = clip;
    found->row[found->n++] = rows[clip] - 1;
  }
  if (found->n > 0)
    return found;
  bs_alignment_free (found);
  g_autofree char *excerpt = bs_error_excerpt (self->n > 0 ? self->filenames[0] : "");
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               "none of the %" G_GSIZE_FORMAT " predictions (first '%s') is for one of the "
               "%" G_GSIZE_FORMAT " clips of the metadata",
               self->n, excerpt, n_clips);
  return NULL;
}

/**
 * bs_alignment_free:
 * @self: (transfer full): an alignment
 */
void
bs_alignment_free (BsAlignment *self)
{
  g_free (self->clip);
  g_free (self->row);
  g_free (self);
}
